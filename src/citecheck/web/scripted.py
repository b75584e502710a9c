"""Redirects that a page makes by script: `location.href = "…"` and its like, literal strings only.

Followed only where the page is nothing else: a small body without text, forms, frames or pictures,
and a short script whose one purpose is that address. Scripts that decide, decode or set cookies are
walls or applications, and `/lander` is how a parking service begins: neither is followed. Every
step is linear in the length of what is read, which is bounded.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from citecheck.records.exchange import Exchange
from citecheck.text.entities import unescape
from citecheck.text.trim import without

_LARGEST = 16_384  # bytes of a page that may be a redirect
_LONGEST_SCRIPT = 4_096
_MOST_LETTERS = 160  # of text that a person would see: "You are being redirected …"
_LATEST = 5_000  # milliseconds of a timer
_HTML = ("text/html", "application/xhtml+xml", "")
# Comments are passed over where they stand outside scripts, and only there.
_SCRIPT = re.compile(r"(?is)<!--.*?(?:-->|\Z)|<script\b([^>]{0,500})>(.*?)(?:</script\s*>|\Z)")
_ONLOAD = re.compile(r"""(?i)<body\b[^>]{0,500}?\bonload\s*=\s*("[^"]*"|'[^']*')""")
_CONTENT = re.compile(
    r"(?i)<(?:form|input|button|select|textarea|iframe|frame|frameset|object|embed|img|picture"
    r"|video|audio|canvas|svg|table|ul|ol|article|main|nav)\b|\bsrc\s*="
)
_TAG = re.compile(r"<[^<>]*>?")
# A string, or a comment of a script; strings are looked at first so that `"https://"` is none.
_PIECES = re.compile(
    r""""(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|/\*.*?(?:\*/|\Z)|//[^\n]*|<!--[^\n]*|-->[^\n]*""",
    re.S,
)
_ELSEWHERE = re.compile(
    r"\b(?:cookie|reload|eval|atob|unescape|fromCharCode|localStorage|sessionStorage|XMLHttpRequest"
    r"|fetch|navigator|screen|referrer|if|else|switch|while|for|prompt|confirm|challenge|captcha"
    r"|crypto|Worker|import|write|innerHTML)\b|\?(?!\.)|&&|\|\||`"
)
_ASSIGNED = re.compile(
    r"(?<![\w$.])(?:(?:window|self|top|parent|document|this|globalThis)\s{0,9}\.\s{0,9})*"
    r"location\s{0,9}(?:\.\s{0,9}href\s{0,9})?=(?!=)\s{0,9}§(\d+)§"
    r"(?=\s{0,99}(?:[;})]|\Z)|[ \t\r]{0,99}\n\s{0,99}[^\s+.?,\[(])"
    r"|(?<![\w$.])(?:(?:window|self|top|parent|document|this|globalThis)\s{0,9}\.\s{0,9})*"
    r"location\s{0,9}\.\s{0,9}(?:replace|assign)\s{0,9}\(\s{0,9}§(\d+)§\s{0,9}\)"
)
_TIMER = re.compile(r"\bsetTimeout\b")
_DELAY = re.compile(r",\s{0,9}(\d{1,9})\s{0,9}\)")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.S)


def script_target(exchange: Exchange) -> str:
    """Where a page whose whole purpose is a redirect leads to (as written), or an empty string."""
    kind = exchange.header("content-type").partition(";")[0].strip().lower()
    if not 200 <= exchange.status < 300 or kind not in _HTML:
        return ""
    body = exchange.content
    if len(body) > _LARGEST or b"location" not in body or exchange.truncated:
        return ""
    markup = body.decode("utf-8", "replace").replace("§", " ")
    code = _code(markup)
    rest = without(markup, ("script", "style", "noscript", "title"))
    if not code or _CONTENT.search(rest):
        return ""
    if sum(not c.isspace() for c in unescape(_TAG.sub(" ", rest))) > _MOST_LETTERS:
        return ""
    return _target(code)


def _code(markup: str) -> str:
    """The page's own scripts and its `onload`; empty where a script comes from elsewhere."""
    parts: list[str] = []
    for script in _SCRIPT.finditer(markup):
        if script[1] is None:
            continue
        if re.search(r"(?i)\bsrc\s*=", script[1]):
            return ""
        if "json" not in script[1].lower():
            parts.append(script[2])
    onload = _ONLOAD.search(markup)
    if onload:
        parts.append(unescape(onload[1][1:-1]))
    code = "\n".join(parts)
    return code if len(code) <= _LONGEST_SCRIPT else ""


def _target(code: str, depth: int = 0) -> str:
    strings: list[str] = []

    def put_aside(piece: re.Match[str]) -> str:
        if piece[0][0] not in "\"'":
            return " "
        strings.append(piece[0][1:-1])
        return f"§{len(strings) - 1}§"

    bare = _PIECES.sub(put_aside, code)
    if _ELSEWHERE.search(bare) or any(int(ms[1]) > _LATEST for ms in _DELAY.finditer(bare)):
        return ""
    found = {strings[int(m[1] or m[2])] for m in _ASSIGNED.finditer(bare)}
    if not found and depth == 0 and _TIMER.search(bare):
        # `setTimeout("location.href='…'", 0)`: the code is itself a string.
        inner = {_target(_unescaped(s) or "", 1) for s in strings if "location" in s}
        return inner.pop() if len(inner) == 1 else ""
    if len(found) != 1:
        return ""
    target = _unescaped(found.pop())
    return "" if target is None or _lander(target) else target.strip()


def _unescaped(text: str) -> str | None:
    """The value of a string of a script; None where it cannot be one of an address."""
    try:
        return _ESCAPE.sub(
            lambda m: chr(int(m[1] or m[2], 16)) if m[1] or m[2] else _plainly(m[3]), text
        )
    except ValueError:
        return None


def _plainly(char: str) -> str:
    if char.isalnum():
        raise ValueError("an escape that no address needs")
    return char


def _lander(target: str) -> bool:
    try:
        return urlsplit(target).path.rstrip("/").lower() == "/lander"
    except ValueError:
        return True

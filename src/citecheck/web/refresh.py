"""Redirects that stand in an answer of status 200: `<meta http-equiv=refresh>` and `Refresh:`.

Only refreshes within five seconds are redirects, later ones reload a page. Read from the first
64 KiB, outside comments, scripts and `noscript`. Syntax as in the HTML standard, "shared
declarative refresh steps".
"""

from __future__ import annotations

import html
import re

from citecheck.records.exchange import Exchange

LONGEST = 5.0
_READ = 65536
_OPENS = re.compile(r"<!--|<(noscript|script|style|template|textarea|title|xmp|iframe)\b", re.I)
_META = re.compile(r"<meta\b([^<>]{0,4000})>", re.I)
_ATTRIBUTE = re.compile(r"""([a-zA-Z-]{1,30})\s{0,9}=\s{0,9}("[^"]*"|'[^']*'|[^\s"'>]+)""")
_REFRESH = re.compile(
    r"\s{0,9}(\d{0,9})(?:\.\d{0,9})?\s{0,9}[;,\s]\s{0,9}(?:url\s{0,9}=)?(.*)", re.I | re.S
)


def refresh_target(exchange: Exchange) -> str:
    """Where the answer refreshes to (as written, may be relative), or the empty string."""
    if not 200 <= exchange.status < 300:
        return ""
    if header := exchange.header("refresh"):
        return _target(header)
    kind = exchange.header("content-type").partition(";")[0].strip().lower()
    if kind not in ("text/html", "application/xhtml+xml", ""):
        return ""
    head = exchange.content[:_READ]
    if b"refresh" not in head.lower():
        return ""
    for meta in _META.finditer(_outside(head.decode("utf-8", "replace"))):
        values = {k.lower(): v.strip("\"'") for k, v in _ATTRIBUTE.findall(meta[1])}
        if values.get("http-equiv", "").strip().lower() == "refresh":
            return _target(html.unescape(values.get("content", "")))
    return ""


def _target(content: str) -> str:
    found = _REFRESH.match(content[:4096])
    if found is None or not found[1] or float(found[1]) > LONGEST:
        return ""
    target = found[2].strip()
    if target[:1] in ("'", '"'):
        target = target[1:].partition(target[0])[0]
    return target.strip()


def _outside(text: str) -> str:
    """The text without what a browser with scripts does not read as markup; one pass."""
    out, at, low = [], 0, text.lower()
    while opened := _OPENS.search(text, at):
        out.append(text[at : opened.start()])
        close = "-->" if opened[1] is None else f"</{opened[1].lower()}"
        end = low.find(close, opened.end())
        if end < 0:
            return "".join(out)
        at = end + len(close)
    out.append(text[at:])
    return "".join(out)

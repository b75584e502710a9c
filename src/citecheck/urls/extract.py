"""Web addresses in running text: where each begins and ends, and the address that is meant.

Structure comes first (an href, a DOI field); this is for addresses that are merely printed. Rules:
an address ends at white space, quotes, angle brackets and CJK punctuation, while other letters stay
(RFC 3987: `/wiki/日本`); trailing punctuation and unbalanced brackets belong to the sentence (as in
GFM's extended autolinks); an address broken over lines is joined only where the break leaves no
doubt. One pass, linear in the length of the text.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Found:
    """`start` and `end` are character offsets of the printed form; `target` is the address meant
    (line breaks, soft hyphens and Markdown escapes removed, a missing scheme added)."""

    start: int
    end: int
    target: str


# Hosts that are habitually printed without a scheme; https is what they all serve.
_BARE_HOSTS = (
    r"(?:dx\.)?doi\.org/10\.|hdl\.handle\.net/\d|perma\.cc/[A-Z0-9]|arxiv\.org/(?:abs|pdf)/"
    r"|web\.archive\.org/web/|archive\.(?:ph|is|today)/|youtu\.be/|bit\.ly/|tinyurl\.com/"
)
_BEGIN = re.compile(
    rf"(?i)(?:https?|ftp)://(?=[\w\[])|(?<![\w@./:=&?%#-])(?:www\d?\.(?=[^\s./])|(?={_BARE_HOSTS}))"
)
_STOP = (
    r"\s\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff"
    r"<>`|\"“”„‟«»‹›—…¹²³⁰⁴-⁹"
    r"\u3000-\u3004\u3008-\u301f\u30fb\uff01\uff08\uff09\uff0c\uff0e\uff1a\uff1b\uff1f\uff3b\uff3d"
    r"\uff5b\uff5d\uff5f-\uff65"
)
_RUN = re.compile(rf"[^{_STOP}]+")
_BREAK = re.compile(r"[ \t\xa0]*\n[ \t\xa0]*(?=\S)")
_ENTITY_TAIL = re.compile(r"&[A-Za-z0-9#]{1,31};\Z")
_GLUED = re.compile(r"[,;|]+(?=(?i:https?)://)|\]\(")
_MARKER_TAIL = re.compile(r"\[\d{1,3}\]\Z")
_ESCAPE = re.compile(r"\\+(?=[!-/:-@\[-`{-~])")
_FILE = re.compile(r"(?i)\.(?:s?html?|pdf|php|aspx?|jsp|docx?|xml|txt)\b")
_OPENING = {")": "(", "]": "[", "}": "{"}
_TRAILING = frozenset("?!.,:;*'’‘‚_~\\")
_LONGEST = 8000


def find(text: str, *, markup: bool = False) -> tuple[Found, ...]:
    """The addresses printed in a text, in order, none overlapping.

    With `markup` the text is source of HTML or Markdown and `&amp;` stands for `&`.
    """
    found: list[Found] = []
    at = 0
    while begin := _BEGIN.search(text, at):
        start = begin.start()
        pieces = _pieces(text, start)
        target, end = _trim(text, pieces)
        address = _address(target, markup=markup)
        at = max(end, begin.end(), start + 1)
        if address:
            found.append(Found(start, end, address))
    return tuple(found)


def _pieces(text: str, start: int) -> list[tuple[int, int]]:
    """The ranges of text that make up one address: one, or more where it runs over lines."""
    pieces: list[tuple[int, int]] = []
    at, length = start, 0
    while run := _RUN.match(text, at):
        end = min(run.end(), run.start() + _LONGEST)
        pieces.append((run.start(), end))
        length += end - run.start()
        gap = _BREAK.match(text, end)
        if gap is None or length > _LONGEST or not _joins(text, pieces[-1], gap.end()):
            break
        at = gap.end()
    return pieces


def _joins(text: str, piece: tuple[int, int], at: int) -> bool:
    """Whether the address goes on in the next line, which begins at `at`."""
    run = _RUN.match(text, at, at + 300)
    if run is None:
        return False
    token = run[0].rstrip(".,;:!?)]}'’")
    last, first = text[piece[1] - 1], run[0][0]
    if not token or _BEGIN.match(token) or re.match(r"\[\^?\w{1,4}\]|\d{1,3}[.)]\Z", run[0]):
        return False
    if first in "/?&=#%_" or (first in "-." and token[1:2].isalnum()):
        return True
    if not (first.isascii() and first.isalnum()):
        return False
    if last in "-_%=&?#":
        return last != "-" or not token.istitle()
    path = bool(re.fullmatch(r"[A-Za-z0-9%/_.~=&?#+-]+", token))
    sentence = first.isupper() and token[1:].isalpha()
    telling = "/" in token or bool(_FILE.search(token))
    if last in "/.":
        return path and not sentence and (telling or bool(re.search(r"\w[-_=]\w", token)))
    return path and not sentence and bool(_FILE.search(token)) and last.isalnum()


def _trim(text: str, pieces: list[tuple[int, int]]) -> tuple[str, int]:
    """The raw address and where it ends, without what belongs to the sentence around it."""
    raw = "".join(text[a:b] for a, b in pieces)
    start = pieces[0][0]
    opener = text[start - 1] if start else ""
    if opener in "'‘" and opener:
        raw = re.split("['’]", raw, maxsplit=1)[0]
    if glued := _GLUED.search(raw):
        raw = raw[: glued.start()]
    raw = _cut_at_unbalanced(raw)
    counts = {c: raw.count(c) for c in "()[]{}"}
    keep = len(raw)
    while keep:
        last = raw[keep - 1]
        if last == ";" and (entity := _ENTITY_TAIL.search(raw[max(0, keep - 34) : keep])):
            keep -= len(entity[0])
        elif last in _TRAILING and (last not in "_~" or opener == last):
            keep -= 1
        elif last == "]" and (mark := _MARKER_TAIL.search(raw[max(0, keep - 5) : keep])):
            keep -= len(mark[0])
            counts["["] -= 1
            counts["]"] -= 1
        elif last in "([{" or (last in _OPENING and counts[last] > counts[_OPENING[last]]):
            counts[last] -= 1
            keep -= 1
        else:
            break
    return raw[:keep], _end_of(pieces, keep)


def _cut_at_unbalanced(raw: str) -> str:
    """Cut where a bracket closes that was never opened and no path can be going on."""
    depth = {"(": 0, "[": 0}
    if ")" not in raw and "]" not in raw:
        return raw
    for i, char in enumerate(raw):
        if char in depth:
            depth[char] += 1
        elif char in ")]":
            depth[_OPENING[char]] -= 1
            rest = raw[i + 1 : i + 2]
            if depth[_OPENING[char]] < 0 and not (rest.isalnum() or rest in "/%_&=?#-"):
                return raw[:i]
    return raw


def _end_of(pieces: list[tuple[int, int]], length: int) -> int:
    for start, end in pieces:
        if length <= end - start:
            return start + length
        length -= end - start
    return pieces[-1][1]


def _address(raw: str, *, markup: bool) -> str:
    """The address that a printed form means; empty where it has no possible host."""
    try:
        target = html.unescape(raw) if markup else raw
    except ValueError:  # a reference by a number of thousands of digits
        return ""
    target = _ESCAPE.sub("", target.replace("\u00ad", "")).replace("\u2010", "-")
    scheme = re.match(r"(?i)(https?|ftp)://", target)
    if scheme is None:
        target = ("http://" if target[:3].lower() == "www" else "https://") + target
        scheme = re.match(r"(?i)(https?|ftp)://", target)
    assert scheme is not None
    host = re.split(r"[/?#]", target[scheme.end() :], maxsplit=1)[0]
    # A sentence in a script without spaces may run on right after a bare host.
    glued = re.search(r"(?<=\.)[A-Za-z]{2,}(?=[^\x00-\x7f])", host)
    if glued and len(scheme[0]) + len(host) == len(target):
        target = scheme[0] + host[: glued.end()]
        host = host[: glued.end()]
    name = host.rpartition("@")[2]
    return target if re.match(r"\w|\[[0-9A-Fa-f:]", name) else ""

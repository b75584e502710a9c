"""HTML as a stream of pieces with exact places, never more than one pass.

A tolerant reading of the tokenisation stage of the HTML standard: attributes in any quoting,
character references resolved, comments and declarations skipped, the content of script and style
raw. Unlike a tree builder it keeps the offset of every piece.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from citecheck.text.entities import unescape

_TAG = re.compile(r"<(/?)([A-Za-z][^\s/>]*)")
_ATTRIBUTE = re.compile(
    r"""[\s/]*(?:([^\s"'>/=][^\s"'>/=]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?|["'=]+)"""
)
_UNQUOTED = re.compile(r"""=\s*[^\s"'>]+/\Z""")
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?")
_RAW = frozenset({"script", "style", "template", "textarea", "svg", "math", "noscript", "iframe"})


@dataclass(frozen=True, slots=True)
class Piece:
    """`kind`: `open`, `close`, `text` or `reference` (a character reference, resolved).

    `value` is the tag's name in lower case or the text; `start:end` its range in the source.
    """

    kind: str
    value: str
    start: int
    end: int
    attributes: tuple[tuple[str, str], ...] = ()
    empty: bool = False

    def get(self, attribute: str) -> str:
        """The value of an attribute, or the empty string."""
        return next((v for k, v in self.attributes if k == attribute), "")


def pieces(text: str, start: int = 0, end: int | None = None) -> Iterator[Piece]:
    """The pieces of `text[start:end]`, in order."""
    stop = len(text) if end is None else end
    at = start
    while at < stop:
        less = text.find("<", at, stop)
        if less < 0:
            yield from _characters(text, at, stop)
            return
        if less > at:
            yield from _characters(text, at, less)
        tag = _TAG.match(text, less, stop)
        if tag is None:
            at = _declaration(text, less, stop)
            if at == less:
                yield Piece("text", "<", less, less + 1)
                at += 1
            continue
        close = _tag_end(text, tag.end(), stop)
        if close < 0:
            return  # the standard drops a tag that the end of the file cuts off
        name = tag[2].lower()
        if tag[1]:
            yield Piece("close", name, less, close)
        else:
            # The slash of `<a href=https://example.org/>` is the value's.
            slash = text[close - 2] == "/"
            empty = slash and not _UNQUOTED.search(text, max(tag.end(), close - 2000), close - 1)
            found = _attributes(text, tag.end(), close - 1)
            yield Piece("open", name, less, close, found, empty)
            if name in _RAW and not empty:
                close = _raw_end(text, name, close, stop)
                yield Piece("close", name, close, close)
        at = close


def _characters(text: str, start: int, end: int) -> Iterator[Piece]:
    at = start
    for reference in _REFERENCE.finditer(text, start, end):
        value = html.unescape(reference[0])
        if value == reference[0]:
            continue
        if reference.start() > at:
            yield Piece("text", text[at : reference.start()], at, reference.start())
        yield Piece("reference", value, reference.start(), reference.end())
        at = reference.end()
    if at < end:
        yield Piece("text", text[at:end], at, end)


def _declaration(text: str, start: int, stop: int) -> int:
    """Where a comment, declaration or processing instruction ends; `start` where there is none."""
    for opening, closing in (
        ("<!--", "-->"),
        ("<![CDATA[", "]]>"),
        ("<!", ">"),
        ("<?", ">"),
        ("</", ">"),
    ):
        if text.startswith(opening, start):
            end = text.find(closing, start + len(opening), stop)
            return stop if end < 0 else end + len(closing)
    return start


def _tag_end(text: str, at: int, stop: int) -> int:
    """Just after the `>` that ends a tag; quotes hide one. -1 where the tag never ends."""
    while at < stop:
        step = _NEXT.search(text, at, stop)
        if step is None:
            return -1
        if step[0] == ">":
            return step.end()
        if step[1]:
            at = text.find(step[1], step.end(), stop) + 1
            if at == 0:
                return -1
        else:
            at = step.end()
    return -1


_NEXT = re.compile(r""">|=\s*(["'])|=""")


def _attributes(text: str, start: int, end: int) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    at = start
    while at < end and len(found) < 100:
        match = _ATTRIBUTE.match(text, at, end)
        if match is None or match.end() == at:
            break
        at = match.end()
        if match[1]:
            value = next((g for g in match.groups()[1:] if g is not None), "")
            found.append((match[1].lower(), unescape(value)))
    return tuple(found)


def _raw_end(text: str, name: str, at: int, stop: int) -> int:
    closing = re.compile(rf"(?i)</{re.escape(name)}(?=[\s/>])").search(text, at, stop)
    if closing is None:
        return stop
    end = text.find(">", closing.end(), stop)
    return stop if end < 0 else end + 1

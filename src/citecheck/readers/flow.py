"""A document as one run of text with the marks of its markup beside it, whatever its format was.

A format's reader fills a `Flow` through `FlowBuilder`; what a note, a callout or a citing sentence
is, is then decided in one place for all formats (`notes.py`). Every character of the text carries
the range of source characters that it stands for, so that byte spans survive every later step.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

Range = tuple[int, int]

_FOLD = re.compile(r"(\s+)|[\u00ad\u200b\u2060\ufeff]+|[^\s\u00ad\u200b\u2060\ufeff]+")


@dataclass(frozen=True, slots=True)
class FlowLink:
    """A link at `start:end` of the flow's text; `source` is its whole construct in the source,
    `copy` the archived copy that its markup names beside the address."""

    start: int
    end: int
    target: str
    source: Range
    copy: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that looks like a callout or like the label of a definition.

    `kind`: `sup` (superscript), `bracket` ([1]), `anchor` (a link inside the document), `list` (the
    number of a list item in a section of notes), `item` (of any other list), `digit` (superscript
    digits of Unicode), `ref` (a callout that the format itself declares), `inline` (a note that
    stands where it is called out).
    """

    start: int
    end: int
    labels: tuple[str, ...]
    kind: str
    source: Range


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, cell, list item or heading. `kind`: `text`, `heading`, `rule` (ends notes) or
    `given` (part of a note that the format declares). `aside` says that it belongs to the page
    and not to the work (navigation)."""

    start: int
    end: int
    kind: str
    source: Range
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """A note that the format itself declares, with the range of text that it covers."""

    label: str
    start: int
    end: int
    source: Range


@dataclass(slots=True)
class Flow:
    """The text and its marks, all offsets into `text`; `drops` are ranges that are no words of the
    document (back-links, breaks inside an address), `code` is never searched for anything."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    blocks: list[Block]
    links: list[FlowLink] = field(default_factory=list)
    italics: list[Range] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    given: list[Given] = field(default_factory=list)
    drops: list[Range] = field(default_factory=list)
    code: list[Range] = field(default_factory=list)
    title: str = ""

    def source(self, start: int, end: int) -> Range:
        """The range of the source that a range of the text stands for."""
        if start >= end:
            at = self.starts[start] if start < len(self.starts) else (self.ends or [0])[-1]
            return at, at
        return self.starts[start], max(self.ends[end - 1], self.starts[start])


class FlowBuilder:
    """Collects a flow piece by piece, in the order of the source."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._starts = array("q")
        self._ends = array("q")
        self.block_start = 0
        self.flow = Flow("", self._starts, self._ends, [])

    @property
    def at(self) -> int:
        """The offset at which the next piece will stand."""
        return len(self._starts)

    def verbatim(self, text: str, source: int) -> None:
        """Add text that stands in the source as it is, from offset `source` on."""
        self._parts.append(text)
        self._starts.extend(range(source, source + len(text)))
        self._ends.extend(range(source + 1, source + len(text) + 1))

    def mapped(self, text: str, offsets: Sequence[int]) -> None:
        """Add text whose characters stand at `offsets` in the source (one more than characters)."""
        self._parts.append(text)
        self._starts.extend(offsets[:-1])
        self._ends.extend(offset + 1 for offset in offsets[:-1])

    def standing_for(self, text: str, source: Range) -> None:
        """Add text that a piece of the source means without saying it letter by letter."""
        self._parts.append(text)
        self._starts.extend([source[0]] * len(text))
        self._ends.extend([source[1]] * len(text))

    def since(self, start: int) -> str:
        """The text added from an offset on (in time of the length of that text)."""
        wanted = self.at - start
        tail: list[str] = []
        for part in reversed(self._parts):
            if wanted <= 0:
                break
            tail.append(part[-wanted:])
            wanted -= len(part)
        return "".join(reversed(tail))

    def begin_block(self) -> None:
        self.block_start = self.at

    def end_block(self, kind: str, source: Range, *, aside: bool = False) -> None:
        """Close the block begun last; blocks are kept apart by an empty line."""
        self.flow.blocks.append(Block(self.block_start, self.at, kind, source, aside))
        self.standing_for("\n\n", (source[1], source[1]))
        self.block_start = self.at

    def finish(self) -> Flow:
        self.flow.text = "".join(self._parts)
        return self.flow


@dataclass(frozen=True, slots=True)
class Folded:
    """A range of the flow with white space folded; `place` carries offsets over."""

    text: str
    _old: Sequence[int]
    _new: Sequence[int]
    _length: Sequence[int]

    def place(self, offset: int) -> int:
        """Where a character of the flow stands in the folded text (the next one if dropped)."""
        i = bisect_right(self._old, offset) - 1
        if i < 0:
            return 0
        return min(self._new[i] + min(offset - self._old[i], self._length[i]), len(self.text))


def fold(text: str, pieces: Iterable[Range]) -> Folded:
    """Pieces of a text put together, every run of white space one plain space, none at the ends."""
    parts: list[str] = []
    old, new, lengths = array("q"), array("q"), array("q")
    size, spaced = 0, True
    for start, end in pieces:
        for run in _FOLD.finditer(text, start, end):
            if run[1]:
                word = "" if spaced else " "
                spaced = True
            elif run[0][0] in "\u00ad\u200b\u2060\ufeff":
                word = ""
            else:
                word, spaced = run[0], False
            old.append(run.start())
            new.append(size)
            lengths.append(len(word))
            if word:
                parts.append(word)
                size += len(word)
    whole = "".join(parts)
    return Folded(whole.rstrip(" "), old, new, lengths)


def without(start: int, end: int, drops: Sequence[Range]) -> list[Range]:
    """The range `start:end` less the `drops`, which are sorted and may nest."""
    pieces: list[Range] = []
    at = start
    i = bisect_left(drops, (start, -1))
    while i > 0 and drops[i - 1][1] > start:
        i -= 1
    for drop_start, drop_end in drops[i:] if len(drops) - i < 64 else _until(drops, i, end):
        if drop_start >= end:
            break
        if drop_start > at:
            pieces.append((at, drop_start))
        at = max(at, min(drop_end, end))
    if at < end:
        pieces.append((at, end))
    return pieces


def _until(drops: Sequence[Range], i: int, end: int) -> Iterable[Range]:
    while i < len(drops) and drops[i][0] < end:
        yield drops[i]
        i += 1

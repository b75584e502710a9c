"""A citation on the bench: its text, what was already understood, and what is left.

Every step takes the stretch that it understood; taken characters become `GAP`, so that offsets
stay and two steps never read the same words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from citecheck.cite import marks
from citecheck.records.document import Note, TextLink

GAP = "\x1f"
LONGEST = 6000  # characters; no citation is longer, such a stretch keeps only its links

_RANK = {"high": 0, "medium": 1, "low": 2}


@dataclass(frozen=True, slots=True)
class Segment:
    """One citation of a note, cut out: ranges are relative to `text`."""

    text: str
    italics: tuple[tuple[int, int], ...] = ()
    links: tuple[TextLink, ...] = ()


def cut(note: Note, start: int, end: int) -> Segment:
    """The stretch of a note as a segment, white space trimmed and NBSP made plain."""
    text = note.text
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    italics = tuple(
        (max(a, start) - start, min(b, end) - start)
        for a, b in note.italics
        if min(b, end) > max(a, start)
    )
    links = tuple(
        TextLink(k.start - start, k.end - start, k.target, k.printed, k.span)
        for k in note.links
        if start <= k.start and k.end <= end
    )
    plain = re.sub(r"[\s\x1f\u200b\ufeff]", " ", text[start:end])
    return Segment(plain, italics, links)


@dataclass(slots=True)
class Piece:
    """`title` and `container` are the spans that were taken for them, marks included."""

    segment: Segment
    text: str
    quotes: tuple[marks.Range, ...]
    brackets: tuple[marks.Range, ...]
    italics: tuple[tuple[int, int], ...]
    csl: dict[str, Any] = field(default_factory=dict)
    confidence: dict[str, str] = field(default_factory=dict)
    title: tuple[int, int] | None = None
    title_kind: str = ""
    container: tuple[int, int] | None = None
    urls: list[str] = field(default_factory=list)
    guarded: list[str] = field(default_factory=list)
    printed: str = ""
    unproxied: str = ""
    title_translated: str = ""
    title_original: str = ""
    container_translated: str = ""
    locator: str = ""
    issued_at: int | None = None
    short: bool = False
    anchors: list[tuple[int, int]] = field(default_factory=list)

    def take(self, start: int, end: int) -> str:
        """The text of a stretch, which is thereby used up."""
        taken = self.text[start:end]
        self.text = self.text[:start] + GAP * (end - start) + self.text[end:]
        return taken

    def free(self, start: int, end: int) -> bool:
        """Whether nothing of a stretch was taken before."""
        return GAP not in self.text[start:end]

    def set(self, name: str, value: Any, confidence: str = "high") -> None:
        """Sets a CSL field unless an earlier step did."""
        if value and name not in self.csl:
            self.csl[name] = value
            self.confidence[name] = confidence

    def doubt(self, names: Iterable[str], confidence: str) -> None:
        """Lowers the confidence of fields to at most the given one."""
        for name in names:
            if name in self.confidence and _RANK[self.confidence[name]] < _RANK[confidence]:
                self.confidence[name] = confidence

    @property
    def tail(self) -> int:
        """Where the part after the title begins."""
        return self.title[1] if self.title else 0


def piece_of(segment: Segment) -> Piece:
    text = segment.text
    return Piece(
        segment=segment,
        text=text,
        quotes=marks.quoted(text),
        brackets=marks.bracketed(text),
        italics=segment.italics,
    )


def tidy(text: str) -> str:
    """A value as it is stored: gaps and double spaces gone, no dangling punctuation."""
    text = re.sub(rf"[{GAP}\s]+", " ", text).strip()
    text = text.strip(" ,;:–—、。，；：").lstrip(" .,;:)]")
    return re.sub(r"(?<=[^\s.][^\s.])\.$", "", text).strip(" ,;:")

"""Inline markup that carries meaning for notes: links, italics, superscripts (HTML, Markdown).

A superscript or an inner link whose text is a label is a mark; an inner link that is only an arrow
leads back from a note and is no word of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from citecheck.readers.flow import FlowBuilder, FlowLink, Mark, Range
from citecheck.readers.markers import labels_of
from citecheck.readers.tags import Piece
from citecheck.urls.archived import Kind, recognise

ITALIC = frozenset({"em", "i", "cite", "var"})
_MEANING = {"a": "link", "sup": "sup", "code": "code", "tt": "code", "kbd": "code", "pre": "code"}
_BACK = re.compile(r"[\s^↑↩⏎⤴↵⬆⇑▲\ufe0e\ufe0f←]*|(?i:back|return|jump(?:ed)? (?:up|back)\W*)")
_LABEL_LENGTH = 60
_LONGEST = 16_000  # characters of a list of copies


@dataclass(slots=True)
class _Open:
    what: str
    start: int
    source: int
    target: str
    role: str
    copy: str = ""


@dataclass(frozen=True, slots=True)
class Inner:
    """A link inside the document: `mark` is its place in the flow's marks, -1 where it is none."""

    start: int
    end: int
    source: Range
    target: str
    text: str
    role: str
    mark: int


class Markup:
    """What is open at a place, and what it becomes when it is closed."""

    def __init__(self, builder: FlowBuilder) -> None:
        self._builder = builder
        self._open: list[_Open] = []
        self.inner: list[Inner] = []

    @property
    def depth(self) -> int:
        return len(self._open)

    def open(
        self, what: str, source: int, target: str = "", role: str = "", copy: str = ""
    ) -> None:
        self._open.append(_Open(what, self._builder.at, source, target, role, copy))

    def unwind(self, depth: int) -> None:
        """Forget what is still open beyond a depth: markup does not run out of its block."""
        del self._open[depth:]

    def tag(self, piece: Piece, source: Range) -> None:
        """An HTML tag that stands at `source`."""
        what = "em" if piece.value in ITALIC else _MEANING.get(piece.value, "")
        if piece.kind == "open" and piece.value == "br":
            self._builder.standing_for("\n", source)
        elif what and piece.kind == "open" and not piece.empty:
            if what == "link":
                self.close("link", source[0])
            role = f"{piece.get('epub:type')} {piece.get('role')} {piece.get('class')}"
            copy = _robust(piece.get("data-versionurl")) if what == "link" else ""
            self.open(what, source[0], piece.get("href"), role, copy)
        elif what and piece.kind == "close":
            self.close(what, source[1])

    def close(self, what: str, end: int) -> None:
        """Close the innermost open markup of a kind, if there is one near."""
        for i in range(len(self._open) - 1, max(len(self._open) - 16, -1), -1):
            if self._open[i].what == what:
                break
        else:
            return
        opened = self._open[i]
        del self._open[i]
        flow, at = self._builder.flow, self._builder.at
        source = (opened.source, end)
        if what == "em":
            flow.italics.append((opened.start, at))
        elif what == "code":
            flow.code.append((opened.start, at))
        elif what == "sup":
            self._mark(opened.start, at, "sup", source)
        elif what == "link" and opened.target.startswith("#"):
            self._inner(opened, at, source)
        elif what == "link" and opened.target:
            flow.links.append(FlowLink(opened.start, at, opened.target, source, opened.copy))

    def _inner(self, opened: _Open, at: int, source: Range) -> None:
        flow = self._builder.flow
        short = at - opened.start <= _LABEL_LENGTH
        text = self._builder.since(opened.start) if short else ""
        mark = -1
        if short and _BACK.fullmatch(text) and opened.target != "#":
            flow.drops.append((opened.start, at))
        elif self._mark(opened.start, at, "anchor", source):
            mark = len(flow.marks) - 1
        self.inner.append(
            Inner(opened.start, at, source, opened.target[1:], text, opened.role, mark)
        )

    def _mark(self, start: int, at: int, kind: str, source: Range) -> bool:
        """Add a mark if the text is a label; markup around a mark only widens it."""
        if at - start > _LABEL_LENGTH:
            return False
        labels = labels_of(self._builder.since(start))
        if not labels:
            return False
        marks = self._builder.flow.marks
        if marks and marks[-1].start >= start and marks[-1].labels == labels:
            kind = "anchor" if "anchor" in (kind, marks[-1].kind) else kind
            marks[-1] = Mark(start, at, labels, kind, source)
        else:
            marks.append(Mark(start, at, labels, kind, source))
        return True


def _robust(versions: str) -> str:
    """The archived copy that Robust Links attributes name: the first of those that are listed."""
    for word in versions[:_LONGEST].split():
        address = word.rstrip(",;")
        told = recognise(address)
        if told is not None and told.kind is Kind.COPY:
            return address
    return ""

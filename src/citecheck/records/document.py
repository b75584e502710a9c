"""A document with its notes, as a reader hands it on.

Offsets named `span` are byte offsets into the file as it lies on disk, so that a later edit can be
applied to exactly those bytes; offsets into `Note.text` are character offsets.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of bytes in the source file."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TextLink:
    """A link inside a note: where it stands in the note's text and where it leads.

    `target` is the address to follow (markup and escapes of the format undone; the href, never the
    link text); `printed` is what a reader of the document sees; `copy` the address of an archived
    copy that markup ties to the link without printing it (empty where none does).
    """

    start: int
    end: int
    target: str
    printed: str
    span: Span
    copy: str = ""


@dataclass(frozen=True, slots=True)
class Callout:
    """A place in the body that points to a note, with the sentence that it ends."""

    label: str
    line: int
    span: Span
    sentence: str


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote, endnote or numbered reference, markup resolved.

    `text` holds the words with links left in as their printed form; `italics` and `links` are
    ranges of it. `line` (from 1) is where the note begins.
    """

    label: str
    line: int
    span: Span
    text: str
    italics: tuple[tuple[int, int], ...] = ()
    links: tuple[TextLink, ...] = ()
    callouts: tuple[Callout, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A ready reference record in a source (BibTeX, RIS, CSL-JSON): CSL fields as given."""

    label: str
    line: int
    csl: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Document:
    """One source as read.

    `path` is relative to the project root with `/`; `sha256` is the hex digest of its bytes;
    `format` is the reader's name. A prose document has `notes`, a file of records has `entries`.
    `warnings` are sentences about what could not be understood. `dated` is the day that the
    document itself says it is of.
    """

    path: str
    sha256: str
    format: str
    notes: tuple[Note, ...] = ()
    entries: tuple[Entry, ...] = ()
    title: str = ""
    warnings: tuple[str, ...] = field(default=())
    dated: date | None = None

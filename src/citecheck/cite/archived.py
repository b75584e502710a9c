"""Remarks that a page was archived leave the note before it is read: they are no part of a work.

`https://example.org/a (archived 16 March 2019: https://web.archive.org/…)` is cited as it was
before somebody put the copy beside the link; the copy's address goes with the link it follows, as
does one that only its markup names (`data-versionurl`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from citecheck.records.document import Note, Span, TextLink
from citecheck.text.archived_words import remark
from citecheck.urls.archived import recognise


@dataclass(frozen=True, slots=True)
class Bare:
    """A note without its remarks; `copies` are the addresses in them, and in the markup of links,
    by the place of the link that each belongs to (None: to no link)."""

    note: Note
    copies: tuple[tuple[Span | None, str], ...] = ()


def without_remarks(note: Note) -> Bare:
    """The note as it would be if nobody had noted any copy."""
    cuts: list[tuple[int, int]] = []
    copies: list[tuple[Span | None, str]] = []
    kept: list[TextLink] = []
    for link in note.links:
        told = recognise(link.target)
        found = remark(note.text, link.start, link.end) if told else None
        if found is None or (cuts and found[0] < cuts[-1][1]):
            kept.append(link)
            if link.copy and link.copy != link.target:
                copies.append((link.span, link.copy))
            continue
        cuts.append(found)
        copies.append((kept[-1].span if kept else None, link.target))
    if not cuts:
        return Bare(note, tuple(copies))

    def moved(at: int) -> int:
        return at - sum(min(at, end) - start for start, end in cuts if start < at)

    text, at = "", 0
    for start, end in cuts:
        text += note.text[at:start]
        at = end
    text += note.text[at:]
    bare = replace(
        note,
        text=text,
        italics=tuple((moved(a), moved(b)) for a, b in note.italics if moved(b) > moved(a)),
        links=tuple(replace(k, start=moved(k.start), end=moved(k.end)) for k in kept),
    )
    return Bare(bare, tuple(copies))

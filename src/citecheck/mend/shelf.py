"""The shelf of writers: one table, and the way from wishes to edits that hold.

Every edit is tried before it is offered: the mended document is read again, and must have the same
notes with the same links but for what was meant to change. An edit that fails this is refused, the
others stay.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from citecheck.errors import SourceError
from citecheck.mend import bibtex, csl, html, markdown, plain, ris, wikitext
from citecheck.mend.edits import Change, Edit, Refusal, Settled, Unmendable, Wish
from citecheck.mend.places import Spot, places, printed_in
from citecheck.mend.proof import sound
from citecheck.mend.sheet import Sheet, sheet_of
from citecheck.mend.style import Styles, styles_of
from citecheck.readers import shelf
from citecheck.records.document import Document

Writer = Callable[[Sheet, Spot, Wish, Styles], tuple[Change, ...]]

WRITERS: dict[str, Writer] = {
    form: module.write
    for module in (plain, markdown, html, wikitext, bibtex, ris, csl)
    for form in module.formats
}


@dataclass(frozen=True, slots=True)
class Mended:
    """What became of a document: `data` is it with all `edits` made. `settled` counts wishes whose
    place had already what was wanted."""

    sheet: Sheet
    data: bytes
    edits: tuple[Edit, ...]
    refusals: tuple[Refusal, ...] = ()
    settled: int = 0


def mend(path: str, data: bytes, wishes: Iterable[Wish], sha256: str) -> Mended:
    """The document at `path` with the wishes fulfilled that can be.

    `sha256` is what the report says of the document it saw. Raises SourceError for what cannot be
    read.
    """
    document = shelf.read(path, data)
    sheet = sheet_of(document, data)
    fresh = document.sha256 == sha256
    drafted, refusals, settled = _drafted(sheet, wishes, fresh=fresh)
    kept, broken = _holding(sheet, drafted)
    edits = tuple(sorted(kept, key=lambda e: min(c.start for c in e.changes)))
    whole = sheet.applied(_changes(edits))
    return Mended(sheet, whole, edits, (*refusals, *broken), settled)


def _drafted(
    sheet: Sheet, wishes: Iterable[Wish], *, fresh: bool
) -> tuple[list[Edit], list[Refusal], int]:
    write = WRITERS.get(sheet.document.format)
    edits: list[Edit] = []
    refusals: list[Refusal] = []
    settled = 0
    taken: set[Change] = set()
    styles, printed = styles_of(sheet), printed_in(sheet)
    for wish in wishes:
        found = places(sheet, printed, wish, fresh=fresh)
        refusals += found.refusals
        for spot in found.spots:
            try:
                if write is None:
                    raise Unmendable(f"{sheet.document.format} cannot be written")
                changes = write(sheet, spot, wish, styles)
                for change in changes:
                    sheet.encoded(change.text)
            except Settled:
                settled += 1
                continue
            except Unmendable as why:
                refusals.append(Refusal(wish, spot.label, spot.line, str(why)))
                continue
            new = tuple(c for c in changes if c not in taken)  # a definition that notes share
            taken |= set(new)
            if new:
                edits.append(Edit(wish, spot.label, spot.line, new, spot.entry is not None))
    return edits, refusals, settled


def _changes(edits: Iterable[Edit]) -> list[Change]:
    return [change for edit in edits for change in edit.changes]


def _holding(sheet: Sheet, edits: Sequence[Edit]) -> tuple[list[Edit], list[Refusal]]:
    """The edits that together leave a sound document, and a refusal for each of the others."""
    if not edits or _holds(sheet, edits):
        return list(edits), []
    if len(edits) == 1:
        edit = edits[0]
        why = "the document would no longer be read as it is now"
        return [], [Refusal(edit.wish, edit.note, edit.line, why)]
    middle = len(edits) // 2
    first, lost = _holding(sheet, edits[:middle])
    second, more = _holding(sheet, edits[middle:])
    if first and second and not _holds(sheet, [*first, *second]):
        lost += [Refusal(e.wish, e.note, e.line, "it meets another edit") for e in second]
        second = []
    return [*first, *second], [*lost, *more]


def _holds(sheet: Sheet, edits: Sequence[Edit]) -> bool:
    try:
        data = sheet.applied(_changes(edits))
        mended: Document = shelf.read(sheet.document.path, data)
    except (SourceError, Unmendable):
        return False
    return sound(sheet.document, mended, edits)

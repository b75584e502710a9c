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
from citecheck.mend.edits import Change, Edit, Kind, Refusal, Settled, Unmendable, Wish
from citecheck.mend.nearest import for_place
from citecheck.mend.places import Spot, places, printed_in
from citecheck.mend.proof import sound
from citecheck.mend.renewed import redated
from citecheck.mend.sheet import Sheet, sheet_of
from citecheck.mend.style import Styles, styles_of
from citecheck.readers import shelf
from citecheck.records.document import Document

Writer = Callable[[Sheet, Spot, Wish, Styles], tuple[Change, ...]]

_TRIALS = 200
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
    kept, broken = _Trials(sheet, _TRIALS).holding(drafted)
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
    for offered in wishes:
        found = places(sheet, printed, offered, fresh=fresh)
        refusals += found.refusals
        for spot in found.spots:
            wish = for_place(offered, spot)
            try:
                if write is None:
                    raise Unmendable(f"{sheet.document.format} cannot be written")
                changes = write(sheet, spot, wish, styles)
                if wish.kind is Kind.COPY and spot.note:
                    for link in spot.links:
                        changes += redated(sheet, spot.note, link, wish, styles)
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


@dataclass(slots=True)
class _Trials:
    """Readings of the mended document: `left` bounds them, for each takes as long as the document
    is large, and halving finds every edit that does not hold by some twenty of them."""

    sheet: Sheet
    left: int

    def holding(self, edits: Sequence[Edit]) -> tuple[list[Edit], list[Refusal]]:
        """The edits that together leave a sound document, and a refusal for each of the others."""
        if not edits or self._holds(edits):
            return list(edits), []
        if len(edits) == 1 or not self.left:
            why = "the document would no longer be read as it is now"
            if not self.left:
                why = "too many edits do not hold for this one to be tried"
            return [], _refused(edits, why)
        middle = len(edits) // 2
        first, lost = self.holding(edits[:middle])
        second, more = self.holding(edits[middle:])
        if first and second and not self._holds([*first, *second]):
            lost += _refused(second, "it meets another edit")
            second = []
        return [*first, *second], [*lost, *more]

    def _holds(self, edits: Sequence[Edit]) -> bool:
        if not self.left:
            return False
        self.left -= 1
        try:
            data = self.sheet.applied(_changes(edits))
            mended: Document = shelf.read(self.sheet.document.path, data)
        except (SourceError, Unmendable):
            return False
        return sound(self.sheet.document, mended, edits)


def _refused(edits: Iterable[Edit], why: str) -> list[Refusal]:
    return [Refusal(e.wish, e.note, e.line, why) for e in edits]

"""What is kept of the cited pages: in a public archive, in local copies alone, or nowhere and why.

A copy in a public archive is any that may show the page: of a good status, whatever its role. What
an archive did not say (it was down, it asked to wait) is no word on copies: of such a page none is
known.
"""

from __future__ import annotations

from dataclasses import dataclass

from citecheck.records.archive import LookupState, PassedOver, SaveOutcome, SaveState, Snapshot
from citecheck.records.report import LinkRow, Report
from citecheck.reports.places import copy_to_cite
from citecheck.reports.visible import day
from citecheck.reports.words import ROT, count, local_copy
from citecheck.saving_reasons import sentence
from citecheck.urls.archived import Kind, recognise

SAVES = {
    SaveState.SAVED: "A new copy was saved",
    SaveState.PENDING: "The archive is still at work on a new copy; the next run looks again",
    SaveState.FAILED: "The archive could not keep a copy",
    SaveState.REFUSED: "The archive refused to keep a copy",
    SaveState.SKIPPED: "No new copy was asked for",
    SaveState.UNKNOWN: "Whether a new copy was saved is not known",
    SaveState.NONE: "",
}
_TOLD = (SaveState.PENDING, SaveState.FAILED, SaveState.REFUSED, SaveState.UNKNOWN)
_UNSAID = {
    LookupState.EXCLUDED: "the archive does not show this site",
    LookupState.THROTTLED: "the archive asked to wait",
    LookupState.UNAVAILABLE: "the archive did not answer",
}


@dataclass(frozen=True, slots=True)
class Keeping:
    """Links by where a copy of them is; `saved`, `pending` and `refused` (could not be
    kept, for whatever reason) count over all of them."""

    archived: tuple[LinkRow, ...]
    local: tuple[LinkRow, ...]
    none: tuple[LinkRow, ...]
    saved: int
    pending: int
    refused: int


def keeping(report: Report) -> Keeping:
    told = [(row, _archived(row)) for row in report.links]
    archived = tuple(row for row, has in told if has)
    rest = [row for row, has in told if not has]
    return Keeping(
        archived,
        tuple(row for row in rest if _local(row)),
        tuple(row for row in rest if not _local(row)),
        sum(any(s.role == "saved" for s in public(row)) for row in archived),
        *(
            sum(any(s.state in states for s in _saves(row)) for row in report.links)
            for states in ((SaveState.PENDING,), (SaveState.REFUSED, SaveState.FAILED))
        ),
    )


def _archived(row: LinkRow) -> bool:
    """Whether a public archive has the page; a link that leads into an archive is such a copy."""
    if public(row):
        return True
    told = recognise(row.url) if row.finding.state.value not in ROT else None
    return told is not None and told.kind is Kind.COPY


def public(row: LinkRow) -> tuple[Snapshot, ...]:
    """The copies in public archives that may show the page."""
    return tuple(
        s
        for s in row.snapshots
        if s.role != "local" and (s.status is None or 200 <= s.status < 300)
    )


def summary(report: Report) -> str:
    """One line of numbers; empty where no archive was asked and nothing was kept."""
    held = keeping(report)
    asked = any(r.lookup and r.lookup.state is not LookupState.NOT_ASKED for r in report.links)
    if not (asked or held.archived or held.local):
        return ""
    total = count(len(report.links), "link")
    verb = "is" if len(held.archived) == 1 or len(report.links) == 1 else "are"
    mine = f" ({held.saved:,} saved by citecheck)" if held.saved else ""
    told = f"Copies: {len(held.archived):,} of {total} {verb} in a public archive{mine}"
    if held.local:
        told += f", {len(held.local):,} in local copies alone"
    if held.none:
        told += f"; of {len(held.none):,} no copy is known"
    if held.pending:
        told += f"; {held.pending:,} under way"
    if held.refused:
        told += f"; {held.refused:,} could not be saved"
    return f"{told}."


def why_none(row: LinkRow) -> str:
    """Why nothing is kept of a page, without a full stop; empty where nobody was asked to."""
    lookup = row.lookup
    if lookup is not None and lookup.state in _UNSAID:
        return _UNSAID[lookup.state]
    for save in _saves(row):
        if save.state in _TOLD:
            return _saving(save)
    said = "no archive that was asked has a good copy"
    why = "" if row.save is None else sentence(row.save.reason)
    if lookup is None or lookup.state is LookupState.NOT_ASKED:
        return (lookup.detail if lookup else "") or why
    return f"{said}; {why}" if why else said


def copies(row: LinkRow) -> str:
    """A sentence on the copies of a page, for where none of them is offered to cite."""
    offered = copy_to_cite(row)
    if offered is not None and offered.kind == "snapshot":
        return ""
    told = []
    found = [s for s in public(row) if s.role != "saved"]
    if found:
        told.append(f"archived on {day(found[0].taken)}")
    told += [f"saved on {day(s.taken)}" for s in public(row) if s.role == "saved"]
    if not local_copy(row)[0]:  # else it is told in a line of its own
        made = [s for s in row.snapshots if s.role == "local"]
        told += [f"local copy of {day(s.taken)}" for s in made[-1:]]
    told += [_saving(s) for s in _saves(row) if s.state in _TOLD] if told else []
    if told:
        return f"Kept: {'; '.join(told)}."
    why = why_none(row)
    if not why and row.finding.state.value in ROT:
        why = "no archive was asked"
    return f"No copy is known: {why}." if why else ""


def unarchived(row: LinkRow) -> str:
    """Why no public archive has a page of which there is a local copy, where `copies` tells of that
    one alone; empty else."""
    told = any(s.role == "local" for s in row.snapshots) and not local_copy(row)[0]
    why = why_none(row) if told and not _archived(row) else ""
    told_already = any(s.state in _TOLD for s in _saves(row))
    return f"No public archive has it: {why}." if why and not told_already else ""


_SHOWN = {
    "error-page": "an error page",
    "wall": "a wall before the page",
    "redirect": "a redirect to something else",
    "parked": "a parked name",
    "other-work": "another work",
}


def passed(over: PassedOver) -> str:
    """A capture that was looked at and is not offered: its day, and what it shows."""
    stamp = over.stamp
    return (
        f"the copy of {stamp[:4]}-{stamp[4:6]}-{stamp[6:8]} shows {_SHOWN.get(over.why, over.why)}"
    )


def _local(row: LinkRow) -> bool:
    return row.kept is not None or any(s.role == "local" for s in row.snapshots)


def _saves(row: LinkRow) -> tuple[SaveOutcome, ...]:
    return (*((row.save,) if row.save else ()), *row.saves)


def _saving(save: SaveOutcome) -> str:
    words = SAVES[save.state]
    why = sentence(save.reason)
    return words[0].lower() + words[1:] + (f": {why}" if why else "")

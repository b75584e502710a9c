"""Where links are cited, and which copy a reader may cite instead: the views all formats share."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from citecheck.records.archive import Grade, Lookup, Snapshot
from citecheck.records.finding import State
from citecheck.records.link import Cited
from citecheck.records.report import LinkRow, Report, UnlinkedRow
from citecheck.reports.visible import day


@dataclass(frozen=True, slots=True)
class Copy:
    """An address to cite instead: `kind` as in a suggestion; `taken` says when a snapshot was,
    and how sure it is."""

    kind: str
    url: str
    taken: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class NoteRow:
    """What one note cites: links and references without an address."""

    note: str
    line: int
    links: tuple[LinkRow, ...]
    unlinked: tuple[UnlinkedRow, ...]


@dataclass(frozen=True, slots=True)
class DocumentNotes:
    path: str
    notes: tuple[NoteRow, ...]


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """A sort key that puts note 9 before note 10."""
    return tuple(
        (0, int(part), "") if part.isdecimal() and len(part) < 19 else (1, 0, part)
        for part in re.split(r"([0-9]+)", text)
        if part
    )


def links_by_url(report: Report) -> tuple[LinkRow, ...]:
    return tuple(sorted(report.links, key=lambda row: row.url))


def by_state(rows: Iterable[LinkRow]) -> dict[State, tuple[LinkRow, ...]]:
    """Rows by state in the order of the states, each sorted by its first place and its address."""
    found: dict[State, list[LinkRow]] = {state: [] for state in State}
    for row in rows:
        found[row.finding.state].append(row)
    return {s: tuple(sorted(found[s], key=_first_place)) for s in State if found[s]}


def _first_place(row: LinkRow) -> tuple[str, int, str]:
    first = row.citations[0] if row.citations else Cited("", "", 0, "")
    return (first.document, first.line, row.url)


def is_first(report: Report) -> bool:
    """Whether nothing was known of any link before: then "new" tells nobody anything."""
    return any(r.news for r in report.links) and not any(
        r.previous if r.news else r.finding.state is not State.UNCHECKED for r in report.links
    )


def calm(report: Report) -> Report:
    """The report as people read it: in a first one no link is marked as new."""
    if not is_first(report):
        return report
    return replace(report, links=tuple(replace(row, news=False) for row in report.links))


def news(report: Report) -> tuple[LinkRow, ...]:
    """The links whose state or reason is new, worst first."""
    return tuple(r for rows in by_state(r for r in report.links if r.news).values() for r in rows)


def documents(report: Report) -> tuple[DocumentNotes, ...]:
    """Every document that cites something, with its notes in the order of their lines."""
    notes: dict[str, dict[tuple[int, str], tuple[list[LinkRow], list[UnlinkedRow]]]] = {
        row.path: {} for row in report.documents
    }

    def at(place: Cited) -> tuple[list[LinkRow], list[UnlinkedRow]]:
        return notes.setdefault(place.document, {}).setdefault((place.line, place.note), ([], []))

    for link in links_by_url(report):
        for place in dict.fromkeys(link.citations):
            rows = at(place)[0]
            if not rows or rows[-1] is not link:
                rows.append(link)
    for reference in report.unlinked:
        for place in dict.fromkeys(reference.citations):
            at(place)[1].append(reference)
    return tuple(
        DocumentNotes(
            path,
            tuple(
                NoteRow(note, line, tuple(links), tuple(unlinked))
                for (line, note), (links, unlinked) in sorted(
                    notes[path].items(), key=lambda item: (item[0][0], natural(item[0][1]))
                )
            ),
        )
        for path in sorted(notes)
    )


def copy_to_cite(row: LinkRow) -> Copy | None:
    """The address to cite instead: what the run suggests, else the snapshot next to the citation.

    A link that is fine needs none; a snapshot of an error page is never offered.
    """
    suggestion = row.finding.suggestion
    if suggestion is not None:
        taken = next((_taken(s, row) for s in row.snapshots if s.url == suggestion.url), "")
        return Copy(suggestion.kind, suggestion.url, taken, suggestion.state)
    if row.finding.state in (State.OK, State.MOVED, State.UNCHECKED):
        return None
    for snapshot in row.snapshots:
        good = snapshot.status is None or 200 <= snapshot.status < 300
        if snapshot.role == "cited" and good:
            return Copy("snapshot", snapshot.url, _taken(snapshot, row))
    return None


_COUNTED_FROM = {
    "document": "the day of the document",
    "year": "the middle of the year that is cited",
}
_LOOKED_AT = {True: "looked at", False: "looked at without a sure result", None: "not looked at"}


def far(lookup: Lookup) -> str:
    """How far the nearest copy is from what its days are counted from; empty if not known."""
    if lookup.days is None:
        return ""
    days = abs(lookup.days)
    years = days // 365
    number, unit = (years, "year") if years else (days, "day")
    since = _COUNTED_FROM.get(lookup.basis, "the citation")
    return f"{number:,} {unit}{'' if number == 1 else 's'} from {since}"


def _taken(snapshot: Snapshot, row: LinkRow) -> str:
    """The day of a copy and how sure it is: grade, days, and whether anybody looked at it."""
    told = [day(snapshot.taken)]
    if row.lookup and snapshot.role == "cited" and (days := far(row.lookup)):
        told += [row.lookup.grade.value, days] if row.lookup.grade is not Grade.NONE else [days]
    return ", ".join((*told, _LOOKED_AT[snapshot.verified]))

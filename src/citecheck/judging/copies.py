"""Archived copies that the documents cite: as evidence for their pages, and as links of their own.

A copy that the author cites is the best witness of what the author saw, where its own visit went
well and its archive can be relied on: it stands as the cited snapshot if it is the nearest to the
day of citation, or if no day is known. Copies in an archive that alters them, or that withers, get
a warning beside their own verdict, which stays what it is, and another copy where there is one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from citecheck.judging.hindsight import offer
from citecheck.records.archive import Grade, LookupState, Snapshot
from citecheck.records.finding import (
    ALARMING,
    WELL,
    Confidence,
    Evidence,
    Finding,
    State,
    Suggestion,
)
from citecheck.records.link import CitedCopy, Link
from citecheck.records.memory import LinkRecord
from citecheck.records.report import Skipped
from citecheck.urls.archived import Archived, Kind, recognise, same_page
from citecheck.urls.archived_table import Standing

Known: TypeAlias = Callable[[str], Sequence[Snapshot]]
_OFFERED = (State.DEAD, State.CHANGED, State.BLOCKED)


class CitedCopies:
    """The copies that the links of a run have among its other links, and how their visits went."""

    def __init__(self, links: Sequence[Link], findings: Mapping[str, Finding]) -> None:
        self._findings = findings
        self._pages = {same_page(link.url): link for link in links if link.archived}
        self._tied = {c.url: link for link in self._pages.values() for c in link.archived}

    def beside(self, link: Link, record: LinkRecord) -> LinkRecord:
        """The record with the document's own copy as the cited snapshot, where it is the best."""
        snapshots = self.snapshots(link, record.snapshots)
        if snapshots == record.snapshots:
            return record
        lookup, cited = record.lookup, _role(snapshots, "cited")
        told = lookup is not None and lookup.state is LookupState.FOUND
        if lookup is not None and told and cited is not None and link.cited_on is not None:
            days = abs((cited.taken.date() - link.cited_on).days)
            both = lookup.grade in (Grade.EXACT, Grade.BRACKETED)
            grade = Grade.BRACKETED if both else Grade.NEAREST
            lookup = replace(lookup, days=days, grade=grade)
        return replace(record, snapshots=snapshots, lookup=lookup)

    def snapshots(self, link: Link, known: Sequence[Snapshot]) -> tuple[Snapshot, ...]:
        """The snapshots of a link with the document's own among them."""
        if not link.archived:
            return tuple(known)
        lost = {a.address for c in link.archived if (a := recognise(c.url)) and self._lost(c)}
        left = [s for s in known if s.role == "local" or s.url not in lost]
        cited = _role(left, "cited")
        own = self._best(link, alone=cited is None)
        if own is None or (cited is not None and _away(link, cited) <= _away(link, own)):
            return tuple(left)
        rest = [s for s in left if s.role != "cited"]
        if cited is not None and _role(rest, "latest") is None and cited.taken > own.taken:
            rest.insert(0, replace(cited, role="latest"))
        return (own, *rest)

    def told(self, link: Link, finding: Finding, known: Known) -> Finding:
        """The finding with a copy that has no date to show as suggestion, and with the warning
        where the link is itself a copy that is not to be relied on. `known` has the snapshots of
        a link by its address."""
        if finding.suggestion is None and finding.state in _OFFERED:
            undated = [c for c in link.archived if c.taken is None and self._good(c)]
            if undated:
                offered = Suggestion("snapshot", undated[0].url, "ok")
                finding = replace(finding, suggestion=offered)
        archived = recognise(link.url)
        if archived is None or archived.kind is Kind.PAGE or not archived.warning:
            return finding
        return self._warned(archived, link, finding, known)

    def _warned(self, archived: Archived, link: Link, finding: Finding, known: Known) -> Finding:
        said = f" {archived.warning[:1].upper()}{archived.warning[1:]}."
        evidence = Evidence(f"archive-{archived.standing.value}", archived.archive)
        finding = replace(
            finding,
            detail=_advised(archived, finding.detail.removesuffix(said)) + said,
            evidence=(*(e for e in finding.evidence if e != evidence), evidence),
        )
        if finding.suggestion is not None:
            return finding
        page = self._tied.get(link.url, link)
        other = self._elsewhere(page, known(page.url))
        return replace(finding, suggestion=other) if other else finding

    def _elsewhere(self, page: Link, known: Sequence[Snapshot]) -> Suggestion | None:
        """Another copy of a page, in an archive that can be relied on."""
        for snapshot in self.snapshots(page, known):
            good = snapshot.status in (None, 200) and snapshot.verified is not False
            if snapshot.role in ("cited", "latest") and good:
                return offer(snapshot)
        relied = [c.url for c in page.archived if self._good(c) and _trusted(c)]
        return Suggestion("snapshot", relied[0], "ok") if relied else None

    def _best(self, link: Link, *, alone: bool) -> Snapshot | None:
        """The document's own copy nearest to the day of citation, without a day the newest."""
        own = [c for c in link.archived if c.taken is not None and self._good(c)]
        pool = [c for c in own if _trusted(c)] or (own if alone else [])
        found = [
            Snapshot(c.archive, archived.address, c.taken, "cited", None, verified=True)
            for c in pool
            if c.taken is not None and (archived := recognise(c.url)) is not None
        ]
        return min(found, key=lambda s: (_away(link, s), -s.taken.timestamp()), default=None)

    def _good(self, copy: CitedCopy) -> bool:
        """Whether its visit shows that the copy is there, in an archive that leaves it as it is."""
        finding = self._findings.get(copy.url)
        archived = recognise(copy.url)
        if finding is None or archived is None:
            return False
        known = archived.standing not in (Standing.UNTRUSTED, Standing.GONE)
        return known and finding.state in WELL and finding.confidence is not Confidence.LOW

    def _lost(self, copy: CitedCopy) -> bool:
        finding = self._findings.get(copy.url)
        return finding is not None and finding.state in ALARMING


def doubtful_archives(links: Iterable[Link]) -> tuple[Skipped, ...]:
    """A line for each archive that is cited and not to be relied on, with the number of links."""
    counts: dict[str, int] = {}
    warnings: dict[str, str] = {}
    for link in links:
        archived = recognise(link.url)
        if archived is not None and archived.kind is not Kind.PAGE and archived.warning:
            counts[archived.title] = counts.get(archived.title, 0) + 1
            warnings[archived.title] = archived.warning
    return tuple(
        Skipped(f"relying on {_links(counts[name])} at {name}", warnings[name])
        for name in sorted(counts, key=str.lower)
    )


def _advised(archived: Archived, detail: str) -> str:
    """What a finding says, without the advice to open a page that is used for attacks."""
    if archived.standing is not Standing.UNTRUSTED:
        return detail
    return re.sub(r"; open (?:it|the page) yourself[^.]*", "", detail)


def _links(count: int) -> str:
    return "1 cited copy" if count == 1 else f"{count} cited copies"


def _role(snapshots: Iterable[Snapshot], role: str) -> Snapshot | None:
    return next((s for s in snapshots if s.role == role), None)


def _away(link: Link, snapshot: Snapshot) -> int:
    return abs((snapshot.taken.date() - link.cited_on).days) if link.cited_on else 0


def _trusted(copy: CitedCopy) -> bool:
    archived = recognise(copy.url)
    return archived is not None and archived.standing is Standing.TRUSTED

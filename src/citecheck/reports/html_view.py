"""What the page of the HTML report shows, ready for its template: texts visible, addresses checked.

An `Address` carries a target only where it may be a link. Nothing here is markup; the template
escapes every text.
"""

from __future__ import annotations

from dataclasses import dataclass

from citecheck.records.archive import Lookup, LookupState, SaveOutcome
from citecheck.records.finding import State
from citecheck.records.link import Cited
from citecheck.records.report import LinkRow
from citecheck.reports.keeping import SAVES, copies, passed, unarchived
from citecheck.reports.places import copy_to_cite, far
from citecheck.reports.visible import day, http_target, visible
from citecheck.reports.words import (
    COPY_TITLES,
    ROLE_TITLES,
    STATE_TITLES,
    local_copy,
    title_of,
    without_copy,
)
from citecheck.saving_reasons import sentence

_LOOKUPS = {
    LookupState.FOUND: "has copies",
    LookupState.NONE: "has no good copy",
    LookupState.THROTTLED: "asked us to wait, so nothing is known",
    LookupState.EXCLUDED: "does not show this site",
    LookupState.UNAVAILABLE: "did not answer, so nothing is known",
    LookupState.NOT_ASKED: "was not asked",
}


@dataclass(frozen=True, slots=True)
class Address:
    """`host` and `rest` make up the address as shown (`rest` holds all where there is no host)."""

    target: str
    scheme: str
    host: str
    rest: str


@dataclass(frozen=True, slots=True)
class Place:
    document: str
    note: str
    line: int


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of "what was seen": a name, its text, and an address where there is one."""

    name: str
    text: str
    address: Address | None = None


@dataclass(frozen=True, slots=True)
class Instead:
    title: str
    address: Address
    note: str


@dataclass(frozen=True, slots=True)
class Card:
    """One link. `id` is its anchor on the page."""

    id: str
    state: str
    title: str
    reason: str
    confidence: str
    address: Address
    detail: str
    news: bool
    before: str
    since: str
    instead: Instead | None
    copies: str
    local: str
    places: tuple[Place, ...]
    references: tuple[str, ...]
    facts: tuple[Fact, ...]


def address(url: str) -> Address:
    shown, target = visible(url), http_target(url)
    scheme, slashes, after = shown.partition("://")
    if not target or not slashes:
        return Address(target, "", "", shown)
    cut = next((i for i, c in enumerate(after) if c in "/?#"), len(after))
    return Address(target, scheme + slashes, after[:cut], after[cut:])


def place(cited: Cited) -> Place:
    return Place(visible(cited.document), visible(cited.note), cited.line)


def card(row: LinkRow, anchor: str, *, full: bool) -> Card:
    """`full` adds what was seen; a list of fine links goes without."""
    finding, previous = row.finding, row.previous
    before = f"{title_of(previous.state)} ({previous.reason})" if previous else ""
    return Card(
        id=anchor,
        state=finding.state.value,
        title=STATE_TITLES[finding.state],
        reason=visible(finding.reason),
        confidence=finding.confidence.value,
        address=address(row.url),
        detail=visible(finding.detail),
        news=row.news,
        before=visible(before),
        since=day(row.since),
        instead=_instead(row),
        copies=visible(" ".join((without_copy(row) or copies(row), unarchived(row))).strip()),
        local=visible(" ".join(local_copy(row)).strip()),
        places=tuple(place(c) for c in row.citations),
        references=tuple(dict.fromkeys(visible(c.reference) for c in row.citations)),
        facts=_facts(row) if full else (),
    )


def _instead(row: LinkRow) -> Instead | None:
    copy = copy_to_cite(row)
    if copy is None:
        return None
    known = {s.value for s in State}
    note = STATE_TITLES[State(copy.state)].lower() if copy.state in known else copy.state
    if copy.taken:
        note = f"taken {copy.taken}"
    title = COPY_TITLES.get(copy.kind, "Another address")
    return Instead(title, address(copy.url), visible(note))


def _facts(row: LinkRow) -> tuple[Fact, ...]:
    finding = row.finding
    facts = [
        Fact("Verdict", f"{finding.state} / {finding.reason}, confidence {finding.confidence}")
    ]
    facts += [Fact(e.signal, e.value) for e in finding.evidence if e.signal != "http-status"]
    if row.http_status is not None:
        facts.append(Fact("Status", str(row.http_status)))
    for number, hop in enumerate(row.hops, 1):
        how = "" if hop.how == "http" else f", by {hop.how}"
        facts.append(Fact(f"Hop {number}", f"{hop.status}{how}", address(hop.url)))
    if row.final_url and row.final_url != row.url:
        facts.append(Fact("Led to", "", address(row.final_url)))
    if row.title:
        facts.append(Fact("Page title", row.title))
    if finding.match:
        by = f", by {finding.match.by}" if finding.match.by else ""
        facts.append(Fact("Is it the cited work?", f"{finding.match.verdict}{by}"))
    facts += [*_content(row), *_times(row), *_archives(row.lookup, row)]
    if row.save:
        facts += _saving(row.save)
    for save in row.saves:
        facts += _saving(save, f" at {save.archive}")
    return tuple(Fact(visible(f.name), visible(f.text), f.address) for f in facts)


def _content(row: LinkRow) -> list[Fact]:
    facts = []
    similarity = row.finding.similarity
    if similarity:
        share = f"{similarity.value:.0%} ({similarity.measure}, {similarity.basis})"
        facts.append(Fact("Text kept", share))
    if row.content:
        kind = f", {row.media_type}" if row.media_type else ""
        facts.append(Fact("Body", f"{row.content.bytes:,} bytes{kind}"))
        facts.append(Fact("SHA-256", row.content.sha256))
        if baseline := row.content.baseline:
            words = f"{baseline.kind}, {baseline.taken}"
            facts.append(
                Fact("Compared with", words, address(baseline.url) if baseline.url else None)
            )
    return facts


def _times(row: LinkRow) -> list[Fact]:
    days = (
        ("Visited", day(row.checked)),
        ("Last fine", day(row.last_ok)),
        ("First seen", day(row.first_seen)),
    )
    facts = [Fact(name, moment) for name, moment in days if moment]
    if row.failures:
        facts.append(Fact("Failures in a row", str(row.failures)))
    return facts


def _archives(lookup: Lookup | None, row: LinkRow) -> list[Fact]:
    facts = []
    if lookup:
        said = f"The archive {_LOOKUPS[lookup.state]}"
        if lookup.days is not None and lookup.state is LookupState.FOUND:
            said += f"; the nearest is {far(lookup)} ({lookup.grade})"
        facts.append(Fact("Archive", said + (f". {lookup.detail}" if lookup.detail else "")))
        facts += [Fact("Passed over", passed(one)) for one in lookup.passed_over]
    for snapshot in row.snapshots:
        status = "" if snapshot.status is None else f", status {snapshot.status}"
        role = ROLE_TITLES.get(snapshot.role, snapshot.role)
        seen = ", shows the page" if snapshot.verified else ""
        words = f"{snapshot.archive}, {day(snapshot.taken)}, {role}{status}{seen}"
        facts.append(Fact("Snapshot", words, address(snapshot.url)))
    return facts


def _saving(save: SaveOutcome, where: str = "") -> list[Fact]:
    if not SAVES[save.state]:
        return []
    why = sentence(save.reason)
    words = SAVES[save.state] if save.reason != "existing-copy" else "No new copy was needed"
    words += f": {why}" if why else ""
    return [Fact(f"Saving{where}", words, address(save.snapshot.url) if save.snapshot else None)]

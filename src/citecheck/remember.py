"""Folds what a run found into what is remembered of each link, and says what is news.

Pure: a link that was not visited keeps its memory; one that was gets a new line where its state or
reason changed. What archives told is laid over either.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from citecheck import history, verdict
from citecheck.assemble import link_row
from citecheck.judging.together import in_company
from citecheck.records import swings
from citecheck.records.archive import (
    LookupResult,
    LookupState,
    SaveOutcome,
    SaveState,
    Snapshot,
)
from citecheck.records.finding import Finding
from citecheck.records.link import Link
from citecheck.records.memory import LinkRecord, Memory
from citecheck.records.observation import Observation
from citecheck.records.report import LinkRow
from citecheck.settings import Settings

# Only these are an archive's own word; a throttled or silent archive has said nothing.
_SAID = (LookupState.FOUND, LookupState.NONE, LookupState.EXCLUDED)
_NOT_ASKED = (SaveState.SKIPPED, SaveState.NONE)


@dataclass(frozen=True, slots=True)
class Remembered:
    """The report's rows, the memory of these links to lay over the ledger's, and the news."""

    rows: tuple[LinkRow, ...]
    memory: Mapping[str, Memory]
    news: tuple[LinkRecord, ...]


@dataclass(frozen=True, slots=True)
class _Folded:
    """`present` is what the report tells, `memory` what is kept."""

    finding: Finding
    present: LinkRecord
    memory: Memory
    news: bool


def remember(
    links: Sequence[Link],
    findings: Mapping[str, Finding],
    observations: Mapping[str, Observation],
    lookups: Mapping[str, LookupResult],
    saves: Mapping[str, SaveOutcome],
    memory: Mapping[str, Memory],
    settings: Settings,
    now: datetime,
) -> Remembered:
    """Fold one run; an observation counts only where its finding was judged from it."""
    kept: dict[str, Memory] = {}
    rows: list[LinkRow] = []
    news: list[LinkRecord] = []
    for link in links:
        known = memory.get(link.url, Memory())
        lookup, save = lookups.get(link.url), saves.get(link.url)
        snapshots = _snapshots(known.record, lookup, save)
        finding = verdict.reconsider(findings[link.url], known.record, snapshots)
        observation = observations.get(link.url)
        keep = observation is not None
        if observation is not None:
            folded = _folded(known, finding, observation, settings)
        else:
            folded = _unvisited(link, known, findings[link.url], finding, now)
            keep = known.record is not None or _told_by_archives(lookup, save)
        present = with_archives(folded.present, lookup, save)
        record = folded.memory.record
        record = with_archives(record, lookup, save) if record else present
        held = Memory(record, folded.memory.visit)
        if folded.news:
            news.append(present)
        if keep:
            kept[link.url] = held
        row = link_row(link, folded.finding, present, observation, held, news=folded.news)
        rows.append(
            replace(row, lookup=lookup.lookup if lookup else row.lookup, save=save or row.save)
        )
    return Remembered(tuple(rows), kept, tuple(news))


def _unvisited(
    link: Link, known: Memory, before: Finding, finding: Finding, now: datetime
) -> _Folded:
    """A link that this run has not visited keeps what is known of it, unless an archive has now
    told otherwise (`finding` is no longer the one of `before`)."""
    record = known.present
    if record is None:
        record = history.fold(link.url, None, finding, None, now)
        return _Folded(finding, record, Memory(None, known.visit), news=False)
    said = (before.state, before.reason) != (finding.state, finding.reason)
    if said and history.is_news(record, finding):
        record = history.fold(link.url, record, finding, None, now)
        return _Folded(finding, record, Memory(record, known.visit), news=True)
    return _Folded(finding, record, known, news=False)


def _folded(
    known: Memory, finding: Finding, observation: Observation, settings: Settings
) -> _Folded:
    """One visit folded: over what the visit before found, but the ledger's line is left as it was
    told where this is only one more swing of an unsteady link."""
    before, line, at = known.present, known.record, observation.at
    turn = swings.turned(known, f"{finding.state.value}/{finding.reason}", at)
    told = verdict.unsteady(finding, turn.unsteady)
    present = history.fold(
        observation.url,
        before,
        told,
        observation,
        at,
        last_ok=known.visit.last_ok if known.visit else None,
        strike_days=settings.strike_days,
    )
    if (present.turns, present.unsteady) != (turn.turns, turn.unsteady):
        present = replace(present, turns=turn.turns, unsteady=turn.unsteady)
    changed = history.is_news(before, finding)
    visit = history.fold_visit(known.visit, observation, present, seen=told.seen)
    visit = replace(visit, swing=None, steady=1 if changed else swings.steady(known, at))
    swinging = before is not line
    if line is not None and (turn.quiet or (swinging and not changed and not turn.settled)):
        visit = replace(visit, swing=swings.swing(line, present))
        return _Folded(told, present, Memory(swings.told(line, present), visit), news=False)
    news = changed or (swinging and turn.settled)
    if changed:
        told = verdict.recovered(told, before)
    return _Folded(told, present, Memory(present, visit), news)


def absorb(
    observations: Sequence[Observation],
    links: Mapping[str, Link],
    memory: Mapping[str, Memory],
    settings: Settings,
) -> Remembered:
    """Fold what a killed run saw and this one does not take up: visits too old to count for today,
    and links that are not in today's sources. A network that was down concludes nothing."""
    if not observations or verdict.network_down(observations):
        return Remembered((), {}, ())
    kept: dict[str, Memory] = {}
    news: list[LinkRecord] = []
    cited = {**{seen.url: Link(seen.url) for seen in observations}, **links}
    visits = {seen.url: seen for seen in observations}
    for url, seen in in_company(tuple(cited.values()), visits, memory).items():
        known = memory.get(url, Memory())
        finding = verdict.judge(cited[url], seen, known, settings=settings, now=seen.at)
        folded = _folded(known, finding, seen, settings)
        kept[url] = folded.memory
        if folded.news:
            news.append(folded.present)
    return Remembered((), kept, tuple(news))


def with_archives(
    record: LinkRecord, lookup: LookupResult | None, save: SaveOutcome | None
) -> LinkRecord:
    """The record with what archives told; an archive that did not answer changes nothing."""
    if lookup is None and save is None:
        return record
    return replace(
        record,
        lookup=lookup.lookup if lookup and lookup.lookup.state in _SAID else record.lookup,
        snapshots=_snapshots(record, lookup, save),
        save=save if save and save.state not in _NOT_ASKED else record.save,
    )


def _told_by_archives(lookup: LookupResult | None, save: SaveOutcome | None) -> bool:
    return bool(
        (lookup and lookup.lookup.state in _SAID) or (save and save.state not in _NOT_ASKED)
    )


def _snapshots(
    record: LinkRecord | None, lookup: LookupResult | None, save: SaveOutcome | None
) -> tuple[Snapshot, ...]:
    """The snapshots to show: those of the newest answer, and the one that saving made."""
    found = record.snapshots if record else ()
    if lookup and lookup.lookup.state in _SAID:
        found = (*lookup.snapshots, *(s for s in found if s.role in ("saved", "local")))
    if save and save.snapshot:
        found = (*found, replace(save.snapshot, role="saved"))
    newest = {s.role: s for s in sorted(found, key=lambda s: s.taken)}
    return tuple(newest[role] for role in ("cited", "latest", "saved", "local") if role in newest)

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
from citecheck.judging.advice import advised
from citecheck.judging.copies import CitedCopies
from citecheck.judging.together import in_company
from citecheck.records import swings
from citecheck.records.archive import (
    Lookup,
    LookupResult,
    LookupState,
    SaveOutcome,
    SaveState,
    Snapshot,
    laid_over,
)
from citecheck.records.finding import Finding
from citecheck.records.link import Link
from citecheck.records.memory import LinkRecord, Memory
from citecheck.records.observation import Observation
from citecheck.records.report import LinkRow
from citecheck.records.slots import is_unfit, newest_of_each, of_a_place
from citecheck.settings import Settings

# Only these are an archive's own word; a throttled or silent archive has said nothing.
_SAID = (LookupState.FOUND, LookupState.NONE, LookupState.EXCLUDED)
_NOT_ASKED = (SaveState.SKIPPED, SaveState.NONE)
_Homes = tuple[SaveOutcome, ...]
_NOWHERE: Mapping[str, _Homes] = {}


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
    homes: Mapping[str, _Homes] = _NOWHERE,
) -> Remembered:
    """Fold one run; an observation counts only where its finding was judged from it."""
    kept: dict[str, Memory] = {}
    rows: list[LinkRow] = []
    news: list[LinkRecord] = []
    cited = CitedCopies(links, findings)

    def shown(url: str) -> tuple[Snapshot, ...]:
        said = lookups.get(url), saves.get(url), homes.get(url, ())
        return _snapshots(memory.get(url, Memory()).record, *said)

    for link in links:
        known = memory.get(link.url, Memory())
        lookup, save = lookups.get(link.url), saves.get(link.url)
        told = lookup, save, homes.get(link.url, ())
        snapshots = cited.snapshots(link, shown(link.url))
        finding = verdict.reconsider(findings[link.url], known.record, snapshots)
        finding = cited.told(link, finding, shown)
        observation = observations.get(link.url)
        keep = observation is not None
        if observation is not None:
            folded = _folded(known, finding, observation, settings)
        else:
            folded = _unvisited(link, known, findings[link.url], finding, now)
            keep = known.record is not None or _told_by_archives(*told)
        present = cited.beside(link, with_archives(folded.present, *told))
        record = folded.memory.record
        record = cited.beside(link, with_archives(record, *told)) if record else present
        held = Memory(record, folded.memory.visit)
        if folded.news:
            news.append(present)
        if keep:
            kept[link.url] = held
        row = link_row(link, folded.finding, present, observation, held, news=folded.news)
        row = replace(
            row,
            lookup=lookup.lookup if lookup and lookup.lookup.state not in _SAID else row.lookup,
            save=save or row.save,
            saves=laid_over(row.saves, told[2]),
        )
        rows.append(advised(row))
    kept |= uncited(links, saves, homes, memory, now)
    return Remembered(tuple(rows), kept, tuple(news))


def uncited(
    links: Sequence[Link],
    saves: Mapping[str, SaveOutcome],
    homes: Mapping[str, _Homes],
    memory: Mapping[str, Memory],
    now: datetime,
) -> dict[str, Memory]:
    """The memory of links that are cited no more, with what became of their saves."""
    held = {}
    for url in {*saves, *homes} - {link.url for link in links}:
        known = memory.get(url, Memory())
        told = None, saves.get(url), homes.get(url, ())
        record = known.record
        if record is None and _told_by_archives(*told):
            finding = verdict.unvisited(Link(url), known, "not-due")
            record = history.fold(url, None, finding, None, now)
        if record is not None:
            held[url] = Memory(with_archives(record, *told), known.visit)
    return held


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
    record: LinkRecord,
    lookup: LookupResult | None,
    save: SaveOutcome | None,
    homes: _Homes = (),
) -> LinkRecord:
    """The record with what archives told; an archive that did not answer changes nothing."""
    if lookup is None and save is None and not homes:
        return record
    return replace(
        record,
        lookup=_lookup(record, lookup),
        snapshots=_snapshots(record, lookup, save, homes),
        save=_save(record.save, save),
        saves=laid_over(record.saves, _lasting(homes)),
    )


def _lookup(record: LinkRecord, result: LookupResult | None) -> Lookup | None:
    """The look-up to keep: of a silent Wayback Machine only what other archives said meanwhile."""
    if result is None or result.lookup.state in _SAID:
        return result.lookup if result else record.lookup
    others = tuple(a for a in result.lookup.others if a.state in _SAID)
    before = record.lookup or Lookup(LookupState.NOT_ASKED)
    return replace(before, others=others) if others else record.lookup


def _save(before: SaveOutcome | None, now: SaveOutcome | None) -> SaveOutcome | None:
    """What is kept of a save: what was left for another time is not, but it ends a request of
    which it was not known whether it arrived: nothing came of it."""
    if now is None or now.state is SaveState.NONE:
        return before
    if now.state is SaveState.SKIPPED:
        lost = before is not None and before.state is SaveState.UNKNOWN and not before.job
        return None if lost else before
    return now


def _told_by_archives(lookup: LookupResult | None, save: SaveOutcome | None, homes: _Homes) -> bool:
    return bool(
        (lookup and lookup.lookup.state in _SAID)
        or (save and save.state not in _NOT_ASKED)
        or _lasting(homes)
    )


def _lasting(homes: _Homes) -> _Homes:
    """What is kept of other places: all but what was left for another time."""
    return tuple(outcome for outcome in homes if outcome.state is not SaveState.SKIPPED)


def _snapshots(
    record: LinkRecord | None,
    lookup: LookupResult | None,
    save: SaveOutcome | None,
    homes: _Homes = (),
) -> tuple[Snapshot, ...]:
    """The snapshots to show: those of the newest answer, and what saving made, one an archive."""
    found = record.snapshots if record else ()
    if lookup and lookup.lookup.state in _SAID:
        found = (*lookup.snapshots, *(s for s in found if s.role in ("saved", "local")))
    if save and save.snapshot:
        found = (*found, replace(save.snapshot, role="saved"))
    places = laid_over(record.saves if record else (), _lasting(homes))
    known = {outcome.archive for outcome in places}
    found = tuple(s for s in found if not (s.archive in known and of_a_place(s)))
    if lookup:
        found = tuple(s for s in found if not is_unfit(s, lookup.lookup.passed_over))
    found = (*found, *(outcome.snapshot for outcome in places if outcome.snapshot))
    return newest_of_each(found)

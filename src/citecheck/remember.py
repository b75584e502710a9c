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
        if observation is None:
            record = known.record or history.fold(link.url, None, finding, None, now)
            told, visit = False, known.visit
            keep = known.record is not None or _told_by_archives(lookup, save)
        else:
            record = _folded(known, finding, observation, settings)
            visit = history.fold_visit(known.visit, observation, record)
            told, keep = history.is_news(known.record, finding), True
        record = with_archives(record, lookup, save)
        if told:
            news.append(record)
        if keep:
            kept[link.url] = Memory(record, visit)
        row = link_row(link, finding, record, observation, Memory(record, visit), news=told)
        rows.append(
            replace(row, lookup=lookup.lookup if lookup else row.lookup, save=save or row.save)
        )
    return Remembered(tuple(rows), kept, tuple(news))


def _folded(
    known: Memory, finding: Finding, observation: Observation, settings: Settings
) -> LinkRecord:
    return history.fold(
        observation.url,
        known.record,
        finding,
        observation,
        observation.at,
        last_ok=known.visit.last_ok if known.visit else None,
        strike_days=settings.strike_days,
    )


def absorb(
    observations: Sequence[Observation],
    links: Mapping[str, Link],
    memory: Mapping[str, Memory],
    settings: Settings,
) -> Remembered:
    """Fold what a killed run saw and this one does not take up: visits too old to count for today,
    and links that are not in today's sources. A network that was down concludes nothing."""
    if verdict.network_down(observations):
        return Remembered((), {}, ())
    kept: dict[str, Memory] = {}
    news: list[LinkRecord] = []
    for seen in observations:
        known = memory.get(seen.url, Memory())
        link = links.get(seen.url, Link(seen.url))
        finding = verdict.judge(link, seen, known, settings=settings, now=seen.at)
        record = _folded(known, finding, seen, settings)
        kept[link.url] = Memory(record, history.fold_visit(known.visit, seen, record))
        if history.is_news(known.record, finding):
            news.append(record)
    return Remembered((), kept, tuple(news))


def with_archives(
    record: LinkRecord, lookup: LookupResult | None, save: SaveOutcome | None
) -> LinkRecord:
    """The record with what archives told; an archive that did not answer changes nothing."""
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

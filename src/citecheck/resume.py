"""What a run that was killed or cut short left in its journal, sorted for the one that comes after.

Visits of today's links count as today's, unless they are too old, or ended at a setting that may be
another now; all others are folded into the memory as of when they were made (what was folded
already changes nothing). Nothing that was observed is lost.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from citecheck import verdict
from citecheck.due import RESUME_WITHIN
from citecheck.ledger.journal import Unfinished
from citecheck.ledger.redaction import link_key
from citecheck.records.archive import WAYBACK, LookupResult, SaveOutcome, laid_over
from citecheck.records.link import Link
from citecheck.records.memory import Memory
from citecheck.records.observation import FaultKind, Observation
from citecheck.remember import Remembered, absorb
from citecheck.settings import Settings

_BY_SETTINGS = frozenset({FaultKind.PRIVATE_ADDRESS, FaultKind.ROBOTS})


@dataclass(frozen=True, slots=True)
class Taken:
    """What a killed run left, sorted: visits that count for this run, the others folded."""

    observations: Mapping[str, Observation]
    folded: Remembered
    lookups: dict[str, LookupResult]
    saves: dict[str, SaveOutcome]
    homes: dict[str, tuple[SaveOutcome, ...]] = field(default_factory=dict)


def take_up(
    links: Sequence[Link],
    memory: Mapping[str, Memory],
    left_behind: Unfinished | None,
    settings: Settings,
    now: datetime,
) -> Taken:
    """Sort what a killed run left behind; the ledger names links by key, which hides secrets."""
    if left_behind is None:
        return Taken({}, Remembered((), {}, ()), {}, {})
    named = {link_key(link.url): link.url for link in links}
    by_url = {link.url: link for link in links}
    mine: dict[str, Observation] = {}
    rest: list[Observation] = []
    # A run that reached nobody may have had no network: its visits are made again, not believed.
    seen_by_nobody = verdict.network_down(left_behind.observations) or verdict.needs_probe(
        left_behind.observations
    )
    for seen in () if seen_by_nobody else left_behind.observations:
        url = named.get(link_key(seen.url), seen.url)
        if url in by_url and now - seen.at < RESUME_WITHIN:
            if seen.fault is None or seen.fault.kind not in _BY_SETTINGS:
                mine[url] = replace(seen, url=url)
        else:
            rest.append(replace(seen, url=url))
    saves = [(named.get(link_key(url), url), outcome) for url, outcome in left_behind.saves]
    homes: dict[str, tuple[SaveOutcome, ...]] = {}
    for url, outcome in saves:
        if outcome.archive != WAYBACK:
            homes[url] = laid_over(homes.get(url, ()), (outcome,))
    return Taken(
        mine,
        absorb(rest, by_url, memory, settings),
        {named.get(link_key(r.url), r.url): r for r in left_behind.lookups},
        {url: outcome for url, outcome in saves if outcome.archive == WAYBACK},
        homes,
    )

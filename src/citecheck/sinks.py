"""Where what a run sees goes to: to the journal and to hand, or aside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from citecheck.ledger.journal import Journal
from citecheck.records.archive import WAYBACK, LookupResult, SaveOutcome, laid_over
from citecheck.records.observation import Observation


class Keeps(Protocol):
    """What was seen in this run, and the sink for what is believed now."""

    @property
    def observations(self) -> Mapping[str, Observation]: ...

    def observed(self, observation: Observation) -> None: ...


@dataclass(slots=True)
class Seen:
    """Keeps what arrives, behind the journal that keeps it for good: a Sink and a JobStore.

    `saves` are the Wayback Machine's, `homes` those of other places that keep copies. `judged` is
    what the findings so far were made from.
    """

    journal: Journal
    observations: dict[str, Observation] = field(default_factory=dict)
    lookups: dict[str, LookupResult] = field(default_factory=dict)
    saves: dict[str, SaveOutcome] = field(default_factory=dict)
    judged: dict[str, Observation] = field(default_factory=dict)
    homes: dict[str, tuple[SaveOutcome, ...]] = field(default_factory=dict)

    def observed(self, observation: Observation) -> None:
        self.journal.observed(observation)
        self.observations[observation.url] = observation

    def looked_up(self, result: LookupResult) -> None:
        self.journal.looked_up(result)
        self.lookups[result.url] = result

    def save_changed(self, url: str, outcome: SaveOutcome) -> None:
        self.journal.save_changed(url, outcome)
        if outcome.archive == WAYBACK:
            self.saves[url] = outcome
        else:
            self.homes[url] = laid_over(self.homes.get(url, ()), (outcome,))


@dataclass(slots=True)
class Aside:
    """A sink for visits that are not, or not yet, to be believed: nothing of them is kept."""

    found: list[Observation] = field(default_factory=list)

    def observed(self, observation: Observation) -> None:
        self.found.append(observation)

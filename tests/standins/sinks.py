"""Where the visits of a test go to."""

from __future__ import annotations

from dataclasses import dataclass, field

from citecheck.records.observation import Observation


@dataclass(slots=True)
class Seen:
    """What was seen, as a run keeps it: the newest visit of each link."""

    observations: dict[str, Observation] = field(default_factory=dict)

    def observed(self, observation: Observation) -> None:
        self.observations[observation.url] = observation

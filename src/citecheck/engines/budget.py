"""What the time for a whole run (`--budget`) leaves each of its steps.

Visits come first; where archives are asked as well, the last quarter is kept for them, so that a
run that can never visit everything still keeps evidence. An archive's own budget stays a bound.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from citecheck.records.ports import Clock
from citecheck.records.report import Skipped
from citecheck.settings import Settings

_FOR_ARCHIVES = 0.25


class RunBudget:
    """The time of one run, which begins now; without `settings.budget` there is no bound."""

    def __init__(self, settings: Settings, clock: Clock, *, archives: bool) -> None:
        self._settings, self._clock = settings, clock
        self._began = clock.monotonic()
        self._archives = archives

    @property
    def visits_until(self) -> float | None:
        """When the last visit may begin (monotonic)."""
        if self._settings.budget is None:
            return None
        share = 1 - _FOR_ARCHIVES if self._archives else 1.0
        return self._began + self._settings.budget.total_seconds() * share

    @property
    def left(self) -> timedelta | None:
        """What is left of the run's time, never below zero."""
        if self._settings.budget is None:
            return None
        spent = timedelta(seconds=self._clock.monotonic() - self._began)
        return max(timedelta(0), self._settings.budget - spent)

    def for_archives(self) -> Settings:
        """The settings with no more time for archives than the run has left."""
        own, left = self._settings.archive, self.left
        if left is None or left >= own.budget:
            return self._settings
        return replace(self._settings, archive=replace(own, budget=left))


def unvisited(links: int | None) -> tuple[Skipped, ...]:
    """What the report says where so many links were not visited since time was up."""
    if not links:
        return ()
    waiting = "1 link waits" if links == 1 else f"{links:,} links wait"
    why = f"the time for this run (--budget) was used up; {waiting} for the next one"
    return (Skipped("visits", f"{why}, first in line"),)

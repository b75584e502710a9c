"""Ports: what a lower room must write at once, without knowing who keeps it.

`wiring` hands in the ledger's implementations; tests hand in lists.
"""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from citecheck.records.archive import LookupResult, SaveOutcome
from citecheck.records.exchange import Exchange
from citecheck.records.observation import Observation
from citecheck.records.pacing import Pacing


class Sink(Protocol):
    """Takes each observation the moment it arrives; after `observed` returns it is not lost."""

    def observed(self, observation: Observation) -> None: ...


class Recorder(Protocol):
    """Takes each exchange on the wire (for WARC); `link` is the link it was made for."""

    def record(self, exchange: Exchange, link: str) -> None: ...


class JobStore(Protocol):
    """Keeps what archives said; a submitted save is kept before its job is polled."""

    def looked_up(self, result: LookupResult) -> None: ...

    def save_changed(self, url: str, outcome: SaveOutcome) -> None: ...


class PaceStore(Protocol):
    """Keeps when an archive was asked, for the run that may begin a moment later."""

    def pacing(self) -> Pacing: ...

    def keep_pacing(self, pacing: Pacing) -> None: ...


class Progress(Protocol):
    """Told how far a stage is: `note` is one short plain line (a wait, a host), may be empty."""

    def stage(self, name: str, done: int, total: int, note: str = "") -> None: ...


class Clock(Protocol):
    """Time and waiting, so that tests never wait."""

    def now(self) -> datetime:
        """The wall clock, UTC, aware."""
        ...

    def monotonic(self) -> float:
        """Seconds that only rise."""
        ...

    async def sleep(self, seconds: float) -> None: ...

"""Ports for what stands beside the Wayback Machine: other archives, and other homes for copies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from citecheck.archives.candidate import Candidate
from citecheck.records.archive import LookupResult, SaveOutcome
from citecheck.records.report import Skipped


class OtherArchives(Protocol):
    """Archives that are asked after the Wayback Machine, where its answer leaves a wish open."""

    async def find(
        self, candidate: Candidate, near: date | None, wayback: LookupResult
    ) -> LookupResult:
        """The Wayback Machine's answer with what others have laid beside it; never raises.

        The state stays the Wayback Machine's own unless another archive found a copy; who did not
        answer is said in `detail`.
        """
        ...


class Homes(Protocol):
    """Places other than the Wayback Machine that keep copies of what is theirs to keep."""

    async def keep(self, candidates: Sequence[Candidate], *, saving: bool) -> None:
        """Do what needs nobody else's answer; jobs of earlier runs are asked about whether or not
        new ones are wanted (`saving`). Never raises for what a place answers.

        The candidates are those that an archive may hear of, dead ones first.
        """
        ...

    async def keep_rest(
        self,
        candidates: Sequence[Candidate],
        lookups: Mapping[str, LookupResult],
        saves: Mapping[str, SaveOutcome],
        *,
        saving: bool,
    ) -> Mapping[str, tuple[SaveOutcome, ...]]:
        """Do what is left once the Wayback Machine has answered; what became of each link that
        concerns them, all told."""
        ...

    def skipped(self) -> tuple[Skipped, ...]:
        """A line for each thing that was left for another time."""
        ...

"""Places other than the Wayback Machine that keep copies: Software Heritage and Perma.cc.

Each has its own pace and its own pauses; the time for archives is one for all, counted from the
beginning of the step. Repositories are asked about beside the Wayback Machine; Perma.cc comes after
it, for what it could not keep. Whatever is learnt goes to the JobStore at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from citecheck.archives.candidate import Candidate
from citecheck.archives.fetcher import Fetcher
from citecheck.archives.pace import Traffic
from citecheck.archives.perma import Perma
from citecheck.archives.perma_key import PermaKey
from citecheck.archives.permalinks import WHY as PERMA_WHY
from citecheck.archives.permalinks import Permalinks
from citecheck.archives.repositories import STAGE, Repositories
from citecheck.archives.software_heritage import SoftwareHeritage
from citecheck.records.archive import (
    PERMA,
    SOFTWARE_HERITAGE,
    LookupResult,
    SaveOutcome,
    SaveState,
    laid_over,
)
from citecheck.records.memory import LinkRecord
from citecheck.records.ports import Clock, JobStore, Progress
from citecheck.records.report import Skipped
from citecheck.settings import ArchiveSettings, Settings
from citecheck.values import SOFTWARE_HERITAGE as SOFTWARE_HERITAGE_API

_PUBLIC = "https://web.archive.org"
_REPOSITORY_WHY = {
    "throttled": "it asked for a pause; the next run goes on from here",
    "unavailable": "it could not be reached; the next run goes on from here",
    "budget": "the time for the archive was used up; the next run goes on from here",
}


def heritage_of(settings: ArchiveSettings) -> str:
    """The address of Software Heritage, empty where it is not to be asked. Who names a Wayback
    Machine of their own (a mirror, a test) is sent to no other archive unasked."""
    if settings.software_heritage is not None:
        return settings.software_heritage
    return SOFTWARE_HERITAGE_API if settings.wayback.rstrip("/") == _PUBLIC else ""


class OtherHomes:
    """One run. `key` is that of Perma.cc; without one nothing is asked for there."""

    def __init__(
        self,
        client: Fetcher,
        settings: Settings,
        key: PermaKey | None,
        *,
        jobs: JobStore,
        records: Mapping[str, LinkRecord],
        clock: Clock,
        progress: Progress,
    ) -> None:
        own = settings.archive
        self._jobs = jobs
        self._progress = progress
        self._budget = own.budget.total_seconds()
        self._clock = clock
        self._done: dict[str, tuple[int, int]] = {}
        self._repositories: Repositories | None = None
        self._permalinks: Permalinks | None = None
        self._kept: dict[str, tuple[SaveOutcome, ...]] = {}
        heritage = heritage_of(own)
        if heritage:
            traffic = self._traffic(STAGE)
            self._repositories = Repositories(
                SoftwareHeritage(client, heritage, traffic, clock),
                own,
                records.get,
                clock=clock,
                tell=jobs.save_changed,
                done=self._told,
            )
        if own.perma != "no":
            traffic = self._traffic(PERMA)
            folder = own.perma_folder
            service = (
                Perma(client, own.perma_api, key, folder=folder, traffic=traffic, clock=clock)
                if key
                else None
            )
            self._permalinks = Permalinks(
                service, own, records, clock=clock, traffic=traffic, tell=jobs.save_changed
            )

    async def keep(self, candidates: Sequence[Candidate], *, saving: bool) -> None:
        """What needs nobody else's answer: repositories, and links at Perma.cc of earlier runs."""
        if self._repositories is not None:
            found = await self._repositories.keep(candidates, saving=saving)
            self._note(found.items())
        if self._permalinks is not None:
            await self._permalinks.resume([c.link.url for c in candidates])

    async def keep_rest(
        self,
        candidates: Sequence[Candidate],
        lookups: Mapping[str, LookupResult],
        saves: Mapping[str, SaveOutcome],
        *,
        saving: bool,
    ) -> Mapping[str, tuple[SaveOutcome, ...]]:
        """What the Wayback Machine could not keep; all that became of links in this run."""
        if self._permalinks is not None:
            if saving:
                await self._permalinks.keep(candidates, lookups, saves)
            self._note(self._permalinks.outcomes.items())
        return self._kept

    def skipped(self) -> tuple[Skipped, ...]:
        """A line for each thing that was left for another time, with the number of links."""
        lines = []
        for name, what, sentences in (
            (SOFTWARE_HERITAGE, "asking Software Heritage about {}", _REPOSITORY_WHY),
            (PERMA, "saving {} at Perma.cc", PERMA_WHY),
        ):
            reasons = [
                outcome.reason
                for outcomes in self._kept.values()
                for outcome in outcomes
                if outcome.archive == name and outcome.state in (SaveState.SKIPPED, SaveState.NONE)
            ]
            for reason, sentence in sentences.items():
                if count := reasons.count(reason):
                    links = f"{count} link" if count == 1 else f"{count} links"
                    lines.append(Skipped(what.format(links), sentence))
        return tuple(lines)

    def _note(self, found: Iterable[tuple[str, SaveOutcome]]) -> None:
        for url, outcome in found:
            self._kept[url] = laid_over(self._kept.get(url, ()), (outcome,))

    def _traffic(self, stage: str) -> Traffic:
        return Traffic(self._clock, self._budget, partial(self._waiting, stage))

    def _told(self, done: int, total: int) -> None:
        self._done[STAGE] = (done, total)
        self._progress.stage(STAGE, done, total)

    def _waiting(self, stage: str, note: str) -> None:
        self._progress.stage(stage, *self._done.get(stage, (0, 0)), note)

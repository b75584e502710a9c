"""Keeping evidence: what archives have of the links, and new copies where they may be asked for.

Order: jobs of earlier runs; then look-ups (dead, changed, new, the rest), and beside them the saves
of links whose look-up is done. All of it within one budget of time and one pause of the archive's;
what does not fit is `not-asked` and comes first in the next run. A link that no archive may hear of
is `not-asked` with the reason. Everything new is told to the JobStore as it arrives; answers of
earlier runs that stand are only in the result.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence

from citecheck.archives.candidate import Candidate, Kept
from citecheck.archives.due import (
    SAID,
    kept_lookup,
    open_jobs,
    rank,
    recent_copy,
    settled,
    standing,
)
from citecheck.archives.eligible import NEVER_ASKED, barred, unsavable
from citecheck.archives.fetcher import Fetcher
from citecheck.archives.keys import HOW_TO_GET, Keys
from citecheck.archives.pace import Pace, Traffic
from citecheck.archives.save_page_now import SavePageNow
from citecheck.archives.saving import Saver
from citecheck.archives.wayback_cdx import WaybackIndex
from citecheck.errors import CitecheckError
from citecheck.records.archive import (
    Lookup,
    LookupResult,
    LookupState,
    SaveOutcome,
    SaveState,
)
from citecheck.records.memory import LinkRecord
from citecheck.records.ports import Clock, JobStore, PaceStore, Progress
from citecheck.records.report import Skipped
from citecheck.settings import Settings

__all__ = ["Candidate", "Kept", "keep_evidence"]

_TOGETHER = 4  # look-ups under way at once: the index takes 5 to 17 s, the pace allows one in 2.5 s
_ARCHIVE = "the Wayback Machine"
_WHY = {
    "no-keys": f"saving needs keys: {HOW_TO_GET}",
    "bad-keys": f"the archive does not know the keys; nothing was submitted: {HOW_TO_GET}",
    "quota": "the archive's quota is used up; the next run goes on from here",
    "throttled": "the archive asked for a pause; the next run goes on from here",
    "unavailable": "the archive could not be reached; the next run goes on from here",
    "budget": "the time for the archive was used up; the next run goes on from here",
}


async def keep_evidence(
    candidates: Sequence[Candidate],
    *,
    client: Fetcher,
    settings: Settings,
    keys: Keys | None,
    jobs: JobStore,
    records: Mapping[str, LinkRecord],
    clock: Clock,
    progress: Progress,
    paces: PaceStore | None = None,
) -> Kept:
    """Look up every candidate, save what may and should be saved, within `archive.budget`.

    Raises only what `jobs` raises; an archive's failing is data in the result. Saving needs both
    `settings.save` and keys; jobs of earlier runs are asked about whatever the settings.
    """
    task = _Evidence(candidates, client, settings, keys, jobs, records, clock, progress, paces)
    try:
        return await task.keep()
    except BaseExceptionGroup as group:
        raise _first(group) from None


class _Evidence:
    """One run of the archive step."""

    def __init__(
        self,
        candidates: Sequence[Candidate],
        client: Fetcher,
        settings: Settings,
        keys: Keys | None,
        jobs: JobStore,
        records: Mapping[str, LinkRecord],
        clock: Clock,
        progress: Progress,
        paces: PaceStore | None,
    ) -> None:
        by_url = {c.link.url: c for c in candidates}
        self._candidates = sorted(by_url.values(), key=lambda c: rank(c, records.get(c.link.url)))
        self._settings = settings
        self._keys = keys
        self._jobs = jobs
        self._records = records
        self._clock = clock
        self._progress = progress
        own = settings.archive
        budget = own.budget.total_seconds()
        self._traffic = Traffic(clock, budget, self._waiting, paces)
        looking = Pace(self._traffic, clock, own.lookups_per_minute, kept=True)
        saving = Pace(self._traffic, clock, own.saves_per_minute, why="the archive's save limit")
        self._index = WaybackIndex(client, own, self._traffic, looking, clock)
        self._saver = Saver(
            SavePageNow(client, own.wayback, keys, clock),
            self._index,
            own,
            jobs=jobs,
            clock=clock,
            traffic=self._traffic,
            pace=saving,
        )
        self._lookups: dict[str, LookupResult] = {}
        self._saves: dict[str, SaveOutcome] = {}
        self._queue: asyncio.Queue[str | None] = asyncio.Queue()
        self._savable = 0
        self._done = {"look-ups": 0, "saving": 0}
        self._total = {"look-ups": 0, "saving": 0}
        self._stage = "look-ups"

    async def keep(self) -> Kept:
        due = [c for c in self._candidates if not self._answered_before(c)]
        self._total["look-ups"] = len(due)
        await self._resume()
        for candidate in self._candidates:
            if candidate.link.url in self._lookups:
                self._consider_saving(candidate)
        line = iter(due)
        async with asyncio.TaskGroup() as group:
            savers = [
                group.create_task(self._save_all())
                for _ in range(max(1, self._settings.archive.concurrent_saves))
            ]
            lookers = [group.create_task(self._look_up_all(line)) for _ in range(_TOGETHER)]
            await asyncio.gather(*lookers)
            for _ in savers:
                self._queue.put_nowait(None)
        order = [c.link.url for c in self._candidates]
        return Kept(
            {url: self._lookups[url] for url in order},
            dict(sorted(self._saves.items())),
            self._skipped(),
            self._savable,
        )

    def _answered_before(self, candidate: Candidate) -> bool:
        """Whether nothing need be asked: an archive may not hear of the link, or said it before."""
        url, now = candidate.link.url, self._clock.now()
        why = barred(candidate)
        if why:
            lookup = Lookup(LookupState.NOT_ASKED, detail=NEVER_ASKED[why])
            self._lookups[url] = LookupResult(url, lookup, asked_for=candidate.link.cited_on)
            self._jobs.looked_up(self._lookups[url])
            return True
        kept = kept_lookup(candidate, self._records.get(url), self._settings.archive, now)
        if kept is not None:
            self._lookups[url] = kept
        return kept is not None

    async def _resume(self) -> None:
        gate = asyncio.Semaphore(max(1, self._settings.archive.concurrent_saves))

        async def one(url: str, before: SaveOutcome) -> None:
            async with gate:
                self._saves[url] = await self._saver.resume(url, before)
            self._tell("saving", 1)

        before = open_jobs(self._records.values())
        self._total["saving"] += len(before)
        async with asyncio.TaskGroup() as group:
            for url, outcome in before:
                group.create_task(one(url, outcome))

    async def _look_up_all(self, line: Iterator[Candidate]) -> None:
        for candidate in line:
            await self._look_up(candidate)

    async def _look_up(self, candidate: Candidate) -> None:
        url = candidate.link.url
        result = await self._index.find(candidate.link)
        record = self._records.get(url)
        found_before = record and record.lookup and record.lookup.state is LookupState.FOUND
        if record and found_before and result.lookup.state not in SAID:
            result = standing(candidate, record)  # old, and dated so, but true
        else:
            self._jobs.looked_up(result)
        self._lookups[url] = result
        self._tell("look-ups", 1)
        self._consider_saving(candidate)

    def _consider_saving(self, candidate: Candidate) -> None:
        url = candidate.link.url
        why = self._why_not(candidate)
        if why == "settled":
            record = self._records.get(url)
            if url not in self._saves and record is not None and record.save is not None:
                self._saves[url] = record.save
            return
        if not why:
            self._savable += 1
            why = "" if self._keys is not None else "no-keys"
        if not self._settings.save:
            return
        if why:
            self._saves[url] = SaveOutcome(SaveState.SKIPPED, why)
            self._jobs.save_changed(url, self._saves[url])
            return
        self._total["saving"] += 1
        self._queue.put_nowait(url)

    def _why_not(self, candidate: Candidate) -> str:
        """Why a link is not submitted: empty where it is; `settled` where an outcome stands."""
        url, now = candidate.link.url, self._clock.now()
        fresh = self._settings.archive.fresh
        record = self._records.get(url)
        before = self._saves.get(url) or (record.save if record else None)
        if settled(before, fresh, now):
            return "settled"
        why = unsavable(candidate)
        if why:
            return why
        result = self._lookups[url]
        if before is not None and before.snapshot and recent_copy((before.snapshot,), fresh, now):
            return "settled"
        if recent_copy((*result.snapshots, *(record.snapshots if record else ())), fresh, now):
            return "recent-copy"
        match result.lookup.state:
            case LookupState.EXCLUDED:
                return "excluded"
            case LookupState.THROTTLED:
                return "throttled"
            case LookupState.NOT_ASKED:
                return "throttled" if self._traffic.stopped else "budget"
        return ""

    async def _save_all(self) -> None:
        while (url := await self._queue.get()) is not None:
            self._saves[url] = await self._saver.save(url)
            self._tell("saving", 1)

    def _tell(self, stage: str, done: int = 0, note: str = "") -> None:
        self._stage = stage
        self._done[stage] += done
        self._progress.stage(stage, self._done[stage], self._total[stage], note)

    def _waiting(self, note: str) -> None:
        self._tell(self._stage, 0, note)

    def _skipped(self) -> tuple[Skipped, ...]:
        """A line for each thing that was left for another time, with the number of links."""
        found = []
        counts: dict[str, int] = {}
        for result in self._lookups.values():
            sentence = result.lookup.detail
            if result.lookup.state is LookupState.NOT_ASKED and "next run" in sentence:
                counts[sentence] = counts.get(sentence, 0) + 1
        for sentence, count in sorted(counts.items()):
            found.append(Skipped(f"looking up {_links(count)} at {_ARCHIVE}", sentence))
        reasons = [s.reason for s in self._saves.values() if s.reason in _WHY]
        for reason, sentence in _WHY.items():
            if count := reasons.count(reason):
                found.append(Skipped(f"saving {_links(count)} at {_ARCHIVE}", sentence))
        return tuple(found)


def _links(count: int) -> str:
    return f"{count} link" if count == 1 else f"{count} links"


def _first(group: BaseExceptionGroup[BaseException]) -> BaseException:
    """The error to show of several that came together: one for a person, else the first."""
    flat: list[BaseException] = []
    stack: list[BaseException] = [group]
    while stack:
        error = stack.pop()
        if isinstance(error, BaseExceptionGroup):
            stack.extend(reversed(error.exceptions))
        else:
            flat.append(error)
    return next((e for e in flat if isinstance(e, CitecheckError)), flat[0])

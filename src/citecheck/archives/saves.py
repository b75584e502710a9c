"""The half of the archive step that saves: what is submitted and why not the rest, and the line of
those that are.

Of saves of earlier runs that are open one question each is asked first, and their pages wait for
it; those that are open still are asked about once more when nearly all else is done, with time to
wait. Addresses that are one page to an archive are submitted once, and share what becomes of it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping
from typing import Protocol

from citecheck.archives.candidate import Candidate, Wanted
from citecheck.archives.due import is_open, newest, open_jobs, recent_copy, settled
from citecheck.archives.eligible import unsavable
from citecheck.archives.outcomes import is_intent
from citecheck.archives.pages import page_of
from citecheck.archives.resuming import Resuming
from citecheck.archives.stages import Stages
from citecheck.archives.wayback_replies import excludes
from citecheck.records.archive import LookupResult, LookupState, SaveOutcome, SaveState
from citecheck.records.memory import LinkRecord
from citecheck.records.ports import Clock, JobStore
from citecheck.saving_reasons import SAVING_REASONS
from citecheck.settings import Settings

STAGE = "saving"
_LEFT = (
    "no-keys", "bad-keys", "quota", "daily-quota", "sessions-full", "throttled", "unavailable",
    "overloaded", "no-anonymous", "budget", "no-answer", "submitting",
)  # fmt: skip
_SHARED = (SaveState.SAVED, SaveState.PENDING, SaveState.UNKNOWN)
WHY: Mapping[str, str] = {reason: SAVING_REASONS[reason] for reason in _LEFT}
"""Reasons that left links for another time, each with its sentence for a person."""


class Submits(Protocol):
    """Asks for one page and waits for the outcome; nothing is raised for what an archive does."""

    async def save(self, wanted: Wanted) -> SaveOutcome: ...


class Saves:
    """The saves of one run. `outcomes` has what is known so far, by link; `savable` counts the
    links that saving is meant for. `stopped` tells whether the archive wants no more requests.
    `submits` None: there are no keys; so many more pages than are saved at once may be `waiting`
    for another try."""

    def __init__(
        self,
        submits: Submits | None,
        resuming: Resuming,
        settings: Settings,
        *,
        jobs: JobStore,
        records: Mapping[str, LinkRecord],
        clock: Clock,
        stages: Stages,
        stopped: Callable[[], bool],
        waiting: int = 0,
    ) -> None:
        self._submits = submits
        self._resuming = resuming
        self._settings = settings
        self._jobs = jobs
        self._records = records
        self._clock = clock
        self._stages = stages
        self._stopped = stopped
        self._queue: asyncio.Queue[Wanted | None] = asyncio.Queue()
        self._open = dict(open_jobs(records.values()))
        self._unasked = set(self._open)  # nobody has asked yet what became of these
        self._held: list[tuple[Candidate, LookupResult]] = []
        self._waiting: dict[str, tuple[Candidate, LookupResult]] = {}
        self._leaders: dict[str, str] = {}
        self._followers: dict[str, str] = {}
        self._pages: dict[str, list[str]] = {}
        for url, record in records.items():
            if record.save is not None:
                self._pages.setdefault(page_of(url), []).append(url)
        self._at_once = max(1, settings.archive.concurrent_saves)
        self.workers = self._at_once + waiting
        self.outcomes: dict[str, SaveOutcome] = {}
        self.savable = 0

    async def resume(self, barred: Collection[str] = ()) -> None:
        """Ask what became of the saves of earlier runs, but for links of which no archive may hear
        any more (`barred`): theirs stay as they are."""
        for url in self._open.keys() & barred:
            self._unasked.discard(url)
            self.outcomes[url] = self._open.pop(url)
        self._stages.expect(STAGE, len(self._open))

        async def one(url: str) -> None:
            self.outcomes[url] = await self._resuming.ask(url, self._open[url])
            self._stages.tell(STAGE, 1)

        await self._together(one, self._open)
        self._unasked.clear()
        for candidate, result in self._held:
            self.consider(candidate, result)

    def depends(self, candidate: Candidate, result: LookupResult) -> bool:
        """Whether what its copies show may decide if a page is saved."""
        before = self._before(candidate.link.url)
        wanted = self._settings.save and self._submits is not None
        return wanted and self._why_not(candidate, result, before) in ("", "recent-copy")

    def consider(self, candidate: Candidate, result: LookupResult) -> None:
        """Put a link in the line whose look-up and copies are done with, or note why not."""
        url = candidate.link.url
        if self._unasked and self._unasked & {url, *self._pages.get(page_of(url), ())}:
            self._held.append((candidate, result))
            return
        before = self._before(url)
        why = self._why_not(candidate, result, before)
        if why == "settled":
            assert before is not None
            self.outcomes.setdefault(url, before)
            if is_intent(before):
                self._waiting[url] = candidate, result
            return
        if not why:
            self.savable += 1
            why = "" if self._submits is not None else "no-keys"
        if not self._settings.save:
            return
        if why:
            self._tell(url, SaveOutcome(SaveState.SKIPPED, why))
            return
        leader = self._leaders.setdefault(page_of(url), url)
        if leader != url:
            self._followers[url] = leader
            return
        self._stages.expect(STAGE, 1)
        unfit = newest(result.lookup.passed_over)
        lost = before and (before.state is SaveState.UNKNOWN or _came_to_nothing(before))
        since = before.submitted if before and lost else None
        self._queue.put_nowait(Wanted(url, candidate.media_type, since, unfit))

    async def work(self) -> None:
        """Save what stands in the line until it is closed; `workers` of these may run at once."""
        while (wanted := await self._queue.get()) is not None:
            assert self._submits is not None
            self.outcomes[wanted.url] = await self._submits.save(wanted)
            self._stages.tell(STAGE, 1)
            self._queue.task_done()

    async def settle(self) -> None:
        """Hardly anything more comes: what earlier runs left open is waited for."""
        await self._queue.join()
        await self._together(self._wait, [u for u in self._open if is_open(self.outcomes[u])])
        for url, (candidate, result) in self._waiting.items():
            before = self._before(url)
            if before is not None and _came_to_nothing(before):
                self.consider(candidate, result)

    def close(self) -> None:
        """Nothing more comes: `work` ends with the line."""
        for _ in range(self.workers):
            self._queue.put_nowait(None)

    def share(self) -> None:
        """Tell the outcomes of pages that were submitted under another address of theirs."""
        for url, leader in self._followers.items():
            if leader in self.outcomes:
                self._tell(url, self.outcomes[leader])

    async def _wait(self, url: str) -> None:
        self.outcomes[url] = await self._resuming.wait(url, self.outcomes[url], self._under_way)

    def _under_way(self) -> int:
        """Captures that may be under way and are known of."""
        return len(
            {o.job for o in self.outcomes.values() if o.state is SaveState.PENDING and o.job}
        )

    def _before(self, url: str) -> SaveOutcome | None:
        """What is known of a save of this page: the newest, a copy or a job under another of its
        addresses included."""
        others = (self._known(u) for u in self._pages.get(page_of(url), ()) if u != url)
        found = [self._known(url), *(o for o in others if o and o.state in _SHARED)]
        known = [outcome for outcome in found if outcome is not None]
        return max(known, key=lambda o: o.submitted.timestamp() if o.submitted else 0, default=None)

    def _known(self, url: str) -> SaveOutcome | None:
        record = self._records.get(url)
        return self.outcomes.get(url) or (record.save if record else None)

    def _why_not(
        self, candidate: Candidate, result: LookupResult, before: SaveOutcome | None
    ) -> str:
        """Why a link is not submitted: empty where it is; `settled` where an outcome stands."""
        now, fresh = self._clock.now(), self._settings.archive.fresh
        record = self._records.get(candidate.link.url)
        if settled(before, fresh, now):
            return "settled"
        why = unsavable(candidate)
        if why:
            return why
        if before is not None and before.snapshot and recent_copy((before.snapshot,), fresh, now):
            return "settled"
        known = (*result.snapshots, *(record.snapshots if record else ()))
        if recent_copy(known, fresh, now, unfit=result.lookup.passed_over):
            return "recent-copy"
        if excludes(result.lookup):
            return "excluded"
        match result.lookup.state:
            case LookupState.THROTTLED:
                return "throttled"
            case LookupState.NOT_ASKED:
                return "throttled" if self._stopped() else "budget"
        return ""

    def _tell(self, url: str, outcome: SaveOutcome) -> None:
        self.outcomes[url] = outcome
        self._jobs.save_changed(url, outcome)

    async def _together(self, what: Callable[[str], Awaitable[None]], urls: Iterable[str]) -> None:
        gate = asyncio.Semaphore(self._at_once)

        async def one(url: str) -> None:
            async with gate:
                await what(url)

        async with asyncio.TaskGroup() as group:
            for url in urls:
                group.create_task(one(url))


def _came_to_nothing(outcome: SaveOutcome) -> bool:
    return outcome.state is SaveState.FAILED and outcome.reason == "not-arrived"

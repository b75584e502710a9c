"""Asking the Wayback Machine to keep pages: submitted, noted, polled, and taken up by a later run.

A job's id goes to the JobStore before it is polled, so that a run cut short loses nothing. The
archive remembers a job for about an hour; after that the index tells (captures since the moment of
submission). Nothing is submitted more than twice a run, whatever the archive answers. A quota stops
the page, its host or the batch; keys that do not hold stop the batch.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

from citecheck.archives.pace import OutOfTime, Pace, Traffic
from citecheck.archives.save_page_now import Kind, Reply, SavePageNow
from citecheck.archives.spn_codes import Course
from citecheck.archives.wayback_cdx import WaybackIndex
from citecheck.archives.wayback_replies import Unanswered
from citecheck.records.archive import SaveOutcome, SaveState
from citecheck.records.ports import Clock, JobStore
from citecheck.settings import ArchiveSettings
from citecheck.urls.address import host_of

_TRIES = 2
_REMEMBERED = timedelta(hours=1)  # how long the archive knows a job
_LOOKED_FOR = timedelta(days=7)  # how long the index is asked about a save without an outcome
_SKEW = timedelta(minutes=2)  # between the archive's clock and ours
_WAITS = {Course.TRANSIENT: 10.0, Course.SLOW_SESSION: 20.0, Course.SLOW_HOST: 60.0}  # seconds
_MISSES = 2  # polls in a row that do not know a job just given, until it is believed


class Saver:
    """One batch. `stopped` is why nothing more is submitted: bad-keys, quota, throttled,
    unavailable; empty as long as there is no reason."""

    def __init__(
        self,
        service: SavePageNow,
        index: WaybackIndex,
        settings: ArchiveSettings,
        *,
        jobs: JobStore,
        clock: Clock,
        traffic: Traffic,
        pace: Pace,
    ) -> None:
        self._service = service
        self._index = index
        self._settings = settings
        self._jobs = jobs
        self._clock = clock
        self._traffic = traffic
        self._pace = pace
        self._hosts: dict[str, str] = {}
        self._left_today: int | None = None
        self._sessions: asyncio.Semaphore | None = None
        self._opening = asyncio.Lock()
        self.stopped = ""

    async def save(self, url: str) -> SaveOutcome:
        """Ask for one page and wait for the outcome, as long as the settings say."""
        async with self._opening:
            if self._sessions is None:
                self._sessions = asyncio.Semaphore(await self._open())
        async with self._sessions:
            outcome: SaveOutcome | None = None
            for _ in range(_TRIES):
                outcome, wait = await self._try(url, outcome)
                if wait is None:
                    break
                try:
                    await self._traffic.until(self._clock.monotonic() + wait, "")
                except OutOfTime:
                    break
            assert outcome is not None
            return self._told(url, outcome)

    async def resume(self, url: str, before: SaveOutcome) -> SaveOutcome:
        """What became of a save of an earlier run: its job, else the index; else as it was."""
        if before.submitted is None:
            return self._told(url, replace(before, state=SaveState.UNKNOWN, reason="job-expired"))
        age = self._clock.now() - before.submitted
        young = age < _REMEMBERED
        reply = Reply(Kind.NO_SUCH_JOB)
        if before.state is SaveState.PENDING and before.job:
            limit = self._settings.poll_limit if young else 0.0
            reply = await self._poll(url, before.job, 0.0, limit)
        if reply.kind in (Kind.SAVED, Kind.ERROR):
            return self._told(url, self._concluded(url, reply, before)[0])
        if (reply.kind is Kind.PENDING and young) or age > _LOOKED_FOR:
            return before if young else self._expired(url, before)
        try:
            found = await self._index.first_since(url, before.submitted - _SKEW)
        except Unanswered:
            return before
        if found is not None:
            return self._told(
                url, replace(before, state=SaveState.SAVED, reason="", snapshot=found)
            )
        return before if reply.kind is Kind.LOGGED_OUT and young else self._expired(url, before)

    async def _open(self) -> int:
        """The sessions to use, asked for before the first page; sets `stopped` where it is none."""
        wait = 0.0
        for _ in range(_TRIES):
            try:
                await self._traffic.until(self._clock.monotonic() + wait, "")
            except OutOfTime:
                self.stopped = self.stopped or ("throttled" if self._traffic.stopped else "budget")
                return 1
            asked = self._clock.monotonic()
            told = await self._service.allowance()
            if told.kind is Kind.SAVED:
                self._traffic.answered(asked)
                self._left_today, self.stopped = told.left_today, ""
                most = self._settings.concurrent_saves
                return max(1, most if told.sessions is None else min(most, told.sessions))
            if told.kind is Kind.LOGGED_OUT:
                self.stopped = "bad-keys"
                return 1
            self.stopped, wait = "unavailable", _WAITS[Course.TRANSIENT]
            if told.kind is Kind.BUSY:
                self.stopped, wait = "throttled", 0.0
                self._traffic.throttled(told.pause or self._settings.pause_after_429, asked)
        return 1

    async def _try(self, url: str, before: SaveOutcome | None) -> tuple[SaveOutcome, float | None]:
        """Submit once. The second value: seconds to wait before another try, None: no more."""
        halted = self._halted(url)
        if halted is None:
            try:
                asked = await self._pace.turn()
            except OutOfTime:
                reason = "throttled" if self._traffic.stopped else "budget"
                halted = SaveOutcome(SaveState.SKIPPED, reason)
            else:
                halted = self._halted(url)
        if halted is not None:
            return before or halted, None
        if self._left_today is not None:
            self._left_today -= 1
        submitted = self._clock.now()
        reply = await self._service.submit(url, int(self._settings.fresh.total_seconds()))
        base = SaveOutcome(SaveState.UNKNOWN, submitted=submitted)
        if reply.kind is Kind.BUSY:
            self._traffic.throttled(reply.pause or self._settings.pause_after_429, asked)
        elif reply.kind not in (Kind.LOST, Kind.DOWN):
            self._traffic.answered(asked)
        if reply.kind is Kind.ACCEPTED:
            existing = reply.existing
            base = replace(base, state=SaveState.PENDING, job=reply.job)
            self._told(url, base)
            limit = self._settings.poll_limit
            reply = await self._poll(url, reply.job, self._settings.poll_first, limit)
            reply = replace(reply, existing=existing)
        return self._concluded(url, reply, base)

    async def _poll(self, url: str, job: str, first: float, limit: float) -> Reply:
        """Ask about a job until something is known; a reply PENDING means that nothing is."""
        began, wait, misses = self._clock.monotonic(), first, 0
        while True:
            try:
                await self._traffic.until(self._clock.monotonic() + wait, "")
            except OutOfTime:
                return Reply(Kind.PENDING, job=job)
            asked = self._clock.monotonic()
            reply = await self._service.status(job, url)
            if reply.kind is Kind.BUSY:
                self._traffic.throttled(reply.pause or self._settings.pause_after_429, asked)
            misses = misses + 1 if reply.kind is Kind.NO_SUCH_JOB else 0
            if reply.kind in (Kind.SAVED, Kind.ERROR, Kind.LOGGED_OUT):
                return reply
            if misses and (misses >= _MISSES or first == 0):
                return reply
            wait = self._settings.poll_every
            if self._clock.monotonic() + wait - began > limit:
                return Reply(Kind.PENDING, job=job)

    def _concluded(
        self, url: str, reply: Reply, base: SaveOutcome
    ) -> tuple[SaveOutcome, float | None]:
        """The outcome of a reply, and the wait before another try (None: there is none)."""
        match reply.kind:
            case Kind.SAVED:
                reason = "existing-copy" if reply.existing else ""
                saved = replace(base, state=SaveState.SAVED, reason=reason, snapshot=reply.snapshot)
                return saved, None
            case Kind.PENDING | Kind.ACCEPTED:
                return replace(base, state=SaveState.PENDING), None
            case Kind.NO_SUCH_JOB if reply.existing:
                return replace(base, state=SaveState.SKIPPED, reason="recent-copy"), None
            case Kind.NO_SUCH_JOB | Kind.LOST:
                reason = "job-lost" if base.job else "no-answer"
                return replace(base, state=SaveState.UNKNOWN, reason=reason), None
            case Kind.LOGGED_OUT if base.job:
                return base, None
            case Kind.LOGGED_OUT:
                self.stopped = "bad-keys"
                return SaveOutcome(SaveState.REFUSED, "bad-keys"), None
            case Kind.BUSY:
                return SaveOutcome(SaveState.SKIPPED, "throttled"), 0.0
            case Kind.DOWN:
                return SaveOutcome(SaveState.SKIPPED, "unavailable"), _WAITS[Course.TRANSIENT]
            case Kind.ERROR:
                return self._refused(url, reply, base)

    def _refused(
        self, url: str, reply: Reply, base: SaveOutcome
    ) -> tuple[SaveOutcome, float | None]:
        outcome = replace(base, state=SaveState.FAILED, reason=reply.code)
        match reply.course:
            case Course.PERMANENT:
                return outcome, None
            case Course.POLICY:
                return replace(outcome, state=SaveState.REFUSED), None
            case Course.QUOTA_URL:
                return replace(outcome, state=SaveState.SKIPPED), None
            case Course.QUOTA_HOST:
                self._hosts[host_of(url)] = "host-quota"
                return replace(outcome, state=SaveState.REFUSED), None
            case Course.QUOTA_ALL:
                self.stopped = "quota"
                return replace(outcome, state=SaveState.REFUSED), None
            case Course.TRANSIENT | Course.SLOW_SESSION | Course.SLOW_HOST:
                return outcome, _WAITS[reply.course]

    def _halted(self, url: str) -> SaveOutcome | None:
        if not self.stopped and self._left_today is not None and self._left_today <= 0:
            self.stopped = "quota"
        why = self.stopped or self._hosts.get(host_of(url), "")
        if not why:
            return None
        state = SaveState.REFUSED if why == "bad-keys" else SaveState.SKIPPED
        return SaveOutcome(state, why)

    def _expired(self, url: str, before: SaveOutcome) -> SaveOutcome:
        if before.state is SaveState.UNKNOWN:
            return before
        return self._told(url, replace(before, state=SaveState.UNKNOWN, reason="job-expired"))

    def _told(self, url: str, outcome: SaveOutcome) -> SaveOutcome:
        self._jobs.save_changed(url, outcome)
        return outcome

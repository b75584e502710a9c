"""What the account may do in this run: sessions at once, captures left today, and what has stopped.

Asked of the service before the first page, which costs nothing and proves the keys; its own figures
win over the settings'. Part of a day's captures is left to the account's owner. An error can close
a host or the whole batch. A service that says it is overloaded gets one page at a time.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from citecheck.archives.outcomes import WAITS
from citecheck.archives.pace import OutOfTime, Traffic
from citecheck.archives.save_page_now import SavePageNow
from citecheck.archives.spn_codes import Course
from citecheck.archives.spn_replies import Allowance, Kind, Reply
from citecheck.records.archive import SaveOutcome, SaveState
from citecheck.records.ports import Clock
from citecheck.settings import ArchiveSettings
from citecheck.urls.address import host_of

A_DAY = 30_000  # captures, where neither the account nor the settings say another number
_RESERVE = 100
_TRIES = 2
_PATIENCE = 15  # times that a free session is waited for
_FULL = 6  # answers in a row that all sessions are taken, until the batch is left


class Quota:
    """`stopped` is why nothing more is submitted: bad-keys, quota, sessions-full, throttled,
    unavailable, budget; empty as long as there is no reason."""

    def __init__(
        self,
        service: SavePageNow,
        settings: ArchiveSettings,
        *,
        traffic: Traffic,
        clock: Clock,
        made_today: int = 0,
    ) -> None:
        self._service = service
        self._settings = settings
        self._traffic = traffic
        self._clock = clock
        self._made_today = made_today
        self._hosts: dict[str, str] = {}
        self._slow: dict[str, float] = {}
        self._left: int | None = None
        self._most = settings.concurrent_saves
        self._busy = 0
        self._running: list[float] = []
        self._full = 0
        self._freed = asyncio.Condition()
        self._opening = asyncio.Lock()
        self._opened = False
        self.stopped = ""

    async def open(self) -> None:
        """Ask the service, once in a run; sets `stopped` where nothing may be submitted."""
        async with self._opening:
            if self._opened:
                return
            self._opened = True
            try:
                await self._ask_account()
                if not self.stopped:
                    await self._ask_system()
            except OutOfTime:
                self.stopped = "throttled" if self._traffic.stopped else "budget"

    @asynccontextmanager
    async def session(self) -> AsyncIterator[None]:
        """One of the captures that may be under way at once; those that were left running count
        until they are over."""
        free = False
        while not free:
            async with self._freed:
                await self._freed.wait_for(lambda: self._busy < self._most)
                over = self._running_until()
                free = over is None
                self._busy += free
            if over is not None:
                try:
                    await self._traffic.until(over, "a capture that is still under way")
                except OutOfTime:
                    self._running.clear()  # nothing is submitted any more
        try:
            yield
        finally:
            async with self._freed:
                self._busy -= 1
                self._freed.notify_all()

    def left_running(self, until: float) -> None:
        """A capture is asked about no more and may be under way until then (monotonic)."""
        self._running.append(until)

    def _running_until(self) -> float | None:
        """When a session will be free; None where one is."""
        now = self._clock.monotonic()
        self._running = sorted(end for end in self._running if end > now)
        return None if self._busy + len(self._running) < self._most else self._running[0]

    def halted(self, url: str) -> SaveOutcome | None:
        """Why a page is not submitted now, None where it may be."""
        if not self.stopped and self._left is not None and self._left <= 0:
            self.stopped = "quota"
        why = self.stopped or self._hosts.get(host_of(url), "")
        if not why:
            return None
        state = SaveState.REFUSED if why == "bad-keys" else SaveState.SKIPPED
        return SaveOutcome(state, why)

    def due(self, url: str) -> float:
        """The moment (monotonic) before which the page's host is to be left alone."""
        return self._slow.get(host_of(url), self._clock.monotonic())

    def spend(self) -> None:
        """A page is submitted now."""
        if self._left is not None:
            self._left -= 1

    async def heed(self, url: str, reply: Reply) -> None:
        """What a reply to a submission means for those after it."""
        if reply.kind is Kind.ACCEPTED:
            self._full = 0
        elif reply.kind is Kind.LOGGED_OUT and not reply.job:
            self.stopped = "bad-keys"
        elif reply.kind is Kind.ERROR and reply.course is Course.SLOW_HOST:
            self._slow[host_of(url)] = self._clock.monotonic() + WAITS[Course.SLOW_HOST]
        elif reply.kind is Kind.ERROR and reply.course is Course.QUOTA_HOST:
            self._hosts[host_of(url)] = "host-quota"
        elif reply.kind is Kind.ERROR and reply.course is Course.QUOTA_ALL:
            self.stopped = "quota"
        elif reply.kind is Kind.ERROR and reply.course is Course.SLOW_SESSION:
            self._full += 1
            if self._full >= _FULL:
                self.stopped = "sessions-full"
            else:
                await self._count_again()

    async def _ask_account(self) -> None:
        tries, waits, wait = _TRIES, _PATIENCE, 0.0
        while tries and waits:
            await self._traffic.until(self._clock.monotonic() + wait, "")
            asked = self._clock.monotonic()
            told = await self._service.allowance()
            match told.kind:
                case Kind.SAVED:
                    self._traffic.answered(asked)
                    self._understood(told)
                    if told.sessions != 0:
                        self.stopped = ""
                        return
                    self.stopped, wait, waits = (
                        "sessions-full",
                        WAITS[Course.SLOW_SESSION],
                        waits - 1,
                    )
                case Kind.LOGGED_OUT:
                    self.stopped = "bad-keys"
                    return
                case Kind.BUSY:
                    self.stopped, wait, tries = "throttled", 0.0, tries - 1
                    self._traffic.throttled(told.pause or self._settings.pause_after_429, asked)
                case _:
                    self.stopped, wait, tries = "unavailable", WAITS[Course.TRANSIENT], tries - 1

    async def _ask_system(self) -> None:
        wait = 0.0
        for _ in range(_TRIES):
            await self._traffic.until(self._clock.monotonic() + wait, "")
            asked = self._clock.monotonic()
            told = await self._service.system()
            match told.kind:
                case Kind.SAVED:
                    self.stopped = ""
                    return
                case Kind.ERROR:
                    self.stopped, self._most = "", 1
                    return
                case Kind.BUSY:
                    self.stopped, wait = "throttled", 0.0
                    self._traffic.throttled(told.pause or self._settings.pause_after_429, asked)
                case _:
                    self.stopped, wait = "unavailable", WAITS[Course.TRANSIENT]

    def _understood(self, told: Allowance) -> None:
        own = self._settings.saves_per_day
        limit = told.limit if told.limit is not None else own or A_DAY
        used = told.used if told.used is not None else self._made_today
        self._left = max(0, limit - used - reserved(self._settings.reserve, limit))
        if own is not None:
            self._left = max(0, min(self._left, own - self._made_today))
        if told.sessions is not None:
            self._most = max(1, min(self._settings.concurrent_saves, told.sessions))

    async def _count_again(self) -> None:
        """The account's sessions, where one was refused: somebody else may use it as well."""
        try:
            await self._traffic.until(self._clock.monotonic(), "")
        except OutOfTime:
            return
        asked = self._clock.monotonic()
        told = await self._service.allowance()
        if told.kind is Kind.BUSY:
            self._traffic.throttled(told.pause or self._settings.pause_after_429, asked)
        if told.kind is Kind.SAVED and told.sessions is not None:
            ours = max(0, self._busy - 1)  # this one has none
            self._most = max(1, min(self._settings.concurrent_saves, told.sessions + ours))


def reserved(wanted: int | None, limit: int) -> int:
    """How many of a day's captures are left to the account's owner: never all of them."""
    if wanted is None:
        return min(_RESERVE, limit // 10)
    return wanted if wanted < limit else limit // 2

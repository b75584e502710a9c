"""Room for so many at once, kept so that whoever takes long does not keep the others out.

A plain semaphore over all hosts ends up in the hands of the slowest: 64 servers that hang until the
time-out shut everybody else out for half a minute at a time. Here a place that was held longer than
`patience` seconds no longer counts against `room` when somebody waits: it *lingers*, and counts
against a second bound, `spare`. Whoever is known to be slow asks for a lingering place at once and
waits among its like. So a stranger that hangs costs the others `patience` seconds of one place, at
most once, and as long as fewer than `spare` hang nobody quick waits behind them. When `spare` is
used up, places that linger are handed on in order, overdue ones before those that begin as slow.

Among those who wait, the highest rank goes first, then whoever came first. There is no timer while
nobody waits, and no cost that grows with the number of places.
"""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from citecheck.records.ports import Clock


class Stay:
    """One place that is held: when it becomes overdue (monotonic), and whether it lingers."""

    __slots__ = ("lingers", "overdue")

    def __init__(self, lingers: bool) -> None:
        self.overdue = 0.0
        self.lingers = lingers


_TICK = 0.001  # seconds: no timer needs to be finer, and none may spin
_Waiting = tuple[float, int, "asyncio.Future[None]", Stay]


class Places:
    """At most `room` quick holders and `spare` lingering ones. `patience` in seconds."""

    def __init__(self, clock: Clock, room: int, *, patience: float, spare: int) -> None:
        self._clock = clock
        self._room = max(1, room)
        self._patience = patience
        self._spare = max(1, spare)
        self._held: dict[Stay, None] = {}  # the quick ones, oldest first
        self._lingering = 0
        self._quick: list[_Waiting] = []
        self._slow: list[_Waiting] = []
        self._count = 0
        self._watch: asyncio.Task[None] | None = None

    @property
    def held(self) -> int:
        """How many are in, quick and lingering."""
        return len(self._held) + self._lingering

    @asynccontextmanager
    async def stay(self, *, rank: float = 0.0, slow: bool = False) -> AsyncIterator[None]:
        """Hold a place; `slow` asks for a lingering one from the start."""
        stay = Stay(slow)
        queue = self._slow if slow else self._quick
        free = self._lingering < self._spare if slow else len(self._held) < self._room
        if free and not queue:
            self._place(stay)
        else:
            await self._wait(queue, rank, stay)
        try:
            yield
        finally:
            self._leave(stay)

    async def _wait(self, queue: list[_Waiting], rank: float, stay: Stay) -> None:
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._count += 1
        heapq.heappush(queue, (-rank, self._count, future, stay))
        self._admit()
        try:
            await future
        except asyncio.CancelledError:
            if future.done() and not future.cancelled():
                self._leave(stay)
            raise

    def _place(self, stay: Stay) -> None:
        stay.overdue = self._clock.monotonic() + self._patience
        if stay.lingers:
            self._lingering += 1
        else:
            self._held[stay] = None

    def _leave(self, stay: Stay) -> None:
        if stay.lingers:
            self._lingering -= 1
        else:
            del self._held[stay]
        if self._quick or self._slow:
            self._admit()

    def _admit(self) -> None:
        now = self._clock.monotonic()
        while _live(self._quick) and (len(self._held) < self._room or self._oust(now)):
            self._take(self._quick)
        while _live(self._slow) and self._lingering < self._spare:
            self._take(self._slow)
        watched = self._watch is not None and not self._watch.done()
        if self._quick and self._lingering < self._spare and not watched:
            self._watch = asyncio.get_running_loop().create_task(self._watching())

    def _take(self, queue: list[_Waiting]) -> None:
        _, _, future, stay = heapq.heappop(queue)
        self._place(stay)
        future.set_result(None)

    def _oust(self, now: float) -> bool:
        """The longest-held place begins to linger, where it is overdue and there is room for it."""
        oldest = next(iter(self._held))
        if now < oldest.overdue or self._lingering >= self._spare:
            return False
        del self._held[oldest]
        oldest.lingers = True
        self._lingering += 1
        return True

    async def _watching(self) -> None:
        """Wakes when the longest-held place becomes overdue, while somebody waits for one."""
        while _live(self._quick) and self._held and self._lingering < self._spare:
            wait = next(iter(self._held)).overdue - self._clock.monotonic()
            await self._clock.sleep(max(wait, _TICK))
            self._admit()


def _live(queue: list[_Waiting]) -> bool:
    """Whether anybody waits; those who gave up are forgotten."""
    while queue and queue[0][2].done():
        heapq.heappop(queue)
    return bool(queue)


class Turns:
    """Permits whose number may change: whoever came first goes first."""

    def __init__(self) -> None:
        self.held = 0
        self._queue: dict[asyncio.Future[None], None] = {}

    def __len__(self) -> int:
        """How many hold a permit or wait for one."""
        return self.held + len(self._queue)

    async def take(self, most: int) -> None:
        """Wait for one of `most` permits."""
        if self.held < most and not self._queue:
            self.held += 1
            return
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._queue[future] = None
        try:
            await future
        except asyncio.CancelledError:
            self._queue.pop(future, None)
            if future.done() and not future.cancelled():  # it had just been given
                self.give_back(most)
            raise

    def give_back(self, most: int) -> None:
        """End of a permit; there are `most` of them now."""
        self.held -= 1
        self.pass_on(most)

    def pass_on(self, most: int) -> None:
        while self._queue and self.held < most:
            future = next(iter(self._queue))
            del self._queue[future]
            if not future.done():
                self.held += 1
                future.set_result(None)

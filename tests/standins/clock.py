"""A clock without waiting: `sleep` moves virtual time on once every other task has come to rest.

Sleepers wake in order of their moments. A task counts as at rest after a few passes of the event
loop without a new sleeper, so work that waits for real sockets or threads does not hold time back.
"""

from __future__ import annotations

import asyncio
import heapq
from datetime import UTC, datetime, timedelta

START = datetime(2026, 3, 1, 12, 0, 0, tzinfo=UTC)
_PASSES = 25


class FakeClock:
    """`slept` lists what was asked for, in order; `advance` moves time by hand."""

    def __init__(self, start: datetime = START) -> None:
        self._start = start
        self._elapsed = 0.0
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._count = 0
        self._pump: asyncio.Task[None] | None = None
        self.slept: list[float] = []

    def now(self) -> datetime:
        return self._start + timedelta(seconds=self._elapsed)

    def monotonic(self) -> float:
        return 1000.0 + self._elapsed

    def advance(self, seconds: float) -> None:
        self._elapsed += seconds

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        if seconds <= 0:
            await asyncio.sleep(0)
            return
        loop = asyncio.get_running_loop()
        future: asyncio.Future[None] = loop.create_future()
        self._count += 1
        heapq.heappush(self._sleepers, (self._elapsed + seconds, self._count, future))
        if self._pump is None or self._pump.done() or self._pump.get_loop() is not loop:
            self._pump = loop.create_task(self._run())
        await future

    async def _run(self) -> None:
        while self._sleepers:
            seen = self._count
            for _ in range(_PASSES):
                await asyncio.sleep(0)
            if seen != self._count:
                continue
            moment = self._sleepers[0][0]
            self._elapsed = max(self._elapsed, moment)
            while self._sleepers and self._sleepers[0][0] <= self._elapsed:
                future = heapq.heappop(self._sleepers)[2]
                if not future.done():
                    future.set_result(None)

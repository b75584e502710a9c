"""The copies to look at, in two lines that are served in turn: those that a save waits for, and
the rest. So a long backlog of copies does not hold the saves up, nor they the copies of lost pages.
"""

from __future__ import annotations

import asyncio
import heapq
from dataclasses import dataclass, field

from citecheck.archives.candidate import Candidate
from citecheck.archives.wayback_rows import Capture


@dataclass(order=True, slots=True)
class Waiting:
    """A link whose copies are to be looked at. `order` is its place, the lower the sooner, `put`
    that of its arrival; `captures` are what the index has just listed; `saves` says that a save of
    the page waits for what its copies show."""

    order: tuple[int, int]
    put: int
    candidate: Candidate = field(compare=False)
    captures: tuple[Capture, ...] = field(compare=False, default=())
    saves: bool = field(compare=False, default=False)


class Lines:
    """For one event loop; as many may take from it as there are."""

    def __init__(self) -> None:
        self._lines: tuple[list[Waiting], list[Waiting]] = ([], [])
        self._there = asyncio.Semaphore(0)
        self._put = 0
        self._turn = 0

    def put(
        self,
        order: tuple[int, int],
        candidate: Candidate,
        captures: tuple[Capture, ...],
        *,
        saves: bool,
    ) -> None:
        self._put += 1
        one = Waiting(order, self._put, candidate, captures, saves)
        heapq.heappush(self._lines[0 if saves else 1], one)
        self._there.release()

    async def take(self) -> Waiting | None:
        """The next one, of either line in turn; None once the lines are closed and empty."""
        await self._there.acquire()
        self._turn = 1 - self._turn
        for line in (self._lines[1 - self._turn], self._lines[self._turn]):
            if line:
                return heapq.heappop(line)
        return None

    def close(self, takers: int) -> None:
        """Nothing more comes: so many takers get None when all is taken."""
        for _ in range(takers):
            self._there.release()

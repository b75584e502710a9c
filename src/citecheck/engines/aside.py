"""Where pages are read: in threads, so that the event loop keeps breathing, within room and time.

Two places for what is quick, two more for pages that take their time (`places.py`). A page of a
megabyte or more, which a hostile server can make of nearly nothing, becomes a hundred megabytes
while it is read and cannot be stopped: of these one is read at a time.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from typing import TypeVar

from citecheck.records.ports import Clock
from citecheck.web.places import Places

_T = TypeVar("_T")
_SMALL = 4096  # bytes of a page below which a thread costs more than the reading
_LARGE = 1_000_000
_LONG_LOOK = 1.0  # seconds after which reading a page no longer keeps others waiting


class Aside:
    """The threads of a run, to be closed at its end."""

    def __init__(self, clock: Clock) -> None:
        self._threads = ThreadPoolExecutor(max_workers=4, thread_name_prefix="look")
        self._looks = Places(clock, 2, patience=_LONG_LOOK, spare=2)
        self._large = asyncio.Lock()

    async def __call__(self, work: Callable[[], _T], size: int) -> _T:
        """The result of CPU work on so many bytes; small work is done at once."""
        if size <= _SMALL:
            return work()
        alone = self._large if size >= _LARGE else nullcontext()
        async with alone, self._looks.stay(rank=-size):
            return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)

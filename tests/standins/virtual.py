"""An event loop in virtual time: whatever waits for the clock, waits for nothing.

Time moves only when every task is blocked, and then to the next moment that anything waits for:
`asyncio.sleep`, `asyncio.timeout` and the clock handed in are one time, in the right order, at any
speed of the machine. While a thread is at work time stands still. A loop in which nothing is left
to wait for, and which is not done, is a deadlock and raises.

    run(main)   # main: an async function of a VirtualClock
"""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import Executor
from datetime import datetime, timedelta
from typing import Any, TypeVar

from standins.clock import START

_T = TypeVar("_T")
BEGIN = 1000.0


class Deadlock(Exception):
    """Every task waits for another one."""


class _Selector(selectors.BaseSelector):
    """Looks at real sockets, and moves time instead of waiting for it."""

    def __init__(self) -> None:
        self._real = selectors.DefaultSelector()
        self.moment = BEGIN
        self.threads = 0
        self.steps = 0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        self.steps += 1
        ready = self._real.select(0)
        if ready or timeout == 0:
            return ready
        if self.threads:
            return self._real.select(10)
        if timeout is None:
            raise Deadlock
        self.moment += timeout
        return []

    def register(self, fileobj: Any, events: int, data: Any = None) -> selectors.SelectorKey:
        return self._real.register(fileobj, events, data)

    def unregister(self, fileobj: Any) -> selectors.SelectorKey:
        return self._real.unregister(fileobj)

    def modify(self, fileobj: Any, events: int, data: Any = None) -> selectors.SelectorKey:
        return self._real.modify(fileobj, events, data)

    def close(self) -> None:
        self._real.close()

    def get_map(self) -> Mapping[Any, selectors.SelectorKey]:
        return self._real.get_map()


class VirtualLoop(asyncio.SelectorEventLoop):
    """The loop whose `time()` is virtual."""

    def __init__(self) -> None:
        self._virtual = _Selector()
        super().__init__(self._virtual)

    def time(self) -> float:
        return self._virtual.moment

    @property
    def steps(self) -> int:
        return self._virtual.steps

    def run_in_executor(  # type: ignore[override]
        self, executor: Executor | None, func: Callable[..., _T], *args: Any
    ) -> asyncio.Future[_T]:
        self._virtual.threads += 1
        future = super().run_in_executor(executor, func, *args)
        future.add_done_callback(self._returned)
        return future

    def _returned(self, _: object) -> None:
        self._virtual.threads -= 1


class VirtualClock:
    """The loop's time as the program's clock."""

    def __init__(self, loop: VirtualLoop) -> None:
        self._loop = loop

    def now(self) -> datetime:
        return START + timedelta(seconds=self._loop.time() - BEGIN)

    def monotonic(self) -> float:
        return self._loop.time()

    @property
    def elapsed(self) -> float:
        """Seconds since the beginning."""
        return round(self._loop.time() - BEGIN, 6)

    @property
    def steps(self) -> int:
        """How often the loop went round."""
        return self._loop.steps

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(max(0.0, seconds))


def run(main: Callable[[VirtualClock], Awaitable[_T]]) -> _T:
    """Run to the end in virtual time; raises Deadlock where there is none."""
    loop = VirtualLoop()

    async def whole() -> _T:
        return await main(VirtualClock(loop))

    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        return runner.run(whole())

"""A bound on the bytes of all bodies that are being read or looked at, over all hosts.

Each body has a bound of its own, but dozens of them at once would not fit into memory. A body that
has more than `FREE` bytes waits where the total is reached; whoever waited longest goes on alone,
so at least one always does, and the total is passed by one body. Waiting is not the server's
slowness: the time limit of the request stands still meanwhile. What an exchange holds is given back
when nobody has it any more; the next one goes ahead then, or after `_KEPT` seconds, since whoever
has it may be waiting for another body himself.
"""

from __future__ import annotations

import asyncio
import threading
import weakref
from contextlib import suppress
from typing import Self

from citecheck.records.exchange import Exchange

TOTAL = 200_000_000
_KEPT = 10.0
FREE = 64_000  # bytes of one body that never wait: small pages pass large ones


class Freight:
    """The bytes of a run in memory; `most` is the bound."""

    def __init__(self, most: int = TOTAL) -> None:
        self.total = 0
        self._most = most
        self._waiting: dict[Load, asyncio.Future[None]] = {}
        self._ahead: Load | None = None
        self._given: dict[int, weakref.ref[Exchange]] = {}

    def load(self) -> Load:
        """A body that begins to arrive."""
        return Load(self)

    def full(self, load: Load) -> bool:
        return self.total >= self._most and self._ahead is not load

    async def wait(self, load: Load) -> None:
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting[load] = future
        self._pass_on()
        try:
            await future
        finally:
            self._waiting.pop(load, None)

    def changed(self, load: Load, by: int) -> None:
        self.total += by
        self._pass_on()

    def over(self, load: Load) -> None:
        """This body is read and dropped, or given up."""
        if self._ahead is load:
            self._ahead = None
        self._pass_on()

    def keep(self, exchange: Exchange, load: Load, size: int) -> None:
        """So many bytes are held until nobody has the exchange any more."""
        loop, here = asyncio.get_running_loop(), threading.get_ident()

        def dropped(ref: weakref.ref[Exchange]) -> None:
            if threading.get_ident() == here:
                self._give_back(ref, load, size)
                return
            with suppress(RuntimeError):  # the loop is closed: the run is over
                loop.call_soon_threadsafe(self._give_back, ref, load, size)

        ref = weakref.ref(exchange, dropped)
        self._given[id(ref)] = ref
        if self._ahead is load:
            loop.call_later(_KEPT, self.over, load)

    def _give_back(self, ref: weakref.ref[Exchange], load: Load, size: int) -> None:
        del self._given[id(ref)]
        self.total -= size
        self.over(load)

    def _pass_on(self) -> None:
        """Wake whoever may go on: one at a time, since it takes room before the next is asked."""
        while self._waiting and (self.total < self._most or self._ahead is None):
            load, future = next(iter(self._waiting.items()))
            del self._waiting[load]
            if not future.done():
                if self.total >= self._most:
                    self._ahead = load
                future.set_result(None)
                return


class Load:
    """The bytes of one body while it is read; a context manager, which gives back what is not
    handed over."""

    def __init__(self, freight: Freight) -> None:
        self._freight = freight
        self._size = 0
        self._handed_over = False

    async def room(self, limit: asyncio.Timeout | None = None) -> None:
        """Wait until more may be read; `limit` stands still meanwhile."""
        if self._size <= FREE or not self._freight.full(self):
            return
        loop = asyncio.get_running_loop()
        until = limit.when() if limit is not None else None
        left = None if until is None else until - loop.time()
        if limit is not None and left is not None:
            limit.reschedule(None)
        while self._freight.full(self):
            await self._freight.wait(self)
        if limit is not None and left is not None:
            limit.reschedule(loop.time() + left)

    def holds(self, size: int) -> None:
        """So many bytes have been read by now."""
        more, self._size = size - self._size, size
        self._freight.changed(self, more)

    def hand_over(self, exchange: Exchange) -> None:
        """Reading is over; the bytes are the exchange's now."""
        self._freight.keep(exchange, self, self._size)
        self._size = 0
        self._handed_over = True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if not self._handed_over:
            self.holds(0)
            self._freight.over(self)

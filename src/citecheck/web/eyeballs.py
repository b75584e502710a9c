"""Happy eyeballs (RFC 8305): several addresses of one name, the first to connect wins.

The addresses come with their families by turns; the next attempt begins 250 ms after the last one
(RFC 8305, 5), or at once when that one failed. So a dead IPv6 route costs 250 ms.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeAlias

import httpcore

DELAY = 0.25
Endpoint: TypeAlias = tuple[str, int]
Connect: TypeAlias = Callable[[Endpoint, float], Awaitable[httpcore.AsyncNetworkStream]]


class NoneConnected(Exception):
    """`failures` holds why, per endpoint that was tried; one that was still at it has none."""

    def __init__(self, failures: Sequence[tuple[Endpoint, Exception]]) -> None:
        super().__init__("no address could be connected to")
        self.failures = tuple(failures)


async def race(
    endpoints: Sequence[Endpoint], connect: Connect, seconds: float, delay: float = DELAY
) -> tuple[Endpoint, httpcore.AsyncNetworkStream]:
    """The endpoint that connected first and its stream, within so many `seconds`.

    `connect` raises httpcore's ConnectError or ConnectTimeout. Losers are cancelled and closed,
    also where the caller is cancelled. Raises NoneConnected.
    """
    if len(endpoints) == 1:
        try:
            return endpoints[0], await connect(endpoints[0], seconds)
        except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
            raise NoneConnected([(endpoints[0], error)]) from error
    loop = asyncio.get_running_loop()
    deadline = loop.time() + seconds
    waiting = list(endpoints)
    running: dict[asyncio.Task[httpcore.AsyncNetworkStream], Endpoint] = {}
    failures: list[tuple[Endpoint, Exception]] = []
    try:
        while (waiting or running) and (left := deadline - loop.time()) > 0:
            if waiting:
                endpoint = waiting.pop(0)
                running[asyncio.ensure_future(connect(endpoint, left))] = endpoint
            pause = min(delay, left) if waiting else left
            done, _ = await asyncio.wait(
                running, timeout=pause, return_when=asyncio.FIRST_COMPLETED
            )
            for task in done:
                endpoint = running.pop(task)
                try:
                    return endpoint, task.result()
                except (httpcore.ConnectError, httpcore.ConnectTimeout) as failure:
                    failures.append((endpoint, failure))
    finally:
        await _give_up(list(running))
    failures += [(e, httpcore.ConnectTimeout()) for e in running.values()]
    raise NoneConnected(failures)


async def _give_up(losers: list[asyncio.Task[httpcore.AsyncNetworkStream]]) -> None:
    """Cancel what still connects, and close what has connected in the same moment."""
    for task in losers:
        task.cancel()
    for task in losers:
        await asyncio.wait([task])
        if not task.cancelled() and task.exception() is None:
            await task.result().aclose()

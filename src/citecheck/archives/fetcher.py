"""What archives need of a client: one request, one exchange or one fault, and nothing raised."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol, runtime_checkable

from citecheck.records.ask import Ask
from citecheck.records.exchange import Exchange
from citecheck.records.observation import Fault

_MOMENT = 5.0  # seconds


class Fetcher(Protocol):
    """The polite client of the run. It does not follow redirects of an archive's interfaces."""

    async def fetch(self, ask: Ask) -> Exchange | Fault: ...


class Within:
    """A client whose requests end when the time for them does; `left` tells it in seconds."""

    def __init__(self, client: Fetcher, left: Callable[[], float]) -> None:
        self._client = client
        self._left = left

    async def fetch(self, ask: Ask) -> Exchange | Fault:
        return await self._client.fetch(in_time(ask, self._left()))


def in_time(ask: Ask, left: float) -> Ask:
    """The request with what is `left` (seconds) as its longest time. What makes something may take
    a moment more: it would be done all the same, and nobody the wiser."""
    least = _MOMENT if ask.content or ask.method == "POST" else 1.0
    most = max(least, left)
    return replace(ask, timeout=most if ask.timeout is None else min(ask.timeout, most))


@runtime_checkable
class Holds(Protocol):
    """A client that lets requests wait for their turn, and can hold them back there."""

    def hold(self, url: str, seconds: float) -> None: ...

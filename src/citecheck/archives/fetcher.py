"""What archives need of a client: one request, one exchange or one fault, and nothing raised."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from citecheck.records.ask import Ask
from citecheck.records.exchange import Exchange
from citecheck.records.observation import Fault


class Fetcher(Protocol):
    """The polite client of the run. It does not follow redirects of an archive's interfaces."""

    async def fetch(self, ask: Ask) -> Exchange | Fault: ...


@runtime_checkable
class Holds(Protocol):
    """A client that lets requests wait for their turn, and can hold them back there."""

    def hold(self, url: str, seconds: float) -> None: ...

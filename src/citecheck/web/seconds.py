"""The second tries of a run, by another way to write an address: few, and none without a network.

Where nothing answers at such an address either, the host is not tried again in this run: links of
one host wait for the first of them, then share what it heard. While nothing in the world answers,
no second try is made at all.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from citecheck.records.exchange import Exchange
from citecheck.records.observation import Fault, FaultKind
from citecheck.urls.address import host_of, registrable_domain
from citecheck.web.variants import origin

_DOWN = frozenset(
    {
        FaultKind.DNS_NXDOMAIN,
        FaultKind.DNS_FAILURE,
        FaultKind.CONNECT_TIMEOUT,
        FaultKind.CONNECTION_REFUSED,
    }
)
_OF_ONE_PAGE = frozenset({FaultKind.ROBOTS, FaultKind.PROTOCOL_ERROR})
# Registrable domains in a row without any answer, by which a network is taken to be down: at the
# start of a run, and once something has answered.
_DOUBT, _LATER_DOUBT = 3, 20


class SecondTries:
    """One for a run."""

    def __init__(self) -> None:
        self._answered = False
        self._failing: set[str] = set()
        self._dead: dict[tuple[str, str], Fault] = {}
        self._alive: set[tuple[str, str]] = set()
        self._turns: dict[tuple[str, str], asyncio.Lock] = {}

    def heard(self, url: str, answer: Exchange | Fault) -> None:
        """An ordinary request has ended: what that says of the network."""
        if isinstance(answer, Exchange):
            self._answered = True
            self._failing.clear()
        elif answer.kind in _DOWN:
            self._failing.add(registrable_domain(host_of(url)))

    def offline(self) -> bool:
        """Whether it looks as if nothing could be reached."""
        return len(self._failing) >= (_LATER_DOUBT if self._answered else _DOUBT)

    async def answer(
        self, url: str, ask: Callable[[], Awaitable[Exchange | Fault]]
    ) -> Exchange | Fault | None:
        """The answer to a second try, made by `ask` or known already; None where it is spared."""
        place = origin(url)
        if place in self._alive:
            return await ask()
        async with self._turns.setdefault(place, asyncio.Lock()):
            if place in self._dead:
                return self._dead[place]
            if self.offline():
                return None
            answer = await ask()
            if isinstance(answer, Fault):
                if answer.kind not in _OF_ONE_PAGE:
                    self._dead[place] = answer
            else:
                self._alive.add(place)
            return answer

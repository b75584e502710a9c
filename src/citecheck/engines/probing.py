"""The sibling probe of a run: a made-up neighbour of a suspicious address is asked for.

At most one probe a host a run, and only where a page is suspicious already. Its answer is shared:
every suspicious page of the host is held beside it. One in another folder, or of another kind of
file, may be served by another part of the server, so there only the very same answer counts.
"""

from __future__ import annotations

import asyncio
import random
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import TypeAlias
from urllib.parse import parse_qsl, urlsplit

from citecheck.engines.sibling import sibling_of
from citecheck.records.exchange import Exchange
from citecheck.records.link import Link
from citecheck.records.observation import Signal, Strength
from citecheck.records.ports import Clock
from citecheck.settings import Settings
from citecheck.urls.address import host_of
from citecheck.urls.archived import keeper_of
from citecheck.web.client import PoliteClient
from citecheck.web.ladder import Climb, Plan, climb
from citecheck.web.robots import Robots
from citecheck.web.visit import drive

# compare(sibling, exchange): what the answer to an invented address says about the cited one's.
Compare: TypeAlias = Callable[[Exchange, Exchange], Signal | None]
# aside(work, size): the result of CPU work on so many bytes, off the event loop where it is long.
Aside: TypeAlias = Callable[[Callable[[], Signal | None], int], Awaitable[Signal | None]]
_KEPT = 50_000_000  # bytes of answers that are kept for the other links of their hosts


@dataclass(slots=True, eq=False)
class _Probe:
    """A probe under way or done: what kind of address was invented, and the page that came for it
    (None: none came, or it is kept no longer)."""

    place: tuple[str, ...]
    answer: asyncio.Future[Exchange | None]


class Prober:
    """What a run has asked of made-up neighbours."""

    def __init__(
        self,
        compare: Compare,
        *,
        client: PoliteClient,
        settings: Settings,
        clock: Clock,
        robots: Robots | None,
        rng: random.Random,
        aside: Aside,
    ) -> None:
        self._compare, self._client, self._settings = compare, client, settings
        self._clock, self._robots, self._rng, self._aside = clock, robots, rng, aside
        self._probes: dict[str, _Probe] = {}
        self._kept: deque[tuple[_Probe, int]] = deque()
        self._weight = 0

    async def word(self, end: Exchange, link: Link, found: Climb) -> Signal | None:
        """What the neighbour's answer says about a link's, or None; a web archive is not asked:
        what it has of a page is in no relation to what it says of an address nobody kept."""
        if keeper_of(link.url) or keeper_of(found.final_url):
            return None
        hosts = (host_of(link.url), host_of(found.final_url))
        probe = next((self._probes[h] for h in hosts if h in self._probes), None)
        if probe is None:
            answer = await self._first(link, hosts)
        else:
            # Shielded: a visit that is cancelled takes the answer from none of the others.
            answer = await asyncio.shield(probe.answer)
        if answer is None:
            return None
        size = len(answer.content) + len(end.content)
        sign = await self._aside(lambda: self._compare(answer, end), size)
        beside = probe is None or probe.place == place_of(link.url)
        if sign is None or beside or sign.strength is Strength.DECISIVE:
            return sign
        return None

    async def _first(self, link: Link, hosts: tuple[str, ...]) -> Exchange | None:
        """Ask for a neighbour, for this link and all that come after it."""
        address = sibling_of(link.url, self._rng)
        if not address:
            return None
        waiting: asyncio.Future[Exchange | None] = asyncio.get_running_loop().create_future()
        probe = _Probe(place_of(link.url), waiting)
        self._probes |= dict.fromkeys(hosts, probe)
        answer = None
        try:
            answer = await self._ask(address)
        finally:
            if not waiting.done():
                waiting.set_result(answer)
        if answer is not None:
            self._keep(probe, len(answer.content))
        return answer

    def _keep(self, probe: _Probe, size: int) -> None:
        """Hosts are visited in one go: the oldest pages are the first that nobody asks for."""
        self._kept.append((probe, size))
        self._weight += size
        while self._weight > _KEPT and len(self._kept) > 1:
            old, weight = self._kept.popleft()
            self._weight -= weight
            old.answer = asyncio.get_running_loop().create_future()
            old.answer.set_result(None)

    async def _ask(self, address: str) -> Exchange | None:
        plan = Plan(
            now=self._clock.now,
            retries=0,
            confirm=False,
            max_hops=self._settings.max_hops,
            patience=self._settings.timeout,
            retry_after_limit=self._settings.retry_after_limit,
        )
        end = (await drive(climb(address, plan), self._client, robots=self._robots)).end
        if not isinstance(end, Exchange) or end.status != 200:
            return None  # an error for the neighbour says nothing of the cited address
        # An exchange of its own: what the client counts as under way is let go (`web/freight.py`).
        return replace(end, raw=b"")


def place_of(url: str) -> tuple[str, ...]:
    """What two addresses have in common that one part of a server answers: host, folder, kind of
    file and names in the query."""
    parts = urlsplit(url)
    folder, _, last = parts.path.rstrip("/").rpartition("/")
    kind = last.rpartition(".")[2].lower() if "." in last else ""
    names = sorted({name for name, _ in parse_qsl(parts.query, keep_blank_values=True)})
    return (host_of(url), folder, kind, *names)

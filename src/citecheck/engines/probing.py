"""The sibling probe of a run: a made-up neighbour of a suspicious address is asked for.

At most one probe a host a run, and only where a page is suspicious already.
"""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable
from typing import TypeAlias

from citecheck.engines.sibling import sibling_of
from citecheck.records.exchange import Exchange
from citecheck.records.link import Link
from citecheck.records.observation import Signal
from citecheck.records.ports import Clock
from citecheck.settings import Settings
from citecheck.urls.address import host_of
from citecheck.web.client import PoliteClient
from citecheck.web.ladder import Climb, Plan, climb
from citecheck.web.robots import Robots
from citecheck.web.visit import drive

# compare(sibling, exchange): what the answer to an invented address says about the cited one's.
Compare: TypeAlias = Callable[[Exchange, Exchange], Signal | None]
# aside(work, size): the result of CPU work on so many bytes, off the event loop where it is long.
Aside: TypeAlias = Callable[[Callable[[], Signal | None], int], Awaitable[Signal | None]]


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
        self._probed: set[str] = set()

    async def word(self, end: Exchange, link: Link, found: Climb) -> Signal | None:
        """What the neighbour's answer says about a link's, or None."""
        hosts = {host_of(link.url), host_of(found.final_url)}
        address = sibling_of(link.url, self._rng)
        if hosts & self._probed or not address:
            return None
        self._probed |= hosts
        plan = Plan(
            now=self._clock.now,
            retries=0,
            confirm=False,
            max_hops=self._settings.max_hops,
            retry_after_limit=self._settings.retry_after_limit,
        )
        sibling = await drive(climb(address, plan), self._client, robots=self._robots)
        answer = sibling.end
        if not isinstance(answer, Exchange):
            return None
        size = len(answer.content) + len(end.content)
        return await self._aside(lambda: self._compare(answer, end), size)

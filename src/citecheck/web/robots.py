"""robots.txt where a run is asked to obey it (`--robots`): Disallow and Crawl-delay, RFC 9309.

Read once a host and run. As in RFC 9309 2.3.1.3 an absent file (4xx) forbids nothing; an
unreachable one forbids nothing either: a single visit that a person could make is no crawl.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from citecheck.records.ask import Ask
from citecheck.records.exchange import Exchange
from citecheck.web.client import PoliteClient

if TYPE_CHECKING:
    from protego import Protego

AGENT = "citecheck"
_BYTES = 512_000
_HOPS = 5


class Robots:
    """The rules of all hosts of a run, by scheme, host and port."""

    def __init__(self, client: PoliteClient) -> None:
        self._client = client
        self._rules: dict[str, asyncio.Task[Protego | None]] = {}

    async def allows(self, url: str) -> bool:
        """Whether the rules of its host let this program ask for the address."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        task = self._rules.get(origin)
        if task is None:
            task = self._rules[origin] = asyncio.create_task(self._read(origin))
        rules = await asyncio.shield(task)
        if rules is None:
            return True
        try:
            delay = rules.crawl_delay(AGENT)
            allowed = bool(rules.can_fetch(url, AGENT))
        except (ValueError, RecursionError):
            return True
        if delay:
            most = self._client.settings.retry_after_limit
            self._client.hosts.host(parts.hostname or "").slow_to(min(float(delay), most))
        return allowed

    async def _read(self, origin: str) -> Protego | None:
        from protego import Protego

        url = f"{origin}/robots.txt"
        for _ in range(_HOPS + 1):
            answer = await self._client.fetch(Ask(url, max_bytes=_BYTES))
            if not isinstance(answer, Exchange):
                return None
            if answer.status in (301, 302, 303, 307, 308) and answer.header("location"):
                try:
                    url = urljoin(url, answer.header("location"))
                except ValueError:
                    return None
                continue
            if answer.status != 200:
                return None
            try:
                return Protego.parse(answer.content.decode("utf-8", "replace"))
            except (ValueError, RecursionError):
                return None
        return None

"""robots.txt where a run is asked to obey it (`--robots`): Disallow and Crawl-delay, RFC 9309.

Read once a host and run; of very many hosts the last thousand are kept, since one is visited in one
go. As in RFC 9309 2.3.1.3 an absent file (4xx) forbids nothing; an unreachable one forbids nothing
either: a single visit that a person could make is no crawl.

A hostile file is bounded: 500 KiB are read, the least that RFC 9309 (2.5) asks for; Protego matches
wildcards without regular expressions since 0.7, so the worst such file found costs half a second to
parse and less than a tenth to match. Files that are not small are worked on in a thread. Its rules
take up to thirty times its size: of all files together the last `_KEPT` characters are remembered.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urljoin, urlsplit

from citecheck.records.ask import Ask
from citecheck.records.exchange import Exchange
from citecheck.web.client import PoliteClient
from citecheck.web.reading import REDIRECTS

if TYPE_CHECKING:
    from protego import Protego

AGENT = "citecheck"
_T = TypeVar("_T")
_BYTES = 512_000
_HOPS = 5
_KEPT = 1_000
_SMALL = 16_000  # bytes of a file below which a thread costs more than the work
_LONGEST = 2_000  # characters of an address that are compared
_KEPT = 8_000_000


class Robots:
    """The rules of all hosts of a run, by scheme, host and port."""

    def __init__(self, client: PoliteClient) -> None:
        self._client = client
        self._rules: dict[str, asyncio.Task[_Rules | None]] = {}
        self._sizes: dict[str, int] = {}
        self._held = 0

    async def allows(self, url: str) -> bool:
        """Whether the rules of its host let this program ask for the address."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        task = self._rules.get(origin)
        if task is None:
            if len(self._rules) >= _KEPT:
                del self._rules[next(iter(self._rules))]
            task = self._rules[origin] = asyncio.create_task(self._read(origin))
        rules = await asyncio.shield(task)
        if rules is None:
            return True
        return await self._aside(rules.allows, url[:_LONGEST], rules.size)

    def _remember(self, origin: str, size: int) -> None:
        """The longest known are forgotten, and read again should they be needed."""
        self._sizes[origin] = size
        self._held += size
        while self._held > _KEPT:
            oldest = next(iter(self._sizes))
            self._held -= self._sizes.pop(oldest)
            del self._rules[oldest]

    @staticmethod
    async def _aside(work: Callable[[str], _T], text: str, size: int) -> _T:
        return work(text) if size <= _SMALL else await asyncio.to_thread(work, text)

    async def _read(self, origin: str) -> _Rules | None:
        url = f"{origin}/robots.txt"
        for _ in range(_HOPS + 1):
            answer = await self._client.fetch(Ask(url, max_bytes=_BYTES))
            if not isinstance(answer, Exchange):
                return None
            if answer.status in REDIRECTS and answer.header("location"):
                try:
                    url = urljoin(url, answer.header("location"))
                except ValueError:
                    return None
                continue
            if answer.status != 200:
                return None
            text = answer.content.decode("utf-8", "replace")
            rules = await self._aside(_Rules.of, text, len(text))
            self._remember(origin, len(text))
            if rules is not None and rules.delay:
                most = self._client.settings.retry_after_limit
                host = self._client.hosts.host(urlsplit(origin).hostname or "")
                host.slow_to(min(rules.delay, most))
            return rules
        return None


@dataclass(frozen=True, slots=True)
class _Rules:
    """The rules of one file; `delay` in seconds, 0 for none, `size` in characters."""

    protego: Protego
    delay: float
    size: int

    @classmethod
    def of(cls, text: str) -> _Rules | None:
        from protego import Protego

        try:
            protego = Protego.parse(text)
            delay = float(protego.crawl_delay(AGENT) or 0.0)
        except (ValueError, RecursionError):
            return None
        return cls(protego, delay if 0 < delay < float("inf") else 0.0, len(text))

    def allows(self, url: str) -> bool:
        try:
            return bool(self.protego.can_fetch(url, AGENT))
        except (ValueError, RecursionError):
            return True

"""Keeps what pages need to be shown (`--warc requisites`): fetched once a run, politely, recorded.

Only pages that are well are completed, or changed ones; of a page whose copy is not new only what
the folder lacks is asked for. Everything goes through the one client of the run, so the pace of a
host, its pauses and the guard against addresses that are not public hold here too; no cookie and no
credential is sent. A page may cost `A_PAGE` requests and `BYTES` decoded bytes, a host that fails
`TIRED` times in a row is left alone, and what a failure or a bound leaves out is counted, no more.
"""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from urllib.parse import urljoin

from citecheck.records.ask import Ask
from citecheck.records.copies import Copy
from citecheck.records.exchange import Exchange
from citecheck.records.link import Link
from citecheck.records.looked import Looked
from citecheck.records.observation import Hop, Observation
from citecheck.records.ports import Clock, Progress
from citecheck.settings import Settings
from citecheck.signals.requisites import Requisite, is_stylesheet, of_page, of_stylesheet
from citecheck.urls.address import InvalidAddress, fetch_form, has_secret, host_of, without_fragment
from citecheck.urls.archived import orders_saving
from citecheck.web.client import PoliteClient
from citecheck.web.reading import REDIRECTS
from citecheck.web.robots import Robots

STAGE = "requisites"
A_PAGE = 200
BYTES = 50_000_000
TIRED = 3
_HOPS = 5
_SMALL = 50_000  # bytes of a stylesheet below which a thread costs more than the work
_Look = Callable[[Exchange, Link, tuple[Hop, ...]], Looked]


class Keeper(Protocol):
    """Where exchanges are recorded, and what is known of those that are."""

    def record(self, exchange: Exchange, link: str, via: str = "") -> None: ...

    def note(self, copy: Copy, fields: Sequence[tuple[str, str]]) -> None: ...

    def holds(self, url: str) -> bool: ...

    def settled(self, url: str) -> bool: ...

    def copy_of(self, url: str, at: datetime) -> Copy | None: ...


@dataclass(slots=True, eq=False)
class _Page:
    """A page to complete; `needs` is all that it names, whoever else has had it fetched."""

    copy: Copy
    link: str
    needs: list[Requisite] = field(default_factory=list)
    asked: int = 0
    room: int = BYTES
    kept: int = 0

    @property
    def new(self) -> bool:
        return self.copy.visit == self.copy.record


@dataclass(frozen=True, slots=True)
class _Wanted:
    page: _Page
    requisite: Requisite
    depth: int


class Requisites:
    """Of one run. `kept`, `failed` and `left` (out, by a bound or the time) count addresses."""

    def __init__(self, keeper: Keeper, settings: Settings, clock: Clock) -> None:
        self._keeper, self._settings, self._clock = keeper, settings, clock
        self._progress: Progress | None = None
        self._named: dict[tuple[str, datetime], tuple[Requisite, ...]] = {}
        self._asked: set[str] = set()
        self._inner: dict[str, tuple[Requisite, ...]] = {}  # what stylesheets name, by address
        self._queues: dict[str, deque[_Wanted]] = {}
        self._waiting: set[str] = set()
        self._workers: Counter[str] = Counter()
        self._faults: Counter[str] = Counter()
        self._done = self._total = 0
        self.kept = self.failed = self.left = 0

    def looking(self, look: _Look) -> _Look:
        """A look that also writes down what a page needs."""

        def noting(exchange: Exchange, link: Link, hops: tuple[Hop, ...]) -> Looked:
            found = of_page(exchange) if 200 <= exchange.status < 300 else ()
            if found:
                self._named[_place(exchange.url), exchange.at] = found
            return look(exchange, link, hops)

        return noting

    async def complete(
        self,
        seen: Sequence[Observation],
        client: PoliteClient,
        until: float | None,
        progress: Progress | None = None,
    ) -> None:
        """Fetch what the pages of these visits need; nothing begins past `until` (monotonic).

        Raises LedgerError where the disk does not take what came."""
        self._progress = progress
        robots = Robots(client) if self._settings.robots else None
        pages = []
        for visit in seen:
            named = self._named.get((_place(visit.final_url), visit.at), ())
            copy = self._keeper.copy_of(visit.final_url, visit.at) if named else None
            if copy is not None:
                page = _Page(copy, visit.url)
                pages.append(page)
                for requisite in named:
                    self._want(page, requisite, 0)
        try:
            async with asyncio.TaskGroup() as group:
                self._start(group, client, robots, until)
        except BaseExceptionGroup as failures:
            raise failures.exceptions[0] from None
        for page in pages:
            if page.new or page.kept:
                outlinks = [("outlink", f"{r.url} E {r.how}") for r in self._needs(page)]
                self._keeper.note(page.copy, outlinks)

    def _needs(self, page: _Page) -> list[Requisite]:
        """All that a page needs, through stylesheets too that another page had fetched."""
        found = dict.fromkeys(page.needs)
        for _ in range(2):
            for one in tuple(found):
                found.update(dict.fromkeys(self._inner.get(one.url, ())))
        return list(found)[: 2 * A_PAGE]

    @property
    def told(self) -> str:
        """What came of it, in one line; empty where no page needed anything."""
        if not (self.kept or self.failed or self.left):
            return ""
        said = [f"{self.kept:,} kept"]
        said += [f"{self.failed:,} could not be fetched"] if self.failed else []
        said += [f"{self.left:,} left out"] if self.left else []
        return f"Files that pages need to be shown: {', '.join(said)}."

    def _want(self, page: _Page, requisite: Requisite, depth: int) -> None:
        if requisite in page.needs or orders_saving(requisite.url):
            return
        if page.asked >= A_PAGE:
            self.left += 1
            return
        page.asked += 1
        page.needs.append(requisite)
        if requisite.url in self._asked:
            return
        self._asked.add(requisite.url)
        if not page.new and self._keeper.settled(requisite.url):
            return
        host = host_of(requisite.url)
        self._total += 1
        self._queues.setdefault(host, deque()).append(_Wanted(page, requisite, depth))
        self._waiting.add(host)

    def _start(
        self,
        group: asyncio.TaskGroup,
        client: PoliteClient,
        robots: Robots | None,
        until: float | None,
    ) -> None:
        """As many workers a host as may ask it at once, where something has been added."""
        while self._waiting:
            host = self._waiting.pop()
            while self._workers[host] < min(self._settings.per_host, len(self._queues[host])):
                self._workers[host] += 1
                group.create_task(self._work(group, host, client, robots, until))

    async def _work(
        self,
        group: asyncio.TaskGroup,
        host: str,
        client: PoliteClient,
        robots: Robots | None,
        until: float | None,
    ) -> None:
        queue = self._queues[host]
        while queue:
            wanted = queue.popleft()
            over = until is not None and self._clock.monotonic() >= until
            if over or wanted.page.room <= 0 or self._faults[host] >= TIRED:
                self.left += 1
            else:
                await self._fetch(wanted, client, robots, until)
            self._done += 1
            if self._progress is not None:
                self._progress.stage(STAGE, self._done, self._total)
            self._start(group, client, robots, until)
        self._workers[host] -= 1

    async def _fetch(
        self, wanted: _Wanted, client: PoliteClient, robots: Robots | None, until: float | None
    ) -> None:
        page, url = wanted.page, wanted.requisite.url
        for _ in range(_HOPS + 1):
            if robots is not None and not await robots.allows(url):
                break
            answer = await client.fetch(self._ask(url, page, until))
            if not isinstance(answer, Exchange):
                self._faults[host_of(wanted.requisite.url)] += 1
                break
            self._faults[host_of(wanted.requisite.url)] = 0
            self._keeper.record(answer, page.link, page.copy.url)
            page.room -= len(answer.content)
            if answer.status in REDIRECTS and (onward := _onward(answer)):
                if onward in self._asked:
                    return
                self._asked.add(onward)
                url = onward
                continue
            if 200 <= answer.status < 300 and not answer.truncated:
                self.kept += 1
                page.kept += 1
                await self._inside(wanted, answer)
                return
            break
        self.failed += 1

    def _ask(self, url: str, page: _Page, until: float | None) -> Ask:
        left = None if until is None else max(1.0, until - self._clock.monotonic())
        timeout = self._settings.timeout if left is None else min(self._settings.timeout, left)
        most = max(1, min(self._settings.max_bytes, page.room))
        return Ask(url, headers=(("Accept", "*/*"),), timeout=timeout, max_bytes=most)

    async def _inside(self, wanted: _Wanted, answer: Exchange) -> None:
        """What a stylesheet needs; one that another one imports imports no more."""
        if wanted.depth > 1 or not (wanted.requisite.style or is_stylesheet(answer)):
            return

        def read() -> tuple[Requisite, ...]:
            return of_stylesheet(answer, imports=wanted.depth == 0)

        small = len(answer.content) <= _SMALL
        found = read() if small else await asyncio.to_thread(read)
        self._inner[wanted.requisite.url] = found[:A_PAGE]
        for requisite in found:
            self._want(wanted.page, requisite, wanted.depth + 1)


def _place(url: str) -> str:
    try:
        return without_fragment(fetch_form(url))
    except ValueError:
        return url


def _onward(answer: Exchange) -> str:
    """Where a redirect leads, if that may be asked for and recorded under its name."""
    try:
        url = without_fragment(fetch_form(urljoin(answer.url, answer.header("location"))))
        barred = has_secret(url) or orders_saving(url)
        return "" if barred or not url.startswith(("http://", "https://")) else url
    except (InvalidAddress, ValueError):
        return ""

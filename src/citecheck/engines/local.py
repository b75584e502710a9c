"""The engine of one machine: visits all links over one polite client with asyncio.

Links are queued by host and the longest queues begin first and, wherever requests have to queue,
go first. A host has a few visits under way; the client keeps its pace and the bounds on what is on
the wire. A visit that waits (a pause that a host asked for, a second try) takes no place on the
wire, a host whose visits take long does not count among those begun, and a page that takes long to
read does not keep the small ones waiting: a slow or hostile host delays only itself. Each visit
ends in exactly one observation, handed to the sink at once; when the run is cut short, or its time
is used up, visits under way leave none.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections import deque
from collections.abc import Coroutine, Mapping, Sequence
from datetime import timedelta
from typing import Any

from citecheck.engines.aside import Aside
from citecheck.engines.filing import as_led, asked_before, body_of, faulted, filed
from citecheck.engines.probing import Compare, Prober
from citecheck.engines.variant import Look, variant_seen
from citecheck.errors import CitecheckError
from citecheck.records.exchange import Exchange
from citecheck.records.link import Link
from citecheck.records.looked import Looked
from citecheck.records.memory import Visit
from citecheck.records.observation import Body, Fault, FaultKind, Observation
from citecheck.records.ports import Clock, Progress, Sink
from citecheck.settings import Settings
from citecheck.urls.address import fetch_form, host_of
from citecheck.web.client import PoliteClient
from citecheck.web.hosts import Host
from citecheck.web.ladder import Climb, Plan, Wait, climb
from citecheck.web.onward import refused
from citecheck.web.places import Places
from citecheck.web.robots import Robots
from citecheck.web.seconds import SecondTries
from citecheck.web.visit import drive

STAGE = "check"
_log = logging.getLogger(__name__)
_TELL = 3.0  # seconds of a pause that are worth a word
_BEGUN = 8  # times `concurrency`: host queues that are worked on, besides the slow ones
_LONG_VISIT = 2.0  # seconds after which a queue is a slow one
_GRACE = 10.0  # seconds that visits under way have left when the time is used up
_TIRED = 4  # faults in a row after which a host's links are no longer asked twice


async def observe(
    links: Sequence[Link],
    *,
    client: PoliteClient,
    sink: Sink,
    visits: Mapping[str, Visit],
    settings: Settings,
    clock: Clock,
    progress: Progress,
    look: Look,
    compare: Compare | None = None,
    rng: random.Random | None = None,
    until: float | None = None,
    fresh: bool = False,
) -> int:
    """Visit every link once, those of a host in the order given; returns how many were not visited
    because it was past `until` (monotonic): no visit begins then, and those under way have at most
    ten seconds left. `visits` (by url) gives validators of earlier visits; `look` reads an
    answer; `compare` judges a sibling probe (None: none is made); `fresh` takes connections of
    their own for the visits. Errors of the sink and the recorder (LedgerError, OSError) end the
    run; nothing that the web does, can."""
    run = _Run(client, sink, visits, settings, clock, progress, look, compare, rng, until, fresh)
    try:
        await _within(run.all(links), until, clock)
        return run.unvisited
    finally:
        run.close()


async def _within(work: Coroutine[Any, Any, None], until: float | None, clock: Clock) -> None:
    """Do the work; past `until` and some grace it is given up."""
    if until is None:
        await work
        return
    task = asyncio.ensure_future(work)
    timer = asyncio.ensure_future(clock.sleep(max(0.0, until + _GRACE - clock.monotonic())))
    try:
        await asyncio.wait((task, timer), return_when=asyncio.FIRST_COMPLETED)
    finally:
        task.cancel()
        timer.cancel()
        await asyncio.gather(task, timer, return_exceptions=True)
    if not task.cancelled():
        task.result()


class _Run:
    def __init__(
        self,
        client: PoliteClient,
        sink: Sink,
        visits: Mapping[str, Visit],
        settings: Settings,
        clock: Clock,
        progress: Progress,
        look: Look,
        compare: Compare | None,
        rng: random.Random | None,
        until: float | None,
        fresh: bool,
    ) -> None:
        self._client, self._sink, self._visits = client, sink, visits
        self._settings, self._clock, self._progress = settings, clock, progress
        self._look = look
        self._robots = Robots(client) if settings.robots else None
        self._seconds = SecondTries()
        self._aside = Aside(clock)
        self._until, self._fresh = until, fresh
        self._done = self._total = 0
        self._prober = (
            Prober(
                compare,
                client=client,
                settings=settings,
                clock=clock,
                robots=self._robots,
                rng=rng if rng is not None else random.Random(),  # noqa: S311 (no secret)
                aside=self._aside,
            )
            if compare is not None and settings.probe
            else None
        )

    def close(self) -> None:
        self._aside.close()

    @property
    def unvisited(self) -> int:
        return self._total - self._done

    @property
    def _over(self) -> bool:
        return self._until is not None and self._clock.monotonic() >= self._until

    async def all(self, links: Sequence[Link]) -> None:
        self._total = len(links)
        self._progress.stage(STAGE, 0, self._total)
        queues: dict[str, deque[Link]] = {}
        for link in links:
            queues.setdefault(_name_of(link), deque()).append(link)
        # Queues that wait are cheap, but not free: a bound on those begun, well above the wire's.
        room = max(256, _BEGUN * self._settings.concurrency)
        begun = Places(self._clock, room, patience=_LONG_VISIT, spare=16 * room)
        try:
            async with asyncio.TaskGroup() as group:
                for name, queue in sorted(queues.items(), key=lambda q: len(q[1]), reverse=True):
                    host = self._client.hosts.host(name)
                    host.backlog = len(queue)
                    for _ in range(min(len(queue), 2 * self._settings.per_host)):
                        entered = asyncio.Event()
                        group.create_task(self._work(queue, host, begun, entered))
                        await entered.wait()
        except BaseExceptionGroup as failures:
            raise failures.exceptions[0] from None

    async def _work(
        self, queue: deque[Link], host: Host, begun: Places, entered: asyncio.Event
    ) -> None:
        async with begun.stay():
            entered.set()
            while queue and not self._over:
                link = queue.popleft()
                host.backlog = len(queue)
                self._sink.observed(await self._observation(link))
                self._done += 1
                self._progress.stage(STAGE, self._done, self._total)

    async def _observation(self, link: Link) -> Observation:
        try:
            return await self._visit(link)
        except (CitecheckError, OSError):
            raise
        except Exception as error:
            return faulted(link, self._stumbled(link, error), at=self._clock.now())

    def _stumbled(self, link: Link, error: Exception) -> Fault:
        name = type(error).__name__
        _log.warning("visit of %s: %s", host_of(link.url), name)
        _log.debug("visit of %s", host_of(link.url), exc_info=error)  # it may quote the page
        return Fault(FaultKind.PROTOCOL_ERROR, f"the answer could not be processed ({name})")

    async def _visit(self, link: Link) -> Observation:
        began = self._clock.monotonic()
        no = (
            Fault(FaultKind.LIBRARY_PROXY, "an address of a library proxy")
            if link.proxied
            else None
        )
        no = no or refused(link.url)
        if no is not None:
            return faulted(link, no, at=self._clock.now())
        found = await drive(
            climb(link.url, self._plan(link)),
            self._client,
            robots=self._robots,
            waiting=self._waiting,
            seconds=self._seconds,
        )
        since = self._client.hosts.host(host_of(found.final_url)).gone_since
        if since is not None:
            ago = timedelta(seconds=self._clock.monotonic() - since)
            found = asked_before(found, self._clock.now() - ago)
        looked, body = Looked(), None
        if isinstance(found.end, Exchange) and not found.not_modified:
            try:
                looked, body = await self._read(found.end, link, found)
            except Exception as error:
                fault = self._stumbled(link, error)
                elapsed = self._clock.monotonic() - began
                return faulted(link, fault, at=found.end.at, climb=found, elapsed=elapsed)
        at = found.end.at if isinstance(found.end, Exchange) else self._clock.now()
        elapsed = self._clock.monotonic() - began
        variant = await variant_seen(link, found, self._look, self._aside)
        return filed(link, found, looked, body=body, at=at, elapsed=elapsed, variant=variant)

    def _plan(self, link: Link) -> Plan:
        settings, visit = self._settings, self._visits.get(link.url)
        tired = self._client.hosts.host(_name_of(link)).failing >= _TIRED
        return Plan(
            now=self._clock.now,
            link=link.url,
            retries=0 if tired else settings.retries,
            max_hops=settings.max_hops,
            patience=3 * settings.timeout,
            confirm_after=settings.confirm_after,
            nxdomain_after=settings.nxdomain_after,
            retry_after_limit=settings.retry_after_limit,
            # Whether the other places that are cited are in it, only the page can tell.
            validators=() if link.fragments else _validators(visit),
            validated=visit.final_url if visit else "",
            quirks=settings.quirks,
            variants=True,
            fresh=self._fresh,
        )

    def _waiting(self, wait: Wait) -> None:
        if wait.seconds >= _TELL:
            note = f"waiting {wait.seconds:.0f} s for {wait.host}"
            self._progress.stage(STAGE, self._done, self._total, note)

    async def _read(self, end: Exchange, link: Link, found: Climb) -> tuple[Looked, Body | None]:
        """What the page says, its digest, and the sibling's word where there is doubt."""

        def read() -> tuple[Looked, Body | None]:
            return self._look(end, as_led(link, found), found.hops), body_of(end)

        looked, body = await self._aside(read, len(end.content))
        if looked.suspicious and self._prober is not None:
            signal = await self._prober.word(end, link, found)
            if signal is not None:
                looked = Looked(
                    page=looked.page,
                    signals=(*looked.signals, signal),
                    sketch=looked.sketch,
                    quotes_found=looked.quotes_found,
                )
        return looked, body


def _name_of(link: Link) -> str:
    """The host name that the client knows the link's requests by."""
    try:
        return host_of(fetch_form(link.url))
    except ValueError:
        return host_of(link.url)


def _validators(visit: Visit | None) -> tuple[tuple[str, str], ...]:
    """Headers that ask for a page only if it changed; none where its body is not known."""
    if visit is None or not visit.sha256:
        return ()
    pairs = (("If-None-Match", visit.etag), ("If-Modified-Since", visit.last_modified))
    return tuple((k, v) for k, v in pairs if v and v.isascii() and v.isprintable())

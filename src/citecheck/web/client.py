"""The polite client: every request of the program goes through `PoliteClient.fetch`.

Order of a request: the host's permit, the name's addresses, the guard, the host's pauses, a place
at the IP address, a place on the wire, the interval since the last start; then connect, ask and
read within one total time that covers none of the waiting before. Pauses are waited for before any
place is taken that another host may want, and a request that takes long soon holds none
(`places.py`): no host delays another. Bodies are read raw and decoded within a bound (`decode.py`),
since httpx decodes without one, and all together within another (`freight.py`). There is no cookie
jar, no credential of the environment, no redirect followed behind the caller's back, and no browser
is impersonated.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import nullcontext
from dataclasses import replace
from http.cookiejar import CookieJar, DefaultCookiePolicy
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

import httpx

from citecheck.records.ask import Ask
from citecheck.records.exchange import Exchange
from citecheck.records.observation import Fault, FaultKind
from citecheck.records.ports import Clock, Recorder
from citecheck.settings import Settings
from citecheck.urls.address import HTTP_SCHEMES, fetch_form, without_fragment
from citecheck.web.agent import user_agent
from citecheck.web.faults import fault_of
from citecheck.web.freight import Freight
from citecheck.web.gates import Gate, Sending, Server
from citecheck.web.guard import Guard
from citecheck.web.hosts import PATIENCE, Host, Hosts
from citecheck.web.line import ENDPOINTS, TRUSTED
from citecheck.web.places import Places
from citecheck.web.proxies import DIRECT, Proxies
from citecheck.web.reading import Reading, enough, flooded, without_location
from citecheck.web.resolver import Resolver
from citecheck.web.silence import Silence
from citecheck.web.transport import FRESH, Endpoints

_PORTS = {"http": 80, "https": 443}
_SENDING = frozenset(f"http{v}.send_request_headers.started" for v in ("11", "2"))
_ANSWERED = frozenset(f"http{v}.receive_response_headers.complete" for v in ("11", "2"))
_TRANSIT = 0.2  # seconds that a request may take to arrive
_SPARE = 4  # times `concurrency`: requests that may wait for slow hosts, besides the quick ones


class PoliteClient:
    """Made by `web.build.open_client`; an async context manager. `hosts` holds the gates."""

    def __init__(
        self,
        settings: Settings,
        *,
        transport: httpx.AsyncBaseTransport,
        resolver: Resolver,
        guard: Guard,
        clock: Clock,
        recorder: Recorder | None = None,
        proxies: Proxies = DIRECT,
    ) -> None:
        self.settings = settings
        self.clock = clock
        self.hosts = Hosts(
            clock,
            permits=settings.per_host,
            interval=settings.delay,
            limit=settings.retry_after_limit,
        )
        self.resolver = resolver
        self._guard = guard
        self.proxies = proxies
        self._recorder = recorder
        self._wire = Places(
            clock, settings.concurrency, patience=PATIENCE, spare=_SPARE * settings.concurrency
        )
        self.freight = Freight()
        self._silence = Silence()
        self._shared: dict[tuple[Any, ...], asyncio.Future[Exchange | Fault | None]] = {}
        self._http = httpx.AsyncClient(
            transport=transport,
            trust_env=False,
            follow_redirects=False,
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
            event_hooks={"response": [without_location]},
            headers={
                "User-Agent": user_agent(settings.contact),
                "Accept": "text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.8",
                "Accept-Encoding": "gzip, deflate",
            },
        )

    async def __aenter__(self) -> Self:
        await self._http.__aenter__()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._http.__aexit__(kind, error, trace)

    async def fetch(self, ask: Ask) -> Exchange | Fault:
        """One request and its answer. Network trouble is a Fault, never an exception.

        Equal requests without side effects that are under way at the same time share one answer.
        """
        try:
            url = without_fragment(fetch_form(ask.url))
        except ValueError as error:
            return Fault(FaultKind.INVALID_URL, str(error))
        if urlsplit(url).scheme not in HTTP_SCHEMES:
            return Fault(FaultKind.UNSUPPORTED_SCHEME, "only http and https can be asked")
        if ask.fresh or ask.method not in ("GET", "HEAD") or ask.content:
            return await self._fetch(ask, url)
        key = (ask.method, url, ask.headers, ask.trusted, ask.max_bytes, ask.timeout)
        while key in self._shared:
            shared = await asyncio.shield(self._shared[key])
            if shared is not None:
                return shared
        future = asyncio.get_running_loop().create_future()
        self._shared[key] = future
        answer: Exchange | Fault | None = None
        try:
            answer = await self._fetch(ask, url)
        finally:
            del self._shared[key]
            if not future.done():
                future.set_result(answer)  # None: given up, whoever waits asks anew
        return answer

    def hold(self, url: str, seconds: float) -> None:
        """Start no request to the host of `url` for so long, those that wait already included."""
        self.hosts.host(urlsplit(url).hostname or "").silence(seconds, self.clock.monotonic())

    async def _fetch(self, ask: Ask, url: str) -> Exchange | Fault:
        parts = urlsplit(url)
        name = parts.hostname or ""
        port = parts.port or _PORTS[parts.scheme]
        refused = None if ask.trusted else self._guard.refuses_name(name)
        if refused is not None:
            return refused
        host = self.hosts.host(name)
        # How much an archive is asked at once is told where all its traffic is.
        async with nullcontext() if ask.trusted else host.permit():
            if host.closed:
                return Fault(FaultKind.RATE_LIMITED, host.closed)
            place = host.name, port
            silent = self._silence.fault(place)
            if silent is not None:
                return silent
            proxied = self.proxies.of(parts.scheme, name, port) is not None
            endpoints = await self._endpoints(host, name, port, ask.trusted, proxied)
            if isinstance(endpoints, Fault):
                return endpoints
            server = self.hosts.server_of(endpoints, port)
            known = host.pace.heard
            answer = await self._in_turn(ask, url, host, server, endpoints)
            broken = isinstance(answer, Fault) and answer.kind is FaultKind.PROTOCOL_ERROR
            if broken and known and not ask.fresh:
                # On a connection used before it may be the rest of another, longer answer.
                ask = replace(ask, fresh=True)
                answer = await self._in_turn(ask, url, host, server, endpoints)
            self._silence.noted(place, answer)
            return answer

    async def _endpoints(
        self, host: Host, name: str, port: int, trusted: bool, proxied: bool
    ) -> Endpoints | Fault:
        found = await self.resolver.resolve(name, port)
        if isinstance(found, Fault) and proxied:
            return ()  # many a network has no DNS but its proxy's
        if isinstance(found, Fault):
            host.failed()
            if found.kind is FaultKind.DNS_NXDOMAIN and host.gone_since is None:
                host.gone_since = self.clock.monotonic()
            return found
        host.gone_since = None
        if trusted or not found.endpoints:
            return found.endpoints
        admitted = tuple(e for e in found.endpoints if self._guard.admits(e[0]))
        if admitted:
            return admitted
        return Fault(
            FaultKind.PRIVATE_ADDRESS,
            f"{name} leads to {found.endpoints[0][0]}, not a public address",
        )

    async def _in_turn(
        self, ask: Ask, url: str, host: Host, server: Server | None, endpoints: Endpoints
    ) -> Exchange | Fault:
        """Wait for every place and interval, then ask; no place is held while a pause lasts."""
        gates: tuple[Gate, ...] = (host,) if server is None else (host, server)
        while True:
            await self._ready(host)
            async with server.places.stay(rank=host.backlog) if server else nullcontext():
                if server is not None:
                    await self._ready(server)
                async with self._wire.stay(rank=host.backlog, slow=host.lingers):
                    if host.closed:
                        return Fault(FaultKind.RATE_LIMITED, host.closed)
                    now = self.clock.monotonic()
                    if any(gate.ready_in(now) > 0 for gate in gates):
                        continue
                    for gate in gates:
                        gate.started(now)
                    answer, took = await self._exchange(ask, url, gates, endpoints)
            break
        before = host.closed
        host.noted(answer, took, self.clock.monotonic(), self.clock.now())
        host.closed = before if ask.trusted else host.closed  # its pauses are kept by the asker
        if isinstance(answer, Exchange) and self._recorder is not None and ask.link:
            self._recorder.record(answer, ask.link)
        return answer

    async def _ready(self, gate: Gate) -> None:
        while (wait := gate.ready_in(self.clock.monotonic())) > 0:
            if gate.closed:
                return
            await self.clock.sleep(wait)

    async def _exchange(
        self, ask: Ask, url: str, gates: tuple[Gate, ...], endpoints: Endpoints
    ) -> tuple[Exchange | Fault, float]:
        """The answer, and the seconds from sending to its first byte (or to where it failed)."""
        total = self.settings.timeout if ask.timeout is None else ask.timeout
        at, began = self.clock.now(), self.clock.monotonic()
        reading: Reading | None = None
        sending = Sending(began)
        with self.freight.load() as load:
            try:
                request = self._request(ask, url, endpoints, total)
                async with asyncio.timeout(total) as limit:
                    request.extensions["trace"] = self._pacer(gates, limit, sending)
                    response = await self._http.send(request, stream=True)
                    sending.over = self.clock.monotonic()
                    try:
                        fault = flooded(response)
                        if fault is not None:
                            return fault, sending.took
                        most = self.settings.max_bytes if ask.max_bytes is None else ask.max_bytes
                        reading = Reading(response, enough(response, most), load)
                        await reading.read(limit)
                    finally:
                        await response.aclose()
            except TimeoutError:
                if reading is None:
                    fault = Fault(FaultKind.READ_TIMEOUT, f"no answer within {total:g} seconds")
                    return fault, self.clock.monotonic() - sending.left
                reading.truncated = "time"
            except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
                if reading is None:
                    return fault_of(error), self.clock.monotonic() - sending.left
                timed_out = isinstance(error, httpx.TimeoutException)
                reading.truncated = "time" if timed_out else "disconnect"
            elapsed = self.clock.monotonic() - began
            return reading.exchange(ask.method, url, at, elapsed), sending.took

    def _pacer(
        self, gates: tuple[Gate, ...], limit: asyncio.Timeout, sending: Sending
    ) -> Callable[[str, Any], Awaitable[None]]:
        """Keeps the interval at the moment of sending too: connections differ in how long they take
        to make, and it is the requests that a server counts. That wait is not the server's.

        Once an answer comes, the interval is counted from then, but from `_TRANSIT` after sending
        at most: the request may have been that long on its way."""

        async def pace(event: str, _: Any) -> None:
            if event in _ANSWERED:
                for gate in gates:
                    gate.sent(min(self.clock.monotonic(), sending.left + _TRANSIT))
            if event not in _SENDING:
                return
            while (wait := max(g.send_in(self.clock.monotonic()) for g in gates)) > 0:
                if (until := limit.when()) is not None:
                    limit.reschedule(until + wait)
                await self.clock.sleep(wait)
            sending.left = self.clock.monotonic()
            for gate in gates:
                gate.sent(sending.left)

        return pace

    def _request(self, ask: Ask, url: str, endpoints: Endpoints, total: float) -> httpx.Request:
        connect = min(self.settings.connect_timeout, total * 0.9)
        return self._http.build_request(
            ask.method,
            url,
            headers=list(ask.headers),
            content=ask.content or None,
            timeout=httpx.Timeout(total, connect=connect),
            extensions={ENDPOINTS: endpoints, FRESH: ask.fresh, TRUSTED: ask.trusted},
        )

"""The polite client: every request of the program goes through `PoliteClient.fetch`.

Order of a request: the host's permit, the name's addresses, the guard, the IP address's permit,
a place on the wire, the interval since the last start; then connect, ask and read within one total
time that covers none of the waiting before. Bodies are read raw and decoded within a bound
(`decode.py`), since httpx decodes without one. There is no cookie jar, no credential of the
environment, no redirect followed behind the caller's back, and no browser is impersonated.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from http.cookiejar import CookieJar, DefaultCookiePolicy
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

import httpx

from citecheck import __version__
from citecheck.records.ask import Ask
from citecheck.records.exchange import Exchange
from citecheck.records.observation import Fault, FaultKind
from citecheck.records.ports import Clock, Recorder
from citecheck.settings import Settings
from citecheck.urls.address import HTTP_SCHEMES, fetch_form, without_fragment
from citecheck.web.faults import fault_of
from citecheck.web.guard import Guard
from citecheck.web.hosts import Host, Hosts, retry_after
from citecheck.web.reading import Reading, flooded, without_location
from citecheck.web.resolver import Resolver
from citecheck.web.transport import ENDPOINTS, FRESH, TRUSTED, Endpoints

PROJECT = "https://github.com/citecheck/citecheck"
_PORTS = {"http": 80, "https": 443}
_TRANSIT = 0.2  # seconds that a request may take to arrive
_SILENT = 6  # connections in a row that timed out, after which a port is left alone for the run


def user_agent(contact: str) -> str:
    """The name under which the program asks; the contact is cut down to what a header can hold."""
    said = re.sub(r"[^\x21-\x27\x2a-\x7e ]+", "", contact).strip()[:200]
    return f"citecheck/{__version__} (+{PROJECT}{'; ' + said if said else ''})"


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
        self._recorder = recorder
        self._wire = asyncio.Semaphore(max(1, settings.concurrency))
        self._silent: dict[tuple[str, int], int] = {}
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

    async def _fetch(self, ask: Ask, url: str) -> Exchange | Fault:
        parts = urlsplit(url)
        name = parts.hostname or ""
        port = parts.port or _PORTS[parts.scheme]
        refused = None if ask.trusted else self._guard.refuses_name(name)
        if refused is not None:
            return refused
        host = self.hosts.host(name)
        async with _permit(host):
            if host.closed:
                return Fault(FaultKind.RATE_LIMITED, host.closed)
            if self._silent.get((name, port), 0) >= _SILENT:
                return Fault(
                    FaultKind.CONNECT_TIMEOUT,
                    f"no connection within the time allowed, {_SILENT} times in this run",
                )
            endpoints = await self._endpoints(host, name, port, ask.trusted)
            if isinstance(endpoints, Fault):
                return endpoints
            if not endpoints:
                return await self._on_the_wire(ask, url, host, (host,), endpoints)
            address, real_port = endpoints[0]
            # A resolver that maps ports stands for many servers on one address: each is its own.
            at = f"ip:{address}" if real_port == port else f"ip:{address}:{real_port}"
            server = self.hosts.host(at)
            async with _permit(server):
                return await self._on_the_wire(ask, url, host, (host, server), endpoints)

    async def _endpoints(
        self, host: Host, name: str, port: int, trusted: bool
    ) -> Endpoints | Fault:
        found = await self.resolver.resolve(name, port)
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

    async def _on_the_wire(
        self, ask: Ask, url: str, host: Host, gates: tuple[Host, ...], endpoints: Endpoints
    ) -> Exchange | Fault:
        while True:
            await self._ready(gates)
            async with self._wire:
                if host.closed:
                    return Fault(FaultKind.RATE_LIMITED, host.closed)
                now = self.clock.monotonic()
                if any(gate.ready_in(now) > 0 for gate in gates):
                    continue
                for gate in gates:
                    gate.started(now)
                answer = await self._exchange(ask, url, gates, endpoints)
            break
        now = self.clock.monotonic()
        parts = urlsplit(url)
        place = (host.name, parts.port or _PORTS[parts.scheme])
        if isinstance(answer, Fault):
            host.failed()
            if answer.kind is FaultKind.CONNECT_TIMEOUT:
                self._silent[place] = self._silent.get(place, 0) + 1
            return answer
        self._silent.pop(place, None)
        wait = retry_after(answer.header("retry-after"), self.clock.now())
        host.answered(answer.status, wait, now)
        if self._recorder is not None and ask.link:
            self._recorder.record(answer, ask.link)
        return answer

    async def _ready(self, gates: tuple[Host, ...]) -> None:
        while (wait := max(gate.ready_in(self.clock.monotonic()) for gate in gates)) > 0:
            if any(gate.closed for gate in gates):
                return
            await self.clock.sleep(wait)

    async def _exchange(
        self, ask: Ask, url: str, gates: tuple[Host, ...], endpoints: Endpoints
    ) -> Exchange | Fault:
        total = self.settings.timeout if ask.timeout is None else ask.timeout
        at, began = self.clock.now(), self.clock.monotonic()
        reading: Reading | None = None
        try:
            request = self._request(ask, url, endpoints, total)
            async with asyncio.timeout(total) as limit:
                request.extensions["trace"] = self._pacer(gates, limit)
                response = await self._http.send(request, stream=True)
                try:
                    fault = flooded(response)
                    if fault is not None:
                        return fault
                    most = self.settings.max_bytes if ask.max_bytes is None else ask.max_bytes
                    reading = Reading(response, most)
                    await reading.read()
                finally:
                    await response.aclose()
        except TimeoutError:
            if reading is None:
                return Fault(FaultKind.READ_TIMEOUT, f"no answer within {total:g} seconds")
            reading.truncated = "time"
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            if reading is None:
                return fault_of(error)
            timed_out = isinstance(error, httpx.TimeoutException)
            reading.truncated = "time" if timed_out else "disconnect"
        return reading.exchange(ask.method, url, at, self.clock.monotonic() - began)

    def _pacer(
        self, gates: tuple[Host, ...], limit: asyncio.Timeout
    ) -> Callable[[str, Any], Awaitable[None]]:
        """Keeps the interval at the moment of sending too: connections differ in how long they take
        to make, and it is the requests that a server counts. That wait is not the server's.

        Once an answer comes, the interval is counted from then, but from `_TRANSIT` after sending
        at most: the request may have been that long on its way."""
        left = 0.0

        async def pace(event: str, _: Any) -> None:
            nonlocal left
            if event == "http11.receive_response_headers.complete":
                for gate in gates:
                    gate.sent(min(self.clock.monotonic(), left + _TRANSIT))
            if event != "http11.send_request_headers.started":
                return
            while (wait := max(g.send_in(self.clock.monotonic()) for g in gates)) > 0:
                if (until := limit.when()) is not None:
                    limit.reschedule(until + wait)
                await self.clock.sleep(wait)
            left = self.clock.monotonic()
            for gate in gates:
                gate.sent(left)

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


@asynccontextmanager
async def _permit(host: Host) -> AsyncIterator[None]:
    try:
        await host.acquire()
    except asyncio.CancelledError:
        host.forget_wait()
        raise
    try:
        yield
    finally:
        host.release()

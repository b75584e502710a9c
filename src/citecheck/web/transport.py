"""One transport for all hosts: a small connection pool a host, found by a dict.

A single httpx pool over many hosts is quadratic in open connections (48 requests a second at 200
hosts against 489 with a pool a host), and a TLS context per pool costs 75 ms: hence one context and
one `httpcore` pool per (scheme, host, port), dropped when idle. A connection goes only to addresses
that were resolved and guarded before (request extension `citecheck.endpoints`) or to a proxy that
was named; the host's own name is what TLS verifies, in both cases.

A server that agrees on HTTP/2 and does not keep to it is asked once more over HTTP/1.1, and so for
the rest of the run: browsers get in, too. A `fresh` request is a different try, so it is made over
HTTP/1.1 on a connection of its own.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, TypeAlias

import httpcore
import httpx

from citecheck.web.descriptors import idle_connections
from citecheck.web.dial import Dialler
from citecheck.web.eyeballs import Endpoint
from citecheck.web.faults import as_httpx, is_tls
from citecheck.web.frames import Broken
from citecheck.web.guard import Guard
from citecheck.web.line import ENDPOINTS, TRUSTED, Line, LinePool, OnlyHttp2
from citecheck.web.proxies import DIRECT, Proxies, Proxy

Endpoints: TypeAlias = tuple[Endpoint, ...]
FRESH = "citecheck.fresh"

_IDLE = 10.0  # seconds after which a host's pool is dropped
_CONNECTIONS = 100  # of one host; how many are used is for the permits of the client to say
_PASSED_ON = ("timeout", "trace", ENDPOINTS, TRUSTED)
_OURS = (
    httpcore.TimeoutException,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.ProxyError,
    httpcore.UnsupportedProtocol,
    ssl.SSLError,  # an alert after the handshake, which httpcore lets through
)


@dataclass(frozen=True, slots=True)
class _Way:
    """What a pool is kept for."""

    scheme: bytes
    host: bytes
    port: int | None
    trusted: bool
    proxy: Proxy | None


@dataclass(slots=True)
class _Slot:
    """A host's pool with how many answers are still being read from it."""

    pool: httpcore.AsyncConnectionPool
    active: int = 0
    used: float = 0.0


class _Body(httpx.AsyncByteStream):
    """The body as httpcore streams it; closing gives the slot back."""

    def __init__(self, response: httpcore.Response, slot: _Slot, fresh: bool) -> None:
        self._response = response
        self._slot: _Slot | None = slot
        self._fresh = fresh

    async def __aiter__(self) -> AsyncIterator[bytes]:
        try:
            async for part in self._response.aiter_stream():
                yield part
        except _OURS as error:
            raise as_httpx(error) from error

    async def aclose(self) -> None:
        slot, self._slot = self._slot, None
        if slot is None:
            return
        try:
            await self._response.aclose()
        finally:
            slot.active -= 1
            slot.used = time.monotonic()
            if self._fresh:
                await slot.pool.aclose()


class HostTransport(httpx.AsyncBaseTransport):
    """HTTP/1.1, and HTTP/2 where TLS agrees on it. Raises httpx exceptions only."""

    def __init__(
        self,
        ssl_context: ssl.SSLContext,
        guard: Guard,
        *,
        http2: bool = True,
        proxies: Proxies = DIRECT,
        dialler: Dialler | None = None,
    ) -> None:
        self._ssl = ssl_context
        self._dialler = dialler or Dialler(guard)
        self._http2 = http2
        self._proxies = proxies
        self._slots: dict[tuple[_Way, bool], _Slot] = {}
        self._old: set[_Way] = set()  # those that do not keep to HTTP/2
        self._swept = time.monotonic()
        self._keep = idle_connections() // 2
        self._sweep_at = self._keep

    def __len__(self) -> int:
        """How many hosts have a pool now."""
        return len(self._slots)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await self._sweep()
        way = self._way(request)
        fresh = bool(request.extensions.get(FRESH))
        http2 = self._http2 and not fresh and way not in self._old
        try:
            return await self._send(request, way, fresh=fresh, http2=http2)
        except OnlyHttp2 as error:
            if not self._http2:
                raise as_httpx(error) from error
            first: Exception = error
        except Broken as error:
            if request.method not in ("GET", "HEAD") and not error.untouched:
                raise as_httpx(error) from error
            first = error
        except _OURS as error:
            raise as_httpx(error) from error
        return await self._again(request, way, fresh, first)

    async def _again(
        self, request: httpx.Request, way: _Way, fresh: bool, first: Exception
    ) -> httpx.Response:
        """Once more over the other protocol, on a connection of its own."""
        http2 = isinstance(first, OnlyHttp2)
        try:
            answer = await self._send(request, way, fresh=True, http2=http2)
        except _OURS as error:
            told = first if is_tls(error) and not http2 else error
            raise as_httpx(told) from told
        if not http2:
            self._old.add(way)
        return answer

    async def _send(
        self, request: httpx.Request, way: _Way, *, fresh: bool, http2: bool
    ) -> httpx.Response:
        slot = None if fresh else self._slots.get((way, http2))
        if slot is None:
            slot = self._slot(way, 1 if fresh else _CONNECTIONS, http2)
            if not fresh:
                self._slots[way, http2] = slot
        slot.active += 1
        try:
            answer = await slot.pool.handle_async_request(_core(request))
        except BaseException:
            slot.active -= 1
            slot.used = time.monotonic()
            if fresh:
                await slot.pool.aclose()
            raise
        extensions = dict(answer.extensions)
        if way.proxy is not None:
            extensions["network_stream"] = _Unseen(extensions.get("network_stream"))
        return httpx.Response(
            status_code=answer.status,
            headers=answer.headers,
            stream=_Body(answer, slot, fresh),
            extensions=extensions,
        )

    def _way(self, request: httpx.Request) -> _Way:
        url = request.url
        port = url.port or (443 if url.scheme == "https" else 80)
        proxy = self._proxies.of(url.scheme, url.host, port) if self._proxies else None
        trusted = bool(request.extensions.get(TRUSTED))
        return _Way(url.raw_scheme, url.raw_host, url.port, trusted, proxy)

    def _slot(self, way: _Way, most: int, http2: bool) -> _Slot:
        def line(origin: httpcore.Origin) -> Line:
            return Line(
                origin, self._dialler, self._ssl, proxy=way.proxy, http2=http2, expiry=_IDLE
            )

        return _Slot(LinePool(line, most), used=time.monotonic())

    async def _sweep(self) -> None:
        """Drop the pools of hosts that have been idle for long, and those idle longest where there
        are too many to keep; seldom enough to cost nothing a request."""
        now = time.monotonic()
        if now - self._swept < _IDLE / 2 and len(self._slots) < self._sweep_at:
            return
        self._swept = now
        slots = enumerate(self._slots.items())
        idle = sorted((s.used, n, k) for n, (k, s) in slots if not s.active)
        spare = len(idle) - self._keep
        old = [k for i, (used, _, k) in enumerate(idle) if i < spare or now - used > _IDLE]
        dropped = [self._slots.pop(key) for key in old]
        self._sweep_at = len(self._slots) + self._keep // 2
        for slot in dropped:
            await slot.pool.aclose()

    async def aclose(self) -> None:
        slots, self._slots = list(self._slots.values()), {}
        for slot in slots:
            await slot.pool.aclose()


class _Unseen:
    """The stream of an answer that came through a proxy: whose address it is, is not told."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def get_extra_info(self, info: str) -> Any:
        if info in ("server_addr", "client_addr", "socket") or self._stream is None:
            return None
        return self._stream.get_extra_info(info)


def _core(request: httpx.Request) -> httpcore.Request:
    assert isinstance(request.stream, httpx.AsyncByteStream)
    url = request.url
    return httpcore.Request(
        method=request.method.encode("ascii"),
        url=httpcore.URL(
            scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
        ),
        headers=request.headers.raw,
        content=request.stream,
        extensions={k: v for k, v in request.extensions.items() if k in _PASSED_ON},
    )

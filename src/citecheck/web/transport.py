"""One transport for all hosts: a small connection pool a host, found by a dict.

A single httpx pool over many hosts is quadratic in open connections (48 requests a second at 200
hosts against 489 with a pool a host), and a TLS context per pool costs 75 ms: hence one context and
one `httpcore` pool per (scheme, host, port), dropped when idle. A pool connects only to addresses
that were resolved and guarded before (request extension `citecheck.endpoints`), so a name that
rebinds between check and connection gains nothing; the name itself is still what TLS verifies.
Proxies of the environment are not used: behind one the address guard could not see an address.
"""

from __future__ import annotations

import asyncio
import ssl
import time
from collections.abc import AsyncIterator, Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import httpcore
import httpx

from citecheck.web.guard import Guard

Endpoints = tuple[tuple[str, int], ...]
ENDPOINTS = "citecheck.endpoints"
FRESH = "citecheck.fresh"
TRUSTED = "citecheck.trusted"

_IDLE = 10.0  # seconds after which a host's pool is dropped
_CONNECTIONS = 8
_FIRST_TRY = 3.0  # seconds for an address that is not the last one
_TARGET: ContextVar[tuple[Endpoints, bool]] = ContextVar("target", default=((), False))


def as_httpx(error: Exception) -> httpx.TransportError:
    """The httpx exception of the same name as a httpcore one."""
    for kind in type(error).__mro__:
        mapped = getattr(httpx, kind.__name__, None)
        if isinstance(mapped, type) and issubclass(mapped, httpx.TransportError):
            return mapped(str(error))
    return httpx.TransportError(str(error))


_OURS = (
    httpcore.TimeoutException,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.ProxyError,
    httpcore.UnsupportedProtocol,
)


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Connects to the endpoints of the request in hand, next one on failure, to nothing else."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._inner = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 (httpcore's interface)
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        endpoints, trusted = _TARGET.get()
        admitted = [e for e in endpoints if trusted or self._guard.admits(e[0])]
        if not admitted:
            raise httpcore.ConnectError(f"no address of {host} may be connected to")
        deadline = time.monotonic() + (10.0 if timeout is None else timeout)
        failures: list[Exception] = []
        for i, (address, real_port) in enumerate(admitted):
            left = deadline - time.monotonic()
            if left <= 0:
                break
            share = left if i == len(admitted) - 1 else min(_FIRST_TRY, left)
            try:
                return await self._inner.connect_tcp(address, real_port, share)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as failure:
                failures.append(failure)
        refused = [f for f in failures if isinstance(f, httpcore.ConnectError)]
        timeouts = [f for f in failures if isinstance(f, httpcore.ConnectTimeout)]
        raise (timeouts or refused)[0]

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ASYNC109 (httpcore's interface)
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        raise httpcore.ConnectError("sockets of this machine are no web addresses")

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


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
    """Plain HTTP/1.1 over TCP and TLS. Raises httpx exceptions only."""

    def __init__(self, ssl_context: ssl.SSLContext, guard: Guard) -> None:
        self._ssl = ssl_context
        self._backend = GuardedBackend(guard)
        self._slots: dict[tuple[bytes, bytes, int | None, bool], _Slot] = {}
        self._swept = time.monotonic()

    def __len__(self) -> int:
        """How many hosts have a pool now."""
        return len(self._slots)

    def _pool(self, most: int) -> _Slot:
        return _Slot(
            httpcore.AsyncConnectionPool(
                ssl_context=self._ssl,
                max_connections=most,
                max_keepalive_connections=most,
                keepalive_expiry=_IDLE,
                http1=True,
                http2=False,
                retries=0,
                network_backend=self._backend,
            ),
            used=time.monotonic(),
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await self._sweep()
        fresh = bool(request.extensions.get(FRESH))
        trusted = bool(request.extensions.get(TRUSTED))
        url = request.url
        key = (url.raw_scheme, url.raw_host, url.port, trusted)
        slot = None if fresh else self._slots.get(key)
        if slot is None:
            slot = self._pool(1 if fresh else _CONNECTIONS)
            if not fresh:
                self._slots[key] = slot
        slot.active += 1
        token = _TARGET.set((request.extensions.get(ENDPOINTS, ()), trusted))
        try:
            assert isinstance(request.stream, httpx.AsyncByteStream)
            answer = await slot.pool.handle_async_request(
                httpcore.Request(
                    method=request.method.encode("ascii"),
                    url=httpcore.URL(
                        scheme=url.raw_scheme,
                        host=url.raw_host,
                        port=url.port,
                        target=url.raw_path,
                    ),
                    headers=request.headers.raw,
                    content=request.stream,
                    extensions={
                        k: v for k, v in request.extensions.items() if k in ("timeout", "trace")
                    },
                )
            )
        except BaseException as error:
            slot.active -= 1
            slot.used = time.monotonic()
            if fresh:
                await slot.pool.aclose()
            if isinstance(error, _OURS):
                raise as_httpx(error) from error
            raise
        finally:
            _TARGET.reset(token)
        return httpx.Response(
            status_code=answer.status,
            headers=answer.headers,
            stream=_Body(answer, slot, fresh),
            extensions=answer.extensions,
        )

    async def _sweep(self) -> None:
        """Drop the pools of hosts that have been idle; at most once in a few seconds."""
        now = time.monotonic()
        if now - self._swept < _IDLE / 2:
            return
        self._swept = now
        idle = [k for k, s in self._slots.items() if not s.active and now - s.used > _IDLE]
        for slot in [self._slots.pop(key) for key in idle]:
            await slot.pool.aclose()

    async def aclose(self) -> None:
        slots, self._slots = list(self._slots.values()), {}
        for slot in slots:
            await slot.pool.aclose()

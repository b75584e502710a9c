"""The way from the gate to a host: straight to an address that was judged, or through a proxy.

The proxy is the one that every other request of the run takes (`web/proxies.py`). Behind one, the
host is named to it; where names can be looked up here as well, the guard still judges what they
lead to, and it always judges addresses that stand in the place of a name.
"""

from __future__ import annotations

import asyncio
import ssl
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import httpcore

from citecheck.browsing.relay import HEAD_LIMIT
from citecheck.records.observation import Fault
from citecheck.web import tunnels
from citecheck.web.faults import Told
from citecheck.web.guard import Guard, is_literal
from citecheck.web.proxies import DIRECT, Proxies, Proxy
from citecheck.web.resolver import Resolver

_FIRST_TRY = 3.0  # seconds for an address that is not the last one


@dataclass(frozen=True, slots=True)
class Way:
    """A connection; `forwards` is the proxy that is to be asked by the whole address."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    address: str = ""
    forwards: Proxy | None = None


class Ways:
    """`connect_timeout` in seconds, for each address and for a proxy with its greeting."""

    def __init__(
        self,
        resolver: Resolver,
        guard: Guard,
        *,
        connect_timeout: float,
        proxies: Proxies = DIRECT,
    ) -> None:
        self._resolver, self._guard, self._proxies = resolver, guard, proxies
        self._seconds = connect_timeout
        self._ssl: ssl.SSLContext | None = None

    async def to(self, host: str, port: int, *, tunnel: bool) -> Way | str:
        """A connection for a host that the guard admits, or why there is none. Without `tunnel`
        one plain request is to be asked on it."""
        no = self._guard.refuses_name(host)
        if no is not None:
            return no.detail
        scheme = "http" if port == 80 or not tunnel else "https"
        proxy = self._proxies.of(scheme, host, port)
        found = await self._resolver.resolve(host, port)
        if isinstance(found, Fault):
            if proxy is None or is_literal(host):
                return found.detail
            return await self._through(proxy, host, port, tunnel=tunnel)
        admitted = [e for e in found.endpoints if self._guard.admits(e[0])]
        if not admitted:
            first = found.endpoints[0][0] if found.endpoints else "nowhere"
            leads = "is not" if first == host else f"leads to {first}, not"
            return f"{host} {leads} a public address"
        if proxy is not None:
            return await self._through(proxy, host, port, tunnel=tunnel)
        for address, real_port in admitted:
            last = (address, real_port) == admitted[-1]
            share = self._seconds if last else min(_FIRST_TRY, self._seconds)
            with suppress(OSError, TimeoutError):
                async with asyncio.timeout(share):
                    streams = await asyncio.open_connection(address, real_port, limit=HEAD_LIMIT)
                return Way(*streams, address)
        return f"no connection to {host}"

    async def _through(self, proxy: Proxy, host: str, port: int, *, tunnel: bool) -> Way | str:
        context: ssl.SSLContext | None = None
        if proxy.scheme == "https":
            context = self._ssl = self._ssl or _context()
        try:
            async with asyncio.timeout(self._seconds):
                reader, writer = await asyncio.open_connection(
                    proxy.host, proxy.port, limit=HEAD_LIMIT, ssl=context
                )
        except (OSError, TimeoutError):
            return f"the proxy {proxy.shown} cannot be reached"
        if not tunnel and not proxy.socks:
            return Way(reader, writer, forwards=proxy)
        ask = tunnels.socks5 if proxy.socks else tunnels.connect
        try:
            await ask(_Stream(reader, writer), proxy, host.encode("ascii"), port, self._seconds)
        except (Told, UnicodeError) as error:
            writer.close()
            return error.fault.detail if isinstance(error, Told) else "a host that is no name"
        except BaseException:
            writer.close()
            raise
        return Way(reader, writer)


def _context() -> ssl.SSLContext:
    from citecheck.web.trust import default_context

    return default_context()


class _Stream(httpcore.AsyncNetworkStream):
    """The streams of asyncio as what a proxy is greeted on."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109
        try:
            async with asyncio.timeout(timeout):
                return await self._reader.read(max_bytes)
        except TimeoutError as error:
            raise httpcore.ReadTimeout(str(error)) from error
        except OSError as error:
            raise httpcore.ReadError(str(error)) from error

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109
        try:
            self._writer.write(buffer)
            async with asyncio.timeout(timeout):
                await self._writer.drain()
        except TimeoutError as error:
            raise httpcore.WriteTimeout(str(error)) from error
        except OSError as error:
            raise httpcore.WriteError(str(error)) from error

    async def aclose(self) -> None:
        self._writer.close()

    async def start_tls(self, *_: Any, **__: Any) -> httpcore.AsyncNetworkStream:
        raise httpcore.ConnectError("TLS is between the browser and the host")

    def get_extra_info(self, info: str) -> Any:
        return self._writer.get_extra_info(info)

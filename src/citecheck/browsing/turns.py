"""Whose turn it is: a page is opened in the same pace as everything else is asked of its host.

The permits, intervals and pauses are those of `web/hosts.py`, and the interval of the IP address.
What a page then loads by itself comes as fast as for any reader with a browser.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from citecheck.urls.address import host_of
from citecheck.web.client import PoliteClient
from citecheck.web.gates import Gate
from citecheck.web.resolver import Resolved

_PORTS = {"http": 80, "https": 443}


@asynccontextmanager
async def turn(client: PoliteClient, url: str) -> AsyncIterator[str]:
    """Holds a permit of the host from when a page may be opened; yields why it may not, else ""."""
    name, parts = host_of(url), urlsplit(url)
    port = parts.port or _PORTS.get(parts.scheme, 443)
    host = client.hosts.host(name)
    async with host.permit():
        if host.closed:
            yield host.closed
            return
        found = await client.resolver.resolve(name, port)
        endpoints = found.endpoints if isinstance(found, Resolved) else ()
        server = client.hosts.server_of(endpoints, port)
        gates: tuple[Gate, ...] = (host,) if server is None else (host, server)
        while (wait := max(g.ready_in(client.clock.monotonic()) for g in gates)) > 0:
            await client.clock.sleep(wait)
        now = client.clock.monotonic()
        for gate in gates:
            gate.started(now)
            gate.sent(now)
        yield host.closed

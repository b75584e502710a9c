"""Asking one server on loopback, or a router, through the polite client."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable
from typing import Any

import httpx

from citecheck.records.ask import Ask
from citecheck.records.exchange import Exchange
from citecheck.records.observation import Fault, FaultKind
from citecheck.settings import Settings
from citecheck.web.build import open_client
from citecheck.web.client import PoliteClient
from citecheck.web.clock import SystemClock
from standins.clock import FakeClock
from standins.loopback import Say, Served, Table, serving

QUICK = Settings(allow_private=True, delay=0.0, timeout=5.0, connect_timeout=2.0)
NAME = "a.example"


class Kept:
    """A recorder that is a list."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, str, int]] = []

    def record(self, exchange: Exchange, link: str) -> None:
        self.rows.append((link, exchange.url, exchange.status))


def fetched(
    say: Say, *asks: Ask, settings: Settings = QUICK, tls: ssl.SSLContext | None = None, **more: Any
) -> tuple[list[Exchange | Fault], Served]:
    """Ask one server, one after the other; the name `a.example` leads to it."""

    async def main() -> tuple[list[Exchange | Fault], Served]:
        async with serving(say, tls) as served:
            table = Table({NAME: [[("127.0.0.1", served.port)]]})
            more.setdefault("ssl_context", ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))
            async with open_client(settings, resolver=table, clock=SystemClock(), **more) as client:
                return [await client.fetch(ask) for ask in asks], served

    return asyncio.run(main())


def one(say: Say, ask: Ask | None = None, **more: Any) -> Exchange | Fault:
    return fetched(say, ask or Ask(f"http://{NAME}/"), **more)[0][0]


def exchange(say: Say, ask: Ask | None = None, **more: Any) -> Exchange:
    answer = one(say, ask, **more)
    assert isinstance(answer, Exchange), answer
    return answer


def fault(say: Say, ask: Ask | None = None, **more: Any) -> FaultKind:
    answer = one(say, ask, **more)
    assert isinstance(answer, Fault), answer
    return answer.kind


def paced(
    settings: Settings,
    serve: Callable[[httpx.Request, FakeClock], httpx.Response],
    *urls: str,
    prepare: Callable[[PoliteClient], None] = lambda _: None,
) -> tuple[list[Exchange | Fault], list[tuple[float, str]]]:
    """Ask for all at once; what came, and when each request started."""
    clock = FakeClock()
    starts: list[tuple[float, str]] = []
    began = clock.monotonic()

    async def handle(request: httpx.Request) -> httpx.Response:
        starts.append((round(clock.monotonic() - began, 3), str(request.url)))
        for _ in range(5):
            await asyncio.sleep(0)  # an answer takes its time
        return serve(request, clock)

    async def main() -> list[Exchange | Fault]:
        inner = httpx.MockTransport(handle)
        async with open_client(settings, clock=clock, inner=inner) as client:
            prepare(client)
            return await asyncio.gather(*(client.fetch(Ask(url)) for url in urls))

    return asyncio.run(main()), starts

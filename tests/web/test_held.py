"""A host that a caller holds back: nothing starts, and what an archive answers never closes it."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable

import httpx

from citecheck.records.ask import Ask
from citecheck.records.exchange import Exchange
from citecheck.records.observation import Fault, FaultKind
from citecheck.settings import Settings
from citecheck.web.build import open_client
from citecheck.web.client import PoliteClient
from standins.clock import FakeClock

BASE = "https://web.archive.org"


def asked(*waits: str) -> tuple[list[float], list[int]]:
    """Ask an archive that answers 429 with these Retry-After, then 200; when, and what it says."""
    clock, left = FakeClock(), list(waits)
    at: list[float] = []

    def answer(request: httpx.Request) -> httpx.Response:
        at.append(clock.monotonic() - 1000.0)
        if left:
            return httpx.Response(429, headers={"Retry-After": left.pop(0)})
        return httpx.Response(200, text="fine")

    async def inside() -> list[int]:
        settings, inner = Settings(delay=0.0), httpx.MockTransport(answer)
        async with open_client(settings, clock=clock, inner=inner) as client:
            return [await one(client) for _ in range(len(waits) + 1)]

    async def one(client: PoliteClient) -> int:
        got = await client.fetch(Ask(f"{BASE}/x", trusted=True, fresh=True))
        assert isinstance(got, Exchange)
        return got.status

    return at, asyncio.run(inside())


def test_an_archive_that_asks_for_long_pauses_is_not_closed_for_the_run() -> None:
    _, statuses = asked("120", "120")
    assert statuses == [429, 429, 200]


def test_held_requests_start_when_the_hold_is_over() -> None:
    clock, at = FakeClock(), list[float]()

    def answer(request: httpx.Request) -> httpx.Response:
        at.append(clock.monotonic() - 1000.0)
        return httpx.Response(200, text="fine")

    async def inside() -> None:
        inner = httpx.MockTransport(answer)
        async with open_client(Settings(delay=0.0), clock=clock, inner=inner) as client:
            client.hold(BASE, 240.0)
            await asyncio.gather(
                client.fetch(Ask(f"{BASE}/1", trusted=True)),
                client.fetch(Ask(f"{BASE}/2", trusted=True)),
                client.fetch(Ask("https://arquivo.pt/3", trusted=True)),
            )

    asyncio.run(inside())
    assert at == [0.0, 240.0, 240.0]


def test_held_requests_are_given_back_when_the_host_is_not_asked_any_more() -> None:
    clock, at = FakeClock(), list[str]()

    async def inside() -> list[Exchange | Fault]:
        async with open_client(Settings(delay=5.0), clock=clock, inner=inner) as client:

            def answer(request: httpx.Request) -> httpx.Response:
                at.append(request.url.path)
                client.hold(BASE, math.inf)
                return httpx.Response(429, headers={"Retry-After": "3600"})

            answers.append(answer)
            asks = (Ask(f"{BASE}/{n}", trusted=True) for n in (1, 2, 3))
            return list(await asyncio.gather(*(client.fetch(ask) for ask in asks)))

    answers: list[Callable[[httpx.Request], httpx.Response]] = []
    inner = httpx.MockTransport(lambda request: answers[0](request))
    one, *others = asyncio.run(inside())
    assert isinstance(one, Exchange)
    assert [f.kind for f in others if isinstance(f, Fault)] == [FaultKind.RATE_LIMITED] * 2
    assert at == ["/1"]
    assert clock.monotonic() - 1000.0 < 60

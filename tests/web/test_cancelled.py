"""Requests that are given up at any moment take nothing with them: every place comes back."""

from __future__ import annotations

import asyncio
import gc
import random
import ssl
from dataclasses import replace
from typing import Any

import httpx
from hypothesis import given, settings
from hypothesis import strategies as st

from citecheck.records.ask import Ask
from citecheck.web.build import open_client
from citecheck.web.client import PoliteClient
from citecheck.web.clock import SystemClock
from citecheck.web.guard import Guard
from citecheck.web.transport import HostTransport
from standins.asking import QUICK
from standins.clock import FakeClock
from standins.loopback import Table, page, serving

SETTINGS = replace(QUICK, delay=0.2, concurrency=3, retry_after_limit=5.0)
NAMES = ("a.example", "b.example", "c.example")
# (name, path, fresh, rounds of the event loop until the request begins, and until it is given up)
_ASKS = st.lists(
    st.tuples(
        st.sampled_from(NAMES),
        st.sampled_from(("/", "/two", "/slow")),
        st.booleans(),
        st.integers(0, 20),
        st.integers(0, 120) | st.none(),
    ),
    max_size=25,
)
_Ask = tuple[str, str, bool, int, int | None]


def left(client: PoliteClient) -> dict[str, Any]:
    """All that is still taken, which is nothing at rest."""
    found = _taken(client)
    if found:  # it may hang on exchanges in a circle, which costs a second to find out
        gc.collect()
        found = _taken(client)
    return found


def _taken(client: PoliteClient) -> dict[str, Any]:
    hosts, servers = client.hosts._hosts.values(), client.hosts._servers.values()
    taken = {
        "permits": sum(len(h._turns) for h in hosts),
        "places": sum(s.places.held for s in servers),
        "wire": client._wire.held,
        "freight": client.freight.total,
        "ahead": client.freight._ahead is not None,
        "shared": len(client._shared),
    }
    return {what: held for what, held in taken.items() if held}


async def given_up(client: PoliteClient, asks: list[_Ask], scheme: str = "http") -> None:
    async def one(ask: _Ask) -> None:
        name, path, fresh, rounds, _ = ask
        for _ in range(rounds):
            await asyncio.sleep(0)
        await client.fetch(Ask(f"{scheme}://{name}{path}", fresh=fresh))

    async def cut(task: asyncio.Task[None], rounds: int) -> None:
        for _ in range(rounds):
            await asyncio.sleep(0)
        task.cancel()

    tasks = [asyncio.create_task(one(ask)) for ask in asks]
    cuts = [
        asyncio.create_task(cut(task, ask[3] + ask[4]))
        for task, ask in zip(tasks, asks, strict=True)
        if ask[4] is not None
    ]
    async with asyncio.timeout(20):
        done = await asyncio.gather(*tasks, *cuts, return_exceptions=True)
    wrong = [d for d in done if isinstance(d, BaseException)]
    assert all(isinstance(d, asyncio.CancelledError) for d in wrong), wrong


@settings(max_examples=40, deadline=None)
@given(_ASKS)
def test_every_permit_comes_back(asks: list[_Ask]) -> None:
    async def handle(request: httpx.Request) -> httpx.Response:
        for _ in range(40 if request.url.path == "/slow" else 4):
            await asyncio.sleep(0)
        if request.url.path == "/two":
            return httpx.Response(429, headers={"Retry-After": "2"})
        return httpx.Response(200, content=b"<p>bread" * 20_000)

    async def main() -> dict[str, Any]:
        inner = httpx.MockTransport(handle)
        table = Table({name: [[("127.0.0.1", 80)]] for name in NAMES})
        clock = FakeClock()
        async with open_client(SETTINGS, clock=clock, inner=inner, resolver=table) as client:
            await given_up(client, asks)
            return left(client)

    assert asyncio.run(main()) == {}


def test_connections_come_back_too() -> None:
    """Over real sockets: no pool believes that an answer is still being read from it."""
    dice = random.Random(7)
    asks: list[_Ask] = [
        (NAMES[n % 3], f"/{n % 5}", n % 7 == 0, dice.randint(0, 30), dice.randint(0, 200))
        for n in range(120)
    ]

    async def say(head: bytes, writer: asyncio.StreamWriter) -> None:
        for _ in range(dice.randint(0, 10)):
            await asyncio.sleep(0)
        writer.write(page(b"<p>bread" * dice.choice((1, 20_000)))[: dice.choice((9, 99, 10**6))])
        await writer.drain()
        if dice.random() < 0.5:
            writer.close()

    async def main() -> tuple[dict[str, Any], int]:
        transport = HostTransport(ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT), Guard(True))
        quick = replace(QUICK, delay=0.0, per_host=8, timeout=1.0)
        async with serving(say) as served:
            table = Table({name: [[("127.0.0.1", served.port)]] for name in NAMES})
            async with open_client(
                quick, clock=SystemClock(), inner=transport, resolver=table
            ) as client:
                await given_up(client, asks)
                return left(client), sum(slot.active for slot in transport._slots.values())

    assert asyncio.run(main()) == ({}, 0)

"""The bytes of all bodies together stay within a bound, and one always gets on."""

from __future__ import annotations

import asyncio
import gc
import ssl
from dataclasses import replace

import pytest

from citecheck.records.ask import Ask
from citecheck.records.exchange import Exchange
from citecheck.web.build import open_client
from citecheck.web.clock import SystemClock
from citecheck.web.freight import FREE, Freight
from standins.asking import QUICK
from standins.clock import START
from standins.loopback import Table, page, saying, serving
from standins.virtual import VirtualClock, run

MB = 1_000_000
EMPTY = Exchange("GET", "https://a.example/", START, (), 200, "OK", (), b"", b"")


def read_all(
    most: int, bodies: list[int], step: int = MB // 2, looking: float = 1.0
) -> tuple[list[float], int]:
    """When each body had been read and looked at, and the most that was held at any time."""
    over = [0.0] * len(bodies)
    peak = 0

    async def main(clock: VirtualClock) -> None:
        freight = Freight(most)

        async def read(i: int, size: int) -> None:
            nonlocal peak
            with freight.load() as load:
                for got in range(step, size + step, step):
                    await clock.sleep(0.1)
                    await load.room()
                    load.holds(min(got, size))
                    peak = max(peak, freight.total)
                exchange = replace(EMPTY)
                load.hand_over(exchange)
            await clock.sleep(looking)
            over[i] = clock.elapsed
            del exchange

        await asyncio.gather(*(read(i, size) for i, size in enumerate(bodies)))
        assert freight.total == 0

    gc.disable()  # what an exchange held is given back at once, not in a while
    try:
        run(main)
    finally:
        gc.enable()
    return over, peak


def test_bodies_within_the_bound_do_not_wait() -> None:
    over, peak = read_all(10 * MB, [2 * MB] * 5)
    assert over == [pytest.approx(1.4)] * 5
    assert peak == 10 * MB


def test_the_bound_is_passed_by_less_than_one_body() -> None:
    over, peak = read_all(10 * MB, [4 * MB] * 20)
    assert peak <= 14 * MB
    assert max(over) < 60


def test_whoever_keeps_a_body_does_not_stop_the_others_for_good() -> None:
    over, peak = read_all(2 * MB, [4 * MB] * 4, looking=100.0)
    assert peak <= 16 * MB
    assert max(over) < 150


def test_a_body_larger_than_the_bound_is_read_all_the_same() -> None:
    over, peak = read_all(MB, [8 * MB, 8 * MB])
    assert peak <= 17 * MB
    assert max(over) < 10


def test_small_pages_pass_the_large_ones() -> None:
    over, _ = read_all(4 * MB, [8 * MB] * 6 + [FREE] * 3, looking=0.5)
    assert max(over[6:]) < 1
    assert max(over[:6]) > 4


def test_nothing_is_kept_by_a_reading_that_was_given_up() -> None:
    async def main(clock: VirtualClock) -> tuple[int, float]:
        freight = Freight(MB)

        async def read(seconds: float) -> None:
            with freight.load() as load:
                load.holds(2 * MB)
                await clock.sleep(seconds)

        async def next_one() -> float:
            with freight.load() as load:
                load.holds(MB)
                await load.room()  # it is ahead
                other = freight.load()
                other.holds(MB)
                waiting = asyncio.create_task(other.room())
                await clock.sleep(1)
                assert not waiting.done()
            await waiting
            other.holds(0)
            return clock.elapsed

        first = asyncio.create_task(read(30.0))
        await clock.sleep(1)
        second = asyncio.create_task(next_one())
        await clock.sleep(0.5)
        first.cancel()
        when = await second
        return freight.total, when

    assert run(main) == (0, 2.0)


def test_who_waits_and_gives_up_lets_the_next_one_ahead() -> None:
    async def main(clock: VirtualClock) -> list[bool]:
        freight = Freight(MB)
        loads = [freight.load() for _ in range(3)]
        for load in loads:
            load.holds(MB)
        tasks = [asyncio.create_task(load.room()) for load in loads]
        await clock.sleep(1)
        tasks[1].cancel()  # it waits
        with loads[0]:  # it is ahead, and ends
            pass
        await clock.sleep(1)
        return [task.done() and not task.cancelled() for task in tasks]

    assert run(main) == [True, False, True]


def test_waiting_is_not_the_servers_slowness() -> None:
    async def main(clock: VirtualClock) -> tuple[float, float]:
        freight = Freight(MB)
        ahead = freight.load()
        ahead.holds(MB)
        await ahead.room()

        async def leave() -> None:
            with ahead:
                await clock.sleep(100)

        leaving = asyncio.create_task(leave())
        async with asyncio.timeout(30) as limit:
            await clock.sleep(10)
            with freight.load() as load:
                load.holds(MB)
                await load.room(limit)
                left = (limit.when() or 0.0) - clock.monotonic()
        await leaving
        return clock.elapsed, round(left, 6)

    assert run(main) == (100.0, 20.0)


def test_what_a_thread_drops_last_is_given_back_too() -> None:
    async def main() -> int:
        freight = Freight()
        holder: list[Exchange] = []
        with freight.load() as load:
            load.holds(5)
            holder.append(replace(EMPTY))
            load.hand_over(holder[0])
        assert freight.total == 5
        await asyncio.to_thread(holder.clear)
        for _ in range(3):
            await asyncio.sleep(0)
        return freight.total

    assert asyncio.run(main()) == 0


def test_the_client_keeps_to_it() -> None:
    body, names = b"x" * 3_000_000, [f"h{i}.example" for i in range(8)]
    peak = 0

    async def main() -> tuple[int, int]:
        nonlocal peak
        async with serving(saying(page(body))) as served:
            table = Table({name: [[("127.0.0.1", served.port)]] for name in names})
            settings = replace(QUICK, per_host=8)
            tls = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            async with open_client(
                settings, resolver=table, clock=SystemClock(), ssl_context=tls
            ) as client:
                client.freight = Freight(4 * MB)

                async def size(name: str) -> int:
                    nonlocal peak
                    answer = await client.fetch(Ask(f"http://{name}/"))
                    assert isinstance(answer, Exchange)
                    peak = max(peak, client.freight.total)
                    return len(answer.content)

                sizes = await asyncio.gather(*(size(name) for name in names))
                await asyncio.sleep(0)
                return sum(sizes), client.freight.total

    gc.collect()
    assert asyncio.run(main()) == (8 * 3_000_000, 0)
    assert 3_000_000 <= peak <= 8 * MB

"""Places: first come, first served, and whoever takes long keeps nobody out."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from citecheck.web.places import Places, Turns
from standins.virtual import VirtualClock, run

Visit = Callable[..., Awaitable[None]]


def trial(
    room: int, spare: int, visits: list[tuple[str, float, bool]], patience: float = 2.0
) -> tuple[dict[str, float], int]:
    """When each visitor (name, seconds, slow) got in, all coming at once; and the most inside."""
    came: dict[str, float] = {}
    most = 0

    async def main(clock: VirtualClock) -> None:
        places = Places(clock, room, patience=patience, spare=spare)

        async def visit(name: str, seconds: float, slow: bool) -> None:
            nonlocal most
            async with places.stay(slow=slow):
                came[name] = clock.elapsed
                most = max(most, places.held)
                await clock.sleep(seconds)

        await asyncio.gather(*(visit(*v) for v in visits))
        assert places.held == 0

    run(main)
    return came, most


def test_no_more_than_there_is_room_for() -> None:
    came, most = trial(2, 4, [(f"v{i}", 1.0, False) for i in range(6)])
    assert list(came.values()) == [0.0, 0.0, 1.0, 1.0, 2.0, 2.0]
    assert most == 2


def test_who_hangs_keeps_the_others_out_for_a_moment_only() -> None:
    hanging = [(f"hangs{i}", 30.0, False) for i in range(4)]
    came, most = trial(2, 8, [*hanging, ("quick", 0.1, False)])
    assert came == {"hangs0": 0.0, "hangs1": 0.0, "hangs2": 2.0, "hangs3": 2.0, "quick": 4.0}
    assert most == 5


def test_nobody_lingers_while_nobody_waits() -> None:
    came, _ = trial(1, 1, [("first", 1.9, False), ("second", 30.0, False)])
    assert came == {"first": 0.0, "second": 1.9}


def test_the_spare_places_are_bounded_too() -> None:
    came, most = trial(1, 2, [(f"hangs{i}", 10.0, False) for i in range(4)])
    assert came == {"hangs0": 0.0, "hangs1": 2.0, "hangs2": 4.0, "hangs3": 10.0}
    assert most == 3


def test_the_slow_wait_among_their_like() -> None:
    slow = [(f"slow{i}", 10.0, True) for i in range(3)]
    came, _ = trial(1, 1, [*slow, ("quick", 0.1, False)])
    assert came == {"slow0": 0.0, "quick": 0.0, "slow1": 10.0, "slow2": 20.0}


def test_a_place_that_is_overdue_goes_before_one_that_begins_slow() -> None:
    visits = [("slow0", 5.0, True), ("hangs", 30.0, False), ("slow1", 5.0, True)]
    came, _ = trial(1, 1, [*visits, ("quick", 0.1, False)])
    assert came == {"slow0": 0.0, "hangs": 0.0, "quick": 5.0, "slow1": 30.0}


def test_the_highest_rank_goes_first_then_who_came_first() -> None:
    order: list[str] = []

    async def main(clock: VirtualClock) -> None:
        places = Places(clock, 1, patience=60.0, spare=1)

        async def visit(name: str, rank: float) -> None:
            async with places.stay(rank=rank):
                order.append(name)
                await clock.sleep(1)

        ranks = {"first": 0.0, "small": 1.0, "large": 9.0, "large too": 9.0}
        await asyncio.gather(*(visit(*pair) for pair in ranks.items()))

    run(main)
    assert order == ["first", "large", "large too", "small"]


@pytest.mark.parametrize("slow", [False, True])
def test_who_gives_up_takes_no_place(slow: bool) -> None:
    async def main(clock: VirtualClock) -> float:
        places = Places(clock, 1, patience=60.0, spare=1)

        async def visit() -> float:
            async with places.stay(slow=slow):
                await clock.sleep(1)
                return clock.elapsed

        first = asyncio.create_task(visit())
        second = asyncio.create_task(visit())
        third = asyncio.create_task(visit())
        await clock.sleep(0.5)
        second.cancel()
        await first
        assert places.held == 0 or not third.done()
        return await third

    assert run(main) == 2.0


def test_a_cancelled_holder_makes_room() -> None:
    async def main(clock: VirtualClock) -> float:
        places = Places(clock, 1, patience=60.0, spare=1)

        async def visit() -> float:
            async with places.stay():
                await clock.sleep(10)
                return clock.elapsed

        first, second = asyncio.create_task(visit()), asyncio.create_task(visit())
        await clock.sleep(3)
        first.cancel()
        return await second

    assert run(main) == 13.0


def test_a_cancel_at_the_very_moment_of_admission_loses_nothing() -> None:
    async def main(clock: VirtualClock) -> int:
        places = Places(clock, 1, patience=60.0, spare=1)

        async def visit(seconds: float) -> None:
            async with places.stay():
                await clock.sleep(seconds)

        first, second = asyncio.create_task(visit(1)), asyncio.create_task(visit(1))
        await first
        second.cancel()  # its place has been given, and it has not run yet
        await asyncio.gather(second, return_exceptions=True)
        await visit(1)
        return places.held

    assert run(main) == 0


def test_permits_whose_number_changes() -> None:
    log: list[tuple[float, str]] = []

    async def main(clock: VirtualClock) -> None:
        turns, most = Turns(), 1

        async def visit(name: str, seconds: float) -> None:
            nonlocal most
            await turns.take(most)
            log.append((clock.elapsed, name))
            await clock.sleep(seconds)
            most = 2
            turns.give_back(most)

        visits = [asyncio.create_task(visit(n, 1.0)) for n in "abcde"]
        await clock.sleep(0.5)
        visits[1].cancel()
        await asyncio.gather(*visits, return_exceptions=True)
        assert len(turns) == 0

    run(main)
    assert log == [(0.0, "a"), (1.0, "c"), (1.0, "d"), (2.0, "e")]


def test_a_permit_that_is_given_up_as_it_would_be_given_is_no_second_one() -> None:
    async def main() -> int:
        turns = Turns()
        await turns.take(1)
        waiting = asyncio.create_task(turns.take(1))
        await asyncio.sleep(0)
        waiting.cancel()
        turns.give_back(1)  # the same moment: its place in the queue comes up
        await asyncio.gather(waiting, return_exceptions=True)
        return turns.held

    assert asyncio.run(main()) == 0

"""The window, the pauses and the budget, without an archive."""

from __future__ import annotations

import asyncio

import pytest

from citecheck.archives.pace import OutOfTime, Pace, Traffic
from standins.clock import FakeClock


def turns(count: int, budget: float = 1e6) -> tuple[list[float], list[str]]:
    clock, notes = FakeClock(), list[str]()
    begin = clock.monotonic()

    async def take() -> list[float]:
        pace = Pace(Traffic(clock, budget, notes.append), clock, 3, gap=0.5)
        return [await pace.turn() - begin for _ in range(count)]

    return asyncio.run(take()), notes


def test_first_ones_at_once_then_one_for_each_that_leaves_the_window() -> None:
    moments, notes = turns(7)
    assert moments == [0.0, 0.5, 1.0, 61.0, 61.5, 62.0, 122.0]
    assert notes == ["waiting 60 s for the archive's limit", "waiting 60 s for the archive's limit"]


def test_no_wait_that_would_end_beyond_the_budget() -> None:
    clock = FakeClock()

    async def take() -> None:
        pace = Pace(Traffic(clock, 30, lambda _: None), clock, 1)
        await pace.turn()
        with pytest.raises(OutOfTime, match=r"30 s.*next run goes on"):
            await pace.turn()

    asyncio.run(take())
    assert clock.slept == []


def test_a_pause_holds_all_who_share_it() -> None:
    clock = FakeClock()
    begin = clock.monotonic()

    async def take() -> list[float]:
        traffic = Traffic(clock, 1e6, lambda _: None)
        one, two = Pace(traffic, clock, 9), Pace(traffic, clock, 9)
        traffic.throttled(60, await one.turn())
        return [await one.turn() - begin, await two.turn() - begin]

    assert asyncio.run(take()) == [60.0, 60.0]


def test_answers_to_requests_under_way_together_are_one_pause() -> None:
    clock = FakeClock()
    traffic = Traffic(clock, 1e6, lambda _: None)
    for _ in range(4):
        traffic.throttled(60, asked=clock.monotonic() - 1)
    assert traffic.stopped == ""
    clock.advance(61)
    traffic.throttled(60, asked=clock.monotonic())
    assert traffic.stopped == ""
    clock.advance(61)
    traffic.throttled(60, asked=clock.monotonic())
    assert "went on asking for a pause" in traffic.stopped


def test_an_answer_in_between_makes_a_pause_the_first_again() -> None:
    clock = FakeClock()
    traffic = Traffic(clock, 1e6, lambda _: None)
    for _ in range(9):
        traffic.throttled(60, asked=clock.monotonic())
        clock.advance(61)
        traffic.answered(asked=clock.monotonic())
    assert traffic.stopped == ""

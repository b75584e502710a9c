"""The window, the pauses and the budget, without an archive."""

from __future__ import annotations

import asyncio
import math
from datetime import timedelta

import pytest

from citecheck.archives.pace import OutOfTime, Pace, Traffic
from citecheck.records.pacing import Pacing
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
    assert moments == [0.0, 0.5, 1.0, 62.0, 62.5, 63.0, 124.0]
    assert notes == ["waiting 61 s for the archive's limit", "waiting 61 s for the archive's limit"]


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


def test_what_is_on_its_way_when_a_pause_begins_counts_from_its_end() -> None:
    clock = FakeClock()
    begin = clock.monotonic()

    async def take() -> list[float]:
        traffic = Traffic(clock, 1e6, lambda _: None)
        pace = Pace(traffic, clock, 4)
        first = await pace.turn()
        await clock.sleep(10)
        await pace.turn()  # waits in the client when the answer to the first one comes
        traffic.throttled(60, first)
        return [await pace.turn() - begin for _ in range(4)]

    assert asyncio.run(take()) == [70.0, 70.5, 71.0, 132.0]


def test_requests_on_their_way_are_held_or_given_back() -> None:
    clock, held = FakeClock(), list[float]()
    traffic = Traffic(clock, 300, lambda _: None, hold=held.append)
    traffic.throttled(60, clock.monotonic())
    asyncio.run(clock.sleep(60))
    traffic.throttled(3600, clock.monotonic())
    assert held == [60.0, math.inf]
    assert "more than was left of the time for it" in traffic.stopped


def test_answers_to_requests_under_way_together_are_one_pause() -> None:
    clock = FakeClock()
    traffic = Traffic(clock, 1e6, lambda _: None)
    for _ in range(4):
        traffic.throttled(60, asked=clock.monotonic() - 1)
    assert traffic.stopped == ""
    clock.advance(61)
    traffic.throttled(60, asked=clock.monotonic())
    assert traffic.stopped == ""
    clock.advance(121)  # the second pause is twice as long
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


class Shelf:
    """A PaceStore."""

    def __init__(self) -> None:
        self.held = Pacing()

    def pacing(self) -> Pacing:
        return self.held

    def keep_pacing(self, pacing: Pacing) -> None:
        self.held = pacing


def test_the_next_run_goes_on_with_the_window_of_the_one_before() -> None:
    clock, store, notes = FakeClock(), Shelf(), list[str]()
    begin = clock.monotonic()

    async def run(count: int) -> list[float]:
        pace = Pace(Traffic(clock, 1e6, notes.append, store), clock, 3, kept=True)
        return [await pace.turn() - begin for _ in range(count)]

    assert asyncio.run(run(2)) == [0.0, 0.5]
    clock.advance(10)
    assert asyncio.run(run(2)) == [10.5, 62.0]
    clock.advance(3600)
    assert asyncio.run(run(1)) == [3662.0]
    assert len(store.held.asked) == 1


def test_saves_and_look_ups_have_a_window_each() -> None:
    clock, store = FakeClock(), Shelf()
    begin = clock.monotonic()

    async def run() -> list[float]:
        traffic = Traffic(clock, 1e6, lambda _: None, store)
        looking = Pace(traffic, clock, 2, kept=True)
        saving = Pace(traffic, clock, 2, kept=True, line="saved")
        return [await pace.turn() - begin for pace in (looking, saving, saving)]

    assert asyncio.run(run()) == [0.0, 0.0, 0.5]
    assert (len(store.held.asked), len(store.held.saved)) == (1, 2)
    assert asyncio.run(run()) == [0.5, 62.0, 62.5]


def test_moments_of_a_clock_that_was_wrong_hold_nobody_up() -> None:
    clock, store = FakeClock(), Shelf()
    later = clock.now() + timedelta(days=2)
    store.held = Pacing((later, later))

    async def turn() -> float:
        pace = Pace(Traffic(clock, 1e6, lambda _: None, store), clock, 1, kept=True)
        return await pace.turn()

    assert asyncio.run(turn()) == clock.monotonic()
    assert clock.slept == []


def test_a_pause_is_kept_for_the_next_run() -> None:
    clock, store, notes, held = FakeClock(), Shelf(), list[str](), list[float]()
    begin = clock.monotonic()
    Traffic(clock, 1e6, notes.append, store).throttled(60, asked=clock.monotonic())
    clock.advance(20)

    async def turn() -> float:
        traffic = Traffic(clock, 1e6, notes.append, store, held.append)
        return await Pace(traffic, clock, 9).turn() - begin

    assert asyncio.run(turn()) == 60.0
    assert held == [40.0]
    assert notes == ["waiting 40 s for the archive, which asked for a pause"]


def test_the_pause_after_it_is_longer_and_the_one_after_that_the_last() -> None:
    clock, store = FakeClock(), Shelf()
    lengths = []
    for _ in range(3):
        traffic = Traffic(clock, 1e6, lambda _: None, store)
        assert traffic.stopped == ""
        traffic.throttled(60, asked=clock.monotonic())
        assert store.held.quiet_until is not None
        lengths.append((store.held.quiet_until - clock.now()).total_seconds())
        clock.advance(lengths[-1] + 1)
    assert lengths == [60, 120, 240]
    assert "went on asking" in traffic.stopped


def test_an_answer_ends_what_is_kept_of_pauses() -> None:
    clock, store = FakeClock(), Shelf()
    traffic = Traffic(clock, 1e6, lambda _: None, store)
    traffic.throttled(60, asked=clock.monotonic())
    clock.advance(61)
    traffic.answered(asked=clock.monotonic())
    assert store.held == Pacing()


def test_a_pause_longer_than_the_budget_ends_the_run_before_it_begins() -> None:
    clock, store = FakeClock(), Shelf()
    Traffic(clock, 1e6, lambda _: None, store).throttled(1800, asked=clock.monotonic())
    traffic = Traffic(clock, 600, lambda _: None, store)
    assert "1800 s, more than was left" in traffic.stopped


@pytest.mark.parametrize("days", [-400, 2, 400])
def test_a_pause_of_a_clock_that_was_wrong_holds_nobody_up(days: int) -> None:
    clock, store = FakeClock(), Shelf()
    store.held = Pacing((), clock.now() + timedelta(days=days), 2)

    async def turn() -> float:
        traffic = Traffic(clock, 1e6, lambda _: None, store)
        traffic.throttled(60, asked=clock.monotonic())
        assert not traffic.stopped
        return await Pace(Traffic(clock, 1e6, lambda _: None), clock, 1).turn()

    assert asyncio.run(turn()) == clock.monotonic()

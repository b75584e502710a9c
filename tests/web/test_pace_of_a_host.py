"""How densely a host is asked: a ladder up in trouble, down when it is over."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from citecheck.web.pace import Pace


@dataclass
class Told:
    """A host that answers one request after the other, ten seconds apart."""

    pace: Pace = field(default_factory=lambda: Pace(0.5, 2))
    now: float = 1000.0

    def quick(self, times: int = 1, took: float = 0.1) -> tuple[float, int]:
        for _ in range(times):
            self.now += 10
            self.pace.answered(self.now, took)
        return self.pace.interval, self.pace.permits

    def refused(self, times: int = 1, status: int = 429, named: bool = False) -> tuple[float, int]:
        for _ in range(times):
            self.now += 10
            self.pace.refused(status, named, self.now, 0.1)
        return self.pace.interval, self.pace.permits


def test_one_thing_at_a_time_until_a_host_has_answered() -> None:
    told = Told()
    assert (told.pace.interval, told.pace.permits) == (0.5, 1)
    assert told.quick() == (0.5, 2)


def test_a_refusal_doubles_the_interval_and_halves_the_permits() -> None:
    told = Told(Pace(0.5, 8))
    told.quick()
    assert [told.refused() for _ in range(7)] == [
        (1.0, 4),
        (2.0, 2),
        (4.0, 1),
        (8.0, 1),
        (16.0, 1),
        (16.0, 1),
        (16.0, 1),
    ]


def test_it_comes_back_step_by_step() -> None:
    told = Told()
    told.refused(3)
    assert [told.quick(5)[0] for _ in range(4)] == [2.0, 1.0, 0.5, 0.5]


def test_another_refusal_begins_the_counting_anew() -> None:
    told = Told()
    told.refused(2)
    told.quick(4)
    assert told.refused()[0] == 4.0
    assert told.quick(4)[0] == 4.0
    assert told.quick(1)[0] == 2.0


def test_without_a_delay_there_is_one_after_a_refusal() -> None:
    told = Told(Pace(0.0, 4))
    assert told.quick() == (0.0, 4)
    assert told.refused() == (1.0, 2)
    assert told.quick(5) == (0.0, 4)


def test_never_below_the_delay_and_never_above_half_a_minute_beyond_it() -> None:
    told = Told(Pace(20.0, 1))
    assert told.refused()[0] == 30.0
    assert told.refused(9)[0] == 30.0
    told = Told(Pace(3600.0, 1))
    assert told.refused(9)[0] == 3600.0
    assert told.quick(99)[0] == 3600.0


@pytest.mark.parametrize(
    ("status", "named", "intervals"),
    [
        (429, False, [1.0, 2.0, 4.0]),  # "too many", for how long it does not say
        (429, True, [0.5, 1.0, 2.0]),  # the pause it names is kept; again: that was not enough
        (503, False, [0.5, 1.0, 2.0]),  # one may be about one page
        (503, True, [0.5, 1.0, 2.0]),
    ],
)
def test_which_refusals_count(status: int, named: bool, intervals: list[float]) -> None:
    told = Told()
    told.quick()
    assert [told.refused(status=status, named=named)[0] for _ in range(3)] == intervals


def test_two_slow_answers_in_a_row_make_it_slower_one_does_not() -> None:
    told = Told()
    told.quick(10, took=0.2)
    assert told.quick(took=3.0) == (0.5, 2), "one page may be slow"
    assert told.quick(took=0.2) == (0.5, 2)
    assert told.quick(2, took=3.0) == (1.0, 1)
    assert told.quick(20, took=3.0)[0] <= 4.0


def test_slow_is_measured_by_what_is_usual_on_the_host() -> None:
    told = Told()
    told.quick(10, took=1.5)
    assert told.quick(10, took=4.5) == (0.5, 2), "three times the usual time"
    told = Told()
    told.quick(10, took=0.01)
    assert told.quick(10, took=1.9) == (0.5, 2), "less than two seconds is never slow"


def test_over_five_seconds_are_slow_anywhere() -> None:
    told = Told()
    assert [told.quick(took=6.0)[0] for _ in range(9)] == [0.5, 1, 2, 4, 4, 4, 4, 4, 4]
    assert [told.quick(5)[0] for _ in range(3)] == [2.0, 1.0, 0.5]


def test_time_outs_are_slow() -> None:
    told = Told()
    told.quick()
    for i in range(9):
        told.pace.timed_out(told.now + 100 * i, 30.0)
    assert told.pace.interval == 4.0


def test_refusals_to_what_was_under_way_are_one() -> None:
    pace = Pace(0.5, 4)
    for _ in range(4):  # asked together at 99.8
        pace.refused(429, False, 100.0, 0.2)
    assert pace.interval == 1.0
    pace.refused(429, False, 101.2, 0.2)
    assert pace.interval == 2.0


def test_a_longer_interval_that_was_asked_for_stays() -> None:
    told = Told()
    told.pace.floor = 7.0
    assert told.quick(50)[0] == 7.0
    assert not told.pace.settled

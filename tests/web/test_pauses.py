"""What an answer says of pauses, in every spelling; and what is believed of it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from citecheck.records.exchange import Exchange
from citecheck.web.pauses import Quota, used_up

NOW = datetime(2026, 3, 1, 12, 0, 0, tzinfo=UTC)
EPOCH = int(NOW.timestamp())


def answer(*headers: str) -> Exchange:
    pairs = tuple(
        (k.strip().encode(), v.strip().encode()) for k, _, v in (h.partition(":") for h in headers)
    )
    return Exchange("GET", "https://a.example/", NOW, (), 200, "OK", pairs, b"", b"")


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        (["X-RateLimit-Remaining: 0", "X-RateLimit-Reset: 30"], 30),
        (["x-ratelimit-remaining: 0", f"x-ratelimit-reset: {EPOCH + 45}"], 45),
        (["X-RateLimit-Remaining: 0", f"X-RateLimit-Reset: {EPOCH - 45}"], 0),
        (["X-RateLimit-Remaining: 0", f"X-RateLimit-Reset: {(EPOCH + 9) * 1000}"], 9),
        (["X-Rate-Limit-Remaining: 0", "X-Rate-Limit-Reset: 7.5"], 7.5),
        (["RateLimit-Limit: 10", "RateLimit-Remaining: 0", "RateLimit-Reset: 50"], 50),
        (["RateLimit: limit=100, remaining=0, reset=50"], 50),
        (['RateLimit: "default";r=0;t=50'], 50),
        (['RateLimit: "burst";r=0;t=3, "daily";r=0;t=600'], 600),
        (['RateLimit: "burst";r=9;t=3, "daily";r=0;t=600'], 600),
        (['RateLimit: "burst";r=0;t=3, "daily";r=5;t=600'], 3),
        (['RateLimit: "default";r=1;t=50'], None),
        (["RateLimit: limit=100, remaining=10, reset=50"], None),
        (["X-RateLimit-Remaining: 10", "X-RateLimit-Reset: 30"], None),
        (["X-RateLimit-Remaining: 0"], None),
        (["X-RateLimit-Remaining: 0", "X-RateLimit-Reset: soon"], None),
        (["X-RateLimit-Remaining: 0", "X-RateLimit-Reset: -5"], None),
        (["X-RateLimit-Remaining: 0", "X-RateLimit-Reset: " + "9" * 400], None),
        (["RateLimit: " + "r=0;" * 100_000], None),
        (["Retry-After: 30"], None),
        ([], None),
    ],
)
def test_no_request_is_left(headers: list[str], seconds: float | None) -> None:
    assert used_up(answer(*headers), NOW) == seconds


def test_it_is_held_as_long_as_a_pause_may_be() -> None:
    assert Quota().told(30, 100.0, 0.1, 60.0, well=True) == 30
    assert Quota().told(3600, 100.0, 0.1, 60.0, well=True) == 60
    assert Quota().told(-3, 100.0, 0.1, 60.0, well=True) == 0


def test_a_limit_that_is_reached_again_is_waited_for_again() -> None:
    quota = Quota()
    assert quota.told(20, 100.0, 0.1, 60.0, well=True) == 20
    assert quota.told(20, 121.0, 0.5, 60.0, well=True) == 20


def test_who_answers_well_inside_the_time_counts_wrongly() -> None:
    quota = Quota()
    assert quota.told(3600, 100.0, 0.1, 60.0, well=True) == 60
    assert quota.told(3540, 161.0, 0.5, 60.0, well=True) == 0
    assert quota.told(60, 9000.0, 0.5, 60.0, well=True) == 0, "nor is it believed later"


def test_who_refuses_inside_the_time_counts_rightly() -> None:
    quota = Quota()
    assert quota.told(3600, 100.0, 0.1, 60.0, well=True) == 60
    assert quota.told(3540, 161.0, 0.5, 60.0, well=False) == 60


def test_answers_that_were_under_way_say_nothing_new() -> None:
    quota = Quota()
    assert quota.told(30, 100.0, 0.5, 60.0, well=True) == 30
    assert quota.told(30, 100.2, 0.5, 60.0, well=True) == 0
    assert quota.told(30, 131.0, 0.5, 60.0, well=True) == 30


def test_who_says_it_with_every_answer_is_not_waited_for_endlessly() -> None:
    quota, now, waits = Quota(), 100.0, []
    for _ in range(20):
        waits.append(quota.told(60, now, 0.1, 60.0, well=True))
        now += waits[-1] + 1
    assert waits == [60.0] * 5 + [0.0] * 15

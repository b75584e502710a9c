"""The gate of a host: interval, pauses, windows."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from citecheck.records.exchange import Exchange
from citecheck.records.observation import Fault, FaultKind
from citecheck.web.gates import Window
from citecheck.web.hosts import Host, Hosts
from citecheck.web.pauses import retry_after
from standins.clock import FakeClock

NOW = datetime(2026, 3, 1, 12, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0),
        ("120", 120),
        (" 7 ", 7),
        ("Sun, 01 Mar 2026 12:00:30 GMT", 30),
        ("Sat, 28 Feb 2026 12:00:00 GMT", 0),
        ("1000000000", 1e9),
        ("9" * 400, 1e12),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("Sun, 99 Foo 2026", None),
        ("٣", None),
    ],
)
def test_retry_after(value: str, seconds: float | None) -> None:
    assert retry_after(value, NOW) == seconds


def answer(status: int, *headers: tuple[bytes, bytes], elapsed: float = 0.1) -> Exchange:
    url = "https://busy.example/"
    return Exchange("GET", url, NOW, (), status, "", headers, b"", b"", elapsed=elapsed)


def host(interval: float = 0.5) -> Host:
    return Host("busy.example", permits=2, interval=interval, limit=60.0)


def test_starts_are_an_interval_apart() -> None:
    gate = host()
    assert gate.ready_in(100.0) == 0
    gate.started(100.0)
    assert gate.ready_in(100.2) == pytest.approx(0.3)
    assert gate.ready_in(100.5) == 0


def test_a_pause_holds_while_other_answers_are_fine() -> None:
    gate = host()
    gate.answered(429, 6.0, 100.0)
    gate.answered(200, None, 101.0)
    gate.answered(429, 1.0, 102.0)
    assert gate.ready_in(102.0) == pytest.approx(4.0)


def test_pauses_without_a_length_double() -> None:
    gate = host()
    lengths: list[float] = []
    for _ in range(3):
        gate.answered(429, None, 1000.0 * (len(lengths) + 1))
        lengths.append(gate.ready_in(1000.0 * (len(lengths) + 1)))
    assert lengths == [2.0, 4.0, 8.0]


def test_a_long_pause_closes_the_host_for_the_run() -> None:
    gate = host()
    gate.answered(429, 600.0, 0.0)
    assert gate.closed


def test_an_absurd_pause_is_capped_once_and_believed_the_second_time() -> None:
    gate = host()
    gate.answered(429, 1e9, 0.0)
    assert (gate.closed, gate.ready_in(0.0)) == ("", 60.0)
    gate.answered(429, 1e9, 70.0)
    assert gate.closed


def test_a_long_503_holds_the_host_once_then_is_about_the_page() -> None:
    gate = host()
    gate.answered(503, 3600.0, 0.0)
    gate.answered(200, None, 1.0)  # was under way
    assert (gate.closed, gate.ready_in(1.0)) == ("", 59.0)
    gate.answered(503, 3600.0, 60.0)
    assert (gate.closed, gate.ready_in(60.0)) == ("", 0.0)


def test_a_host_that_always_wants_pauses_is_closed_in_the_end() -> None:
    gate = host()
    now, pauses = 0.0, 0
    while not gate.closed and pauses < 50:
        gate.answered(429, 50.0, now)
        now += 50.0
        gate.answered(200, None, now)
        pauses += 1
    assert pauses == 7  # 350 seconds


def test_a_host_that_only_refuses_is_left_alone() -> None:
    gate = host()
    for i in range(5):
        gate.answered(429, 1.0, 2.0 * i)
    assert not gate.closed
    gate.answered(200, None, 10.0)
    gate.answered(429, 1.0, 12.0)
    assert not gate.closed
    for i in range(5):
        gate.answered(429, 1.0, 14.0 + 2 * i)
    assert gate.closed


def test_after_a_refusal_starts_are_further_apart_for_a_while() -> None:
    gate = host()
    gate.answered(200, None, 90.0)
    gate.answered(429, None, 100.0)
    assert (gate.ready_in(100.0), gate.interval) == (2.0, 1.0), "a pause, and a longer interval"
    gate.started(102.0)
    assert gate.ready_in(102.0) == 1.0
    for i in range(5):
        gate.answered(200, None, 103.0 + i)
    assert gate.interval == 0.5


def test_an_answer_that_says_it_was_the_last_allowed_is_a_pause() -> None:
    gate = host()
    said = ((b"X-RateLimit-Remaining", b"0"), (b"X-RateLimit-Reset", b"20"))
    gate.noted(answer(200, *said), 0.1, 100.0, NOW)
    assert gate.ready_in(100.0) == 20.0
    gate.noted(answer(200), 0.1, 101.0, NOW)
    assert gate.ready_in(101.0) == 19.0, "held while other answers are fine"
    assert not gate.closed


def test_a_refusal_with_counts_and_no_retry_after_is_held_as_they_say() -> None:
    gate = host()
    gate.noted(answer(429, (b"RateLimit", b'"hour";r=0;t=33')), 0.1, 100.0, NOW)
    assert gate.ready_in(100.0) == 33.0
    gate = host()
    gate.noted(answer(429, (b"RateLimit", b'"day";r=0;t=40000')), 0.1, 100.0, NOW)
    assert gate.closed, "longer than a run waits"


@pytest.mark.parametrize("value", [b"-5", b"soon", b"Sun, 99 Foo 2026", b""])
def test_a_length_that_is_none_is_a_refusal_without_one(value: bytes) -> None:
    gate = host()
    gate.noted(answer(429, (b"Retry-After", value)), 0.1, 100.0, NOW)
    assert gate.ready_in(100.0) == 2.0


def test_who_takes_long_or_never_answers_lingers() -> None:
    gate = host()
    told: list[Exchange | Fault] = [
        answer(200),
        Fault(FaultKind.READ_TIMEOUT),
        answer(200),
        answer(200, elapsed=9.0),  # a body that drips
    ]
    lingers = []
    for i, one in enumerate(told):
        gate.noted(one, 0.1, 100.0 + 30 * i, NOW)
        lingers.append(gate.lingers)
    assert lingers == [False, True, False, True]


def test_an_archive_tells_its_own_pace() -> None:
    gate = host()
    gate.window = Window(24)
    for i in range(9):
        gate.answered(200, None, 100.0 + 10 * i, 9.0)
    assert gate.interval == 0.5


def test_trouble_in_a_row_is_counted() -> None:
    gate = host()
    gate.failed()
    gate.answered(503, None, 0.0)
    gate.answered(429, None, 1.0)
    assert gate.failing == 3
    gate.answered(404, None, 2.0)
    assert gate.failing == 0


def test_a_longer_interval_counts_from_the_last_start() -> None:
    gate = host()
    gate.started(100.0)
    gate.slow_to(7.0)
    gate.slow_to(3.0)
    assert (gate.interval, gate.ready_in(101.0)) == (7.0, 6.0)


def test_a_window_slides() -> None:
    window = Window(3)
    for moment in (0.0, 10.0, 20.0):
        assert window.ready_in(moment) == 0
        window.started(moment)
    assert window.ready_in(21.0) == 39.0
    assert window.ready_in(60.0) == 0.0


def test_hosts_are_one_a_name_and_forget_what_is_idle() -> None:
    clock = FakeClock()
    hosts = Hosts(clock, permits=2, interval=0.5, limit=60.0)
    kept = hosts.host("Busy.Example")
    kept.answered(429, 30.0, clock.monotonic())
    hosts.limit("web.archive.org", per_minute=24)
    window = hosts.host("web.archive.org").window
    for i in range(5000):
        hosts.host(f"h{i}.example")
    assert hosts.host("busy.example") is kept
    assert hosts.host("web.archive.org").window is window
    assert len(hosts._hosts) < 3000

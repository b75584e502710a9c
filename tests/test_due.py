from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from citecheck.due import choose
from citecheck.records.link import Link
from citecheck.records.memory import LinkRecord, Memory, Visit
from citecheck.records.observation import Observation
from citecheck.settings import Settings

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
A, B, C = (Link(f"https://{name}.example/page") for name in ("a", "b", "c"))


def seen(url: str, hours: float) -> Memory:
    at = NOW - timedelta(hours=hours)
    record = LinkRecord(url, "ok", "ok", "high", "", since=at, first_seen=at)
    return Memory(record, Visit(url, checked=at))


def urls(links: tuple[Link, ...]) -> list[str]:
    return [link.url for link in links]


def test_without_settings_everything_is_visited() -> None:
    due = choose([A, B], {A.url: seen(A.url, 0.1)}, {}, Settings(), NOW)
    assert urls(due.visit) == [A.url, B.url]
    assert (due.left, due.resumed) == ({}, {})


def test_include_and_exclude() -> None:
    settings = replace(Settings(), include=(r"a\.|b\.",), exclude=("b",))
    due = choose([A, B, C], {}, {}, settings, NOW)
    assert urls(due.visit) == [A.url]
    assert due.left == {B.url: "excluded", C.url: "excluded"}


def test_a_young_visit_is_not_due() -> None:
    settings = replace(Settings(), max_age=timedelta(hours=2))
    memory = {A.url: seen(A.url, 1), B.url: seen(B.url, 3), C.url: Memory()}
    due = choose([A, B, C], memory, {}, settings, NOW)
    assert urls(due.visit) == [B.url, C.url]
    assert due.left == {A.url: "not-due"}


def test_a_visit_of_the_future_is_not_believed() -> None:
    settings = replace(Settings(), max_age=timedelta(hours=2))
    assert urls(choose([A], {A.url: seen(A.url, -5)}, {}, settings, NOW).visit) == [A.url]


def test_what_a_killed_run_saw_is_taken_up_unless_it_is_old() -> None:
    young = Observation(A.url, NOW - timedelta(hours=1), A.url, status=200)
    old = Observation(B.url, NOW - timedelta(days=2), B.url, status=200)
    due = choose([A, B], {}, {A.url: young, B.url: old}, Settings(), NOW)
    assert due.resumed == {A.url: young}
    assert urls(due.visit) == [B.url]

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citecheck.due import choose, due_after
from citecheck.records.link import Cited, Link
from citecheck.records.memory import LinkRecord, Memory, Strikes, Swing, Visit
from citecheck.records.observation import Observation
from citecheck.settings import Settings

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
A, B, C = (Link(f"https://{name}.example/page") for name in ("a", "b", "c"))


YEAR = timedelta(days=365)


def seen(
    url: str,
    hours: float,
    found: str = "ok/ok",
    *,
    steady: timedelta = YEAR,
    strikes: int = 0,
    before: str = "",
) -> Memory:
    """A link whose last visit was so many hours ago, when it had been `found` for so long, and had
    been in the state `before` until then."""
    at = NOW - timedelta(hours=hours)
    state, reason = found.split("/")
    record = LinkRecord(
        url,
        state,
        reason,
        "high",
        "",
        since=at - steady,
        first_seen=at - YEAR,
        previous_state=before,
        strikes=Strikes(strikes, at - YEAR, at) if strikes else Strikes(),
    )
    return Memory(record, Visit(url, checked=at))


def urls(links: tuple[Link, ...]) -> list[str]:
    return [link.url for link in links]


def test_without_settings_everything_is_visited() -> None:
    due = choose([A, B], {A.url: seen(A.url, 0.1)}, {}, Settings(), NOW)
    assert urls(due.visit) == [B.url, A.url]
    assert (due.left, due.resumed) == ({}, {})


def test_an_order_to_an_archive_is_never_given_by_a_visit() -> None:
    order = Link("https://web.archive.org/save/https://a.example/page")
    due = choose([A, order], {}, {}, Settings(save=True), NOW)
    assert (urls(due.visit), due.left) == ([A.url], {order.url: "orders-saving"})


def test_include_and_exclude() -> None:
    settings = replace(Settings(), include=(r"a\.|b\.",), exclude=("b",))
    due = choose([A, B, C], {}, {}, settings, NOW)
    assert urls(due.visit) == [A.url]
    assert due.left == {B.url: "excluded", C.url: "excluded"}


def test_a_young_visit_is_not_due() -> None:
    settings = replace(Settings(), max_age=timedelta(hours=2))
    memory = {A.url: seen(A.url, 1), B.url: seen(B.url, 3), C.url: Memory()}
    due = choose([A, B, C], memory, {}, settings, NOW)
    assert urls(due.visit) == [C.url, B.url]
    assert due.left == {A.url: "not-due"}


@pytest.mark.parametrize(("hours", "left"), [(1, "not-due"), (3, None)])
def test_the_page_behind_a_library_proxy_is_due_with_the_address_that_is_cited(
    hours: float, left: str | None
) -> None:
    settings = replace(Settings(), max_age=timedelta(hours=2))
    proxied = Link("https://b-example.proxy.example/page", proxied=True, unproxied=B.url)
    memory = {proxied.url: seen(proxied.url, hours, "blocked/library-proxy")}
    due = choose([proxied, B], memory, {}, settings, NOW)
    assert (due.left.get(proxied.url), due.left.get(B.url)) == (left, left)
    cites = replace(B, citations=(Cited("paper.md", "1", 1, "b"),))
    assert B.url not in choose([proxied, cites], memory, {}, settings, NOW).left


def test_what_was_not_visited_for_longest_comes_first() -> None:
    memory = {A.url: seen(A.url, 1), B.url: seen(B.url, 30)}
    due = choose([A, B, C], memory, {}, Settings(), NOW)
    assert urls(due.visit) == [C.url, B.url, A.url]


def test_a_visit_of_the_future_is_not_believed() -> None:
    settings = replace(Settings(), max_age=timedelta(hours=2))
    assert urls(choose([A], {A.url: seen(A.url, -5)}, {}, settings, NOW).visit) == [A.url]


def test_what_a_killed_run_saw_is_taken_up_unless_it_is_old() -> None:
    young = Observation(A.url, NOW - timedelta(hours=1), A.url, status=200)
    old = Observation(B.url, NOW - timedelta(days=2), B.url, status=200)
    due = choose([A, B], {}, {A.url: young, B.url: old}, Settings(), NOW)
    assert due.resumed == {A.url: young}
    assert urls(due.visit) == [B.url]


WEEK = replace(Settings(), max_age=timedelta(days=7))
DAY = timedelta(days=1)
NEW = timedelta(0)


def due_days(found: str, *, steady: timedelta = YEAR, strikes: int = 0, before: str = "") -> float:
    memory = seen(A.url, 0, found, steady=steady, strikes=strikes, before=before)
    assert memory.record and memory.visit
    return round(due_after(memory.record, memory.visit, WEEK) / DAY, 2)


FULL = due_days("ok/ok")


@pytest.mark.parametrize(
    ("found", "before", "steady", "strikes", "days"),
    [
        ("ok/ok", "", NEW, 0, FULL),
        ("ok/ok", "dead", NEW, 0, 3.15),
        ("ok/ok", "dead", 6 * DAY, 0, 3.15),
        ("ok/ok", "dead", 7 * DAY, 0, FULL),
        ("dead/http-404", "ok", NEW, 0, 3.15),
        ("dead/http-404", "ok", YEAR, 0, FULL),
        ("changed/content-changed", "ok", DAY, 0, 3.15),
        ("dead/unreachable-confirmed", "unreachable", NEW, 3, FULL),
        ("unreachable/not-from-here", "ok", NEW, 3, FULL),
        ("blocked/forbidden", "ok", NEW, 0, FULL),
        ("blocked/rate-limited", "", NEW, 0, 0.5),
        ("unreachable/connect-timeout", "", NEW, 1, 0.96),
        ("unreachable/connect-timeout", "", NEW, 2, 2.99),
        ("unreachable/tls-expired", "", NEW, 0, 0.96),
        ("unreachable/tls-expired", "", YEAR, 0, FULL),
        ("unchecked/private-address", "", YEAR, 0, 0),
    ],
)
def test_the_pace_by_state(
    found: str, before: str, steady: timedelta, strikes: int, days: float
) -> None:
    assert due_days(found, steady=steady, strikes=strikes, before=before) == days


def test_the_full_age_is_spread_downwards_and_stable() -> None:
    def full(n: int) -> float:
        memory = seen(f"https://h{n}.example/page", 0)
        assert memory.record and memory.visit
        return due_after(memory.record, memory.visit, WEEK) / WEEK.max_age

    shares = [full(n) for n in range(2000)]
    assert shares == [full(n) for n in range(2000)]
    assert 0.85 <= min(shares) < 0.86
    assert 0.94 < max(shares) <= 0.95
    assert 900 < sum(share < 0.9 for share in shares) < 1100


def test_a_weekly_run_that_begins_a_minute_early_still_visits_all() -> None:
    week = 7 * 24 - 1 / 60
    links = [Link(f"https://h{n}.example/page") for n in range(500)]
    memory = {link.url: seen(link.url, week) for link in links}
    assert choose(links, memory, {}, WEEK, NOW).left == {}


@pytest.mark.parametrize(("strikes", "days"), [(0, 1), (1, 1), (2, 3)])
def test_a_daily_run_that_begins_a_minute_early_visits_what_failed(strikes: int, days: int) -> None:
    failing = seen(A.url, days * 24 - 1 / 60, "unreachable/http-5xx", steady=NEW, strikes=strikes)
    assert choose([A], {A.url: failing}, {}, WEEK, NOW).left == {}


@given(
    st.sampled_from(["ok/ok", "dead/http-404", "blocked/login", "unreachable/http-5xx"]),
    st.timedeltas(timedelta(0), YEAR),
    st.timedeltas(timedelta(0), YEAR),
    st.integers(0, 5),
    st.text(max_size=8),
)
def test_nothing_older_than_the_age_is_ever_left(
    found: str, steady: timedelta, age: timedelta, strikes: int, name: str
) -> None:
    memory = seen(f"https://{name}.example/", 0, found, steady=steady, strikes=strikes)
    assert memory.record and memory.visit
    after = due_after(memory.record, memory.visit, replace(Settings(), max_age=age))
    assert timedelta(0) <= after <= age


def test_what_a_link_shows_at_present_sets_its_pace_not_what_was_told() -> None:
    memory = seen(A.url, 24)
    assert memory.record and memory.visit
    since = memory.visit.checked
    swing = Swing(memory.record.since, "unreachable", "read-timeout", "medium", "", since)
    swinging = Memory(memory.record, replace(memory.visit, swing=swing))
    assert choose([A], {A.url: memory}, {}, WEEK, NOW).left == {A.url: "not-due"}
    assert urls(choose([A], {A.url: swinging}, {}, WEEK, NOW).visit) == [A.url]

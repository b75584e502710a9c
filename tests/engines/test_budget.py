"""The time for a run: no visit begins when it is used up, and what was not visited is told."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from citecheck.engines.budget import RunBudget, unvisited
from citecheck.engines.local import observe
from citecheck.errors import LedgerError
from citecheck.progress import NoProgress
from citecheck.records.exchange import Exchange
from citecheck.records.link import Link
from citecheck.records.looked import Looked
from citecheck.records.observation import Hop, Observation
from citecheck.records.report import Skipped
from citecheck.settings import ArchiveSettings, Settings
from citecheck.web.build import open_client
from standins.clock import FakeClock
from standins.virtual import VirtualClock, run

HALF_HOUR = Settings(budget=timedelta(minutes=30))


class Seen:
    def __init__(self, error: Exception | None = None) -> None:
        self.rows: list[str] = []
        self._error = error

    def observed(self, observation: Observation) -> None:
        if self._error is not None:
            raise self._error
        self.rows.append(observation.url)


def nothing(_: Exchange, __: Link, ___: tuple[Hop, ...]) -> Looked:
    return Looked()


def visited(
    links: list[str], until: float | None, *, took: float = 0.1, sink: Seen | None = None
) -> tuple[int, list[str], float]:
    """How many links were left, those visited in order, and when it was over; all in seconds."""
    seen = sink or Seen()

    async def main(clock: VirtualClock) -> tuple[int, float]:
        async def handle(_: httpx.Request) -> httpx.Response:
            await clock.sleep(took)
            return httpx.Response(200)

        settings = Settings()
        inner = httpx.MockTransport(handle)
        async with open_client(settings, clock=clock, inner=inner) as client:
            left = await observe(
                [Link(url) for url in links],
                client=client,
                sink=seen,
                visits={},
                settings=settings,
                clock=clock,
                progress=NoProgress(),
                look=nothing,
                until=None if until is None else clock.monotonic() + until,
            )
        return left, clock.elapsed

    left, over = run(main)
    return left, seen.rows, over


def on_one_host(count: int) -> list[str]:
    return [f"https://a.example/{i}" for i in range(count)]


def test_without_a_bound_everything_is_visited() -> None:
    assert visited(on_one_host(5), None)[:2] == (0, on_one_host(5))


def test_time_that_is_enough_changes_nothing() -> None:
    left, rows, over = visited(on_one_host(5), 60.0)
    assert (left, rows, over) == (0, on_one_host(5), 2.1)


def test_no_visit_begins_when_the_time_is_used_up() -> None:
    left, rows, over = visited(on_one_host(100), 10.0)
    assert rows == on_one_host(len(rows)), "those first in line were visited first"
    assert 20 <= len(rows) <= 25
    assert left == 100 - len(rows)
    assert over <= 12, "visits under way ended within their pace"


def test_visits_under_way_have_some_seconds_and_no_more() -> None:
    assert visited(on_one_host(3), 5.0, took=8.0)[1] == on_one_host(1)
    left, rows, over = visited(on_one_host(3), 5.0, took=25.0)
    assert (left, rows) == (3, [])
    assert over == 15.0


def test_no_time_is_no_visit() -> None:
    assert visited(on_one_host(3), 0.0)[:2] == (3, [])


def test_a_disk_that_is_full_ends_such_a_run_too() -> None:
    with pytest.raises(LedgerError, match="no space left"):
        visited(on_one_host(3), 60.0, sink=Seen(LedgerError("no space left")))


def test_a_person_may_end_it_sooner() -> None:
    async def main(clock: VirtualClock) -> float:
        async def whole() -> None:
            settings = Settings()
            inner = httpx.MockTransport(lambda _: httpx.Response(200))
            async with open_client(settings, clock=clock, inner=inner) as client:
                await observe(
                    [Link(url) for url in on_one_host(50)],
                    client=client,
                    sink=Seen(),
                    visits={},
                    settings=settings,
                    clock=clock,
                    progress=NoProgress(),
                    look=nothing,
                    until=clock.monotonic() + 100,
                )

        task = asyncio.create_task(whole())
        await clock.sleep(3)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return clock.elapsed

    assert run(main) == 3.0


def test_the_last_quarter_is_for_archives_where_they_are_asked() -> None:
    clock = FakeClock()
    checking = RunBudget(HALF_HOUR, clock, archives=False)
    running = RunBudget(HALF_HOUR, clock, archives=True)
    assert checking.visits_until == clock.monotonic() + 30 * 60
    assert running.visits_until == clock.monotonic() + 22.5 * 60
    assert RunBudget(Settings(), clock, archives=True).visits_until is None


def test_archives_get_what_is_left_and_no_more_than_their_own() -> None:
    own = ArchiveSettings(budget=timedelta(minutes=10))
    clock = FakeClock()
    budget = RunBudget(replace(HALF_HOUR, archive=own), clock, archives=True)
    clock.advance(5 * 60)
    assert budget.for_archives().archive.budget == timedelta(minutes=10)
    clock.advance(18 * 60)
    assert budget.for_archives().archive.budget == timedelta(minutes=7)
    clock.advance(60 * 60)
    assert budget.for_archives().archive.budget == timedelta(0)
    free = RunBudget(Settings(archive=own), clock, archives=True)
    assert free.for_archives().archive.budget == timedelta(minutes=10)


def test_what_the_report_says_of_it() -> None:
    assert unvisited(None) == unvisited(0) == ()
    assert unvisited(1) == (
        Skipped(
            "visits",
            "the time for this run (--budget) was used up; 1 link waits for the next one, "
            "first in line",
        ),
    )
    assert "1,200 links wait" in unvisited(1200)[0].why

"""The story of a run on a made-up web without sockets: what is asked, told and kept."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import httpx
import pytest

from citecheck import wiring
from citecheck.ledger.journal import Unfinished
from citecheck.ledger.store import Ledger
from citecheck.progress import NoProgress
from citecheck.records.document import Document
from citecheck.records.finding import Confidence
from citecheck.records.link import Link
from citecheck.records.memory import Memory
from citecheck.records.reference import Citation, Reference
from citecheck.records.report import Report
from citecheck.records.sources import Sources
from citecheck.run import LANDMARKS, Parts, Told, tell
from citecheck.settings import Settings
from citecheck.web.build import open_client
from standins.clock import FakeClock
from standins.judged import observed, page
from standins.sample_report import sample_report

GOOD = "https://good.example/story"
GONE = "https://gone.example/story"
PROXIED = "https://www-jstor-org.ezproxy.library.example.edu/stable/2151"
Serve = Callable[[httpx.Request], httpx.Response]


def sources(*urls: str) -> Sources:
    references = tuple(
        Reference(
            f"ref-{n}", {"type": "webpage"}, (url,), citations=(Citation("p.md", str(n), 1, n),)
        )
        for n, url in enumerate(urls, 1)
    )
    return Sources(((Document("p.md", "", "records"), references),))


@dataclass
class World:
    """Runs the story with a handler for every request; `asked` lists them."""

    root: Path
    serve: Serve

    def __post_init__(self) -> None:
        self.asked: list[str] = []
        self.clock = FakeClock()

    def run(
        self,
        cited: Sources,
        *,
        settings: Settings | None = None,
        memory: Mapping[str, Memory] | None = None,
        visit: bool = True,
        archives: bool = False,
        left_behind: Unfinished | None = None,
    ) -> Told:
        settings = settings or Settings(root=self.root)

        def answer(request: httpx.Request) -> httpx.Response:
            self.asked.append(str(request.url))
            return self.serve(request)

        transport = httpx.MockTransport(answer)
        parts = Parts(
            settings=settings,
            clock=self.clock,
            progress=NoProgress(),
            client=partial(open_client, settings, clock=self.clock, inner=transport),
            keys=None,
            rng=random.Random(1),
        )
        ledger = Ledger(settings, self.clock)
        journal = ledger.open_journal()
        story = tell(
            cited, memory or {}, left_behind, journal, parts, visit=visit, archives=archives
        )
        told = asyncio.run(story)
        journal.close()
        return told


def web(request: httpx.Request) -> httpx.Response:
    if request.url.host == "gone.example":
        return httpx.Response(410)
    return httpx.Response(200, html=page())


def refuse(request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("refused", request=request)


def states(told: Told) -> dict[str, str]:
    return {row.url: f"{row.finding.state.value}/{row.finding.reason}" for row in told.report.links}


def test_visits_become_rows_memory_and_news(tmp_path: Path) -> None:
    world = World(tmp_path, web)
    told = world.run(sources(GOOD, GONE))
    assert states(told) == {GOOD: "ok/ok", GONE: "dead/http-410"}
    assert world.asked.count(GONE) == 2, "a 410 is confirmed"
    assert set(told.memory) == {GOOD, GONE}
    assert sorted(record.url for record in told.news) == [GONE, GOOD]
    again = World(tmp_path, web).run(sources(GOOD, GONE), memory=told.memory)
    assert again.news == ()


def test_without_visits_nothing_is_asked_and_states_stay(tmp_path: Path) -> None:
    before = World(tmp_path, web).run(sources(GOOD, GONE)).memory
    world = World(tmp_path, web)
    told = world.run(sources(GOOD, GONE), memory=before, visit=False)
    assert world.asked == []
    assert states(told) == {GOOD: "ok/ok", GONE: "dead/http-410"}
    assert told.news == ()
    unseen = World(tmp_path, web).run(sources(GOOD), visit=False)
    assert states(unseen) == {GOOD: "unchecked/not-due"}


def test_a_proxied_address_is_never_asked_for_and_the_page_behind_it_is_offered(
    tmp_path: Path,
) -> None:
    world = World(tmp_path, web)
    told = world.run(sources(PROXIED))
    assert states(told) == {PROXIED: "blocked/library-proxy"}
    suggestion = told.report.links[0].finding.suggestion
    assert suggestion is not None
    assert (suggestion.url, suggestion.state) == ("https://www.jstor.org/stable/2151", "ok")
    assert {httpx.URL(url).host for url in world.asked} == {"www.jstor.org"}


def test_one_lost_host_is_told_from_a_lost_network_by_two_landmarks(tmp_path: Path) -> None:
    def serve(request: httpx.Request) -> httpx.Response:
        lost = request.url.host.endswith("good.example")  # with www. as well
        return refuse(request) if lost else web(request)

    up = World(tmp_path, serve)
    told = up.run(sources(GOOD))
    assert states(told) == {GOOD: "unreachable/connection-refused"}
    assert told.report.network_down is False
    assert set(LANDMARKS) <= set(up.asked)
    down = World(tmp_path, refuse).run(sources(GOOD))
    assert down.report.network_down is True
    assert states(down) == {GOOD: "unchecked/offline"}
    assert down.news == ()


def test_with_the_network_down_what_a_killed_run_saw_before_still_counts(tmp_path: Path) -> None:
    before = World(tmp_path, web)
    known = before.run(sources(GOOD, GONE)).memory
    gone = observed("", link=Link(GOOD), status=404, at=before.clock.now())
    down = World(tmp_path, refuse)
    left = Unfinished("", gone.at, (gone,), (), ())
    down.clock.advance(3600)
    told = down.run(sources(GOOD, GONE), memory=known, left_behind=left)
    assert told.report.network_down is True
    assert states(told) == {GOOD: "dead/http-404", GONE: "dead/http-410"}
    assert [record.url for record in told.news] == [GOOD]
    assert told.memory[GONE] == known[GONE], "nothing is concluded, not even that it was visited"


def test_an_alarm_about_a_page_that_was_well_is_made_sure_of(tmp_path: Path) -> None:
    known = World(tmp_path, web).run(sources(GOOD)).memory
    shell = httpx.Response(200, html="<title>Page not found</title><h1>404</h1><p>Sorry.</p>")
    passing = [shell]

    def moody(request: httpx.Request) -> httpx.Response:
        return passing.pop() if passing else web(request)

    world = World(tmp_path, moody)
    told = world.run(sources(GOOD), memory=known)
    assert states(told) == {GOOD: "ok/ok"}
    assert told.report.links[0].finding.confidence is Confidence.LOW
    assert told.news == ()
    lasting = World(tmp_path, lambda _: shell)
    told = lasting.run(sources(GOOD), memory=known, settings=Settings(root=tmp_path, probe=False))
    assert states(told) == {GOOD: "dead/soft-404"}
    assert told.report.links[0].finding.confidence is Confidence.HIGH
    assert lasting.asked == [GOOD, GOOD]


def test_what_is_excluded_is_not_asked_for(tmp_path: Path) -> None:
    world = World(tmp_path, web)
    told = world.run(sources(GOOD, GONE), settings=Settings(root=tmp_path, exclude=("gone",)))
    assert states(told) == {GOOD: "ok/ok", GONE: "unchecked/excluded"}
    assert {httpx.URL(url).host for url in world.asked} == {"good.example"}


def test_what_there_was_no_time_for_keeps_its_state_and_is_first_in_line(tmp_path: Path) -> None:
    none = Settings(root=tmp_path, budget=timedelta(0))
    world = World(tmp_path, web)
    told = world.run(sources(GOOD, GONE), settings=none)
    assert world.asked == []
    assert states(told) == {GOOD: "unchecked/interrupted", GONE: "unchecked/interrupted"}
    assert [row.what for row in told.report.skipped] == ["visits"]
    assert (told.report.interrupted, told.report.network_down) == (False, False)
    assert wiring._code(told.report, none) == wiring.EXIT_FINE, "nobody interrupted it"

    before = World(tmp_path, web).run(sources(GONE)).memory
    told = World(tmp_path, web).run(sources(GOOD, GONE), settings=none, memory=before)
    assert states(told) == {GOOD: "unchecked/interrupted", GONE: "dead/http-410"}
    assert wiring._code(told.report, none) == wiring.EXIT_FINDINGS
    world = World(tmp_path, web)
    world.run(sources(GONE, GOOD), memory=told.memory)
    assert world.asked[0] == GOOD, "never visited"


def test_a_run_that_is_cut_off_without_a_network_concludes_nothing(tmp_path: Path) -> None:
    # With a port there is no other way to write an address that would be tried.
    mute = [f"https://mute{n}.example:8443/" for n in range(7)]
    asked: list[str] = []

    def serve(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.host)
        if len(asked) == 5:
            for task in asyncio.all_tasks():
                if getattr(task.get_coro(), "__name__", "") == "tell":
                    task.cancel()  # as Ctrl-C does
        return refuse(request)

    settings = Settings(root=tmp_path, retries=0, concurrency=1)
    told = World(tmp_path, serve).run(sources(*mute), settings=settings)
    assert set(states(told).values()) == {"unchecked/offline"}
    assert (told.report.interrupted, told.report.network_down) == (True, True)
    assert told.memory == {}


def test_archives_are_asked_only_where_they_shall_be(tmp_path: Path) -> None:
    def serve(request: httpx.Request) -> httpx.Response:
        archive = request.url.host == "web.archive.org"
        return httpx.Response(200, text="") if archive else web(request)

    without = World(tmp_path, serve)
    assert without.run(sources(GOOD)).report.savable == 0
    assert not any("archive.org" in url for url in without.asked)
    asking = World(tmp_path, serve)
    report = asking.run(sources(GOOD), archives=True).report
    assert any("archive.org" in url for url in asking.asked)
    assert report.savable == 1, "says what --save would do"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"interrupted": True, "network_down": True}, wiring.EXIT_INTERRUPTED),
        ({"network_down": True}, wiring.EXIT_DOWN),
        ({}, wiring.EXIT_FINDINGS),
        ({"links": ()}, wiring.EXIT_FINE),
    ],
)
def test_the_order_of_exit_codes(changes: dict[str, object], code: int) -> None:
    report: Report = replace(sample_report(), **changes)  # type: ignore[arg-type]
    assert wiring._code(report, Settings()) == code

"""The story of a run on a made-up web without sockets: what is asked, told and kept."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import httpx
import pytest

from citecheck import wiring
from citecheck.ledger.store import Ledger
from citecheck.progress import NoProgress
from citecheck.records.document import Document
from citecheck.records.memory import Memory
from citecheck.records.reference import Citation, Reference
from citecheck.records.report import Report
from citecheck.records.sources import Sources
from citecheck.run import LANDMARKS, Parts, Told, tell
from citecheck.settings import Settings
from citecheck.web.build import open_client
from standins.clock import FakeClock
from standins.judged import page
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
        story = tell(cited, memory or {}, None, journal, parts, visit=visit, archives=archives)
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
        return refuse(request) if request.url.host == "good.example" else web(request)

    up = World(tmp_path, serve)
    told = up.run(sources(GOOD))
    assert states(told) == {GOOD: "unreachable/connection-refused"}
    assert told.report.network_down is False
    assert set(LANDMARKS) <= set(up.asked)
    down = World(tmp_path, refuse).run(sources(GOOD))
    assert down.report.network_down is True
    assert states(down) == {GOOD: "unchecked/offline"}
    assert down.news == ()


def test_what_is_excluded_is_not_asked_for(tmp_path: Path) -> None:
    world = World(tmp_path, web)
    told = world.run(sources(GOOD, GONE), settings=Settings(root=tmp_path, exclude=("gone",)))
    assert states(told) == {GOOD: "ok/ok", GONE: "unchecked/excluded"}
    assert {httpx.URL(url).host for url in world.asked} == {"good.example"}


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

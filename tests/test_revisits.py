"""Pages visited again: those that did not change move no body, at the end of redirects too."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

import httpx

from citecheck import history, verdict
from citecheck.engines.local import observe
from citecheck.progress import NoProgress
from citecheck.records.link import Link
from citecheck.records.memory import Memory
from citecheck.records.observation import Observation
from citecheck.settings import Settings
from citecheck.signals.look import look
from citecheck.sinks import Aside
from citecheck.web.build import open_client
from standins.clock import FakeClock
from standins.judged import OTHER, STORY, page

TEXT = STORY * 2
SETTINGS = Settings(delay=0.0, probe=False)


@dataclass
class Web:
    """Pages with an ETag, redirects; `bodies` lists what was sent in full."""

    texts: dict[str, str]
    redirects: dict[str, tuple[int, str]] = field(default_factory=dict)
    asked: list[tuple[str, bool]] = field(default_factory=list)
    bodies: list[str] = field(default_factory=list)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        url = str(request.url)
        tag = request.headers.get("If-None-Match", "")
        self.asked.append((url, bool(tag)))
        if url in self.redirects:
            status, there = self.redirects[url]
            return httpx.Response(status, headers={"Location": there})
        markup = self.texts[url]
        own = f'"{hash(markup)}"'
        if tag == own:
            return httpx.Response(304, headers={"ETag": own})
        self.bodies.append(url)
        return httpx.Response(200, html=markup, headers={"ETag": own})


def days(
    link: Link, web: Web, change: Callable[[Web], None] = lambda _: None
) -> tuple[list[str], Memory]:
    """The verdicts of two days; `change` happens in between, and what was seen is forgotten."""
    clock, memory, found = FakeClock(), Memory(), list[str]()

    async def day() -> Observation:
        sink = Aside()

        async def serve(request: httpx.Request) -> httpx.Response:
            return web(request)

        inner = httpx.MockTransport(serve)
        async with open_client(SETTINGS, clock=clock, inner=inner) as client:
            await observe(
                [link],
                client=client,
                sink=sink,
                visits={link.url: memory.visit} if memory.visit else {},
                settings=SETTINGS,
                clock=clock,
                progress=NoProgress(),
                look=look,
            )
        return sink.found[0]

    for number in (1, 2):
        seen = asyncio.run(day())
        finding = verdict.judge(link, seen, memory, settings=SETTINGS, now=seen.at)
        record = history.fold(link.url, memory.record, finding, seen, seen.at)
        memory = Memory(record, history.fold_visit(memory.visit, seen, record, seen=finding.seen))
        found.append(f"{finding.state}/{finding.reason}")
        if number == 1:
            change(web)
            web.asked.clear()
            web.bodies.clear()
        clock.advance(86_400)
    return found, memory


OLD, NEW, ELSE = "https://a.example/old", "https://a.example/new", "https://b.example/else"
MARKUP = page("The bell that told the tide", TEXT)


def test_an_unchanged_page_moves_no_body() -> None:
    web = Web({NEW: MARKUP})
    assert days(Link(NEW + "#part"), web)[0] == ["ok/ok-fragment-missing"] * 2
    assert (web.asked, web.bodies) == ([(NEW, True)], [])


def test_nor_does_one_behind_redirects() -> None:
    web = Web({NEW: MARKUP}, {OLD: (302, ELSE), ELSE: (302, NEW)})
    assert days(Link(OLD), web)[0] == ["ok/ok", "ok/ok"]
    assert web.asked == [(OLD, False), (ELSE, False), (NEW, True)]
    assert web.bodies == []


def test_a_changed_page_is_read() -> None:
    web = Web({NEW: MARKUP}, {OLD: (302, NEW)})

    def change(web: Web) -> None:
        web.texts[NEW] = page("A chair for every garden", OTHER * 2)

    found, _ = days(Link(OLD), web, change)
    assert found[0] == "ok/ok"
    assert found[1].startswith("changed/")
    assert web.bodies == [NEW]


def test_a_redirect_elsewhere_is_asked_without_conditions() -> None:
    web = Web({NEW: MARKUP, ELSE: MARKUP}, {OLD: (302, NEW)})

    def change(web: Web) -> None:
        web.redirects[OLD] = (302, ELSE)

    days(Link(OLD), web, change)
    assert web.asked == [(OLD, False), (ELSE, False)]
    assert web.bodies == [ELSE]


def test_the_way_may_become_lasting_while_the_page_stays() -> None:
    web = Web({NEW: MARKUP}, {OLD: (302, NEW)})

    def change(web: Web) -> None:
        web.redirects[OLD] = (301, NEW)

    assert days(Link(OLD), web, change)[0] == ["ok/ok", "moved/redirected"]
    assert web.bodies == []
    web = Web({NEW: MARKUP}, {OLD: (301, NEW)})
    found, memory = days(Link(OLD), web)
    assert found == ["moved/redirected"] * 2
    assert memory.visit is not None
    assert memory.visit.final_url == NEW


def test_the_cited_address_takes_over_its_own_page() -> None:
    """Validators of a redirect's end are not sent to the address that redirected."""
    web = Web({NEW: MARKUP, OLD: MARKUP}, {OLD: (302, NEW)})

    def change(web: Web) -> None:
        del web.redirects[OLD]

    assert days(Link(OLD), web, change)[0] == ["ok/ok", "ok/ok"]
    assert web.asked == [(OLD, False)]

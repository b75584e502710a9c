"""How a run uses its browser: what is opened, how often, and what becomes of what it shows."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import httpx
import pytest

from citecheck import browsed, verdict
from citecheck.browsed import Browse
from citecheck.browsing.chromium import Unusable
from citecheck.browsing.opening import Opened, Unopened
from citecheck.progress import NoProgress
from citecheck.records.finding import Finding
from citecheck.records.link import Link
from citecheck.records.memory import Memory
from citecheck.settings import Settings
from citecheck.web.build import open_client
from standins.clock import FakeClock
from standins.exchanges import answered
from standins.judged import HTML, STORY, observed, page, visited
from standins.sinks import Seen

SHELL = '<title>App</title><div id="root"></div><script src="/app.js"></script>'
URLS = tuple(f"https://site{n}.example/a" for n in range(4))
Shows = Opened | Unopened | Unusable


@dataclass
class Story:
    """A run in which each page shows these things in the browser, one after the other."""

    shows: list[Shows]
    settings: Settings = field(default_factory=Settings)
    urls: tuple[str, ...] = URLS[:1]
    takes: float = 1.0
    memory: dict[str, Memory] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.clock = FakeClock()
        self.opened: list[tuple[str, float]] = []
        self.satisfied: list[bool] = []
        self.seen = Seen({u: observed(SHELL, link=Link(u)) for u in self.urls})

    @property
    def links(self) -> list[Link]:
        return [Link(url) for url in self.urls]

    def known(self, link: Link) -> Memory:
        return self.memory.get(link.url, Memory())

    def findings(self) -> dict[str, Finding]:
        return {
            link.url: verdict.judge(
                link, found, self.known(link), settings=self.settings, now=self.clock.now()
            )
            for link in self.links
            for found in [self.seen.observations[link.url]]
        }

    def run(self, patch: pytest.MonkeyPatch) -> Browse:
        async def open_link(url: str, **told: Any) -> Opened | Unopened:
            self.opened.append((url, self.clock.monotonic()))
            await self.clock.sleep(self.takes)
            shown = self.shows[min(len(self.opened), len(self.shows)) - 1]
            if isinstance(shown, Unusable):
                raise shown
            if isinstance(shown, Opened):
                shown = replace(shown, exchange=replace(shown.exchange, at=self.clock.now()))
                self.satisfied.append(await told["satisfied"](shown))
            return shown

        patch.setattr(browsed, "open_link", open_link)
        browse = Browse(Path("/usr/bin/chromium"), True, NoProgress())

        async def told() -> None:
            transport = httpx.MockTransport(lambda _: httpx.Response(500))
            async with open_client(self.settings, clock=self.clock, inner=transport) as client:
                await browse.see(self.links, self.findings(), self.memory, self.seen, client)

        asyncio.run(told())
        return browse


def shown(markup: str, status: int = 200, url: str = URLS[0]) -> Opened:
    return Opened(answered(url, status, markup.encode(), HTML), url)


def said(story: Story) -> list[str]:
    return [f"{f.state.value}/{f.reason}" for f in story.findings().values()]


def test_a_page_that_shows_now_has_its_own_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    story = Story([shown(page(text=STORY))])
    assert said(story) == ["blocked/needs-javascript"]
    assert story.run(monkeypatch).skipped == ()
    assert said(story) == ["ok/ok"]
    seen = story.seen.observations[URLS[0]]
    assert seen.page
    assert seen.page.extractor.startswith("browser+trafilatura")
    assert story.satisfied == [True]


def test_an_error_page_drawn_by_script_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    story = Story([shown(page("Page not found", "Nothing here."))])
    story.run(monkeypatch)
    assert said(story) == ["dead/soft-404"]
    assert story.satisfied == [False], "it has all of its time to become something else"


@pytest.mark.parametrize(
    ("shows", "why"),
    [
        (shown(SHELL), "what it shows is still a case of needs-javascript"),
        (
            shown('<title>Check</title><div class="g-recaptcha"></div>', 403),
            "what it shows is still a case of captcha",
        ),
        (shown(page(), 429), "what it shows is still a case of rate-limited"),
        (shown(page(), 503), "what it shows is still a case of http-5xx"),
        (Unopened("net::ERR_CERT_AUTHORITY_INVALID"), "ERR_CERT_AUTHORITY_INVALID"),
    ],
)
def test_what_a_browser_does_not_pass_stays_as_it_was(
    monkeypatch: pytest.MonkeyPatch, shows: Shows, why: str
) -> None:
    story = Story([shows])
    story.run(monkeypatch)
    assert said(story) == ["blocked/needs-javascript"]
    [finding] = story.findings().values()
    assert finding.detail.endswith(f"A browser did not get through either (Chromium: {why}).")
    assert len(story.opened) == 1
    assert True not in story.satisfied


def test_a_404_behind_a_wall_is_believed_after_a_second_try(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    gone = Story([shown(page("Not there"), 404)])
    gone.run(monkeypatch)
    assert said(gone) == ["dead/http-404"]
    first, second = (at for _, at in gone.opened)
    assert second - first >= gone.takes + gone.settings.confirm_after
    back = Story([shown(page("Not there"), 404), shown(page())])
    back.run(monkeypatch)
    assert said(back) == ["ok/ok"]


def test_an_alarm_about_a_page_that_was_well_is_made_sure_of(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    error, well = shown(page("Page not found", "Nothing here.")), shown(page())
    known = Story([well])
    known.run(monkeypatch)
    _, memory = visited(Memory(), known.seen.observations[URLS[0]], link=Link(URLS[0]))
    lost = Unopened("the page closed itself")
    table: list[tuple[Shows, str]] = [
        (error, "dead/soft-404"),
        (well, "ok/ok"),
        (lost, "blocked/needs-javascript"),
    ]
    for second, expected in table:
        story = Story([error, second], memory={URLS[0]: memory})
        story.run(monkeypatch)
        assert said(story) == [expected]
        assert len(story.opened) == 2


def test_pages_of_a_host_keep_its_pace(monkeypatch: pytest.MonkeyPatch) -> None:
    same = ("https://site.example/a", "https://site.example/b", "https://site.example/c")
    story = Story([shown(SHELL)], Settings(delay=3.0), same, takes=0.1)
    story.run(monkeypatch)
    times = [at for _, at in story.opened]
    assert [round(b - a, 1) for a, b in pairwise(times)] == [3.0, 3.0]


def test_when_the_time_is_over_the_rest_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(browser_budget=timedelta(seconds=30))
    story = Story([shown(page())], settings, URLS, takes=40.0)
    [left] = story.run(monkeypatch).skipped
    assert [url for url, _ in story.opened] == list(URLS[:2]), "two at a time, then no more"
    assert left.why == (
        "2 links not opened with a browser: the time for it was over (browser-budget, --budget)"
    )
    assert said(story) == ["ok/ok"] * 2 + ["blocked/needs-javascript"] * 2


def test_without_a_browser_that_starts_the_run_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    story = Story([Unusable("/usr/bin/chromium cannot be started: no sandbox")], urls=URLS[:1])
    [left] = story.run(monkeypatch).skipped
    assert left.what == "browser"
    assert left.why.endswith("/usr/bin/chromium cannot be started: no sandbox")
    assert said(story) == ["blocked/needs-javascript"]


def test_nothing_is_opened_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    story = Story([shown(SHELL)])
    story.run(monkeypatch)
    story.run(monkeypatch)
    assert len(story.opened) == 1

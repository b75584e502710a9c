"""The second look of a run: which links, how many, and over which connections."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from citecheck import verdict
from citecheck.again import A_HOST, look_again
from citecheck.records.finding import Finding
from citecheck.records.link import Link
from citecheck.records.memory import Memory
from citecheck.records.observation import Signal, Strength
from citecheck.records.ports import Sink
from citecheck.settings import Settings
from standins.clock import START, FakeClock
from standins.judged import cited, observed, page, said, verdict_on, visited
from standins.sinks import Seen

SOFT = "<title>Page not found</title><h1>404</h1><p>Sorry.</p>"


@dataclass
class Run:
    """A run in which every link was well before and says "not found" now; `second` is what each
    shows when it is asked again."""

    links: Sequence[Link]
    second: str = page()
    extra: tuple[Signal, ...] = ()
    asked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.clock = FakeClock()
        self.memory = {
            link.url: visited(Memory(), observed(page(), link=link), link=link)[1]
            for link in self.links
        }
        self.clock.advance(86400)
        self.seen = Seen()
        for link in self.links:
            first = observed(SOFT, link=link, at=self.clock.now())
            self.seen.observed(replace(first, signals=(*first.signals, *self.extra)))

    async def visits(self, links: Sequence[Link], sink: Sink) -> None:
        for link in links:
            self.asked.append(link.url)
            sink.observed(observed(self.second, link=link, at=self.clock.now()))

    def findings(self) -> dict[str, Finding]:
        return {
            link.url: verdict_on(
                self.seen.observations[link.url], link=link, memory=self.memory[link.url]
            )
            for link in self.links
        }

    def look(self) -> list[str]:
        work = look_again(
            self.links,
            self.findings(),
            self.memory,
            self.seen,
            self.visits,
            Settings(),
            self.clock,
        )
        asyncio.run(work)
        return [f"{said(f)} {f.confidence}" for f in self.findings().values()]


def links(*names: str) -> list[Link]:
    return [cited(f"https://{name}") for name in names]


def test_a_passing_error_page_alarms_nobody() -> None:
    run = Run(links("a.example/x"))
    assert run.look() == ["ok/ok low"]
    assert run.asked == ["https://a.example/x"]


def test_a_lasting_error_page_is_dead_with_full_confidence() -> None:
    run = Run(links("a.example/x"), second=SOFT)
    assert run.look() == ["dead/soft-404 high"]


def test_the_second_visit_waits_a_little_and_comes_once() -> None:
    run = Run(links("a.example/x"))
    before = run.clock.now()
    run.look()
    assert run.clock.now() - before == timedelta(seconds=Settings().confirm_after)
    run.look()
    assert len(run.asked) == 1


def test_a_host_is_asked_again_for_a_few_links_only() -> None:
    run = Run(links(*(f"a.example/{n}" for n in range(9)), "b.example/1"), second=SOFT)
    assert run.look() == ["dead/soft-404 high"] * 10
    assert run.asked == [*(f"https://a.example/{n}" for n in range(A_HOST)), "https://b.example/1"]


def test_what_a_sibling_probe_said_holds_for_the_same_page() -> None:
    probe = Signal("sibling-same-page", "Page not found", Strength.DECISIVE)
    run = Run(links("a.example/x"), second=SOFT, extra=(probe,))
    run.look()
    assert probe in run.seen.observations["https://a.example/x"].signals
    other = Run(links("a.example/x"), extra=(probe,))
    other.look()
    assert probe not in other.seen.observations["https://a.example/x"].signals


def test_nothing_is_asked_where_nothing_alarms() -> None:
    run = Run(links("a.example/x"))
    fine = observed(page(), link=run.links[0], at=START + timedelta(days=1))
    run.seen.observed(fine)
    assert run.look() == ["ok/ok high"]
    assert run.asked == []
    assert verdict.second_look(run.findings()[fine.url], fine, Memory()) is False

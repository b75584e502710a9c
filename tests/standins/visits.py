"""Driving a visit by hand, without network."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from citecheck.records.ask import Ask
from citecheck.records.exchange import Exchange
from citecheck.records.observation import Fault
from citecheck.web.ladder import Chance, Climb, Plan, Wait, climb
from standins.clock import START

Serve = Callable[[str, int], Exchange | Fault]


@dataclass
class Story:
    """What a visit asked and how long it waited in between."""

    end: Climb
    asks: list[Ask] = field(default_factory=list)
    waits: list[Wait] = field(default_factory=list)
    chances: list[str] = field(default_factory=list)

    @property
    def urls(self) -> list[str]:
        return [ask.url for ask in self.asks]

    @property
    def status(self) -> int | str:
        end = self.end.end
        return end.kind.value if isinstance(end, Fault) else end.status

    @property
    def tries(self) -> list[int | str]:
        return [a.status or (a.fault.value if a.fault else "") for a in self.end.attempts]


def visit(url: str, serve: Serve, plan: Plan | None = None, *, spare: bool = False) -> Story:
    """Drive a visit with a function of (address, how often it was asked before); with `spare` no
    request is made that may be left out."""
    plan = plan or Plan(now=lambda: START)
    steps = climb(url, plan)
    asks: list[Ask] = []
    waits: list[Wait] = []
    chances: list[str] = []
    answer: Exchange | Fault | None = None
    while True:
        try:
            step = steps.send(answer)
        except StopIteration as done:
            return Story(done.value, asks, waits, chances)
        if isinstance(step, Wait):
            waits.append(step)
            answer = None
            continue
        if isinstance(step, Chance):
            chances.append(step.ask.url)
            if spare:
                answer = None
                continue
            step = step.ask
        assert len(asks) < 500, "the visit does not end"
        answer = serve(step.url, sum(a.url == step.url for a in asks))
        asks.append(step)


def table(rows: Mapping[str, Exchange | Fault | list[Exchange | Fault]]) -> Serve:
    def serve(url: str, count: int) -> Exchange | Fault:
        row = rows[url]
        return row if not isinstance(row, list) else row[min(count, len(row) - 1)]

    return serve

"""Drives a visit (`ladder.climb`) over the polite client."""

from __future__ import annotations

from collections.abc import Callable, Generator
from functools import partial

from citecheck.records.ask import Ask
from citecheck.records.exchange import Exchange
from citecheck.records.observation import Fault, FaultKind
from citecheck.web.client import PoliteClient
from citecheck.web.ladder import Answer, Chance, Climb, Step, Wait
from citecheck.web.robots import Robots
from citecheck.web.seconds import SecondTries


async def drive(
    steps: Generator[Step, Answer, Climb],
    client: PoliteClient,
    *,
    robots: Robots | None = None,
    waiting: Callable[[Wait], None] | None = None,
    seconds: SecondTries | None = None,
) -> Climb:
    """Run a visit to its end. `waiting` is told of each pause before it is made; `seconds` keeps
    what second tries a run has made (None: none is)."""
    answer: Answer = None
    while True:
        try:
            step = steps.send(answer)
        except StopIteration as done:
            climb = done.value
            assert isinstance(climb, Climb)
            return climb
        if isinstance(step, Wait):
            if waiting is not None:
                waiting(step)
            await client.clock.sleep(_still(step, client))
            answer = None
        elif isinstance(step, Chance):
            answer = None
            if seconds is not None:
                ask = partial(_answer, step.ask, client, robots)
                answer = await seconds.answer(step.ask.url, ask)
        else:
            answer = await _answer(step, client, robots)
            if seconds is not None:
                seconds.heard(step.url, answer)


def _still(wait: Wait, client: PoliteClient) -> float:
    """Seconds of a pause that lie ahead. The second question about a name that does not exist
    counts from the first one about this host in the run, whichever link asked it."""
    if wait.why != "nxdomain":
        return wait.seconds
    since = client.hosts.host(wait.host).gone_since
    if since is None:
        return wait.seconds
    return max(0.0, since + wait.seconds - client.clock.monotonic())


async def _answer(ask: Ask, client: PoliteClient, robots: Robots | None) -> Exchange | Fault:
    if robots is not None and not await robots.allows(ask.url):
        return Fault(FaultKind.ROBOTS, "robots.txt of the host asks programs not to")
    return await client.fetch(ask)

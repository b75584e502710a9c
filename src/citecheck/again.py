"""The second look of a run: alarms about pages that were well are made sure of (`judging.doubted`).

A few links a host, each once, in one more round of visits at the end; what is believed then goes
to the journal in the place of the first visit. At most one sibling probe a host a run: the second
round makes none, and what the first one's said of the same page holds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace

from citecheck import verdict
from citecheck.records.finding import Finding
from citecheck.records.link import Link
from citecheck.records.memory import Memory
from citecheck.records.observation import Observation
from citecheck.records.ports import Clock, Sink
from citecheck.settings import Settings
from citecheck.sinks import Aside, Keeps
from citecheck.urls.address import host_of

A_HOST = 3  # links of a host that are looked at again
# Visits links once more, over fresh connections and without validators, into a sink.
Visits = Callable[[Sequence[Link], Sink], Awaitable[None]]


def alarms(
    links: Sequence[Link],
    findings: Mapping[str, Finding],
    observations: Mapping[str, Observation],
    memory: Mapping[str, Memory],
) -> tuple[Link, ...]:
    """The links to look at again, in order, a few a host."""
    chosen: list[Link] = []
    hosts: Counter[str] = Counter()
    for link in links:
        seen, finding = observations.get(link.url), findings.get(link.url)
        if seen is None or finding is None:
            continue
        if not verdict.second_look(finding, seen, memory.get(link.url, Memory())):
            continue
        hosts[host_of(link.url)] += 1
        if hosts[host_of(link.url)] <= A_HOST:
            chosen.append(link)
    return tuple(chosen)


async def look_again(
    links: Sequence[Link],
    findings: Mapping[str, Finding],
    memory: Mapping[str, Memory],
    seen: Keeps,
    visits: Visits,
    settings: Settings,
    clock: Clock,
) -> None:
    """Make sure of every alarm; afterwards `seen` holds the visits that are to be believed."""
    chosen = alarms(links, findings, seen.observations, memory)
    if not chosen:
        return
    youngest = max(seen.observations[link.url].at for link in chosen)
    wait = settings.confirm_after - (clock.now() - youngest).total_seconds()
    if wait > 0:
        await clock.sleep(min(wait, settings.confirm_after))
    second = Aside()
    await visits(chosen, second)
    by_url = {link.url: link for link in chosen}
    for again in second.found:
        first, link = seen.observations[again.url], by_url[again.url]
        again = _with_sibling(again, first)
        now = verdict.judge(
            link, again, memory.get(link.url, Memory()), settings=settings, now=again.at
        )
        seen.observed(verdict.of_two((first, findings[link.url]), (again, now)))


def _with_sibling(again: Observation, first: Observation) -> Observation:
    """The second visit with what a sibling probe said of the very same page."""
    said = tuple(s for s in first.signals if s.kind.startswith("sibling-"))
    titles = [page.title if page else "" for page in (again.page, first.page)]
    if not said or again.final_url != first.final_url or titles[0] != titles[1]:
        return again
    return replace(again, signals=(*again.signals, *said))

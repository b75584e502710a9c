"""The whole story of a run, step by step: choose, observe, judge, archive, remember, report.

Everything that touches the world comes in through `Parts`; every rule is somebody else's. What is
observed is in the journal before anything is concluded from it, so a run that is cut off at any
place loses no visit: the next one takes them up. Cancelling (Ctrl-C) ends the visits; what was seen
until then is judged, kept and reported.
"""

from __future__ import annotations

import asyncio
import random
from collections import ChainMap
from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, TypeVar, cast

from citecheck import __version__, verdict
from citecheck.again import look_again
from citecheck.archives.keys import Keys
from citecheck.archives.perma_key import PermaKey
from citecheck.assemble import document_rows
from citecheck.browsed import Browse
from citecheck.cite.links import links as links_of
from citecheck.copies import LocalCopies
from citecheck.due import Due, behind_proxies, choose
from citecheck.engines.budget import RunBudget, unvisited
from citecheck.engines.local import observe
from citecheck.evidence import Asking, ask_archives
from citecheck.judging.copies import doubtful_archives
from citecheck.judging.together import in_company
from citecheck.ledger.journal import Journal, Unfinished
from citecheck.records.finding import Finding
from citecheck.records.link import Link
from citecheck.records.memory import LinkRecord, Memory, Visits
from citecheck.records.ports import Clock, PaceStore, Progress, Sink
from citecheck.records.report import Report, Skipped, UnlinkedRow
from citecheck.records.sources import Sources
from citecheck.remember import Remembered, remember
from citecheck.resume import take_up
from citecheck.settings import Settings
from citecheck.signals.look import look
from citecheck.signals.siblings import compare
from citecheck.sinks import Aside, Seen
from citecheck.web.client import PoliteClient

# Two hosts that are always there: when both fail as well, it is our own network that is down.
LANDMARKS = ("https://web.archive.org/", "https://doi.org/")
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Parts:
    """What a run works with; `wiring` builds it, tests build their own."""

    settings: Settings
    clock: Clock
    progress: Progress
    client: Callable[[], AbstractAsyncContextManager[PoliteClient]]
    keys: Keys | None
    rng: random.Random
    demo: bool = False
    paces: PaceStore | None = None
    browse: Browse | None = None
    perma: PermaKey | None = None
    copies: LocalCopies | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What a run found out: the report, and what the ledger is to remember of each link."""

    report: Report
    memory: Mapping[str, Memory]
    news: tuple[LinkRecord, ...]


async def tell(
    sources: Sources,
    memory: Mapping[str, Memory],
    left_behind: Unfinished | None,
    journal: Journal,
    parts: Parts,
    *,
    visit: bool,
    archives: bool,
) -> Told:
    """Visit, judge, ask archives, and put the report together; writes nothing but the journal."""
    settings, clock = parts.settings, parts.clock
    budget = RunBudget(settings, clock, archives=archives)
    links, unlinked = links_of(
        (r for _, references in sources.by_document for r in references),
        {d.path: d.dated for d, _ in sources.by_document if d.dated},
    )
    asked = (*links, *behind_proxies(links))
    taken = take_up(asked, memory, left_behind, settings, clock.now())
    memory = ChainMap(dict(taken.folded.memory), cast("dict[str, Memory]", memory))
    # The journal goes on where the killed run left it: what it holds need not be written again.
    seen = Seen(journal, dict(taken.observations), taken.lookups, taken.saves, homes=taken.homes)
    due = choose(asked, memory, taken.observations, settings, clock.now())
    if not visit:
        not_now = {u.url: "not-due" for u in asked if u.url not in due.resumed}
        due = Due((), {**not_now, **due.left}, due.resumed)
    down, skipped, savable = False, sources.skipped, 0
    until = budget.visits_until
    async with parts.client() as client:
        left = await _finished(_observe(due.visit, seen, memory, client, parts, until))
        finished = left is not None
        if visit:
            down = await _network_down(due, seen, client, parts, ask=finished)
            skipped += verdict.down_because(seen.observations.values()) if down else ()
        judge = partial(_judge, {}, asked, due, seen, memory, settings, down=down)
        findings = judge()
        if visit and finished and not down:
            sure = await _finished(_sure(asked, judge, seen, memory, client, parts, until))
            finished, findings = sure is not None, sure or judge()
        if archives and finished and not down:
            within = replace(parts, settings=budget.for_archives())
            asking = ask_archives(links, findings, seen, memory, _asking(client, within))
            kept = await _finished(asking)
            finished = kept is not None
            if kept is not None:
                skipped, savable = (*skipped, *kept.skipped), kept.savable
    judged = {u: o for u, o in seen.observations.items() if _counts(u, due, down=down)}
    told = remember(
        links, findings, judged, seen.lookups, seen.saves, memory, settings, clock.now(), seen.homes
    )
    if parts.copies is not None:
        told = parts.copies.noted(told)
    skipped = (*skipped, *_left_over(links, left, parts))
    report = _report(sources, told, parts, unlinked=unlinked, skipped=skipped)
    savable = 0 if settings.save else savable
    report = replace(report, network_down=down, interrupted=not finished, savable=savable)
    return Told(report, {**taken.folded.memory, **told.memory}, (*taken.folded.news, *told.news))


def _report(
    sources: Sources,
    told: Remembered,
    parts: Parts,
    *,
    unlinked: tuple[UnlinkedRow, ...],
    skipped: tuple[Skipped, ...],
) -> Report:
    return Report(
        generated=parts.clock.now(),
        version=__version__,
        vantage=parts.settings.vantage,
        documents=document_rows(sources.by_document),
        links=told.rows,
        unlinked=unlinked,
        skipped=skipped,
        demo=parts.demo,
    )


def _left_over(links: Sequence[Link], left: int | None, parts: Parts) -> tuple[Skipped, ...]:
    """What was not done, and which archives that are cited are not to be relied on."""
    browsed = parts.browse.skipped if parts.browse else ()
    return (*browsed, *unvisited(left), *doubtful_archives(links))


def _asking(client: PoliteClient, parts: Parts) -> Asking:
    known = parts.keys, parts.perma, parts.clock, parts.progress, parts.paces
    return Asking(client, client.resolver, parts.settings, *known)


async def _finished(work: Coroutine[Any, Any, _T]) -> _T | None:
    """What work comes to; None when a person cancelled it. A second cancel is not held up."""
    task = asyncio.current_task()
    try:
        return await work
    except asyncio.CancelledError:
        if task is not None:
            task.uncancel()
        return None


def _counts(url: str, due: Due, *, down: bool) -> bool:
    """Whether a finding was judged from what is seen of a link; with the network down only what a
    killed run saw before is concluded from."""
    return url not in due.left and (url in due.resumed or not down)


async def _observe(
    links: Sequence[Link],
    sink: Sink,
    memory: Mapping[str, Memory],
    client: PoliteClient,
    parts: Parts,
    until: float | None = None,
    *,
    fresh: bool = False,
) -> int:
    """Visit links; how many are left since time was up."""
    return await observe(
        links,
        client=client,
        sink=sink,
        visits=parts.copies.visits(memory) if parts.copies else Visits(memory),
        settings=parts.settings,
        clock=parts.clock,
        progress=parts.progress,
        look=parts.copies.look if parts.copies else look,
        compare=compare,
        rng=parts.rng,
        until=until,
        fresh=fresh,
    )


async def _sure(
    links: Sequence[Link],
    judge: Callable[[], dict[str, Finding]],
    seen: Seen,
    memory: Mapping[str, Memory],
    client: PoliteClient,
    parts: Parts,
    until: float | None,
) -> dict[str, Finding]:
    """The findings after a second look at what would alarm, and a browser's at what shows nothing
    without one."""
    plainly = replace(parts, settings=replace(parts.settings, probe=False))

    async def visits(doubted: Sequence[Link], sink: Sink) -> None:
        await _observe(doubted, sink, {}, client, plainly, until, fresh=True)

    await look_again(links, judge(), memory, seen, visits, parts.settings, parts.clock)
    if parts.browse is not None:
        await parts.browse.see(links, judge(), memory, seen, client, until)
    findings = judge()
    if parts.copies is not None:
        await parts.copies.complete(findings, seen.observations, client, until, parts.progress)
    return findings


async def _network_down(
    due: Due, seen: Seen, client: PoliteClient, parts: Parts, *, ask: bool
) -> bool:
    """Whether it is our own network that failed; where few hosts were tried two landmarks are asked
    too, if there is time to `ask`."""
    mine = [seen.observations[u.url] for u in due.visit if u.url in seen.observations]
    if not ask or not verdict.needs_probe(mine):
        return verdict.network_down(mine)

    aside = Aside()
    plainly = replace(parts, settings=replace(parts.settings, probe=False, robots=False))
    await _observe([Link(url) for url in LANDMARKS], aside, {}, client, plainly)
    return verdict.network_down(mine, aside.found)


def _judge(
    findings: dict[str, Finding],
    links: Sequence[Link],
    due: Due,
    seen: Seen,
    memory: Mapping[str, Memory],
    settings: Settings,
    *,
    down: bool,
) -> dict[str, Finding]:
    """A finding for every link: judged where it was seen in this run, else what is known of it.
    Those that are among `findings` already stand, unless another visit has come since."""
    observed = in_company(links, seen.observations, memory)
    for link in links:
        observation = observed.get(link.url)
        if link.url in findings and seen.judged.get(link.url) == observation:
            continue
        known = memory.get(link.url, Memory())
        if link.url in due.left:
            findings[link.url] = verdict.unvisited(link, known, due.left[link.url])
        elif down and link.url not in due.resumed:
            findings[link.url] = verdict.unvisited(link, known, "offline")
        elif observation is None:
            findings[link.url] = verdict.unvisited(link, known, "interrupted")
        else:
            findings[link.url] = verdict.judge(
                link, observation, known, settings=settings, now=observation.at
            )
    seen.judged = dict(observed)
    for link in links:
        behind = findings.get(link.unproxied) if link.proxied else None
        offered = findings[link.url].suggestion
        if behind is None or behind.reason == "not-due" or offered is None:
            continue
        if offered.url == link.unproxied:
            findings[link.url] = replace(
                findings[link.url], suggestion=replace(offered, state=behind.state.value)
            )
    return findings

"""Two days in a small web, without documents and archives: visited, judged, remembered."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Sequence

from citecheck import history, verdict
from citecheck.demo.server import SmallWeb
from citecheck.engines.local import observe
from citecheck.progress import NoProgress
from citecheck.records.link import Link
from citecheck.records.memory import Memory
from citecheck.settings import Settings
from citecheck.signals.look import look
from citecheck.signals.siblings import compare
from citecheck.sinks import Aside
from citecheck.web.build import open_client
from standins.clock import FakeClock


def two_days(
    web: Callable[[int], SmallWeb], links: Sequence[Link], settings: Settings
) -> tuple[dict[str, str], dict[str, str]]:
    """`state/reason` per address on the first day and on the second, an hour later."""
    clock = FakeClock()
    memory: dict[str, Memory] = {}
    first = asyncio.run(_day(web(1), links, settings, clock, memory))
    clock.advance(3600)
    return first, asyncio.run(_day(web(2), links, settings, clock, memory))


async def _day(
    web: SmallWeb,
    links: Sequence[Link],
    settings: Settings,
    clock: FakeClock,
    memory: dict[str, Memory],
) -> dict[str, str]:
    seen = Aside()
    async with (
        web,
        open_client(
            settings, resolver=web.resolver, ssl_context=web.ssl_context, clock=clock
        ) as client,
    ):
        await observe(
            links,
            client=client,
            sink=seen,
            visits={url: m.visit for url, m in memory.items() if m.visit},
            settings=settings,
            clock=clock,
            progress=NoProgress(),
            look=look,
            compare=compare,
            rng=random.Random(7),
        )
    by_url = {link.url: link for link in links}
    found = {}
    for observation in seen.found:
        known = memory.get(observation.url, Memory())
        link = by_url[observation.url]
        finding = verdict.judge(link, observation, known, settings=settings, now=observation.at)
        record = history.fold(link.url, known.record, finding, observation, observation.at)
        visit = history.fold_visit(known.visit, observation, record)
        memory[link.url] = Memory(record, visit)
        found[link.url] = f"{finding.state.value}/{finding.reason}"
    return found

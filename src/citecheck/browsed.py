"""What a browser sees of the links that show nothing without one (`--browser`).

Each such link is opened once (twice where it answers 404 or 410, or would alarm about a page that
was well: both are believed only after a second try), in the pace of its host, two at a time, within
a time for all. What is seen goes the way of every answer, through `look` and the rules; a wall that
stays, or a page that does not come, leaves the first finding as it is. A page seen so has a text of
its own kind: its extractor is marked, so that it is compared with nothing that was read without a
browser.
"""

from __future__ import annotations

import asyncio
import os
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

from citecheck import verdict
from citecheck.browsing.choose import NOT_SEEN, SEEN, wanted
from citecheck.browsing.chromium import Chromium, Unusable
from citecheck.browsing.gate import Gate
from citecheck.browsing.installed import require
from citecheck.browsing.opening import Opened, Unopened, open_link
from citecheck.browsing.turns import turn
from citecheck.browsing.ways import Ways
from citecheck.engines.filing import body_of, filed
from citecheck.records.finding import ALARMING, Finding, State
from citecheck.records.link import Link
from citecheck.records.memory import Memory
from citecheck.records.observation import Attempt, Observation, Signal
from citecheck.records.ports import Progress
from citecheck.records.report import Skipped
from citecheck.settings import Settings
from citecheck.signals.look import look
from citecheck.sinks import Keeps
from citecheck.text.fold import plain
from citecheck.text.main import BROWSER
from citecheck.urls.address import fetch_form
from citecheck.web.agent import user_agent
from citecheck.web.client import PoliteClient
from citecheck.web.guard import guard_of
from citecheck.web.ladder import GONE, Climb
from citecheck.web.pauses import retry_after

STAGE = "browser"
AT_ONCE = 2
_WALLS = frozenset({"challenge", "captcha", "forbidden", "rate-limited", "needs-javascript"})

# judge(link, observation): what the rules say of a visit.
Judge = Callable[[Link, Observation], Finding]


@dataclass(slots=True)
class Browse:
    """The browser of a run: `skipped` says afterwards what was left out, and why. `sandbox` is
    Chromium's own, which it cannot set up for root."""

    program: Path
    sandbox: bool
    progress: Progress
    skipped: tuple[Skipped, ...] = ()

    async def see(
        self,
        links: Sequence[Link],
        findings: Mapping[str, Finding],
        memory: Mapping[str, Memory],
        seen: Keeps,
        client: PoliteClient,
        until: float | None = None,
    ) -> None:
        """Open what only a browser can see; what it sees goes to `seen`, in the place of the first
        visit. No page is opened after `until` (monotonic). No page can make it fail; errors of the
        sink end it."""
        chosen = wanted(links, findings, seen.observations)
        if not chosen:
            return
        settings = client.settings
        guard = guard_of(settings.allow_private, settings.allow_networks)

        def known(link: Link) -> Memory:
            return memory.get(link.url, Memory())

        def judge(link: Link, found: Observation) -> Finding:
            return verdict.judge(link, found, known(link), settings=settings, now=found.at)

        ways = Ways(
            client.resolver,
            guard,
            connect_timeout=settings.connect_timeout,
            proxies=client.proxies,
        )
        async with (
            Gate(ways) as gate,
            Chromium(
                self.program, gate, agent=user_agent(settings.contact), sandbox=self.sandbox
            ) as chromium,
        ):
            run = _Run(client, seen, judge, known, self.progress, chromium, gate, deque(chosen))
            if until is not None:
                run.until = min(run.until, until)
            self.skipped = await run.all()


def browser_of(settings: Settings, progress: Progress, say: Callable[[str], None]) -> Browse | None:
    """The browser that the settings ask for; a SettingsError where it is not there."""
    if not settings.browser:
        return None
    root = getattr(os, "geteuid", lambda: 1)() == 0
    if root:
        say("citecheck: run by root, so the browser runs without its own sandbox")
    return Browse(require(settings.browser_program), not root, progress)


@dataclass(slots=True)
class _Run:
    client: PoliteClient
    seen: Keeps
    judge: Judge
    known: Callable[[Link], Memory]
    progress: Progress
    chromium: Chromium
    gate: Gate
    queue: deque[Link]
    broken: str = ""
    done: int = 0
    total: int = field(init=False)
    until: float = field(init=False)

    def __post_init__(self) -> None:
        self.total = len(self.queue)
        self.until = self.client.clock.monotonic() + self.settings.browser_budget.total_seconds()

    @property
    def settings(self) -> Settings:
        return self.client.settings

    async def all(self) -> tuple[Skipped, ...]:
        self.progress.stage(STAGE, 0, self.total)
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(min(AT_ONCE, self.total)):
                    group.create_task(self._work())
        except BaseExceptionGroup as failures:
            raise failures.exceptions[0] from None
        left = self.total - self.done
        if not left:
            return ()
        why = self.broken or "the time for it was over (browser-budget, --budget)"
        return (
            Skipped(
                "browser",
                f"{left} {'link' if left == 1 else 'links'} not opened with a browser: {why}",
            ),
        )

    async def _work(self) -> None:
        while self.queue and not self.broken:
            if self.client.clock.monotonic() >= self.until:
                return
            link = self.queue.popleft()
            try:
                observation = await self._observation(link)
            except Unusable as error:
                self.broken = str(error)
                return
            self.seen.observed(observation)
            self.done += 1
            self.progress.stage(STAGE, self.done, self.total)

    async def _observation(self, link: Link) -> Observation:
        """What is known of the link now: what the browser saw, or the first visit with a note."""
        opened = await self._open(link)
        attempts: tuple[Attempt, ...] = ()
        if isinstance(opened, Opened) and opened.exchange.status in GONE:
            attempts = (_attempt(opened),)
            await self.client.clock.sleep(self.settings.confirm_after)
            opened = await self._open(link)
        if isinstance(opened, Opened):
            found = await self._filed(link, opened, attempts)
            finding = self.judge(link, found)
            if not _through(finding):
                opened = Unopened(f"what it shows is still a case of {finding.reason}")
            elif not verdict.second_look(finding, found, self.known(link)):
                return found
            else:
                await self.client.clock.sleep(self.settings.confirm_after)
                opened = await self._open(link)
                if isinstance(opened, Opened):
                    again = await self._filed(link, opened, ())
                    return verdict.of_two((found, finding), (again, self.judge(link, again)))
        first = self.seen.observations[link.url]
        why = plain(f"{self.chromium.product}: {opened.why}", 200)
        return replace(first, signals=(*first.signals, Signal(NOT_SEEN, why)))

    async def _open(self, link: Link) -> Opened | Unopened:
        async def satisfied(opened: Opened) -> bool:
            if opened.exchange.status in GONE:
                return True
            finding = self.judge(link, await self._filed(link, opened, ()))
            # What would alarm may be a page that is not drawn yet: it has all of its time.
            return _through(finding) and finding.state not in ALARMING

        url = fetch_form(link.url)
        async with turn(self.client, url) as refused:
            if refused:
                return Unopened(refused)
            opened = await open_link(
                url,
                chromium=self.chromium,
                gate=self.gate,
                settings=self.settings,
                clock=self.client.clock,
                satisfied=satisfied,
                ports=_ports(self.seen.observations[link.url]),
            )
            if isinstance(opened, Opened):
                clock, answer = self.client.clock, opened.exchange
                wait = retry_after(answer.header("retry-after"), clock.now())
                host = self.client.hosts.host(urlsplit(url).hostname or "")
                host.answered(answer.status, wait, clock.monotonic())
            return opened

    async def _filed(
        self, link: Link, opened: Opened, attempts: tuple[Attempt, ...]
    ) -> Observation:
        """The observation that a page in the browser makes, marked as the browser's."""
        exchange = opened.exchange

        def read() -> Observation:
            climbed = Climb(exchange, opened.final_url, opened.hops, (*attempts, _attempt(opened)))
            looked = look(exchange, link, opened.hops)
            return filed(
                link,
                climbed,
                looked,
                body=body_of(exchange),
                at=exchange.at,
                elapsed=exchange.elapsed,
            )

        found = await asyncio.to_thread(read)
        page = found.page
        if page is not None and page.extractor:
            page = replace(page, extractor=f"{BROWSER}{page.extractor}")
        sign = Signal(SEEN, self.chromium.product)
        return replace(found, page=page, signals=(*found.signals, sign))


def _attempt(opened: Opened) -> Attempt:
    return Attempt(opened.exchange.at, opened.final_url, opened.exchange.status, None)


def _through(finding: Finding) -> bool:
    """Whether this is a verdict on the page, not on what stands before it."""
    if finding.state in (State.UNREACHABLE, State.UNCHECKED):
        return False
    return finding.state is not State.BLOCKED or finding.reason not in _WALLS


def _ports(first: Observation) -> frozenset[int]:
    """The ports that the ordinary visit came by."""
    found = set()
    for url in (first.final_url, *(hop.url for hop in first.hops)):
        try:
            found.add(urlsplit(url).port)
        except ValueError:
            continue
    return frozenset(port for port in found if port)

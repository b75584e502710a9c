"""The real Chromium on a loopback web: what a run makes of it, and the processes that it leaves."""

from __future__ import annotations

import asyncio
import os
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from citecheck import verdict
from citecheck.browsed import Browse
from citecheck.browsing.installed import find, playwright_present
from citecheck.demo.site import Answer, Handler, Request, page
from citecheck.engines.local import observe
from citecheck.progress import NoProgress
from citecheck.records.finding import Finding
from citecheck.records.link import Link
from citecheck.records.memory import Memory
from citecheck.records.observation import Observation
from citecheck.records.report import Skipped
from citecheck.settings import Settings
from citecheck.signals.look import look
from citecheck.web.build import open_client
from citecheck.web.clock import SystemClock
from standins.judged import STORY
from standins.sinks import Seen
from standins.web import loopback_web

PROGRAM = find("auto")
NEEDS_CHROMIUM = [
    pytest.mark.whole,
    pytest.mark.skipif(not playwright_present(), reason="Playwright is not installed"),
    pytest.mark.skipif(PROGRAM is None, reason="no Chromium is installed"),
    pytest.mark.skipif(os.name == "nt", reason="processes are listed with ps"),
]
ARTICLE = f"<h1>The tide bell</h1><p>{STORY}</p>"


def shell(script: str) -> Answer:
    """A page that has nothing but a script to show."""
    return page(
        "App",
        '<div id="root"></div><noscript>You need to enable JavaScript to run this app.</noscript>'
        f"<script>const root = document.getElementById('root');{script}</script>",
    )


def draws(markup: str, title: str = "The tide bell") -> str:
    return f"document.title = {title!r}; root.innerHTML = {markup!r};"


@dataclass(slots=True)
class Told:
    """What the rules say of each host's page, and what was asked of whom."""

    findings: dict[str, Finding]
    observations: dict[str, Observation]
    asked: list[Request]
    before: dict[str, str]
    skipped: tuple[Skipped, ...]

    def said(self, host: str) -> str:
        finding = self.findings[host]
        return f"{finding.state.value}/{finding.reason}"

    def refused(self, host: str) -> str:
        """What the browser met, where it came no further."""
        signals = self.observations[f"http://{host}/a"].signals
        [value] = [s.value for s in signals if s.kind == "browser-refused"]
        return value.partition(": ")[2]


def sessions(*, of_browsers: bool = True) -> set[str]:
    """The sessions of the browsers that are driven now (each has one of its own), or of all."""
    shown = subprocess.run(["ps", "-ww", "-eo", "sid,stat,args"], capture_output=True, text=True)
    rows = [row.split(None, 2) for row in shown.stdout.splitlines()[1:]]
    return {
        sid
        for sid, stat, args in rows
        if not stat.startswith("Z") and (not of_browsers or "--proxy-bypass-list=<-loop" in args)
    }


def patiently(holds: Callable[[], bool]) -> bool:
    """Whether something comes to hold within ten seconds."""
    until = time.monotonic() + 10
    while not (held := holds()) and time.monotonic() < until:
        time.sleep(0.1)
    return held


def with_browser(
    hosts: dict[str, Handler], *, timeout: float = 15.0, program: Path | None = PROGRAM
) -> Told:
    """Visit `http://<host>/a` of each, first without a browser, then with one where it helps."""
    settings = Settings(
        allow_networks=("127.0.0.1/32",), timeout=timeout, probe=False, delay=0.0, retries=0
    )
    clock = SystemClock()
    links = {host: Link(f"http://{host}/a") for host in hosts}
    seen = Seen()
    assert program
    browse = Browse(program, os.geteuid() != 0, NoProgress())

    def judged() -> dict[str, Finding]:
        return {
            host: verdict.judge(
                link,
                seen.observations[link.url],
                Memory(),
                settings=settings,
                now=seen.observations[link.url].at,
            )
            for host, link in links.items()
        }

    async def told() -> Told:
        async with loopback_web(hosts) as web:
            async with open_client(
                settings, resolver=web.resolver, ssl_context=web.ssl_context, clock=clock
            ) as client:
                await observe(
                    list(links.values()),
                    client=client,
                    sink=seen,
                    visits={},
                    settings=settings,
                    clock=clock,
                    progress=NoProgress(),
                    look=look,
                )
                before = judged()
                found = {links[host].url: finding for host, finding in before.items()}
                await browse.see(list(links.values()), found, {}, seen, client)
            said = {h: f"{f.state.value}/{f.reason}" for h, f in before.items()}
            return Told(judged(), seen.observations, list(web.seen), said, browse.skipped)

    running = sessions()
    result = asyncio.run(told())
    assert patiently(lambda: sessions() <= running), "no process is left behind"
    return result

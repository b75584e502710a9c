"""The archive step in front of the Internet Archive's interfaces with a real pywb behind them.

Every case has a host of its own, whose copies stand in `COPIES` or are recorded while it runs. The
clock is virtual, so that pauses and paces take no time; sockets, replay and recording are real.
"""

from __future__ import annotations

import asyncio
import gzip
import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

from citecheck.archives.candidate import Candidate, Kept
from citecheck.archives.keys import Keys
from citecheck.archives.others import TimeMapArchives
from citecheck.archives.plan import keep_evidence
from citecheck.copy_judge import CopyJudge
from citecheck.records.archive import LookupResult, SaveOutcome
from citecheck.records.ask import Ask
from citecheck.records.exchange import Exchange
from citecheck.records.finding import State
from citecheck.records.link import Link
from citecheck.records.memory import LinkRecord
from citecheck.records.observation import Fault
from citecheck.settings import ArchiveSettings, Settings
from citecheck.web.build import open_client
from citecheck.web.client import PoliteClient
from standins.archive import KEYS
from standins.clock import FakeClock
from standins.internet_archive import FakeIA
from standins.keeping import Notebook
from standins.pywb_server import Copy, Pywb
from whole_run.live_origin import article

CITED = date(2019, 3, 14)
PAGE = article("The Table of the Tides")
EDITED = article("The Table of the Tides", "Every word of the table has been written anew. " * 60)
ERROR = article("404 Not Found", "The page you are looking for was not found on this server.")
WALL = article("Just a moment...", "Verify you are human. Complete the CAPTCHA to continue.")
HTML = ("Content-Type", "text/html; charset=utf-8")


def at(host: str, path: str = "/table") -> str:
    return f"http://{host}.example.org{path}"


COPIES = (
    Copy(at("exact"), "20190301080000", body=PAGE),
    Copy(at("exact"), "20190401080000", body=PAGE),
    Copy(at("bracketed"), "20190301080000", body=PAGE),
    Copy(at("bracketed"), "20190401080000", body=EDITED),
    Copy(at("three"), "20190310080000", body=PAGE),
    Copy(at("three"), "20200310080000", body=EDITED),
    Copy(at("three"), "20240101080000", 404, ERROR),
    Copy("http://www.twins.example.org/table", "20190310080000", body=PAGE),
    Copy(at("case", "/table"), "20190310080000", body=PAGE),
    Copy(at("redirect"), "20190313080000", 302, b"", (("Location", at("redirect", "/")), HTML)),
    Copy(at("redirect"), "20190201080000", body=PAGE),
    Copy(at("wall"), "20190201080000", body=PAGE),
    Copy(at("wall"), "20190313080000", body=WALL),
    Copy(at("soft"), "20190201080000", body=PAGE),
    Copy(at("soft"), "20190313080000", body=ERROR),
    Copy(at("only-errors"), "20190313080000", 404, ERROR),
    Copy(at("revisit"), "20190201080000", body=PAGE),
    Copy(at("revisit"), "20190313080000", body=PAGE, revisit=True),
    Copy(at("inexact"), "20190310080000", body=PAGE),
    Copy(at("relabelled"), "20190201080000", body=PAGE),
    Copy(at("relabelled"), "20190312070707", 404, ERROR),
    Copy(at("own-errors"), "20190310080000", body=PAGE),
    Copy(at("coded"), "20190310080000", body=PAGE),
    Copy(
        at("gzipped"),
        "20190310080000",
        body=gzip.compress(PAGE),
        headers=(HTML, ("Content-Encoding", "gzip")),
    ),
    Copy(at("flapping"), "20190310080000", body=PAGE),
    Copy(at("offline"), "20190310080000", body=PAGE),
    Copy(at("malformed"), "20190310080000", body=PAGE),
    Copy(at("spare"), "20190310080000", body=PAGE),
    Copy(at("excluded"), "20190310080000", body=PAGE),
    Copy(at("timemap"), "20190310080000", body=PAGE),
    Copy(at("script", "/t%C3%A4ble?q=%E6%BD%AE&b=1"), "20190310080000", body=PAGE),
    Copy(at("gone"), "20190310080000", body=PAGE),
    Copy(at("gone"), "20240101080000", 404, ERROR),
)
LIVE = {
    f"{host}.example.org/table": article(f"The Table of {host.title()}")
    for host in ("live", "run", "stuck", "expired", "anonymous", "force", "quota", "twice")
} | {f"live.example.org/{name}": article(f"The Table of {name}") for name in ("twice", "paused")}


class Watched:
    """The program's own client, which notes in virtual time when a request leaves."""

    def __init__(self, client: PoliteClient, rig: Rig) -> None:
        self._client = client
        self._rig = rig

    async def fetch(self, ask: Ask) -> Exchange | Fault:
        self._rig.sent.append((self._rig.clock.now(), ask.url))
        return await self._client.fetch(ask)

    def hold(self, url: str, seconds: float) -> None:
        self._client.hold(url, seconds)


@dataclass
class Rig:
    """The archive, a clock, and what the step told."""

    pywb: Pywb
    base: str = ""
    clock: FakeClock = field(default_factory=lambda: FakeClock(datetime.now(UTC)))
    book: Notebook = field(default_factory=Notebook)
    sent: list[tuple[datetime, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.ia = FakeIA(self.pywb, now=self.clock.now)

    def keep(
        self,
        *candidates: Candidate,
        save: bool = False,
        keys: bool = True,
        records: Mapping[str, LinkRecord] | None = None,
        **own: Any,
    ) -> Kept:
        """One run of the step; its virtual time goes on from the run before."""
        archive = replace(ArchiveSettings(), wayback=self.base, **own)
        settings = Settings(
            save=save, archive=archive, trust_env=False, delay=0.0, retry_after_limit=600.0
        )

        async def run() -> Kept:
            known = records or {}
            async with open_client(settings, clock=self.clock) as polite:
                client = Watched(polite, self)
                with closing(CopyJudge(settings, self.clock)) as judge:
                    return await keep_evidence(
                        candidates,
                        client=client,
                        settings=settings,
                        keys=Keys(*KEYS) if save and keys else None,
                        jobs=self.book,
                        records=known,
                        clock=self.clock,
                        progress=self.book,
                        judge=judge,
                        others=TimeMapArchives(
                            client, archive, records=known, clock=self.clock, judge=judge
                        ),
                    )

        return asyncio.run(run())

    def find(self, url: str, state: State = State.DEAD, **own: Any) -> LookupResult:
        return self.keep(link(url, state), **own).lookups[url]


def link(url: str, state: State = State.OK) -> Candidate:
    reason = "http-404" if state is State.DEAD else "ok"
    return Candidate(Link(url, cited_on=CITED), state, reason)


def shown(result: LookupResult) -> dict[str, str]:
    """Role to timestamp and address of the snapshots."""
    return {s.role: s.url.partition("/web/")[2] for s in result.snapshots}


def said(result: LookupResult) -> tuple[str, str, int | None]:
    return result.lookup.state.value, result.lookup.grade.value, result.lookup.days


def verified(result: LookupResult) -> list[bool | None]:
    return [s.verified for s in result.snapshots]


def passed_over(result: LookupResult) -> list[tuple[str, str]]:
    return [(p.stamp, p.why) for p in result.lookup.passed_over]


def left(url: str, outcome: SaveOutcome) -> dict[str, LinkRecord]:
    now = outcome.submitted or datetime.now(UTC)
    return {url: LinkRecord(url, "ok", "ok", "high", "", now, now, save=outcome)}


def visible(rig: Rig, url: str, count: int = 1) -> list[str]:
    """The times of an address's copies, once pywb has them in its index."""
    until = time.monotonic() + 15
    while len(rows := rig.pywb.rows(url)) < count and time.monotonic() < until:
        time.sleep(0.2)
    return [row["timestamp"] for row in rows]

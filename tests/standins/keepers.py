"""Software Heritage and Perma.cc as they answer, in the process, and a run with them."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from citecheck.archives.candidate import Candidate
from citecheck.archives.homes import OtherHomes
from citecheck.archives.perma_key import PermaKey
from citecheck.records.archive import LookupResult, SaveOutcome, laid_over
from citecheck.records.ask import Ask
from citecheck.records.exchange import Exchange
from citecheck.records.memory import LinkRecord
from citecheck.records.observation import Fault, FaultKind
from citecheck.settings import ArchiveSettings, Settings
from standins.clock import FakeClock
from standins.keeping import START, Notebook, record

HERITAGE = "https://archive.softwareheritage.org"
PERMA_API = "https://api.perma.cc/v1"
KEY = "pk-5f0c9a7be1d24d3f"
Answer = tuple[int, Mapping[str, str], bytes] | FaultKind

BUSY: Answer = (429, {"Retry-After": "30"}, b'{"exception": "Throttled"}')
DOWN: Answer = (503, {}, b"<h1>Service Unavailable</h1>")
PROOF_OF_WORK: Answer = (200, {"Content-Type": "text/html"}, b"<title>Making sure you are human")


def told(status: int, value: Any, **headers: str) -> Answer:
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    return status, {"Content-Type": "application/json", **named}, json.dumps(value).encode()


@dataclass
class Heritage:
    """`visits` has the newest visit of an origin (a date), `requests` what was asked for; a new one
    becomes `said` with the task `task`."""

    visits: dict[str, str] = field(default_factory=dict)
    requests: dict[str, dict[str, Any]] = field(default_factory=dict)
    said: str = "accepted"
    task: str = "pending"

    def answer(self, method: str, path: str, now: datetime) -> Answer:
        if m := re.fullmatch(r"/api/1/origin/save/(git|hg)/url/(.+)/", path):
            return self._save(method, unquote(m[2]), now)
        m = re.fullmatch(r"/api/1/origin/(.+)/visit/latest/", path)
        assert m is not None, path
        origin = unquote(m[1])
        if origin not in self.visits:
            return told(404, {"exception": "NotFoundExc", "reason": f"Origin {origin} not found!"})
        row = {"origin": origin, "visit": 7, "date": self.visits[origin], "status": "full"}
        return told(200, {**row, "snapshot": "6a3a2cf0b2b90ce7ae1cf0a221ed68035b686f5a"})

    def _save(self, method: str, origin: str, now: datetime) -> Answer:
        if method == "GET":
            known = self.requests.get(origin)
            return told(200, [known]) if known else told(404, {"exception": "NotFoundExc"})
        self.requests[origin] = {
            "id": 4000 + len(self.requests),
            "origin_url": origin,
            "save_request_date": now.isoformat(),
            "save_request_status": self.said,
            "save_task_status": "not created" if self.said != "accepted" else self.task,
            "visit_date": None,
            "visit_status": None,
        }
        return told(200, self.requests[origin])

    def done(self, origin: str, visited: str = "2026-11-22T12:30:00Z", **more: Any) -> None:
        row = {"save_task_status": "succeeded", "visit_date": visited, "visit_status": "full"}
        self.requests[origin] |= row | more


@dataclass
class PermaService:
    """`links` has what was made, by GUID; captures stay pending for `polls` looks, then are
    `ends`. `refusals` gives an address the words of a 400."""

    links: dict[str, dict[str, Any]] = field(default_factory=dict)
    refusals: dict[str, Any] = field(default_factory=dict)
    polls: int = 1
    ends: str = "success"
    private: bool = False

    def answer(self, ask: Ask, now: datetime) -> Answer:
        parts = urlsplit(ask.url)
        path = parts.path.removeprefix("/v1")
        if dict(ask.headers).get("Authorization") != f"ApiKey {KEY}":
            return told(401, {"detail": "Invalid token."})
        if ask.method == "POST":
            return self._make(json.loads(ask.content), now)
        if path == "/archives/":
            url = parse_qs(parts.query)["url"][0]
            return told(200, {"objects": [k for k in self.links.values() if k["url"] == url]})
        link = self.links.get(path.split("/")[2])
        if link is None:
            return told(404, {"detail": "Not found."})
        if link["looks"] <= 0:
            link["captures"][0]["status"] = self.ends
        link["looks"] -= 1
        return told(200, link)

    def _make(self, wanted: dict[str, Any], now: datetime) -> Answer:
        if wanted["url"] in self.refusals:
            return told(400, self.refusals[wanted["url"]])
        guid = f"AB{len(self.links):02d}-{len(self.links) + 11:02d}YZ"
        self.links[guid] = {
            "guid": guid,
            "url": wanted["url"],
            "folder": wanted.get("folder"),
            "creation_timestamp": now.isoformat().replace("+00:00", "Z"),
            "captures": [{"role": "primary", "status": "pending"}],
            "is_private": self.private,
            "looks": self.polls,
        }
        return told(201, self.links[guid])


@dataclass
class Keepers:
    """Both, a client that leads to them, a clock, and what the step tells the JobStore. `trouble`
    answers the first requests whose method and path match in their place."""

    heritage: Heritage = field(default_factory=Heritage)
    perma: PermaService = field(default_factory=PermaService)
    clock: FakeClock = field(default_factory=lambda: FakeClock(START))
    book: Notebook = field(default_factory=Notebook)
    asked: list[tuple[float, str, str]] = field(default_factory=list)
    trouble: list[tuple[str, Answer]] = field(default_factory=list)
    sent: Callable[[str], None] = lambda line: None
    latency: float = 0.0

    async def fetch(self, ask: Ask) -> Exchange | Fault:
        assert ask.trusted and not ask.link
        parts = urlsplit(ask.url)
        line = f"{ask.method} {unquote(parts.path)}"
        self.asked.append((self.clock.monotonic() - 1000.0, ask.method, unquote(parts.path)))
        self.sent(line)
        if self.latency:
            await self.clock.sleep(self.latency)
        answer = self._answer(ask, line)
        if isinstance(answer, FaultKind):
            return Fault(answer, "made up")
        status, headers, body = answer
        return Exchange(
            ask.method, ask.url, self.clock.now(), (), status, "",
            tuple((k.encode(), v.encode()) for k, v in headers.items()), body, body,
        )  # fmt: skip

    def _answer(self, ask: Ask, line: str) -> Answer:
        for one in self.trouble:
            if re.match(one[0], line):
                self.trouble.remove(one)
                return one[1]
        parts = urlsplit(ask.url)
        if parts.hostname == "archive.softwareheritage.org":
            return self.heritage.answer(ask.method, parts.path, self.clock.now())
        assert parts.hostname == "api.perma.cc", ask.url
        return self.perma.answer(ask, self.clock.now())

    def keep(
        self,
        candidates: Sequence[Candidate],
        *,
        saving: bool = False,
        key: str = KEY,
        records: Mapping[str, LinkRecord] | None = None,
        lookups: Mapping[str, LookupResult] | None = None,
        saves: Mapping[str, SaveOutcome] | None = None,
        settings: ArchiveSettings | None = None,
    ) -> dict[str, dict[str, SaveOutcome]]:
        """One run of the step; the outcomes by link and archive."""
        self.homes = OtherHomes(
            self,
            Settings(save=saving, archive=settings or ArchiveSettings()),
            PermaKey(key) if key else None,
            jobs=self.book,
            records=records or {},
            clock=self.clock,
            progress=self.book,
        )

        async def both() -> Mapping[str, tuple[SaveOutcome, ...]]:
            await self.homes.keep(candidates, saving=saving)
            return await self.homes.keep_rest(candidates, lookups or {}, saves or {}, saving=saving)

        kept = asyncio.run(both())
        return {url: {o.archive: o for o in outcomes} for url, outcomes in kept.items()}

    def left(self) -> dict[str, LinkRecord]:
        """The ledger as a later run finds it: what the JobStore was told."""
        known: dict[str, tuple[SaveOutcome, ...]] = {}
        for url, outcome in self.book.saves:
            known[url] = laid_over(known.get(url, ()), (outcome,))
        return {url: replace(record(url), saves=saves) for url, saves in known.items()}

    def lines(self, start: str = "") -> list[str]:
        return [f"{method} {path}" for _, method, path in self.asked if path.startswith(start)]


def day(year: int, month: int, number: int) -> datetime:
    return datetime(year, month, number, tzinfo=UTC)


def ago(days: float) -> str:
    return (START - timedelta(days=days)).isoformat().replace("+00:00", "Z")

"""What the tests of the archives have in common: a link, its record, a run of the archive step."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from citecheck.archives.finder import OtherArchives
from citecheck.archives.keys import Keys
from citecheck.archives.plan import Candidate, Kept, keep_evidence
from citecheck.archives.shown import Judge
from citecheck.records.archive import LookupResult, SaveOutcome
from citecheck.records.finding import State
from citecheck.records.link import Link
from citecheck.records.memory import LinkRecord
from citecheck.settings import ArchiveSettings, Settings
from standins.archive import KEYS, Direct, FaultyArchive
from standins.clock import FakeClock

START = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
URL = "https://journal.example.org/article"


class Notebook:
    """A JobStore and a Progress that remember; `events` has everything in order."""

    def __init__(self) -> None:
        self.lookups: list[LookupResult] = []
        self.saves: list[tuple[str, SaveOutcome]] = []
        self.events: list[str] = []
        self.notes: list[str] = []
        self.stages: list[tuple[str, int, int]] = []

    def looked_up(self, result: LookupResult) -> None:
        self.lookups.append(result)

    def save_changed(self, url: str, outcome: SaveOutcome) -> None:
        self.saves.append((url, outcome))

    def stage(self, name: str, done: int, total: int, note: str = "") -> None:
        self.stages.append((name, done, total))
        if note:
            self.notes.append(note)

    def states(self, url: str = URL) -> list[str]:
        return [o.state.value for u, o in self.saves if u == url]


def candidate(
    url: str = URL,
    state: State = State.OK,
    reason: str = "ok",
    cited_on: date | None = date(2019, 3, 14),
    private: bool = False,
) -> Candidate:
    return Candidate(Link(url, cited_on=cited_on), state, reason, private)


def record(url: str = URL, state: str = "ok", reason: str = "ok") -> LinkRecord:
    return LinkRecord(url, state, reason, "high", "", START, START)


@dataclass
class Run:
    """The archive step against a faulty archive, on a clock of its own."""

    archive: FaultyArchive
    clock: FakeClock
    book: Notebook = field(default_factory=Notebook)
    latency: float = 0.0

    def keep(
        self,
        candidates: Sequence[Candidate],
        *,
        save: bool = False,
        keys: Keys | None = None,
        records: Mapping[str, LinkRecord] | None = None,
        archive: ArchiveSettings | None = None,
        judge: Judge | None = None,
        others: OtherArchives | None = None,
    ) -> Kept:
        settings = Settings(save=save, archive=archive or ArchiveSettings())
        return asyncio.run(
            keep_evidence(
                candidates,
                client=Direct(self.archive, self.clock, self.latency),
                settings=settings,
                keys=keys,
                jobs=self.book,
                records=records or {},
                clock=self.clock,
                progress=self.book,
                judge=judge,
                others=others,
            )
        )


def start(*captures: object, pending: int = 1) -> Run:
    from citecheck.demo.archive import Capture

    clock = FakeClock(START)
    rows = [c for c in captures if isinstance(c, Capture)]
    return Run(FaultyArchive(rows, now=clock.now, pending=pending), clock)


def keys() -> Keys:
    return Keys(*KEYS)


def with_save(outcome: SaveOutcome, url: str = URL) -> dict[str, LinkRecord]:
    return {url: replace(record(url), save=outcome)}

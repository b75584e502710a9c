"""A project with local copies as a run leaves it, for tests of what is made of them."""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from citecheck.ledger.store import Ledger
from citecheck.records.exchange import Exchange
from citecheck.records.finding import Baseline
from citecheck.records.memory import LinkRecord, Memory, Visit
from citecheck.records.reference import Citation, Reference
from citecheck.settings import Settings
from standins.wire import MOMENT, FixedClock, exchange

DAY = timedelta(days=1)
PLAIN = "https://example.com/plain"
OLD, NEW = "https://example.com/old", "https://example.com/new"
WALL = "https://example.com/wall"
GONE = "https://example.com/gone"
SHARED = "https://example.com/share?token=SECRET"

# What two runs, a day apart, saw and wrote down: each with the link it was asked for.
FIRST: tuple[tuple[Exchange, str], ...] = (
    (exchange(PLAIN), PLAIN),
    (exchange(OLD, b"", status=301, reason="Moved Permanently",
              headers=((b"Location", NEW.encode()),)), OLD),
    (exchange(NEW, gzip.compress(b"<p>New</p>", mtime=0), at=MOMENT + timedelta(seconds=1),
              headers=((b"Content-Type", b"text/html"), (b"Content-Encoding", b"gzip"))), OLD),
    (exchange(WALL, b"<p>Are you human?</p>"), WALL),
    (exchange(GONE, b"<p>It was here</p>"), GONE),
    (exchange(SHARED, b"<p>shared</p>"), SHARED),
)  # fmt: skip
SECOND: tuple[tuple[Exchange, str], ...] = (
    (exchange(PLAIN, at=MOMENT + DAY), PLAIN),
    (exchange(GONE, b"<p>Not here</p>", at=MOMENT + DAY), GONE),
)


def line(
    url: str, state: str, reason: str, since: datetime = MOMENT, title: str = ""
) -> LinkRecord:
    """A line of the ledger, with the first day's finding before it where it is a later one."""
    well = state in ("ok", "moved")
    later = since > MOMENT
    return LinkRecord(
        url, state, reason, "high", "", since, MOMENT,
        previous_state="ok" if later else "", previous_reason="ok" if later else "",
        previous_at=MOMENT if later else None,
        last_ok=MOMENT if later else (since if well else None),
        baseline=Baseline("record", url, f"{MOMENT:%Y-%m-%dT%H:%M:%SZ}") if well else None,
        title=title,
    )  # fmt: skip


RECORDS = (
    line(PLAIN, "ok", "ok", title="Hello"),
    line(OLD, "moved", "redirected", MOMENT + timedelta(seconds=1), title="New"),
    line(WALL, "blocked", "captcha"),
    line(GONE, "dead", "soft-404", MOMENT + DAY),
    line(SHARED, "ok", "ok"),
)


def reference(name: str, url: str, at_line: int, document: str = "paper.md") -> Reference:
    cited = (Citation(document, str(at_line), 1, at_line),)
    csl = {"type": "webpage", "title": f"On {name}", "accessed": {"date-parts": [[2026, 11, 2]]}}
    return Reference(name, csl, (url,), url, citations=cited)


REFERENCES = (
    reference("gone", GONE, 1),
    reference("plain", PLAIN, 2),
    reference("old", OLD, 3),
    reference("wall", WALL, 4),
    reference("shared", SHARED, 5),
)


def recorded(root: Path, exchanges: Iterable[tuple[Exchange, str]], at: datetime) -> None:
    """One run's WARC file in the project's folder."""
    ledger = Ledger(Settings(root=root), FixedClock(at))
    with ledger.recorder("citecheck/0.1.0") as keep:
        for one, link in exchanges:
            keep.record(one, link)


def project(root: Path) -> Settings:
    """The project after both runs."""
    recorded(root, FIRST, MOMENT)
    recorded(root, SECOND, MOMENT + DAY)
    settings = Settings(root=root)
    ledger = Ledger(settings, FixedClock())
    held = {r.url: Memory(r, Visit(r.url, MOMENT + DAY, last_ok=r.last_ok)) for r in RECORDS}
    held[PLAIN] = Memory(RECORDS[0], Visit(PLAIN, MOMENT + DAY, last_ok=MOMENT + DAY))
    ledger.keep({}, [line(GONE, "ok", "ok"), *RECORDS])
    ledger.keep(held, [])
    ledger.write_references([("paper.md", REFERENCES)])
    return settings

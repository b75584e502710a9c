"""A small project on disk as runs leave it: copies, index, ledger, records, manifests."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from citecheck.ledger.store import Ledger
from citecheck.records.exchange import Exchange
from citecheck.records.memory import LinkRecord, Memory
from citecheck.records.observation import Body, Observation, PageFacts
from citecheck.sealing import Sealing
from citecheck.settings import Settings
from standins.clock import START, FakeClock
from standins.wire import exchange

PAGE = "https://example.com/plain"
TEXT = "7" * 64


def settings_of(root: Path) -> Settings:
    return Settings(root=root, references=root / "references", archive_dir=root / "archive")


def page(url: str = PAGE, body: bytes = b"hello", at: datetime = START) -> Exchange:
    return replace(exchange(), url=url, raw=body, content=body, at=at)


def observed(seen: Exchange, sha256: str) -> Observation:
    facts = PageFacts(text_sha256=TEXT, extractor="trafilatura 2.0.0")
    return Observation(
        seen.url, seen.at, seen.url, status=200, body=Body(len(seen.raw), sha256), page=facts
    )


def memory(url: str, sha256: str = "") -> LinkRecord:
    return LinkRecord(
        url, "ok", "ok", "high", "It is there.", since=START, first_seen=START, sha256=sha256
    )


def run(
    root: Path,
    *pages: Exchange,
    day: int = 0,
    news: Iterable[LinkRecord] = (),
    seen: Iterable[Observation] = (),
    seal: bool = True,
) -> str:
    """One run that sees these pages on a day; the name of its manifest."""
    clock = FakeClock(START + timedelta(days=day))
    ledger = Ledger(settings_of(root), clock)
    (root / "references").mkdir(parents=True, exist_ok=True)
    (root / "references" / "paper.md.json").write_bytes(b"[]\n")
    with ledger.lock():
        sealing = Sealing(ledger, clock)
        with ledger.recorder("citecheck/0.1.0") as recorder:
            for one in pages:
                recorder.record(one, one.url)
        records = tuple(news)
        ledger.keep({r.url: Memory(r) for r in records}, records)
        ledger.write_report(ledger.report_path("json"), "{}\n")
        ledger.write_report(ledger.report_path("html"), "<p>well</p>\n")
        return sealing.seal(seen) if seal else ""

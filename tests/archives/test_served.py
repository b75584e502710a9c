"""The failing archive on loopback, as whole runs meet it."""

from __future__ import annotations

import asyncio
import urllib.error
import urllib.request
from datetime import UTC, datetime, timedelta

import pytest

from citecheck.archives.plan import keep_evidence
from citecheck.demo.archive import Capture
from citecheck.records.archive import LookupState, SaveState
from citecheck.settings import ArchiveSettings, Settings
from citecheck.web.build import open_client
from citecheck.web.clock import SystemClock
from standins.archive import BUSY, KEYS, FaultyArchive, Refusal, serve
from standins.keeping import Notebook, candidate, keys

NOW = datetime.now(UTC)
URL = "https://journal.example.org/article"


def test_it_answers_fails_and_refuses_over_http() -> None:
    archive = FaultyArchive([Capture(URL, "20190310080000")], now=lambda: NOW)
    with serve(archive) as base:
        with urllib.request.urlopen(f"{base}/cdx/search/cdx?url={URL}") as answer:
            assert answer.read().split()[1] == b"20190310080000"
        archive.fail("/cdx", BUSY, times=1)
        with pytest.raises(urllib.error.HTTPError) as error:
            urllib.request.urlopen(f"{base}/cdx/search/cdx?url={URL}")
        assert error.value.code == 429
        error.value.close()
        archive.fail("/cdx", Refusal, times=1)
        with pytest.raises(OSError, match=r"closed connection|reset"):
            urllib.request.urlopen(f"{base}/cdx/search/cdx?url={URL}")


def test_the_polite_client_looks_up_and_saves() -> None:
    archive = FaultyArchive([Capture(URL, "20190310080000")], now=lambda: NOW)
    book = Notebook()

    async def keep(base: str) -> None:
        own = ArchiveSettings(
            wayback=base, poll_first=0.01, poll_every=0.01, budget=timedelta(seconds=20)
        )
        settings = Settings(save=True, archive=own, delay=0.0)
        async with open_client(settings, clock=SystemClock()) as client:
            kept = await keep_evidence(
                [candidate(URL)],
                client=client,
                settings=settings,
                keys=keys(),
                jobs=book,
                records={},
                clock=SystemClock(),
                progress=book,
            )
        assert kept.lookups[URL].lookup.state is LookupState.FOUND
        assert kept.lookups[URL].snapshots[0].url == f"{base}/web/20190310080000/{URL}"
        assert kept.saves[URL].state is SaveState.SAVED

    with serve(archive) as base:
        asyncio.run(keep(base))
    sent = [r.headers.get("authorization") for r in archive.seen if r.path == "/save"]
    assert sent == [f"LOW {KEYS[0]}:{KEYS[1]}"]
    assert KEYS[1] not in repr(book.saves)

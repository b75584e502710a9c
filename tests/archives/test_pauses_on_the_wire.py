"""A 429 of the archive, with the program's own client and real sockets: nobody asks in its time."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from citecheck.archives.plan import Kept, keep_evidence
from citecheck.records.archive import SaveState
from citecheck.settings import ArchiveSettings, Settings
from citecheck.web.build import open_client
from citecheck.web.clock import SystemClock
from standins.archive import BUSY, FaultyArchive, serve
from standins.keeping import Notebook, candidate, keys

pytestmark = pytest.mark.whole  # it really waits
PAUSE = 1.3


def now() -> datetime:
    return datetime.now(UTC)


def keep(archive: FaultyArchive, base: str, pages: int) -> Kept:
    own = ArchiveSettings(
        wayback=base,
        pause_after_429=PAUSE,
        lookups_per_minute=6000,
        saves_per_minute=6000,
        poll_first=0.05,
        poll_every=0.05,
        verify=False,
    )
    settings = Settings(save=True, delay=0.0, per_host=2, trust_env=False, archive=own)

    async def inside() -> Kept:
        clock, book = SystemClock(), Notebook()
        async with open_client(settings, clock=clock) as client:
            return await keep_evidence(
                [candidate(f"https://site{n}.example.org/") for n in range(pages)],
                client=client,
                settings=settings,
                keys=keys(),
                jobs=book,
                records={},
                clock=clock,
                progress=book,
            )

    return asyncio.run(inside())


@pytest.mark.parametrize("path", ["/cdx/search/cdx", "/save", "/save/status/spn2"])
def test_nothing_is_sent_while_the_archive_wants_silence(path: str) -> None:
    archive = FaultyArchive(now=now)
    page = "" if "spn2" in path else "https://site3.example.org/"
    with serve(archive) as base:
        archive.fail(path, BUSY, times=1, of=page)
        kept = keep(archive, base, 4)
    assert {o.state for o in kept.saves.values()} == {SaveState.SAVED}
    asked = (r for r in archive.asked(path) if page in ("", r.params.get("url")))
    busy = next(asked).at
    # What was on its way at the same moment may arrive a little later.
    quiet = busy + timedelta(seconds=0.6), busy + timedelta(seconds=PAUSE - 0.05)
    assert [(r.at - busy, r.path) for r in archive.seen if quiet[0] < r.at < quiet[1]] == []


def test_a_long_pause_does_not_close_the_host_for_the_run() -> None:
    archive = FaultyArchive(now=now)
    with serve(archive) as base:
        archive.fail("/cdx", replaced(BUSY, "1"), times=2)
        kept = keep(archive, base, 2)
    assert {o.state for o in kept.saves.values()} == {SaveState.SAVED}


def replaced(
    reply: tuple[int, object, bytes], wait: str
) -> tuple[int, tuple[tuple[str, str], ...], bytes]:
    return reply[0], (("Retry-After", wait),), reply[2]

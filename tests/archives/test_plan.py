"""The archive step cut short: a disk that is full, a person who has had enough."""

from __future__ import annotations

import asyncio

import pytest

from citecheck.archives.plan import keep_evidence
from citecheck.errors import LedgerError
from citecheck.records.archive import LookupResult, SaveState
from citecheck.settings import Settings
from standins.archive import Direct
from standins.keeping import URL, Notebook, candidate, keys, start


def test_a_ledger_that_cannot_be_written_ends_it_with_its_own_words() -> None:
    class FullDisk(Notebook):
        def looked_up(self, result: LookupResult) -> None:
            raise LedgerError("archive/.state cannot be written: no space left")

    run = start()
    run.book = FullDisk()
    with pytest.raises(LedgerError, match="no space left"):
        run.keep([candidate(f"{URL}/{n}") for n in range(9)])
    assert len(run.archive.seen) < 9


def test_cut_short_while_polling_the_job_is_kept() -> None:
    run = start(pending=1000)

    async def cut() -> None:
        task = asyncio.create_task(
            keep_evidence(
                [candidate()],
                client=Direct(run.archive, run.clock),
                settings=Settings(save=True),
                keys=keys(),
                jobs=run.book,
                records={},
                clock=run.clock,
                progress=run.book,
            )
        )
        for _ in range(10_000):
            if run.archive.asked("/save/status/spn2"):
                break
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(cut())
    assert [r.lookup.state.value for r in run.book.lookups] == ["none"]
    assert run.book.states() == ["unknown", "pending"]
    outcome = run.book.saves[-1][1]
    assert outcome.state is SaveState.PENDING
    assert outcome.job.startswith("spn2-")


def test_a_link_that_is_cited_twice_is_asked_about_once() -> None:
    run = start()
    kept = run.keep([candidate(), candidate()])
    assert list(kept.lookups) == [URL]
    assert len(run.archive.seen) == 1


def test_nothing_to_do_asks_nothing() -> None:
    run = start()
    kept = run.keep([], save=True, keys=keys())
    assert (kept.lookups, kept.saves, kept.skipped, kept.savable) == ({}, {}, (), 0)
    assert run.archive.seen == []

"""When it is decided what is saved: once the copies were looked at, and nobody waits for long."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, timedelta

import pytest

from citecheck.archives.candidate import Candidate
from citecheck.archives.plan import Kept
from citecheck.archives.shown import Fit, Shown
from citecheck.demo.archive import Capture
from citecheck.records.archive import (
    Answer,
    Grade,
    Lookup,
    LookupResult,
    LookupState,
    PassedOver,
    SaveOutcome,
    SaveState,
    Snapshot,
)
from citecheck.records.exchange import Exchange
from citecheck.records.finding import State
from citecheck.records.link import Link
from citecheck.records.memory import LinkRecord
from citecheck.settings import ArchiveSettings
from standins.archive import Silence
from standins.keeping import START, URL, Run, candidate, keys, record, start

EXCLUDED = b"<p>This URL has been excluded from the Wayback Machine.</p>"
RECENT = "20261110000000"


async def judge(link: Link, page: Exchange) -> Shown:
    wanting = page.content.startswith(b"error") or page.status != 200
    return Shown(Fit.UNFIT, "error-page") if wanting else Shown(Fit.GOOD)


def capture(stamp: str, body: str = "page", url: str = URL) -> Capture:
    return Capture(url, stamp.ljust(14, "0"), body=body.encode())


def save(run: Run, *candidates: Candidate, **more: object) -> Kept:
    return run.keep(
        candidates or [candidate()],
        save=True,
        keys=keys(),
        judge=judge,
        **more,  # type: ignore[arg-type]
    )


def reason(kept: Kept, url: str = URL) -> tuple[str, str]:
    return kept.saves[url].state.value, kept.saves[url].reason


def snapshot(stamp: str, role: str, url: str = URL, verified: bool | None = None) -> Snapshot:
    made = capture(stamp).taken
    return Snapshot(
        "wayback", f"https://web.archive.org/web/{stamp}/{url}", made, role, 200, verified
    )


def known(*snapshots: Snapshot, url: str = URL) -> LinkRecord:
    lookup = Lookup(
        LookupState.FOUND,
        START - timedelta(days=5),
        Grade.NEAREST,
        4,
        cited_on=date(2019, 3, 14),
    )
    return replace(record(url), lookup=lookup, snapshots=snapshots)


def test_a_recent_copy_that_shows_the_page_makes_a_new_one_needless() -> None:
    run = start(capture("20190310", "page then"), capture(RECENT))
    kept = save(run)
    assert (reason(kept), run.archive.submitted) == (("skipped", "recent-copy"), [])
    assert [s.verified for s in kept.lookups[URL].snapshots] == [True, True]


def test_a_recent_copy_that_shows_an_error_page_is_none() -> None:
    run = start(capture("20190310", "page then"), capture(RECENT, "error 404"))
    kept = save(run)
    assert (reason(kept), run.archive.submitted) == (("saved", ""), [URL])
    assert kept.lookups[URL].lookup.passed_over == (PassedOver(RECENT, "error-page"),)


def test_nor_is_one_that_an_earlier_run_took_for_good() -> None:
    run = start(capture("20190310", "page then"), capture(RECENT, "error 404"))
    before = known(snapshot("20190310000000", "cited"), snapshot(RECENT, "latest"))
    kept = save(run, records={URL: before})
    assert (reason(kept), run.archive.submitted) == (("saved", ""), [URL])


def test_what_was_saved_a_while_ago_and_shows_an_error_is_not_saved_every_day() -> None:
    run = start(capture("20190310", "page then"), capture(RECENT, "error 404"))
    copy = snapshot(RECENT, "saved")
    made = SaveOutcome(SaveState.SAVED, "", "spn2-1", copy.taken, copy)
    before = replace(known(snapshot("20190310000000", "cited", verified=True), copy), save=made)
    save(run, records={URL: before})
    assert run.archive.submitted == []


def test_without_saving_the_recent_copy_is_not_looked_at() -> None:
    run = start(capture("20190310", "page then"), capture(RECENT, "error 404"))
    run.keep([candidate()], judge=judge)
    assert len(run.archive.asked("/web/")) == 1


def test_an_excluded_site_is_not_saved_though_only_its_copies_tell() -> None:
    run = start(capture("20190310"))
    run.archive.fail("/web/", (403, (), EXCLUDED))
    kept = save(run)
    assert (reason(kept), run.archive.submitted) == (("skipped", "excluded"), [])


class Elsewhere:
    """Another archive, which has a copy of everything, and takes `seconds` to say so, asked about
    one page at a time."""

    def __init__(self, run: Run, seconds: float = 0.0) -> None:
        self.run = run
        self.seconds = seconds
        self.turn = asyncio.Lock()

    async def find(
        self, candidate: Candidate, near: date | None, wayback: LookupResult
    ) -> LookupResult:
        async with self.turn:
            await self.run.clock.sleep(self.seconds)
        copy = Snapshot("arquivo.pt", f"https://arquivo.pt/{candidate.link.url}", START, "cited")
        old = replace(copy, taken=START - timedelta(days=900))
        said = f"the copy is at arquivo.pt; {wayback.lookup.detail}"
        others = (Answer("arquivo.pt", LookupState.FOUND, START),)
        lookup = replace(wayback.lookup, state=LookupState.FOUND, detail=said, others=others)
        return replace(wayback, lookup=lookup, snapshots=(old,))


def test_an_exclusion_is_remembered_though_another_archive_has_a_copy() -> None:
    run = start(capture("20190310"))
    run.archive.fail("/web/", (403, (), EXCLUDED))
    first = save(run, others=Elsewhere(run)).lookups[URL]
    assert first.lookup.state is LookupState.FOUND
    before = replace(record(), lookup=first.lookup, snapshots=first.snapshots)
    kept = save(run, records={URL: before})
    assert (reason(kept), run.archive.submitted) == (("skipped", "excluded"), [])


def test_copies_that_cannot_be_had_hold_no_save_up() -> None:
    urls = [f"https://site{n}.example.org/" for n in range(20)]
    run = start(*(capture("20190310", url=url) for url in urls))
    run.archive.fail("/web/", Silence)
    run.latency = 2.0
    kept = save(run, *map(candidate, urls))
    assert {o.state for o in kept.saves.values()} == {SaveState.SAVED}


def test_a_long_backlog_of_copies_holds_no_save_up() -> None:
    lost = [f"https://lost{n}.example.org/" for n in range(160)]
    fine = [f"https://fine{n}.example.org/" for n in range(15)]
    run = start(*(capture("20190310", f"page {url}", url) for url in (*lost, *fine)))
    run.latency = 1.0
    dead = [candidate(url, State.DEAD, "http-404") for url in lost]
    records = {url: known(snapshot("20190310000000", "cited", url), url=url) for url in lost}
    settings = ArchiveSettings(budget=timedelta(minutes=4))
    kept = save(run, *dead, *map(candidate, fine), records=records, archive=settings)
    saved = [url for url in fine if kept.saves[url].state is SaveState.SAVED]
    assert len(saved) == 15, "at six a minute there was time for all"
    seen = [url for url in lost if kept.lookups[url].snapshots[0].verified]
    assert len(seen) > 100, "and for the copies of lost pages as well"


def test_many_open_saves_of_earlier_runs_hold_no_look_up_up() -> None:
    gone = SaveOutcome(SaveState.PENDING, "", "spn2-gone", START - timedelta(days=2))
    old = [f"https://old{n}.example.org/" for n in range(400)]
    run = start()
    records = {url: replace(record(url), save=gone) for url in old}
    new = [f"https://new{n}.example.org/" for n in range(40)]
    kept = save(run, *map(candidate, new), records=records)
    assert {kept.lookups[url].lookup.state for url in new} == {LookupState.NONE}
    submitted = [url for url in new if kept.saves[url].state is SaveState.SAVED]
    assert len(submitted) == len(new)


def test_a_page_with_an_open_save_waits_until_it_is_asked_about() -> None:
    lost = SaveOutcome(SaveState.UNKNOWN, "no-answer", "", START - timedelta(days=3))
    run = start(capture("20261120", url=URL.replace("https:", "http:")))
    run.latency = 5.0
    kept = save(run, records={URL: replace(record(), save=lost)})
    assert (reason(kept), run.archive.submitted) == (("saved", ""), []), "the index has its copy"


def test_a_link_that_turned_out_to_be_private_is_asked_about_no_more() -> None:
    before = SaveOutcome(SaveState.PENDING, "", "", START - timedelta(days=2))
    run = start()
    login = candidate(state=State.BLOCKED, reason="login")
    kept = save(run, login, records={URL: replace(record(), save=before)})
    assert kept.saves[URL] == before
    assert run.archive.seen == []


def test_a_slow_archive_elsewhere_holds_no_look_up_up() -> None:
    urls = [f"https://site{n}.example.org/" for n in range(100)]
    run = start()
    kept = run.keep(list(map(candidate, urls)), others=Elsewhere(run, seconds=9.0))
    begun = run.archive.asked("/cdx")
    assert len(begun) == len(urls)
    assert begun[-1].at - START < timedelta(minutes=5), "at 24 a minute"
    assert {r.lookup.state for r in kept.lookups.values()} == {LookupState.FOUND}


@pytest.mark.parametrize("path", ["/save/status/user", "/save/status/system"])
def test_what_the_service_says_of_its_pause_is_kept(path: str) -> None:
    run = start()
    run.archive.fail(path, (429, (("Retry-After", "200"),), b""), times=1)
    save(run)
    busy = run.archive.asked(path)[0].at
    after = [r.at - busy for r in run.archive.seen if r.at > busy]
    assert min(after) >= timedelta(seconds=200)

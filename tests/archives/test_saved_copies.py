"""Copies that were saved for us: a later run looks at them, and asks the index for them anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from citecheck.archives.shown import Fit, Shown
from citecheck.demo.archive import Capture
from citecheck.records.archive import (
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
from citecheck.remember import with_archives
from standins.keeping import START, URL, Run, candidate, record, start

DEAD = candidate(state=State.DEAD, reason="http-404")
STAMP = "20261110120000"  # twelve days before


async def judge(link: Link, page: Exchange) -> Shown:
    wanting = page.content.startswith(b"error") or page.status != 200
    return Shown(Fit.UNFIT, "error-page") if wanting else Shown(Fit.GOOD)


def capture(body: str = "page", stamp: str = STAMP) -> Capture:
    return Capture(URL, stamp, body=body.encode())


def saved(stamp: str = STAMP, verified: bool | None = None) -> Snapshot:
    url = f"https://web.archive.org/web/{stamp}/{URL}"
    return Snapshot("wayback", url, capture(stamp=stamp).taken, "saved", 200, verified)


def before(copy: Snapshot, *, asked: timedelta, state: str = "ok") -> dict[str, LinkRecord]:
    """A page without captures when it was asked about, and saved at that time."""
    lookup = Lookup(LookupState.NONE, START - asked, cited_on=DEAD.link.cited_on)
    save = SaveOutcome(SaveState.SAVED, "", "spn2-1", copy.taken, copy)
    known = replace(record(state=state), since=START - timedelta(days=1))
    return {URL: replace(known, lookup=lookup, snapshots=(copy,), save=save)}


def shown(run: Run, result: LookupResult) -> list[tuple[str, bool | None]]:
    return [(s.role, s.verified) for s in result.snapshots]


def test_what_was_saved_before_the_page_died_is_looked_at() -> None:
    run = start(capture())
    kept = run.keep([DEAD], judge=judge, records=before(saved(), asked=timedelta(days=12)))
    assert ("saved", True) in shown(run, kept.lookups[URL])
    assert kept.lookups[URL].lookup.state is LookupState.FOUND, "the index was asked again"
    assert len(run.archive.asked("/web/")) == 1, "one look tells of both roles"


def test_it_is_looked_at_though_the_index_does_not_list_it() -> None:
    run = start(capture())
    run.archive.fail("/cdx", (200, (("Content-Type", "text/plain"),), b""))
    kept = run.keep([DEAD], judge=judge, records=before(saved(), asked=timedelta(days=12)))
    assert kept.lookups[URL].lookup.state is LookupState.NONE
    assert shown(run, kept.lookups[URL]) == [("saved", True)]


def test_one_that_shows_an_error_page_is_not_offered_again() -> None:
    run = start(capture("error 404"))
    known = before(saved(), asked=timedelta(days=12))
    result = run.keep([DEAD], judge=judge, records=known).lookups[URL]
    assert (result.snapshots, result.lookup.passed_over) == (
        (),
        (PassedOver(STAMP, "error-page"),),
    )
    assert with_archives(known[URL], result, known[URL].save).snapshots == ()


def test_what_was_seen_of_it_is_remembered_and_it_is_not_fetched_again() -> None:
    run = start(capture())
    known = before(saved(), asked=timedelta(days=12))[URL]
    result = run.keep([candidate()], judge=judge, records={URL: known}).lookups[URL]
    later = with_archives(known, result, known.save)
    assert [s.verified for s in later.snapshots if s.role == "saved"] == [True]
    again = run.keep([candidate()], judge=judge, records={URL: later})
    assert len(run.archive.asked("/web/")) == 1
    assert again.skipped == ()


def test_one_that_has_just_been_made_is_left_for_a_later_run() -> None:
    run = start(capture(stamp="20261122110000"))
    known = before(saved("20261122110000"), asked=timedelta(hours=1))
    run.keep([candidate()], judge=judge, records=known)
    assert run.archive.seen == []


@pytest.mark.parametrize(
    ("state", "asked", "again"), [("ok", 5, 1), ("dead", 5, 1), ("dead", 0, 0)]
)
def test_no_copies_stands_no_longer_once_the_page_is_gone(
    state: str, asked: int, again: int
) -> None:
    lookup = Lookup(LookupState.NONE, START - timedelta(days=asked))
    known = replace(record(state=state), since=START - timedelta(days=1), lookup=lookup)
    run = start()
    run.keep([DEAD], judge=judge, records={URL: known})
    assert len(run.archive.asked("/cdx")) == again


def test_the_saved_copies_of_dead_pages_come_first() -> None:
    urls = [f"https://journal.example.org/{n}" for n in range(6)]
    run = start(*(Capture(url, STAMP, body=b"page") for url in urls))
    records = {}
    for url in urls:
        copy = replace(saved(), url=f"https://web.archive.org/web/{STAMP}/{url}")
        known = before(copy, asked=timedelta(hours=1))[URL]
        records[url] = replace(known, url=url, state="dead" if url == urls[-1] else "ok")
        records[url] = replace(records[url], since=START - timedelta(days=2))
    asked = [candidate(url) for url in urls[:-1]]
    asked.append(candidate(urls[-1], State.DEAD, "http-404"))
    run.keep(asked, judge=judge, records=records)
    assert run.archive.asked("/web/")[0].path.endswith("/5")

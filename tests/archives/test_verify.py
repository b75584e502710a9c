"""Looking at copies: what shows the page is kept, what shows something else is passed over."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from urllib.parse import parse_qsl

import pytest

from citecheck.archives.plan import Kept
from citecheck.archives.shown import Fit, Shown
from citecheck.demo.archive import Capture, Reply
from citecheck.records.archive import Grade, LookupResult, LookupState, PassedOver
from citecheck.records.exchange import Exchange
from citecheck.records.finding import State
from citecheck.records.link import Link
from citecheck.records.memory import LinkRecord
from citecheck.settings import ArchiveSettings
from standins.archive import BUSY, OFFLINE, FaultyArchive, Refusal, Silence
from standins.clock import FakeClock
from standins.keeping import START, URL, Run, candidate, record, start

WEB = "https://web.archive.org/web"
WORDS = {
    b"error": Shown(Fit.UNFIT, "error-page"),
    b"wall": Shown(Fit.UNFIT, "wall"),
    b"parked": Shown(Fit.UNFIT, "parked"),
    b"shell": Shown(Fit.POOR, "needs-scripts"),
    b"unquoted": Shown(Fit.POOR, "quotes-missing"),
}
DEAD = candidate(state=State.DEAD, reason="http-404")


async def judge(link: Link, page: Exchange) -> Shown:
    """Tells a copy by its first word."""
    if page.status != 200:
        return Shown(Fit.UNFIT, "redirect" if page.status < 400 else "error-page")
    return WORDS.get(page.content.partition(b" ")[0], Shown(Fit.GOOD))


def capture(stamp: str, word: str = "page", status: int = 200) -> Capture:
    """A copy whose text begins with a word; two with one text have one digest."""
    return Capture(URL, stamp.ljust(14, "0"), status, body=word.encode())


def kept(run: Run, **how: object) -> LookupResult:
    return run.keep([candidate()], judge=judge, **how).lookups[URL]  # type: ignore[arg-type]


def offered(result: LookupResult) -> list[tuple[str, str, bool | None]]:
    return [(s.role, f"{s.taken:%Y-%m-%d}", s.verified) for s in result.snapshots]


def replays(run: Run) -> int:
    return len(run.archive.asked("/web/"))


def remembered(result: LookupResult) -> dict[str, LinkRecord]:
    return {URL: replace(record(), lookup=result.lookup, snapshots=result.snapshots)}


def test_the_cited_copy_is_looked_at_and_said_to_show_the_page() -> None:
    run = start(capture("20190310", "page 1"), capture("20240101", "page 2"))
    result = kept(run)
    assert offered(result) == [("cited", "2019-03-10", True), ("latest", "2024-01-01", None)]
    assert (len(run.archive.asked("/cdx")), replays(run)) == (1, 1)
    assert run.book.lookups[-1] == result


def test_of_a_lost_page_the_newest_is_looked_at_too() -> None:
    run = start(capture("20190310", "page 1"), capture("20240101", "error 404"))
    result = run.keep([DEAD], judge=judge).lookups[URL]
    assert offered(result) == [("cited", "2019-03-10", True)]
    assert result.lookup.passed_over == (PassedOver("20240101000000", "error-page"),)
    assert result.lookup.grade is Grade.NEAREST, "the other side of the date was an error page"


def test_an_archived_error_page_with_status_200_is_passed_over() -> None:
    run = start(
        capture("20190301", "page a"), capture("20190312", "error x"), capture("20190401", "page a")
    )
    result = kept(run)
    assert offered(result) == [("cited", "2019-03-01", True), ("latest", "2019-04-01", True)]
    assert (result.lookup.grade, result.lookup.days) == (Grade.EXACT, 13)
    assert result.lookup.passed_over == (PassedOver("20190312000000", "error-page"),)
    assert (len(run.archive.asked("/cdx")), replays(run)) == (1, 2)


def test_what_shares_a_digest_with_the_unfit_is_not_even_fetched() -> None:
    walls = [capture(f"201903{day:02}", "wall just a moment") for day in range(1, 29)]
    run = start(*walls, capture("20150101", "page"))
    result = kept(run)
    assert offered(result) == [("cited", "2015-01-01", True)]
    assert replays(run) == 2


def test_when_nothing_shows_the_page_that_is_said() -> None:
    run = start(capture("20190310", "error x"), capture("20190401", "parked y"))
    result = kept(run)
    assert (result.lookup.state, result.lookup.grade) == (LookupState.NONE, Grade.NONE)
    assert result.snapshots == ()
    assert result.lookup.detail == (
        "2 captures, none of the page: error pages, pages of a parked or lapsed name"
    )


def test_few_copies_of_a_link_are_looked_at_in_a_run() -> None:
    run = start(*(capture(f"2019031{n}", f"error {n}") for n in range(10)))
    result = kept(run)
    assert replays(run) == 4
    assert [s.verified for s in result.snapshots[:1]] == [None]
    assert len(result.lookup.passed_over) == 4
    assert [s.what for s in start().keep([]).skipped] == []


@pytest.mark.parametrize("trouble", [BUSY, OFFLINE, Refusal, Silence])
def test_a_copy_that_cannot_be_had_is_unverified_and_never_unfit(trouble: object) -> None:
    run = start(capture("20190310"))
    run.archive.fail("/web/", trouble)  # type: ignore[arg-type]
    everything = run.keep([candidate()], judge=judge)
    result = everything.lookups[URL]
    assert offered(result) == [("cited", "2019-03-10", None)]
    assert (result.lookup.state, result.lookup.passed_over) == (LookupState.FOUND, ())
    assert [s.what for s in everything.skipped] == [
        "looking at the copies of 1 link at the Wayback Machine"
    ]


def test_what_is_unverified_is_looked_at_by_the_next_run_without_a_look_up() -> None:
    run = start(capture("20190310"))
    run.archive.fail("/web/", OFFLINE, times=2)
    first = kept(run)
    second = kept(run, records=remembered(first))
    assert offered(second) == [("cited", "2019-03-10", True)]
    assert second.lookup.checked == first.lookup.checked
    assert len(run.archive.asked("/cdx")) == 1
    third = kept(run, records=remembered(second))
    assert (third, replays(run)) == (second, 3)


def test_an_earlier_choice_found_unfit_is_chosen_again() -> None:
    run = start(capture("20190310", "error x"), capture("20190501", "page"))
    run.archive.fail("/web/", OFFLINE, times=2)
    first = kept(run)
    second = kept(run, records=remembered(first))
    assert offered(second) == [("cited", "2019-05-01", True)]
    assert len(run.archive.asked("/cdx")) == 2
    assert second.lookup.passed_over == (PassedOver("20190310000000", "error-page"),)


def test_an_earlier_choice_found_unfit_while_the_index_is_down_is_not_offered() -> None:
    run = start(capture("20190310", "error x"), capture("20190501", "page"))
    run.archive.fail("/web/", OFFLINE, times=2)
    first = kept(run)
    run.archive.fail("/cdx", OFFLINE)
    second = kept(run, records=remembered(first))
    assert ("cited", "2019-03-10", None) not in offered(second)
    assert second.lookup.provisional, "so the next run asks again"


def test_what_was_passed_over_is_not_fetched_again_by_a_later_look_up() -> None:
    run = start(capture("20190312", "error x"), capture("20190401", "page"))
    first = kept(run)
    known = remembered(first)[URL]
    assert known.lookup is not None
    old = known.lookup.checked
    assert old is not None
    stale = replace(known, lookup=replace(known.lookup, checked=old - timedelta(days=200)))
    before = replays(run)
    again = kept(run, records={URL: stale})
    assert offered(again) == [("cited", "2019-04-01", True)]
    assert replays(run) == before, "neither the unfit copy nor the one that is known to be good"


def test_a_copy_of_another_time_than_asked_for_is_taken_for_what_it_is() -> None:
    """The index tells of a copy that is not there yet: an older one is replayed in its place."""
    run = start(capture("20190310", "page"), capture("20150101", "page then"))
    moved = (302, (("Location", f"/web/20150101000000id_/{URL}"),), b"")
    run.archive.fail("/web/20190310000000", moved)
    result = kept(run)
    assert offered(result) == [("cited", "2015-01-01", True)]
    assert result.lookup.days == (date(2019, 3, 14) - date(2015, 1, 1)).days
    assert result.lookup.passed_over == (), "it may be there tomorrow"


def test_a_copy_that_is_gone_is_left_out_today() -> None:
    run = start(capture("20190310", "page"), capture("20150101", "page then"))
    run.archive.fail("/web/20190310000000", (404, (), b"not archived"))
    assert offered(kept(run)) == [("cited", "2015-01-01", True)]


def test_a_copy_that_the_archive_does_not_show_is_an_exclusion() -> None:
    run = start(capture("20190310", "page"))
    words = b"<p>This URL has been excluded from the Wayback Machine.</p>"
    run.archive.fail("/web/", (403, (), words))
    result = kept(run)
    assert (result.lookup.state, result.snapshots) == (LookupState.EXCLUDED, ())


def test_a_copy_without_the_quoted_words_gives_way_to_one_that_has_them() -> None:
    run = start(capture("20190312", "unquoted x"), capture("20190501", "page"))
    assert offered(kept(run)) == [("cited", "2019-05-01", True)]
    run = start(capture("20190312", "unquoted x"), capture("20190501", "error y"))
    result = kept(run)
    assert offered(result) == [("cited", "2019-03-12", False)]
    assert "words that the document quotes are not in the copy" in result.lookup.detail


def test_a_copy_that_needs_scripts_stands_and_is_not_fetched_every_day() -> None:
    run = start(capture("20190312", "shell"), capture("20190501", "page"))
    result = kept(run)
    assert offered(result)[0] == ("cited", "2019-03-12", False)
    before = replays(run)
    assert kept(run, records=remembered(result)) == result
    assert replays(run) == before


def test_verification_can_be_left_off() -> None:
    run = start(capture("20190310", "error x"))
    result = kept(run, archive=ArchiveSettings(verify=False))
    assert (offered(result), replays(run)) == ([("cited", "2019-03-10", None)], 0)


def test_the_copies_of_dead_links_come_first_then_of_changed_ones() -> None:
    sites = {name: f"https://{name}.example.org/" for name in ("fine", "changed", "dead")}
    run = start(*(Capture(url, "20190310000000") for url in sites.values()))
    run.archive.fail("/web/", OFFLINE)
    links = {
        "fine": candidate(sites["fine"]),
        "changed": candidate(sites["changed"], State.CHANGED, "content-changed"),
        "dead": candidate(sites["dead"], State.DEAD, "http-404"),
    }
    first = run.keep(list(links.values()), judge=judge)
    known = {
        url: replace(record(url), lookup=r.lookup, snapshots=r.snapshots)
        for url, r in first.lookups.items()
    }
    run.archive.troubles.clear()
    begun = replays(run)
    run.keep(list(links.values()), judge=judge, records=known)
    asked = [request.path.partition("id_/")[2] for request in run.archive.asked("/web/")[begun:]]
    assert asked == [sites["dead"], sites["changed"], sites["fine"]]


class Large(FaultyArchive):
    """Finds the captures of an address without looking at those of all others."""

    def __init__(self, captures: list[Capture], clock: FakeClock) -> None:
        super().__init__((), now=clock.now)
        self._by_url = {c.url: [c] for c in captures}

    def handle(self, method: str, target: str, headers: Mapping[str, str], body: bytes) -> Reply:
        query = dict(parse_qsl(target.partition("?")[2]))
        self.captures = self._by_url.get(query.get("url") or target.partition("id_/")[2], [])
        return super().handle(method, target, headers, body)


def large(urls: list[str]) -> Run:
    clock = FakeClock(START)
    copies = [Capture(url, "20190310000000", body=b"page " + url.encode()) for url in urls]
    return Run(Large(copies, clock), clock)


def most(starts: list[datetime], seconds: float) -> int:
    """The most requests in any stretch of so many seconds."""
    span = timedelta(seconds=seconds)
    return max(bisect_right(starts, at + span) - n for n, at in enumerate(starts))


@pytest.mark.parametrize("count", [400, pytest.param(2000, marks=pytest.mark.whole)])
def test_a_crowd_of_links_is_never_above_a_limit_and_never_stuck(count: int) -> None:
    urls = [f"{URL}/{n}" for n in range(count)]
    run = large(urls)
    run.latency = 8.0
    budget = ArchiveSettings(budget=timedelta(hours=2))
    done: Kept = run.keep([candidate(url) for url in urls], judge=judge, archive=budget)
    assert {r.lookup.state for r in done.lookups.values()} == {LookupState.FOUND}
    assert all(r.snapshots[0].verified for r in done.lookups.values())
    looked_up = [r.at for r in run.archive.asked("/cdx")]
    replayed = [r.at for r in run.archive.asked("/web/")]
    assert (len(looked_up), len(replayed)) == (count, count)
    assert most(looked_up, 60) <= 24
    assert most(replayed, 60) <= 40
    assert min(b - a for a, b in pairwise(replayed)) >= timedelta(seconds=1.5)
    assert looked_up[-1] - looked_up[0] < timedelta(minutes=count / 24 * 1.1)
    assert replayed[-1] - looked_up[-1] < timedelta(minutes=2), "the copies keep step"


def test_too_many_links_for_ten_minutes_leave_the_rest_for_the_next_run() -> None:
    urls = [f"{URL}/{n:04}" for n in range(800)]
    run = large(urls)
    known: dict[str, LinkRecord] = {}
    for expected in (240, 480):
        begun = run.clock.now()
        done = run.keep([candidate(url) for url in urls], judge=judge, records=known)
        assert run.clock.now() - begun <= timedelta(minutes=10)
        known |= {
            r.url: replace(record(r.url), lookup=r.lookup, snapshots=r.snapshots)
            for r in done.lookups.values()
            if r.lookup.state is LookupState.FOUND
        }
        assert expected - 24 <= len(known) <= expected + 24


def test_copies_that_cannot_be_had_are_soon_left_for_the_next_run() -> None:
    urls = [f"{URL}/{n}" for n in range(40)]
    run = start(*(Capture(url, "20190310000000", body=url.encode()) for url in urls))
    run.archive.fail("/web/", OFFLINE)
    done = run.keep([candidate(url) for url in urls], judge=judge)
    assert {r.lookup.state for r in done.lookups.values()} == {LookupState.FOUND}
    assert replays(run) <= 20
    assert [s.what for s in done.skipped] == [
        "looking at the copies of 40 links at the Wayback Machine"
    ]


def test_of_a_lost_page_both_copies_are_looked_at_though_the_first_is_poor() -> None:
    run = start(capture("20190312", "unquoted x"), capture("20240101", "unquoted y"))
    result = run.keep([DEAD], judge=judge).lookups[URL]
    assert offered(result) == [("cited", "2019-03-12", False), ("latest", "2024-01-01", False)]
    assert replays(run) == 2
    same = start(capture("20190312", "unquoted x"), capture("20240101", "unquoted x"))
    assert offered(same.keep([DEAD], judge=judge).lookups[URL]) == offered(result)
    assert replays(same) == 1


def test_an_archive_that_shows_no_copies_at_all_still_has_them() -> None:
    run = start(capture("20190310", "page"), capture("20150101", "page then"))
    run.archive.fail("/web/", (404, (), b"not here"))
    result = kept(run)
    assert result.lookup.state is LookupState.FOUND
    assert offered(result)[0] == ("cited", "2019-03-10", None)
    assert replays(run) == 2, "each was asked for once"
    only = start(capture("20190310", "page"))
    only.archive.fail("/web/", (404, (), b"not here"))
    assert offered(kept(only)) == [("cited", "2019-03-10", None)]


@pytest.mark.parametrize(("word", "left"), [("page", 1), ("error", 0)])
def test_a_revisit_whose_original_is_not_listed_is_looked_at(word: str, left: int) -> None:
    run = start(capture("20190310", word))
    row = f"org,example,journal)/article 20190310000000 {URL} warc/revisit - {'A' * 32} 500\n"
    run.archive.fail("/cdx", (200, (("Content-Type", "text/plain"),), row.encode()))
    result = kept(run)
    assert [(s.verified, s.status) for s in result.snapshots] == [(True, None)] * left
    assert "redirects" not in result.lookup.detail

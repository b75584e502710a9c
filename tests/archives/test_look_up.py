"""Look-ups as a whole: which captures are offered for which citation, and what failing means."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from citecheck.demo.archive import Capture
from citecheck.records.archive import Grade, Lookup, LookupState, Snapshot
from citecheck.records.finding import State
from citecheck.records.memory import Strikes
from citecheck.settings import ArchiveSettings
from standins.archive import BLOCKED, BUSY, OFFLINE, Refusal, Silence
from standins.keeping import START, URL, candidate, record, start

WEB = "https://web.archive.org/web"
EARLY = Capture(URL, "20150101000000", body=b"early")
NEAR = Capture(URL, "20190310080000", body=b"near")
LATE = Capture(URL, "20240101000000", body=b"late")


def test_the_nearest_to_the_date_and_the_newest_in_one_request() -> None:
    run = start(EARLY, NEAR, LATE)
    result = run.keep([candidate()]).lookups[URL]
    assert result.lookup == Lookup(
        LookupState.FOUND, START, Grade.BRACKETED, 4, cited_on=date(2019, 3, 14)
    )
    assert [(s.role, s.url, s.status) for s in result.snapshots] == [
        ("cited", f"{WEB}/20190310080000/{URL}", 200),
        ("latest", f"{WEB}/20240101000000/{URL}", 200),
    ]
    assert len(run.archive.seen) == 1
    assert run.archive.seen[0].params == {"gzip": "false", "url": URL, "limit": "1000"}
    assert run.book.lookups == [result]


def test_an_archived_404_or_redirect_is_never_offered() -> None:
    gone = Capture(URL, "20260101000000", status=404, body=b"gone")
    there = Capture(URL, "20190314120000", status=301, body=b"", location="https://other.example/")
    run = start(EARLY, gone, there)
    result = run.keep([candidate()]).lookups[URL]
    assert [(s.role, s.url) for s in result.snapshots] == [("cited", f"{WEB}/20150101000000/{URL}")]
    assert result.lookup.grade is Grade.NEAREST


def test_only_an_archived_404_is_none() -> None:
    run = start(Capture(URL, "20260101000000", status=404))
    result = run.keep([candidate()]).lookups[URL]
    assert (result.lookup.state, result.snapshots) == (LookupState.NONE, ())


def test_an_empty_answer_is_none() -> None:
    result = start().keep([candidate()]).lookups[URL]
    assert result.lookup == Lookup(LookupState.NONE, START, cited_on=date(2019, 3, 14))


def test_without_a_cited_date_the_newest_is_offered_and_nothing_graded() -> None:
    result = start(EARLY, LATE).keep([candidate(cited_on=None)]).lookups[URL]
    assert [s.role for s in result.snapshots] == ["latest"]
    assert (result.lookup.grade, result.lookup.days) == (Grade.NONE, None)


def test_where_the_archive_is_another_its_own_address_is_given() -> None:
    run = start(NEAR)
    mine = ArchiveSettings(wayback="http://127.0.0.1:8080/")
    result = run.keep([candidate()], archive=mine).lookups[URL]
    assert result.snapshots[0].url == f"http://127.0.0.1:8080/web/20190310080000/{URL}"


def many(count: int) -> list[Capture]:
    """A capture a day from 2001-01-01."""
    first = date(2001, 1, 1)
    days = (first + timedelta(days=n) for n in range(count))
    return [Capture(URL, f"{day:%Y%m%d}120000", body=f"{day}".encode()) for day in days]


def test_a_full_listing_is_asked_around_the_date_and_for_the_newest() -> None:
    run = start(*many(1500), NEAR, LATE)
    result = run.keep([candidate()]).lookups[URL]
    assert [s.taken.year for s in result.snapshots] == [2019, 2024]
    assert [(r.params["limit"], r.params.get("sort")) for r in run.archive.seen] == [
        ("1000", None),
        ("-1", None),
        ("20", "closest"),
    ]


def test_equal_copies_far_off_prove_nothing_where_others_may_lie_between() -> None:
    busy = [
        Capture(URL, f"201903{15 + n // 24}{n % 24:02}0000", body=b"as of old") for n in range(60)
    ]
    between = Capture(URL, "20190301000000", body=b"another text")
    run = start(*(replace(c, body=b"as of old") for c in many(1500)), between, *busy)
    result = run.keep([candidate()]).lookups[URL]
    assert (result.lookup.grade, result.lookup.days) == (Grade.BRACKETED, 1)


def test_a_full_listing_of_times_that_cannot_be_says_nothing() -> None:
    row = f"org,example,journal)/article 29990101000000 {URL} text/html 200 {'A' * 32} 5\n"
    run = start()
    run.archive.fail("/cdx", (200, (), row.encode() * 1000))
    assert run.keep([candidate()]).lookups[URL].lookup.state is LookupState.UNAVAILABLE


def test_a_full_listing_that_covers_the_date_is_asked_for_the_newest_alone() -> None:
    run = start(*many(1500), LATE)
    result = run.keep([candidate(cited_on=date(2002, 5, 5))]).lookups[URL]
    assert [f"{s.taken:%Y-%m-%d}" for s in result.snapshots] == ["2002-05-05", "2024-01-01"]
    assert len(run.archive.seen) == 2


def test_a_blocked_site_is_excluded_and_not_asked_twice() -> None:
    run = start()
    run.archive.fail("/cdx", BLOCKED)
    assert run.keep([candidate()]).lookups[URL].lookup.state is LookupState.EXCLUDED
    assert len(run.archive.seen) == 1


@pytest.mark.parametrize("trouble", [BUSY, Refusal])
def test_busy_once_is_waited_for_and_asked_again(trouble: object) -> None:
    run = start(NEAR)
    run.archive.fail("/cdx", trouble, times=1)  # type: ignore[arg-type]
    result = run.keep([candidate()]).lookups[URL]
    assert result.lookup.state is LookupState.FOUND
    assert (run.clock.now() - START).total_seconds() >= 60
    assert run.book.notes == ["waiting 60 s for the archive, which asked for a pause"]


def test_busy_names_its_own_pause() -> None:
    run = start(NEAR)
    run.archive.fail("/cdx", (429, (("Retry-After", "7"),), b""), times=1)
    assert run.keep([candidate()]).lookups[URL].lookup.state is LookupState.FOUND
    assert run.clock.now() - START == timedelta(seconds=7)


def test_busy_for_ever_is_throttled_and_soon_left_alone() -> None:
    run = start()
    run.archive.fail("/cdx", BUSY)
    urls = [f"{URL}/{n}" for n in range(100)]
    kept = run.keep([candidate(url) for url in urls])
    states = [kept.lookups[url].lookup.state for url in urls]
    assert set(states) == {LookupState.THROTTLED, LookupState.NOT_ASKED}
    assert len(run.archive.seen) <= 12
    (line,) = kept.skipped
    assert line.what.startswith("looking up 9")
    assert "next run" in line.why


def test_a_pause_beyond_the_budget_is_not_waited_for() -> None:
    run = start()
    run.archive.fail("/cdx", (429, (("Retry-After", "1800"),), b""))
    kept = run.keep([candidate()])
    assert kept.lookups[URL].lookup.state is LookupState.THROTTLED
    assert run.clock.now() == START


@pytest.mark.parametrize("trouble", [OFFLINE, Silence])
def test_trouble_of_the_archive_is_unavailable_after_two_tries(trouble: object) -> None:
    run = start(NEAR)
    run.archive.fail("/", trouble)  # type: ignore[arg-type]
    result = run.keep([candidate()]).lookups[URL]
    assert result.lookup.state is LookupState.UNAVAILABLE
    assert len(run.archive.asked("/cdx")) == 2
    assert len(run.archive.asked("/wayback/available")) == 1


def test_a_sporadic_503_is_got_over() -> None:
    run = start(NEAR)
    run.archive.fail("/cdx", OFFLINE, times=1)
    assert run.keep([candidate()]).lookups[URL].lookup.state is LookupState.FOUND


def test_rows_of_which_nothing_can_be_read_are_told_and_kept() -> None:
    run = start()
    row = b"com,example)/ 20190300000000 https://journal.example.org/article text/html 200 A 1\n"
    run.archive.fail("/cdx", (200, (("Content-Type", "text/plain"),), row * 2))
    result = run.keep([candidate()]).lookups[URL]
    assert (result.lookup.state, result.snapshots) == (LookupState.NONE, ())
    assert result.lookup.detail == (
        "the archive's index has 2 captures, in rows that cannot be read"
    )
    run.keep([candidate()], records={URL: replace(record(), lookup=result.lookup)})
    assert len(run.archive.asked("/cdx")) == 1


@pytest.mark.parametrize(
    "body",
    [
        b"<html><body>Something went wrong</body></html>",
        b'{"error": "internal"}',
        b"\x1b]52;c;aGVsbG8=\x07\n",
        b"one line without an end " * 200_000,  # cut at the limit: no whole line is left of it
    ],
    ids=lambda body: repr(body[:20]),
)
def test_what_cannot_be_understood_is_never_none(body: bytes) -> None:
    run = start()
    run.archive.fail("/cdx", (200, (("Content-Type", "text/plain"),), body))
    assert run.keep([candidate()]).lookups[URL].lookup.state is LookupState.UNAVAILABLE


def found(days_ago: int, *, days: int = 4) -> dict[str, object]:
    cited = Snapshot("wayback", f"{WEB}/20190310080000/{URL}", NEAR.taken, "cited", 200)
    lookup = Lookup(LookupState.FOUND, START - timedelta(days=days_ago), Grade.NEAREST, days)
    return {"lookup": lookup, "snapshots": (cited,)}


def test_a_kept_answer_stands_for_its_time() -> None:
    run = start(NEAR)
    known = replace(record(), **found(89))  # type: ignore[arg-type]
    kept = run.keep([candidate()], records={URL: known})
    assert kept.lookups[URL].lookup == known.lookup
    assert (run.archive.seen, run.book.lookups) == ([], [])
    known = replace(record(), **found(91))  # type: ignore[arg-type]
    run.keep([candidate()], records={URL: known})
    assert len(run.archive.seen) == 1


def test_a_kept_none_stands_for_two_weeks() -> None:
    run = start(NEAR)
    none = Lookup(LookupState.NONE, START - timedelta(days=13))
    run.keep([candidate()], records={URL: replace(record(), lookup=none)})
    assert run.archive.seen == []
    none = Lookup(LookupState.NONE, START - timedelta(days=15))
    run.keep([candidate()], records={URL: replace(record(), lookup=none)})
    assert len(run.archive.seen) == 1


def test_a_kept_answer_for_another_date_does_not_stand() -> None:
    run = start(NEAR)
    known = replace(record(), **found(1))  # type: ignore[arg-type]
    run.keep([candidate(cited_on=date(2012, 1, 1))], records={URL: known})
    assert len(run.archive.seen) == 1


def test_a_link_that_began_to_fail_is_asked_about_again() -> None:
    known = replace(record(), **found(30))  # type: ignore[arg-type]
    failing = replace(known, strikes=Strikes(1, START - timedelta(days=5)))
    run = start(NEAR)
    run.keep([candidate(state=State.UNREACHABLE, reason="read-timeout")], records={URL: failing})
    assert len(run.archive.seen) == 1


def test_an_old_answer_outlives_an_archive_that_does_not_answer() -> None:
    run = start()
    run.archive.fail("/cdx", OFFLINE)
    known = replace(record(), **found(200))  # type: ignore[arg-type]
    result = run.keep([candidate()], records={URL: known}).lookups[URL]
    assert result.lookup == known.lookup
    assert run.book.lookups == []


def test_dead_goes_first_then_changed_then_new() -> None:
    urls = {name: f"https://{name}.example.org/" for name in ("old", "new", "changed", "dead")}
    stale = Lookup(LookupState.FOUND, START - timedelta(days=200), Grade.NONE)
    run = start()
    run.keep(
        [
            candidate(urls["old"]),
            candidate(urls["new"]),
            candidate(urls["changed"], State.CHANGED, "content-changed"),
            candidate(urls["dead"], State.DEAD, "http-404"),
        ],
        records={
            urls["old"]: replace(record(urls["old"]), lookup=stale),
            urls["dead"]: replace(record(urls["dead"]), lookup=stale),
        },
    )
    asked = [request.params["url"] for request in run.archive.seen]
    assert asked == [urls["dead"], urls["changed"], urls["new"], urls["old"]]


def test_what_no_archive_may_hear_of_is_not_asked() -> None:
    run = start()
    urls = {
        "https://user:word@site.example.org/": "token, a signature or a password",
        "https://site.example.org/?X-Amz-Signature=abc": "token, a signature or a password",
        "http://192.168.0.1/router": "not public",
        "http://wiki.internal/page": "not public",
        "ftp://site.example.org/file": "http and https",
        "https://web.archive.org/web/2019/https://site.example.org/": "an archive already",
    }
    login = candidate("https://in.example.org/", State.BLOCKED, "login")
    hidden = candidate("https://split.example.org/", private=True)
    kept = run.keep([*(candidate(url) for url in urls), login, hidden], save=True)
    assert run.archive.seen == []
    for url, words in urls.items():
        assert kept.lookups[url].lookup.state is LookupState.NOT_ASKED
        assert words in kept.lookups[url].lookup.detail
    assert "login" in kept.lookups["https://in.example.org/"].lookup.detail
    assert "not public" in kept.lookups["https://split.example.org/"].lookup.detail
    assert {o.reason for o in kept.saves.values()} == {
        "has-secret",
        "not-public",
        "unsupported-scheme",
        "archive-address",
        "login",
    }


def test_two_hundred_look_ups_keep_the_archives_pace() -> None:
    run = start()
    run.latency = 8.0
    kept = run.keep([candidate(f"{URL}/{n}") for n in range(200)])
    assert {r.lookup.state for r in kept.lookups.values()} == {LookupState.NONE}
    starts = [request.at for request in run.archive.seen]
    assert len(starts) == 200
    minute = timedelta(seconds=60)
    assert max(sum(1 for s in starts if at <= s <= at + minute) for at in starts) <= 24
    gaps = [later - earlier for earlier, later in pairwise(starts)]
    assert min(gaps) >= timedelta(seconds=0.5)
    assert starts[-1] - starts[0] < timedelta(minutes=10)
    assert "s for the archive's limit" in run.book.notes[0]
    assert run.book.stages[-1] == ("look-ups", 200, 200)


def test_a_small_paper_does_not_wait() -> None:
    run = start()
    run.keep([candidate(f"{URL}/{n}") for n in range(24)])
    assert run.clock.now() - START < timedelta(seconds=15)


def test_what_does_not_fit_the_budget_is_left_for_the_next_run() -> None:
    run = start()
    budget = ArchiveSettings(budget=timedelta(minutes=1))
    kept = run.keep([candidate(f"{URL}/{n:03}") for n in range(100)], archive=budget)
    left = [r for r in kept.lookups.values() if r.lookup.state is LookupState.NOT_ASKED]
    assert len(left) == 76
    assert {r.lookup.detail for r in left} == {
        "the time for the archive (1 min) was used up; the next run goes on from here"
    }
    assert [s.what for s in kept.skipped] == ["looking up 76 links at the Wayback Machine"]
    again = run.keep(
        [candidate(r.url) for r in kept.lookups.values()],
        records={r.url: replace(record(r.url), lookup=r.lookup) for r in kept.lookups.values()},
        archive=budget,
    )
    assert sum(r.lookup.state is LookupState.NONE for r in again.lookups.values()) == 48

"""Look-ups against the Internet Archive's interfaces with a real pywb behind them."""

from __future__ import annotations

import gzip
from datetime import timedelta
from typing import Any

import pytest

from citecheck.records.archive import LookupState, SaveState
from citecheck.records.finding import State
from standins.archive import BUSY, OFFLINE, Refusal
from whole_run.pywb_rig import PAGE, Rig, at, link, passed_over, said, shown, verified

pytestmark = pytest.mark.whole

# What is chosen


def test_equal_digests_either_side_of_the_date_prove_the_page(rig: Rig) -> None:
    result = rig.find(at("exact"), State.OK)
    assert said(result)[:2] == ("found", "exact")
    assert len(rig.ia.asked("/cdx")) == 1, "one request decides"
    assert shown(result)["cited"] == f"20190301080000/{at('exact')}"


def test_copies_either_side_that_differ_bracket_it(rig: Rig) -> None:
    result = rig.find(at("bracketed"))
    assert said(result) == ("found", "bracketed", 13)
    assert shown(result) == {
        "cited": f"20190301080000/{at('bracketed')}",
        "latest": f"20190401080000/{at('bracketed')}",
    }
    assert verified(result) == [True, True]


def test_an_archived_404_newest_of_three_is_never_offered(rig: Rig) -> None:
    result = rig.find(at("three"))
    assert shown(result) == {
        "cited": f"20190310080000/{at('three')}",
        "latest": f"20200310080000/{at('three')}",
    }


def test_captures_of_http_www_stand_for_https(rig: Rig) -> None:
    url = "https://twins.example.org/table"
    result = rig.find(url)
    assert said(result)[0] == "found"
    assert shown(result)["cited"] == "20190310080000/http://www.twins.example.org/table"


def test_captures_of_another_spelling_are_never_better_than_nearest(rig: Rig) -> None:
    result = rig.find(at("case", "/Table"))
    assert said(result)[:2] == ("found", "nearest")
    assert "written otherwise" in result.lookup.detail


def test_an_archived_redirect_is_passed_over(rig: Rig) -> None:
    result = rig.find(at("redirect"))
    assert shown(result)["cited"] == f"20190201080000/{at('redirect')}"


@pytest.mark.parametrize(("host", "why"), [("wall", "wall"), ("soft", "error-page")])
def test_what_the_index_calls_200_is_looked_at(rig: Rig, host: str, why: str) -> None:
    result = rig.find(at(host))
    assert shown(result)["cited"] == f"20190201080000/{at(host)}"
    assert passed_over(result) == [("20190313080000", why)]
    assert verified(result) == [True]


def test_archived_errors_alone_are_no_copy(rig: Rig) -> None:
    result = rig.find(at("only-errors"))
    assert said(result)[0] == "none"
    assert result.snapshots == ()


def test_no_captures_at_all_is_said_by_an_empty_answer(rig: Rig) -> None:
    assert said(rig.find(at("never"))) == ("none", "none", None)


def test_a_revisit_is_as_good_as_what_it_repeats(rig: Rig) -> None:
    result = rig.find(at("revisit"))
    assert shown(result)["cited"] == f"20190313080000/{at('revisit')}"
    assert verified(result) == [True], "pywb replays it"


def test_an_inexact_time_leads_to_the_nearest_and_is_told_as_that(rig: Rig) -> None:
    url = at("inexact")
    rig.ia.rows[url] = [
        f"org,example,inexact)/table 20190314050607 {url} text/html 200 {'A' * 32} 500"
    ]
    result = rig.find(url)
    assert shown(result)["cited"] == f"20190310080000/{url}"
    assert verified(result) == [True]


def test_an_archived_error_is_told_by_its_memento_datetime(rig: Rig) -> None:
    rig.ia.relabelled["20190312070707"] = "200"
    result = rig.find(at("relabelled"))
    assert shown(result)["cited"] == f"20190201080000/{at('relabelled')}"
    assert passed_over(result) == [("20190312070707", "error-page")]


def test_an_error_of_the_archive_itself_says_nothing_of_the_copy(rig: Rig) -> None:
    rig.ia.fail("/web/", OFFLINE, 100)
    result = rig.find(at("own-errors"))
    assert shown(result)["cited"] == f"20190310080000/{at('own-errors')}"
    assert (verified(result), passed_over(result)) == ([None], [])
    rig.ia.trouble.clear()
    assert verified(rig.find(at("own-errors"))) == [True]


def test_a_body_labelled_twice_as_gzip_is_read(rig: Rig) -> None:
    rig.ia.twice_coded[at("coded")] = gzip.compress(PAGE)
    assert verified(rig.find(at("coded"))) == [True]


def test_a_copy_that_was_gzipped_is_read(rig: Rig) -> None:
    assert verified(rig.find(at("gzipped"))) == [True]


def test_addresses_in_every_script_are_found_and_replayed(rig: Rig) -> None:
    result = rig.find(at("script", "/täble?q=潮&b=1#top"))
    assert said(result)[0] == "found"
    assert verified(result) == [True]


# How it fails


def test_an_archive_that_takes_no_connection_has_said_nothing(rig: Rig) -> None:
    here, rig.base = rig.base, "http://127.0.0.1:9"
    assert said(rig.find(at("exact")))[0] in ("throttled", "unavailable")
    rig.base = here
    rig.clock.advance(3600)
    assert said(rig.find(at("exact")))[0] == "found"


@pytest.mark.parametrize("trouble", [BUSY, Refusal])
def test_a_moment_of_throttling_is_waited_out(rig: Rig, trouble: Any) -> None:
    rig.ia.fail("/cdx", trouble, 1)
    result = rig.find(at("flapping"))
    assert said(result)[0] == "found"
    first, second = (moment for moment, url in rig.sent if "/cdx/" in url)
    assert second - first >= timedelta(seconds=60), "no request in the pause"


@pytest.mark.parametrize("trouble", [BUSY, Refusal])
def test_an_archive_that_throttles_has_said_nothing(rig: Rig, trouble: Any) -> None:
    rig.ia.fail("/", trouble, 1000)
    kept = rig.keep(*(link(at("flapping", f"/{n}"), State.DEAD) for n in range(20)))
    states = {r.lookup.state for r in kept.lookups.values()}
    assert states <= {LookupState.THROTTLED, LookupState.NOT_ASKED, LookupState.UNAVAILABLE}
    assert len(rig.ia.seen) <= 20, "it is left alone"
    rig.ia.trouble.clear()
    rig.clock.advance(3600)
    assert said(rig.find(at("flapping")))[0] == "found"


def test_refusals_that_come_and_go_lose_no_link(rig: Rig) -> None:
    hosts = ("exact", "bracketed", "three", "flapping", "gone")
    for host in hosts:
        rig.ia.fail("/cdx", Refusal, 1, of=at(host))
    kept = rig.keep(*(link(at(host), State.DEAD) for host in hosts))
    unsaid = [u for u, r in kept.lookups.items() if r.lookup.state is not LookupState.FOUND]
    assert all(
        kept.lookups[u].lookup.state in (LookupState.THROTTLED, LookupState.NOT_ASKED)
        for u in unsaid
    ), "an archive that refuses is never said to have nothing"
    rig.clock.advance(3600)
    for url in unsaid:
        assert said(rig.find(url))[0] == "found"


def test_a_sporadic_503_is_asked_again(rig: Rig) -> None:
    rig.ia.fail("/cdx", OFFLINE, 1)
    assert said(rig.find(at("offline")))[0] == "found"


def test_a_lasting_503_is_unavailable(rig: Rig) -> None:
    rig.ia.fail("/cdx", OFFLINE, 9)
    rig.ia.fail("/wayback/available", OFFLINE, 9)
    assert said(rig.find(at("offline"))) == ("unavailable", "none", None)


def test_where_the_index_is_down_the_availability_interface_may_know(rig: Rig) -> None:
    rig.ia.fail("/cdx", OFFLINE, 9)
    result = rig.find(at("spare"))
    assert said(result) == ("found", "nearest", 4)
    assert result.lookup.provisional, "the index is asked again by the next run"
    rig.ia.trouble.clear()
    result = rig.find(at("spare"))
    assert said(result) == ("found", "nearest", 4)
    assert not result.lookup.provisional


def test_the_availability_interface_is_never_believed_to_know_of_none(rig: Rig) -> None:
    rig.ia.fail("/cdx", OFFLINE, 9)
    assert said(rig.find(at("never"))) == ("unavailable", "none", None)
    assert len(rig.ia.asked("/wayback/available")) == 1


@pytest.mark.parametrize(
    "reply",
    [
        (200, (("Content-Type", "text/html"),), b"<html><body><h1>Sign in</h1></body></html>"),
        (400, (("Content-Type", "text/plain"),), b"Bad Request\n"),
        (504, (("Content-Type", "text/html"),), b"<h1>Gateway Time-out</h1>"),
    ],
)
def test_what_is_no_answer_is_not_taken_for_one(rig: Rig, reply: Any) -> None:
    rig.ia.fail("/", reply, 100)
    assert said(rig.find(at("exact")))[0] == "unavailable"


def test_a_pause_that_is_named_is_kept(rig: Rig) -> None:
    rig.ia.fail("/cdx", (429, (("Retry-After", "150"),), b""), 1)
    assert said(rig.find(at("flapping")))[0] == "found"
    first, second = (moment for moment, url in rig.sent if "/cdx/" in url)
    assert second - first >= timedelta(seconds=150)


def test_a_very_busy_page_takes_three_requests_at_most(rig: Rig) -> None:
    url = at("busy")
    days = [f"{2001 + n // 360}{n % 360 // 30 + 1:02d}{n % 30 % 28 + 1:02d}" for n in range(6800)]
    rig.ia.rows[url] = [
        f"org,example,busy)/table {day}{n % 24:02d}0000 {url} text/html 200 {'D' * 32} 500"
        for n, day in enumerate(days)
    ]
    result = rig.find(url, State.OK, verify=False)
    assert said(result)[0] == "found"
    assert result.lookup.days is not None
    assert result.lookup.days <= 2
    assert shown(result)["latest"].startswith("2019")
    assert len(rig.ia.asked("/cdx")) <= 3


def test_malformed_rows_cost_only_themselves(rig: Rig) -> None:
    url = at("malformed")
    key = "org,example,malformed)/table"
    rig.ia.rows[url] = [
        f"{key} 20190314000000 {url}?a b text/html 200 {'B' * 32} 500",
        f"{key} 20190300000000 {url} text/html 200 {'B' * 32} 500",
        f"{key} 20190014000000 {url} text/html 200 {'B' * 32} 500",
        f"{key} 2019 {url} text/html 200 {'B' * 32} 500",
        f"{key} 20190314000000 {url}",
        f"{key} 20190311080000 {url} unk 200 {'B' * 32} -",
        "<html>503 Service Unavailable</html>",
    ]
    result = rig.find(url)
    assert said(result)[0] == "found"
    assert shown(result)["cited"] == f"20190310080000/{url}", "the row with `unk` leads there too"


@pytest.mark.parametrize(
    "words",
    [
        b"org.archive.wayback.exception.AdministrativeAccessControlException: Blocked Site Error",
        b"org.archive.wayback.exception.RobotAccessControlException: Blocked By Robots",
    ],
)
def test_the_index_says_what_is_excluded(rig: Rig, words: bytes) -> None:
    headers = (("Content-Type", "text/plain"), ("X-Archive-Wayback-Runtime-Error", "x"))
    rig.ia.fail("/cdx", (403, headers, b"org.archive.util.io.RuntimeIOException: " + words), 9)
    assert said(rig.find(at("exact"))) == ("excluded", "none", None)


def test_a_site_that_is_excluded_says_so_and_is_not_submitted(rig: Rig) -> None:
    rig.ia.excluded.add("excluded.example.org")
    kept = rig.keep(link(at("excluded")), save=True)
    assert kept.lookups[at("excluded")].lookup.state is LookupState.EXCLUDED
    outcome = kept.saves[at("excluded")]
    assert (outcome.state, outcome.reason) == (SaveState.SKIPPED, "excluded")
    assert rig.ia.asked("/save") == []


def test_another_archive_is_read_by_its_timemap(rig: Rig) -> None:
    rig.ia.fail("/cdx", (200, (), b""), 9, of=at("timemap"))
    theirs = f"http://127.0.0.1:{rig.pywb.port}"
    result = rig.find(at("timemap"), timemaps=(f"{theirs}/web/timemap/link/{{url}}",))
    assert result.lookup.state is LookupState.FOUND
    (copy,) = result.snapshots
    assert copy.url == f"{theirs}/web/20190310080000/{at('timemap')}"
    assert copy.archive != "wayback"


# Many


def test_two_thousand_links_at_twenty_four_a_minute(rig: Rig) -> None:
    links = [link(at("many", f"/{n}"), State.DEAD) for n in range(2000)]
    rig.pywb.rows = lambda url: []  # type: ignore[method-assign]
    try:
        kept = rig.keep(*links, budget=timedelta(hours=3))
    finally:
        del rig.pywb.rows
    assert {r.lookup.state for r in kept.lookups.values()} == {LookupState.NONE}
    assert len(rig.ia.asked("/cdx")) == 2000
    moments = [moment for moment, _ in rig.sent]
    spans = [later - early for early, later in zip(moments, moments[24:], strict=False)]
    assert min(spans) >= timedelta(seconds=60), "never more than twenty-four in a minute"
    assert moments[-1] - moments[0] < timedelta(minutes=2000 / 24 + 3), "and never stuck"

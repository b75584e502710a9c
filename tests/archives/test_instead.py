"""What is asked in the place of copies in archives that cannot be relied on."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from citecheck.archives.eligible import barred, unsavable
from citecheck.archives.instead import instead_of
from citecheck.records.archive import Lookup, LookupResult, LookupState, Snapshot
from citecheck.records.link import Link
from standins.keeping import START, record

PAGE = "http://example.org/a"
COPY = f"https://archive.ph/20190314000000/{PAGE}"
TAKEN = datetime(2019, 3, 14, tzinfo=UTC)


def test_a_page_that_takes_a_password_is_not_asked_about() -> None:
    assert instead_of([Link(COPY, credentials=True)]).candidates() == ()


def test_the_page_behind_an_altered_copy_is_asked_about_and_never_saved() -> None:
    instead = instead_of([Link(COPY, cited_on=date(2020, 1, 1), dated_by="access")])
    (found,) = instead.candidates()
    assert (found.link.url, found.link.cited_on, found.link.dated_by) == (
        PAGE,
        date(2019, 3, 14),
        "",
    )
    assert unsavable(found) == "unreachable"


@pytest.mark.parametrize(
    "url",
    [
        "https://archive.ph/AbCdE",
        "https://archive.ph/",
        f"https://web.archive.org/web/20190314000000/{PAGE}",
        "https://perma.cc/AB12-CD34",
        "https://archive.ph/20190314000000/http://me:pw@example.org/a",
        PAGE,
    ],
)
def test_other_links_are_asked_about_as_they_are(url: str) -> None:
    assert instead_of([Link(url)]).candidates() == ()


def test_a_page_that_is_cited_is_asked_about_once() -> None:
    assert instead_of([Link(COPY), Link("https://www.example.org/a/")]).candidates() == ()
    twice = instead_of([Link(COPY), Link(f"https://archive.is/newest/{PAGE}")])
    assert [c.link.url for c in twice.candidates()] == [PAGE]


def test_the_answer_is_told_of_the_copy_and_known_in_the_next_run() -> None:
    instead = instead_of([Link(COPY)])
    snapshot = Snapshot("wayback", f"https://web.archive.org/web/2019/{PAGE}", TAKEN, "cited", 200)
    result = LookupResult(PAGE, Lookup(LookupState.FOUND, START), (snapshot,))
    barred = LookupResult(COPY, Lookup(LookupState.NOT_ASKED))
    told = instead.given_back({COPY: barred, PAGE: result})
    said = replace(result.lookup, detail="asked for its original address")
    assert told == {COPY: LookupResult(COPY, said, (snapshot,))}
    known = replace(record(COPY), lookup=said)
    assert instead.records({COPY: known}) == {PAGE: replace(known, url=PAGE)}
    again = instead.given_back({COPY: barred, PAGE: replace(result, lookup=said)})
    assert again == told
    silent = LookupResult(PAGE, Lookup(LookupState.THROTTLED))
    assert instead.given_back({COPY: barred, PAGE: silent}) == {COPY: barred}


@pytest.mark.parametrize(
    "behind",
    [
        "https://www-jstor-org.ezproxy.lib.example.edu/stable/1",
        "https://ezproxy.lib.example.edu/login?url=https://www.jstor.org/stable/1",
    ],
)
def test_an_address_of_a_librarys_proxy_behind_a_copy_is_told_to_nobody(behind: str) -> None:
    assert instead_of([Link(f"https://archive.ph/20190314000000/{behind}")]).candidates() == ()


def test_what_the_configuration_excludes_is_asked_about_by_no_other_address() -> None:
    assert instead_of([Link(COPY)], {COPY}).candidates() == ()


@pytest.mark.parametrize(
    "behind",
    ["http://example.org/a?token=4f0c9a7be1d24d3f", "http://127.0.0.1/a", "http://wiki.local/a"],
)
def test_a_page_behind_a_copy_is_barred_like_any_other(behind: str) -> None:
    (found,) = instead_of([Link(f"https://archive.ph/20190314000000/{behind}")]).candidates()
    assert barred(found)

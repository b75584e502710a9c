"""Copies that the documents cite: when they stand for their pages, and what is said of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from citecheck.judging.copies import CitedCopies, doubtful_archives
from citecheck.records.archive import Grade, Lookup, LookupState, Snapshot
from citecheck.records.finding import Confidence, Finding, State, Suggestion
from citecheck.records.link import CitedCopy, Link
from citecheck.records.memory import LinkRecord

NOW = datetime(2026, 3, 1, tzinfo=UTC)
PAGE = "https://example.org/a"
OWN = f"https://web.archive.org/web/20190314000000/{PAGE}"
PERMA = "https://perma.cc/AB12-CD34"
TODAY = "https://archive.ph/AbCdE"
FINE = Finding(State.OK, "ok", Confidence.HIGH, "All is well.")
GONE = Finding(State.DEAD, "http-404", Confidence.HIGH, "It is gone.")


def at(*day: int) -> datetime:
    return datetime(*day, tzinfo=UTC)  # type: ignore[arg-type, misc]


def snapshot(role: str, *day: int) -> Snapshot:
    taken = at(*day)
    url = f"https://web.archive.org/web/{taken:%Y%m%d}000000/{PAGE}"
    return Snapshot("wayback", url, taken, role, 200)


def page(*copies: CitedCopy, cited_on: date | None = date(2019, 3, 16)) -> Link:
    return Link(PAGE, cited_on=cited_on, archived=copies)


WAYBACK = CitedCopy("wayback", OWN, at(2019, 3, 14))


def cited(link: Link, findings: dict[str, Finding]) -> CitedCopies:
    links = (link, *(Link(copy.url) for copy in link.archived))
    return CitedCopies(links, {link.url: GONE, **findings})


def none(url: str) -> Sequence[Snapshot]:
    return ()


def test_the_nearest_copy_stands_for_the_page() -> None:
    link = page(WAYBACK)
    own = Snapshot("wayback", OWN, at(2019, 3, 14), "cited", None, verified=True)
    copies = cited(link, {OWN: FINE})
    assert copies.snapshots(link, ()) == (own,)
    far, newest = snapshot("cited", 2018, 1, 1), snapshot("latest", 2024, 1, 1)
    assert copies.snapshots(link, (far, newest)) == (own, newest)
    near = snapshot("cited", 2019, 3, 16)
    assert copies.snapshots(link, (near, newest)) == (near, newest)
    later = snapshot("cited", 2020, 1, 1)
    assert copies.snapshots(link, (later,)) == (own, replace(later, role="latest"))


def test_without_a_day_the_authors_copy_is_the_cited_one() -> None:
    link = page(WAYBACK, cited_on=None)
    newest = snapshot("latest", 2024, 1, 1)
    assert [s.url for s in cited(link, {OWN: FINE}).snapshots(link, (newest,))] == [OWN, newest.url]


@pytest.mark.parametrize(
    "finding",
    [
        replace(FINE, state=State.BLOCKED, reason="captcha"),
        replace(FINE, state=State.UNREACHABLE, reason="read-timeout"),
        replace(FINE, state=State.UNCHECKED, reason="not-due"),
        replace(FINE, confidence=Confidence.LOW),
        GONE,
    ],
)
def test_a_copy_that_was_not_seen_well_is_no_evidence(finding: Finding) -> None:
    link = page(WAYBACK)
    assert cited(link, {OWN: finding}).snapshots(link, ()) == ()


def test_a_copy_that_is_lost_is_dropped() -> None:
    link = page(WAYBACK)
    own = Snapshot("wayback", OWN, at(2019, 3, 14), "cited", None, verified=True)
    assert cited(link, {OWN: GONE}).snapshots(link, (own,)) == ()
    blocked = replace(FINE, state=State.BLOCKED, reason="rate-limited")
    assert cited(link, {OWN: blocked}).snapshots(link, (own,)) == (own,)


def test_the_record_tells_the_distance_of_the_copy_that_stands() -> None:
    link = page(WAYBACK)
    lookup = Lookup(LookupState.FOUND, NOW, Grade.EXACT, 439, cited_on=link.cited_on)
    known = LinkRecord(PAGE, "dead", "http-404", "high", "", NOW, NOW, lookup=lookup)
    known = replace(known, snapshots=(snapshot("cited", 2018, 1, 1),))
    told = cited(link, {OWN: FINE}).beside(link, known)
    assert told.lookup == replace(lookup, days=2, grade=Grade.BRACKETED)
    assert [s.url for s in told.snapshots] == [OWN]
    again = cited(link, {OWN: FINE}).beside(link, told)
    assert again == told
    silent = replace(known, lookup=Lookup(LookupState.NONE, NOW), snapshots=())
    assert cited(link, {OWN: FINE}).beside(link, silent).lookup == silent.lookup


def test_a_copy_without_a_date_is_suggested_for_a_lost_page() -> None:
    link = page(CitedCopy("perma.cc", PERMA))
    told = cited(link, {PERMA: FINE}).told(link, GONE, none)
    assert told.suggestion == Suggestion("snapshot", PERMA, "ok")
    assert cited(link, {PERMA: GONE}).told(link, GONE, none).suggestion is None
    assert cited(link, {PERMA: FINE}).told(link, FINE, none).suggestion is None
    offered = replace(GONE, suggestion=Suggestion("redirect", "https://example.org/b"))
    assert cited(link, {PERMA: FINE}).told(link, offered, none) == offered


def test_copies_that_are_altered_are_never_used_and_warned_about() -> None:
    link = page(CitedCopy("archive.today", TODAY), CitedCopy("archive.today", TODAY + "2", NOW))
    copies = cited(link, {TODAY: FINE, TODAY + "2": FINE})
    assert copies.snapshots(link, ()) == ()
    assert copies.told(link, GONE, none).suggestion is None
    told = copies.told(Link(TODAY), FINE, none)
    assert (told.state, told.reason, told.confidence) == (State.OK, "ok", Confidence.HIGH)
    assert told.detail == (
        "All is well. Copies at archive.today have been altered and its pages used for attacks: "
        "cite a copy in another archive."
    )
    assert [(e.signal, e.value) for e in told.evidence] == [("archive-untrusted", "archive.today")]
    assert copies.told(Link(TODAY), told, none) == told, "it is said once"


def test_nobody_is_sent_to_a_page_that_is_used_for_attacks() -> None:
    wall = Finding(
        State.BLOCKED,
        "captcha",
        Confidence.HIGH,
        "archive.ph asks to solve a captcha before it shows the page; open it yourself to see "
        "whether it is still there.",
    )
    told = CitedCopies((Link(TODAY),), {TODAY: wall}).told(Link(TODAY), wall, none)
    assert (told.state, told.reason) == (State.BLOCKED, "captcha")
    assert "open it" not in told.detail
    assert told.detail.startswith("archive.ph asks to solve a captcha before it shows the page. ")
    assert CitedCopies((Link(PERMA),), {PERMA: wall}).told(Link(PERMA), wall, none) == wall


def test_another_copy_is_offered_in_place_of_one_that_is_altered() -> None:
    link = page(CitedCopy("archive.today", TODAY), WAYBACK)
    known = snapshot("cited", 2019, 3, 16)
    copies = cited(link, {TODAY: FINE, OWN: FINE})

    def snapshots(url: str) -> Sequence[Snapshot]:
        return (known,) if url == PAGE else ()

    offered = copies.told(Link(TODAY), FINE, snapshots).suggestion
    assert offered == Suggestion("snapshot", known.url, "unchecked")
    assert copies.told(Link(TODAY), FINE, none).suggestion == Suggestion("snapshot", OWN, "ok")
    alone = Link(f"https://archive.is/20190314000000/{PAGE}")
    told = CitedCopies((alone,), {alone.url: FINE}).told(alone, FINE, lambda url: (known,))
    assert told.suggestion == Suggestion("snapshot", known.url, "unchecked")


@pytest.mark.parametrize(
    ("url", "signal"),
    [
        ("http://www.webcitation.org/5kmQTBKc5", "archive-withering"),
        (f"https://conifer.rhizome.org/me/mine/20190301120000/{PAGE}", "archive-withering"),
        ("https://webcache.googleusercontent.com/search?q=cache:example.org/a", "archive-gone"),
    ],
)
def test_archives_that_wither_or_are_gone(url: str, signal: str) -> None:
    told = CitedCopies((Link(url),), {url: FINE}).told(Link(url), FINE, none)
    assert [e.signal for e in told.evidence] == [signal]
    assert told.detail.startswith("All is well. ")
    assert told.detail.endswith(".")


def test_a_withering_copy_stands_only_where_there_is_no_other() -> None:
    url = f"http://www.webcitation.org/query?url={PAGE}&date=2019-03-16"
    link = page(CitedCopy("webcite", url, at(2019, 3, 16)))
    copies = cited(link, {url: FINE})
    assert [s.archive for s in copies.snapshots(link, ())] == ["webcite"]
    far = snapshot("cited", 2018, 1, 1)
    assert copies.snapshots(link, (far,)) == (far,)


def test_other_links_are_told_as_they_are() -> None:
    for url in (PAGE, OWN, PERMA, "https://archive.ph/"):
        assert CitedCopies((Link(url),), {url: FINE}).told(Link(url), FINE, none) == FINE


def test_doubtful_archives_are_named_once_each() -> None:
    urls = (PAGE, OWN, TODAY, TODAY + "2", "http://www.webcitation.org/5kmQTBKc5")
    rows = doubtful_archives(Link(url) for url in urls)
    assert [(r.what, r.why.partition(":")[0]) for r in rows] == [
        (
            "relying on 2 cited copies at archive.today",
            "copies at archive.today have been altered and its pages used for attacks",
        ),
        (
            "relying on 1 cited copy at WebCite",
            "WebCite takes nothing new and its copies come and go",
        ),
    ]

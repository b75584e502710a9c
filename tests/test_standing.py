"""What the last report shows of links that were not visited this time."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from citecheck.records.finding import Evidence, State, Suggestion
from citecheck.records.observation import Hop
from citecheck.records.report import LinkRow, Report
from citecheck.standing import not_visited, standing
from standins.sample_report import NOW, link, sample_report

URL = "http://www.press.example/bell"
WAY = (Hop(URL, 301),)
OFFER = Suggestion("redirect", "http://press.example/bell", "ok")


def seen() -> LinkRow:
    row = link(URL, State.DEAD, "dns-nxdomain", "It does not exist.")
    finding = replace(row.finding, evidence=(Evidence("fault", "no such name"),), suggestion=OFFER)
    return replace(row, finding=finding, hops=WAY, http_status=None, checked=NOW)


def unseen(why: str = "not-due") -> LinkRow:
    row = seen()
    finding = replace(row.finding, evidence=(Evidence("not-visited", why),), suggestion=None)
    return replace(row, finding=finding, hops=())


def report(*rows: LinkRow) -> Report:
    return replace(sample_report(), links=rows)


@pytest.mark.parametrize("why", ["not-due", "interrupted", "offline"])
def test_a_link_that_was_not_visited_stands_as_it_was_told(why: str) -> None:
    row = standing(report(unseen(why)), report(seen())).links[0]
    assert (row.hops, row.finding.suggestion) == (WAY, OFFER)
    assert [e.signal for e in row.finding.evidence] == ["fault", "not-visited"]
    again = standing(report(unseen(why)), report(row)).links[0]
    assert again == row, "from run to run"


def test_what_is_known_of_the_address_that_is_offered_stands_too() -> None:
    bare = replace(OFFER, state="")
    row = unseen()
    row = replace(row, finding=replace(row.finding, suggestion=bare))
    assert standing(report(row), report(seen())).links[0].finding.suggestion == OFFER
    other = Suggestion("snapshot", "https://archive.example/1", "ok")
    row = replace(row, finding=replace(row.finding, suggestion=other))
    assert standing(report(row), report(seen())).links[0].finding.suggestion == other


@pytest.mark.parametrize(
    "last",
    [
        None,
        report(),
        report(link(URL, State.DEAD, "http-404", "Gone.")),
        report(replace(seen(), since=NOW - timedelta(days=40))),
        report(replace(seen(), checked=NOW + timedelta(days=1))),
        report(seen(), seen()),
        replace(report(seen()), demo=True),
    ],
    ids=["none", "new", "other finding", "other time", "later visit", "shown alike", "demo"],
)
def test_nothing_is_taken_from_a_report_of_something_else(last: Report | None) -> None:
    now = report(unseen())
    assert standing(now, last) == now


def test_what_was_visited_is_told_afresh() -> None:
    now = report(replace(seen(), hops=()))
    assert not not_visited(now)
    assert standing(now, report(seen())) == now

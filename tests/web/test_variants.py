"""Another way to write an address that cannot be reached."""

from __future__ import annotations

import pytest

from citecheck.records.exchange import Exchange
from citecheck.records.observation import Fault, FaultKind
from citecheck.web.ladder import Plan
from citecheck.web.variants import Other, other_way
from standins.clock import START
from standins.exchanges import answered
from standins.visits import table, visit

PLAN = Plan(now=lambda: START, retries=0, variants=True)


@pytest.mark.parametrize(
    ("url", "kind", "expected"),
    [
        ("http://a.example/x?q#f", "connection-refused", "https https://a.example/x?q#f"),
        ("http://a.example/", "connect-timeout", "https https://a.example/"),
        ("http://a.example/", "connection-reset", "https https://a.example/"),
        ("http://a.example/", "protocol-error", "https https://a.example/"),
        ("http://a.example/", "dns-nxdomain", "redirect http://www.a.example/"),
        ("https://a.example/", "dns-nxdomain", "redirect https://www.a.example/"),
        ("https://www.a.example/x", "dns-nxdomain", "redirect https://a.example/x"),
        ("https://a.example/", "tls-hostname", "redirect https://www.a.example/"),
        ("https://www.a.co.uk/", "connection-refused", "redirect https://a.co.uk/"),
        # never down to http, for trouble that another name would share, or for names of names
        ("https://a.example/", "tls-expired", ""),
        ("https://a.example/", "read-timeout", ""),
        ("https://a.example/", "connect-timeout", ""),
        ("http://a.example/", "dns-failure", ""),
        ("http://a.example/", "too-many-redirects", ""),
        ("https://blog.a.example/", "dns-nxdomain", ""),
        ("https://www.co.uk/", "dns-nxdomain", ""),
        ("https://someone.github.io/", "dns-nxdomain", "redirect https://www.someone.github.io/"),
        ("http://a.example:8080/", "connection-refused", ""),
        ("http://192.0.2.7/", "connection-refused", ""),
        ("http://[2001:db8::1]/", "connection-refused", ""),
        ("http://localhost/", "connection-refused", ""),
    ],
)
def test_what_is_tried(url: str, kind: str, expected: str) -> None:
    other = other_way(url, url, Fault(FaultKind(kind)))
    assert (f"{other.kind} {other.url}" if other else "") == expected


def test_only_within_the_cited_domain() -> None:
    fault = Fault(FaultKind.CONNECTION_REFUSED)
    assert other_way("http://cited.example/", "http://elsewhere.example/", fault) is None
    there = other_way("http://a.example/", "http://old.a.example/", fault)
    assert there == Other("https", "https://old.a.example/")


def refused(url: str) -> Fault | Exchange:
    return Fault(FaultKind.CONNECTION_REFUSED)


def test_it_is_tried_once_and_changes_nothing() -> None:
    secure = "https://a.example/"
    story = visit(
        "http://a.example/",
        table({"http://a.example/": refused(""), secure: answered(secure)}),
        PLAN,
    )
    assert (story.status, story.chances, story.tries) == (
        "connection-refused",
        [secure],
        ["connection-refused"],
    )
    assert story.end.final_url == "http://a.example/"
    assert story.end.other is not None
    other, climb = story.end.other
    assert (other.kind, climb.final_url, climb.attempts[0].status) == ("https", secure, 200)


def test_its_trouble_is_not_asked_about_again() -> None:
    rows = {"http://a.example/": refused(""), "https://a.example/": answered("", 503)}
    story = visit("http://a.example/", table(rows), PLAN)
    assert len(story.asks) == 2
    gone = Fault(FaultKind.DNS_NXDOMAIN)
    names = table({"http://a.example/": gone, "http://www.a.example/": gone})
    assert len(visit("http://a.example/", names, PLAN).asks) == 3


def test_it_leads_nowhere_where_it_leads_back() -> None:
    rows = {
        "http://a.example/": refused(""),
        "https://a.example/": answered("", 301, b"", {"Location": "http://a.example/"}),
    }
    story = visit("http://a.example/", table(rows), PLAN)
    assert len(story.asks) == 2
    assert story.end.other is not None
    assert isinstance(story.end.other[1].end, Fault)


def test_it_may_be_spared() -> None:
    story = visit("http://a.example/", table({"http://a.example/": refused("")}), PLAN, spare=True)
    assert (story.chances, story.end.other, len(story.asks)) == (["https://a.example/"], None, 1)


@pytest.mark.parametrize("status", [200, 301, 403, 404, 500])
def test_an_answer_needs_none(status: int) -> None:
    assert visit("http://a.example/", lambda u, _: answered(u, status), PLAN).chances == []

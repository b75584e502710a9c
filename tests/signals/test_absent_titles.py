"""When a cited title may be called absent: never for want of words to tell it by."""

from __future__ import annotations

import pytest

from citecheck.records.finding import Match
from citecheck.records.link import Link
from citecheck.records.observation import Strength
from standins.judged import OTHER, cited, observed, page, said, verdict_on


def sign(link: Link, markup: str) -> tuple[str, Strength]:
    found = [s for s in observed(markup, link=link).signals if s.kind.startswith("title-")]
    return found[-1].kind, found[-1].strength


def test_a_page_about_an_error_is_not_that_error() -> None:
    link = cited("https://enc.example/wiki/article/77", title="HTTP 404")
    markup = (
        "<title>HTTP 404 - Open Encyclopaedia</title><h1>404 Not Found</h1>"
        "<p>The 404 status is sent by a web server that has nothing under an address.</p>"
    )
    finding = verdict_on(observed(markup, link=link), link=link)
    assert (said(finding), finding.match) == ("ok/ok", Match("cannot-tell", "title"))
    assert sign(link, markup)[0] == "title-unclear"


@pytest.mark.parametrize("title", ["1984", "It", "The Who", "茶", "차", "!!!"])
def test_a_short_title_that_stands_in_the_text_is_not_absent(title: str) -> None:
    assert sign(cited(title=title), page("Gazette", f"{OTHER} {title} {OTHER}"))[0] == (
        "title-unclear"
    )


@pytest.mark.parametrize(
    ("title", "strength"),
    [
        ("Sailing vessel register", Strength.STRONG),
        ("1984", Strength.SUPPORT),
        ("Die Glocke auf der alten Pier", Strength.SUPPORT),
        ("Колокол на старом пирсе", Strength.SUPPORT),
        ("Sailing chair", Strength.SUPPORT),
    ],
    ids=["no word of it", "one word", "another language", "another script", "one of its words"],
)
def test_absence_is_strong_only_where_it_means_something(title: str, strength: Strength) -> None:
    assert sign(cited(title=title), page("Gazette", OTHER * 2)) == ("title-absent", strength)


def test_an_error_page_with_a_short_title_cited_is_still_one() -> None:
    link = cited(title="Rust")
    markup = "<title>Page not found | Rust</title><h1>Page not found</h1><p>Sorry.</p>"
    assert said(verdict_on(observed(markup, link=link), link=link)) == "dead/soft-404"

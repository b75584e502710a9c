# ruff: noqa: E501 - pages are read best on one line
"""Whether a page is the cited work: believed easily, denied only with certainty."""

from __future__ import annotations

from dataclasses import replace

import pytest

from citecheck.records.finding import Match
from citecheck.records.link import Expected, Link
from standins.judged import OTHER, STORY, TITLE, cited, observed, page, said, verdict_on

LONG_OTHER = OTHER * 2
CHAIRS = page("Forty new chairs for the summer garden", LONG_OTHER)


@pytest.mark.parametrize(
    "markup",
    [
        page(f"{TITLE} | The Islander Gazette"),
        page("Gazette", h1=TITLE),
        page("Gazette", h1="-", head=f'<meta property="og:title" content="{TITLE}">'),
        page("Gazette", h1="-", head=f'<meta name="citation_title" content="{TITLE}">'),
        page("Gazette", h1="-", head='<script type="application/ld+json">{"@type":"Article","headline":"' + TITLE + '"}</script>'),
        page("The bell that told the tide", h1="-"),
    ],
    ids=["title", "h1", "og", "highwire", "json-ld", "without the end"],
)  # fmt: skip
def test_the_title_matches(markup: str) -> None:
    assert verdict_on(observed(markup)).match == Match("match", "title")


def test_an_equal_doi_settles_it() -> None:
    link = cited(title="Something else entirely, with quite other words", doi="10.5555/Ormsay.7")
    seen = observed(
        page(head='<meta name="citation_doi" content="doi:10.5555/ormsay.7">'), link=link
    )
    assert verdict_on(seen, link=link).match == Match("match", "doi")


def test_another_work_is_a_mismatch() -> None:
    finding = verdict_on(observed(CHAIRS))
    assert said(finding) == "mismatch/title-mismatch"
    assert finding.match == Match("mismatch", "title")
    assert "Forty new chairs" in finding.detail


def test_another_doi_is_an_identifier_mismatch() -> None:
    link = cited(doi="10.5555/ormsay.7")
    markup = page(
        "Forty new chairs for the garden",
        LONG_OTHER,
        head='<meta name="citation_doi" content="10.5555/chairs.1">',
    )
    assert (
        said(verdict_on(observed(markup, link=link), link=link)) == "mismatch/identifier-mismatch"
    )


EXPECTED = cited().expected[0]
UNCERTAIN: dict[str, Link] = {
    "a short title": cited(title="The bell"),
    "a container": Link(cited().url, expected=(replace(EXPECTED, type="book"),)),
    "a place in the page": cited(cited().url + "#top"),
    "a list": cited("https://press.example/search?q=bell"),
    "a translated title": Link(cited().url, expected=(replace(EXPECTED, title_translated="The bell"),)),
    "another script": cited(title="Колокол, который сообщал о приливе на старом пирсе"),
    "another language": cited(title="Die Glocke auf der alten Pier und das Wasser der Gezeiten"),
    "the author is there": Link(cited().url, expected=(replace(EXPECTED, authors=("Ait, Abraham",)),)),
    "one of two works": Link(cited().url, expected=(EXPECTED, Expected("b", "Garden furniture and forty kinds of chairs"))),
}  # fmt: skip


@pytest.mark.parametrize("name", UNCERTAIN)
def test_what_cannot_be_told_is_no_mismatch(name: str) -> None:
    link = UNCERTAIN[name]
    markup = page("Forty new chairs for the summer garden", LONG_OTHER + " Story by A. Ait.")
    assert verdict_on(observed(markup, link=link), link=link).state == "ok"


def test_a_thin_page_is_no_mismatch() -> None:
    assert verdict_on(observed(page("Chairs", "Forty chairs."))).state == "ok"


def test_a_page_without_any_title_is_no_mismatch() -> None:
    untitled = f"<html><body><p>{LONG_OTHER}</p></body></html>"
    assert verdict_on(observed(untitled)).state == "ok"
    assert said(verdict_on(observed(f"<h2>Chairs</h2>{untitled}"))) == "ok/ok"


def test_a_page_in_another_language_is_no_mismatch() -> None:
    german = (
        "Der Vorstand des Hafens hat die Glocke nicht auf der alten Mole, sondern in dem Turm für die Wächter "
        "aufhängen lassen, und das Wasser ist mit der Zeit zu den Häusern gestiegen. "
    ) * 6
    assert verdict_on(observed(page("Nachrichten aus dem Hafen", german))).state == "ok"


def test_the_year_of_a_series_tells_its_members_apart() -> None:
    link = cited(title="World tide statistics report 2019")
    seen = observed(page("World tide statistics report 2023", STORY), link=link)
    assert verdict_on(seen, link=link).match == Match("cannot-tell", "title")


SITE = '<meta property="og:site_name" content="Fjordposten">'


def test_the_name_of_the_site_over_an_error_is_no_match() -> None:
    link = cited(title="Fjordposten", authors=("Lindqvist",))
    gone = page(
        "Fjordposten", "Adressen er feil.", head=SITE, h1="Vi finner ikke siden du leter etter"
    )
    assert said(verdict_on(observed(gone, link=link), link=link)) == "dead/soft-404"
    there = page("Fjordposten", STORY, head=SITE, h1="Laksefiske i 1890")
    assert verdict_on(observed(there, link=link), link=link).match == Match("match", "title")


def test_what_says_that_a_page_is_gone_is_nobodys_title() -> None:
    link = cited(title="The Page Not Found")
    assert (
        verdict_on(observed(page("The Page Not Found | Gazette"), link=link), link=link).state
        == "ok"
    )
    other = cited(title="หน้าที่คุณต้องการ")
    gone = page("Site", "x", h1="ไม่พบหน้าที่คุณต้องการ")
    assert said(verdict_on(observed(gone, link=other), link=other)) == "dead/soft-404"

"""Where redirects lead: home, shorter, to another owner."""

from __future__ import annotations

import pytest

from citecheck.records.finding import Confidence
from citecheck.records.observation import Hop
from citecheck.signals.redirects import is_home
from standins.judged import OTHER, URL, cited, observed, page, said, verdict_on

HOME = page("The Islander Gazette", OTHER)


@pytest.mark.parametrize(
    ("final", "confidence"),
    [
        ("https://press.example/", Confidence.HIGH),
        ("https://www.press.example/en/", Confidence.HIGH),
        ("https://press.example/index.html", Confidence.HIGH),
        ("https://other.example/", Confidence.MEDIUM),
    ],
)
def test_a_deep_address_that_ends_at_home_is_dead(final: str, confidence: Confidence) -> None:
    finding = verdict_on(observed(HOME, final=final, hops=(Hop(URL, 301),)))
    assert (said(finding), finding.confidence) == ("dead/redirect-to-home", confidence)


def test_one_short_word_counts_on_the_same_site_only() -> None:
    link = cited("https://press.example/bell", title="")
    home = observed(HOME, link=link, final="https://press.example/", hops=(Hop(link.url, 302),))
    finding = verdict_on(home, link=link)
    assert (said(finding), finding.confidence) == ("dead/redirect-to-home", Confidence.MEDIUM)
    away = observed(HOME, link=link, final="https://other.example/", hops=(Hop(link.url, 301),))
    assert said(verdict_on(away, link=link)) == "moved/host-moved"


def test_a_home_page_that_is_cited_may_redirect_to_a_language() -> None:
    link = cited("http://www.nids.example/", title="")
    seen = observed(
        HOME, link=link, final="https://www.nids.example/en/", hops=(Hop(link.url, 302),)
    )
    assert verdict_on(seen, link=link).state == "ok"


def test_a_shortened_address_may_lead_to_a_home_page() -> None:
    link = cited("https://short.example/tide", title="")
    seen = observed(HOME, link=link, final="https://press.example/", hops=(Hop(link.url, 302),))
    assert verdict_on(seen, link=link).state == "ok"


def test_home_with_the_cited_title_is_well() -> None:
    link = cited(title="The Islander Gazette of Ormsay")
    markup = page("The Islander Gazette of Ormsay", OTHER)
    seen = observed(markup, link=link, final="https://press.example/", hops=(Hop(URL, 302),))
    assert verdict_on(seen, link=link).state == "ok"


@pytest.mark.parametrize(
    ("path", "query", "expected"),
    [
        ("", "", True),
        ("/", "", True),
        ("/en", "", True),
        ("/pt-br/", "", True),
        ("/es/inicio", "", True),
        ("/en/Home", "", True),
        ("/en/home-rule", "", False),
        ("/index.php", "", True),
        ("/", "p=123", False),
        ("/news/", "", False),
        ("/about", "", False),
    ],
)
def test_is_home(path: str, query: str, expected: bool) -> None:
    assert is_home(path, query) is expected

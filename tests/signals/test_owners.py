# ruff: noqa: E501 - pages are read best on one line
"""Parked names and lapsed domains, and genuine pages that talk about selling."""

from __future__ import annotations

import pytest

from citecheck.records.observation import Hop
from standins.judged import STORY, URL, observed, page, said, verdict_on

AWAY = (Hop(URL, 302),)


@pytest.mark.parametrize(
    ("final", "markup"),
    [
        ("", "<html data-adblockkey='x'><head><title>press.example</title></head><body>Related searches</body></html>"),
        ("", '<html><head><script>window.onload=function(){window.location.href="/lander"}</script></head></html>'),
        ("", "<title>press.example</title><h1>press.example is for sale</h1><p>Buy this domain today.</p>"),
        ("https://www.hugedomains.com/domain_profile.cfm?d=press.example", page("Press.example is for sale", "Buy it")),
        ("https://sedo.com/search/details/?domain=press.example", page("Offer", "Make an offer")),
        ("", "<title>press.example</title><p>此域名出售 联系我们</p>"),
        ("", page("press.example", "This page is parked free, courtesy of a registrar.")),
    ],
    ids=["parking service", "lander", "for sale", "hugedomains", "sedo", "chinese", "free"],
)  # fmt: skip
def test_parked_names_are_dead(final: str, markup: str) -> None:
    seen = observed(markup, final=final, hops=AWAY if final else ())
    assert said(verdict_on(seen)) == "dead/parked"


@pytest.mark.parametrize(
    "text",
    [
        "The island is for sale, and so is the old pier; buy this book to learn more. " + STORY,
        "The licence has expired and the domain of the sea begins here. " + STORY,
        "Casino owners and poker players came to the harbour in 1925. " + STORY,
    ],
)
def test_genuine_pages_on_selling_and_gambling(text: str) -> None:
    assert said(verdict_on(observed(page(text=text)))) == "ok/ok"

# ruff: noqa: E501 - pages are read best on one line
"""Parked names and lapsed domains, and genuine pages that talk about selling."""

from __future__ import annotations

from dataclasses import replace

import pytest

from citecheck.records.observation import Hop
from citecheck.signals.look import look
from standins.exchanges import answered
from standins.judged import STORY, URL, cited, observed, page, said, verdict_on

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


@pytest.mark.parametrize(
    "markup",
    [
        "<title>press.example</title><h1>press.example</h1><p>This domain has been registered at Dynadot.com.</p>",
        "<title>press.example steht zum Verkauf</title><p>Die Domain steht zum Verkauf!</p>",
        "<title>press.example te koop</title><p>Deze domeinnaam is te koop.</p>",
        "<title>press.example</title><p>Домен press.example припаркован</p>",
        "<title>press.example</title><p>Domena press.example jest na sprzedaż.</p>",
        "<title>press.example</title><p>Bu alan adı satılıktır.</p>",
        "<title>press.example</title><p>이 도메인은 가비아에서 등록되었습니다.</p>",
        "<title>press.example</title><p>Este dominio ha caducado y está pendiente de renovación.</p>",
        "<title>press.example</title><p>O domínio press.example expirou.</p>",
        "<title>press.example</title><p>Die Domain press.example ist abgelaufen.</p>",
        "<title>press.example</title><p>Deze domeinnaam is verlopen.</p>",
        "<script>window.park = 'eyJ'</script>",
    ],
)  # fmt: skip
def test_offers_and_parking_in_many_languages(markup: str) -> None:
    finding = verdict_on(observed(markup))
    assert (said(finding), finding.confidence) == ("dead/parked", "high")


@pytest.mark.parametrize(
    ("final", "markup"),
    [
        ("http://ww25.press.example/?subid1=2026", "<script>var x</script>"),
        ("https://press.example/lander", "<div id=root></div><script src=a.js></script>"),
    ],
)
def test_addresses_that_only_parked_names_lead_to(final: str, markup: str) -> None:
    assert said(verdict_on(observed(markup, final=final, hops=AWAY))) == "dead/parked"


@pytest.mark.parametrize(
    ("markup", "signal"),
    [
        ("<html><body><h1>It works!</h1></body></html>", "default-page"),
        ("<title>Builder</title><h1>Domain has been assigned.</h1><p>Put the name in the Domain tab.</p>", "default-page"),
        ("<title>Welcome to nginx!</title><h1>Welcome to nginx!</h1><p>Further configuration is required.</p>", "default-page"),
        ("<title>IIS Windows Server</title><img src=iisstart.png>", "default-page"),
        ("<title>Hier entsteht eine neue Internetpräsenz!</title>", "default-page"),
        ("<title>恭喜，站点创建成功！</title><p>这是默认页</p>", "default-page"),
        ("<title>Account Suspended</title><p>This Account has been suspended.</p>", "site-suspended"),
        ("<title>Хостинг сайта временно приостановлен</title><p>Обратитесь в поддержку.</p>", "site-suspended"),
        ("<title>Seite gesperrt</title><p>Bitte wenden Sie sich an Ihren Provider.</p>", "site-suspended"),
    ],
)  # fmt: skip
def test_a_hosters_page_in_place_of_the_site(markup: str, signal: str) -> None:
    finding = verdict_on(observed(markup))
    assert (said(finding), finding.confidence) == ("dead/parked", "medium")
    assert signal in [e.signal for e in finding.evidence]
    assert "archived copy" in finding.detail


@pytest.mark.parametrize(
    "markup",
    [
        page("Welcome to nginx! explained", STORY),
        page("Account suspended: how the club lost its page", STORY),
        page("The island of Ormsay is for sale", "Make an offer to the board by June."),
        page("Domain theory", "The domain of a function is registered at the top of the table."),
        "<title>Index of /data/2019</title><h1>Index of /data/2019</h1><pre><a href=t.csv>t.csv</a> 12K</pre>",
    ],
)  # fmt: skip
def test_pages_that_only_sound_like_it(markup: str) -> None:
    link = cited(title="")
    assert verdict_on(observed(markup, link=link), link=link).state == "ok"


def test_the_address_of_a_parking_service_counts_beside_a_missing_title() -> None:
    link = cited()
    parked = answered(
        link.url, 200, b"<title>Hello</title><p>Welcome</p>", {"Content-Type": "text/html"}
    )
    known = replace(parked, address="199.59.243.228")
    ordinary = replace(parked, address="203.0.113.9")
    assert [s.value for s in look(known, link, ()).signals if s.kind == "parked"] == [
        "address of Bodis: 199.59.243.228"
    ]
    assert not [s for s in look(ordinary, link, ()).signals if s.kind == "parked"]

# ruff: noqa: E501 - pages are read best on one line
"""Logins, consent pages, countries, expired links and library proxies, and what looks like them."""

from __future__ import annotations

import pytest

from citecheck.records.observation import Hop
from citecheck.signals.logins import login_address
from standins.judged import STORY, URL, cited, observed, page, said, verdict_on

ASIDE = (Hop(URL, 302),)


@pytest.mark.parametrize(
    ("final", "markup", "reason"),
    [
        ("https://press.example/login?returnUrl=%2F2019", page("Sign in", "User name, word"), "login"),
        ("https://accounts.google.com/signin/v2?continue=x", page("Google", "Sign in"), "login"),
        ("https://login.press.example/idp/profile/SAML2/Redirect?SAMLRequest=x", page("x", "y"), "login"),
        ("https://consent.google.com/ml?continue=x", page("Before you continue", "cookies"), "consent"),
        ("https://guce.yahoo.com/consent?brandType=x", page("Yahoo", "cookies"), "consent"),
        ("https://press.example/zustimmung?url=x", page("Gazette", "Wir verwenden Cookies"), "consent"),
        ("https://press.example/privacy-gate?r=1", page("Gazette", "We value your privacy"), "consent"),
        ("https://lib.example/x", page("EZproxy at the library", "Log in with your card"), "library-proxy"),
    ],
)  # fmt: skip
def test_a_redirect_to_a_door(final: str, markup: str, reason: str) -> None:
    assert said(verdict_on(observed(markup, final=final, hops=ASIDE))) == f"blocked/{reason}"


@pytest.mark.parametrize(
    ("status", "markup", "reason"),
    [
        (200, "<title>Gazette</title><form><input type=password name=p></form>", "login"),
        (200, "<title>Login • Instagram</title><p>x</p>", "login"),
        (401, "", "login"),
        (200, "<title>Gazette</title><p>Sorry, this content is not available in your country.</p>", "geo-blocked"),
        (403, "<title>403</title><p>Access from your country has been blocked</p>", "geo-blocked"),
        (403, "<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>", "link-expired"),
        (200, "<title>Files</title><p>This link has expired.</p>", "link-expired"),
    ],
)  # fmt: skip
def test_a_door_in_the_place_of_the_page(status: int, markup: str, reason: str) -> None:
    assert said(verdict_on(observed(markup, status=status))) == f"blocked/{reason}"


@pytest.mark.parametrize(
    "markup",
    [
        page(body="<form><input type=password></form>"),
        page(text="The film is not available in your country, said the keeper. " + STORY * 3),
        page(text="The link has expired, wrote the archivist in a footnote. " + STORY * 2),
        page(body="<p>Log in to comment. Sign in. We value your privacy and use cookies.</p>"),
    ],
    ids=["login box", "geo words", "expired words", "furniture"],
)
def test_furniture_and_words_are_no_door(markup: str) -> None:
    assert said(verdict_on(observed(markup))) == "ok/ok"


def test_a_login_page_that_is_cited_as_such_is_well() -> None:
    link = cited("https://press.example/login", title="")
    seen = observed(page("Log in", "How readers log in. " + STORY), link=link)
    assert verdict_on(seen, link=link).state == "ok"


def test_a_404_page_with_a_login_box_is_still_not_found() -> None:
    markup = "<title>Not here</title><form><input type=password></form>"
    assert said(verdict_on(observed(markup, status=404))) == "dead/http-404"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.example/login?next=/b", True),
        ("https://a.example/cas/login?service=x", True),
        ("https://a.example/articles/login-systems?page=2", False),
        ("https://a.example/login", False),
    ],
)
def test_login_address(url: str, expected: bool) -> None:
    assert login_address(url) is expected


@pytest.mark.parametrize(
    "markup",
    [
        "<title>DER SPIEGEL</title><h1>Weiter mit Werbung lesen</h1><p>Wie gewohnt mit Werbung und Tracking. Zustimmung ist widerrufbar.</p><button>Akzeptieren</button><p>Oder das PUR-Abo ohne Werbung.</p>",
        "<title>Le Monde.fr</title><p>Nos partenaires utilisent des cookies pour la publicité.</p><button>Accepter et continuer</button>",
        "<title>la Repubblica</title><p>Se accetti tutti i cookie di profilazione pubblicitaria potrai leggere.</p><button>Accetta e continua</button>",
        "<title>Gazette</title><h1>We value your privacy</h1><p>We and our partners store personal data on your device.</p><button>I accept</button>",
        "<title>Before you continue to YouTube</title>",
        "<title>Votre vie privée</title><h1>Votre vie privée</h1><p>Avec votre accord, nous et nos partenaires utilisons des cookies.</p><button>Tout accepter</button>",
    ],
    ids=["pur-abo", "fr", "it", "en", "title", "heading"],
)  # fmt: skip
def test_a_page_of_nothing_but_consent(markup: str) -> None:
    assert said(verdict_on(observed(markup))) == "blocked/consent"


@pytest.mark.parametrize(
    "markup",
    [
        "<title>Minutes of the board, March 1903</title><h1>Minutes of the board</h1><p>The bell was hung.</p><div>We and our partners use cookies for advertising.<button>Accept all</button></div>",
        "<title>The Office no - find and share pictures here</title><p>A picture.</p><div>We and our partners use cookies for advertising.<button>Accept all</button></div>",
        page("Cookie policy of the Gazette", "We use cookies. Our partners store personal data with your consent. Accept all. " * 30),
    ],
    ids=["minutes", "picture", "policy"],
)  # fmt: skip
def test_a_cookie_banner_on_a_small_page_is_no_consent_page(markup: str) -> None:
    link = cited(title="")
    assert verdict_on(observed(markup, link=link), link=link).state == "ok"


@pytest.mark.parametrize(
    ("status", "text", "expected"),
    [
        (451, "This website is not available in your region.", "geo-blocked"),
        (200, "Este contenido no está disponible en tu país.", "geo-blocked"),
        (403, "Visitors from your country are not permitted to browse this site.", "geo-blocked"),
        (451, "Unavailable", "legal-451"),
        (200, "Доступ к запрашиваемому ресурсу ограничен по решению суда.", "legal-451"),
        (200, "Sorry, this transfer has expired.", "link-expired"),
        (200, "啊哦，你来晚了，分享的文件已经被取消了", "link-expired"),
    ],
)
def test_countries_courts_and_lapsed_shares(status: int, text: str, expected: str) -> None:
    seen = observed(f"<title>Archive</title><p>{text}</p>", status=status)
    assert said(verdict_on(seen)) == f"blocked/{expected}"

"""Logins in the place of a page: by address, a form and its fields, a title or the only words.

Whole chains are covered: a form that hands on to another site's login by itself (SAML 2.0 POST
binding, WS-Federation), the choice of an institution (Shibboleth, OpenAthens, SeamlessAccess), the
login form, and what comes when a session has run out.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qsl, unquote

from citecheck.records.exchange import Exchange
from citecheck.records.link import Link
from citecheck.records.observation import Hop, Signal, Strength
from citecheck.signals.addresses import parts_of
from citecheck.signals.door_table import (
    LOGIN_HOST,
    LOGIN_LAST,
    LOGIN_ONLY,
    LOGIN_PATH,
    LOGIN_TITLE,
    LOGIN_WORDS,
    RETURN,
    SSO_FIELDS,
)
from citecheck.signals.page import PageView
from citecheck.text.fold import plain
from citecheck.urls.address import host_of, redact


def login_address(url: str) -> bool:
    """Whether an address is that of a login page that promises to lead back."""
    parts = parts_of(url)
    names = {name.lower() for name, _ in parse_qsl(parts.query[:8000], keep_blank_values=True)}
    returns = bool(names & RETURN)
    path = bool(LOGIN_PATH.search(unquote(parts.path)))
    return (path and returns) or (bool(LOGIN_HOST.match(host_of(url))) and (returns or path))


def login_in_hops(hops: tuple[Hop, ...]) -> Signal | None:
    """A login that shows in the addresses of a visit that never came to an end."""
    for hop in hops[1:]:
        if login_address(hop.url):
            return Signal("login", plain(redact(hop.url), 160), Strength.DECISIVE)
    return None


def login_signals(
    view: PageView, exchange: Exchange, link: Link, hops: tuple[Hop, ...]
) -> Iterator[Signal]:
    """A login in the place of the page, decisive; none where a login page is what is cited."""
    cited_as_such = login_address(link.url) or LOGIN_PATH.search(parts_of(link.url).path)
    moved = bool(hops) and exchange.url != link.url
    away = moved and (login_address(exchange.url) or LOGIN_ONLY.match(exchange.url))
    if away and not cited_as_such:
        yield Signal("login", plain(redact(exchange.url), 160), Strength.DECISIVE)
    elif view.words < 100 and (field := SSO_FIELDS.search(view.markup[:60_000])):
        yield Signal("login", plain(f"form with {field[0][-40:]}", 120), Strength.DECISIVE)
    elif view.password and _nothing_else(view):
        yield Signal("login", plain(f"password field: {view.title}", 120), Strength.DECISIVE)
    elif view.words < 200 and not cited_as_such and _titled(view):
        yield Signal("login", plain(view.title, 120), Strength.DECISIVE)
    elif view.words < 120 and not cited_as_such:
        said = LOGIN_WORDS.search(f"{view.title} · {view.visible[:1500]}")
        if said and (view.words < 60 or not view.h1 or LOGIN_WORDS.search(" · ".join(view.h1))):
            yield Signal("login", plain(said[0], 120), Strength.DECISIVE)


def _nothing_else(view: PageView) -> bool:
    """Whether a password field is what a page is there for: hardly any words, no heading of its
    own, or a title or heading that says so."""
    if view.main_words >= 100 or view.words >= 300:
        return False
    heads = (view.title, *view.h1[:2])
    says = any(LOGIN_TITLE.match(h) or LOGIN_LAST.search(h) or LOGIN_WORDS.search(h) for h in heads)
    return view.words < 40 or not view.h1 or says


def _titled(view: PageView) -> bool:
    """Whether the title is a login's: in its first part or, where words are few, in its last."""
    return bool(
        LOGIN_TITLE.match(view.title) or (view.words < 60 and LOGIN_LAST.search(view.title))
    )

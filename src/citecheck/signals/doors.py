"""Doors on the way to a page: consent pages, countries, expired links, library proxies.

Words in the text count for nothing on a page of some length; the final address, a title, or what a
page says where it says nothing else decide. Logins stand in `logins`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from citecheck.records.exchange import Exchange
from citecheck.records.link import Link
from citecheck.records.observation import Hop, Signal, Strength
from citecheck.signals.addresses import parts_of
from citecheck.signals.door_table import (
    CONSENT_CHOICE,
    CONSENT_HOST,
    CONSENT_PATH,
    CONSENT_TITLE,
    CONSENT_WORDS,
    EXPIRED,
    GEO,
    LEGAL,
    PROXY_PAGE,
)
from citecheck.signals.expiry import ran_out
from citecheck.signals.page import PageView
from citecheck.text.fold import plain
from citecheck.text.shingles import tokens
from citecheck.urls.address import host_of, redact

_REFUSED = (400, 401, 403, 404, 410)
_SENTENCE = re.compile(r"(?<=[.!?。！？…|•])\s+|[。！？]")
_SHARE = 0.6


def door_signals(
    view: PageView, exchange: Exchange, link: Link, hops: tuple[Hop, ...]
) -> Iterator[Signal]:
    """Signs that a door stands before the page."""
    yield from _consent(view, exchange, link)
    small = view.words < 200
    said = view.visible[:4000] or ("" if view.parsed else view.markup[:2000])
    for kind, pattern in (("geo-blocked", GEO), ("legal-451", LEGAL)):
        if small and (found := pattern.search(f"{view.title} · {said}")):
            yield Signal(kind, plain(found[0], 120), Strength.DECISIVE)
    yield from _expired(view, exchange, link)
    if small and view.parsed and PROXY_PAGE.search(f"{view.title} {view.visible[:2000]}"):
        yield Signal("library-proxy", plain(view.title or "EZproxy", 120), Strength.DECISIVE)


def _expired(view: PageView, exchange: Exchange, link: Link) -> Iterator[Signal]:
    if view.words >= 200 and view.parsed:
        return
    refused = exchange.status in _REFUSED
    ended = ran_out(link.url) if refused else None
    if ended and ended < exchange.at:
        yield Signal("link-expired", f"signed until {ended:%Y-%m-%d}", Strength.DECISIVE)
    elif found := EXPIRED.search(view.markup[:20_000]):
        strength = Strength.DECISIVE if refused or view.words < 60 else Strength.SUPPORT
        yield Signal("link-expired", plain(found[0], 120), strength)


def _consent(view: PageView, exchange: Exchange, link: Link) -> Iterator[Signal]:
    host = host_of(exchange.url)
    if exchange.url == link.url:
        moved = False
    else:
        moved = host != host_of(link.url) or bool(CONSENT_PATH.search(parts_of(exchange.url).path))
    at_gate = CONSENT_HOST.match(host) or CONSENT_PATH.search(parts_of(exchange.url).path)
    if moved and at_gate and view.main_words < 600:
        yield Signal("consent", plain(redact(exchange.url), 160), Strength.DECISIVE)
    elif view.parsed and view.words < 300 and CONSENT_TITLE.match(view.title or view.visible[:80]):
        yield Signal("consent", plain(view.title or view.visible, 120), Strength.DECISIVE)
    elif view.parsed and 5 < view.words < 200 and (choice := _nothing_but_consent(view)):
        yield Signal("consent", plain(f"nothing but consent: {choice}", 120), Strength.DECISIVE)


def _nothing_but_consent(view: PageView) -> str:
    """The choice that is offered, where most of the words of a page are about cookies and data and
    neither its title nor its heading is a work's own (a site's name is short)."""
    own_title = len(tokens(view.title)) > 4 and not CONSENT_WORDS.search(view.title)
    if own_title or (view.h1 and not CONSENT_WORDS.search(view.h1[0])):
        return ""
    choice = CONSENT_CHOICE.search(view.visible[:4000])
    about = {m[0].lower() for m in CONSENT_WORDS.finditer(view.visible[:4000])}
    if choice is None or len(about) < 2:
        return ""
    sentences = [s for s in _SENTENCE.split(view.visible[:4000]) if s]
    told = sum(len(s) for s in sentences if CONSENT_WORDS.search(s) or CONSENT_CHOICE.search(s))
    return choice[0] if told >= _SHARE * sum(len(s) for s in sentences) else ""

"""Signs that a name has lost its site: parked, for sale, suspended, or a hoster's page there.

Bodies and redirects decide; the address spoken to is a help on empty pages. No question is put to
the DNS for it: a parking service's name servers show the same names as its addresses, which the
visit has seen already.
"""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import AddressValueError, IPv4Address

from citecheck.records.exchange import Exchange
from citecheck.records.link import Link
from citecheck.records.observation import Hop, Signal, Strength
from citecheck.signals.owner_table import (
    DEFAULT_PAGE,
    DOMAIN_TITLE,
    FOR_SALE,
    MARKET,
    MARKET_PATH,
    PARKED_ADDRESS,
    RANGES,
    SERVICE,
    SUSPENDED,
    SUSPENDED_ADDRESS,
    SUSPENDED_WORDS,
)
from citecheck.signals.page import PageView
from citecheck.text.fold import plain
from citecheck.urls.address import host_of, redact

_LITTLE = 80
_SMALL = 250


def owner_signals(
    view: PageView, exchange: Exchange, link: Link, hops: tuple[Hop, ...]
) -> Iterator[Signal]:
    """Signs that the address belongs to somebody else, or to nobody, by now."""
    yield from _parked(view, exchange, link, hops)
    yield from _without_site(view, exchange)


def _parked(
    view: PageView, exchange: Exchange, link: Link, hops: tuple[Hop, ...]
) -> Iterator[Signal]:
    cited, final = host_of(link.url), host_of(exchange.url)
    away = bool(hops) and exchange.url != link.url and not MARKET.search(cited)
    market = MARKET_PATH.search(exchange.url) or (MARKET.search(final) and view.words < 600)
    if away and ((final != cited and market) or PARKED_ADDRESS.search(exchange.url)):
        yield Signal("parked", plain(redact(exchange.url), 160), Strength.DECISIVE)
        return
    head = " · ".join((view.title, *view.h1[:2]))
    sale = FOR_SALE.search(head) or (
        FOR_SALE.search(view.visible[:6000]) if view.words < 400 else None
    )
    bare = cited.removeprefix("www.")
    names_domain = bool(DOMAIN_TITLE.match(view.title)) or bare in head.lower()
    named = names_domain or bare in view.visible[:2000].lower()
    # Looked for last: on a page with a text of its own a parking service's script proves nothing.
    service = SERVICE.search(view.markup[:100_000]) if sale or view.words < _LITTLE else None
    if service:
        yield Signal("parked", plain(service[0], 120), Strength.DECISIVE)
    elif sale and (view.main_words < 150 or names_domain):
        both = named and view.words < _SMALL
        strength = Strength.DECISIVE if both else Strength.STRONG
        yield Signal("parked", plain(sale[0], 120), strength)
    elif view.words < _LITTLE and (whose := _range(exchange.address)):
        yield Signal("parked", f"address of {whose}: {exchange.address}", Strength.STRONG)


def _without_site(view: PageView, exchange: Exchange) -> Iterator[Signal]:
    """A page of the server or the hoster itself, known by its whole title or first heading."""
    if not view.parsed or view.words > _SMALL:
        return
    heads = tuple(h.strip() for h in (view.title, *view.h1[:1]) if h.strip())
    parts = (*heads, *(h.partition(" | ")[0].strip() for h in heads))
    suspended = next((h for h in parts if SUSPENDED.match(h)), "")
    if SUSPENDED_ADDRESS.search(exchange.url):
        yield Signal("site-suspended", plain(redact(exchange.url), 160), Strength.DECISIVE)
    elif suspended or (
        view.words < _LITTLE and (said := SUSPENDED_WORDS.search(view.visible[:2000]))
    ):
        shown = suspended or (said[0] if said else "")
        yield Signal("site-suspended", plain(shown, 120), Strength.DECISIVE)
    elif default := next((h for h in parts if DEFAULT_PAGE.match(h)), ""):
        yield Signal("default-page", plain(default, 120), Strength.DECISIVE)


def _range(address: str) -> str:
    """The parking service that an IPv4 address belongs to, or the empty string."""
    try:
        spoken_to = IPv4Address(address)
    except AddressValueError:
        return ""
    return next((service for service, block in RANGES if spoken_to in block), "")

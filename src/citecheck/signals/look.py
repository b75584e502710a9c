# ruff: noqa: SIM905 - word lists are read best as words
"""One look at an answer: facts, signals, sketch and quotes. Pure, and safe on hostile bytes."""

from __future__ import annotations

from citecheck.records.exchange import Exchange
from citecheck.records.link import Link
from citecheck.records.looked import Looked
from citecheck.records.observation import Hop, Signal, Strength
from citecheck.signals.addresses import parts_of
from citecheck.signals.facts import page_facts
from citecheck.signals.match import match_signals
from citecheck.signals.page import PageView, read_page
from citecheck.signals.redirects import is_home
from citecheck.signals.resolvers import is_resolver
from citecheck.signals.shelf import SHELF
from citecheck.text.fold import plain
from citecheck.text.main import fingerprint
from citecheck.text.quotes import found_in

_THIN = 60
_WELL = range(200, 300)
# Signals that say what the answer is, whatever a sibling of it would say.
_SETTLED = frozenset(
    (
        "challenge captcha forbidden rate-limited login consent geo-blocked link-expired "
        "library-proxy parked site-suspended default-page maintenance server-error "
        "needs-javascript title-match doi-match redirect-to-home error-address "
        "error-canonical error-shell no-entry error-answer"
    ).split()
)


def look(exchange: Exchange, link: Link, hops: tuple[Hop, ...]) -> Looked:
    """What an answer to a link says; `hops` are the redirects that led to it. Never raises for
    anything a server can send."""
    view = read_page(exchange)
    printed = fingerprint(view.main.text)
    page = page_facts(view, printed, (parts_of(link.url).fragment, *link.fragments))
    signals = [s for _, find in SHELF for s in find(view, exchange, link, hops)]
    signals.extend(match_signals(view, page, link))
    if exchange.undecodable:
        signals.append(Signal("undecodable", _coding(exchange), Strength.STRONG))
    elif not exchange.content and exchange.status in _WELL:
        signals.append(Signal("empty-body", f"status {exchange.status}", Strength.STRONG))
    quotes = [q for e in link.expected for q in e.quotes]
    text = view.visible if len(view.visible) > len(view.main.text) else view.main.text
    return Looked(
        page=page,
        signals=tuple(signals),
        sketch=printed.sketch if printed.words else None,
        quotes_found=found_in(text, quotes) if page and quotes else (),
        suspicious=_suspicious(view, exchange, link, tuple(signals)),
    )


def _coding(exchange: Exchange) -> str:
    values = [v for k, v in exchange.headers if k.lower() == b"content-encoding"]
    return plain(b", ".join(values).decode("latin-1"), 60)


def _suspicious(
    view: PageView,
    exchange: Exchange,
    link: Link,
    signals: tuple[Signal, ...],
) -> bool:
    """Whether asking for an address beside it that cannot exist is worth a request."""
    kinds = {s.kind for s in signals}
    parts = parts_of(link.url)
    if exchange.status != 200 or not view.parsed or kinds & _SETTLED:
        return False
    if is_home(parts.path, parts.query) or view.app_root or is_resolver(link.url):
        return False
    doubts = kinds & {
        "redirect-to-shorter", "redirect-to-section", "title-absent", "title-unclear",
        "title-differs", "doi-differs", "title-phrase", "title-404", "heading-phrase",
        "heading-404", "phrase-in-text", "text-404", "no-results", "redirect-to-search",
        "redirect-to-sitemap", "redirect-to-error", "noindex",
    }  # fmt: skip
    return bool(doubts) or view.main_words < _THIN

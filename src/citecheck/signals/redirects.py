"""Where the redirects led: to the site's home page, to a shorter path, to another owner.

A deep address that ends at the root of its host or at a language's root (`/en/`, `/chn/`) is the
common way to hide a deletion; a shorter path alone is a weak sign.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from citecheck.records.exchange import Exchange
from citecheck.records.link import Link
from citecheck.records.observation import Hop, Signal, Strength
from citecheck.signals.addresses import parts_of
from citecheck.signals.page import PageView
from citecheck.text.fold import plain
from citecheck.urls.address import host_of, redact, registrable_domain

_HOME = re.compile(
    r"(?i)^/*(?:(?:[a-z]{2}(?:[-_][a-z]{2,4})?|chn|eng|web|www|home)/?)?(?:(?:index|default|home|main|welcome)\.[a-z]{2,5})?/*$"
)
_HOME_WORDS = re.compile(r"(?i)^/(?:home|index|main|start|startseite|accueil|inicio)/?$")


def redirect_signals(
    view: PageView, exchange: Exchange, link: Link, hops: tuple[Hop, ...]
) -> Iterator[Signal]:
    """Signs in the way from the cited address to the final one."""
    if not hops:
        return
    start, end = parts_of(link.url), parts_of(exchange.url)
    if is_home(start.path, start.query) or start.fragment.startswith(("!", "/")):
        return
    same_owner = registrable_domain(host_of(link.url)) == registrable_domain(host_of(exchange.url))
    deep = _deep(start.path, start.query)
    if is_home(end.path, end.query) and (deep or same_owner):
        strength = Strength.DECISIVE if deep and same_owner else Strength.STRONG
        yield Signal("redirect-to-home", plain(redact(exchange.url), 160), strength)
    elif same_owner and _shorter(start.path, end.path) and not end.query:
        yield Signal("redirect-to-shorter", plain(redact(exchange.url), 160))
    if not same_owner:
        yield Signal("other-owner", registrable_domain(host_of(exchange.url)))


def is_home(path: str, query: str = "") -> bool:
    """Whether a path is the root of a host or of one of its languages, or an index page there."""
    return bool(_HOME.match(path) or _HOME_WORDS.match(path)) and not (query and "=" in query)


def _deep(path: str, query: str) -> bool:
    parts = [p for p in path.split("/") if p]
    # One short word (`/nytimes`, `/abc123`) to another host may be a shortened address.
    return (
        len(parts) >= 2
        or bool(query)
        or (len(parts) == 1 and ("." in parts[0] or len(parts[0]) > 12))
    )


def _shorter(start: str, end: str) -> bool:
    before = [p for p in start.split("/") if p]
    after = [p for p in end.split("/") if p]
    return len(after) < len(before) and before[: len(after)] == after

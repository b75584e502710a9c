"""Whether an answer is a wall against robots, by the decisive signatures of `wall_table`.

Akamai writes its pages in HTML entities, so the body is searched with entities decoded. A page that
carries much text is no wall whatever scripts it loads; the bounds stand in the table.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import cache

from citecheck.records.exchange import Exchange
from citecheck.records.link import Link
from citecheck.records.observation import Hop, Signal, Strength
from citecheck.signals.page import PageView
from citecheck.signals.wall_table import WALLS, Wall
from citecheck.text.fold import plain

_SEARCHED = 80_000


@cache
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


def wall_signals(
    view: PageView, exchange: Exchange, link: Link, hops: tuple[Hop, ...]
) -> Iterator[Signal]:
    """The first wall that fits, as a decisive signal named by its reason."""
    body = html.unescape(view.markup[:_SEARCHED]) or html.unescape(
        exchange.content[:2000].decode("utf-8", "replace")
    )
    addresses = (*(h.url for h in hops), exchange.url)
    for wall in WALLS:
        sign = _fits(wall, view, exchange, body, addresses)
        if sign:
            yield Signal(wall.kind, plain(f"{wall.provider}: {sign}", 160), Strength.DECISIVE)
            return


def wall_in_hops(hops: tuple[Hop, ...]) -> Signal | None:
    """A wall that shows in the addresses alone, for visits that never came to an end."""
    for wall in WALLS:
        if wall.url and any(_pattern(wall.url).search(h.url) for h in hops):
            return Signal(wall.kind, f"{wall.provider}: redirect", Strength.DECISIVE)
    return None


def _fits(
    wall: Wall, view: PageView, exchange: Exchange, body: str, addresses: tuple[str, ...]
) -> str:
    """What of the answer fits the wall, or the empty string."""
    if wall.statuses and exchange.status not in wall.statuses:
        return ""
    if wall.words and view.words > wall.words:
        return ""
    sign = ""
    name, value = wall.header
    if name:
        if not exchange.header(name) or not _pattern(value).search(exchange.header(name)):
            return ""
        sign = f"{name}: {exchange.header(name)}"
    if wall.url:
        if not any(_pattern(wall.url).search(a) for a in addresses):
            return ""
        sign = "redirect"
    if wall.title:
        if not _pattern(wall.title).search(view.title):
            return ""
        sign = view.title
    if wall.text and not _pattern(wall.text).search(view.visible[:5000]):
        return ""
    if wall.body:
        found = _pattern(wall.body).search(body)
        if found is None:
            return ""
        sign = sign or found[0]
    return sign

"""Whether an answer is a wall against robots, by the decisive signatures of `wall_table`.

Akamai writes its pages in HTML entities, so the body is searched with entities decoded. A page that
carries much text is no wall whatever scripts it loads; the bounds stand in the table. Marks of a
vendor in the way (`transit`) are told of refused and of empty answers only, and prove nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, cached_property

from citecheck.records.exchange import Exchange
from citecheck.records.link import Link
from citecheck.records.observation import Hop, Signal, Strength
from citecheck.signals.page import PageView
from citecheck.signals.wall_table import TRANSIT, WALLS, Wall
from citecheck.text.entities import unescape
from citecheck.text.fold import plain

_SEARCHED = 80_000
_LITTLE = 60


@cache
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


def wall_signals(
    view: PageView, exchange: Exchange, link: Link, hops: tuple[Hop, ...]
) -> Iterator[Signal]:
    """The first wall that fits, as a decisive signal named by its reason, and who is in the way."""
    answer = _Answer(view, exchange, (*(h.url for h in hops), exchange.url))
    for wall in WALLS:
        sign = _fits(wall, answer)
        if sign:
            yield Signal(wall.kind, plain(f"{wall.provider}: {sign}", 160), Strength.DECISIVE)
            break
    if exchange.status >= 400 or exchange.status == 202 or view.words < _LITTLE:
        yield from _transit(exchange)


def wall_in_hops(hops: tuple[Hop, ...]) -> Signal | None:
    """A wall that shows in the addresses alone, for visits that never came to an end."""
    for wall in WALLS:
        if wall.url and any(_pattern(wall.url).search(h.url) for h in hops):
            return Signal(wall.kind, f"{wall.provider}: redirect", Strength.DECISIVE)
    return None


def _transit(exchange: Exchange) -> Iterator[Signal]:
    for provider, name, value in TRANSIT:
        sent = exchange.header(name)
        if sent and _pattern(value).search(sent):
            yield Signal("transit", f"{provider}: {name}", Strength.SUPPORT)
            return


class _Answer:
    """What walls are looked for in; decoding the entities of a long body is left until needed."""

    def __init__(self, view: PageView, exchange: Exchange, addresses: tuple[str, ...]) -> None:
        self.view = view
        self.exchange = exchange
        self.addresses = addresses
        self.words = max(view.words, view.main_words)

    @cached_property
    def body(self) -> str:
        start = self.exchange.content[:2000].decode("utf-8", "replace")
        return unescape(self.view.markup[:_SEARCHED] or start)


def _fits(wall: Wall, answer: _Answer) -> str:
    """What of the answer fits the wall, or the empty string."""
    exchange, view = answer.exchange, answer.view
    if wall.statuses and exchange.status not in wall.statuses:
        return ""
    if wall.words and answer.words > wall.words:
        return ""
    sign = ""
    name, value = wall.header
    if name:
        if not exchange.header(name) or not _pattern(value).search(exchange.header(name)):
            return ""
        sign = f"{name}: {exchange.header(name)}"
    if wall.url:
        if not any(_pattern(wall.url).search(a) for a in answer.addresses):
            return ""
        sign = "redirect"
    if wall.title:
        if not _pattern(wall.title).search(view.title):
            return ""
        sign = view.title
    if wall.text and not _pattern(wall.text).search(f"{view.title} {view.visible[:5000]}"):
        return ""
    if wall.body:
        found = _pattern(wall.body).search(answer.body)
        if found is None:
            return ""
        sign = sign or found[0]
    return sign

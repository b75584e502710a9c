"""Whether a page advertises a trade that takes over lapsed names, and the citation does not.

What it is about is read where a page says so (title, headings, description): two words of one
trade are a strong sign. That it sells, and is no work about the trade, is read in all its text. A
decisive sign needs both: telling words or four common ones in two of those places, and two words
that stand on advertising alone or offers of two kinds; and a cited title that is known and not
about the trade.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from citecheck.records.exchange import Exchange
from citecheck.records.link import Link
from citecheck.records.observation import Hop, Signal, Strength
from citecheck.signals.page import PageView
from citecheck.signals.selling import enough_offers, offers_in
from citecheck.signals.trade_table import SUBJECTS, TRADES, Trade
from citecheck.text.fold import fold, plain


@dataclass(frozen=True, slots=True)
class _Found:
    """What a page shows of a trade: `adverts` are words that stand on advertising alone, and it is
    `clear` what it is about where there are telling words or many."""

    score: int
    places: int
    adverts: int
    clear: bool
    value: str


def trade_signals(
    view: PageView, exchange: Exchange, link: Link, hops: tuple[Hop, ...]
) -> Iterator[Signal]:
    """At most one sign: the trade with most words."""
    if not view.parsed:
        return
    places = tuple(
        f" {fold(place)} "
        for place in (
            view.title[:300],
            " ".join(view.h1[:2])[:300],
            " ".join(view.named("description", "og:title", "og:description"))[:400],
        )
    )
    titles = [title for expected in link.expected for title in expected.titles]
    cited = " ".join(titles)
    best: _Found | None = None
    for trade in TRADES:
        if trade.topic.search(cited):
            continue
        found = _weigh(trade, places)
        if found and (best is None or found.score > best.score):
            best = found
    if best:
        certain = bool(titles) and best.places >= 2 and _sells(view, best)
        yield Signal("foreign-trade", best.value, Strength.DECISIVE if certain else Strength.STRONG)


def _sells(view: PageView, found: _Found) -> bool:
    """Whether a page sells what it is about; where its words are few, at all costs."""
    needed, offers = enough_offers(view), offers_in(view)
    return found.adverts + offers >= needed if found.clear else offers > needed


def _weigh(trade: Trade, places: tuple[str, ...]) -> _Found | None:
    all_of = "".join(places)
    telling = [w for w in trade.telling if w in all_of]
    common = [w for w in trade.common if w in all_of]
    if not telling and len(common) < 2:
        return None
    score = 2 * len(telling) + len(common)
    words = (*telling, *common)
    where = sum(any(w in place for w in words) for place in places)
    return _Found(
        score=score,
        places=where,
        adverts=sum(w not in SUBJECTS for w in telling),
        clear=(bool(telling) and score >= 3) or score >= 4,
        value=plain(f"{trade.name}: {', '.join(w.strip() for w in words[:5])}", 120),
    )

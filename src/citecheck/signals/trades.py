"""Whether a page advertises a trade that takes over lapsed names, and the citation does not.

Only the places where a page says what it is are read (title, headings, description). Two words of
one trade are a strong sign; a decisive one needs words that stand on advertising alone, or four
common ones, in two of those places, and a cited title that is known and not about the trade.
"""

from __future__ import annotations

from collections.abc import Iterator

from citecheck.records.exchange import Exchange
from citecheck.records.link import Link
from citecheck.records.observation import Hop, Signal, Strength
from citecheck.signals.page import PageView
from citecheck.signals.trade_table import TRADES, Trade
from citecheck.text.fold import fold, plain


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
    titles = [
        t for e in link.expected for t in (e.title, e.title_original, e.title_translated) if t
    ]
    cited = " ".join(titles)
    best: tuple[int, Signal] | None = None
    for trade in TRADES:
        if trade.topic.search(cited):
            continue
        found = _weigh(trade, places, bool(titles))
        if found and (best is None or found[0] > best[0]):
            best = found
    if best:
        yield best[1]


def _weigh(trade: Trade, places: tuple[str, ...], known: bool) -> tuple[int, Signal] | None:
    all_of = "".join(places)
    telling = [w for w in trade.telling if w in all_of]
    common = [w for w in trade.common if w in all_of]
    if not telling and len(common) < 2:
        return None
    score = 2 * len(telling) + len(common)
    words = (*telling, *common)
    where = sum(any(w in place for w in words) for place in places)
    certain = known and where >= 2 and ((telling and score >= 3) or score >= 4)
    value = plain(f"{trade.name}: {', '.join(w.strip() for w in words[:5])}", 120)
    return score, Signal("foreign-trade", value, Strength.DECISIVE if certain else Strength.STRONG)

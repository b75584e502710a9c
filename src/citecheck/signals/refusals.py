"""Whether a small page refuses its visitor in words, whoever made it.

A vendor's mark makes a wall by itself (`walls`); words make a strong sign only: where the page has
little text and speaks of the visitor or the request in its title, its headings or its first words,
twice if it is longer than a few lines. Whether the status refuses as well, or the cited title is
there after all, is for the rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from citecheck.records.exchange import Exchange
from citecheck.records.link import Link
from citecheck.records.observation import Hop, Signal, Strength
from citecheck.signals.blocks import blocks_of
from citecheck.signals.page import PageView
from citecheck.signals.refusal_table import (
    ASKS,
    BARE,
    BESIDE,
    CAPTCHA,
    DETAILS,
    refusal_patterns,
)
from citecheck.text.fold import plain
from citecheck.text.shingles import tokens

_SMALL = 250
_SHORT = 130
_OPENING = 600
_LITTLE = 60
_MOST = 0.75
_SENTENCE = re.compile(r"(?<=[.!?。！？])\s+")


def refusal_signals(
    view: PageView, exchange: Exchange, link: Link, hops: tuple[Hop, ...]
) -> Iterator[Signal]:
    """One strong sign, named by its reason; none on a page with a text of its own."""
    text = view.visible or _bare(view, exchange)
    if view.words > _SMALL or view.main_words > _SMALL or not text:
        return
    head = " · ".join((view.title, *view.h1[:2], *view.h2[:2]))
    opening = f"{head} · {text[:_OPENING]}"
    for kind, pattern in refusal_patterns():
        found = pattern.search(opening)
        if found and (view.words <= _SHORT or _insists(opening)) and _fills(view, exchange):
            yield Signal(kind, plain(found[0], 120), Strength.STRONG)
            return
    if BARE.match(view.visible[:60]):
        yield Signal("forbidden", plain(view.visible, 60), Strength.STRONG)
    elif _asks(view, text) and _fills(view, exchange):
        yield Signal("captcha", "a captcha on an empty page", Strength.STRONG)


def _asks(view: PageView, text: str) -> bool:
    """Whether a page of a few words holds a captcha and speaks of one."""
    little = view.words <= 40
    return bool(little and CAPTCHA.search(view.markup[:80_000]) and ASKS.search(text[:2000]))


def _bare(view: PageView, exchange: Exchange) -> str:
    """The text of an answer that is no page (JSON, XML, no type at all) but refuses in words."""
    if view.parsed or exchange.status < 400 or len(exchange.content) > 4000:
        return ""
    return " ".join(exchange.content[:2000].decode("utf-8", "replace").split())


def _fills(view: PageView, exchange: Exchange) -> bool:
    """Whether the refusal is what the page is there for: its whole title and heading, or half of
    its words; a page of the site's own keeps its words beside a captcha. A refusing status proves
    it."""
    if exchange.status >= 400 or not view.parsed:
        return True
    heads = [h for h in (view.title, *view.h1[:1]) if h]
    if heads and view.words <= _LITTLE and all(_covered(h) >= _MOST for h in heads):
        return True
    told = beside = 0
    for block in blocks_of(view.markup):
        size = len(tokens(block))
        about = sum(len(tokens(s)) for s in _SENTENCE.split(block) if _speaks(s))
        told, beside = (told + size, beside) if about * 3 >= size else (told, beside + size)
    return told >= beside


def _speaks(text: str) -> bool:
    return bool(BESIDE.search(text)) or any(p.search(text) for _, p in refusal_patterns())


def _covered(heading: str) -> float:
    """The share of a heading that one saying of a refusal takes."""
    found = [p.search(heading) for _, p in refusal_patterns()]
    return max((len(f[0]) for f in found if f), default=0) / len(heading)


def _insists(opening: str) -> bool:
    """Whether a page of some length says so twice, in different words (a heading that is repeated
    in the text is one saying), or tells what a visitor shall report."""
    if DETAILS.search(opening):
        return True
    said = {
        found[0].casefold()
        for _, pattern in refusal_patterns()
        for found in pattern.finditer(opening)
    }
    return len(said) > 1

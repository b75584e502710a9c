"""What a copy in an archive turned out to show, and the port of whoever can tell."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import TypeAlias

from citecheck.records.exchange import Exchange
from citecheck.records.link import Link


class Fit(Enum):
    """`POOR` is kept only where nothing better is found: it may be the page, and cannot be told."""

    GOOD = auto()
    POOR = auto()
    UNFIT = auto()


@dataclass(frozen=True, slots=True)
class Shown:
    """`why` is a word of `WORDS` (with UNFIT: one of its keys) or of `DOUBTS` (with POOR)."""

    fit: Fit
    why: str = ""


WORDS = {
    "error-page": "error pages",
    "wall": "walls against robots",
    "redirect": "redirects elsewhere",
    "parked": "pages of a parked or lapsed name",
    "other-work": "other works",
}
"""What a copy may show in place of the page, each in words for a person."""

DOUBTS = {
    "needs-scripts": "the copy shows its text only with scripts",
    "quotes-missing": "the words that the document quotes are not in the copy",
    "title-missing": "no word of the cited title is in the copy",
    "doubtful": "it cannot be told whether the copy shows the page",
}

Judge: TypeAlias = Callable[[Link, Exchange], Awaitable[Shown]]
"""Tells what a replayed page, put back as it was archived, is to a link. Never raises."""

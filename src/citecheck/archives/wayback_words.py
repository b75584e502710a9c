"""What a person should know of the captures that the index lists of a page. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from citecheck.archives.shown import WORDS
from citecheck.archives.wayback_choice import Choice, Closeness, closeness, good, unclear
from citecheck.archives.wayback_rows import UNREADABLE, Capture
from citecheck.records.archive import PassedOver
from citecheck.records.link import Link
from citecheck.text.fold import plain


def said_of(
    link: Link, choice: Choice, captures: Sequence[Capture], passed_over: Sequence[PassedOver]
) -> str:
    """What a person should know of the captures that are offered, or of those that are not."""
    if choice.other:
        return f"the captures are of an address written otherwise: {plain(choice.other)}"
    if choice.latest is not None:
        return ""
    mine = [c for c in captures if closeness(link.url, c.original) < Closeness.FOREIGN]
    if not mine:
        return ""
    if all(c.media_type == UNREADABLE for c in mine):
        return f"the archive's index has {_captures(len(mine))}, in rows that cannot be read"
    fine = len(good(mine) or unclear(mine))
    if not fine or not passed_over:
        return f"{_captures(len(mine))}, none of the page: errors or redirects"
    kinds = dict.fromkeys(WORDS.get(p.why, p.why) for p in passed_over)
    return f"{_captures(fine)}, none of the page: {', '.join(kinds)}"


def _captures(count: int) -> str:
    return "1 capture" if count == 1 else f"{count:,} captures"

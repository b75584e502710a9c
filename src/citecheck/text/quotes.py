"""Whether quoted words stand in a text, by the hashes of their 4-token shingles.

A quote that is reproduced with an ellipsis or one changed word loses a few shingles, so half of
them in the text is enough; a quote that is not there has next to none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from citecheck.records.observation import Sketch
from citecheck.records.reference import Quote
from citecheck.text.shingles import shingle_hashes, tokens

MAX_TOKENS = 200_000
_SHARE = 0.5


def found_in(text: str, quotes: Iterable[Quote]) -> tuple[tuple[str, bool], ...]:
    """For each distinct quote, named by its first shingle, whether its words stand in the text."""
    wanted = {q.shingles[0]: q for q in quotes if q.shingles}
    if not wanted:
        return ()
    present = set(shingle_hashes(tokens(text)[:MAX_TOKENS]))
    return tuple((name, _stands(quote, present)) for name, quote in wanted.items())


def _numbers(shingles: Sequence[str]) -> list[int]:
    out = []
    for shingle in shingles:
        try:
            out.append(int(shingle, 16))
        except ValueError:
            continue
    return out


def _stands(quote: Quote, present: set[int]) -> bool:
    hashes = _numbers(quote.shingles)
    return bool(hashes) and sum(h in present for h in hashes) >= _SHARE * len(hashes)


def stood_in(sketch: Sketch, quote: Quote) -> bool:
    """Whether an earlier text certainly had the quote: at least two of its shingles can be looked
    up in the sketch and all of those are there."""
    complete = sketch.size == len(sketch.hashes)
    limit = sketch.hashes[-1] if sketch.hashes else -1
    known = [h for h in _numbers(quote.shingles) if complete or h <= limit]
    have = set(sketch.hashes)
    return len(known) >= 2 and all(h in have for h in known)

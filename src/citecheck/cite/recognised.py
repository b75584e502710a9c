"""Which work of an earlier run a work of this one is, so that ids once given are kept.

The strongest sign is a shared address, DOI, or title and year. A record that a person has corrected
may share none of these any more: it is known by its id, which was made from the uncorrected words.
At last, of what nobody claimed in the same document, a title that was mended in the document
itself: nearly the same words, the same year and no other author.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from difflib import SequenceMatcher

from citecheck.cite import merge
from citecheck.cite.draft import families, year
from citecheck.cite.ids import new_id
from citecheck.records.reference import Reference
from citecheck.text.fold import fold

_NEARLY = 0.85  # of the characters of two titles, in order
_MOST = 300  # records on either side that are compared title by title
_COMPARED = 300  # characters of a title; comparing takes their square


def given_ids(
    works: Sequence[Reference],
    documents: Sequence[frozenset[str]],
    old: Sequence[Reference],
    corrected: Collection[str],
) -> list[str]:
    """For each work the id that an earlier run gave it, or the empty string.

    `documents` says for each work where it is cited; `corrected` are the ids that a person wrote
    corrections for."""
    index = merge.by_key(old)
    by_hand = {r.id for r in old if r.id in corrected}
    used: set[str] = set()
    given: list[str] = []
    for work in works:
        given.append(_by_key(work, index, used))
        used.add(given[-1])
    # Only then by the look of an id: it belongs to the work that its address or title claims.
    for i, work in enumerate(works):
        given[i] = given[i] or _by_id(work, by_hand, used)
        used.add(given[i])
    rest = [i for i, name in enumerate(given) if not name]
    unclaimed = [r for r in old if r.id and r.id not in used and r.citations]
    if rest and unclaimed and len(rest) <= _MOST and len(unclaimed) <= _MOST:
        for i in rest:
            given[i] = _nearly(works[i], documents[i], unclaimed, used)
            used.add(given[i])
    return given


def _by_key(
    work: Reference, index: Mapping[tuple[str, str], list[Reference]], used: Collection[str]
) -> str:
    for key in merge.keys(work):
        for old in index.get(key, ()):
            if old.id and old.id not in used and merge.same_work(old, work, key):
                return old.id
    return ""


def _by_id(work: Reference, by_hand: Collection[str], used: Collection[str]) -> str:
    if not by_hand:
        return ""
    base = new_id(work, ())
    fits = (
        name
        for name in sorted(by_hand)
        if name == base or (name.startswith(base + "-") and name[len(base) + 1 :].isdigit())
    )
    return next((name for name in fits if name not in used), "")


def _nearly(
    work: Reference,
    documents: Collection[str],
    unclaimed: Sequence[Reference],
    used: Collection[str],
) -> str:
    title, ours = fold(work.title)[:_COMPARED], families(work.csl)
    best, name = _NEARLY, ""
    for old in unclaimed:
        if old.id in used or not any(c.document in documents for c in old.citations):
            continue
        theirs = families(old.csl)
        if year(old.csl) != year(work.csl) or bool(ours) != bool(theirs) or ours - theirs:
            continue
        matcher = SequenceMatcher(None, title, fold(old.title)[:_COMPARED], autojunk=False)
        if matcher.quick_ratio() >= best and (ratio := matcher.ratio()) >= best:
            best, name = ratio, old.id
    return name

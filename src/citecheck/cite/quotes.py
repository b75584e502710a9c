"""Words that a citing sentence quotes from the source, kept as hashed shingles only.

The sentence before a callout is the author's; what stands in quotation marks there is taken for the
source's words when it has at least four tokens. Where a note has several citations the first one
gets them (that is the custom: the source of the quotation comes first, others follow with `see
also`). Words that are a title cited in the note are names, not quotations. A gap marked by an
ellipsis or a bracket divides a quotation.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from citecheck.cite import marks
from citecheck.records.document import Note
from citecheck.records.reference import Quote
from citecheck.text.fold import fold
from citecheck.text.shingles import SHINGLE, shingle_hashes, to_hex, tokens

_GAPS = re.compile(r"\[[^\]]{0,80}\]|…|\.\s?\.\s?\.|\(\.\.\.\)")
MOST = 12  # quotations of one note


def quotes_of(note: Note, titles: Collection[str]) -> tuple[Quote, ...]:
    """The quotations in the sentences that call a note, none of them one of the titles."""
    named = [f" {fold(t)} " for t in titles if t]
    found: dict[tuple[str, ...], Quote] = {}
    for callout in note.callouts:
        sentence = callout.sentence[:20_000]
        for pair in marks.quoted(sentence):
            if pair.repaired:
                continue
            for part in _GAPS.split(sentence[pair.start + 1 : pair.end - 1]):
                quote = _quote(part, named)
                if quote is not None and len(found) < MOST:
                    found.setdefault(quote.shingles, quote)
    return tuple(found.values())


def _quote(text: str, named: list[str]) -> Quote | None:
    words = tokens(text)
    folded = f" {fold(text)} "
    if len(words) < SHINGLE or any(folded in t or t in folded for t in named):
        return None
    return Quote(len(words), tuple(to_hex(h) for h in shingle_hashes(words[:400])))

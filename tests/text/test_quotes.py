"""Quoted words by their hashes."""

from __future__ import annotations

from itertools import pairwise

from citecheck.records.reference import Quote
from citecheck.text.quotes import found_in, stood_in
from citecheck.text.shingles import shingle_hashes, sketch, to_hex, tokens

TEXT = "The keeper wrote down each stroke in a ledger with ruled columns, and no one ever read it."


def quote(words: str) -> Quote:
    return Quote(len(tokens(words)), tuple(to_hex(h) for h in shingle_hashes(tokens(words))))


def test_found_exactly_and_with_one_word_changed() -> None:
    exact = quote("each stroke in a ledger with ruled columns")
    changed = quote("keeper wrote down each stroke in a LEDGER with ruled columns and nobody")
    absent = quote("sailors who relied on the almanac disagreed loudly")
    assert found_in(TEXT, (exact, changed, absent)) == (
        (exact.shingles[0], True),
        (changed.shingles[0], True),
        (absent.shingles[0], False),
    )


def test_a_quote_without_readable_hashes_is_not_found() -> None:
    assert found_in(TEXT, (Quote(4, ()),)) == ()
    assert found_in(TEXT, (Quote(4, ("not hex",)),)) == (("not hex", False),)


def test_what_stood_in_an_earlier_text() -> None:
    before = sketch(tokens(TEXT))
    assert stood_in(before, quote("each stroke in a ledger with ruled columns"))
    assert not stood_in(before, quote("each stroke in a diary with ruled columns"))
    assert not stood_in(before, quote("a ledger"))


def test_a_sampled_sketch_answers_only_for_what_it_covers() -> None:
    words = [f"w{n}" for n in range(5000)]
    before = sketch(words)
    covered = [n for n, h in enumerate(shingle_hashes(words)) if h <= before.hashes[-1]]
    start = next(a for a, b in pairwise(covered) if b - a <= 8)
    assert stood_in(before, quote(" ".join(words[start : start + 12])))
    assert not stood_in(before, quote("one two three four five six seven"))

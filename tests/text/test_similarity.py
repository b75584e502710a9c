"""Containment, Jaccard and the buckets, on texts small enough to be read."""

from __future__ import annotations

import pytest

from citecheck.records.observation import Sketch
from citecheck.text.shingles import SKETCH, sketch, tokens
from citecheck.text.similarity import Drift, classify, compare

WORDS = [f"w{n}" for n in range(200)]
OTHER = [f"x{n}" for n in range(200)]
BOOK = [f"b{n}" for n in range(4000)]


def edited(words: list[str], every: int) -> list[str]:
    """One word of every so many replaced."""
    return [f"new{n}" if n % every == every - 1 else w for n, w in enumerate(words)]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (WORDS, WORDS, Drift.SAME),
        (WORDS, [*WORDS[:199], "end"], Drift.SAME),
        (WORDS, edited(WORDS, 50), Drift.EDITED),
        (WORDS, [*WORDS, *OTHER[:120]], Drift.APPENDED),
        (WORDS, edited(WORDS, 10), Drift.CHANGED),
        (WORDS, [*WORDS[:100], *OTHER[:100]], Drift.CHANGED),
        (WORDS, OTHER, Drift.REPLACED),
        (WORDS, WORDS[:60], Drift.TRUNCATED),
        (WORDS, OTHER[:60], Drift.REPLACED),
        (WORDS, OTHER[:5], Drift.CANNOT_TELL),
        (WORDS[:30], WORDS[:28], Drift.EDITED),
        (WORDS[:30], OTHER[:30], Drift.REPLACED),
        (WORDS[:30], edited(WORDS[:30], 6), Drift.CANNOT_TELL),
        (WORDS[:2], OTHER[:7], Drift.CANNOT_TELL),
        (WORDS[:6], WORDS[:12], Drift.APPENDED),
        (BOOK, edited(BOOK, 100), Drift.EDITED),
        (BOOK, edited(BOOK, 5), Drift.CHANGED),
        (BOOK, BOOK[:800], Drift.TRUNCATED),
        (BOOK, [f"y{n}" for n in range(4000)], Drift.REPLACED),
    ],
)
def test_buckets(old: list[str], new: list[str], expected: Drift) -> None:
    assert classify(sketch(old), sketch(new)) is expected


def test_whole_sets_are_exact() -> None:
    seen = compare(sketch(WORDS[:103]), sketch([*WORDS[:53], *OTHER[:50]]))
    assert (seen.kept, seen.covered, seen.basis) == (0.5, 0.5, "full")
    assert seen.jaccard == pytest.approx(50 / 150)


def test_a_sampled_sketch_estimates_what_the_whole_set_says() -> None:
    new = [*BOOK[:2000], *[f"y{n}" for n in range(2000)]]
    seen = compare(sketch(BOOK), sketch(new))
    assert seen.basis == "sketch"
    assert seen.kept == pytest.approx(0.5, abs=0.07)
    assert seen.as_similarity().measure == "containment-4"


def test_empty_texts() -> None:
    nothing = Sketch(0, 0, ())
    assert compare(nothing, nothing).kept == 1.0
    assert compare(sketch(WORDS), nothing).kept == 0.0


def test_the_sketch_is_bounded_and_sorted() -> None:
    made = sketch(tokens(" ".join(BOOK)))
    assert (len(made.hashes), made.size, made.tokens) == (SKETCH, 3997, 4000)
    assert list(made.hashes) == sorted(made.hashes)

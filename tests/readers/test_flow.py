"""Folding and cutting text while keeping places."""

from __future__ import annotations

import pytest

from citecheck.readers.flow import FlowBuilder, fold, without


@pytest.mark.parametrize(
    ("drops", "pieces"),
    [
        ([], [(0, 10)]),
        ([(2, 4)], [(0, 2), (4, 10)]),
        ([(0, 4), (6, 10)], [(4, 6)]),
        ([(2, 8), (3, 4)], [(0, 2), (8, 10)]),
        ([(8, 20), (30, 40)], [(0, 8)]),
        ([(0, 10)], []),
    ],
)
def test_a_range_less_what_is_dropped(
    drops: list[tuple[int, int]], pieces: list[tuple[int, int]]
) -> None:
    assert without(0, 10, drops) == pieces


def test_a_drop_that_began_before_the_range() -> None:
    assert without(5, 10, [(2, 7), (9, 12)]) == [(7, 9)]


def test_white_space_folds_and_places_follow() -> None:
    text = "  A\u00a0 b\n\n\u200bc\u00add  "
    folded = fold(text, [(0, len(text))])
    assert folded.text == "A b cd"
    assert [folded.place(text.index(c)) for c in "Abcd"] == [0, 2, 4, 5]
    assert folded.place(len(text)) == 6


def test_pieces_join_without_double_spaces() -> None:
    text = "word [1] goes on"
    assert fold(text, without(0, len(text), [(5, 8)])).text == "word goes on"


def test_every_character_knows_its_source() -> None:
    builder = FlowBuilder()
    builder.begin_block()
    builder.verbatim("ab", 10)
    builder.standing_for("&", (12, 17))
    builder.mapped("cd", [20, 25, 26])
    builder.end_block("text", (10, 26))
    flow = builder.finish()
    assert flow.text == "ab&cd\n\n"
    assert [flow.source(i, i + 1) for i in range(5)] == [
        (10, 11),
        (11, 12),
        (12, 17),
        (20, 21),
        (25, 26),
    ]
    assert flow.source(0, 5) == (10, 26)
    assert builder.since(1) == "b&cd\n\n"

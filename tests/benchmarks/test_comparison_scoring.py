"""One rule says which answers are right, for every checker alike."""

from __future__ import annotations

import pytest
from benchmarks.comparison.behaviour import Case, Says
from benchmarks.comparison.scoring import RIGHT, Call, Heard, Score, is_right, score


def case(says: Says) -> Case:
    return Case("a case", "https://a.org/b", "A Title", says, ())


@pytest.mark.parametrize(
    ("says", "fine", "broken", "left_open"),
    [
        (Says.WORKS, True, False, False),
        (Says.MOVED, True, False, False),
        (Says.DEAD, False, True, False),
        (Says.WRONG, False, True, False),
        (Says.BLOCKED, True, False, True),
        (Says.DOWN, False, True, True),
        (Says.HICCUP, True, False, True),
    ],
)
def test_what_counts_as_right(says: Says, fine: bool, broken: bool, left_open: bool) -> None:
    told = [
        is_right(case(says), Heard(c, "")) for c in (Call.FINE, Call.BROKEN, Call.OPEN, Call.NONE)
    ]
    assert told == [fine, broken, left_open, False]


def test_every_saying_has_a_rule() -> None:
    assert set(RIGHT) == set(Says)


def test_a_score_tells_false_alarms_from_misses() -> None:
    rows = [
        (case(Says.WORKS), Heard(Call.FINE, "200")),
        (case(Says.WORKS), Heard(Call.OPEN, "skipped")),
        (case(Says.BLOCKED), Heard(Call.BROKEN, "403")),
        (case(Says.DEAD), Heard(Call.FINE, "200")),
        (case(Says.WRONG), Heard(Call.OPEN, "?")),
        (case(Says.DOWN), Heard(Call.BROKEN, "refused")),
    ]
    assert score(rows) == Score(right=2, rows=6, false_alarms=1, missed=1)

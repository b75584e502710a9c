"""Which answers are right. The rule is one for all checkers and knows none of them.

A checker's answer is reduced to one of three: it calls the link fine, it calls it broken, or it
leaves it open (skipped, ignored, unknown, blocked, timed out in a class of its own). A checker that
says nothing of an address, or that crashed on it, gave no answer, which is never right.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from benchmarks.comparison.behaviour import Case, Says


class Call(Enum):
    FINE = "fine"
    BROKEN = "broken"
    OPEN = "left open"
    NONE = "no answer"


@dataclass(frozen=True, slots=True)
class Heard:
    """What a checker said of one address: the call, and its own word for it."""

    call: Call
    word: str


RIGHT: dict[Says, frozenset[Call]] = {
    Says.WORKS: frozenset({Call.FINE}),
    Says.MOVED: frozenset({Call.FINE}),
    Says.DEAD: frozenset({Call.BROKEN}),
    Says.WRONG: frozenset({Call.BROKEN}),
    Says.BLOCKED: frozenset({Call.FINE, Call.OPEN}),
    Says.DOWN: frozenset({Call.BROKEN, Call.OPEN}),
    Says.HICCUP: frozenset({Call.FINE, Call.OPEN}),
}
ALIVE = frozenset({Says.WORKS, Says.MOVED, Says.BLOCKED, Says.HICCUP})
ROTTEN = frozenset({Says.DEAD, Says.WRONG})


def is_right(case: Case, heard: Heard) -> bool:
    return heard.call in RIGHT[case.says]


@dataclass(frozen=True, slots=True)
class Score:
    """How a checker did on some rows. `false_alarms`: pages that are there, or that nothing is
    known about, called broken. `missed`: dead and wrong pages called fine."""

    right: int
    rows: int
    false_alarms: int
    missed: int


def score(pairs: Iterable[tuple[Case, Heard]]) -> Score:
    rows = tuple(pairs)
    return Score(
        right=sum(is_right(case, heard) for case, heard in rows),
        rows=len(rows),
        false_alarms=sum(c.says in ALIVE and h.call is Call.BROKEN for c, h in rows),
        missed=sum(c.says in ROTTEN and h.call is Call.FINE for c, h in rows),
    )

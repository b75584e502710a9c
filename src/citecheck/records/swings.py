"""Swings: a link that goes to and fro between findings is news three times, then no longer.

A wall with moods, a server that sleeps on Mondays, two versions of a page shown by chance: each
swing is a true finding of its day and none tells anything new. (urlwatch compares with several
earlier versions of a page for this reason; InternetArchiveBot waits for three failures.) So:

- a *turn* is a change from one finding to another, told or not; those of the last 30 days count;
- with the third turn between the same two states, back to a finding that it had before, the link
  is **unsteady** among these findings. This third turn is news and says so. What is told from now
  on is "one of these", so a further turn among them differs in nothing from what was last told:
  it is no news;
- any other finding is news, at once. That is how a link that swings becomes dead: failures
  confirmed over days are a finding of their own;
- a link that has found the same on three visits in a row and for fourteen days has **settled**. If
  what it settled on was not told as news when it came, it is now.

The state shown is always that of the last visit. What was last told stands in the ledger's line;
the swings since are kept in `.state/` (`Swing`): losing them loses the day's mood, no verdict.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from citecheck.records.memory import SWINGING, LinkRecord, Memory, Swing, Turn, Unsteady

WINDOW = timedelta(days=30)
TELLS = 3  # turns between the same two states that are news
SETTLED_VISITS = 3
SETTLED_AFTER = timedelta(days=14)
_MOST_TURNS = 12


@dataclass(frozen=True, slots=True)
class Turned:
    """`turns` and `unsteady` of the record after a visit; `quiet`: a turn that is no news;
    `settled`: an unsteady link that is steady again."""

    turns: tuple[Turn, ...] = ()
    unsteady: Unsteady | None = None
    quiet: bool = False
    settled: bool = False


def word(record: LinkRecord) -> str:
    return f"{record.state}/{record.reason}"


def turned(known: Memory, found: str, at: datetime) -> Turned:
    """What a visit makes of a link's swings; `found` is its finding as `state/reason`."""
    before = known.present
    if before is None:
        return Turned()
    if word(before) == found:
        long = at - before.since >= SETTLED_AFTER
        if before.unsteady is not None and steady(known, at) >= SETTLED_VISITS and long:
            return Turned(settled=True)
        return Turned(before.turns, before.unsteady)
    turn = Turn(at, word(before), found)
    turns = (*(t for t in before.turns if at - t.at <= WINDOW), turn)[-_MOST_TURNS:]
    mark = before.unsteady
    if mark is not None and {turn.before, turn.after} <= set(mark.among):
        return Turned(turns, replace(mark, times=mark.times + 1), quiet=True)
    same = [t for t in turns if _states(t) == _states(turn)]
    seen = any(found in (t.before, t.after) for t in turns[:-1])
    if len(same) < TELLS or not seen:
        return Turned(turns, mark)
    words = (found for t in same for found in (t.before, t.after))
    among = tuple(dict.fromkeys((*(mark.among if mark else ()), *words)))
    since = mark.since if mark else same[0].at
    return Turned(turns, Unsteady(among, len(same) + (mark.times if mark else 0), since))


def steady(known: Memory, at: datetime) -> int:
    """How many visits in a row found the same, where the one made `at` did, too. What a run saw
    that was killed at its very end comes twice: one visit is counted once."""
    visit = known.visit
    if visit is None:
        return 1
    return visit.steady if visit.steady and visit.checked == at else visit.steady + 1


def _states(turn: Turn) -> frozenset[str]:
    return frozenset(found.partition("/")[0] for found in (turn.before, turn.after))


def told(line: LinkRecord, present: LinkRecord) -> LinkRecord:
    """The ledger's line after a quiet turn: still what was last told, with what else is new."""
    return replace(present, **{name: getattr(line, name) for name in SWINGING})


def swing(line: LinkRecord, present: LinkRecord) -> Swing:
    """What is laid over the line to have the present again."""
    return Swing(line.since, **{name: getattr(present, name) for name in SWINGING})

"""Which answers of earlier runs stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from citecheck.archives.due import kept_lookup
from citecheck.records.archive import Lookup, LookupState
from citecheck.records.finding import State
from citecheck.records.memory import Strikes
from citecheck.settings import ArchiveSettings
from standins.clock import START
from standins.keeping import candidate, record


def day(number: float) -> timedelta:
    return timedelta(days=number)


@pytest.mark.parametrize(
    ("state", "reason", "struck", "asked", "stands"),
    [
        (State.OK, "ok", (), 0, True),
        (State.UNREACHABLE, "connect-timeout", (0, 4), 0.1, True),
        (State.UNREACHABLE, "connect-timeout", (0, 4), -1, False),
        # An answer from the day of the first failure cannot tell of a capture since then.
        (State.DEAD, "unreachable-confirmed", (0, 4), 0.1, False),
        (State.DEAD, "unreachable-confirmed", (0, 4), 4.1, True),
        (State.DEAD, "http-404", (0, 4), 0.1, True),
    ],
)
def test_an_answer_stands_until_a_failure_outdates_it(
    state: State, reason: str, struck: tuple[float, ...], asked: float, stands: bool
) -> None:
    strikes = Strikes(2, START + day(struck[0]), START + day(struck[-1])) if struck else Strikes()
    known = replace(record(), lookup=Lookup(LookupState.NONE, START + day(asked)), strikes=strikes)
    kept = kept_lookup(
        candidate(state=state, reason=reason), known, ArchiveSettings(), START + day(8)
    )
    assert (kept is not None) is stands

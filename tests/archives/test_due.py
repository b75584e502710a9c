"""Which answers of earlier runs stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

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
        # The page is gone since: whoever has a copy of it is now what matters.
        (State.DEAD, "http-404", (0, 4), 0.1, False),
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


DAY = date(2021, 3, 5)


@pytest.mark.parametrize(
    ("asked_for", "basis", "cited_on", "dated_by", "stands"),
    [
        (DAY, "issued", DAY, "issued", True),
        (DAY, "issued", DAY, "access", True),
        (DAY, "issued", date(2021, 3, 6), "issued", False),
        (DAY, "issued", None, "", False),
        (None, "", DAY, "document", False),
        # Read from references/, a citation no longer has the date of its document.
        (DAY, "document", None, "", True),
        (DAY, "document", date(2020, 7, 1), "year", True),
        (DAY, "document", date(2020, 7, 1), "access", False),
    ],
)
def test_an_answer_stands_for_the_day_it_was_made_for(
    asked_for: date | None, basis: str, cited_on: date | None, dated_by: str, stands: bool
) -> None:
    lookup = Lookup(LookupState.FOUND, START, cited_on=asked_for, basis=basis)
    one = candidate(cited_on=cited_on)
    one = replace(one, link=replace(one.link, dated_by=dated_by))
    known = replace(record(), lookup=lookup)
    assert (kept_lookup(one, known, ArchiveSettings(), START + day(1)) is not None) is stands


def test_a_provisional_answer_never_stands() -> None:
    lookup = Lookup(LookupState.FOUND, START, cited_on=DAY, provisional=True)
    known = replace(record(), lookup=lookup)
    assert kept_lookup(candidate(cited_on=DAY), known, ArchiveSettings(), START + day(1)) is None

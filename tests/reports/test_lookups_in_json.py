"""What a look-up says in the report, there and back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from citecheck.records.archive import (
    Grade,
    Lookup,
    LookupState,
    PassedOver,
    Snapshot,
)
from citecheck.records.finding import Confidence, Finding, State
from citecheck.records.report import LinkRow
from citecheck.reports.json_parse import link_of
from citecheck.reports.json_rows import link_row

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
ROW = LinkRow(
    "https://example.org/",
    Finding(State.DEAD, "http-404", Confidence.HIGH, "x."),
    AT,
    news=False,
    lookup=Lookup(
        LookupState.FOUND,
        AT,
        Grade.NEAREST,
        3,
        "a word",
        date(2019, 3, 14),
        "access",
        (PassedOver("20190312000000", "error-page"),),
        provisional=True,
    ),
    snapshots=(Snapshot("wayback", "https://web.archive.org/x", AT, "cited", 200, True),),
)


def test_dates_and_copies_that_were_looked_at() -> None:
    told = link_row(ROW)
    assert (told["lookup"]["date"], told["lookup"]["basis"]) == ("2019-03-14", "access")
    assert told["lookup"]["passed_over"] == [{"stamp": "20190312000000", "why": "error-page"}]
    assert told["lookup"]["provisional"] is True
    assert [s["verified"] for s in told["snapshots"]] == [True]
    assert link_of(told) == ROW


def test_a_report_from_before_says_nothing_of_it() -> None:
    told = link_row(replace(ROW, lookup=Lookup(LookupState.FOUND, AT)))
    for key in ("date", "basis", "passed_over", "provisional"):
        del told["lookup"][key]
    del told["snapshots"][0]["verified"]
    back = link_of(told)
    assert back.lookup == Lookup(LookupState.FOUND, AT)
    assert back.snapshots[0].verified is None

"""Copies at other places are remembered beside those of the Wayback Machine, and displace none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from citecheck import verdict
from citecheck.ledger.codec import decode, encode
from citecheck.ledger.journal import Journal, unfinished
from citecheck.records.archive import (
    PERMA,
    SOFTWARE_HERITAGE,
    Lookup,
    LookupResult,
    LookupState,
    SaveOutcome,
    SaveState,
    Snapshot,
)
from citecheck.records.memory import LinkRecord, Memory
from citecheck.remember import Remembered, remember
from citecheck.resume import take_up
from citecheck.settings import Settings
from standins.clock import START, FakeClock
from standins.judged import URL, cited, observed, page, visited

LATER = START + timedelta(days=7)
Homes = tuple[SaveOutcome, ...]


def copy(archive: str, role: str, day: int) -> Snapshot:
    taken = datetime(2026, 2, day, tzinfo=UTC)
    return Snapshot(archive, f"https://{archive}/{role}/{day}", taken, role)


def home(archive: str, state: SaveState, reason: str = "", *, day: int = 0) -> SaveOutcome:
    role = "saved" if state is SaveState.SAVED else "latest"
    snapshot = copy(archive, role, day) if day else None
    return SaveOutcome(state, reason, "", LATER, snapshot, archive)


def run(
    memory: Memory,
    *homes: SaveOutcome,
    lookup: LookupResult | None = None,
    save: SaveOutcome | None = None,
) -> Remembered:
    link = cited()
    return remember(
        [link],
        {URL: verdict.unvisited(link, memory, "not-due")},
        {},
        {URL: lookup} if lookup else {},
        {URL: save} if save else {},
        {URL: memory},
        Settings(),
        LATER,
        {URL: homes} if homes else {},
    )


def fine() -> Memory:
    return visited(Memory(), observed(page()))[1]


def record_of(told: Remembered) -> LinkRecord:
    record = told.memory[URL].record
    assert record is not None
    return record


def shown(told: Remembered) -> list[tuple[str, str, int]]:
    return [(s.archive, s.role, s.taken.day) for s in record_of(told).snapshots]


def found(*snapshots: Snapshot) -> LookupResult:
    return LookupResult(URL, Lookup(LookupState.FOUND, LATER), snapshots)


def test_a_copy_of_the_repository_stands_beside_those_of_the_page() -> None:
    wayback = found(copy("wayback", "cited", 3), copy("wayback", "latest", 9))
    told = run(fine(), home(SOFTWARE_HERITAGE, SaveState.NONE, "has-copy", day=20), lookup=wayback)
    assert shown(told) == [
        ("wayback", "cited", 3),
        ("wayback", "latest", 9),
        ("software-heritage", "latest", 20),
    ]
    again = run(told.memory[URL], lookup=found(copy("wayback", "cited", 4)))
    assert shown(again) == [("wayback", "cited", 4), ("software-heritage", "latest", 20)]


def test_every_archive_that_saved_keeps_its_own_copy() -> None:
    save = SaveOutcome(SaveState.SAVED, submitted=LATER, snapshot=copy("wayback", "saved", 11))
    told = run(
        fine(),
        home(PERMA, SaveState.SAVED, day=12),
        home(SOFTWARE_HERITAGE, SaveState.SAVED, day=13),
        save=save,
    )
    assert shown(told) == [
        ("wayback", "saved", 11),
        ("perma.cc", "saved", 12),
        ("software-heritage", "saved", 13),
    ]
    assert [o.archive for o in record_of(told).saves] == ["perma.cc", "software-heritage"]
    assert record_of(told).save == save, "the Wayback Machine's stays where it was"


def test_a_newer_outcome_takes_the_place_of_the_older_with_its_copy() -> None:
    first = run(fine(), home(SOFTWARE_HERITAGE, SaveState.NONE, "has-copy", day=5))
    told = run(first.memory[URL], home(SOFTWARE_HERITAGE, SaveState.SAVED, day=25))
    assert shown(told) == [("software-heritage", "saved", 25)]
    assert len(record_of(told).saves) == 1


def test_what_was_left_for_another_time_is_shown_and_not_kept() -> None:
    first = run(fine(), home(SOFTWARE_HERITAGE, SaveState.PENDING))
    told = run(first.memory[URL], home(SOFTWARE_HERITAGE, SaveState.SKIPPED, "budget"))
    assert [(o.state.value, o.reason) for o in told.rows[0].saves] == [("skipped", "budget")]
    assert record_of(told).saves == record_of(first).saves


def test_only_the_newest_of_the_page_stands_for_cited_and_latest() -> None:
    lookup = found(copy("wayback", "latest", 3), copy("arquivo.pt", "latest", 9))
    assert shown(run(fine(), lookup=lookup)) == [("arquivo.pt", "latest", 9)]


def test_the_ledger_keeps_it_all() -> None:
    record = record_of(run(fine(), home(PERMA, SaveState.SAVED, day=12)))
    assert decode(LinkRecord, encode(record)) == record
    older = encode(record_of(run(fine())))
    assert "saves" not in older, "a record without any is written as before"


def test_what_a_killed_run_was_told_is_in_its_journal_by_archive(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.jsonl", "one", FakeClock())
    journal.save_changed(URL, SaveOutcome(SaveState.PENDING, "", "spn2-1", LATER))
    journal.save_changed(URL, home(PERMA, SaveState.UNKNOWN, "no-answer"))
    journal.save_changed(URL, home(SOFTWARE_HERITAGE, SaveState.PENDING))
    journal.save_changed(URL, home(PERMA, SaveState.SAVED, day=12))
    journal.close(finished=False)
    left = unfinished(tmp_path / "journal.jsonl", [])
    taken = take_up([cited()], {}, left, Settings(), LATER)
    assert taken.saves[URL].job == "spn2-1"
    assert [(o.archive, o.state.value) for o in taken.homes[URL]] == [
        ("perma.cc", "saved"),
        ("software-heritage", "pending"),
    ]

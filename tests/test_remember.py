"""What a run found is folded into the memory; an archive that said nothing changes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from citecheck import verdict
from citecheck.records.archive import (
    Answer,
    Lookup,
    LookupResult,
    LookupState,
    SaveOutcome,
    SaveState,
    Snapshot,
)
from citecheck.records.link import Link
from citecheck.records.memory import LinkRecord, Memory
from citecheck.records.observation import FaultKind, Hop
from citecheck.remember import Remembered, absorb, remember, with_archives
from citecheck.settings import Settings
from standins.clock import START
from standins.judged import URL, cited, failed, observed, page, verdict_on, visited

LATER = START + timedelta(days=7)


def snapshot(day: int, role: str = "cited") -> Snapshot:
    return Snapshot(
        "wayback",
        f"https://web.archive.org/web/{day}/{URL}",
        datetime(2019, 1, day, tzinfo=UTC),
        role,
    )


def looked(state: LookupState, *snapshots: Snapshot) -> LookupResult:
    return LookupResult(URL, Lookup(state, LATER), snapshots)


def run(
    memory: Memory,
    lookup: LookupResult | None = None,
    save: SaveOutcome | None = None,
    *,
    unvisited: str = "",
    status: int = 200,
) -> Remembered:
    link = cited()
    seen = observed(page(), status=status, at=LATER)
    if unvisited:
        finding = verdict.unvisited(link, memory, unvisited)
    else:
        finding = verdict_on(seen, memory=memory)
    return remember(
        [link],
        {URL: finding},
        {} if unvisited else {URL: seen},
        {URL: lookup} if lookup else {},
        {URL: save} if save else {},
        {URL: memory},
        Settings(),
        LATER,
    )


def fine() -> Memory:
    return visited(Memory(), observed(page()))[1]


def record_of(told: Remembered) -> LinkRecord:
    record = told.memory[URL].record
    assert record is not None
    return record


def test_the_same_again_is_no_news_and_keeps_its_since() -> None:
    told = run(fine())
    assert told.news == ()
    assert told.rows[0].news is False
    assert record_of(told).since == START
    visit = told.memory[URL].visit
    assert visit is not None
    assert visit.checked == LATER


def test_another_state_is_news_that_names_the_one_before() -> None:
    told = run(fine(), status=410)
    assert [(r.state, r.previous_state, r.since) for r in told.news] == [("dead", "ok", LATER)]
    previous = told.rows[0].previous
    assert previous is not None
    assert (previous.state, previous.reason) == ("ok", "ok")


def test_a_link_that_was_not_visited_keeps_its_memory() -> None:
    memory = fine()
    told = run(memory, unvisited="not-due")
    assert told.memory == {URL: memory}
    assert told.news == ()


def test_nothing_is_remembered_of_a_link_that_nobody_has_seen_or_asked_for() -> None:
    assert run(Memory(), unvisited="excluded").memory == {}
    found = looked(LookupState.FOUND, snapshot(3))
    assert record_of(run(Memory(), found, unvisited="excluded")).snapshots == (snapshot(3),)


@pytest.mark.parametrize(
    "state", [LookupState.THROTTLED, LookupState.UNAVAILABLE, LookupState.NOT_ASKED]
)
def test_an_archive_that_has_not_answered_changes_no_memory(state: LookupState) -> None:
    memory = fine()
    assert memory.record is not None
    known = looked(LookupState.FOUND, snapshot(3))
    record = with_archives(memory.record, known, None)
    told = run(Memory(record, memory.visit), looked(state))
    assert record_of(told).lookup == known.lookup
    assert record_of(told).snapshots == (snapshot(3),)
    shown = told.rows[0].lookup
    assert shown is not None
    assert shown.state is state, "the report says what this run was told"


def test_a_new_answer_replaces_the_old_but_never_what_was_saved() -> None:
    memory = fine()
    assert memory.record is not None
    old = replace(memory.record, snapshots=(snapshot(3), snapshot(9, "saved")))
    told = run(Memory(old, memory.visit), looked(LookupState.NONE))
    assert record_of(told).snapshots == (snapshot(9, "saved"),)


def test_a_saved_page_is_a_snapshot_of_its_own() -> None:
    outcome = SaveOutcome(SaveState.SAVED, job="j", snapshot=snapshot(9, "latest"))
    record = record_of(run(fine(), looked(LookupState.FOUND, snapshot(3)), outcome))
    assert record.snapshots == (snapshot(3), snapshot(9, "saved"))
    assert record.save == outcome


def test_a_skipped_save_leaves_the_known_job_alone() -> None:
    memory = fine()
    assert memory.record is not None
    pending = SaveOutcome(SaveState.PENDING, job="j")
    known = Memory(replace(memory.record, save=pending), memory.visit)
    told = run(known, None, SaveOutcome(SaveState.SKIPPED, "fresh"))
    assert record_of(told).save == pending


def test_what_a_killed_run_saw_is_folded_as_of_then() -> None:
    told = absorb([observed(page(), status=410)], {URL: cited()}, {URL: Memory()}, Settings())
    assert [(r.state, r.since) for r in told.news] == [("dead", START)]


def test_a_killed_run_without_network_concludes_nothing() -> None:
    links = [Link(f"https://h{n}.example{n}/x") for n in range(3)]
    seen = [failed(FaultKind.DNS_FAILURE, link=link) for link in links]
    assert absorb(seen, {}, {}, Settings()) == Remembered((), {}, ())


def test_a_capture_found_by_a_later_run_takes_the_death_back_and_is_news() -> None:
    memory = fine()
    for day in (1, 4, 7):
        at = START + timedelta(days=day)
        _, memory = visited(memory, failed(FaultKind.CONNECT_TIMEOUT, at=at))
    assert memory.record is not None
    assert memory.record.reason == "unreachable-confirmed"
    capture = Snapshot(
        "wayback", "https://web.archive.org/web/x", START + timedelta(days=5), "latest", 200
    )
    told = run(memory, looked(LookupState.FOUND, capture), unvisited="not-due")
    assert [(r.state, r.reason) for r in told.news] == [("unreachable", "not-from-here")]
    assert told.rows[0].news
    assert told.memory[URL].record == told.news[0]
    again = run(told.memory[URL], unvisited="not-due")
    assert again.news == ()
    assert again.rows[0].finding.reason == "not-from-here"


def test_a_wall_behind_a_resolver_neither_strikes_nor_resets() -> None:
    link, settings = cited("https://doi.org/10.1234/x"), Settings()
    at = START + timedelta(days=1)
    down = failed(FaultKind.CONNECT_TIMEOUT, link=link, at=at)
    memory = visited(Memory(), down, link=link)[1]
    wall = observed(
        "",
        link=link,
        status=403,
        hops=(Hop(link.url, 302),),
        final="https://press.example/x",
        at=at + timedelta(days=9),
    )
    finding = verdict.judge(link, wall, memory, settings=settings, now=wall.at)
    told = remember(
        [link], {link.url: finding}, {link.url: wall}, {}, {}, {link.url: memory}, settings, wall.at
    )
    record = told.memory[link.url].record
    assert record is not None
    assert (record.state, record.strikes.count) == ("ok", 1)


def test_what_other_archives_said_is_kept_though_the_wayback_machine_was_silent() -> None:
    said = (Answer("arquivo.pt", LookupState.NONE, LATER),)
    silent = LookupResult(URL, Lookup(LookupState.UNAVAILABLE, others=said))
    kept = record_of(run(fine(), silent)).lookup
    assert kept == Lookup(LookupState.NOT_ASKED, others=said)
    failed = (Answer("arquivo.pt", LookupState.UNAVAILABLE),)
    nothing = LookupResult(URL, Lookup(LookupState.UNAVAILABLE, others=failed))
    assert record_of(run(fine(), nothing)).lookup is None

"""How a link's memory grows: news, strikes, baselines, visits."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from citecheck.history import fold, fold_visit, is_news
from citecheck.records.finding import Baseline, Confidence, Finding, State
from citecheck.records.memory import Memory, Strikes
from citecheck.records.observation import FaultKind
from standins.clock import START
from standins.judged import (
    OTHER,
    STORY,
    TITLE,
    URL,
    cited,
    failed,
    observed,
    page,
    said,
    verdict_on,
    visited,
)

DAY = timedelta(days=1)


def first_visit(text: str = STORY) -> Memory:
    return visited(Memory(), observed(page(text=text)))[1]


def test_the_first_good_page_is_the_baseline() -> None:
    record = first_visit().record
    assert record is not None
    assert (record.state, record.reason, record.since) == ("ok", "ok", START)
    assert record.first_seen == record.last_ok == START
    assert record.baseline == Baseline("record", URL, "2026-03-01T12:00:00Z")
    assert record.title == TITLE
    assert record.extractor.startswith("trafilatura")
    assert len(record.text_sha256) == len(record.sha256) == 64


def test_a_quiet_visit_changes_nothing_in_the_record() -> None:
    memory = first_visit()
    _, later = visited(memory, observed(page(), at=START + DAY))
    assert later.record == memory.record
    assert later.visit is not None
    assert later.visit.checked == later.visit.last_ok == START + DAY


def test_news_keeps_what_was_before() -> None:
    memory = first_visit()
    gone = observed("", status=404, at=START + 9 * DAY)
    finding = verdict_on(gone, memory=memory)
    assert is_news(memory.record, finding)
    record = fold(URL, memory.record, finding, gone, gone.at, last_ok=START + 8 * DAY)
    assert (record.state, record.reason, record.since) == ("dead", "http-404", gone.at)
    assert (record.previous_state, record.previous_reason) == ("ok", "ok")
    assert record.previous_at == START
    assert record.last_ok == START + 8 * DAY
    assert record.baseline is not None
    assert not is_news(record, finding)


def test_what_is_news() -> None:
    fine = Finding(State.OK, "ok", Confidence.HIGH, "")
    left = Finding(State.UNCHECKED, "excluded", Confidence.HIGH, "")
    record = first_visit().record
    assert is_news(None, fine)
    assert not is_news(None, left)
    assert not is_news(record, replace(fine, confidence=Confidence.LOW))
    assert is_news(record, replace(fine, reason="ok-edited"))
    assert is_news(record, left)


def test_walls_errors_and_other_works_are_no_baseline() -> None:
    pages = {
        "blocked/challenge": observed("", status=403, headers={"cf-mitigated": "challenge"}),
        "blocked/login": observed("<title>Log in</title><input type=password>"),
        "dead/soft-404": observed("<title>Page not found</title>"),
        "mismatch/title-mismatch": observed(page("Forty new chairs for the garden", OTHER * 2)),
        "unreachable/http-5xx": observed("<p>oops", status=500),
    }
    for expected, seen in pages.items():
        finding, memory = visited(Memory(), seen)
        assert said(finding) == expected
        assert memory.record is not None
        assert memory.record.baseline is None
        assert memory.record.text_sha256 == ""


def test_a_changed_page_keeps_the_old_baseline_and_its_sketch() -> None:
    memory = first_visit(STORY * 2)
    link = cited(title="")
    seen = observed(page("The Gazette", OTHER * 2), link=link, at=START + DAY)
    finding, later = visited(memory, seen, link=link)
    assert finding.state is State.CHANGED
    assert memory.record and later.record and memory.visit and later.visit
    assert later.record.text_sha256 == memory.record.text_sha256
    assert later.visit.sketch == memory.visit.sketch
    back, _ = visited(
        later, observed(page(text=STORY * 2), link=link, at=START + 2 * DAY), link=link
    )
    assert said(back) == "ok/ok"


def test_another_extractor_makes_a_new_baseline_and_never_a_change() -> None:
    memory = first_visit()
    assert memory.record
    old = Memory(replace(memory.record, extractor="trafilatura 1.0 fast/1"), memory.visit)
    finding, later = visited(old, observed(page(text=OTHER), at=START + DAY))
    assert said(finding) == "ok/ok"
    assert later.record and later.visit
    assert later.record.extractor == memory.record.extractor
    assert later.record.baseline == Baseline("record", URL, "2026-03-02T12:00:00Z")
    assert later.visit.sketch != memory.visit.sketch if memory.visit else False


def test_strikes_count_three_days_apart_and_a_success_ends_them() -> None:
    memory = first_visit()
    counts = []
    for day in (1, 2, 3, 4, 6, 7, 8):
        at = START + day * DAY
        _, memory = visited(memory, failed(FaultKind.CONNECT_TIMEOUT, at=at))
        assert memory.record
        counts.append(memory.record.strikes.count)
    assert counts == [1, 1, 1, 2, 2, 3, 3]
    assert memory.record
    assert memory.record.strikes == Strikes(3, START + DAY, START + 7 * DAY)
    _, memory = visited(memory, observed(page(), at=START + 9 * DAY))
    assert memory.record
    assert memory.record.strikes == Strikes()


def test_a_blocked_visit_neither_strikes_nor_resets() -> None:
    _, memory = visited(first_visit(), failed(FaultKind.READ_TIMEOUT, at=START + DAY))
    _, memory = visited(memory, observed("", status=403, at=START + 5 * DAY))
    assert memory.record
    assert memory.record.strikes == Strikes(1, START + DAY, START + DAY)
    _, memory = visited(memory, failed(FaultKind.TLS_EXPIRED, at=START + 9 * DAY))
    assert memory.record
    assert memory.record.strikes.count == 1
    _, memory = visited(memory, observed("", status=404, at=START + 10 * DAY))
    assert memory.record
    assert memory.record.strikes.count == 0


def test_a_link_that_was_not_visited_keeps_its_strikes_and_baseline() -> None:
    _, memory = visited(first_visit(), failed(FaultKind.READ_TIMEOUT, at=START + DAY))
    left = Finding(State.UNCHECKED, "excluded", Confidence.HIGH, "Left out.")
    assert memory.record
    record = fold(URL, memory.record, left, None, START + 2 * DAY)
    assert (record.state, record.previous_state) == ("unchecked", "unreachable")
    assert record.strikes == memory.record.strikes
    assert record.baseline == memory.record.baseline


def test_validators_are_kept_only_for_the_page_itself() -> None:
    tags = {"ETag": '"1"', "Last-Modified": "Sun, 01 Mar 2026 12:00:00 GMT"}
    _, memory = visited(Memory(), observed(page(), headers=tags))
    assert memory.visit
    assert (memory.visit.etag, memory.visit.media_type) == ('"1"', "text/html")
    wall = observed("<h1>no", status=403, headers={"ETag": '"wall"'}, at=START + DAY)
    _, later = visited(memory, wall)
    assert later.visit
    assert (later.visit.etag, later.visit.last_modified) == ("", "")
    assert later.visit.sketch == memory.visit.sketch
    assert later.visit.last_ok == START


def test_not_modified_keeps_all_of_the_visit_but_its_time() -> None:
    memory = first_visit()
    assert memory.record and memory.visit
    seen = replace(
        observed("", status=304, at=START + DAY), not_modified=True, body=None, page=None
    )
    finding, later = visited(memory, seen)
    assert said(finding) == "ok/ok"
    assert later.record == memory.record
    assert later.visit == replace(memory.visit, checked=START + DAY, last_ok=START + DAY)


def test_a_lost_sketch_is_kept_again_once_the_baseline_text_comes_back() -> None:
    memory = first_visit()
    assert memory.record
    lost = Memory(memory.record, None)
    seen = observed(page(), at=START + DAY)
    assert fold_visit(None, seen, memory.record).sketch == seen.sketch
    edited = observed(page(text=STORY + "One more line was added."), at=START + DAY)
    finding = verdict_on(edited, memory=lost)
    assert said(finding) == "ok/ok-edited"

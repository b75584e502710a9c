"""The document's written part: from results to Markdown, in its place between the marks."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from benchmarks.comparison import table
from benchmarks.comparison.behaviour import Case, Says
from benchmarks.comparison.peers import LENIENT, PEERS, Peer
from benchmarks.comparison.results import Manners, Result, from_json, manners, matched, to_json
from benchmarks.comparison.scoring import Call, Heard

GONE = Case("gone", "https://a.org/x", "A Title", Says.DEAD, (), why="for good")
THERE = Case("there", "https://b.org/y", "B Title", Says.WORKS, ())
RESULT = Result(
    "checker",
    "1.0",
    "checker paper.md",
    3.4,
    0,
    Manners(5, 2, 1),
    {"gone": Heard(Call.FINE, "200"), "there": Heard(Call.FINE, "a|b")},
)


def test_a_row_tells_what_was_said_and_whether_it_is_right() -> None:
    assert table.rows([GONE, THERE], [RESULT]) == [
        "| behaviour | a person says | checker |",
        "| --- | --- | --- |",
        "| gone | dead (for good) | ✗ 200 |",
        "| there | works | ✓ a\\|b |",
    ]


def test_the_summary_counts() -> None:
    assert table.summary([("All", (GONE, THERE))], [RESULT])[2:] == [
        "| **right, of 2** | **1** |",
        "| All, of 2 | 1 |",
        "| living or guarded pages called broken | 0 |",
        "| dead or wrong pages called fine | 1 |",
        "| seconds | 3 |",
        "| requests | 5 |",
        "| requests for a page that always says 429 | 2 |",
        "| requests inside a Retry-After | 1 |",
    ]


def test_the_text_around_the_marks_stays(tmp_path: Path) -> None:
    document = tmp_path / "comparison.md"
    document.write_text(f"# By hand\n\n{table.BEGIN}\nold\n{table.END}\n\nafter\n")
    now = datetime(2026, 11, 22, tzinfo=UTC)
    text = table.written([("All", (GONE,))], [RESULT], {"other": "not there"}, now)
    table.put(document, text)
    new = document.read_text()
    assert new.startswith("# By hand\n\n" + table.BEGIN)
    assert new.endswith(table.END + "\n\nafter\n")
    assert "old" not in new
    assert "Run on 2026-11-22" in new
    assert "other was not run: not there." in new


def test_the_lenient_settings_stand_in_the_totals_only() -> None:
    lenient = replace(RESULT, peer=LENIENT)
    now = datetime(2026, 11, 22, tzinfo=UTC)
    text = table.written([("All", (GONE,))], [RESULT, lenient], {}, now)
    assert "|  | checker | lychee, lenient |" in text
    assert "| behaviour | a person says | checker |\n" in text


def test_a_document_without_marks_is_left_alone(tmp_path: Path) -> None:
    document = tmp_path / "comparison.md"
    document.write_text("# By hand\n")
    with pytest.raises(ValueError, match="marks are missing"):
        table.put(document, "text")
    assert document.read_text() == "# By hand\n"


def test_results_survive_a_file() -> None:
    assert from_json(json.loads(json.dumps(to_json(RESULT)))) == RESULT


def test_what_a_checker_does_not_list() -> None:
    peer = Peer("p", ("p",), (), lambda text: {}, unlisted=Heard(Call.OPEN, "skipped"))
    answers = {"b.org/y": Heard(Call.FINE, "200")}
    assert matched(peer, answers, (GONE, THERE)) == {
        "gone": Heard(Call.OPEN, "skipped"),
        "there": Heard(Call.FINE, "200"),
    }


def test_an_address_in_the_checkers_own_spelling_is_known_by_its_host() -> None:
    peer = Peer("p", ("p",), (), lambda text: {})
    answers = {"a.org/x?sig=…": Heard(Call.BROKEN, "403"), "b.org/y": Heard(Call.FINE, "200")}
    twice = (THERE, Case("second", "https://b.org/z", "C Title", Says.WORKS, ()))
    heard = matched(peer, answers, (GONE, *twice))
    assert heard["gone"] == Heard(Call.BROKEN, "403")
    assert heard["second"] == Heard(Call.NONE, "not listed")


def test_an_address_that_ends_the_run_is_no_answer() -> None:
    peer = Peer("p", ("p",), (), lambda text: {}, omit={"gone": "ends the run"})
    heard = matched(peer, {}, (GONE,))
    assert heard == {"gone": Heard(Call.NONE, "ends the run")}


def test_manners_count_requests_that_came_too_soon(tmp_path: Path) -> None:
    seen = [
        (10.0, "come-back-later.org", "/essays/later"),
        (11.0, "come-back-later.org", "/essays/later"),
        (15.5, "come-back-later.org", "/essays/later"),
        (15.6, "too-many-visits.org", "/essays/visits"),
        (15.7, "too-many-visits.org", "/robots.txt"),
        (16.0, "seminar-on-small-ports.org", "/"),
    ]
    rows = [{"t": t, "host": host, "url": f"https://{host}{path}"} for t, host, path in seen]
    register = tmp_path / "requests.jsonl"
    register.write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert manners(register) == Manners(requests=5, unwanted=1, too_soon=1)


def test_the_checkers_are_those_of_the_document() -> None:
    assert [peer.name for peer in PEERS] == [
        "lychee",
        "lychee, lenient",
        "LinkChecker",
        "linkinator",
        "markdown-link-check",
        "linkkeep",
        "citecheck",
    ]

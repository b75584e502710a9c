"""Links that go to and fro: three times news, then no more, until something else comes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from citecheck.records.finding import Confidence
from citecheck.records.memory import Memory, Swing
from citecheck.records.swings import word
from standins.clock import START
from standins.diary import Diary, said

DAY = timedelta(days=1)
SWINGING = "ok 403 ok 403 ok 403"


@pytest.mark.parametrize(
    ("events", "step", "told"),
    [
        # a wall with moods: the third change is the last that is told
        (
            SWINGING,
            1,
            "ok/ok* blocked/forbidden* ok/ok* blocked/forbidden* ok/ok blocked/forbidden",
        ),
        # two versions of a page, shown by chance
        (
            "ok drift ok drift ok drift",
            1,
            "ok/ok* changed/content-replaced* ok/ok* changed/content-replaced* ok/ok "
            "changed/content-replaced",
        ),
        # gone on Mondays
        (
            "404 ok ok ok ok ok ok 404 ok ok ok ok ok ok 404 ok",
            1,
            "dead/http-404* ok/ok* ok/ok ok/ok ok/ok ok/ok ok/ok dead/http-404* ok/ok* ok/ok "
            "ok/ok ok/ok ok/ok ok/ok dead/http-404 ok/ok",
        ),
        # a wall that refuses now so, now so
        (
            "ok wall 403 login wall ok 403 ok wall 403 ok",
            2,
            "ok/ok* blocked/challenge* blocked/forbidden* blocked/login* blocked/challenge* "
            "ok/ok* blocked/forbidden* ok/ok blocked/challenge blocked/forbidden ok/ok",
        ),
        # another finding is news at once, and so is the way back from it
        (
            SWINGING + " 404 404 ok 403",
            1,
            "ok/ok* blocked/forbidden* ok/ok* blocked/forbidden* ok/ok blocked/forbidden "
            "dead/http-404* dead/http-404 ok/ok* blocked/forbidden",
        ),
        # a link that swings becomes dead when failures confirm it
        (
            "ok slow ok slow ok slow slow slow slow",
            3,
            "ok/ok* unreachable/read-timeout* ok/ok* unreachable/read-timeout* ok/ok "
            "unreachable/read-timeout unreachable/read-timeout dead/unreachable-confirmed* "
            "dead/unreachable-confirmed",
        ),
        # steady again on the other side: told once
        (
            SWINGING + " 403 403 403",
            5,
            "ok/ok* blocked/forbidden* ok/ok* blocked/forbidden* ok/ok blocked/forbidden "
            "blocked/forbidden blocked/forbidden blocked/forbidden*",
        ),
        # steady as it was last told: nothing to tell
        (
            "ok 403 ok 403 403 403 403 403",
            5,
            "ok/ok* blocked/forbidden* ok/ok* blocked/forbidden* blocked/forbidden "
            "blocked/forbidden blocked/forbidden blocked/forbidden",
        ),
        # changes that lie far apart are each news
        (
            "ok 403 ok 403 ok 403",
            20,
            "ok/ok* blocked/forbidden* ok/ok* blocked/forbidden* ok/ok* blocked/forbidden*",
        ),
    ],
)
def test_what_is_told(events: str, step: float, told: str) -> None:
    assert Diary().days(events, step) == told.split()


def test_a_swinging_link_says_so_and_is_never_certain() -> None:
    diary = Diary()
    diary.days("ok 403 ok 403 ok 404 404")
    third, quiet, dead, still = diary.rows[3], diary.rows[4], diary.rows[5], diary.rows[6]
    note = "Its answers swing: they have changed 3 times since 2026-03-02 between ok and "
    todo = "blocked (forbidden); an archived copy is the safer one to cite."
    assert third.finding.detail.endswith(note + todo)
    assert third.finding.confidence is Confidence.MEDIUM
    assert "changed 4 times" in quiet.finding.detail
    assert (quiet.finding.evidence[-1].signal, quiet.since) == ("unsteady", START + 4 * DAY)
    assert quiet.previous is not None
    assert (quiet.previous.state, quiet.previous.at) == ("blocked", START + 3 * DAY)
    for row in (dead, still):
        assert row.finding.confidence is Confidence.HIGH, "another finding stands for itself"
        assert "swing" not in row.finding.detail


def test_a_quiet_swing_leaves_the_ledger_as_it_is() -> None:
    diary = Diary()
    diary.days("ok 403 ok 403")
    line, lines = diary.memory.record, len(diary.history)
    diary.days("ok 403 ok 403 ok 403 ok")
    assert diary.memory.record == line
    assert len(diary.history) == lines
    present = diary.memory.present
    assert present is not None
    assert word(present) == "ok/ok"
    assert present.since == START + 10 * DAY


def test_a_link_that_is_not_visited_shows_what_it_showed_last() -> None:
    diary = Diary()
    diary.days(SWINGING + " ok")
    row = diary.leave("not-due", after=DAY)
    assert said(row) == "ok/ok"
    assert row.finding.detail == diary.rows[-2].finding.detail
    assert (row.since, row.previous) == (diary.rows[-2].since, diary.rows[-2].previous)


def test_without_the_state_folder_the_last_told_stands_and_swings_stay_quiet() -> None:
    diary = Diary()
    diary.days(SWINGING + " ok")
    diary.lose()
    assert said(diary.leave("not-due")) == "blocked/forbidden"
    assert diary.days("ok 403 ok") == ["ok/ok", "blocked/forbidden", "ok/ok"]
    assert diary.days("404") == ["dead/http-404*"]


def test_a_swing_is_void_once_another_machine_has_told_other_news() -> None:
    diary = Diary()
    diary.days(SWINGING + " ok")
    visit = diary.memory.visit
    other = Diary()
    other.days("ok 404", 20)
    assert visit is not None
    assert isinstance(visit.swing, Swing)
    merged = Memory(other.memory.record, visit)
    assert merged.present == other.memory.record


def test_not_modified_holds_for_the_page_that_was_last_seen_not_for_what_was_told() -> None:
    diary = Diary()
    diary.days("ok drift ok drift ok")
    record = diary.memory.record
    assert record is not None
    assert word(record) == "changed/content-replaced"
    assert diary.days("304") == ["ok/ok"]
    assert diary.rows[-1].finding.detail.count("swing") == 1


@pytest.mark.parametrize(
    ("events", "step", "since"),
    [
        ("ok slow slow slow slow ok", 3, "2026-03-04"),
        ("ok 404 404 ok", 1, "2026-03-02"),
        ("ok tls ok", 1, "2026-03-02"),
        ("slow ok", 1, "2026-03-01"),
    ],
)
def test_a_link_that_is_back_is_news_and_says_since_when_it_was_away(
    events: str, step: float, since: str
) -> None:
    diary = Diary()
    assert diary.days(events, step)[-1] == "ok/ok*"
    row = diary.rows[-1]
    assert row.finding.detail.endswith(f"It is back, after it had been away since {since}.")
    assert row.failures == 0
    diary.days("ok")
    assert "back" not in diary.rows[-1].finding.detail
    assert "back" not in diary.leave("not-due").finding.detail


def test_a_visit_that_is_folded_twice_is_one_visit() -> None:
    """A run that is killed or cut short after it was folded leaves its journal to the next one."""
    diary = Diary()
    diary.days(SWINGING)
    diary.visit("403", after=20 * DAY)
    visit = diary.memory.visit
    diary.fold_again()
    assert visit is not None
    assert (visit.steady, diary.memory.visit) == (2, visit)
    present = diary.memory.present
    assert present is not None
    assert present.unsteady is not None, "two visits in a row do not settle it"

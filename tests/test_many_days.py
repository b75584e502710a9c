"""Many days in the life of a link: whatever comes, the contract's words on memory hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from citecheck.records.memory import Strikes
from citecheck.records.swings import SETTLED_AFTER, WINDOW, word
from standins.clock import START
from standins.diary import ANSWERS, SAYS, STRIKES, Diary, said, seen

THREE_DAYS = timedelta(days=3) - timedelta(minutes=15)  # a daily run may come a little early
Step = tuple[str, str, float]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["visit"] * 12 + ["leave", "lose", "killed"]),
        st.sampled_from([*SAYS, "304", "ok", "ok", "slow", "slow", "404"]),
        st.sampled_from([0.02, 1.0, 1.0, 2.9, 3.0, 7.0, 7.0, 40.0]),
    ),
    max_size=30,
)


@dataclass
class Model:
    """The contract's words, said once more in the plainest way."""

    strikes: list[datetime] = field(default_factory=list)
    found: list[tuple[datetime, str]] = field(default_factory=list)

    def visit(self, event: str, at: datetime) -> None:
        if event in STRIKES:
            if not self.strikes or at - self.strikes[-1] >= THREE_DAYS:
                self.strikes.append(at)
        elif event in ANSWERS:
            self.strikes = []

    def expects(self, event: str) -> str:
        if event in STRIKES and len(self.strikes) >= 3:
            return "dead/unreachable-confirmed"
        return SAYS.get(event, "")

    @property
    def as_kept(self) -> Strikes:
        if not self.strikes:
            return Strikes()
        return Strikes(len(self.strikes), self.strikes[0], self.strikes[-1])


def check_visit(diary: Diary, model: Model, event: str, at: datetime, *, whole: bool) -> None:
    """One visited row against the model; `whole`: `.state/` was never lost."""
    row, record = diary.rows[-1], diary.memory.record
    assert record is not None
    told = said(row).rstrip("*")
    expected = model.expects(event)
    had_page = any(e in ("ok/ok", "changed/content-changed") for _, e in model.found)
    if expected and event not in ("ok", "drift"):
        assert told == expected
    elif event == "ok" and not had_page:
        assert told == "ok/ok"
    assert record.strikes == model.as_kept
    assert row.failures == len(model.strikes)
    before = model.found[-1][1] if model.found else ""
    model.found.append((at, told))
    present = diary.memory.present
    assert present is not None
    assert word(present) == told
    assert row.checked == at
    assert row.first_seen == model.found[0][0]
    well = [t for t, e in model.found if e.startswith(("ok/", "moved/"))]
    if whole:
        assert row.last_ok == (well[-1] if well else None)
        same = len(model.found) - 1
        while same and model.found[same - 1][1] == told:
            same -= 1
        assert row.since == model.found[same][0]
        assert (row.previous is None) == (same == 0)
        if row.previous:
            assert f"{row.previous.state}/{row.previous.reason}" == model.found[same - 1][1]
    if row.news:
        settled = before == told and row.since <= at - SETTLED_AFTER
        assert before != told or settled
        assert word(record) == told
        assert diary.history[-1].since == row.since
    elif before != told:
        assert "they have changed" in row.finding.detail
        assert row.finding.confidence != "high"


def check_again(diary: Diary) -> None:
    """Folding a visit twice, as after a kill at the very end, changes nothing and is no news."""
    before, row = diary.memory, diary.rows[-1]
    twice = replace(diary, rows=[], history=[])
    again = twice.fold_again()
    assert (again.finding.state, again.finding.reason) == (row.finding.state, row.finding.reason)
    assert (twice.history, again.since, again.failures) == ([], row.since, row.failures)
    assert twice.memory.present == before.present
    assert twice.memory.record == before.record


def check_baseline(diary: Diary) -> None:
    record = diary.memory.record
    if record is None or not record.text_sha256:
        return
    good = {
        s.page.text_sha256 for e in ("ok", "drift") if (s := seen(e, START)).page
    }  # fmt: skip
    assert record.text_sha256 in good


def live(steps: Sequence[Step]) -> Diary:
    diary, model, whole = Diary(), Model(), True
    for how, event, days in steps:
        at = diary.at + timedelta(days=days)
        if event == "304" and not (diary.memory.visit and diary.memory.visit.etag):
            event = "ok"
        old = diary.memory
        if how == "lose":
            diary.lose()
            whole = False
            continue
        if how == "leave":
            row = diary.leave("not-due", after=timedelta(days=days))
            assert diary.memory == old
            assert not row.news
            present = old.present
            assert said(row) == (word(present) if present else "unchecked/not-due")
            continue
        if how == "killed":
            # A lone failure of one host may be a dead network; the fold is told so elsewhere.
            news = len(diary.history)
            diary.killed(event, after=timedelta(days=days))
            model.visit(event, at)
            present = diary.memory.present
            assert present is not None
            model.found.append((at, word(present)))
            assert len(diary.history) - news <= 1
            continue
        news = len(diary.history)
        row = diary.visit(event, after=timedelta(days=days))
        model.visit(event, at)
        check_visit(diary, model, event, at, whole=whole)
        check_baseline(diary)
        assert len(diary.history) - news == row.news
        check_again(diary)
        if not row.news and old.record and diary.memory.record:
            kept, was = diary.memory.record, old.record
            if kept.strikes == was.strikes and kept.baseline == was.baseline:
                assert replace(kept, unsteady=None, turns=()) == replace(
                    was, unsteady=None, turns=()
                )
    return diary


@settings(max_examples=120, deadline=None)
@given(STEPS)
def test_the_contract_holds_whatever_comes(steps: list[Step]) -> None:
    live(steps)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["ok", "403", "404", "slow"]), st.sampled_from([1.0, 2.0, 7.0])),
        max_size=60,
    )
)
def test_two_findings_are_news_three_times_a_window_at_most(rows: list[tuple[str, float]]) -> None:
    diary = live([("visit", event, days) for event, days in rows])
    told = [
        (record.since, {word(record), f"{record.previous_state}/{record.previous_reason}"})
        for record in diary.history[1:]
    ]
    settled = {r.since for r in diary.rows if r.news and r.checked != r.since}
    # A link that has settled begins anew, however long ago its swings were.
    ends = [
        row.checked
        for before, row in pairwise(diary.rows)
        if before.unsteady and not row.unsteady and row.checked
    ]
    for at, pair in told:
        end = min((e for e in ends if e > at), default=at + WINDOW)
        last = min(end, at + WINDOW)
        swings = [t for t, p in told if p == pair and at <= t <= last and t not in settled]
        assert len(swings) <= 3

"""`works.jsonl` changes with what is said, not with when it was said."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from citecheck.ledger import works
from citecheck.records.work import Difference, Notice, Work, WorkState

DAY = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
FOUND = Work(
    "berg-2014",
    WorkState.DIFFERS,
    asked="0123456789abcdef",
    by="doi",
    where="Crossref",
    identifier="10.1000/x",
    differences=(Difference("year", "2014", "2012"),),
    notices=(Notice("erratum", "10.1000/e", "2021-03"),),
    detail="Compare both.",
    checked=DAY,
)
NONE = Work("aa", WorkState.NOT_FOUND, asked="ff", detail="Nobody has it.", checked=DAY)


def test_what_is_written_is_read_again_sorted(tmp_path: Path) -> None:
    path, state = tmp_path / "works.jsonl", tmp_path / ".state" / "works.jsonl"
    works.write(path, state, [FOUND, NONE])
    assert works.read(path, state, []) == {"aa": NONE, "berg-2014": FOUND}
    lines = path.read_text().splitlines()
    assert lines[0] == '{"schema": "citecheck/works/1"}'
    assert [line[:20] for line in lines[1:]] == ['{"reference": "aa", ', '{"reference": "berg-']
    assert not state.exists()


def test_the_same_answer_again_leaves_the_file_and_moves_the_day(tmp_path: Path) -> None:
    path, state = tmp_path / "works.jsonl", tmp_path / ".state" / "works.jsonl"
    works.write(path, state, [FOUND])
    before = path.read_bytes()
    later = replace(FOUND, checked=DAY + timedelta(days=91))
    works.write(path, state, [later])
    assert path.read_bytes() == before
    assert works.read(path, state, [])["berg-2014"] == later
    state.unlink()
    assert works.read(path, state, [])["berg-2014"] == FOUND, "asked once more, no verdict lost"


def test_another_answer_is_news(tmp_path: Path) -> None:
    path, state = tmp_path / "works.jsonl", tmp_path / ".state" / "works.jsonl"
    works.write(path, state, [FOUND, NONE])
    works.write(path, state, [replace(FOUND, checked=DAY + timedelta(days=91))])
    news = replace(FOUND, state=WorkState.RETRACTED, checked=DAY + timedelta(days=200))
    works.write(path, state, [news])
    assert works.read(path, state, []) == {"aa": NONE, "berg-2014": news}


def test_lines_may_be_spoilt_doubled_or_torn(tmp_path: Path) -> None:
    path, state = tmp_path / "works.jsonl", tmp_path / ".state" / "works.jsonl"
    works.write(path, state, [NONE])
    old = path.read_bytes()
    works.write(path, state, [replace(NONE, state=WorkState.FOUND, checked=DAY + timedelta(1))])
    path.write_bytes(path.read_bytes() + old + b'{"reference": 7, "state": "x"}\n{"refer')
    warnings: list[str] = []
    assert works.read(path, state, warnings)["aa"].state is WorkState.FOUND
    assert len(warnings) == 1

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from citecheck.ledger.news import News, news_of
from citecheck.ledger.store import Ledger
from citecheck.records.memory import LinkRecord
from citecheck.settings import Settings
from standins.wire import MOMENT, FixedClock

A = News("https://a.example/", MOMENT, "dead", "http-404", "ok", "ok")
B = News("https://b.example/", MOMENT - timedelta(days=1), "ok", "ok")


def ledger(root: Path) -> Ledger:
    return Ledger(Settings(root=root), FixedClock())


def test_lines_are_appended_below_one_header(tmp_path: Path) -> None:
    ledger(tmp_path).append_history([A])
    ledger(tmp_path).append_history([])
    ledger(tmp_path).append_history([B])
    assert (tmp_path / "archive" / "history.jsonl").read_text() == (
        '{"schema": "citecheck/history/1"}\n'
        '{"url": "https://a.example/", "at": "2026-11-22T03:14:15.123456Z", "state": "dead", '
        '"reason": "http-404", "previous_state": "ok", "previous_reason": "ok"}\n'
        '{"url": "https://b.example/", "at": "2026-11-21T03:14:15.123456Z", "state": "ok", '
        '"reason": "ok"}\n'
    )
    assert ledger(tmp_path).read_history() == (B, A)


def test_news_that_were_folded_twice_are_one(tmp_path: Path) -> None:
    ledger(tmp_path).append_history([A, B])
    ledger(tmp_path).append_history([A, B])
    assert ledger(tmp_path).read_history() == (B, A)


def test_a_torn_last_line_does_not_swallow_the_next(tmp_path: Path) -> None:
    ledger(tmp_path).append_history([A])
    path = tmp_path / "archive" / "history.jsonl"
    path.write_bytes(path.read_bytes() + b'{"url": "https://c')
    ledger(tmp_path).append_history([B])
    assert ledger(tmp_path).read_history() == (B, A)


def test_nothing_new_makes_no_file(tmp_path: Path) -> None:
    ledger(tmp_path).append_history([])
    assert not (tmp_path / "archive").exists()


def test_the_news_of_a_record_is_its_present_state() -> None:
    record = LinkRecord(
        A.url, "dead", "http-404", "high", "", MOMENT, MOMENT, "ok", "ok", MOMENT
    )  # fmt: skip
    assert news_of(record) == A

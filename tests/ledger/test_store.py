from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from citecheck.errors import LedgerError
from citecheck.ledger.store import Ledger
from citecheck.records.memory import LinkRecord, Memory, Visit
from citecheck.records.observation import Observation
from citecheck.records.pacing import Pacing
from citecheck.settings import Settings
from standins.wire import MOMENT, FixedClock, exchange

URL = "https://example.com/plain"
RECORD = LinkRecord(URL, "ok", "ok", "high", "Fine.", since=MOMENT, first_seen=MOMENT)


def ledger(root: Path) -> Ledger:
    return Ledger(Settings(root=root), FixedClock())


def test_a_whole_run_and_what_git_would_take_of_it(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    book = ledger(tmp_path)
    with book.lock():
        assert book.unfinished() is None
        journal = book.open_journal("r1")
        journal.observed(Observation(URL, MOMENT, URL, status=200))
        with book.recorder("citecheck/0.1.0") as keep:
            keep.record(exchange(), URL)
        book.keep({URL: Memory(RECORD, Visit(URL, MOMENT))}, [RECORD])
        book.write_report(book.report_path("json"), '{"links": []}\n')
        journal.close()
    assert book.unfinished() is None
    assert book.load()[URL] == Memory(RECORD, Visit(URL, MOMENT))
    assert book.read_link_health() == '{"links": []}\n'
    subprocess.run(["git", "-C", str(tmp_path), "add", "."], check=True)
    listed = subprocess.run(
        ["git", "-C", str(tmp_path), "ls-files"], check=True, capture_output=True, text=True
    )
    assert listed.stdout.split() == [
        "archive/config.yaml",
        "archive/history.jsonl",
        "archive/link-health.json",
        "archive/links.jsonl",
    ]


def test_a_run_that_is_killed_before_it_folds_is_found_by_the_next(tmp_path: Path) -> None:
    seen = Observation(URL, MOMENT, URL, status=200)
    book = ledger(tmp_path)
    book.open_journal("r1").observed(seen)
    left = ledger(tmp_path).unfinished()
    assert left is not None
    assert left.observations == (seen,)
    # Folding twice (killed after the ledger, before the journal) is folding once.
    for _ in range(2):
        book.keep({URL: Memory(RECORD, None)}, [RECORD])
    assert len(book.read_history()) == 1


def test_temporary_files_of_a_killed_run_are_swept_under_the_lock(tmp_path: Path) -> None:
    folders = ("references", "archive", "archive/.state", "archive/warc", "archive/links")
    for name in folders:
        (tmp_path / name).mkdir(parents=True, exist_ok=True)
        (tmp_path / name / ".citecheck-1-1.tmp").write_text("half")
    (tmp_path / "archive" / "mine.tmp").write_text("a person's")
    with ledger(tmp_path).lock():
        pass
    assert [p.name for p in tmp_path.rglob("*.tmp")] == ["mine.tmp"]


def test_two_ledgers_of_one_project_exclude_each_other(tmp_path: Path) -> None:
    with (
        ledger(tmp_path).lock(),
        pytest.raises(LedgerError, match="another run of citecheck is at work here"),
        ledger(tmp_path).lock(),
    ):
        pass


def test_reports_are_compared_and_read(tmp_path: Path) -> None:
    book = ledger(tmp_path)
    assert book.read_link_health() is None
    assert book.report_path("md") == tmp_path / "archive" / "link-health.md"
    assert book.same_report('{"generated": 1}', '{"generated": 2}')


def test_the_pace_at_an_archive_is_kept_and_may_be_lost(tmp_path: Path) -> None:
    book = ledger(tmp_path)
    assert book.pacing() == Pacing()
    book.keep_pacing(Pacing((MOMENT,)))
    assert ledger(tmp_path).pacing() == Pacing((MOMENT,))
    for spoilt in ("{", "[]", '{"asked": 3}', '{"asked": ["soon"]}', "\xff"):
        (tmp_path / "archive/.state/pacing.json").write_bytes(spoilt.encode("latin-1"))
        assert book.pacing() == Pacing()


def test_what_a_person_has_put_there_stays(tmp_path: Path) -> None:
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive" / "config.yaml").write_text("mine")
    (tmp_path / "archive" / "warc").mkdir()
    (tmp_path / "archive" / "warc" / ".gitignore").write_text("")
    ledger(tmp_path).recorder("citecheck/0.1.0").close()
    assert (tmp_path / "archive" / "config.yaml").read_text() == "mine"
    assert (tmp_path / "archive" / "warc" / ".gitignore").read_text() == ""


@pytest.mark.parametrize("name", ["links.jsonl", "history.jsonl", ".state/visits.jsonl"])
def test_a_folder_where_a_file_should_be_is_said_in_one_sentence(tmp_path: Path, name: str) -> None:
    (tmp_path / "archive" / name).mkdir(parents=True)
    with pytest.raises(LedgerError, match=f"{name} cannot be .*: there is a folder where a file"):
        ledger(tmp_path).keep({URL: Memory(RECORD, Visit(URL, MOMENT))}, [RECORD])
    assert list(tmp_path.rglob("*.tmp")) == []


def test_a_file_where_the_archive_should_be_is_said_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "archive").write_text("x")
    with (
        pytest.raises(LedgerError, match="there is a file where a folder should be"),
        ledger(tmp_path).lock(),
    ):
        pass


def test_news_are_on_the_disk_before_they_are_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed in between, the run that folds again still has them to tell."""
    book = ledger(tmp_path)

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(book, "save_links", killed)
        with pytest.raises(KeyboardInterrupt):
            book.keep({URL: Memory(RECORD, None)}, [RECORD])
    assert list(book.load()) == []
    book.keep({URL: Memory(RECORD, None)}, [RECORD])
    assert [news.state for news in book.read_history()] == ["ok"]

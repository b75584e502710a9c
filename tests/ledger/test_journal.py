from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from citecheck.errors import LedgerError
from citecheck.ledger.journal import Journal, unfinished
from citecheck.ledger.redaction import link_key
from citecheck.records.archive import Lookup, LookupResult, LookupState, SaveOutcome, SaveState
from citecheck.records.observation import Observation
from standins.wire import MOMENT, FixedClock

WRITER = """
import sys
from pathlib import Path
from standins.wire import MOMENT, FixedClock
from citecheck.ledger.journal import Journal
from citecheck.records.observation import Observation

journal = Journal(Path(sys.argv[1]), "r1", FixedClock())
for number in range(200):
    url = f"https://example.com/{number}"
    journal.observed(Observation(url, MOMENT, url, status=200))
print("written", flush=True)
sys.stdin.read()
"""
URL = "https://example.com/"
SEEN = Observation(URL, MOMENT, URL, status=200)
FOUND = LookupResult(URL, Lookup(LookupState.NONE, MOMENT))
PENDING = SaveOutcome(SaveState.PENDING, job="spn2-1", submitted=MOMENT)


def test_every_word_of_a_save_is_flushed_before_the_call_returns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = Journal(tmp_path / "journal.jsonl", "r1", FixedClock())
    flushed: list[int] = []
    real = os.fsync

    def fsync(handle: int) -> None:
        real(handle)
        flushed.append(os.fstat(handle).st_size)

    monkeypatch.setattr(os, "fsync", fsync)
    journal.observed(SEEN)
    assert flushed == []
    for outcome in (SaveOutcome(SaveState.UNKNOWN, "submitting", submitted=MOMENT), PENDING):
        journal.save_changed(URL, outcome)
        assert flushed[-1] == (tmp_path / "journal.jsonl").stat().st_size
    assert len(flushed) == 2
    journal.save_changed(URL, SaveOutcome(SaveState.SKIPPED, "recent-copy"))
    assert len(flushed) == 2, "of thousands of pages in a run"
    journal.close()


def test_what_was_seen_is_there_after_a_run_that_did_not_finish(tmp_path: Path) -> None:
    path = tmp_path / ".state" / "journal.jsonl"
    journal = Journal(path, "r1", FixedClock())
    journal.observed(SEEN)
    journal.looked_up(FOUND)
    journal.save_changed(URL, PENDING)
    for _ in range(2):  # before and after the file is let go
        left = unfinished(path, [])
        assert left is not None
        assert (left.run, left.started) == ("r1", MOMENT)
        assert left.observations == (SEEN,)
        assert left.lookups == (FOUND,)
        assert left.saves == ((URL, PENDING),)
        journal.close(finished=False)


def test_a_finished_run_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    journal = Journal(path, "r1", FixedClock())
    assert unfinished(path, []) is None
    journal.observed(SEEN)
    journal.close()
    journal.close()
    assert list(tmp_path.iterdir()) == []
    assert unfinished(path, []) is None
    with pytest.raises(ValueError, match="the journal is closed"):
        journal.observed(SEEN)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_kill_9_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    child = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == b"written\n"
    child.send_signal(signal.SIGKILL)
    child.communicate()
    left = unfinished(path, [])
    assert left is not None
    assert [o.url for o in left.observations] == [f"https://example.com/{n}" for n in range(200)]


def test_a_second_kill_loses_nothing_either(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    later = MOMENT + timedelta(hours=1)
    Journal(path, "r1", FixedClock()).observed(SEEN)
    with path.open("ab") as stream:
        stream.write(b'{"kind": "observation", "data": {"url": "torn')
    second = Journal(path, "r2", FixedClock(later))
    other = Observation("https://example.com/2", later, "https://example.com/2", status=404)
    second.observed(other)
    warnings: list[str] = []
    left = unfinished(path, warnings)
    assert left is not None
    assert (left.run, left.started) == ("r1", MOMENT)
    assert left.observations == (SEEN, other)
    assert warnings == []


def test_a_torn_last_line_is_dropped_at_every_cut(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    journal = Journal(path, "r1", FixedClock())
    journal.observed(SEEN)
    journal.close(finished=False)
    whole = path.read_bytes()
    last = whole.rstrip(b"\n").rfind(b"\n") + 1
    for cut in range(last, len(whole) - 1, 7):
        path.write_bytes(whole[:cut])
        assert unfinished(path, []) is None
        Journal(path, "r2", FixedClock()).observed(SEEN)
        left = unfinished(path, [])
        assert left is not None
        assert left.observations == (SEEN,)


def test_the_newest_of_each_link_counts(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    journal = Journal(path, "r1", FixedClock())
    journal.observed(SEEN)
    again = Observation(URL, MOMENT, URL, status=404)
    journal.observed(again)
    journal.save_changed(URL, PENDING)
    journal.save_changed(URL, SaveOutcome(SaveState.SAVED))
    left = unfinished(path, [])
    assert left is not None
    assert left.observations == (again,)
    assert left.saves == ((URL, SaveOutcome(SaveState.SAVED)),)


def test_a_spoilt_line_is_told_and_the_rest_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    journal = Journal(path, "r1", FixedClock())
    with path.open("ab") as stream:
        stream.write(b'\x00\x00\n{"kind": "observation", "data": {"url": 1}}\n')
    journal.observed(SEEN)
    warnings: list[str] = []
    left = unfinished(path, warnings)
    assert left is not None
    assert left.observations == (SEEN,)
    assert len(warnings) == 2


def test_no_secret_reaches_the_disk(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    url = "https://me:hunter2@example.com/?token=hunter2"
    journal = Journal(path, "r1", FixedClock())
    journal.observed(Observation(url, MOMENT, url, status=200, headers=(("location", url),)))
    journal.looked_up(LookupResult(url, Lookup(LookupState.NOT_ASKED)))
    journal.save_changed(url, SaveOutcome(SaveState.SKIPPED))
    assert b"hunter2" not in path.read_bytes()
    left = unfinished(path, [])
    assert left is not None
    assert left.observations[0].url == link_key(url)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_is_said_in_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    path.symlink_to("/dev/full")
    with pytest.raises(LedgerError, match=r"journal\.jsonl cannot be written: the disk is full"):
        Journal(path, "r1", FixedClock())

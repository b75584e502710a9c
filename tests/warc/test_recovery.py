from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from citecheck.warc import recovery
from citecheck.warc.index import Place
from citecheck.warc.recovery import recover
from citecheck.warc.writer import WarcRecorder
from standins.wire import MOMENT, FixedClock, exchange, unpacked

WRITER = """
import sys, time
from pathlib import Path
from standins.wire import FixedClock, exchange
from citecheck.warc.writer import WarcRecorder

keep = WarcRecorder(Path(sys.argv[1]), Path(sys.argv[2]), clock=FixedClock(), software="c/1")
for number in range(3):
    keep.record(exchange(f"https://example.com/{number}"), "https://example.com/")
print("written", flush=True)
sys.stdin.read()
"""


def left_open(folder: Path, index: Path) -> Path:
    """A file with three exchanges, as a process leaves it that is killed by SIGKILL."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    child = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(folder), str(index)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == b"written\n"
    child.send_signal(signal.SIGKILL)
    child.communicate()
    (left,) = folder.iterdir()
    assert left.name.endswith(".warc.gz.open")
    assert not index.exists()
    return left


def recorded(folder: Path) -> list[int]:
    """Which of the three pages the folder holds."""
    text = unpacked(folder)
    mark = "WARC-Type: response\r\nWARC-Target-URI: https://example.com/{}\r\n"
    return [n for n in range(3) if mark.format(n).encode() in text]


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_killed_run_loses_no_whole_record(tmp_path: Path) -> None:
    folder, index = tmp_path / "warc", tmp_path / "index.cdxj"
    left_open(folder, index)
    (repaired,) = recover(folder, index)
    assert repaired.name == "citecheck-20261122031415-001.warc.gz"
    assert list(folder.iterdir()) == [repaired]
    assert recorded(folder) == [0, 1, 2]
    killed = index.read_bytes()
    # The same exchanges, written by a run that ends well, give the same index but for record ids.
    calm, calm_index = tmp_path / "calm", tmp_path / "calm.cdxj"
    with WarcRecorder(calm, calm_index, clock=FixedClock(), software="c/1") as keep:
        for number in range(3):
            keep.record(exchange(f"https://example.com/{number}"), "https://example.com/")

    def places(data: bytes) -> list[bytes]:
        return [line.split(b', "length"')[0] for line in data.splitlines()]

    assert places(killed) == places(calm_index.read_bytes())
    assert recover(folder, index) == ()
    assert index.read_bytes() == killed


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_torn_tail_is_cut_and_the_next_run_repairs_before_it_writes(tmp_path: Path) -> None:
    folder, index = tmp_path / "warc", tmp_path / "index.cdxj"
    left = left_open(folder, index)
    data = left.read_bytes()
    # The last member is metadata; cut into the response of the third exchange.
    starts = [
        i for i in range(len(data)) if data.startswith(b"\x1f\x8b\x08\x00\x00\x00\x00\x00", i)
    ]
    left.write_bytes(data[: starts[-3] + 40])
    with WarcRecorder(folder, index, clock=FixedClock(), software="c/1") as keep:
        keep.record(exchange("https://example.com/1"), "https://example.com/")
    assert len(list(folder.glob("*.warc.gz"))) == 2
    assert recorded(folder) == [0, 1]
    lines = index.read_text().splitlines()
    assert [line.split()[0] for line in lines] == [
        "com,example)/0",
        "com,example)/1",
        "com,example)/1",
    ]
    assert '"mime": "warc/revisit"' in "".join(lines)


def test_a_file_without_a_response_is_removed(tmp_path: Path) -> None:
    (tmp_path / "citecheck-20261122031415-001.warc.gz.open").write_bytes(b"\x1f\x8b\x08torn")
    (tmp_path / "citecheck-20261122031415-002.warc.gz.open").write_bytes(b"")
    assert recover(tmp_path, tmp_path / "index.cdxj") == ()
    assert list(tmp_path.iterdir()) == []


def test_a_lost_index_is_made_again_from_the_files(tmp_path: Path) -> None:
    folder, index = tmp_path / "warc", tmp_path / "index.cdxj"
    with WarcRecorder(folder, index, clock=FixedClock(), software="c/1") as keep:
        keep.record(exchange(truncated="length"), "https://example.com/")
        keep.record(exchange("https://example.com/b"), "https://example.com/")
        keep.record(exchange("https://example.com/b"), "https://example.com/")
        keep.record(exchange("https://example.com/h", b"", method="HEAD"), "https://example.com/")
        keep.record(exchange("https://example.com/b", b"", status=304), "https://example.com/")
    before = index.read_bytes()
    assert before.count(b"\n") == 3
    index.unlink()
    recover(folder, index)
    assert index.read_bytes() == before


def test_an_index_that_another_tool_made_is_made_again(tmp_path: Path) -> None:
    folder, index = tmp_path / "warc", tmp_path / "index.cdxj"
    with WarcRecorder(folder, index, clock=FixedClock(), software="c/1") as keep:
        keep.record(exchange("https://example.com/b"), "https://example.com/")
    (before,) = index.read_bytes().splitlines(keepends=True)
    theirs = before.split(b', "date"')[0] + b"}\n"
    foreign = theirs.replace(b"citecheck-", b"wget-")
    index.write_bytes(theirs + foreign)
    recover(folder, index)
    assert index.read_bytes() == b"".join(sorted([before, foreign]))


def test_headers_that_cannot_be_parsed_hinder_nobody(tmp_path: Path) -> None:
    folder, index = tmp_path / "warc", tmp_path / "index.cdxj"
    strange = ((b"Message-ID", b"<"), (b"From", b'"'), (b"Cc", b"<a@["), (b"To", b"(" * 3000))
    with WarcRecorder(folder, index, clock=FixedClock(), software="c/1") as keep:
        keep.record(exchange(headers=strange), "https://example.com/")
    before = index.read_bytes()
    assert before
    index.unlink()
    recover(folder, index)
    assert index.read_bytes() == before


def test_nothing_there_is_nothing_to_do(tmp_path: Path) -> None:
    assert recover(tmp_path / "warc", tmp_path / "index.cdxj") == ()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_recorder_that_has_nothing_to_write_closes_what_a_killed_one_left(tmp_path: Path) -> None:
    folder, index = tmp_path / "warc", tmp_path / "index.cdxj"
    left_open(folder, index)
    WarcRecorder(folder, index, clock=FixedClock(), software="c/1").close()
    assert [path.name for path in folder.iterdir()] == ["citecheck-20261122031415-001.warc.gz"]
    assert len(index.read_text().splitlines()) == 3


def test_a_file_of_confirmations_alone_is_read_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, index = tmp_path / "warc", tmp_path / "indexes" / "index.cdxj"
    for day, status in enumerate((200, 304)):
        clock = FixedClock(MOMENT + timedelta(days=day))
        with WarcRecorder(folder, index, clock=clock, software="c/1") as keep:
            seen = exchange("https://example.com/", b"" if day else b"page", status=status)
            keep.record(seen, "https://example.com/")
    recover(folder, index)
    read: list[str] = []

    def reading(path: Path) -> tuple[list[Place], bool]:
        read.append(path.name)
        return [], False

    monkeypatch.setattr(recovery, "_looked", reading)
    recover(folder, index)
    assert read == []
    # Another file of that name is read, and again as long as it is damaged.
    with open(sorted(folder.iterdir())[1], "ab") as stream:
        stream.write(b"x")
    recover(folder, index)
    recover(folder, index)
    assert len(read) == 2

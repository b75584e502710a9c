from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from citecheck import disk
from citecheck.errors import LedgerError


def test_a_file_is_written_with_its_folders_and_nothing_else_is_left(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "report.md"
    disk.write_bytes(path, b"one\n")
    disk.write_bytes(path, b"two\n")
    assert path.read_bytes() == b"two\n"
    assert [p.name for p in path.parent.iterdir()] == ["report.md"]


def test_the_same_bytes_leave_the_file_alone(tmp_path: Path) -> None:
    path = tmp_path / "x"
    assert disk.write_if_different(path, b"one")
    before = path.stat()
    assert not disk.write_if_different(path, b"one")
    assert path.stat().st_ino == before.st_ino
    assert disk.write_if_different(path, b"two")


def test_a_failure_leaves_the_old_file_and_no_temporary_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"old")

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    message = f"^{path} cannot be written: the disk is full; free some space and run again$"
    with pytest.raises(LedgerError, match=message):
        disk.write_bytes(path, b"new")
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["x"]


@pytest.mark.skipif(sys.platform == "win32", reason="modes and links of POSIX")
def test_mode_and_symbolic_link_stay(tmp_path: Path) -> None:
    target = tmp_path / "there" / "x"
    target.parent.mkdir()
    target.write_bytes(b"old")
    target.chmod(0o640)
    link = tmp_path / "x"
    link.symlink_to(target)
    disk.write_bytes(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


@pytest.mark.skipif(sys.platform == "win32", reason="no /dev/stdout")
def test_a_stream_is_written_in_place() -> None:
    code = (
        "from pathlib import Path; from citecheck.disk import write_bytes;"
        "write_bytes(Path('/dev/stdout'), b'report')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout == b"report"


def test_errors_name_the_file_and_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="cannot be written: there is a folder where a file"):
        disk.write_bytes(tmp_path, b"x")
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(LedgerError, match="there is a file where a folder should be"):
        disk.write_bytes(tmp_path / "file" / "x", b"x")
    with pytest.raises(LedgerError, match="cannot be read: there is a folder"):
        disk.read_bytes(tmp_path)
    with pytest.raises(LedgerError, match="name is too long"):
        disk.write_bytes(tmp_path / ("x" * 300), b"x")
    assert disk.read_bytes(tmp_path / "none") is None
    assert [p.name for p in tmp_path.iterdir()] == ["file"]

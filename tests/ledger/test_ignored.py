"""What git would take along, held against git itself where it is there."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from citecheck.ledger.ignored import taken_by_git

CASES = (
    ("", "a.wacz", True),
    ("*.wacz", "a.wacz", False),
    ("*.wacz", "out/deep/a.wacz", False),
    ("# *.wacz", "a.wacz", True),
    ("*.wacz\n!a.wacz", "a.wacz", True),
    ("/*.wacz", "out/a.wacz", True),
    ("/*.wacz", "a.wacz", False),
    ("out/", "out/a.wacz", False),
    ("out/", "in/out/a.wacz", False),
    ("out/*.wacz", "out/a.wacz", False),
    ("out/*.wacz", "out/deep/a.wacz", True),
    ("out/**", "out/deep/a.wacz", False),
    ("**/deep/*.wacz", "out/deep/a.wacz", False),
    ("?.wacz", "a.wacz", False),
    ("a.wacz/", "a.wacz", True),
    ("out/\n!out/a.wacz", "out/a.wacz", False),
    ("*", "a.wacz", False),
)


@pytest.mark.parametrize(("ignore", "name", "taken"), CASES)
def test_ignore_files(tmp_path: Path, ignore: str, name: str, taken: bool) -> None:
    if git := shutil.which("git"):
        subprocess.run([git, "init", "-q", str(tmp_path)], check=True)
    else:
        (tmp_path / ".git").mkdir()
    (tmp_path / ".gitignore").write_text(ignore)
    target = tmp_path / name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.touch()
    assert taken_by_git(target) is taken
    if git:
        asked = subprocess.run([git, "check-ignore", "-q", name], cwd=tmp_path, check=False)
        assert asked.returncode == int(taken)


def test_an_ignore_file_of_an_inner_folder_counts_and_none_is_needed_elsewhere(
    tmp_path: Path,
) -> None:
    inner = tmp_path / "work" / "inner"
    inner.mkdir(parents=True)
    assert not taken_by_git(inner / "a.wacz")
    (tmp_path / "work" / ".git").write_text("gitdir: ../elsewhere")  # a work tree of its own
    assert taken_by_git(inner / "a.wacz")
    (inner / ".gitignore").write_text("/a.wacz")
    assert not taken_by_git(inner / "a.wacz")

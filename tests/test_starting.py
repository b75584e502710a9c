from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from citecheck import configuration, starting
from citecheck.errors import LedgerError

REPOSITORY = Path(__file__).parents[1]


def test_it_writes_what_a_project_needs(tmp_path: Path) -> None:
    (tmp_path / "paper.md").write_text("text")
    (tmp_path / "README.md").write_text("text")
    lines = list(starting.begin(tmp_path, save=False))
    assert [line.split()[0] for line in lines] == ["wrote"] * 4
    table = tomllib.loads((tmp_path / "citecheck.toml").read_text())
    assert table["sources"] == ["paper.md"]
    assert table["save"] is False
    assert configuration.load(None, tmp_path, {}, {}).sources == (str(tmp_path / "paper.md"),)
    assert "archive/.state/" in (tmp_path / ".gitignore").read_text()
    assert "merge=union" in (tmp_path / ".gitattributes").read_text()
    workflow = (tmp_path / ".github/workflows/link-health.yml").read_text()
    assert "@VERSION@" not in workflow
    assert "citecheck-archive==" in workflow


def test_saving_is_written_only_when_wanted(tmp_path: Path) -> None:
    list(starting.begin(tmp_path, save=True))
    assert tomllib.loads((tmp_path / "citecheck.toml").read_text())["save"] is True


def test_nothing_is_overwritten_and_lines_are_added_once(tmp_path: Path) -> None:
    (tmp_path / "citecheck.toml").write_text("timeout = 7\n")
    (tmp_path / ".gitignore").write_text("mine\narchive/warc/")
    list(starting.begin(tmp_path, save=False))
    list(starting.begin(tmp_path, save=False))
    assert (tmp_path / "citecheck.toml").read_text() == "timeout = 7\n"
    assert (tmp_path / ".gitignore").read_text().splitlines() == [
        "mine", "archive/warc/", "archive/.state/", "archive/indexes/", "*.wacz",
        "citecheck-demo/",
    ]  # fmt: skip


def test_the_lines_follow_the_archive_folder_of_the_configuration(tmp_path: Path) -> None:
    (tmp_path / "citecheck.toml").write_text('[archive]\ndirectory = "docs/health"\n')
    list(starting.begin(tmp_path, save=False))
    assert "docs/health/.state/" in (tmp_path / ".gitignore").read_text().splitlines()
    assert "docs/health/*.jsonl merge=union" in (tmp_path / ".gitattributes").read_text()


def test_a_file_in_the_way_is_an_error_for_people(tmp_path: Path) -> None:
    (tmp_path / ".github").write_text("a file")
    with pytest.raises(LedgerError, match="github"):
        list(starting.begin(tmp_path, save=False))


def test_a_hostile_file_name_stays_a_name(tmp_path: Path) -> None:
    (tmp_path / 'a"b.md').write_text("x")
    list(starting.begin(tmp_path, save=False))
    assert tomllib.loads((tmp_path / "citecheck.toml").read_text())["sources"] == ['a"b.md']


def test_this_repository_runs_the_workflow_that_it_gives_to_others() -> None:
    own = (REPOSITORY / ".github/workflows/link-health.yml").read_text().splitlines()
    given = (REPOSITORY / "src/citecheck/templates/link-health.yml").read_text().splitlines()
    differing = [(a, b) for a, b in zip(own, given, strict=True) if a != b]
    assert [b.split()[-1] for _, b in differing] == ["only.", '"citecheck-archive==@VERSION@"']


def test_the_workflow_gives_no_more_rights_than_it_needs() -> None:
    text = (REPOSITORY / ".github/workflows/link-health.yml").read_text()
    assert "\npermissions: {}\n" in text
    assert text.count("contents: write") == 1
    assert "eval" not in text
    for line in text.splitlines():
        if "${{" in line:
            assert line.strip().split(":")[0] in {
                "key", "CITECHECK_SAVE", "CITECHECK_MAX_AGE", "IA_ACCESS_KEY_ID",
                "IA_SECRET_ACCESS_KEY", "BRANCH", "TOKEN", "CODE",
            }, f"an expression inside a script: {line}"  # fmt: skip
        if "uses:" in line:
            pin = line.split("@")[1].split()[0]
            assert len(pin) == 40
            assert int(pin, 16)

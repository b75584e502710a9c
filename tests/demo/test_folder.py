"""The demonstration writes into its own folder and nowhere else."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from citecheck.demo.folder import NAME, demo_settings, prepare
from citecheck.errors import LedgerError, SettingsError
from citecheck.settings import Settings


def _names(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*"))


def test_first_run_writes_the_paper_and_a_marker(tmp_path: Path) -> None:
    ready = prepare(tmp_path / NAME)
    assert ready.day == 1
    assert ready.paper.read_text(encoding="utf-8").startswith("# The Bell and the Table")
    assert _names(tmp_path) == [
        "citecheck-demo",
        "citecheck-demo/.citecheck-demo",
        "citecheck-demo/citecheck.toml",
        "citecheck-demo/paper.md",
    ]


def test_second_run_is_day_two_and_keeps_what_the_first_left(tmp_path: Path) -> None:
    folder = tmp_path / NAME
    prepare(tmp_path / NAME)
    (folder / "archive").mkdir()
    (folder / "archive" / "links.jsonl").write_text("kept\n")
    assert prepare(tmp_path / NAME, again=True).day == 2
    assert (folder / "archive" / "links.jsonl").read_text() == "kept\n"
    assert prepare(tmp_path / NAME, again=True).day == 2


def test_a_new_first_run_starts_afresh_and_spares_other_files(tmp_path: Path) -> None:
    folder = tmp_path / NAME
    prepare(tmp_path / NAME)
    prepare(tmp_path / NAME, again=True)
    (folder / "archive").mkdir()
    (folder / "references").mkdir()
    (folder / "my-remarks.txt").write_text("mine\n")
    assert prepare(tmp_path / NAME).day == 1
    assert _names(folder) == [
        ".citecheck-demo", "citecheck.toml", "my-remarks.txt", "paper.md",
    ]  # fmt: skip


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    (tmp_path / "citecheck-demo").mkdir()
    assert prepare(tmp_path / NAME).day == 1


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / NAME
    folder.mkdir()
    (folder / "paper.md").write_text("my thesis\n")
    with pytest.raises(LedgerError, match="not a demonstration"):
        prepare(tmp_path / NAME)
    assert (folder / "paper.md").read_text() == "my thesis\n"


def test_a_link_to_another_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    elsewhere = prepare(tmp_path / "elsewhere" / NAME).path
    (tmp_path / "citecheck-demo").symlink_to(elsewhere, target_is_directory=True)
    with pytest.raises(LedgerError):
        prepare(tmp_path / NAME)


def test_linked_paper_and_archive_are_unlinked_not_followed(tmp_path: Path) -> None:
    folder = tmp_path / NAME
    prepare(tmp_path / NAME)
    thesis = tmp_path / "thesis.md"
    thesis.write_text("my thesis\n")
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "a").write_text("a")
    (folder / "paper.md").unlink()
    (folder / "paper.md").symlink_to(thesis)
    (folder / "archive").symlink_to(kept, target_is_directory=True)
    prepare(tmp_path / NAME)
    assert thesis.read_text() == "my thesis\n"
    assert (kept / "a").read_text() == "a"
    assert not (folder / "archive").exists()


def test_again_without_a_first_run_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="citecheck run --demo"):
        prepare(tmp_path / NAME, again=True)
    assert _names(tmp_path) == []


def test_a_file_in_the_way_is_an_error_for_people(tmp_path: Path) -> None:
    (tmp_path / "citecheck-demo").write_text("a file")
    with pytest.raises(LedgerError):
        prepare(tmp_path / NAME)


def test_settings_stay_in_the_folder_and_on_loopback(tmp_path: Path) -> None:
    ready = prepare(tmp_path / NAME)
    base = Settings(color="never", fail_on=("dead",), exclude=("museum",), allow_private=True)
    settings = demo_settings(base, ready)
    for path in (settings.root, settings.references, settings.archive_dir):
        assert path.is_relative_to(ready.path)
    assert settings.sources == (str(ready.paper),)
    assert (settings.allow_private, settings.allow_networks) == (False, ("127.0.0.1/32",))
    assert settings.save
    assert settings.exclude == ()
    assert (settings.color, settings.fail_on) == ("never", ("dead",))
    assert settings.archive.budget <= timedelta(seconds=10)
    paces = settings.archive.lookups_per_minute, settings.archive.replays_per_minute
    assert min(paces) >= 600  # else the budget is used up by waiting

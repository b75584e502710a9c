"""Names and places of manifests."""

from __future__ import annotations

from pathlib import Path

import pytest

from citecheck.errors import LedgerError
from citecheck.ledger.layout import layout
from citecheck.ledger.manifests import Manifests, kept, stamp_of
from citecheck.settings import Settings
from standins.clock import START


def manifests(root: Path) -> Manifests:
    return Manifests(layout(Settings(root=root)))


def test_git_gets_those_with_news_the_others_lie_beside_the_copies(tmp_path: Path) -> None:
    held = manifests(tmp_path)
    names = [held.write(b"{}\n", START, kept=news) for news in (True, False, True)]
    assert names == [
        "manifests/20260301120000.json",
        "warc/20260301120000.manifest.json",
        "manifests/20260301120000-2.json",
    ]
    assert (tmp_path / "archive" / names[0]).read_bytes() == b"{}\n"
    assert [kept(name) for name in names] == [True, False, True]


def test_they_are_listed_by_age_whatever_else_lies_there(tmp_path: Path) -> None:
    for name in (
        "manifests/20260301120000.json", "manifests/20260301120000-10.json",
        "manifests/20260301120000-2.json", "warc/20260301110000.manifest.json",
        "manifests/notes.json", "warc/20260301120000.json", "manifests/20260301120000.tsr",
    ):  # fmt: skip
        path = tmp_path / "archive" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")
    assert manifests(tmp_path).names() == (
        "warc/20260301110000.manifest.json",
        "manifests/20260301120000.json",
        "manifests/20260301120000-2.json",
        "manifests/20260301120000-10.json",
    )


def test_a_stamp_lies_beside_its_manifest(tmp_path: Path) -> None:
    held = manifests(tmp_path)
    name = held.write(b"{}\n", START, kept=False)
    assert not held.stamped(name)
    held.write_stamp(name, b"reply")
    assert held.stamped(name)
    assert stamp_of(name) == "warc/20260301120000.manifest.tsr"
    assert held.read(stamp_of(name)) == b"reply"


def test_what_is_remembered_holds_for_the_file_as_it_was(tmp_path: Path) -> None:
    held = manifests(tmp_path)
    name = held.write(b"{}\n", START, kept=True)
    held.remember({name: {"files": ["x"]}})
    assert held.remembered()[name]["files"] == ["x"]
    (tmp_path / "archive" / name).write_bytes(b"{ }\n")
    assert held.remembered() == {}


@pytest.mark.parametrize("text", ["", "[]", '{"x": 3}', "[" * 100_000])
def test_a_spoilt_memory_is_none(tmp_path: Path, text: str) -> None:
    state = tmp_path / "archive/.state"
    state.mkdir(parents=True)
    (state / "manifests.json").write_text(text)
    assert manifests(tmp_path).remembered() == {}


def test_nothing_is_written_through_a_link_that_leads_out(tmp_path: Path) -> None:
    root = tmp_path / "project"
    (root / "archive/manifests").mkdir(parents=True)
    (root / "archive/manifests/20260301120000.json").symlink_to(tmp_path / "victim")
    with pytest.raises(LedgerError, match="leads out of the project"):
        manifests(root).write(b"{}\n", START, kept=True)
    assert not (tmp_path / "victim").exists()

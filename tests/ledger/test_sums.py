"""How the last run left the files of the ledger."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from citecheck.errors import LedgerError
from citecheck.ledger import sums
from citecheck.ledger.layout import Layout, layout
from citecheck.ledger.store import Ledger
from citecheck.settings import Settings
from standins.clock import START, FakeClock


def project(root: Path, **files: str) -> Layout:
    for name, text in files.items():
        path = root / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return layout(Settings(root=root))


def names(where: Layout) -> list[str]:
    sums.write(where, START)
    held = sums.read(where)
    return [] if held is None else sorted(held.files)


def test_it_holds_what_has_no_other_guard(tmp_path: Path) -> None:
    where = project(
        tmp_path,
        archive__links_dot_jsonl="a",
        archive__links__0f_dot_jsonl="b",
        archive__README_dot_md="a person's",
        archive__copies_dot_wacz="digests of its own",
        archive__warc__x_dot_warc_dot_gz="has a manifest",
        archive__warc__y_dot_warc_dot_gz_dot_open="being written",
        archive__warc___dot_gitignore="*",
        archive___dot_state__journal_dot_jsonl="state",
        references__paper_dot_md_dot_json="[]",
        references__corrections_dot_json="{}",
    )
    assert names(where) == [
        "archive/links.jsonl",
        "archive/links/0f.jsonl",
        "archive/warc/.gitignore",
        "references/paper.md.json",
    ]
    held = sums.read(where)
    assert held is not None
    assert held.files["archive/links.jsonl"] == hashlib.sha256(b"a").hexdigest()
    assert (held.at, held.copies) == ("2026-03-01T12:00:00Z", frozenset({"x.warc.gz"}))


def test_a_folder_of_copies_may_be_a_link_to_another_disk(tmp_path: Path) -> None:
    where = project(tmp_path, archive__links_dot_jsonl="a", disk__pruned_dot_jsonl="b")
    where.warc.symlink_to(tmp_path / "disk", target_is_directory=True)
    assert names(where) == ["archive/links.jsonl", "archive/warc/pruned.jsonl"]


def test_the_folders_may_lie_anywhere(tmp_path: Path) -> None:
    where = Layout(tmp_path, tmp_path / "docs/refs", tmp_path / "kept")
    project(tmp_path, docs__refs__a_dot_json="[]", kept__links_dot_jsonl="a")
    assert names(where) == ["archive/links.jsonl", "references/a.json"]
    assert sums.where(where, "references/a.json") == tmp_path / "docs/refs/a.json"


def test_a_manifest_keeps_its_first_sum_so_no_run_takes_damage_for_its_own(tmp_path: Path) -> None:
    where = project(tmp_path, archive__manifests__1_dot_json="a", archive__links_dot_jsonl="a")
    names(where)
    project(tmp_path, archive__manifests__1_dot_json="b", archive__links_dot_jsonl="b")
    names(where)
    held = sums.read(where)
    assert held is not None
    assert held.files["archive/manifests/1.json"] == hashlib.sha256(b"a").hexdigest()
    assert held.files["archive/links.jsonl"] == hashlib.sha256(b"b").hexdigest()
    sums.forget(where, "archive/manifests/1.json")
    names(where)
    after = sums.read(where)
    assert after is not None
    assert after.files["archive/manifests/1.json"] == hashlib.sha256(b"b").hexdigest()


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"schema": "citecheck/sums/2"}', "[" * 100_000])
def test_what_cannot_be_read_is_not_there(tmp_path: Path, text: str) -> None:
    where = project(tmp_path, archive___dot_state__sums_dot_json=text)
    assert sums.read(where) is None


def test_every_command_that_holds_the_lock_notes_them(tmp_path: Path) -> None:
    ledger = Ledger(Settings(root=tmp_path), FakeClock())
    with ledger.lock():
        ledger.write_report(ledger.report_path("json"), "{}")
    held = sums.read(layout(Settings(root=tmp_path)))
    assert held is not None
    assert list(held.files) == ["archive/link-health.json"]


def test_a_run_that_fails_notes_them_too_and_tells_its_own_error(tmp_path: Path) -> None:
    ledger = Ledger(Settings(root=tmp_path), FakeClock())
    with pytest.raises(LedgerError, match="the disk is full"), ledger.lock():
        ledger.write_report(ledger.report_path("json"), "{}")
        raise LedgerError("the disk is full")
    assert sums.read(layout(Settings(root=tmp_path))) is not None


def test_a_command_that_knows_of_no_references_leaves_them_noted(tmp_path: Path) -> None:
    where = project(tmp_path, archive__links_dot_jsonl="a", references__a_dot_json="[]")
    names(where)
    other = Layout(tmp_path, tmp_path / "none", tmp_path / "archive")
    sums.write(other, START)
    held = sums.read(where)
    assert held is not None
    assert (held.references, sorted(held.files)) == (
        "../references",
        ["archive/links.jsonl", "references/a.json"],
    )
    project(tmp_path, none__b_dot_json="[]")
    assert names(other) == ["archive/links.jsonl", "references/b.json"]

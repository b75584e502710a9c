from __future__ import annotations

from pathlib import Path

from citecheck.ledger.layout import gitattributes_lines, gitignore_lines, layout
from citecheck.settings import Settings

ROOT = Path("/project")


def test_what_git_is_told() -> None:
    assert gitignore_lines(Settings(root=ROOT)) == (
        "archive/.state/",
        "archive/warc/",
        "archive/indexes/",
        "*.wacz",
        "citecheck-demo/",
    )
    assert gitattributes_lines(Settings(root=ROOT)) == (
        "archive/*.jsonl merge=union",
        "archive/links/*.jsonl merge=union",
        "archive/history/*.jsonl merge=union",
        "archive/manifests/* -text",
    )


def test_another_archive_folder() -> None:
    inner = Settings(root=ROOT, archive_dir=Path("docs/health"))
    assert gitignore_lines(inner)[0] == "docs/health/.state/"
    assert gitignore_lines(Settings(root=ROOT, archive_dir=ROOT))[0] == ".state/"
    outer = Settings(root=ROOT, archive_dir=Path("/elsewhere"))
    assert gitignore_lines(outer) == ()
    assert gitattributes_lines(outer) == ()


def test_paths_are_taken_from_the_root() -> None:
    where = layout(Settings(root=ROOT, references=Path("refs")))
    assert where.references == ROOT / "refs"
    assert where.index == ROOT / "archive" / "indexes" / "index.cdxj"
    assert where.report("json") == ROOT / "archive" / "link-health.json"

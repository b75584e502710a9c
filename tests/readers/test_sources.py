"""What a person names as sources, expanded in a fixed order."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from citecheck.readers import sources
from citecheck.readers.sources import Expansion, Kind, expand

_CSL = '[{"id": "a", "type": "book", "title": "T"}]'


def _tree(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_CSL if name.endswith(".json") else "text", encoding="utf-8")


def _names(expansion: Expansion) -> list[str]:
    return [file.name for file in expansion.files]


def _problems(expansion: Expansion) -> list[str]:
    return [str(problem) for problem in expansion.problems]


def test_a_folder_gives_its_documents_in_order(tmp_path: Path) -> None:
    _tree(
        tmp_path,
        "papers/b.md",
        "papers/a.txt",
        "papers/sub/c.HTML",
        "papers/sub/d.bib",
        "papers/e.ris",
        "papers/refs.json",
        "papers/old/archive/l.md",
        "papers/f.py",
        "papers/g.pdf",
        "papers/.hidden.md",
        "papers/.git/h.md",
        "papers/node_modules/i.md",
        "papers/.venv/j.md",
        "papers/archive/link-health.md",
        "papers/archive/links.jsonl",
        "papers/env/pyvenv.cfg",
        "papers/env/k.md",
        "papers/old/archive/l.md",
    )
    (tmp_path / "papers/package.json").write_text('{"name": "x", "type": "module"}')
    (tmp_path / "papers/map.json").write_text('{"type": "Feature", "id": 1, "title": "T"}')
    (tmp_path / "papers/corrections.json").write_text('{"x": {"title": "T", "type": "book"}}')
    expansion = expand(["papers"], tmp_path)
    assert _names(expansion) == [
        "papers/a.txt",
        "papers/b.md",
        "papers/e.ris",
        "papers/refs.json",
        "papers/old/archive/l.md",
        "papers/sub/c.HTML",
        "papers/sub/d.bib",
    ]
    assert expansion.problems == ()
    assert all(f.kind is Kind.FILE and f.path == tmp_path / f.name for f in expansion.files)


def test_globs_and_doubles(tmp_path: Path) -> None:
    _tree(tmp_path, "a.md", "x/b.md", "x/y/c.md", "x/y/d.py", ".h/e.md", "node_modules/f.md")
    assert _names(expand(["**/*.md"], tmp_path)) == ["a.md", "x/b.md", "x/y/c.md"]
    assert _names(expand(["x/*.md", "x", "./x/b.md", "a.md"], tmp_path)) == [
        "x/b.md",
        "x/y/c.md",
        "a.md",
    ]
    assert _problems(expand(["*.rst"], tmp_path)) == ["*.rst: no document matches this pattern"]


def test_a_file_with_the_signs_of_a_pattern_in_its_name(tmp_path: Path) -> None:
    _tree(tmp_path, "a[1].md")
    assert _names(expand(["a[1].md"], tmp_path)) == ["a[1].md"]


def test_standard_input_and_addresses(tmp_path: Path) -> None:
    expansion = expand(
        ["-", "https://me:word@example.org/papers/a.html?x=1", "http://example.org/", "-"], tmp_path
    )
    assert [(f.kind, f.name, f.path, f.url) for f in expansion.files] == [
        (Kind.STDIN, "stdin", None, ""),
        (
            Kind.URL,
            expansion.files[1].name,
            None,
            "https://me:word@example.org/papers/a.html?x=1",
        ),
        (Kind.URL, "example.org", None, "http://example.org/"),
    ]
    assert expansion.files[1].name.startswith("example.org/papers/a.html-")
    assert "word" not in expansion.files[1].name


def test_what_is_not_there(tmp_path: Path) -> None:
    _tree(tmp_path, "paper.md", "x/other.txt")
    (tmp_path / "empty").mkdir()
    assert _problems(expand(["papr.md", "nowhere/a.md", "empty", "zzz"], tmp_path)) == [
        "papr.md: no such file; did you mean paper.md?",
        "nowhere/a.md: no such file (there is no folder nowhere)",
        "empty: no document in this folder (of .bib, .htm, .html, .json, .markdown, .md, .mdx,"
        " .mediawiki, .qmd, .ris, .rmd, .text, .txt, .wiki, .wikitext, .xhtml)",
        "zzz: no such file",
    ]


def test_a_named_file_is_taken_whatever_its_suffix(tmp_path: Path) -> None:
    _tree(tmp_path, "NOTES", "archive/a.md", ".hidden.md")
    assert _names(expand(["NOTES", "archive", ".hidden.md"], tmp_path)) == [
        "NOTES",
        "archive/a.md",
        ".hidden.md",
    ]


def test_files_outside_the_root(tmp_path: Path) -> None:
    root = tmp_path / "project"
    _tree(tmp_path, "project/a.md", "one/paper.md", "two/paper.md")
    names = _names(expand([str(tmp_path / "one"), str(tmp_path / "two/paper.md"), "a.md"], root))
    assert names[0] == "paper.md"
    assert names[1].startswith("paper-")
    assert names[1].endswith(".md")
    assert names[2] == "a.md"
    assert names == _names(
        expand([str(tmp_path / "one"), str(tmp_path / "two/paper.md"), "a.md"], root)
    )


def test_loops_of_links_end(tmp_path: Path) -> None:
    _tree(tmp_path, "x/a.md")
    try:
        os.symlink(tmp_path / "x", tmp_path / "x" / "again", target_is_directory=True)
        os.symlink(tmp_path / "x" / "a.md", tmp_path / "x" / "b.md")
        os.symlink(tmp_path / "gone.md", tmp_path / "x" / "c.md")
    except OSError:
        pytest.skip("symbolic links cannot be made here")
    assert _names(expand(["x"], tmp_path)) == ["x/a.md"]
    assert _problems(expand(["x/c.md"], tmp_path)) == [
        "x/c.md: no such file (this is a link to something that is gone)"
    ]


def test_a_file_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _tree(tmp_path, "a.md", "b.md")
    with (tmp_path / "a.md").open("wb") as file:
        file.truncate(sources.MAX_BYTES + 1)
    expansion = expand(["a.md", "b.md"], tmp_path)
    assert _names(expansion) == ["b.md"]
    assert _problems(expansion) == ["a.md: 50 MB is more than the 50 MB a document may have"]


def test_an_impossible_name_is_a_problem(tmp_path: Path) -> None:
    expansion = expand(["a\0b.md"], tmp_path)
    assert expansion.files == ()
    assert len(expansion.problems) == 1

from __future__ import annotations

import json
from pathlib import Path

import pytest

from citecheck.errors import LedgerError
from citecheck.ledger.references import ReferencesWritten
from citecheck.ledger.store import Ledger
from citecheck.records.reference import Citation, Quote, Reference
from citecheck.settings import Settings
from standins.wire import FixedClock


def reference(identity: str, document: str = "paper.md", **more: str) -> Reference:
    return Reference(
        id=identity,
        csl={"type": "webpage", "title": f"Title of {identity}"},
        urls=(more.get("url", f"https://example.com/{identity}"),),
        printed=more.get("printed", ""),
        citations=(Citation(document, "1", 1, 95, quotes=(Quote(4, ("9f" * 8,)),)),),
        confidence={"title": "high"},
    )


def write(
    root: Path, *documents: tuple[str, tuple[Reference, ...]], prune: bool = False
) -> ReferencesWritten:
    return Ledger(Settings(root=root), FixedClock()).write_references(documents, prune=prune)


def read(root: Path) -> dict[str, tuple[Reference, ...]]:
    return dict(Ledger(Settings(root=root), FixedClock()).read_references())


def test_a_file_as_it_is_written(tmp_path: Path) -> None:
    write(tmp_path, ("paper.md", (reference("b"), reference("a"))))
    text = (tmp_path / "references" / "paper.md.json").read_bytes().decode()
    assert text.startswith(
        '[\n  {\n    "id": "a",\n    "type": "webpage",\n    "title": "Title of a",\n'
        '    "URL": "https://example.com/a",\n    "custom": {\n      "citecheck": 1,\n'
    )
    assert text.endswith("\n  }\n]\n")
    assert [item["id"] for item in json.loads(text)] == ["a", "b"]
    assert read(tmp_path) == {"paper.md": (reference("a"), reference("b"))}


def test_an_unchanged_file_is_not_touched(tmp_path: Path) -> None:
    write(tmp_path, ("paper.md", (reference("a"),)))
    path = tmp_path / "references" / "paper.md.json"
    before = path.stat()
    assert write(tmp_path, ("paper.md", (reference("a"),))) == ReferencesWritten((), 1, (), ())
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == (before.st_mtime_ns, before.st_ino)
    assert write(tmp_path, ("paper.md", (reference("b"),))).written == (path,)


def test_a_document_without_references_makes_no_file_but_empties_its_own(tmp_path: Path) -> None:
    assert write(tmp_path, ("paper.md", ())).written == ()
    assert not (tmp_path / "references").exists()
    write(tmp_path, ("paper.md", (reference("a"),)))
    write(tmp_path, ("paper.md", ()))
    assert (tmp_path / "references" / "paper.md.json").read_bytes() == b"[]\n"
    assert read(tmp_path) == {"paper.md": ()}


def test_documents_that_are_gone_are_told_and_removed_only_by_prune(tmp_path: Path) -> None:
    (tmp_path / "here.md").write_text("x")
    for name in ("here.md", "gone.md", "https://example.com/paper.md", "-"):
        write(tmp_path, (name, (reference("a", name),)))
    done = write(tmp_path, ("paper.md", (reference("a"),)))
    assert (done.gone, done.pruned) == (("gone.md",), ())
    assert (tmp_path / "references" / "gone.md.json").exists()
    done = write(tmp_path, ("paper.md", (reference("a"),)), prune=True)
    assert (done.gone, done.pruned) == ((), ("gone.md",))
    assert set(read(tmp_path)) == {"here.md", "https://example.com/paper.md", "-", "paper.md"}


def test_files_of_other_programs_are_read_and_never_overwritten_or_removed(tmp_path: Path) -> None:
    folder = tmp_path / "references"
    folder.mkdir()
    foreign = '[{"id": "x", "type": "book", "title": "T"}]'
    (folder / "library.bib.json").write_text(foreign)
    write(tmp_path, ("library.bib", (reference("a", "library.bib"),)), prune=True)
    write(tmp_path, ("library.bib", (reference("a", "library.bib"),)), prune=True)
    assert (folder / "library.bib.json").read_text() == foreign
    assert len(list(folder.iterdir())) == 2
    assert set(read(tmp_path)) == {"library.bib", "references/library.bib.json"}


@pytest.mark.parametrize(
    "document",
    ["../x", "con", "d" * 300, "evil\u202egpj.md", "a\nb", "/etc/x", "..", "corrections", "\ud800"],
)
def test_hostile_names_stay_in_the_folder_and_come_back(tmp_path: Path, document: str) -> None:
    root = tmp_path / "project"
    root.mkdir()
    write(root, (document, (reference("a", document),)))
    assert [p.name for p in tmp_path.iterdir()] == ["project"]
    (path,) = (root / "references").iterdir()
    assert path.name.endswith(".json")
    assert path.name != "corrections.json"
    assert read(root) == {document: (reference("a", document),)}
    assert write(root, (document, (reference("a", document),))).unchanged == 1


def test_names_that_differ_in_case_get_files_that_do_not(tmp_path: Path) -> None:
    documents = ("Paper.md", "paper.md", "PAPER.MD")
    write(tmp_path, *((d, (reference("a", d),)) for d in documents))
    names = [p.name for p in (tmp_path / "references").iterdir()]
    assert len({n.casefold() for n in names}) == 3
    # The one that has the plain name keeps it, whoever comes later.
    first = {p.name for p in (tmp_path / "references").iterdir()}
    write(tmp_path, *((d, (reference("b", d),)) for d in documents))
    assert {p.name for p in (tmp_path / "references").iterdir()} == first
    assert set(read(tmp_path)) == set(documents)


def test_userinfo_is_never_stored(tmp_path: Path) -> None:
    one = reference("a", url="https://me:hunter2@ex.com/", printed="https://me:hunter2@ex.com/")
    write(tmp_path, ("paper.md", (one,)))
    text = (tmp_path / "references" / "paper.md.json").read_text()
    assert "hunter2" not in text
    assert '"URL": "https://ex.com/"' in text
    assert '"url-printed": "https://***@ex.com/"' in text


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ('[\n{"id": "a"},\n]', r"x\.json, line 3: is not valid JSON"),
        ('[\n<<<<<<< HEAD\n]', r"x\.json, line 2: is not valid JSON .*merge unfinished"),
        ('[\n{"id": "a"},\n\n{"id": ""}]', r"x\.json, line 4: reference 2 of the file has no id"),
        ('["a"]', r"x\.json, line 1: reference 1 of the file is no object"),
        ('{"id": "a"}', r"x\.json, line 1: must be a CSL-JSON array"),
        ('[{"id": "a", "custom": {"cited": [{"line": "x"}]}}]', r"line 1: .*cannot be understood"),
        ("[" * 100_000, r"x\.json, line 1: is nested too deeply"),
    ],
)  # fmt: skip
def test_a_broken_file_is_named_with_its_line(tmp_path: Path, text: str, error: str) -> None:
    (tmp_path / "references").mkdir()
    (tmp_path / "references" / "x.json").write_text(text)
    with pytest.raises(LedgerError, match=error):
        read(tmp_path)


def test_corrections_are_read_and_left_alone(tmp_path: Path) -> None:
    ledger = Ledger(Settings(root=tmp_path), FixedClock())
    assert ledger.corrections() == {}
    path = tmp_path / "references" / "corrections.json"
    path.parent.mkdir()
    path.write_text('{"a": {"title": "Better"}}')
    assert ledger.corrections() == {"a": {"title": "Better"}}
    assert read(tmp_path) == {}
    path.write_text('{"a": "Better"}')
    with pytest.raises(LedgerError, match="must be an object from ids to fields"):
        ledger.corrections()

"""This repository's own records: whole, valid, and what the documents still say where they are."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from citecheck.cite.links import links
from citecheck.cite.machine import extract
from citecheck.ledger.store import Ledger
from citecheck.readers import shelf
from citecheck.settings import Settings
from citecheck.web.clock import SystemClock

REPOSITORY = Path(__file__).parents[1]
SETTINGS = replace(
    Settings(root=REPOSITORY),
    references=REPOSITORY / "references",
    archive_dir=REPOSITORY / "archive",
)


def test_they_hold_what_the_two_papers_cite() -> None:
    stored = Ledger(SETTINGS, SystemClock()).read_references()
    assert [path[:14] for path, _ in stored] == ["documents/000_", "documents/001_"]
    references = [r for _, rs in stored for r in rs]
    assert sum(len(r.citations) for r in references) == 44
    visited, unlinked = links(references)
    assert (len(visited), len(unlinked)) == (26, 16)
    assert sum(link.proxied for link in visited) == 2


def test_they_hold_no_sentence() -> None:
    for file in (REPOSITORY / "references").glob("documents__*.json"):
        for item in json.loads(file.read_text(encoding="utf-8")):
            assert {"note", "abstract", "annote"} & set(item) == set()
            for cited in item["custom"]["cited"]:
                assert all(set(quote) == {"tokens", "shingles"} for quote in cited["quotes"])


def test_extracting_the_documents_again_changes_nothing(tmp_path: Path) -> None:
    folder = REPOSITORY.parent / "shared" / "documents"
    if not folder.is_dir():
        pytest.skip("the two documents are not on this machine")
    documents = [
        shelf.read(f"documents/{path.name}", path.read_bytes())
        for path in sorted(folder.glob("*.txt"))
    ]
    settings = replace(SETTINGS, root=tmp_path, references=tmp_path / "references")
    extraction = extract(documents)
    Ledger(settings, SystemClock()).write_references(
        [(document.path, references) for document, references in extraction.by_document]
    )
    for written in (tmp_path / "references").glob("*.json"):
        assert written.read_bytes() == (REPOSITORY / "references" / written.name).read_bytes()

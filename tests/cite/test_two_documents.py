"""Every field of every citation in the two documents, where they are at hand."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from citecheck.cite.links import links
from citecheck.cite.machine import Extraction, extract
from citecheck.readers.shelf import read
from citecheck.records.reference import Citation, Reference
from standins.cited_works import FIRST, GOLD, SECOND
from standins.csl_schema import SCHEMA

_PLACES = (
    Path(os.environ.get("CITECHECK_TEST_DOCUMENTS", "documents")),
    *(p / "shared" / "documents" for p in Path(__file__).resolve().parents),
)
FOLDER = next((p for p in _PLACES if (p / FIRST).is_file()), None)
pytestmark = pytest.mark.skipif(FOLDER is None, reason="the two documents are not at hand")

OWN = (
    "title-translated", "title-original", "container-title-translated", "url-unproxied",
)  # fmt: skip


@pytest.fixture(scope="module")
def found() -> Extraction:
    assert FOLDER is not None
    return extract([read(name, (FOLDER / name).read_bytes()) for name in (FIRST, SECOND)])


def references(found: Extraction) -> list[Reference]:
    return [r for _, rows in found.by_document for r in rows]


def shown(reference: Reference, citation: Citation) -> dict[str, str]:
    """A reference in the writing of the table."""
    item = reference.to_item()
    custom = item.pop("custom")
    assert custom.get("url-printed", "") == item.get("URL", "")
    row: dict[str, str] = {}
    for key, value in item.items():
        if key != "id":
            row[key] = _text(key, value)
    row.update({k: custom[k] for k in OWN if k in custom})
    if citation.locator:
        row["locator"] = citation.locator
    return row


def _text(key: str, value: Any) -> str:
    if key == "issued":
        return "/".join("-".join(map(str, end)) for end in value["date-parts"])
    if isinstance(value, list):
        return "; ".join(_name(p) for p in value)
    return str(value)


def _name(p: dict[str, Any]) -> str:
    if "literal" in p:
        return f"={p['literal']}"
    if p.get("static-ordering"):
        return f"!{p['family']} {p['given']}"
    return f"{p.get('given', '')} {p['family']}".strip()


@pytest.mark.parametrize(("document", "note", "index", "expected"), GOLD, ids=lambda v: str(v)[:20])
def test_each_citation(
    found: Extraction, document: str, note: str, index: int, expected: dict[str, str]
) -> None:
    key = (document, note, index)
    by_place = {
        (c.document, c.note, c.index): (r, c) for r in references(found) for c in r.citations
    }
    reference, citation = by_place[key]
    if "same" in expected:
        other_document, other_note, other_index = expected["same"].split()
        other, _ = by_place[other_document, other_note, int(other_index)]
        assert reference.id == other.id
        assert citation.locator == expected.get("locator", "")
        assert citation.short is (expected.get("short") == "yes")
    else:
        assert shown(reference, citation) == expected
        assert not citation.short


def test_the_counts(found: Extraction) -> None:
    assert [len(document.notes) for document, _ in found.by_document] == [19, 20]
    assert found.citations == 44 == len(GOLD)
    assert [len(rows) for _, rows in found.by_document] == [22, 20]
    assert found.skipped == ()
    places = [(c.document, c.note, c.index) for r in references(found) for c in r.citations]
    assert sorted(places) == sorted((d, n, i) for d, n, i, _ in GOLD)


def test_the_links(found: Extraction) -> None:
    asked, unlinked = links(references(found))
    assert len(asked) == 26
    assert sum(len(k.citations) for k in asked) == 27
    assert len(unlinked) == 16
    assert [k.unproxied.split("?")[0] for k in asked if k.proxied] == [
        "https://advance.lexis.com/api/document"
    ] * 2
    assert not any("nids" in k.url for k in asked)


def test_valid_and_the_same_again(found: Extraction) -> None:
    items = [r.to_item() for r in references(found)]
    jsonschema.Draft7Validator(SCHEMA).validate(items)
    assert FOLDER is not None
    again = [read(name, (FOLDER / name).read_bytes()) for name in (FIRST, SECOND)]
    assert extract(again, references(found)) == found
    assert extract(again) == found

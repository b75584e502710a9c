"""Files of records: CSL-JSON, BibTeX and RIS to entries with CSL fields."""

from __future__ import annotations

import pytest

from citecheck.errors import SourceError
from citecheck.readers.shelf import read
from citecheck.records.document import Entry


def test_csl_json() -> None:
    text = """[
 {"id": "a", "type": "webpage", "title": "T", "URL": "https://example.org/a",
  "custom": {"citecheck": 1, "cited": []}},
 {"id": 7, "type": "book", "title": "B"},
 3
]"""
    document = read("references/paper.md.json", text.encode())
    assert document.format == "csl-json"
    assert document.notes == ()
    assert document.entries == (
        Entry(
            "a",
            2,
            {
                "id": "a",
                "type": "webpage",
                "title": "T",
                "URL": "https://example.org/a",
                "custom": {"citecheck": 1, "cited": []},
            },
        ),
        Entry("7", 4, {"id": 7, "type": "book", "title": "B"}),
    )
    assert document.warnings == ("Item 3 (line 5) is no CSL item: left out.",)


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ('{"id": "a", "type": "book", "title": "T"}', ["a"]),
        ('{"items": [{"id": "a", "type": "book"}, {"type": "book"}]}', ["a", "2"]),
        ("[]", []),
        ('\ufeff[{"id": "a", "type": "book"}]', ["a"]),
    ],
)
def test_shapes_of_csl_json(text: str, labels: list[str]) -> None:
    assert [e.label for e in read("a.json", text.encode()).entries] == labels


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('{"name": "x", "version": "1"}', "none of it is a CSL-JSON item"),
        ("[{", "not valid JSON"),
        ('[{"id": "a", "type": "book"}] trailing', "not valid JSON"),
        ('[{"id": "a", "type": "book"}', "not closed"),
        ("[" * 100_000, "nested too deeply"),
        ('{"a":' * 50_000, "nested too deeply"),
        ("[" + "1" * 5000 + "]", "not valid JSON"),
    ],
)
def test_json_that_is_no_csl(text: str, why: str) -> None:
    with pytest.raises(SourceError, match=why) as caught:
        read("a.json", text.encode())
    assert str(caught.value).startswith("a.json: ")
    assert caught.value.source == "a.json"


def test_bibtex() -> None:
    text = r"""@string{jop = "Journal of Things"}
@article{smith2020,
  author = {Smith, John and {World Bank} and van der Berg, Anna and J{\"o}rg M{\"u}ller},
  title = {The {DNA} of \emph{Things}: {\'E}tude --- 2}, subtitle = {And On},
  journal = jop, year = 2020, month = jun, volume = {3}, number = 4, pages = {1--20},
  doi = {https://doi.org/10.1000/182}, url = {https://example.org/a\_b?x=1\&y=2},
}
@online{web1, title={A Page}, date={2024-06-20}, urldate={2024-07-01},
  howpublished="\url{https://example.org/~me/50%25}"}
@book{b2, title = "Quoted {T}itle", editor = "Doe, Jane", year = {n.d.}, address={Berlin}}
@misc{pre, title={Pre}, eprint={2401.01234}, archiveprefix={arXiv}}
"""
    document = read("refs.bib", text.encode())
    assert document.warnings == ()
    assert document.entries == (
        Entry(
            "smith2020",
            2,
            {
                "id": "smith2020",
                "type": "article-journal",
                "title": "The DNA of Things: Étude — 2: And On",
                "container-title": "Journal of Things",
                "volume": "3",
                "issue": "4",
                "page": "1–20",
                "author": [
                    {"family": "Smith", "given": "John"},
                    {"literal": "World Bank"},
                    {"family": "van der Berg", "given": "Anna"},
                    {"family": "Müller", "given": "Jörg"},
                ],
                "issued": {"date-parts": [[2020, 6]]},
                "URL": "https://example.org/a_b?x=1&y=2",
                "DOI": "10.1000/182",
            },
        ),
        Entry(
            "web1",
            8,
            {
                "id": "web1",
                "type": "webpage",
                "title": "A Page",
                "issued": {"date-parts": [[2024, 6, 20]]},
                "accessed": {"date-parts": [[2024, 7, 1]]},
                "URL": "https://example.org/~me/50%25",
            },
        ),
        Entry(
            "b2",
            10,
            {
                "id": "b2",
                "type": "book",
                "title": "Quoted Title",
                "publisher-place": "Berlin",
                "editor": [{"family": "Doe", "given": "Jane"}],
                "issued": {"raw": "n.d."},
            },
        ),
        Entry(
            "pre",
            11,
            {
                "id": "pre",
                "type": "document",
                "title": "Pre",
                "URL": "https://arxiv.org/abs/2401.01234",
            },
        ),
    )


def test_a_broken_bibtex_entry_costs_itself_alone() -> None:
    text = "@book{a, title={A}}\n@misc{bad, title={unclosed\n@book{b, title={B}}\n"
    document = read("refs.bib", text.encode())
    assert [e.label for e in document.entries] == ["a", "b"]
    assert document.warnings == ("The entry at line 2 could not be read: left out.",)
    with pytest.raises(SourceError, match="braces"):
        read("refs.bib", b"@article{a, title={x}")


def test_ris() -> None:
    text = """TY  - NEWS
ID  - x1
AU  - Doe, Jane
AU  - World Bank
TI  - A title
T2  - The Paper
PY  - 2024
DA  - 2024/06/20/
UR  - https://example.org/a;b?c=1
SP  - 3
EP  - 9
DO  - 10.1000/182
Y2  - 2024/07/01/
ER  -\x20

TY  - JOUR
TI  - No end
AU  - Single
"""
    document = read("export.ris", text.encode())
    assert document.entries == (
        Entry(
            "x1",
            1,
            {
                "id": "x1",
                "type": "article-newspaper",
                "title": "A title",
                "container-title": "The Paper",
                "author": [{"family": "Doe", "given": "Jane"}, {"literal": "World Bank"}],
                "page": "3–9",
                "issued": {"date-parts": [[2024, 6, 20]]},
                "accessed": {"date-parts": [[2024, 7, 1]]},
                "URL": "https://example.org/a;b?c=1",
                "DOI": "10.1000/182",
            },
        ),
        Entry(
            "2",
            16,
            {
                "id": "2",
                "type": "article-journal",
                "title": "No end",
                "author": [{"literal": "Single"}],
            },
        ),
    )


def test_ris_that_is_none() -> None:
    with pytest.raises(SourceError, match="no RIS record"):
        read("a.ris", b"nothing")

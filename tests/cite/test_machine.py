"""The whole step: repeats, merging, ids, corrections, ready records."""

from __future__ import annotations

import time
from dataclasses import replace

import jsonschema
import pytest

from citecheck.cite.machine import Extraction, extract
from citecheck.records.document import Document, Entry
from citecheck.records.reference import Reference
from standins.csl_schema import SCHEMA
from standins.more_styles import UNSEEN
from standins.note_styles import STYLES
from standins.notes import document, note

WHEAT = "Jane Roe, *Wheat: A Life* (Oxford: Oxford University Press, 1990), 4."
OVENS = 'John Doe, "Ovens of the North," *Daily Loaf*, May 3, 2010, https://loaf.example/ovens.'


def first(found: Extraction) -> tuple[Reference, ...]:
    return found.by_document[0][1]


def places(reference: Reference) -> list[tuple[str, str, bool]]:
    return [(c.note, c.locator, c.short) for c in reference.citations]


@pytest.mark.parametrize(
    "short",
    ["Roe, *Wheat*, 12.", "Roe, 12.", "Ibid., 12.", "Ebd., S. 12.", "Roe, op. cit., 12."],
)
def test_short_forms_point_to_the_full_one(short: str) -> None:
    (only,) = first(extract([document(WHEAT, short)]))
    assert only.id == "roe-1990-wheat-a-life"
    assert places(only) == [("1", "4", False), ("2", "12", True)]


def test_a_pointer_after_several_citations_is_left_alone() -> None:
    found = extract([document(f"{WHEAT[:-1]}; {OVENS}", "Ibid.")])
    assert found.citations == 2
    assert [s.what for s in found.skipped] == ["paper.md, note 2"]


def test_the_work_in_a_bracket_of_a_sentence() -> None:
    (only,) = first(extract([document(WHEAT, 'As Roe writes, "bread is power" (*Wheat*, 44).')]))
    assert places(only) == [("1", "4", False), ("2", "44", True)]


def test_a_sentence_with_two_years_is_no_citation() -> None:
    found = extract([document("Doe (2010, 45) and Roe (2011, 3) disagree.")])
    assert (found.citations, len(found.skipped)) == (0, 1)


def test_a_short_form_without_its_work_stays_a_reference() -> None:
    (only,) = first(extract([document("Roe, *Wheat*, 12.")]))
    assert (only.title, places(only)) == ("Wheat", [("1", "12", False)])


def test_the_same_author_again() -> None:
    works = first(
        extract([document("Eva Meier, *Korn*, Wien 1990, S. 3; dies., *Mehl*, Wien 1991, S. 4.")])
    )
    assert [(r.title, r.csl["author"][0]["family"]) for r in works] == [
        ("Korn", "Meier"),
        ("Mehl", "Meier"),
    ]


def test_one_work_in_two_documents_has_one_id() -> None:
    found = extract([document(WHEAT, path="b.md"), document(OVENS, WHEAT, path="a.md")])
    (_, in_b), (_, in_a) = found.by_document
    assert [r.id for r in in_b] == ["roe-1990-wheat-a-life"]
    assert [r.id for r in in_a] == [
        "doe-2010-ovens-of-the-north",
        "roe-1990-wheat-a-life",
    ]
    assert in_a[1].csl == in_b[0].csl
    assert [c.document for c in in_a[1].citations] == ["a.md"]


def test_same_title_of_other_authors_is_another_work() -> None:
    found = extract([document(WHEAT, WHEAT.replace("Jane Roe", "Carl Poe"))])
    assert [r.id for r in first(found)] == ["poe-1990-wheat-a-life", "roe-1990-wheat-a-life"]


def test_ids_once_given_are_kept() -> None:
    found = extract([document(WHEAT, OVENS)])
    known = [replace(r, id=f"old-{i}") for i, r in enumerate(first(found))]
    again = extract([document(WHEAT, OVENS)], known)
    assert [r.id for r in first(again)] == ["old-0", "old-1"]


def test_corrections_come_last() -> None:
    fields = {"title": "Rye", "publisher": None, "title-translated": "Roggen", "nonsense": "x"}
    found = extract([document(WHEAT)], corrections={"roe-1990-wheat-a-life": fields, "gone": {}})
    (only,) = first(found)
    assert (only.title, only.title_translated) == ("Rye", "Roggen")
    assert "publisher" not in only.csl
    assert sorted(s.what for s in found.skipped) == [
        "correction of gone",
        "correction of roe-1990-wheat-a-life",
    ]


def test_a_corrected_title_keeps_its_id_from_run_to_run() -> None:
    papers = [document(WHEAT, '"Prices," *KCNA*, June 1, 2011.')]
    before = first(extract(papers))
    fields = {r.id: {"title": f"Cake {i}", "issued": "2012"} for i, r in enumerate(before)}
    for _ in range(2):
        found = extract(papers, before, fields)
        before = first(found)
        assert [(r.id, r.title) for r in before] == [
            ("prices-2011", "Cake 0"),
            ("roe-1990-wheat-a-life", "Cake 1"),
        ]
        assert found.skipped == ()


def test_a_title_mended_in_the_document_keeps_its_id() -> None:
    before = first(extract([document(WHEAT, OVENS)]))
    mended = document("Carl Poe, *Rye* (Oxford: OUP, 1990).", WHEAT.replace("Wheat", "Wheats"))
    after = first(extract([mended], before))
    assert [(r.id, r.title) for r in after] == [
        ("poe-1990-rye", "Rye"),
        ("roe-1990-wheat-a-life", "Wheats: A Life"),
    ]


def test_quotes_of_the_citing_sentence() -> None:
    sentence = "She wrote that “the price of bread had never been so high” in “that year.”"
    paper = Document("p.md", "", "markdown", (note(OVENS, sentence=sentence),))
    (only,) = first(extract([paper]))
    (quote,) = only.citations[0].quotes
    assert (quote.tokens, len(quote.shingles)) == (9, 6)


def test_userinfo_never_stays() -> None:
    (only,) = first(extract([document('"Bread," https://me:secret@loaf.example/a')]))
    assert only.urls == ("https://loaf.example/a",)
    assert only.printed == "https://***@loaf.example/a"


def test_ready_records_are_held_to_the_schema() -> None:
    csl = {"type": "odd", "title": "Wheat", "author": "Roe, Jane", "issued": "May 2010",
           "DOI": "https://doi.org/10.1/AB", "color": "red", "volume": 3}  # fmt: skip
    found = extract([Document("lib.bib", "", "bibtex", (), (Entry("roe", 7, csl),))])
    (only,) = first(found)
    assert only.csl == {
        "type": "document", "title": "Wheat", "author": [{"family": "Roe", "given": "Jane"}],
        "issued": {"date-parts": [[2010, 5]]}, "DOI": "10.1/ab", "volume": 3,
    }  # fmt: skip
    assert only.urls == ("https://doi.org/10.1/ab",)
    assert (only.citations[0].note, only.citations[0].line) == ("roe", 7)


def test_our_own_files_are_kept_as_they_are() -> None:
    work = first(extract([document(WHEAT, "Ibid., 9.")]))[0]
    source = Document("references/x.json", "", "csl", (), (Entry(work.id, 1, work.to_item()),))
    assert first(extract([source])) == (work,)


def test_every_style_is_valid_and_stable() -> None:
    paper = document(*(text for text, _ in STYLES + UNSEEN))
    found = extract([paper])
    jsonschema.Draft7Validator(SCHEMA).validate([r.to_item() for r in first(found)])
    assert extract([paper], first(found)) == found


HOSTILE = {
    "quotes": '" ' * 15_000, "open": "“" * 15_000, "brackets": "(" * 15_000 + ")" * 15_000,
    "spaces": " " * 100_000, "words": "word " * 50_000, "names": "Smith, " * 4000,
    "dots": "A. " * 10_000, "pages": "pp. 1–2, " * 5_000, "doi": "10.1234/" + "a)" * 20_000,
    "short": '"x" ' * 1400, "titles": "“a,” " * 1190, "dates": "May 1, " * 840,
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("before", ["", 'Jane Roe, "T," '])
def test_hostile_notes_end_soon(name: str, before: str) -> None:
    started = time.process_time()
    extract([document(before + HOSTILE[name])])
    assert time.process_time() - started < 3


@pytest.mark.parametrize(
    "odd", ["/ , : x.", "[] : Title Case Words. Paris, 1990.", "(1990): x", "/"]
)
def test_a_head_without_a_word_is_no_head(odd: str) -> None:
    extract([document(odd)])

"""The sample paper, read as any other, shows the habits that it was written to show."""

from __future__ import annotations

from citecheck.cite.links import links
from citecheck.cite.machine import extract
from citecheck.demo.texts import paper
from citecheck.readers.shelf import read
from citecheck.records.reference import Reference
from standins.demo_expected import EXPECTED, LIBRARY


def _references() -> tuple[Reference, ...]:
    found = extract([read("paper.md", paper().encode())])
    assert found.skipped == ()
    return found.by_document[0][1]


def _cited_in(*notes: str) -> list[Reference]:
    return [r for r in _references() if [c.note for c in r.citations] == list(notes)]


def test_counts() -> None:
    document = read("paper.md", paper().encode())
    assert document.warnings == ()
    assert [note.label for note in document.notes] == [str(n) for n in range(1, 23)]
    assert all(note.callouts for note in document.notes)
    found = extract([document])
    assert (found.citations, len(found.by_document[0][1])) == (25, 23)


def test_every_address_is_a_link_and_works_without_one_are_unlinked() -> None:
    linked, unlinked = links(_references())
    assert sorted(link.url for link in linked) == sorted(one.url for one in EXPECTED)
    assert sorted(row.title for row in unlinked) == [
        "An Island That Rings for Water",
        "Press Conference on the Removal of the Old Pier",
        "Small Harbours of the Northern Isles",
    ]
    (proxied,) = (link for link in linked if link.proxied)
    assert proxied.url.startswith(LIBRARY)
    assert proxied.unproxied.startswith("https://archive.maritime.example.org/")


def test_repeats_are_one_reference() -> None:
    (short,) = _cited_in("3", "20")
    assert (short.title, short.citations[1].short, short.citations[1].locator) == (
        "Small Harbours of the Northern Isles",
        True,
        "121",
    )
    (verbatim,) = _cited_in("4", "21")
    assert verbatim.title == "Ormsay Old Pier: Description of the Station"


def test_several_citations_and_prose_in_a_note() -> None:
    assert [len(_cited_in(*notes)) for notes in (("3",), ("5",), ("13",), ("19",))] == [1, 2, 2, 2]
    assert [r.title for r in _cited_in("16")] == ["Paper Water: Prediction and Its Enemies"]
    assert _cited_in("22") == []


def test_names_and_titles_in_another_script() -> None:
    (japanese,) = _cited_in("14")
    assert japanese.title == "Hokugan no Kiri Shingō to Chōsekihyō"
    assert japanese.title_translated == "Fog Signals and Tide Tables of the Northern Shore"
    assert japanese.title_original == "北岸の霧信号と潮汐表"
    (author,) = japanese.csl["author"]
    assert (author["family"], author["given"]) == ("Kitazawa", "Noriko")


def test_corporate_authors_are_no_persons() -> None:
    literal = {
        a["literal"] for r in _references() for a in r.csl.get("author", ()) if "literal" in a
    }
    assert literal == {
        "Maritime Museum of the Northern Isles",
        "Ministry of Coastal Works",
        "National Gauge Service",
        "Ormsay Harbour Board",
        "Seafarers' Institute",
        "Society of Sound Pilots",
        "Tide Office of the Ministry of Coastal Works",
    }


def test_quoted_words_of_the_museum_are_noted_for_comparison() -> None:
    (museum,) = _cited_in("9")
    assert [q.tokens for q in museum.citations[0].quotes] == [12]

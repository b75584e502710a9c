"""Which references are asked about, and what of them."""

from __future__ import annotations

from typing import Any

import pytest

from citecheck.records.reference import Reference
from citecheck.works.wanted import Person, Wanted, doi_of, isbn_of, wanted
from standins.registries import Registries
from works.asking import ask

BERG = [{"family": "Berg", "given": "Ida"}, {"literal": "World Bank"}, "x", {}]


def reference(id: str = "r", urls: tuple[str, ...] = (), **csl: Any) -> Reference:
    return Reference(id, {"type": "book", **csl}, urls)


def ids(*references: Reference) -> list[str]:
    return [one.reference for one in wanted(references)]


def test_what_a_reference_says_of_its_work() -> None:
    csl: dict[str, Any] = {
        "title": "Growth and Form",
        "author": BERG,
        "issued": {"date-parts": [[2014, 3]]},
        "container-title": "Review",
        "volume": 12,
        "page": "4-19",
        "DOI": "https://doi.org/10.1000/ABC",
        "ISBN": "978-0-300-07815-2",
    }
    assert wanted([reference(urls=("https://doi.org/10.1000/abc",), **csl)]) == (
        Wanted(
            "r",
            ("Growth and Form",),
            (Person("Berg", "Ida"), Person("World Bank", whole=True)),
            2014,
            "Review",
            "12",
            "4-19",
            "book",
            "10.1000/abc",
            "9780300078152",
            linked=True,
        ),
    )


def test_those_with_a_doi_and_of_the_unlinked_those_that_registries_can_have() -> None:
    url = ("https://example.org/a",)
    assert ids(
        reference("linked-doi", url, DOI="10.1000/a"),
        reference("linked-title", url, title="Growth and Form"),
        reference("linked-isbn", url, ISBN="9780300078152"),
        reference("isbn", ISBN="9780300078152"),
        reference("title", title="Growth and Form"),
        reference("nothing"),
        reference("stop-words", title="Of the"),
        reference("news", title="Storm over the City", type="article-newspaper"),
        reference("law", title="An Act about Storms", type="legislation"),
        reference("law-doi", title="An Act", type="legislation", DOI="10.1000/b"),
    ) == ["isbn", "law-doi", "linked-doi", "title"]


def test_one_work_in_two_documents_is_asked_about_once() -> None:
    url = ("https://example.org/a",)
    twice = (reference("r", title="Growth and Form"), reference("r", url, title="Growth and Form"))
    assert ids(*twice) == []
    assert ids(twice[0], twice[0]) == ["r"]


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("doi: 10.1000/ABC", "10.1000/abc"),
        ("https://dx.doi.org/10.1000/a(b)", "10.1000/a(b)"),
        ("10.1000/a b", ""),
        ("10.1000/a\u202eb", ""),
        ("11.1000/a", ""),
        (7, ""),
    ],
)
def test_dois(text: object, doi: str) -> None:
    assert doi_of(text) == doi


@pytest.mark.parametrize(
    ("text", "isbn"),
    [
        ("0-300-07815-3", "0300078153"),
        ("978-0-300-07815-2", "9780300078152"),
        ("080442957X", "080442957X"),
        ("9780300078153", ""),
        ("12345", ""),
    ],
)
def test_isbns(text: str, isbn: str) -> None:
    assert isbn_of(text) == isbn


def test_another_title_or_year_is_another_question() -> None:
    one, two, three = (
        wanted([reference(title=title, issued={"date-parts": [[year]]})])[0].fingerprint
        for title, year in (("Growth", 2014), ("Growth", 2014), ("Growth", 2015))
    )
    assert one == two != three


def test_a_romanised_title_that_nobody_has_is_not_known() -> None:
    """It may be registered in its own script: across scripts nothing can be told."""
    printed = Reference(
        "r", {"type": "book", "title": "Chosen senso no nazo"}, title_translated="Riddle of a War"
    )
    (work,) = ask(Registries(), *wanted([printed]))
    assert (work.state.value, work.settled) == ("unknown", True)
    assert "in its own language and script" in work.detail

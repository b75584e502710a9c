"""What is asked about a reference, and what follows from the answers."""

from __future__ import annotations

from typing import Any

import pytest

from citecheck.records.work import Difference, Notice
from citecheck.works.wanted import Person, Wanted
from standins.registries import (
    BUSY,
    DOWN,
    PORTAL,
    Registries,
    crossref_work,
    retraction,
    said,
)
from works.asking import ask

TITLE = "Measuring Link Rot in Legal Citations"
DOI = "10.1000/rot.2014.1"
ARTICLE = Wanted("berg-2014", (TITLE,), (Person("Berg", "Ida"),), 2014, kind="article-journal")
WITH_DOI = Wanted("berg-2014", (TITLE,), (Person("Berg"),), 2014, doi=DOI, linked=True)
BOOK = Wanted(
    "scott-1998", ("Seeing Like a State",), (Person("Scott", "James"),), 1998, kind="book"
)


def rot(**more: Any) -> dict[str, dict[str, Any]]:
    return {DOI: crossref_work(DOI, TITLE, "Berg", 2014, **more)}


def test_a_doi_is_asked_of_crossref_alone() -> None:
    there = Registries(works=rot())
    (work,) = ask(there, WITH_DOI)
    assert (work.state.value, work.where, work.identifier, work.by) == (
        "found", "Crossref", DOI, "doi",
    )  # fmt: skip
    assert work.detail == "Crossref has this work."
    assert work.suggestion == "" and work.settled
    assert there.asked == [f"crossref works/{DOI}"]


def test_a_doi_of_datacite() -> None:
    row = {
        "titles": [{"title": TITLE}],
        "creators": [{"name": "Berg, Ida", "nameType": "Personal", "familyName": "Berg"}],
        "publicationYear": 2014,
        "publisher": "Zenodo",
    }
    (work,) = ask(Registries(datasets={DOI: row}), WITH_DOI)
    assert (work.state.value, work.where, work.identifier) == ("found", "DataCite", DOI)


def test_a_doi_of_another_agency_exists_and_nothing_more_is_known() -> None:
    (work,) = ask(Registries(agencies={DOI: "JaLC"}), WITH_DOI)
    assert (work.state.value, work.settled) == ("unknown", True)
    assert "registered with JaLC, which is not asked" in work.detail


def test_a_doi_that_nobody_has_is_searched_for_by_its_title() -> None:
    right = "10.1000/rot.2014.7"
    there = Registries(works={right: crossref_work(right, TITLE, "Berg", 2014)})
    (work,) = ask(there, WITH_DOI)
    assert (work.state.value, work.differences) == (
        "found-with-differences",
        (Difference("DOI", DOI, right),),
    )
    assert work.suggestion == f"https://doi.org/{right}"


def test_a_doi_that_nobody_has_and_no_such_title() -> None:
    (work,) = ask(Registries(), WITH_DOI)
    assert (work.state.value, work.settled) == ("not-found", True)
    assert work.detail == (
        f"The DOI {DOI} is not registered (Crossref, DataCite, Open Library and OpenAlex asked): a "
        "letter of it may be wrong. Look at the work itself for it."
    )


def test_a_doi_of_another_work_is_shown_field_by_field() -> None:
    other = crossref_work(DOI, "Birds of the Baltic Shore", "Sato", 1999)
    (work,) = ask(Registries(works={DOI: other}), WITH_DOI)
    assert work.state.value == "found-with-differences"
    assert [d.field for d in work.differences] == ["title", "authors", "year"]
    assert work.detail.startswith("Crossref has another work under this DOI than is cited")


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        ("retraction", "retracted"),
        ("withdrawal", "retracted"),
        ("partial_retraction", "retracted"),
        ("correction", "corrected"),
        ("erratum", "corrected"),
        ("expression_of_concern", "corrected"),
        ("new_edition", "found"),
    ],
)
def test_what_was_published_about_it_later(kind: str, state: str) -> None:
    there = Registries(works=rot(**{"updated-by": [retraction("10.1000/note", kind)]}))
    (work,) = ask(there, WITH_DOI)
    assert work.state.value == state
    assert work.notices == (Notice(kind.replace("_", "-"), "10.1000/note", "2021-03-04"),)


def test_the_notice_itself_is_not_retracted() -> None:
    """`update-to` stands with the notice, and says what that is about."""
    there = Registries(works=rot(**{"update-to": [retraction("10.1000/other")]}))
    (work,) = ask(there, WITH_DOI)
    assert work.state.value == "found"


def test_a_title_that_says_it_and_a_notice_told_twice() -> None:
    marked = crossref_work(DOI, f"RETRACTED: {TITLE}", "Berg", 2014)
    (work,) = ask(Registries(works={DOI: marked}), WITH_DOI)
    assert (work.state.value, work.differences) == ("retracted", ())
    twice = [
        retraction("10.1000/note"),
        {**retraction("10.1000/note"), "source": "retraction-watch"},
    ]
    (work,) = ask(Registries(works=rot(**{"updated-by": twice})), WITH_DOI)
    assert len(work.notices) == 1


def test_a_title_is_searched_for_validated_and_asked_about_once_more() -> None:
    there = Registries(
        works={
            "10.1000/review": crossref_work("10.1000/review", f"Review of {TITLE}", "Berg", 2014),
            **rot(**{"updated-by": [retraction("10.1000/note")]}),
        }
    )
    (work,) = ask(there, ARTICLE)
    assert (work.state.value, work.identifier, work.by) == ("retracted", DOI, "title")
    assert work.suggestion == f"https://doi.org/{DOI}"
    assert there.asked == ["crossref works", f"crossref works/{DOI}"]
    assert there.questions[0]["query.bibliographic"] == f"{TITLE} Berg 2014"


def test_openalex_is_asked_where_crossref_has_nothing_that_fits() -> None:
    paper = {
        "id": "https://openalex.org/W2741809807",
        "doi": None,
        "title": TITLE,
        "publication_year": 2014,
        "authorships": [{"author": {"display_name": "Ida Berg"}, "raw_author_name": "Ida Berg"}],
        "primary_location": {"source": {"display_name": "Law Review"}},
        "biblio": {"volume": "2", "first_page": "4", "last_page": "19"},
        "is_retracted": False,
    }
    (work,) = ask(Registries(papers=[paper]), ARTICLE)
    assert (work.state.value, work.where, work.identifier) == ("found", "OpenAlex", "W2741809807")
    (work,) = ask(Registries(papers=[{**paper, "is_retracted": True}]), ARTICLE)
    assert work.state.value == "retracted"


def test_an_isbn_leads_to_an_edition_and_its_authors() -> None:
    edition = {
        "key": "/books/OL7353617M",
        "title": "Seeing Like a State",
        "subtitle": "How Certain Schemes Have Failed",
        "publish_date": "March 1998",
        "authors": [{"key": "/authors/OL34184A"}],
    }
    there = Registries(editions={"9780300078152": edition}, authors={"OL34184A": "James C. Scott"})
    book = Wanted("scott-1998", BOOK.titles, BOOK.people, 1998, isbn="9780300078152", kind="book")
    (work,) = ask(there, book)
    assert (work.state.value, work.where, work.identifier, work.by) == (
        "found", "Open Library", "OL7353617M", "isbn",
    )  # fmt: skip
    assert work.suggestion == ""
    wrong = Wanted("w", ("Birds of the Baltic",), (Person("Sato"),), 1998, isbn="9780300078152")
    (work,) = ask(there, wrong)
    assert [d.field for d in work.differences] == ["title", "authors"]


def test_a_book_in_another_edition_gives_way_to_one_that_fits() -> None:
    scott = [{"given": "James C.", "family": "Scott"}]
    later = crossref_work("10.1000/ebook", "Seeing Like a State", "", 2020, author=scott)
    book = {
        "key": "/works/OL2712386W",
        "title": "Seeing Like a State",
        "author_name": ["James C. Scott"],
        "first_publish_year": 1998,
        "publish_year": [1998, 2020],
    }
    (work,) = ask(Registries(works={"10.1000/ebook": later}, books=[book]), BOOK)
    assert (work.state.value, work.identifier) == ("found", "OL2712386W")
    (work,) = ask(Registries(works={"10.1000/ebook": later}), BOOK)
    assert (work.state.value, [d.field for d in work.differences]) == (
        "found-with-differences",
        ["year"],
    )
    assert work.suggestion == "", "the DOI of another edition is not offered"


def test_what_is_only_alike_is_not_known() -> None:
    near = crossref_work(DOI, "Measuring Link Rot in Medical Citations", "Berg", 2014)
    (work,) = ask(Registries(works={DOI: near}), ARTICLE)
    assert (work.state.value, work.settled, work.identifier) == ("unknown", True, "")
    assert "may or may not be this work" in work.detail


def test_what_no_registry_has_is_never_called_more_than_that() -> None:
    (work,) = ask(Registries(), BOOK)
    assert (work.state.value, work.settled) == ("not-found", True)
    assert work.detail.startswith(
        "Crossref, Open Library and OpenAlex have no work that is certainly this one. "
        "That proves little: many books"
    )


@pytest.mark.parametrize("answer", [BUSY, DOWN, PORTAL, said({"message": "?"}), said([]),
                                    (403, (), b"no"), (404, (), b"<h1>Portal</h1>"),
                                    (200, (), b'{"message": '), (302, (), b"")])  # fmt: skip
def test_a_registry_that_does_not_answer_leaves_it_open(answer: Any) -> None:
    for registry in ("crossref", "openalex"):
        (work,) = ask(Registries(down={registry: answer}), ARTICLE)
        assert (work.state.value, work.settled) == ("unknown", False), registry
        assert "The next run asks again." in work.detail
    (work,) = ask(Registries(down={"crossref": answer}), WITH_DOI)
    assert (work.state.value, work.settled) == ("unknown", False)


def test_a_registry_that_cannot_be_reached_leaves_it_open() -> None:
    (work,) = ask(Registries(), ARTICLE, broken=frozenset({"crossref"}))
    assert (work.state.value, work.settled) == ("unknown", False)
    assert "Crossref: it could not be reached (connect-timeout)" in work.detail


def test_a_search_that_is_not_there_is_no_answer() -> None:
    """An address in the settings that leads to another service must not say what exists."""
    (work,) = ask(Registries(down={"crossref": said({"error": "no route"}, 404)}), ARTICLE)
    assert (work.state.value, work.settled) == ("unknown", False)


def test_a_pause_beyond_the_time_is_told_as_such() -> None:
    long = (429, (("Retry-After", "900"),), b"")
    (work,) = ask(Registries(down={"crossref": long}), WITH_DOI, budget=60.0)
    assert "Crossref: it is asked too often (429)" in work.detail


def test_after_three_silences_a_registry_is_left_alone() -> None:
    there = Registries(down={"crossref": DOWN})
    works = ask(there, *[ARTICLE] * 5, without=("openalex",))
    assert {w.state.value for w in works} == {"unknown"}
    assert len(there.asked) == 6, "three questions, each tried twice"


def test_without_time_nobody_is_asked() -> None:
    there = Registries(works=rot())
    (work,) = ask(there, WITH_DOI, budget=0.0)
    assert (work.state.value, work.settled, there.asked) == ("unknown", False, [])
    assert "the time for look-ups was used up" in work.detail


def test_where_crossref_is_silent_after_a_search_the_rest_is_asked_another_day() -> None:
    class Half(Registries):
        def _crossref(self, path: str, query: Any) -> Any:
            return super()._crossref(path, query) if path == "works" else DOWN

    (work,) = ask(Half(works=rot()), ARTICLE)
    assert (work.state.value, work.settled) == ("found", False)
    assert "Whether it was retracted could not be asked" in work.detail


def test_which_registries_are_asked_is_for_the_settings_to_say() -> None:
    there = Registries()
    (work,) = ask(there, BOOK, without=("openalex", "openlibrary", "datacite"))
    assert {a.split()[0] for a in there.asked} == {"crossref"}
    assert work.detail.startswith("Crossref has no work that is certainly this one.")
    (work,) = ask(there, BOOK, without=("crossref", "openalex", "openlibrary", "datacite"))
    assert (work.state.value, work.settled) == ("unknown", False)


HOSTILE: tuple[Any, ...] = (
    {"message": {"items": [None, 1, {"DOI": 5}, {"DOI": DOI, "title": {"a": 1}}]}},
    {"message": {"items": [{"DOI": DOI, "title": [TITLE], "author": "x", "issued": [[]]}]}},
    {"message": {"items": [{"DOI": "javascript:alert(1)", "title": [TITLE]}]}},
    {
        "message": {
            "items": [{"DOI": DOI, "title": [TITLE * 5000], "issued": {"date-parts": [[None]]}}]
        }
    },
    {"message": {"items": [crossref_work(DOI, f"<b>{TITLE}</b>\x1b[31m\u202e", "Berg", 2014)]}},
    {"results": [{"id": 7, "title": None}], "docs": [{"key": "/works/../x", "title": TITLE}]},
    {"data": {"attributes": {"doi": DOI, "titles": "x", "creators": [1], "publicationYear": []}}},
)


@pytest.mark.parametrize("reply", HOSTILE)
def test_hostile_replies_raise_nothing_and_bring_nothing_active(reply: Any) -> None:
    for registry in ("crossref", "openalex", "datacite", "openlibrary"):
        book = Wanted("b", (TITLE,), (Person("Berg"),), 2014, isbn="9780300078152", kind="book")
        for work in ask(Registries(down={registry: said(reply)}), ARTICLE, WITH_DOI, book):
            text = repr(work)
            assert "\\x1b" not in text and "\\u202e" not in text.replace("\\\\u202e", "")
            assert "javascript" not in work.suggestion
            assert len(text) < 4000

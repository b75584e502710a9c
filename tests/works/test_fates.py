"""Retractions and other fates of works: none missed, none claimed falsely; whose word counts."""

from __future__ import annotations

from typing import Any

import pytest

from citecheck.works.wanted import Person, Wanted
from standins.registries import JSON, Registries, crossref_work, retraction, said
from works.asking import ask

DOI = "10.1000/rot.2014.1"
TITLE = "Measuring Link Rot in Legal Citations"
CITED = Wanted("berg-2014", (TITLE,), (Person("Berg"),), 2014, doi=DOI, linked=True)
UNLINKED = Wanted("berg-2014", (TITLE,), (Person("Berg"),), 2014, kind="article-journal")


def state(title: str = TITLE, updates: tuple[dict[str, Any], ...] = ()) -> str:
    work = crossref_work(DOI, title, "Berg", 2014, **{"updated-by": [*updates]})
    return ask(Registries(works={DOI: work}), CITED)[0].state.value


@pytest.mark.parametrize(
    "mark",
    ["RETRACTED: ", "RETRACTED ARTICLE: ", "Retracted: ", "[Retracted] ", "WITHDRAWN: ",
     "Withdrawn article: ", "[RETRACTED ARTICLE] ", "REMOVED: ", "RETRACTED – "],
)  # fmt: skip
def test_a_mark_before_the_title_tells_of_a_retraction(mark: str) -> None:
    assert state(f"{mark}{TITLE}") == "retracted"


@pytest.mark.parametrize(
    "title",
    ["Retracted papers and how they are cited afterwards", "Withdrawn: a novel of the north",
     "Retraction of the tongue in lizards", "Withdrawn patients in trials of sleep",
     "Removed: letters from an island"],
)  # fmt: skip
def test_a_title_that_begins_with_such_a_word_tells_of_none(title: str) -> None:
    cited = Wanted("r", (title,), (Person("Berg"),), 2014, doi=DOI, linked=True)
    there = Registries(works={DOI: crossref_work(DOI, title, "Berg", 2014)})
    assert ask(there, cited)[0].state.value == "found"


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("Retraction", "retracted"),
        ("partial_retraction", "retracted"),
        ("Partial Retraction", "retracted"),
        ("expression of concern", "corrected"),
        ("Expression_of_Concern", "corrected"),
        ("new_version", "found"),
        ("<b>", "found"),
    ],
)
def test_notices_in_every_spelling(kind: str, told: str) -> None:
    assert state(updates=(retraction("10.1000/note", kind),)) == told


def test_an_expression_of_concern_is_called_so() -> None:
    update = {"updated-by": [retraction("10.1000/note", "expression_of_concern")]}
    (work,) = ask(Registries(works={DOI: crossref_work(DOI, TITLE, "Berg", 2014, **update)}), CITED)
    assert work.detail.startswith("Crossref tells of an expression of concern (")


def test_a_retraction_that_was_taken_back_is_no_retraction() -> None:
    back = {**retraction("10.1000/back", "reinstatement"), "updated": {"date-parts": [[2022, 1]]}}
    update = {"updated-by": [retraction("10.1000/note"), back]}
    (work,) = ask(Registries(works={DOI: crossref_work(DOI, TITLE, "Berg", 2014, **update)}), CITED)
    assert work.state.value == "corrected"
    assert "a retraction that was taken back (retraction 2021-03-04" in work.detail
    again = {**retraction("10.1000/again"), "updated": {"date-parts": [[2023, 5]]}}
    assert state(updates=(*update["updated-by"], again)) == "retracted"
    undated = {**back, "updated": {}}
    assert state(updates=(retraction("10.1000/note"), undated)) == "retracted"


def test_openalex_tells_of_a_retraction_where_crossref_cannot() -> None:
    paper = {
        "id": "https://openalex.org/W2741809807",
        "doi": f"https://doi.org/{DOI}",
        "title": TITLE,
        "publication_year": 2014,
        "authorships": [{"raw_author_name": "Ida Berg"}],
        "is_retracted": True,
    }
    (work,) = ask(Registries(papers=[paper]), UNLINKED, without=("crossref",))
    assert work.state.value == "retracted"


def test_a_doi_that_leads_to_the_record_of_another_is_told() -> None:
    class Alias(Registries):
        def _crossref(self, path: str, query: Any) -> Any:
            return said({"message": crossref_work("10.1000/prime", TITLE, "Berg", 2014)})

    (work,) = ask(Alias(), CITED)
    assert (work.state.value, [d.field for d in work.differences]) == (
        "found-with-differences",
        ["DOI"],
    )


@pytest.mark.parametrize(
    "answer",
    [
        (404, (("Content-Type", "text/html"),), b"<html><title>404 Not Found</title></html>"),
        (404, JSON, b'{"message": "no Route matched with those values"}'),
        (404, (), b""),
    ],
)
def test_a_404_of_somebody_else_does_not_say_that_a_doi_is_not_registered(answer: Any) -> None:
    for registry in ("crossref", "datacite"):
        (work,) = ask(Registries(down={registry: answer}), CITED)
        assert (work.state.value, work.settled) == ("unknown", False), registry


def test_a_question_that_is_refused_says_nothing_of_the_next() -> None:
    there = Registries(down={"crossref": said({"status": "failed"}, 400)})
    ask(there, *[CITED] * 5)
    assert sum(a.startswith("crossref") for a in there.asked) == 5


def test_an_agency_that_was_asked_is_not_called_unasked() -> None:
    there = Registries(agencies={DOI: "Crossref"})
    (work,) = ask(there, CITED)
    assert work.state.value == "unknown"
    assert "registered with Crossref, which tells nothing of it" in work.detail


def test_a_short_title_that_is_not_found_is_not_known() -> None:
    short = Wanted("e", ("Editorial",), (Person("Weiss"),), 2014, kind="article-journal")
    (work,) = ask(Registries(), short)
    assert (work.state.value, work.settled) == ("unknown", True)
    assert "too short to be searched for" in work.detail


def test_a_part_of_a_book_is_not_found_with_the_book() -> None:
    edition = {"key": "/books/OL1M", "title": "Rivers of the Old World", "publish_date": "2005"}
    there = Registries(editions={"9780306406157": edition})
    facts = (("The Volga and its locks",), (Person("Orlov"),), 2005, "Rivers of the Old World")
    (work,) = ask(there, Wanted("orlov", *facts, kind="chapter", isbn="9780306406157"))
    assert (work.state.value, work.where) == ("unknown", "Open Library")
    assert "tells nothing of its parts" in work.detail


def test_a_title_of_two_works_is_not_told_without_an_author() -> None:
    title = "Patterns of trade along the northern river routes"
    bad = {"updated-by": [retraction("10.1000/note")]}
    works = {
        "10.1000/a": crossref_work("10.1000/a", title, "Larsen", 1988, **bad),
        "10.1000/b": crossref_work("10.1000/b", title, "Okafor", 1988),
    }
    (work,) = ask(Registries(works=works), Wanted("r", (title,), (), None, kind="article-journal"))
    assert (work.state.value, work.notices) == ("unknown", ())


def test_a_withdrawal_is_not_called_a_retraction() -> None:
    for marked in (
        crossref_work(DOI, f"WITHDRAWN: {TITLE}", "Berg", 2014),
        crossref_work(DOI, TITLE, "Berg", 2014, **{"updated-by": [retraction("", "withdrawal")]}),
    ):
        (work,) = ask(Registries(works={DOI: marked}), CITED)
        assert (work.state.value, [n.kind for n in work.notices]) == ("retracted", ["withdrawal"])
        assert work.detail.startswith("Crossref tells of a withdrawal")
    (work,) = ask(
        Registries(works={DOI: crossref_work(DOI, f"RETRACTED: {TITLE}", "Berg", 2014)}), CITED
    )
    assert work.detail.startswith("Crossref tells of a retraction. Read the notice")


def test_an_introduction_elsewhere_is_another_one() -> None:
    held = {
        "10.1000/i": crossref_work(
            "10.1000/i", "Introduction", "Baker", 2012, **{"container-title": ["Bread Handbook"]}
        )
    }
    facts = (("Introduction",), (Person("Baker", "Ida"),), 2012)
    states = [
        ask(Registries(works=held), Wanted("r", *facts, place, kind="chapter"))[0].state.value
        for place in ("Bread Handbook", "Theory of Knots", "")
    ]
    assert states == ["found", "unknown", "unknown"]

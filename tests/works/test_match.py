"""The labelled pairs, and which fields differ."""

from __future__ import annotations

import pytest

from citecheck.works import alike
from citecheck.works.alike import Title
from citecheck.works.match import Verdict, differences, judge
from citecheck.works.registered import Registered
from citecheck.works.wanted import Person, Wanted
from works.cases_match import CASES, cited, registered

LABELS = {"same": "S", "like": "?", "other": "N"}


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c[0]} {c[1][0][:30]} / {c[2][0][:30]}")
def test_each_labelled_pair(case: tuple) -> None:  # type: ignore[type-arg]
    label, wanted, offered = case
    assert LABELS[judge(cited(wanted), registered(offered)).value] == label


def test_no_work_is_taken_for_another_one_of_the_set() -> None:
    """Every cited work against what is offered for every other: precision is what counts."""
    wrong = [
        (a[1][0], b[2][0])
        for a in CASES
        for b in CASES
        if a is not b and judge(cited(a[1]), registered(b[2])).value == "same"
        if a[1][0].casefold() != b[2][0].casefold()
        if not b[2][0].startswith(("RETRACTED", a[1][0]))
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("a", "b", "found"),
    [
        ("On growth and form", "On Growth and Form", Title.SAME),
        ("Growth", "Growth: and form in animals", Title.PART),
        ("Growth and form - in animals", "Growth and form", Title.PART),
        ("Growth", "Growth and form in animals", Title.NEAR),
        ("Principles of macroeconomics", "Principles of microeconomics", Title.NEAR),
        ("Hypertension in pregnancy", "Hypotension in pregnancy", Title.NEAR),
        ("The organisation of labour", "The Organization of Labor", Title.SAME),
        ("Theatre and haemoglobin models", "Theater and hemoglobin model", Title.SAME),
        ("Theory of shells, part 1", "Theory of shells, part 2", Title.LIKE),
        ("Theory of shells, part A", "Theory of shells, part B", Title.LIKE),
        ("Atlas of northern birds", "Atlas of northern birds, vol. 2", Title.LIKE),
        ("Cells in H2O and air", "Cells in H 2 O and air", Title.SAME),
        ("Erratum: Growth and form", "Growth and form", Title.OTHER),
        ("RETRACTED: Growth and form", "Growth and form", Title.SAME),
        ("Growth and form of animals", "Growth and form of plants", Title.LIKE),
        ("Growth and form", "Erratum: Growth and form", Title.OTHER),
        ("Growth and form", "Рост и форма", Title.UNTOLD),
        ("Growth and form", "", Title.UNTOLD),
        ("Reply to Darwin", "Reply to Darwin", Title.SAME),
    ],
)
def test_titles(a: str, b: str, found: Title) -> None:
    assert alike.title(a, b) is found


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        (Person("Müller"), Person("Muller", "K."), True),
        (Person("Smith", "John"), Person("Smith", "J."), True),
        (Person("Smith", "John"), Person("Smith", "Mary"), False),
        (Person("Kim", "Jong Il"), Person("Il", "Kim Jong"), True),
        (Person("World Bank", whole=True), Person("The World Bank", whole=True), True),
        (Person("Wang"), Person("王"), False),
    ],
)
def test_persons(a: Person, b: Person, same: bool) -> None:
    assert alike.same_person(a, b) is same


def test_another_first_name_is_neither_the_same_nor_another() -> None:
    bob, robert = (Person("Smith", "Bob"),), (Person("Smith", "Robert"),)
    assert alike.people(bob, robert) is None
    assert alike.missing(bob, robert) == ()
    assert alike.missing(bob, (Person("Smyth", "Bob"),)) == bob


def test_across_scripts_no_author_is_missing() -> None:
    assert alike.people((Person("Wang"),), (Person("王"),)) is None
    assert alike.missing((Person("Wang"),), (Person("王"),)) == ()


@pytest.mark.parametrize(
    ("a", "b", "fits"),
    [
        ("J. Phys. Chem.", "The Journal of Physical Chemistry", True),
        ("PNAS", "Proceedings of the National Academy of Sciences", True),
        ("Nature", "Nature", True),
        ("Nature", "Trade History Quarterly", False),
        ("Nature", "自然", None),
        ("", "Nature", None),
    ],
)
def test_containers(a: str, b: str, fits: bool | None) -> None:
    assert alike.container(a, (b,)) is fits


@pytest.mark.parametrize(
    ("a", "b", "fits"),
    [
        ("1243–1248", "1243-1248", True),
        ("1245", "1243-8", True),
        ("12", "1243-1248", False),
        ("e104", "1243", None),
        ("", "1243", None),
        ("xii", "1243", None),
    ],
)
def test_pages(a: str, b: str, fits: bool | None) -> None:
    assert alike.page(a, b) is fits


WORK = Wanted(
    "r",
    ("Measuring Link Rot in Legal Citations",),
    (Person("Berg", "Ida"), Person("Lund", "Per")),
    2014,
    "Journal of Law and Information Science",
    "22",
    "4-19",
)
RECORD = Registered(
    "Crossref",
    "10.1000/x",
    ("Measuring Link Rot in Legal Citations",),
    (Person("Berg", "I."), Person("Lund", "P.")),
    (2014, 2015),
    ("Journal of Law and Information Science",),
    "22",
    "4-19",
)


def test_what_is_cited_rightly_has_no_difference() -> None:
    assert differences(WORK, RECORD) == ()


def test_each_field_that_differs_is_shown_with_both_sides() -> None:
    other = Registered(
        "Crossref",
        "10.1000/y",
        ("Birds of the Baltic Shore",),
        (Person("Sato", "Mei"),),
        (1999,),
        ("Ornithology Today",),
        "3",
        "77-80",
    )
    assert [(d.field, d.cited, d.registered) for d in differences(WORK, other)] == [
        ("title", "Measuring Link Rot in Legal Citations", "Birds of the Baltic Shore"),
        ("authors", "Ida Berg; Per Lund", "Mei Sato"),
        ("year", "2014", "1999"),
        ("container", "Journal of Law and Information Science", "Ornithology Today"),
        ("volume", "22", "3"),
        ("page", "4-19", "77-80"),
    ]


def test_a_chapter_under_the_identifier_of_its_book_is_no_difference() -> None:
    chapter = Wanted("r", ("On Keeping Records",), (Person("Lund"),), 2014, "The Archive Book")
    book = Registered("Crossref", "10.1/b", ("The Archive Book",), (Person("Lund"),), (2014,))
    assert differences(chapter, book) == ()


def test_a_subtitle_left_out_and_a_year_in_print_are_no_difference() -> None:
    short = Wanted("r", ("Measuring Link Rot",), (Person("Berg"),), 2013)
    long = Registered(
        "Crossref", "10.1/b", ("Measuring Link Rot: A Study of Courts",), (Person("Berg"),), (2014,)
    )
    assert differences(short, long) == ()


def test_what_an_organisation_brings_out_each_year_is_told_by_the_year() -> None:
    office = (Person("Civil Aviation Office", whole=True),)
    title = ("Statistics of bird strikes at the larger airports",)
    later = Registered("Crossref", "10.1000/x", title, office, (2019,))
    assert judge(Wanted("r", title, office, 2014), later) is Verdict.LIKE
    assert judge(Wanted("r", title, office, 2018), later) is Verdict.SAME


def test_under_a_doi_a_subtitle_without_a_mark_is_no_difference_and_another_word_is() -> None:
    def fields(registered: str) -> list[str]:
        work = Wanted("r", ("Hypertension in mountain villages",), doi="10.1000/x")
        return [d.field for d in differences(work, Registered("Crossref", "10.1/x", (registered,)))]

    assert fields("Hypertension in Mountain Villages A Review of Forty Years") == []
    assert fields("Hypotension in Mountain Villages") == ["title"]

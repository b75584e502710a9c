"""Links of references: one an address, with all that cite it."""

from __future__ import annotations

from datetime import date

from citecheck.cite.links import links
from citecheck.cite.machine import extract
from citecheck.cite.seen_on import cited_on, seen_on
from citecheck.records.link import Cited
from citecheck.records.reference import Citation, Reference
from standins.notes import document


def test_one_link_for_one_address_and_a_row_for_none() -> None:
    found = extract(
        [
            document(
                'John Doe, "Ovens," *Daily Loaf*, May 3, 2010, https://loaf.example/a?utm_source=x.',
                'John Doe, "Ovens," *Daily Loaf*, May 3, 2010, https://loaf.example/a.',
                "Jane Roe, *Wheat* (Oxford: OUP, 1990), 4.",
            )
        ]
    )
    (link,), (row,) = links(found.by_document[0][1])
    assert link.url == "https://loaf.example/a?utm_source=x"
    assert link.citations == (
        Cited("paper.md", "1", 1, "doe-2010-ovens"),
        Cited("paper.md", "2", 2, "doe-2010-ovens"),
    )
    assert link.cited_on == date(2010, 5, 3)
    assert (link.expected[0].title, link.expected[0].authors) == ("Ovens", ("John Doe",))
    assert (row.reference, row.title) == ("roe-1990-wheat", "Wheat")


def test_places_in_one_page_are_one_link_and_all_are_known() -> None:
    found = extract(
        [
            document(
                'John Doe, "Ovens," *Daily Loaf*, May 3, 2010, https://loaf.example/a#part-2.',
                'John Doe, "Ovens," *Daily Loaf*, May 3, 2010, https://loaf.example/a#part-1.',
                'John Doe, "Ovens," *Daily Loaf*, May 3, 2010, https://loaf.example/a#part-2.',
                'John Doe, "Ovens," *Daily Loaf*, May 3, 2010, https://loaf.example/a.',
            )
        ]
    )
    (link,), _ = links(found.by_document[0][1])
    assert (link.url, link.fragments) == ("https://loaf.example/a#part-2", ("part-1",))
    assert [c.note for c in link.citations] == ["1", "2", "3", "4"]
    assert len(link.expected) == 1


def test_a_proxied_address_names_what_is_behind() -> None:
    url = "https://www.jstor.org.ezproxy.uni.edu/stable/1"
    (link,), _ = links([Reference("a", {"title": "A"}, urls=(url,))])
    assert (link.proxied, link.unproxied) == (True, "https://www.jstor.org/stable/1")


def test_an_address_cited_with_a_password_is_marked_and_does_not_hold_it() -> None:
    found = extract([document('Jane Roe, "Rye," May 3, 2010, https://me:secret@loaf.example/a.')])
    (link,), _ = links(found.by_document[0][1])
    assert (link.url, link.credentials) == ("https://loaf.example/a", True)
    open_too = Reference("b", {}, ("https://loaf.example/b",), "https://loaf.example/b")
    (link,), _ = links([open_too])
    assert link.credentials is False


def test_an_impossible_address_keeps_its_text() -> None:
    (link,), _ = links([Reference("a", {}, urls=("http://ex ample..org/",))])
    assert link.url == "http://ex ample..org/"


def test_the_day_it_was_cited() -> None:
    issued = {"issued": {"date-parts": [[2010, 5]]}}
    read = {"accessed": {"date-parts": [[2011, 2, 3]]}}
    assert cited_on(Reference("a", {**issued, **read})) == date(2011, 2, 3)
    assert cited_on(Reference("a", issued)) == date(2010, 5, 1)
    assert cited_on(Reference("a", {"issued": {"date-parts": [[2010]]}})) is None


def test_what_tells_the_day_of_a_page() -> None:
    def cited(day: object, kind: str = "issued", document: str = "a.md") -> Reference:
        where = (Citation(document, "1", 1, 1),)
        return Reference("r", {kind: {"date-parts": [day]}}, citations=where)

    written = {"a.md": date(2021, 3, 5)}
    assert seen_on([cited([2019, 2, 3], "accessed")], written) == (date(2019, 2, 3), "access")
    assert seen_on([cited([2019, 2])], written) == (date(2019, 2, 1), "issued")
    assert seen_on([cited([2019])], written) == (date(2021, 3, 5), "document")
    assert seen_on([cited([2019], document="b.md")], written) == (date(2019, 7, 1), "year")
    assert seen_on([cited([2023])], written) == (date(2023, 7, 1), "year")
    assert seen_on([cited([1861, 5, 4])], written) == (date(2021, 3, 5), "document")
    assert seen_on([cited([1861, 5, 4])]) == (date(1861, 5, 4), "issued")
    assert seen_on([cited([1861]), cited(["x"])]) == (None, "")
    assert seen_on([]) == (None, "")

"""Links of references: one an address, with all that cite it."""

from __future__ import annotations

from datetime import date

from citecheck.cite.links import cited_on, links
from citecheck.cite.machine import extract
from citecheck.records.link import Cited
from citecheck.records.reference import Reference
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

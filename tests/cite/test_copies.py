"""Archived copies in citations: tied to their pages, and taken for nothing else."""

from __future__ import annotations

import pytest

from citecheck.cite.copies import pages_first
from citecheck.cite.links import links
from citecheck.cite.machine import extract
from citecheck.records.link import Link
from citecheck.records.reference import Citation, Reference
from standins.notes import document

WAYBACK = "https://web.archive.org/web/20190503000000"


def reference(name: str, *urls: str) -> Reference:
    return Reference(name, {"title": name}, urls, citations=(Citation("a.md", name, 1, 1),))


def by_url(*references: Reference) -> dict[str, Link]:
    return {link.url: link for link in links(references)[0]}


def test_a_copy_in_the_same_reference_or_in_another_is_tied_to_its_page() -> None:
    copy, later = f"{WAYBACK}/http://www.example.org/a/", "https://perma.cc/AB12-CD34"
    found = by_url(
        reference("one", "https://example.org/a", later),
        reference("two", copy),
        reference("three", f"{WAYBACK}/https://example.org/b"),
    )
    assert [
        (c.archive, c.url, c.taken and c.taken.year)
        for c in found["https://example.org/a"].archived
    ] == [("wayback", copy, 2019), ("perma.cc", later, None)]
    assert found[copy].archived == ()
    assert set(found) == {"https://example.org/a", copy, later, f"{WAYBACK}/https://example.org/b"}


def test_a_name_that_does_not_tell_belongs_to_the_only_page_beside_it() -> None:
    perma = "https://perma.cc/AB12-CD34"
    two = by_url(reference("one", "https://example.org/a", "https://example.org/b", perma))
    assert all(link.archived == () for link in two.values())
    twins = by_url(reference("one", "https://example.org/a", "http://www.example.org/a", perma))
    assert [c.url for c in twins["https://example.org/a"].archived] == [perma]


def test_lists_of_copies_and_orders_to_save_are_no_copies() -> None:
    page = "https://example.org/a"
    found = by_url(
        reference("one", page, f"https://web.archive.org/web/*/{page}"),
        reference("two", page, f"https://web.archive.org/save/{page}"),
        reference("three", page, "https://archive.ph/"),
    )
    assert found[page].archived == ()


def test_a_page_comes_before_its_copy() -> None:
    page, copy = "http://www.example.org/a", f"{WAYBACK}/http://example.org/a"
    assert pages_first([copy, page]) == [page, copy]
    assert pages_first([copy, "https://elsewhere.example/"]) == [copy, "https://elsewhere.example/"]
    assert pages_first([copy]) == [copy]
    perma = "https://perma.cc/AB12-CD34"
    assert pages_first([perma, page]) == [page, perma]


@pytest.mark.parametrize(
    ("text", "issued", "accessed"),
    [
        (
            f'Jane Doe, "A Title," https://example.org/a. Archived from the original ({WAYBACK}/'
            "https://example.org/a) on 3 May 2019.",
            None,
            None,
        ),
        (
            'Jane Doe, "A Title," *The Paper*, May 2, 2011. https://example.org/a. '
            "Archived from the original on 2019-05-03. Retrieved 4 June 2020.",
            [[2011, 5, 2]],
            [[2020, 6, 4]],
        ),
        (
            'Jane Doe, "A Title," https://example.org/a, archived on 3 May 2019 at '
            "https://archive.ph/AbCdE.",
            None,
            None,
        ),
        (
            'Jane Doe, "A Title" (2012), https://example.org/a (archived at '
            "https://perma.cc/AB12-CD34).",
            [[2012]],
            None,
        ),
        (
            'Jane Doe, "A Title" (2012), https://example.org/a, archiviert vom Original am '
            f"3. Mai 2019, {WAYBACK}/https://example.org/a.",
            [[2012]],
            None,
        ),
        (
            'Jane Doe, "A Title" (2012), https://example.org/a. Archived 2019-05-03 at the '
            "Wayback Machine.",
            [[2012]],
            None,
        ),
    ],
)
def test_words_about_a_copy_are_no_date_and_no_publisher(
    text: str, issued: object, accessed: object
) -> None:
    found = extract([document(text)]).by_document[0][1]
    (work,) = found
    assert work.title == "A Title"
    assert work.urls[0] == "https://example.org/a"
    assert (work.csl.get("issued") or {}).get("date-parts") == issued
    assert (work.csl.get("accessed") or {}).get("date-parts") == accessed
    assert "publisher" not in work.csl


@pytest.mark.parametrize(
    "title", ["Archived Lives", "Archived from the Original Sin", "What Was Archived on the Moon"]
)
def test_titles_may_speak_of_archives(title: str) -> None:
    found = extract([document(f'Jane Doe, "{title}," *The Paper*, May 2, 2011.')])
    assert found.by_document[0][1][0].title == title
    found = extract([document(f"Doe, Jane. *{title}*. London: Press, 2011.")])
    assert found.by_document[0][1][0].title == title

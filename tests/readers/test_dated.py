"""The day that a document says it is of."""

from __future__ import annotations

from datetime import date

import pytest

from citecheck.readers import shelf
from citecheck.readers.dated import day_of

DAY = date(2021, 3, 5)


@pytest.mark.parametrize(
    "said",
    ["2021-03-05", '"2021-03-05T10:00:00Z"', "2021/3/5", "March 5, 2021", "5 March 2021",
     "Mar. 5, 2021", "5th of nothing, 2021", "2021", "tomorrow", "2021-13-45", "May be 2021"],
)  # fmt: skip
def test_days_as_they_are_written(said: str) -> None:
    plain = said in ("5th of nothing, 2021", "2021", "tomorrow", "2021-13-45", "May be 2021")
    assert day_of(said) == (None if plain else DAY)


def test_a_month_counts_as_its_first_day() -> None:
    assert day_of("March 2021") == day_of("2021-03") == date(2021, 3, 1)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", "---\ntitle: A\ndate: 2021-03-05\n---\n\nText.\n"),
        ("a.md", "---\r\ntitle: A\r\ndate: March 5, 2021\r\n---\r\n\r\nText.\r\n"),
        ("a.md", "% A title\n% Ann Author\n% 5 March 2021\n\nText.\n"),
        ("a.html", '<html><head><meta name="citation_publication_date" content="2021/03/05">'
                   '<meta name="date" content="2024-01-01"></head><body><p>A.</p></body></html>'),
        ("a.html", '<html><head><meta content="2021-03-05T08:00:00+01:00" '
                   'property="article:published_time"></head><body><p>A.</p></body></html>'),
        ("a.html", '<html><body><time datetime="2021-03-05">then</time><p>A.</p></body></html>'),
        ("a.html", '<html><body><time datetime="2020-01-01">x</time>'
                   '<time itemprop="datePublished" datetime="2021-03-05">x</time></body></html>'),
    ],
)  # fmt: skip
def test_a_document_that_tells_its_day(name: str, text: str) -> None:
    assert shelf.read(name, text.encode()).dated == DAY


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", "# A\n\ndate: 2021-03-05\n"),
        ("a.md", "A.[^1]\n\n[^1]: Ann Author, March 5, 2021, <https://example.org/>\n"),
        ("a.html", '<html><body><time datetime="2020-01-01">x</time>'
                   '<time datetime="2021-03-05">x</time></body></html>'),
    ],
)  # fmt: skip
def test_a_document_that_does_not(name: str, text: str) -> None:
    assert shelf.read(name, text.encode()).dated is None

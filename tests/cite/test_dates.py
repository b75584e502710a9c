"""Dates in many languages; nothing that is not printed is filled in."""

from __future__ import annotations

from typing import Any

import pytest

from citecheck.cite.dates import find, no_date


def day(*parts: int) -> dict[str, Any]:
    return {"date-parts": [list(parts)]}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("November 29, 2018", day(2018, 11, 29)),
        ("Sept. 5, 2011", day(2011, 9, 5)),
        ("3 mai 2020", day(2020, 5, 3)),
        ("1er janvier 2001", day(2001, 1, 1)),
        ("12. März 2019", day(2019, 3, 12)),
        ("5 de mayo de 2010", day(2010, 5, 5)),
        ("24 февраля 2022 г.", day(2022, 2, 24)),
        ("2019年3月5日", day(2019, 3, 5)),
        ("令和6年5月3日", day(2024, 5, 3)),
        ("2024년 6월 20일", day(2024, 6, 20)),
        ("12.03.2019", day(2019, 3, 12)),
        ("2020-02-29", day(2020, 2, 29)),
        ("13/2/2023", day(2023, 2, 13)),
        ("2021, March 3", day(2021, 3, 3)),
        ("March 2010", day(2010, 3)),
        ("2019a", day(2019)),
        ("June 18–19, 2024", {"date-parts": [[2024, 6, 18], [2024, 6, 19]]}),
        ("May 30–June 2, 2020", {"date-parts": [[2020, 5, 30], [2020, 6, 2]]}),
        ("1999–2001", {"date-parts": [[1999], [2001]]}),
        ("Spring 2019", {"date-parts": [[2019]], "season": 1}),
        ("ca. 1850", {"date-parts": [[1850]], "circa": True}),
    ],
)
def test_a_date(text: str, expected: dict[str, Any]) -> None:
    assert [d.csl() for d in find(text)] == [expected]


def test_an_ambiguous_date_gives_its_year_only() -> None:
    (found,) = find("1/2/2023")
    assert (found.csl(), found.confidence) == (day(2023), "low")


@pytest.mark.parametrize("text", ["n.d.", "o. J.", "s.d."])
def test_no_date_is_no_date(text: str) -> None:
    assert find(text) == ()
    assert no_date(text)


def test_impossible_days_are_no_days() -> None:
    assert [d.parts for d in find("February 30, 2010")] != [(2010, 2, 30)]

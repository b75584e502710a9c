"""Quotation marks and brackets in pairs."""

from __future__ import annotations

import pytest

from citecheck.cite.marks import bracketed, quoted


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"A "B" C [D]," July', ['"A "B" C [D],"']),
        ("“A “B” C,” X", ["“A “B” C,”"]),
        ("“A “B C,” X", ["“A “B C,”"]),
        ('"A – B,” T', ['"A – B,”']),
        ("„Titel“, in", ["„Titel“"]),
        ("»Titel«, in", ["»Titel«"]),
        ("« Titre », R", ["« Titre »"]),
        ("‘It’s bread’, J", ["‘It’s bread’"]),
        ("the bakers’ strike and Roe’s view", []),
        ("《题目》,《报》", ["《题目》", "《报》"]),
        ("never closed “here", []),
    ],
)
def test_quotations(text: str, expected: list[str]) -> None:
    assert [text[q.start : q.end] for q in quoted(text)] == expected


def test_one_mark_for_two_is_called_repaired() -> None:
    (pair,) = quoted("“A “B C,” X")
    assert pair.repaired


def test_brackets() -> None:
    text = "a (b [c] d) e) f [g"
    assert [text[b.start : b.end] for b in bracketed(text)] == ["(b [c] d)"]

"""Folding for comparison, and plain text for storing."""

from __future__ import annotations

import pytest

from citecheck.text.fold import fold, plain


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Page non trouvée", "page non trouvee"),
        ("That page can’t be found!", "that page can t be found"),
        ("  A—B_c ", "a b c"),
        ("İstanbul", "istanbul"),
        ("페이지를", "페이지를"),
        ("", ""),
    ],
)
def test_fold(text: str, expected: str) -> None:
    assert fold(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\n b\tc", "a b c"),
        ("\x1b]0;x\x07", "\\u001b]0;x\\u0007"),
        ("\u202eevil", "\\u202eevil"),
        ("\ud800", "\\ud800"),
        ("x" * 400, "x" * 299 + "…"),
    ],
)
def test_plain(text: str, expected: str) -> None:
    assert plain(text) == expected


def test_letters_without_a_decomposition_are_folded_too() -> None:
    assert fold("Sørland, Łódź, Þór, Æsir, Straße") == "sorland lodz thor aesir strasse"

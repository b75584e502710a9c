"""Tokens in scripts with and without spaces, and the hashes that are comparable for good."""

from __future__ import annotations

import pytest

from citecheck.text.shingles import shingle_hashes, sketch, to_hex, tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Bell, that told!", ["the", "bell", "that", "told"]),
        ("页面不存在 404", ["页", "面", "不", "存", "在", "404"]),
        ("ページ", ["ペ", "ー", "ジ"]),
        ("페이지", ["페", "이", "지"]),
        ("ＡＢＣ straße", ["abc", "strasse"]),
        ("Колокол и прилив", ["колокол", "и", "прилив"]),
        ("", []),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


def test_hashes_are_blake2b_of_four_tokens() -> None:
    assert [to_hex(h) for h in shingle_hashes(["a", "b", "c", "d", "e"])] == [
        "5975e40a79c8da2a",
        "1363ce7397950e88",
    ]


def test_a_text_shorter_than_a_shingle_is_one() -> None:
    assert len(shingle_hashes(["a", "b"])) == 1
    assert shingle_hashes([]) == []
    assert sketch([]).size == 0

"""A made-up neighbour keeps the shape of the address."""

from __future__ import annotations

import random
import re

import pytest

from citecheck.engines.sibling import sibling_of

W = "[a-z]{14}"


@pytest.mark.parametrize(
    ("url", "pattern"),
    [
        ("https://a.example/news/2020/story.html#x", f"https://a.example/news/2020/{W}.html"),
        ("https://a.example/news/12345", f"https://a.example/news/{W}"),
        ("https://a.example/news/story/", f"https://a.example/news/{W}/"),
        ("https://a.example/doc?id=5", rf"https://a.example/{W}\?id=5"),
        ("https://a.example/?id=5&x", rf"https://a.example/\?id={W}&{W}"),
        ("https://a.example/index.php?id=5", rf"https://a.example/index.php\?id={W}"),
        ("https://a.example:8443/v1.2", f"https://a.example:8443/{W}"),
        ("https://a.example/", ""),
        ("https://a.example", ""),
    ],
)
def test_sibling(url: str, pattern: str) -> None:
    assert re.fullmatch(pattern, sibling_of(url, random.Random(1)))

"""Addresses in running text: where they begin and end, and what they mean."""

from __future__ import annotations

import pytest

from citecheck.urls.extract import Found, find


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        # The sentence's punctuation is not the address's.
        ("See https://example.org/a.", ["https://example.org/a"]),
        ("See https://example.org/a?!", ["https://example.org/a"]),
        ("(https://example.org/a), and", ["https://example.org/a"]),
        ("(see https://example.org/a).", ["https://example.org/a"]),
        ("“https://example.org/a,” she wrote", ["https://example.org/a"]),
        (
            "'https://example.org/a','https://example.org/b'",
            ["https://example.org/a", "https://example.org/b"],
        ),
        ("‘https://example.org/a’s", ["https://example.org/a"]),
        ("https://example.org/a;", ["https://example.org/a"]),
        ("*https://example.org/a*", ["https://example.org/a"]),
        ("_https://example.org/a_", ["https://example.org/a"]),
        ("https://example.org/a_ b", ["https://example.org/a_"]),
        ("https://example.org/a[12] and", ["https://example.org/a"]),
        # Balanced brackets stay.
        (
            "https://en.wikipedia.org/wiki/Rust_(language)",
            ["https://en.wikipedia.org/wiki/Rust_(language)"],
        ),
        (
            "(https://en.wikipedia.org/wiki/Rust_(language))",
            ["https://en.wikipedia.org/wiki/Rust_(language)"],
        ),
        ("https://example.org/?filter[a]=1&b=2", ["https://example.org/?filter[a]=1&b=2"]),
        (
            "https://doi.org/10.1002/(SICI)1097-4571(199806)49:8",
            ["https://doi.org/10.1002/(SICI)1097-4571(199806)49:8"],
        ),
        # Two in a row.
        (
            "https://example.org/a,https://example.com/b",
            ["https://example.org/a", "https://example.com/b"],
        ),
        (
            "https://example.org/a ; https://example.com/b",
            ["https://example.org/a", "https://example.com/b"],
        ),
        (
            "[https://example.org/a](https://example.org/b)",
            ["https://example.org/a", "https://example.org/b"],
        ),
        # Other scripts: letters stay, their punctuation does not.
        ("参见https://example.com/a，以及", ["https://example.com/a"]),
        ("「https://example.com/a」。", ["https://example.com/a"]),
        ("https://example.com/a）と", ["https://example.com/a"]),
        ("https://ja.wikipedia.org/wiki/日本 です", ["https://ja.wikipedia.org/wiki/日本"]),
        (
            "https://ru.wikipedia.org/wiki/Война_и_мир.",
            ["https://ru.wikipedia.org/wiki/Война_и_мир"],
        ),
        ("https://example.com以及", ["https://example.com"]),
        ("https://日本.example/ok", ["https://日本.example/ok"]),
        # Odd white space ends an address.
        ("https://example.org/a\u00a0next", ["https://example.org/a"]),
        ("https://example.org/a\u200bnext", ["https://example.org/a"]),
        ("https://example.org/a\u2028next", ["https://example.org/a"]),
        ("https://example.org/a¹ next", ["https://example.org/a"]),
        # Escapes of Markdown in a printed address; soft hyphens.
        ("https://example.org/a\\_b", ["https://example.org/a_b"]),
        ("https://example.org/a\\\\_b", ["https://example.org/a_b"]),
        ("https://example.org/long\u00adword", ["https://example.org/longword"]),
        # Without a scheme.
        ("at www.example.org/x.", ["http://www.example.org/x"]),
        ("doi.org/10.1000/182, p. 3", ["https://doi.org/10.1000/182"]),
        ("perma.cc/AB12-CD34.", ["https://perma.cc/AB12-CD34"]),
        ("HTTPS://EXAMPLE.ORG/A", ["HTTPS://EXAMPLE.ORG/A"]),
        ("ftp://ftp.example.org/pub/a.txt", ["ftp://ftp.example.org/pub/a.txt"]),
        ("https://user@example.org:8080/a", ["https://user@example.org:8080/a"]),
        ("http://[2001:db8::1]/a", ["http://[2001:db8::1]/a"]),
        # None at all.
        ("http:// and https:///path", []),
        ("either/or, e.g. and i.e., No.2/2020", []),
        ("mail someone@www.example.org", []),
        ("a.www. b", []),
        ("", []),
    ],
)
def test_where_an_address_begins_and_ends(text: str, targets: list[str]) -> None:
    assert [found.target for found in find(text)] == targets


def test_offsets_are_those_of_the_printed_form() -> None:
    text = "See https://example.org/a, then www.example.org."
    assert find(text) == (
        Found(4, 25, "https://example.org/a"),
        Found(32, 47, "http://www.example.org"),
    )
    assert [text[f.start : f.end] for f in find(text)] == [
        "https://example.org/a",
        "www.example.org",
    ]


def test_an_ampersand_of_markup_is_resolved_only_in_markup() -> None:
    text = "https://example.org/?a=1&amp;b=2"
    assert find(text, markup=True)[0].target == "https://example.org/?a=1&b=2"
    assert find(text)[0].target == text
    assert (
        find("https://example.org/?a=1&amp;", markup=True)[0].target == "https://example.org/?a=1"
    )


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("https://example.org/a-long-\nname, p. 3", "https://example.org/a-long-name"),
        ("https://example.org/a_\nname", "https://example.org/a_name"),
        ("https://example.org/a?x=\n1&y=2 end", "https://example.org/a?x=1&y=2"),
        ("https://example.org/a\n/b/c.html.", "https://example.org/a/b/c.html"),
        ("https://example.org/a\n    ?x=1", "https://example.org/a?x=1"),
        (
            "https://example.org/2024/\n06/20/story.html",
            "https://example.org/2024/06/20/story.html",
        ),
        (
            "https://example.org/very-long-\nname-of-a-\npage",
            "https://example.org/very-long-name-of-a-page",
        ),
        # Left apart: a sentence, a number, another note or address begins.
        ("https://example.org/a/\nThe next sentence", "https://example.org/a/"),
        ("https://example.org/a/\nand so on", "https://example.org/a/"),
        ("https://example.org/a/\n2024, 17", "https://example.org/a/"),
        ("https://example.org/a\nmore words", "https://example.org/a"),
        ("https://example.org/a\nand/or", "https://example.org/a"),
        ("https://example.org/a\n\n/b", "https://example.org/a"),
        ("https://example.org/a/\n[2] Author", "https://example.org/a/"),
        ("https://example.org/a-\nhttps://example.org/b", "https://example.org/a-"),
        ("https://example.org/a.\nHe went", "https://example.org/a"),
    ],
)
def test_lines_are_joined_only_without_doubt(text: str, target: str) -> None:
    assert find(text)[0].target == target


@pytest.mark.parametrize(
    "bait",
    [
        "https://" * 30_000,
        "https://a.b/" + ")" * 200_000,
        "https://a.b/" + "&amp;" * 50_000,
        "https:///" * 30_000,
        "www." * 50_000,
        "https://a.b/" + "[1]" * 60_000,
        "https://a.b/c-\n" * 20_000,
        "(" * 200_000,
        "doi.org/" * 30_000,
    ],
)
def test_bait_takes_linear_time(bait: str) -> None:
    assert all(0 <= f.start < f.end <= len(bait) for f in find(bait))

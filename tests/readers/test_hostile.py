"""Hostile and odd input: no crash, no endless work, and places that always hold.

The sizes are such that quadratic or exponential work would hang for minutes.
"""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citecheck.errors import SourceError
from citecheck.readers.shelf import read

_N = 12_000
_BAIT = {
    "brackets": "[" * _N,
    "pairs": "[" * (_N // 2) + "]" * (_N // 2),
    "links": "[](" * (_N // 3),
    "half links": "[a](b" * (_N // 5),
    "images": "![" * (_N // 2),
    "superscripts": "<sup>" * (_N // 5),
    "marks": "<sup>1</sup>" * (_N // 12),
    "parentheses": "(" * _N,
    "stars": "*" * _N,
    "emphasis": "*a _b" * (_N // 5),
    "inline notes": "^[" * (_N // 2),
    "closed inline notes": "^[" * (_N // 4) + "]" * (_N // 4),
    "footnotes": "[^a]: " * (_N // 6),
    "backticks": " ".join("`" * i for i in range(1, 300)),
    "less": "<" * _N,
    "tags": '<a href="' * (_N // 9),
    "comments": "<!--" * (_N // 4),
    "elements": "<div>" * (_N // 10) + "</p>" * (_N // 10),
    "items": "<ul><li>" * (_N // 8),
    "quotations": "> " * (_N // 2),
    "lists": "- " * (_N // 2),
    "ordered": "1. " * (_N // 3),
    "entities": "&" * _N,
    "callouts": "[1] " * (_N // 4) + "\n\n[1] x\n\n[2] y",
    "lines of callouts": "[1]\n\n" * (_N // 5),
    "full stops": "A. " * (_N // 3) + "[1]\n\n[1] x",
    "spaces": " " * _N,
    "lines": "a\n" * (_N // 2),
    "empty lines": "\n" * _N,
    "table": "|a" * 1000 + "\n" + "|-" * 1000 + "\n" + ("|b" * 1000 + "\n") * 9,
    "definitions": "[x]: /u\n\n" + "[x]" * (_N // 3),
    "addresses": "https://" * (_N // 8),
}
_RECORDS_BAIT = {
    "braces": "@a{" * (_N // 3),
    "deep braces": "@book{k, title={" + "{" * (_N // 2) + "}" * (_N // 2) + "}}",
    "records": "TY  - JOUR\n" * 2000,
    "arrays": "[" * _N,
    "objects": '{"a":' * (_N // 5),
}


@pytest.mark.parametrize("suffix", [".md", ".txt", ".html"])
@pytest.mark.parametrize("bait", _BAIT, ids=str)
def test_bait(bait: str, suffix: str) -> None:
    assert read("a" + suffix, _BAIT[bait].encode()).path == "a" + suffix


def test_inline_notes_that_never_end_inside_a_note() -> None:
    started = time.process_time()
    read("a.md", b"T[^1]\n\n[^1]: Jane Roe, " + b"^[" * 50_000)
    assert time.process_time() - started < 5


@pytest.mark.parametrize("suffix", [".bib", ".ris", ".json"])
@pytest.mark.parametrize("bait", _RECORDS_BAIT, ids=str)
def test_bait_for_records(bait: str, suffix: str) -> None:
    try:
        entries = read("a" + suffix, _RECORDS_BAIT[bait].encode()).entries
    except SourceError as fault:
        assert str(fault).startswith("a" + suffix)
    else:
        assert entries


def test_a_long_document() -> None:
    count = 800
    body = "".join(
        f"A claim, *number* {i}, is made.<sup>{i}</sup>\n\n" for i in range(1, count + 1)
    )
    notes = "".join(
        f"<sup>{i}</sup> A. Author, *Title {i}*, [x](https://example.org/{i}).\n\n"
        for i in range(1, count + 1)
    )
    document = read("a.md", (body + notes).encode())
    assert len(document.notes) == count
    last = document.notes[-1]
    assert last.links[0].target == f"https://example.org/{count}"
    assert last.callouts[0].sentence == f"A claim, number {count}, is made."


_PIECES = st.sampled_from(
    [
        "word ", "Ünïcödé ", "日本。", "\n", "\n\n", "\r\n\r\n", "    ", "\t", "\u00a0", "> ", "- ",
        "1. ", "# ", "---\n", "[1]", "[2]", "[^a]", "[^a]: ", "<sup>1</sup>", "<sup>2</sup>",
        "^[note]", "*", "**", "_", "`", "```\n", "[x](https://example.org/a)", "[", "]", "(", ")",
        "<https://example.org/b>", "https://example.org/c", "www.example.org", ".", ",", "”", "\\",
        "&amp;", "<p>", "</p>", "<li id='n'>", "<a href='#n'>1</a>", "<ol>", "</ol>", "<br>", "|",
        "\U0001f600", "\u00ad", "\u200b", "<!-- c -->", "Notes\n", "~~", "![i](j)", "¹", "<i>",
        "</i>", "\ufeff", "<", ">", "{", "}",
    ]
)  # fmt: skip


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.lists(_PIECES, max_size=40), st.sampled_from([".md", ".txt", ".html"]))
def test_places_hold_for_any_text(pieces: list[str], suffix: str) -> None:
    text = "".join(pieces)
    data = text.encode()
    document = read("a" + suffix, data)
    for note in document.notes:
        assert 0 <= note.span.start <= note.span.end <= len(data)
        data[note.span.start : note.span.end].decode()
        assert note.line == data[: note.span.start].replace(b"\r\n", b"\n").count(b"\n") + 1
        assert note.text == " ".join(note.text.split())
        for link in note.links:
            source = data[link.span.start : link.span.end].decode()
            assert note.text[link.start : link.end] == link.printed
            assert link.target.removeprefix("http://").split("\u00ad")[0][:11] in source
            assert note.span.start <= link.span.start <= link.span.end <= note.span.end
        for start, end in note.italics:
            assert 0 <= start < end <= len(note.text)
        for callout in note.callouts:
            assert callout.label == note.label
            assert callout.span.start < callout.span.end <= len(data)

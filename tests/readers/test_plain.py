"""Plain text: notes in brackets, numbered notes, wrapped addresses."""

from __future__ import annotations

from citecheck.readers.shelf import read
from citecheck.records.document import Document


def _read(text: str) -> Document:
    return read("paper.txt", text.encode())


TEXT = """\
A Study of Something Plain

By Dr. A. Writer

It is “the first of its kind.”[1] It began in the U.S. and spread to St. Petersburg.[2]  Now, in
Washington D.C. on July 9, nobody[3]\u00a0knows. (Some do.)[1]

[1] Writer, A., “On Things,” The Paper, June 20, 2024, https://example.org/on-things/

[2]\u00a0 “A Notice” (《通告,说明》), Blog, https://example.org/s?id=1 ; “Another Notice”
(另一个), TV, https://example.org/s?id=2

[3] "Odd: Quotes – There,” https://www-example-org.proxy1.example.edu/api?id=urn:a:B-1&context=2.
"""


def test_notes_in_brackets() -> None:
    document = _read(TEXT)
    assert document.title == "A Study of Something Plain"
    assert document.warnings == ()
    assert [(note.label, note.line, note.text) for note in document.notes] == [
        (
            "1",
            8,
            "Writer, A., “On Things,” The Paper, June 20, 2024, https://example.org/on-things/",
        ),
        (
            "2",
            10,
            "“A Notice” (《通告,说明》), Blog, https://example.org/s?id=1 ; “Another Notice”"
            " (另一个), TV, https://example.org/s?id=2",
        ),
        (
            "3",
            13,
            '"Odd: Quotes – There,” https://www-example-org.proxy1.example.edu/api?id=urn:a:B-1'
            "&context=2.",
        ),
    ]
    assert [[link.target for link in note.links] for note in document.notes] == [
        ["https://example.org/on-things/"],
        ["https://example.org/s?id=1", "https://example.org/s?id=2"],
        ["https://www-example-org.proxy1.example.edu/api?id=urn:a:B-1&context=2"],
    ]


def test_citing_sentences() -> None:
    document = _read(TEXT)
    assert [[c.sentence for c in note.callouts] for note in document.notes] == [
        ["It is “the first of its kind.”", "(Some do.)"],
        ["It began in the U.S. and spread to St. Petersburg."],
        ["Now, in Washington D.C. on July 9, nobody knows."],
    ]


def test_spans() -> None:
    data = TEXT.encode()
    for note in read("a.txt", data).notes:
        assert data[note.span.start : note.span.end].decode().startswith(f"[{note.label}]")
        for link in note.links:
            assert data[link.span.start : link.span.end].decode() == link.target
        for callout in note.callouts:
            assert data[callout.span.start : callout.span.end].decode() == f"[{note.label}]"


def test_numbered_notes_under_a_heading_end_with_the_next() -> None:
    text = """\
A claim (Smith).[1] Others [2] differ.

Notes
1. Smith, J., A Title, https://example.org/a-long-
name, 2020.
2. Jones,
12 June 2024, www.example.org/x.

ABOUT THE AUTHOR
www.example.net
"""
    document = _read(text)
    assert [(n.label, n.text, [link.target for link in n.links]) for n in document.notes] == [
        (
            "1",
            "Smith, J., A Title, https://example.org/a-long-name, 2020.",
            ["https://example.org/a-long-name"],
        ),
        ("2", "Jones, 12 June 2024, www.example.org/x.", ["http://www.example.org/x"]),
    ]
    link = document.notes[0].links[0]
    assert text[link.span.start : link.span.end] == "https://example.org/a-long-\nname"
    assert link.printed == "https://example.org/a-long-name"


def test_superscript_digits() -> None:
    document = _read(
        "Text.¹ More words² here; 5 m² too.\n\n¹ First https://example.org/1\n² Second\n"
    )
    assert [(n.label, n.text, len(n.callouts)) for n in document.notes] == [
        ("1", "First https://example.org/1", 1),
        ("2", "Second", 1),
    ]


def test_a_list_of_definitions_nobody_points_to() -> None:
    document = _read("Words.\n\n[1] One https://example.org/1\n[2] Two\n")
    assert [(note.label, note.text) for note in document.notes] == [
        ("1", "One https://example.org/1"),
        ("2", "Two"),
    ]


def test_a_lone_bracket_defines_nothing() -> None:
    document = _read("[1] is how a note looks. See https://example.org/.\n")
    assert [(note.label, note.text) for note in document.notes] == [
        ("1", "[1] is how a note looks. See https://example.org/.")
    ]


def test_a_paragraph_that_begins_with_a_callout_is_no_note() -> None:
    text = "[2] proposes it [1].\n\n[1] One.\n\n[2] Two.\n\n[3] Three.\n"
    document = _read(text)
    assert [(n.label, n.text, len(n.callouts)) for n in document.notes] == [
        ("1", "One.", 1),
        ("2", "Two.", 1),
        ("3", "Three.", 0),
    ]


def test_without_notes_each_paragraph_with_an_address() -> None:
    document = _read("One https://example.org/1.\n\nTwo.\n\nThree www.example.org/3\n")
    assert [(n.label, n.line, n.links[0].target) for n in document.notes] == [
        ("1", 1, "https://example.org/1"),
        ("2", 5, "http://www.example.org/3"),
    ]


def test_years_in_brackets_are_no_callouts() -> None:
    document = _read("Said so [2008] and here.[1]\n\n[1] A note [1999].\n")
    assert [(n.label, n.text, len(n.callouts)) for n in document.notes] == [
        ("1", "A note [1999].", 1)
    ]

"""Markdown: footnotes, superscript notes, links by their href, and places that hold."""

from __future__ import annotations

from citecheck.readers.shelf import read
from citecheck.records.document import Document, Span


def _read(text: str, name: str = "paper.md") -> Document:
    return read(name, text.encode())


def _source(text: str, span: Span) -> str:
    return text.encode()[span.start : span.end].decode()


SUPERSCRIPTS = """\
# A Paper

A first claim was made.<sup>1</sup> A *second* “was quoted.”<sup>2,3</sup> No more

on U.S. policy<sup>4</sup>, we think.

<sup>1</sup> A. Writer, *The Book* [Das Buch], 12–13.

<sup>2</sup>\u00a0The Office. "A\u00a0Notice," 2016.

<https://example.org/n/1/>

<sup>3</sup> Printed [https://example.org/a\\\\_b](https://example.org/a_b), then https://example.org/c_d_e.
<sup>4</sup> As said above.

## PROFILE

Home page: [www.example.net](http://www.example.net)
"""


def test_superscript_notes() -> None:
    document = _read(SUPERSCRIPTS)
    assert document.title == "A Paper"
    assert [(note.label, note.line, note.text) for note in document.notes] == [
        ("1", 7, "A. Writer, The Book [Das Buch], 12–13."),
        ("2", 9, 'The Office. "A Notice," 2016. https://example.org/n/1/'),
        ("3", 13, "Printed https://example.org/a\\_b, then https://example.org/c_d_e."),
        ("4", 14, "As said above."),
    ]
    assert [[link.target for link in note.links] for note in document.notes] == [
        [],
        ["https://example.org/n/1/"],
        ["https://example.org/a_b", "https://example.org/c_d_e"],
        [],
    ]
    first = document.notes[0]
    assert [first.text[a:b] for a, b in first.italics] == ["The Book"]
    assert document.warnings == ("1 link outside the notes (line 18) is not part of the check.",)


def test_the_citing_sentences() -> None:
    document = _read(SUPERSCRIPTS)
    assert [[c.sentence for c in note.callouts] for note in document.notes] == [
        ["A first claim was made."],
        ["A second “was quoted.”"],
        ["A second “was quoted.”"],
        ["on U.S. policy, we think."],
    ]


def test_spans_are_those_of_the_source() -> None:
    document = _read(SUPERSCRIPTS)
    assert [_source(SUPERSCRIPTS, note.span) for note in document.notes] == [
        "<sup>1</sup> A. Writer, *The Book* [Das Buch], 12–13.",
        '<sup>2</sup>\u00a0The Office. "A\u00a0Notice," 2016.\n\n<https://example.org/n/1/>',
        "<sup>3</sup> Printed [https://example.org/a\\\\_b](https://example.org/a_b),"
        " then https://example.org/c_d_e.",
        "<sup>4</sup> As said above.",
    ]
    third = document.notes[2]
    assert [_source(SUPERSCRIPTS, link.span) for link in third.links] == [
        "[https://example.org/a\\\\_b](https://example.org/a_b)",
        "https://example.org/c_d_e",
    ]
    assert [third.text[link.start : link.end] for link in third.links] == [
        link.printed for link in third.links
    ]
    assert [_source(SUPERSCRIPTS, c.span) for n in document.notes for c in n.callouts] == [
        "<sup>1</sup>",
        "<sup>2,3</sup>",
        "<sup>2,3</sup>",
        "<sup>4</sup>",
    ]


FOOTNOTES = """\
---
title: "From the front"
---
Claim.[^1] Another one;[^long] it goes on. Inline too.^[See *Other*, https://example.org/in.]

[^1]: Author, *Title*, <https://example.org/1>.
[^long]: First paragraph.

    Second paragraph with a [link](https://example.org/2 "title").

    > A quotation in it.

Text after the notes.

```
[^1] and <sup>9</sup> are code https://example.org/code
```
"""


def test_declared_footnotes() -> None:
    document = _read(FOOTNOTES)
    assert document.title == "From the front"
    assert [(note.label, note.line, note.text) for note in document.notes] == [
        ("2", 4, "See Other, https://example.org/in."),
        ("1", 6, "Author, Title, https://example.org/1."),
        ("long", 7, "First paragraph. Second paragraph with a link. A quotation in it."),
    ]
    assert [c.sentence for note in document.notes for c in note.callouts] == [
        "Inline too.",
        "Claim.",
        "Another one; it goes on.",
    ]
    assert [link.target for note in document.notes for link in note.links] == [
        "https://example.org/in",
        "https://example.org/1",
        "https://example.org/2",
    ]
    assert _source(FOOTNOTES, document.notes[0].span) == "^[See *Other*, https://example.org/in.]"
    assert _source(FOOTNOTES, document.notes[2].span).startswith("[^long]: First")
    assert _source(FOOTNOTES, document.notes[2].span).endswith("> A quotation in it.")


def test_without_notes_each_paragraph_with_a_link_is_one() -> None:
    text = """\
# README

Some [link](https://example.org/a), a [neighbour](docs/x.md), [mail](mailto:a@example.org) and
![a picture](https://example.org/p.svg).

Nothing here. `https://example.org/code`

- item <https://example.org/b>
- item https://example.org/c.

| a | b |
|---|---|
| [x](https://example.org/d) | https://example.org/e |

<p align="center"><a href="https://example.org/f?a=1&amp;b=2">site</a></p>
"""
    document = _read(text)
    assert [(n.label, n.line, [link.target for link in n.links]) for n in document.notes] == [
        ("1", 3, ["https://example.org/a"]),
        ("2", 8, ["https://example.org/b"]),
        ("3", 9, ["https://example.org/c"]),
        ("4", 13, ["https://example.org/d"]),
        ("5", 13, ["https://example.org/e"]),
        ("6", 15, ["https://example.org/f?a=1&b=2"]),
    ]
    for note in document.notes:
        assert note.callouts == ()
        for link in note.links:
            assert link.target.split("?")[0] in _source(text, link.span)


def test_a_numbered_list_under_a_heading_of_notes() -> None:
    text = """\
So it is said [1] and repeated [2, 3].

## References

1. First, *Title*. https://example.org/1
2. Second [link](https://example.org/2)
3. Third.

   It goes on. https://example.org/3
"""
    document = _read(text)
    assert [(n.label, n.text, len(n.callouts)) for n in document.notes] == [
        ("1", "First, Title. https://example.org/1", 1),
        ("2", "Second link", 1),
        ("3", "Third. It goes on. https://example.org/3", 1),
    ]
    assert document.notes[2].callouts[0].sentence == "So it is said and repeated."


def test_a_bibliography_without_numbers_counts_unlinked_works_too() -> None:
    document = _read("Text (Writer 2020).\n\n## Bibliography\n\n- Writer, A. *Title*. 2020.\n")
    assert [(note.label, note.text) for note in document.notes] == [
        ("1", "Writer, A. Title. 2020.")
    ]


def test_links_inside_the_document_as_callouts() -> None:
    text = (
        "Body.[\\[1\\]](#_ftn1) More.\n\n[\\[1\\]](#_ftnref1) A note, [x](https://example.org/x).\n"
    )
    document = _read(text)
    assert [(n.label, n.text, n.callouts[0].sentence) for n in document.notes] == [
        ("1", "A note, x.", "Body.")
    ]
    assert _source(text, document.notes[0].callouts[0].span) == "[\\[1\\]](#_ftn1)"


def test_notes_at_the_foot_of_each_page() -> None:
    text = (
        "One.<sup>1</sup>\n\n<sup>1</sup> First note.\n\n<https://example.org/1>\n\n"
        "The page goes on.<sup>2</sup> And on.\n\n<sup>2</sup> Second note.\n"
    )
    assert [(n.label, n.text) for n in _read(text).notes] == [
        ("1", "First note. https://example.org/1"),
        ("2", "Second note."),
    ]


def test_numbers_that_begin_again_in_each_chapter() -> None:
    chapter = (
        "Claim {0}.<sup>1</sup> Point {0}.<sup>2</sup>\n\n"
        "<sup>1</sup> Note {0}.1\n\n<sup>2</sup> Note {0}.2\n\n"
    )
    document = _read("## A\n\n" + chapter.format("one") + "## B\n\n" + chapter.format("two"))
    assert [(n.label, n.text, [c.sentence for c in n.callouts]) for n in document.notes] == [
        ("1", "Note one.1", ["Claim one."]),
        ("2", "Note one.2", ["Point one."]),
        ("1", "Note two.1", ["Claim two."]),
        ("2", "Note two.2", ["Point two."]),
    ]


def test_places_hold_with_bom_and_crlf_and_quotations() -> None:
    text = (
        "> Cl\u00e4im.<sup>1</sup>\r\n\r\n"
        "> <sup>1</sup> Caf\u00e9 *x* [y](https://example.org/1)\r\n> more.\r\n"
    )
    data = b"\xef\xbb\xbf" + text.encode()
    note = read("a.md", data).notes[0]
    assert note.text == "Café x y more."
    assert data[note.links[0].span.start : note.links[0].span.end] == b"[y](https://example.org/1)"
    callout = note.callouts[0]
    assert data[callout.span.start : callout.span.end] == b"<sup>1</sup>"
    assert data[note.span.start : note.span.end].decode() == (
        "<sup>1</sup> Café *x* [y](https://example.org/1)\r\n> more."
    )
    assert (callout.line, note.line) == (1, 3)


def test_ordinals_and_powers_are_no_notes() -> None:
    document = _read("The 10<sup>th</sup> of 5 m<sup>2</sup>. See <https://example.org/>.\n")
    assert [note.text for note in document.notes] == ["The 10th of 5 m2. See https://example.org/."]

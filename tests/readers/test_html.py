"""HTML: notes by their anchors, in the habits of generators, and as printed."""

from __future__ import annotations

from citecheck.readers.shelf import read
from citecheck.records.document import Document, Span


def _read(text: str, name: str = "page.html") -> Document:
    return read(name, text.encode())


def _source(text: str, span: Span) -> str:
    return text.encode()[span.start : span.end].decode()


ARTICLE = """\
<!doctype html><html><head><title>A Page &amp; more</title><style>p{}</style></head><body>
<nav><a href="https://nav.example.org/">nav</a></nav>
<article><h1>A Page</h1>
<p>First claim.<sup><a href="#fn1" id="fnref1">1</a></sup> A second
claim, U.S. style.<a href="#fn2" role="doc-noteref"><sup>2</sup></a> Third.</p>
<script>var a = "<p><a href='#fn1'>1</a></p>";</script>
<section class="footnotes" role="doc-endnotes"><hr><ol>
<li id="fn1"><p>Author, <i>Title</i>, <a href="https://example.org/1?a=1&amp;b=2">link</a>.
<a href="#fnref1">&#8617;&#xFE0E;</a></p></li>
<li id="fn2"><p>Second &ldquo;quoted&rdquo; https://example.org/2.</p>
<p>More.<a href="#r2">↩</a></p></li></ol></section></article>
<footer><a href="https://footer.example.org/">f</a></footer></body></html>
"""


def test_notes_that_anchors_lead_to() -> None:
    document = _read(ARTICLE)
    assert document.title == "A Page & more"
    assert document.warnings == ()
    assert [(n.label, n.line, n.text) for n in document.notes] == [
        ("1", 8, "Author, Title, link."),
        ("2", 10, "Second “quoted” https://example.org/2. More."),
    ]
    first = document.notes[0]
    assert [(link.printed, link.target) for link in first.links] == [
        ("link", "https://example.org/1?a=1&b=2")
    ]
    assert [first.text[a:b] for a, b in first.italics] == ["Title"]
    assert [c.sentence for n in document.notes for c in n.callouts] == [
        "First claim.",
        "A second claim, U.S. style.",
    ]


def test_spans_in_html() -> None:
    document = _read(ARTICLE)
    first, second = document.notes
    assert _source(ARTICLE, first.span).startswith('<li id="fn1"><p>Author')
    assert _source(ARTICLE, first.span).endswith("</p></li>")
    assert _source(ARTICLE, first.links[0].span) == (
        '<a href="https://example.org/1?a=1&amp;b=2">link</a>'
    )
    assert _source(ARTICLE, second.links[0].span) == "https://example.org/2"
    assert [_source(ARTICLE, c.span) for n in document.notes for c in n.callouts] == [
        '<sup><a href="#fn1" id="fnref1">1</a></sup>',
        '<a href="#fn2" role="doc-noteref"><sup>2</sup></a>',
    ]


def test_a_wiki_page() -> None:
    text = """<body>
<p>Text<sup id="cite_ref-1" class="reference"><a href="#cite_note-1">[1]</a></sup> and
more<sup id="cite_ref-2_0" class="reference"><a href="#cite_note-2">[2]</a></sup>.</p>
<h2>References</h2><ol class="references">
<li id="cite_note-1"><b><a href="#cite_ref-1">^</a></b> <cite>Smith. <a href="//example.org/1">"A
Title"</a></cite>.</li>
<li id="cite_note-2">^ <a href="#cite_ref-2_0"><sup>a</sup></a>
<a href="#cite_ref-2_1"><sup>b</sup></a>
<span>Jones.</span></li></ol>"""
    document = _read(text)
    assert [(n.label, n.text, [link.target for link in n.links]) for n in document.notes] == [
        ("1", 'Smith. "A Title".', ["https://example.org/1"]),
        ("2", "Jones.", []),
    ]
    assert document.notes[0].callouts[0].sentence == "Text and more."


def test_a_page_saved_by_a_word_processor() -> None:
    text = """<body>
<p class=MsoNormal>Body text.<a href="#_ftn1" name="_ftnref1"><sup>[1]</sup></a> More.<a
href="#_ftn2" name="_ftnref2"><sup>[2]</sup></a></p><hr size=1>
<div id=ftn1><p><a href="#_ftnref1" name="_ftn1"><sup>[1]</sup></a> One, <a
href="https://example.org/w">https://exam&shy;ple.org/w</a>.</p><p>And on.</p></div>
<div id=ftn2><p><a href="#_ftnref2" name="_ftn2"><sup>[2]</sup></a> Two.</p></div>"""
    document = _read(text)
    assert [(n.label, n.text, [c.sentence for c in n.callouts]) for n in document.notes] == [
        ("1", "One, https://example.org/w. And on.", ["Body text."]),
        ("2", "Two.", ["More."]),
    ]
    assert document.notes[0].links[0].target == "https://example.org/w"


def test_epub_and_aria_roles() -> None:
    text = """<?xml version="1.0" encoding="utf-8"?>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body>
<p>Claim<a epub:type="noteref" href="#n1">*</a>.</p>
<aside epub:type="footnote" id="n1"><p>* A starred note.</p></aside></body></html>"""
    document = _read(text, "chapter.xhtml")
    assert [(n.label, n.text, n.callouts[0].sentence) for n in document.notes] == [
        ("*", "A starred note.", "Claim.")
    ]
    document = _read(
        '<p>Body</p><aside role="doc-footnote">1. One.</aside>'
        '<aside role="doc-footnote">2. Two.</aside>'
    )
    assert [(n.label, n.text) for n in document.notes] == [("1", "One."), ("2", "Two.")]


def test_printed_superscripts_and_lists() -> None:
    text = (
        "<p>Claim.<sup>1</sup> And.<sup>2</sup></p><p><sup>1</sup> One <a href=https://example.org/1>x</a>"
        '<br><sup>2</sup> Two.</p><h3>About</h3><p><a href="https://example.net">e</a>'
    )
    document = _read(text)
    assert [(n.label, n.text, _source(text, n.span)) for n in document.notes] == [
        ("1", "One x", "<sup>1</sup> One <a href=https://example.org/1>x</a><br>"),
        ("2", "Two.", "<sup>2</sup> Two."),
    ]
    listed = _read("<p>Claim [1], [2].</p><h2>Notes</h2><ol><li>One<li>Two</ol>")
    assert [(n.label, n.text, n.callouts[0].sentence) for n in listed.notes] == [
        ("1", "One", "Claim."),
        ("2", "Two", "Claim."),
    ]


def test_without_notes_the_paragraphs_of_the_article() -> None:
    document = _read(
        '<header><a href="https://h.example.org/">h</a></header><main><p>One <a href="https://example.org/1">x</a>'
        ' and <a href="/local">l</a>.<p>No<ul><li>b <a href="https://example.org/2">y</a></ul></main>'
        '<p><a href="https://outside.example.org/">o</a>'
    )
    assert [(n.label, n.text, [link.target for link in n.links]) for n in document.notes] == [
        ("1", "One x and l.", ["https://example.org/1"]),
        ("2", "b y", ["https://example.org/2"]),
    ]


def test_a_table_of_contents_is_no_set_of_notes() -> None:
    document = _read(
        '<p><a href="#s1">1</a> <a href="#s2">2</a></p><h2 id="s1">One</h2><p>x</p>'
        '<h2 id="s2">Two</h2><p>y <a href="https://example.org/">z</a></p>'
    )
    assert [n.text for n in document.notes] == ["y z"]


def test_attributes_in_any_quoting() -> None:
    text = (
        "<p><a href=https://example.org/1/>x</a> <a HREF = 'https://example.org/2?a>b'>y</a>"
        "<br/> <a name=z/>w"
    )
    assert [link.target for link in _read(text).notes[0].links] == [
        "https://example.org/1/",
        "https://example.org/2?a>b",
    ]


def test_broken_markup() -> None:
    for text in (
        "<",
        "<a",
        "<a href='",
        "<!--",
        "<p><b><p></i></div>",
        "&#99999999;&#xD800;&bogus;",
        "</",
    ):
        assert _read(text).format == "html"
    assert _read("<p>a < b & c https://example.org/?a&b").notes[0].links[0].target == (
        "https://example.org/?a&b"
    )

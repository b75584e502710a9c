"""One look at an answer: facts, sketch, quotes, suspicion; hostile bytes are normal."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citecheck.records.link import Expected, Link
from citecheck.records.reference import Quote
from citecheck.signals.look import look
from citecheck.text.shingles import shingle_hashes, to_hex, tokens
from standins.exchanges import answered
from standins.judged import HTML, STORY, TITLE, URL, cited, page


def quote(words: str) -> Quote:
    hashes = shingle_hashes(tokens(words))
    return Quote(len(tokens(words)), tuple(to_hex(h) for h in hashes))


def test_facts_of_a_page() -> None:
    head = (
        '<link rel="canonical" href="/2019/bell"><meta name="author" content="Ann Ait">'
        '<meta name="dc.identifier" content="https://doi.org/10.5555/ORMSAY.7">'
    )
    looked = look(answered(URL, 200, page(head=head).encode(), HTML), cited(), ())
    facts = looked.page
    assert facts is not None
    assert facts.title == TITLE
    assert facts.headings == (TITLE,)
    assert facts.titles == (TITLE,)
    assert facts.authors == ("Ann Ait",)
    assert facts.canonical == "https://press.example/2019/bell"
    assert facts.doi == "10.5555/ormsay.7"
    assert facts.language == "en"
    assert facts.words > 100
    assert len(facts.text_sha256) == 64
    assert facts.extractor.startswith("trafilatura ")
    assert facts.fragment_found is None
    assert looked.sketch is not None
    assert looked.sketch.tokens == facts.words
    assert not looked.suspicious


@pytest.mark.parametrize(
    ("fragment", "found"),
    [("part-2", True), ("old", True), ("missing", False), ("!route", None), ("top", True)],
)
def test_the_place_in_the_page(fragment: str, found: bool | None) -> None:
    markup = page(body='<h2 id="part-2">Two</h2><a name="old"></a>')
    looked = look(answered(URL, 200, markup.encode(), HTML), Link(f"{URL}#{fragment}"), ())
    assert looked.page is not None
    assert looked.page.fragment_found is found


def test_quoted_words_are_looked_for_in_the_whole_page() -> None:
    here = quote("fishermen could hear the water turn before they saw it")
    gone = quote("nobody on the island had ever owned a working clock")
    link = Link(URL, expected=(Expected("r", quotes=(here, gone)),))
    looked = look(answered(URL, 200, page().encode(), HTML), link, ())
    assert looked.quotes_found == ((here.shingles[0], True), (gone.shingles[0], False))


def test_plain_text_is_the_page_and_a_pdf_has_none() -> None:
    text = look(answered(URL, 200, STORY.encode(), {"Content-Type": "text/plain"}), cited(), ())
    assert text.page is not None
    assert text.page.extractor == "plain 1"
    assert text.sketch is not None
    pdf = look(
        answered(URL, 200, b"%PDF-1.7 ...", {"Content-Type": "application/pdf"}), cited(), ()
    )
    assert (pdf.page, pdf.sketch, pdf.signals) == (None, None, ())


def test_html_without_a_content_type_is_recognised() -> None:
    looked = look(answered(URL, 200, page().encode()), cited(), ())
    assert looked.page is not None
    assert looked.page.title == TITLE


@pytest.mark.parametrize(
    ("markup", "title", "suspicious"),
    [
        (page(), TITLE, False),
        (page("Another one of those pages"), TITLE, True),
        (page("Short", "One line."), "", True),
        ("<title>Not found</title>", "", True),
    ],
)
def test_suspicious_pages_are_worth_a_probe(markup: str, title: str, suspicious: bool) -> None:
    looked = look(answered(URL, 200, markup.encode(), HTML), cited(title=title), ())
    assert looked.suspicious is suspicious


def test_a_home_page_or_a_wall_is_never_probed() -> None:
    home = Link("https://press.example/")
    assert not look(answered(home.url, 200, b"<p>hi", HTML), home, ()).suspicious
    wall = answered(URL, 403, b"<p>hi", {**HTML, "cf-mitigated": "challenge"})
    assert not look(wall, cited(), ()).suspicious


HOSTILE = {
    "deep": b"<div>" * 50_000 + b"<p>x",
    "deep inline": b"<b><i>" * 25_000,
    "unclosed scripts": b"<script>" * 25_000,
    "unclosed comments": b"<!--" * 50_000,
    "attributes": b"<a " + b"x=1 " * 50_000 + b">",
    "entities": b"&lt;" * 50_000,
    "json": b'<script type="application/ld+json">' + b"[" * 100_000 + b"</script>",
    "no markup": b"\x00\xff\xfe" * 10_000,
    "digits": b"<p>" + b"1 " * 25_000,
    "one word": b"<p>" + b"a" * 300_000,
    "controls": "<title>\x1b]8;;x\x07\u202e evil</title>".encode(),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_are_read_within_bounds(name: str) -> None:
    started = time.process_time()
    looked = look(answered(URL, 200, HOSTILE[name], HTML), cited(), ())
    assert time.process_time() - started < 3
    shown = "".join([s.value for s in looked.signals] + [looked.page.title if looked.page else ""])
    assert not set(shown) & set("\x1b\x07\u202e\x00")


@pytest.mark.parametrize(
    "url", ["http://[::1", "https://press.example:99999/", "https://press.example/%ff#%zz"]
)
def test_impossible_addresses_do_not_raise(url: str) -> None:
    assert look(answered(url, 200, page().encode(), HTML), Link(url), ()) is not None


@given(st.binary(max_size=400), st.sampled_from(["text/html", "text/plain; charset=utf-7", ""]))
def test_any_bytes_are_looked_at_without_an_error(content: bytes, media_type: str) -> None:
    look(answered(URL, 200, b"<html>" + content, {"Content-Type": media_type}), cited(), ())


def test_all_places_that_are_cited_are_looked_for() -> None:
    markup = page(body='<h2 id="a">A</h2><h2 id="b">B</h2>').encode()
    for others, found, missing in (
        (("b",), True, ()),
        (("b", "x"), False, ("x",)),
        (("/route",), True, ()),
    ):
        looked = look(answered(URL, 200, markup, HTML), Link(f"{URL}#a", fragments=others), ())
        assert looked.page is not None
        assert (looked.page.fragment_found, looked.page.fragments_missing) == (found, missing)

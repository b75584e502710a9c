"""Choosing a reader, decoding, and what is refused."""

from __future__ import annotations

import hashlib

import pytest

from citecheck.errors import SourceError
from citecheck.readers.shelf import READERS, SUFFIXES, read


@pytest.mark.parametrize(
    ("name", "text", "media_type", "format_"),
    [
        ("a.md", "# A", "", "markdown"),
        ("A.MARKDOWN", "x", "", "markdown"),
        ("a.qmd", "x", "", "markdown"),
        ("a.txt", "words", "", "text"),
        ("a.htm", "words", "", "html"),
        # No telling suffix: the media type, then the content.
        ("stdin", "<p>x", "text/html; charset=utf-8", "html"),
        ("example.org/a", '[{"id":"a","type":"book"}]', "application/json", "csl-json"),
        ("example.org/a", "x", "text/markdown", "markdown"),
        ("stdin", "<!DOCTYPE html><p>x", "", "html"),
        ("stdin", "plain words", "", "text"),
        ("https://example.org/a.html?x=1.json", "x", "", "html"),
        # Misnamed.
        ("a.txt", "Claim.<sup>1</sup>\n\n<sup>1</sup> Note", "", "markdown"),
        ("a.txt", "See [this](https://example.org/).", "", "markdown"),
        ("a.txt", "Claim.[^1]\n\n[^1]: Note", "", "markdown"),
        ("a.txt", "# A\n\n## B\n", "", "markdown"),
        ("a.txt", "<html><body><p>x</p></body></html>", "", "html"),
        ("a.txt", "<p>x</p>\n<p>y</p>", "", "html"),
        ("a.txt", "@book{a, title={T}}", "", "bibtex"),
        ("a.txt", "TY  - BOOK\nTI  - x\nER  - \n", "", "ris"),
        ("a.txt", '[{"id":"a","type":"book","title":"x"}]', "", "csl-json"),
        ("a.md", "<!doctype html><html><body><p>x</p></body></html>", "", "html"),
        ("a.html", '[{"id":"a","type":"book","title":"x"}]', "", "csl-json"),
        # Not misnamed.
        ("a.md", "<div align=center><p>x</p><p>y</p></div>\n\n# T\n", "", "markdown"),
        ("a.txt", "{not json", "", "text"),
        ("a.txt", "a < b and [1] is #1", "", "text"),
        ("a.md", "", "", "markdown"),
    ],
)
def test_the_reader_chosen(name: str, text: str, media_type: str, format_: str) -> None:
    assert read(name, text.encode(), media_type=media_type).format == format_


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (b"%PDF-1.7\n...", "a PDF file"),
        (b"PK\x03\x04\x14\x00word/document.xml", "a Word file"),
        (b"PK\x03\x04mimetypeapplication/epub+zip", "an EPUB file"),
        (b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.text", "an OpenDocument text"),
        (b"PK\x03\x04other", "a ZIP archive"),
        (b"{\\rtf1 x}", "an RTF file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1xxxx", "an old Microsoft Office file"),
        (b"\x89PNG\r\n\x1a\n", "a PNG image"),
        (b"a\x00\x01\x02bcdefgh" * 9, "a binary file"),
        ("words ".encode("utf-16-le") * 20, "UTF-16 text without a byte order mark"),
    ],
)
def test_what_is_no_text_is_refused_by_name(data: bytes, named: str) -> None:
    with pytest.raises(SourceError) as caught:
        read("notes/a.md", data)
    assert str(caught.value).startswith(f"notes/a.md: this is {named}")
    assert caught.value.source == "notes/a.md"


def test_encodings() -> None:
    text = "Clä\U0001f600im.[1]\r\n\r\n[1] Né https://example.org/1\r\n"
    for data in (text.encode(), text.encode("utf-8-sig"), text.encode("utf-16")):
        document = read("a.txt", data)
        note = document.notes[0]
        assert note.text == "Né https://example.org/1"
        assert note.line == 3
        coding = "utf-16-le" if data[:2] == b"\xff\xfe" else "utf-8"
        span = note.links[0].span
        assert data[span.start : span.end].decode(coding) == "https://example.org/1"
        assert data[note.span.start : note.span.end].decode(coding) == (
            "[1] Né https://example.org/1"
        )
        assert document.warnings == ()
        assert document.sha256 == hashlib.sha256(data).hexdigest()


def test_text_that_is_not_utf_8_is_read_with_a_warning() -> None:
    document = read("a.txt", "Café.[1]\n\n[1] “Né” https://example.org/é x".encode("cp1252"))
    assert document.notes[0].text == "“Né” https://example.org/é x"
    assert document.warnings == (
        "The file is not UTF-8; it was read as windows-1252: check the accents.",
    )
    assert "ISO 8859-1" in read("a.txt", b"caf\xe9 \x81").warnings[0]


def test_a_declared_charset_is_believed() -> None:
    data = "<meta charset=gb2312><p>中文。<sup>1</sup></p><p><sup>1</sup> 注 https://example.org/1</p>".encode(
        "gb2312"
    )
    document = read("a.html", data)
    assert document.warnings == ()
    note = document.notes[0]
    assert (note.text, note.callouts[0].sentence) == ("注 https://example.org/1", "中文。")
    assert data[note.links[0].span.start : note.links[0].span.end] == b"https://example.org/1"


def test_damaged_utf_16() -> None:
    with pytest.raises(SourceError, match="damaged"):
        read("a.txt", b"\xff\xfea")


def test_the_table_names_each_suffix_and_reader_once() -> None:
    assert len(SUFFIXES) == sum(len(reader.suffixes) for reader in READERS)
    assert len({reader.name for reader in READERS}) == len(READERS)

"""HTML as a stream of pieces with places."""

from __future__ import annotations

from citecheck.readers.tags import Piece, pieces


def test_pieces_in_order_with_places() -> None:
    text = "<P CLASS=x>A &amp; b<br/><!-- <a> --></p>"
    assert list(pieces(text)) == [
        Piece("open", "p", 0, 11, (("class", "x"),)),
        Piece("text", "A ", 11, 13),
        Piece("reference", "&", 13, 18),
        Piece("text", " b", 18, 20),
        Piece("open", "br", 20, 25, (), True),
        Piece("close", "p", 37, 41),
    ]


def test_attributes_in_any_quoting() -> None:
    text = """<a href="x?a=1&amp;b=2" title='a "b" > c' id = n hidden data-x>"""
    (piece,) = pieces(text)
    assert piece.attributes == (
        ("href", "x?a=1&b=2"),
        ("title", 'a "b" > c'),
        ("id", "n"),
        ("hidden", ""),
        ("data-x", ""),
    )
    assert piece.get("href") == "x?a=1&b=2"
    assert piece.get("missing") == ""


def test_the_content_of_scripts_is_no_text() -> None:
    text = "a<script>if (a<b) '<p>'</script>b<style>c"
    assert [p.value for p in pieces(text) if p.kind == "text"] == ["a", "b"]


def test_what_is_no_tag_is_text() -> None:
    assert (
        "".join(p.value for p in pieces("1 < 2 & 3 <> 4 &unknown;")) == "1 < 2 & 3 <> 4 &unknown;"
    )


def test_a_part_of_a_text() -> None:
    assert [p.value for p in pieces("xx<b>y</b>zz", 2, 10)] == ["b", "y", "b"]

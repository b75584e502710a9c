"""Lists of links: what RFC 6690 and RFC 8288 allow, and what anybody may send."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from citecheck.archives.link_format import entries


def test_a_timemap() -> None:
    text = (
        '<http://a.example/tm/http://x.org/>; rel="self"; type="application/link-format",\n'
        " <http://x.org/>;rel=original,\r\n"
        '<http://a.example/20190301120000/http://x.org/a,b;c?d=<>; rel="memento"\n,'
        '<http://a.example/1/http://x.org/a,b;c>; rel="first memento"; '
        'datetime="Fri, 01 Mar 2019 12:00:00 GMT"; title="one, two; \\"three\\""'
    )
    found = list(entries(text))
    assert [(e.target, sorted(e.relations)) for e in found] == [
        ("http://a.example/tm/http://x.org/", ["self"]),
        ("http://x.org/", ["original"]),
        ("http://a.example/1/http://x.org/a,b;c", ["first", "memento"]),
    ]
    assert found[2].parameters["datetime"] == "Fri, 01 Mar 2019 12:00:00 GMT"
    assert found[2].parameters["title"] == 'one, two; "three"'


def test_the_first_of_doubled_parameters_counts_and_names_are_folded() -> None:
    (found,) = entries("<x>; REL=Memento; rel=self; flag; ;title*=UTF-8''a;")
    assert found.relations == {"memento"}
    assert found.parameters == {"rel": "Memento", "flag": "", "title*": "UTF-8''a"}


def test_a_broken_value_spoils_itself_alone() -> None:
    text = '<a>; rel="memento, <b>; rel=original, junk, <c>; rel=self'
    assert [e.target for e in entries(text)] == ["b", "c"]
    assert [e.target for e in entries("no list at all")] == []
    assert [e.target for e in entries("")] == []
    assert [e.target for e in entries("<a\nb>; rel=x, <c>")] == ["c"]


_PIECES = st.lists(
    st.sampled_from(["<", ">", ";", ",", "=", '"', "\\", "rel", "memento", " ", "\n", "\x00", "é"])
    | st.text(max_size=5),
    max_size=60,
)


@given(_PIECES)
def test_anything_is_read_without_an_error(pieces: list[str]) -> None:
    for entry in entries("".join(pieces)):
        assert not set(entry.target) & set("<>\n\x00")


def test_hostile_lists_take_no_time() -> None:
    begun = time.process_time()
    for piece in ("<", "<a>;", '<a>; rel="', "<a>,", ", ", '"', "\\", "<a>;x=", ", <", '<a>;x="\\'):
        list(entries(piece * (400_000 // len(piece))))
    assert time.process_time() - begun < 5

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citecheck.ledger.names import LONGEST, document_of, folded, hashed_name, plain_name


@pytest.mark.parametrize(
    ("document", "name"),
    [
        ("paper.md", "paper.md.json"),
        ("chapters/one/text v2 (final).md", "chapters__one__text v2 (final).md.json"),
        ("論文/第一章.md", "論文__第一章.md.json"),
        ("re\u0301sume\u0301.md", "r\u00e9sum\u00e9.md.json"),
    ],
)
def test_plain_names(document: str, name: str) -> None:
    assert plain_name(document) == name


@pytest.mark.parametrize(
    ("document", "beginning"),
    [
        ("../x", "_.__x-"),
        ("/etc/passwd", "__etc__passwd"),
        ("..\\x", "_._x-"),
        ("con", "_con-"),
        ("COM1.md", "_COM1.md-"),
        ("aux.paper.md", "_aux.paper.md-"),
        (".hidden.md", "_hidden.md-"),
        ("-rf.md", "_rf.md-"),
        ("evil\u202egpj.md", "evil_gpj.md-"),
        ("a\nb\x1b[0m", "a_b_[0m-"),
        ("a:b*c?", "a_b_c_-"),
        ("\ud800", "_-"),
        ("a__b.md", "a__b.md-"),
        ("corrections", "corrections-"),
        ("Corrections", "Corrections-"),
        ("", "-"),
    ],
)
def test_names_that_would_not_be_safe_get_a_hash(document: str, beginning: str) -> None:
    name = plain_name(document)
    assert name.startswith(beginning)
    if document != "/etc/passwd":
        assert name == hashed_name(document)


def test_long_names_are_cut_at_a_character_and_stay_apart() -> None:
    one, two = plain_name("長" * 300 + "1.md"), plain_name("長" * 300 + "2.md")
    assert one != two
    assert len(one.encode()) <= LONGEST
    assert "\ufffd" not in one


@given(st.text())
def test_every_name_is_one_plain_file_in_the_folder(document: str) -> None:
    name = plain_name(document)
    assert name.endswith(".json")
    assert len(name.encode()) <= LONGEST
    assert Path("references", name).resolve().parent == Path("references").resolve()
    assert os.sep not in name
    assert "\\" not in name
    assert not name.startswith((".", "~"))
    assert folded(name) != "corrections.json"


@given(st.text(), st.text())
def test_two_documents_never_share_a_name_but_for_case(one: str, two: str) -> None:
    if folded(one) != folded(two):
        assert plain_name(one) != plain_name(two)


def test_a_plain_name_tells_its_document() -> None:
    assert document_of("a__b.md.json") == "a/b.md"
    assert document_of(plain_name("a__b.md")) == ""

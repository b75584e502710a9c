"""Invented notes in everyday styles and what is read from them."""

from __future__ import annotations

import pytest

from citecheck.cite.fields import read_fields
from citecheck.cite.split import split
from standins.more_styles import UNSEEN
from standins.note_styles import STYLES
from standins.notes import note
from standins.short_form import short_form


@pytest.mark.parametrize(("text", "expected"), STYLES + UNSEEN, ids=lambda v: str(v)[:30])
def test_style(text: str, expected: tuple[str, ...]) -> None:
    pieces = [read_fields(segment) for segment in split(note(text))]
    assert (
        tuple(short_form(p.csl, p.locator, p.urls[0] if p.urls else "") for p in pieces) == expected
    )

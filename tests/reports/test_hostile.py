"""What holds for every format at once, whatever foreign text it is given."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citecheck.reports.shelf import FORMATS
from citecheck.reports.terminal import render as terminal
from standins.hostile_report import HOSTILE, hostile_report


def active(text: str) -> list[str]:
    """Characters that steer a terminal or turn text around; commands of a runner."""
    found = [
        f"U+{ord(c):04X}"
        for c in text
        if c not in "\r\n\u200c\u200d\u00ad" and unicodedata.category(c) in ("Cc", "Cf", "Cs")
    ]
    found += re.findall(r"##\[", text)
    return found + [line for line in text.splitlines() if re.match(r"\s*::\w", line)]


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("text", HOSTILE)
def test_no_character_is_active(name: str, text: str) -> None:
    out = FORMATS[name].render(hostile_report(text))
    assert active(out) == []
    out.encode("utf-8")


@settings(max_examples=15, deadline=None)
@given(st.text(max_size=40))
def test_any_text_at_all(text: str) -> None:
    report = hostile_report(text)
    outs = [format.render(report) for name, format in FORMATS.items() if name != "html"]
    for out in (*outs, terminal(report, verbosity=2)):
        assert active(out) == []
        out.encode("utf-8")

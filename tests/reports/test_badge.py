"""The badge: words, colour, and the same words for those who cannot see it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import etree

from citecheck.records.finding import State
from citecheck.records.report import Report
from citecheck.reports import badge
from citecheck.reports.options import RenderOptions
from standins.sample_report import link, sample_report

SVG = {"s": "http://www.w3.org/2000/svg"}
RED, AMBER, GREEN, GREY = "#a3282f", "#8a5a00", "#2b6e43", "#5f6670"


def report(*states: State) -> Report:
    rows = tuple(link(f"https://{i}.example/", s, "x", "d") for i, s in enumerate(states))
    return replace(sample_report(), links=rows)


def seen(report: Report, options: RenderOptions | None = None) -> tuple[str, str]:
    root = etree.fromstring(badge.render(report, options or RenderOptions()).encode())
    title = root.find("s:title", SVG)
    assert title is not None
    assert root.get("role") == "img"
    assert root.get("aria-label") == title.text
    assert ": ".join(str(e.text) for e in root.iterfind("s:text", SVG)) == title.text
    fills = [str(rect.get("fill")) for rect in root.iterfind("s:g/s:rect", SVG)]
    return str(title.text), fills[1]


@pytest.mark.parametrize(
    ("states", "words", "color"),
    [
        ((State.OK, State.MOVED), "citations: all 2 fine", GREEN),
        ((State.OK, State.UNCHECKED), "citations: all 1 fine", GREEN),
        ((State.OK, State.BLOCKED), "citations: 1 of 2 fine", AMBER),
        ((State.OK, State.DEAD, State.BLOCKED), "citations: 1 of 3 fine", RED),
        ((), "citations: no links", GREY),
        ((State.UNCHECKED,), "citations: not checked", GREY),
    ],
)
def test_words_and_colour(states: tuple[State, ...], words: str, color: str) -> None:
    assert seen(report(*states)) == (words, color)


def test_what_the_user_fails_on_is_red() -> None:
    strict = RenderOptions(frozenset({"blocked"}))
    assert seen(report(State.OK, State.BLOCKED), strict)[1] == RED


def test_network_down_and_demonstration_are_told() -> None:
    assert seen(replace(sample_report(), network_down=True)) == ("citations: not checked", GREY)
    assert seen(replace(sample_report(), demo=True))[0] == "demo citations: 3 of 11 fine"

"""What `--report [FORMAT:]FILE` picks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from citecheck.errors import SettingsError
from citecheck.reports.options import RenderOptions
from citecheck.reports.shelf import FORMATS, pick
from standins.sample_report import sample_report


@pytest.mark.parametrize(
    ("spec", "picked"),
    [
        ("archive/link-health.md", ("md", "archive/link-health.md")),
        ("report.html", ("html", "report.html")),
        ("REPORT.HTM", ("html", "REPORT.HTM")),
        ("r.json", ("json", "r.json")),
        ("r.jsonl", ("jsonl", "r.jsonl")),
        ("r.sarif", ("sarif", "r.sarif")),
        ("r.sarif.json", ("sarif", "r.sarif.json")),
        ("r.csv", ("csv", "r.csv")),
        ("r.atom", ("atom", "r.atom")),
        ("r.xml", ("junit", "r.xml")),
        ("r.svg", ("badge", "r.svg")),
        ("md:-", ("md", "-")),
        ("json:report.txt", ("json", "report.txt")),
        ("junit:out/r.html", ("junit", "out/r.html")),
        ("Markdown:-", ("md", "-")),
        (r"C:\x.md", ("md", r"C:\x.md")),
        (r"sarif:C:\x", ("sarif", r"C:\x")),
        ("./a:b.md", ("md", "./a:b.md")),
    ],
)
def test_pick(spec: str, picked: tuple[str, str]) -> None:
    assert pick(spec) == picked


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        ("pdf:out.pdf", "no format 'pdf'; known are md, html, json, jsonl, sarif, csv, atom"),
        ("report.pdf", "name one as in md:report.pdf"),
        ("report", ".md .markdown .html"),
        ("-", "name one as in md:-"),
        (r"C:\report", r"md:C:\report"),
        ("md:", "name a file after the colon"),
        ("", "needs a file"),
    ],
)
def test_pick_says_what_is_known(spec: str, said: str) -> None:
    with pytest.raises(SettingsError, match="--report") as fault:
        pick(spec)
    assert said in str(fault.value)


def test_names_and_suffixes_are_unique() -> None:
    assert [format.name for format in FORMATS.values()] == list(FORMATS)
    suffixes = [suffix for format in FORMATS.values() for suffix in format.suffixes]
    assert len(suffixes) == len(set(suffixes))


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_deterministic_and_ends_its_last_line(name: str) -> None:
    render = FORMATS[name].render
    once = render(sample_report())
    assert once == render(sample_report(), RenderOptions())
    assert once.endswith("\n")
    assert name == "csv" or "\r" not in once


@pytest.mark.parametrize("name", FORMATS)
def test_a_demonstration_is_marked_everywhere(name: str) -> None:
    render = FORMATS[name].render
    demo = render(replace(sample_report(), demo=True))
    assert demo != render(sample_report())
    assert "demo" in demo.lower()

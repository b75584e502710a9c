"""Every address of a host ends on one page: a section beside the cited folder, or one text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from citecheck.records.observation import Hop, Signal, Strength
from standins.judged import OTHER, TITLE, URL, cited, observed, page, said, verdict_on

HERE = "https://press.example"


def judged(title: str, final: str, markup: str, *, status: int = 301, probed: bool = True) -> str:
    link = cited(URL, title)
    seen = observed(markup, link=link, final=final, hops=(Hop(URL, status),) if final else ())
    kind = "sibling-same-address" if final else "sibling-same-page"
    sign = (Signal(kind, final or "Gazette", Strength.DECISIVE),) if probed else ()
    finding = verdict_on(replace(seen, signals=(*seen.signals, *sign)), link=link)
    return f"{said(finding)} {finding.confidence}"


@pytest.mark.parametrize("path", ["/archive", "/news/", "/products", "/en/news", "/library.html"])
@pytest.mark.parametrize("title", ["", "The bell", "Колокол на пирсе"])
@pytest.mark.parametrize("status", [301, 302])
def test_a_section_for_every_address_is_no_page(path: str, title: str, status: int) -> None:
    listed = page("The Islander Gazette", OTHER)
    assert judged(title, HERE + path, listed, status=status) == "dead/soft-404 medium"


def test_one_plain_word_is_a_section_only_without_the_cited_words() -> None:
    listed = page("The Islander Gazette", OTHER)
    assert judged("Sailing vessel register", f"{HERE}/gazette", listed) == "dead/soft-404 medium"
    assert judged("", f"{HERE}/gazette", listed) == "moved/redirected low"


@pytest.mark.parametrize("title", [TITLE, "", "Die Glocke auf dem Pier und das Wasser"])
def test_one_work_that_has_moved_is_no_section(title: str) -> None:
    assert judged(title, f"{HERE}/bell", page()) == "moved/redirected low"


def test_a_section_without_the_probe_is_a_doubt() -> None:
    listed = page("The Islander Gazette", OTHER)
    assert judged("The bell", f"{HERE}/news", listed, probed=False) == "moved/redirected low"


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("Sailing vessel register", OTHER * 2, "dead/soft-404 medium"),
        ("Sailing chair", OTHER * 2, "ok/ok low"),
        ("Die Glocke auf dem Pier", OTHER * 2, "ok/ok low"),
        ("Колокол на пирсе", OTHER * 2, "ok/ok low"),
        ("", OTHER * 2, "ok/ok low"),
        ("Vessel register", "Search, zoom and rotate the pages in this viewer.", "ok/ok low"),
    ],
    ids=["no word", "one word", "another language", "another script", "no title", "a viewer"],
)
def test_one_text_for_every_address(title: str, text: str, expected: str) -> None:
    assert judged(title, "", page("Gazette", text)) == expected

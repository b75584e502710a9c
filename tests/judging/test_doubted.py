"""An alarm about a page that was well is believed at once only where a second visit agrees."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from citecheck.records.finding import Finding, State
from citecheck.records.memory import Memory
from citecheck.records.observation import FaultKind, Observation
from citecheck.verdict import of_two, second_look
from standins.clock import START
from standins.judged import OTHER, STORY, cited, failed, observed, page, said, verdict_on, visited

LATER = START + timedelta(days=7)
LINK = cited(title="")
SOFT = "<title>Page not found</title><h1>404</h1><p>Sorry.</p>"


def see(markup: str, status: int = 200, **headers: str) -> Observation:
    return observed(markup, link=LINK, status=status, headers=headers, at=LATER)


FINE = see(page(text=STORY * 2))
GONE = see(SOFT)
OTHER_TEXT = see(page("The Gazette", OTHER * 2))
WALL = see("", 403, **{"cf-mitigated": "challenge"})
SILENT = replace(failed(FaultKind.READ_TIMEOUT, link=LINK), at=LATER)


def known() -> Memory:
    return visited(Memory(), observed(page(text=STORY * 2), link=LINK), link=LINK)[1]


def judged(seen: Observation, memory: Memory | None = None) -> Finding:
    return verdict_on(seen, link=LINK, memory=memory or known())


@pytest.mark.parametrize(
    ("seen", "wanted"),
    [
        (GONE, True),
        (OTHER_TEXT, True),
        (FINE, False),
        (WALL, False),
        (SILENT, False),
        (see("<h1>Not found</h1>", 404), False),
    ],
)
def test_what_is_looked_at_again(seen: Observation, wanted: bool) -> None:
    assert second_look(judged(seen), seen, known()) is wanted


def test_only_a_page_that_was_well_at_the_last_visit_is_looked_at_again() -> None:
    assert not second_look(judged(GONE, Memory()), GONE, Memory())
    _, gone = visited(known(), GONE, link=LINK)
    assert not second_look(judged(GONE, gone), GONE, gone)


def two(first: Observation, second: Observation) -> Finding:
    return judged(of_two((first, judged(first)), (second, judged(second))))


@pytest.mark.parametrize(
    ("first", "second", "verdict", "confidence"),
    [
        (GONE, GONE, "dead/soft-404", "high"),
        (GONE, FINE, "ok/ok", "low"),
        (OTHER_TEXT, OTHER_TEXT, "changed/content-replaced", "high"),
        (OTHER_TEXT, FINE, "ok/ok", "low"),
        (GONE, OTHER_TEXT, "changed/content-replaced", "low"),
        (OTHER_TEXT, GONE, "changed/content-replaced", "low"),
        (GONE, WALL, "dead/soft-404", "low"),
        (GONE, SILENT, "dead/soft-404", "low"),
    ],
)
def test_what_two_visits_come_to(
    first: Observation, second: Observation, verdict: str, confidence: str
) -> None:
    finding = two(first, second)
    assert (said(finding), finding.confidence) == (verdict, confidence)
    other = second if said(finding) == said(judged(first)) else first
    assert (finding.evidence[-1].signal, finding.evidence[-1].value) == (
        "second-look",
        said(judged(other)),
    )


def test_two_visits_that_agree_are_not_looked_at_a_third_time() -> None:
    believed = of_two((GONE, judged(GONE)), (GONE, judged(GONE)))
    finding = judged(believed)
    assert finding.state is State.DEAD
    assert "visit" not in finding.detail
    assert not second_look(finding, believed, known())


def test_a_doubted_visit_says_what_the_other_one_found() -> None:
    assert two(GONE, FINE).detail.endswith(
        "Another visit a moment earlier found something else (dead/soft-404); have a look at it."
    )
    assert two(GONE, WALL).detail.endswith(
        "A second visit a moment later did not find the same (blocked/challenge); "
        "look at it yourself."
    )


@pytest.mark.parametrize(
    ("seen", "wanted"),
    [
        (see("Forbidden", 403), True),
        (see("", 200), True),
        (see("Forbidden", 403, **{"cf-ray": "1", "server": "cloudflare"}), False),
        (see("Unauthorized", 401), False),
        (see("Slow down", 429), False),
        (see("", 204), False),
    ],
    ids=["bare", "empty", "vendor", "login", "too many", "no content"],
)
def test_a_refusal_or_an_empty_page_that_may_pass(seen: Observation, wanted: bool) -> None:
    assert second_look(judged(seen), seen, known()) is wanted
    assert not second_look(judged(seen, Memory()), seen, Memory())


@pytest.mark.parametrize("first", [see("Forbidden", 403), see("", 200)], ids=["refused", "empty"])
def test_a_page_that_is_there_a_moment_later_is_well_without_a_doubt(first: Observation) -> None:
    believed = of_two((first, judged(first)), (FINE, judged(FINE)))
    finding = judged(believed)
    assert (said(finding), finding.confidence) == ("ok/ok", "high")
    assert finding.evidence[-1].signal == "second-look"


def test_a_refusal_stands_where_the_second_visit_saw_nothing_either() -> None:
    refused = see("Forbidden", 403)
    for again in (refused, SILENT, WALL):
        believed = of_two((refused, judged(refused)), (again, judged(again)))
        assert said(judged(believed)) == "blocked/forbidden"
        assert not judged(believed).strike

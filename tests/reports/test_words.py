"""The sentence that every report opens with."""

from __future__ import annotations

from dataclasses import replace

import pytest

from citecheck.records.archive import Lookup, LookupState
from citecheck.records.finding import State, Suggestion
from citecheck.records.report import LinkRow, Report
from citecheck.reports.options import RenderOptions
from citecheck.reports.words import STATE_TITLES, Tone, headline, title_of, without_copy
from standins.sample_report import NOW, link, sample_report


def report(*states: State) -> Report:
    rows = tuple(link(f"https://{i}.example/", s, "x", "Do it.") for i, s in enumerate(states))
    return replace(sample_report(), links=rows, skipped=(), unlinked=())


def said(report: Report, options: RenderOptions | None = None) -> str:
    head = headline(report, options or RenderOptions())
    return " ".join((head.tone, head.sentence, head.news, head.todo)).strip().replace("\xa0", " ")


@pytest.mark.parametrize(
    ("states", "sentence"),
    [
        ((State.OK,), "good The one link is fine. Nothing is new since the last report."),
        ((State.OK, State.OK), "good All 2 links are fine. Nothing is new since the last report."),
        (
            (State.OK, State.MOVED),
            "good All 2 links are fine. Nothing is new since the last report. "
            "1 has moved for good: cite the new address.",
        ),
        (
            (State.OK, State.BLOCKED, State.BLOCKED, State.UNREACHABLE),
            "unclear No rot was found, but 3 of 4 links could not be judged: 1 unreachable for "
            "now, 2 blocked to robots. Nothing is new since the last report. "
            "Open those in a browser, or wait for the next run.",
        ),
        (
            (State.OK, State.DEAD, State.BLOCKED),
            "bad 1 of 3 links needs your attention: 1 dead. Nothing is new since the last "
            "report. No other copy is known yet: see what each finding says to do.",
        ),
        ((), "unclear No citation was found."),
    ],
)
def test_headline(states: tuple[State, ...], sentence: str) -> None:
    assert said(report(*states)) == sentence


def test_the_sample() -> None:
    assert said(sample_report()) == (
        "bad 5 of 12 links need your attention: 3 dead, 1 changed, 1 not the cited work. "
        "2 links have news since the last report. "
        "Another address to cite is offered for 3 of them; see what the other 2 say to do."
    )


def test_only_unlinked_references() -> None:
    assert said(replace(sample_report(), links=())) == (
        "unclear None of the citations has an address, so there was no link to visit."
    )


def test_network_down_concludes_nothing() -> None:
    assert said(replace(sample_report(), network_down=True)) == (
        "unclear The network was down, so nothing was concluded. Every link keeps the state it "
        "had before. Run citecheck again when the network is back."
    )


def test_the_first_report_is_not_called_news() -> None:
    rows: list[LinkRow] = [replace(row, news=True) for row in report(State.OK, State.OK).links]
    first = replace(report(), links=tuple(rows))
    assert said(first) == "good All 2 links are fine. This is the first report."
    cut = replace(first, interrupted=True)
    assert "The run was cut short; what it saw is kept. This is the first report." in said(cut)


def test_fail_on_widens_what_needs_attention() -> None:
    strict = RenderOptions(frozenset({"blocked"}))
    assert said(report(State.OK, State.BLOCKED), strict).startswith(
        "bad 1 of 2 links needs your attention: 1 blocked to robots."
    )
    lenient = RenderOptions(frozenset())
    assert headline(report(State.DEAD), lenient).tone is Tone.BAD


def test_every_state_has_a_title() -> None:
    assert set(STATE_TITLES) == set(State)
    assert title_of("dead") == "Dead"
    assert title_of("a-later-word") == "a-later-word"


def test_a_report_without_a_visit_claims_no_news_of_visits() -> None:
    report = sample_report()
    unvisited = tuple(replace(row, news=False, checked=None) for row in report.links)
    assert headline(replace(report, links=unvisited)).news == "No page was visited."


def test_a_first_run_that_was_cut_short_before_any_visit_says_so() -> None:
    row = link("https://a.example/", State.UNCHECKED, "interrupted", "Run again.")
    cut = replace(sample_report(), links=(replace(row, checked=NOW),), interrupted=True)
    assert headline(cut).news == (
        "The run was cut short; what it saw is kept. No page was visited."
    )


@pytest.mark.parametrize(
    ("state", "found", "said"),
    [
        (State.DEAD, LookupState.NONE, "The archive has no good copy of it."),
        (State.CHANGED, LookupState.EXCLUDED, "The archive does not show this site."),
        (
            State.DEAD,
            LookupState.THROTTLED,
            "The archive asked to wait; the next run looks for a copy.",
        ),
        (State.DEAD, LookupState.NOT_ASKED, ""),
        (State.BLOCKED, LookupState.NONE, ""),
    ],
)
def test_why_no_copy_is_offered(state: State, found: LookupState, said: str) -> None:
    row = replace(link("https://a.example/", state, "x", "Do it."), lookup=Lookup(found, NOW))
    assert without_copy(row) == said
    copy = Suggestion("snapshot", "https://archive.example/1", "ok")
    offered = replace(row, finding=replace(row.finding, suggestion=copy))
    assert without_copy(offered) == ""
    assert without_copy(replace(row, lookup=None)) == ""

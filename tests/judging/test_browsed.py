"""What a browser saw is told as such, and is compared with nothing that was read without one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from citecheck.records.finding import Evidence
from citecheck.records.memory import Memory
from citecheck.records.observation import Observation, Signal
from standins.clock import START
from standins.judged import OTHER, STORY, cited, observed, page, said, verdict_on, visited

DAY = timedelta(days=1)
LINK = cited(title="")
SHELL = '<title>App</title><div id="root"></div><script src="/app.js"></script>'


def plainly(text: str, day: int) -> Observation:
    return observed(page(text=text * 2), at=START + day * DAY)


def by_browser(text: str, day: int) -> Observation:
    """The page as a browser shows it."""
    seen = plainly(text, day)
    assert seen.page
    marked = replace(seen.page, extractor=f"browser+{seen.page.extractor}")
    return replace(seen, page=marked, signals=(*seen.signals, Signal("browser", "Chromium 156")))


def runs(*seen: Observation) -> list[str]:
    memory, found = Memory(), []
    for observation in seen:
        finding, memory = visited(memory, observation, link=LINK)
        found.append(said(finding))
    return found


def test_the_finding_tells_that_a_browser_was_needed() -> None:
    finding = verdict_on(by_browser(STORY, 0), link=LINK)
    assert said(finding) == "ok/ok"
    assert finding.detail.endswith(
        "Seen with a browser, since without one it shows nothing to read."
    )
    assert finding.evidence[-1] == Evidence("browser", "Chromium 156")


def test_a_wall_that_stays_is_told_with_what_the_browser_met() -> None:
    shell = observed(SHELL)
    sign = Signal("browser-refused", "Chromium 156: net::ERR_ABORTED")
    finding = verdict_on(replace(shell, signals=(*shell.signals, sign)), link=LINK)
    alone = verdict_on(shell, link=LINK)
    assert said(finding) == said(alone) == "blocked/needs-javascript"
    tail = " A browser did not get through either (Chromium 156: ERR_ABORTED)."
    assert finding.detail == alone.detail + tail
    assert finding.evidence[-1].signal == "browser-refused"


def test_pages_seen_by_browser_are_compared_with_each_other() -> None:
    seen = by_browser(STORY, 0), by_browser(STORY, 1), by_browser(OTHER, 2)
    assert runs(*seen)[:2] == ["ok/ok"] * 2
    assert runs(*seen)[2].startswith("changed/")


def test_a_shell_in_between_costs_no_baseline() -> None:
    shell = observed(SHELL, at=START + DAY)
    found = runs(by_browser(STORY, 0), shell, by_browser(OTHER, 2))
    assert found[1] == "blocked/needs-javascript"
    assert found[2].startswith("changed/")


def test_what_a_browser_reads_is_not_compared_with_what_was_read_without() -> None:
    """And does not take its place: the wall may be gone tomorrow."""
    finding, memory = visited(Memory(), plainly(STORY, 0), link=LINK)
    finding, memory = visited(memory, by_browser(OTHER, 1), link=LINK)
    assert said(finding) == "ok/ok"
    assert "not compared" in finding.detail
    assert memory.record
    assert memory.record.baseline
    assert memory.record.baseline.taken.startswith(f"{START:%Y-%m-%d}")
    assert runs(plainly(STORY, 0), by_browser(OTHER, 1), plainly(STORY, 2))[2] == "ok/ok"
    assert runs(plainly(STORY, 0), by_browser(STORY, 1), plainly(OTHER, 2))[2].startswith("changed")


def test_once_a_page_can_be_read_without_a_browser_that_text_is_the_baseline() -> None:
    found = runs(by_browser(STORY, 0), plainly(STORY, 1), plainly(OTHER, 2))
    assert found[:2] == ["ok/ok"] * 2
    assert found[2].startswith("changed/")

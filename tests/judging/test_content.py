"""A change that was found lasts until the baseline's page is back or a person accepts it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from citecheck.records.memory import Memory
from citecheck.records.observation import FaultKind, Observation
from standins.clock import START
from standins.judged import OTHER, STORY, cited, failed, observed, page, said, visited

DAY = timedelta(days=1)
UNTITLED = cited(title="")
FILE = cited("https://press.example/report.pdf", title="")
PDF = {"Content-Type": "application/pdf"}


def runs(memory: Memory, *seen: Observation, lose: bool = False) -> list[str]:
    """What is said on one run after the other; `lose` forgets `.state/` between them."""
    found = []
    for observation in seen:
        link = FILE if observation.url == FILE.url else UNTITLED
        finding, memory = visited(memory, observation, link=link)
        memory = Memory(memory.record) if lose else memory
        found.append(said(finding))
    return found


@pytest.mark.parametrize("lose", [False, True])
def test_a_file_that_became_a_page_stays_one_that_did(lose: bool) -> None:
    _, memory = visited(Memory(), observed(b"%PDF-1.7 x", link=FILE, headers=PDF), link=FILE)
    _, memory = visited(memory, observed(page(text=OTHER), link=FILE), link=FILE)
    if lose:
        memory = Memory(memory.record)
    after = [observed(page(text=OTHER), link=FILE, at=START + n * DAY) for n in (1, 2)]
    back = observed(b"%PDF-1.7 x", link=FILE, headers=PDF, at=START + 3 * DAY)
    assert runs(memory, *after, back) == ["changed/content-changed"] * 2 + ["ok/ok"]


@pytest.mark.parametrize("between", [None, FaultKind.READ_TIMEOUT])
def test_a_change_outlives_the_loss_of_the_state_folder(between: FaultKind | None) -> None:
    _, memory = visited(Memory(), observed(page(text=STORY * 2)), link=UNTITLED)
    _, memory = visited(memory, observed(page(text=OTHER * 2)), link=UNTITLED)
    assert memory.record
    reason = f"changed/{memory.record.reason}"
    trouble = [failed(between, at=START + DAY)] if between else []
    changed = observed(page(text=OTHER * 2), at=START + 2 * DAY)
    back = observed(page(text=STORY * 2), at=START + 4 * DAY)
    found = runs(Memory(memory.record), *trouble, changed, changed, back, lose=True)
    assert found[len(trouble) :] == [reason, reason, "ok/ok"]


def test_without_a_change_in_the_ledger_a_lost_sketch_makes_none() -> None:
    _, memory = visited(Memory(), observed(page(text=STORY * 2)), link=UNTITLED)
    edited = observed(page(text=STORY * 2 + "One more line."), at=START + DAY)
    assert memory.record
    kept = Memory(replace(memory.record, previous_state="ok"))
    assert runs(kept, edited) == ["ok/ok-edited"]

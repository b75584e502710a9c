"""What a killed run left is this run's, or is folded as of when it was seen; nothing is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from time import process_time

import pytest

from citecheck.due import RESUME_WITHIN
from citecheck.ledger.journal import Unfinished
from citecheck.ledger.redaction import link_key
from citecheck.records.archive import (
    Lookup,
    LookupResult,
    LookupState,
    SaveOutcome,
    SaveState,
)
from citecheck.records.link import Link
from citecheck.records.observation import FaultKind, Observation
from citecheck.resume import Taken, take_up
from citecheck.settings import Settings
from standins.clock import START
from standins.judged import URL, cited, failed, observed, page

OTHER = "https://other.example/"
NOW = START + timedelta(hours=1)
PENDING = SaveOutcome(SaveState.PENDING, job="j")
FOUND = LookupResult(URL, Lookup(LookupState.FOUND, START))


def left(*observations: Observation, url: str = URL) -> Unfinished:
    return Unfinished(
        "", START, observations, (replace(FOUND, url=url),), ((url, PENDING),)
    )  # fmt: skip


def take(*links: Link, behind: Unfinished | None, hours: float = 1) -> Taken:
    return take_up(links, {}, behind, Settings(), START + timedelta(hours=hours))


def test_nothing_was_left() -> None:
    taken = take(cited(), behind=None)
    assert (taken.observations, taken.lookups, taken.saves) == ({}, {}, {})
    assert taken.folded.news == ()


def test_a_young_visit_counts_as_todays() -> None:
    seen = observed(page())
    taken = take(cited(), behind=left(seen))
    assert taken.observations == {URL: seen}
    assert taken.folded.memory == {}
    assert taken.lookups == {URL: FOUND}
    assert taken.saves == {URL: PENDING}


@pytest.mark.parametrize("kind", [FaultKind.PRIVATE_ADDRESS, FaultKind.ROBOTS])
def test_what_a_setting_kept_from_being_visited_is_tried_again(kind: FaultKind) -> None:
    taken = take(cited(), behind=left(observed(page(), link=Link(OTHER)), failed(kind)))
    assert taken.observations == {}
    assert set(taken.folded.memory) == {OTHER}


def test_an_old_visit_is_folded_and_the_page_is_asked_for_again() -> None:
    hours = RESUME_WITHIN.total_seconds() / 3600 + 1
    taken = take(cited(), behind=left(observed(page())), hours=hours)
    assert taken.observations == {}
    record = taken.folded.memory[URL].record
    assert record is not None
    assert (record.state, record.since) == ("ok", START)


def test_a_link_that_is_cited_no_longer_is_folded_too() -> None:
    taken = take(Link("https://other.example/"), behind=left(observed(page())))
    assert taken.observations == {}
    assert set(taken.folded.memory) == {URL}


def test_a_link_with_a_secret_is_known_again_by_its_key() -> None:
    link = Link("https://press.example/story?token=abcdef123456")
    key = link_key(link.url)
    assert "abcdef123456" not in key
    stored = replace(observed(page(), link=link), url=key)
    taken = take(link, behind=left(stored, url=key))
    assert set(taken.observations) == set(taken.lookups) == set(taken.saves) == {link.url}
    assert taken.observations[link.url].url == link.url


def test_what_a_run_saw_that_reached_nobody_is_not_believed_but_seen_again() -> None:
    refused = failed(FaultKind.CONNECTION_REFUSED)
    for hours in (1, 24):
        taken = take(cited(), behind=left(refused), hours=hours)
        assert (taken.observations, taken.folded.memory) == ({}, {})
        assert taken.saves == {URL: PENDING}
    other = Link("https://other.example/")
    both = take(cited(), other, behind=left(refused, observed(page(), link=other)))
    assert set(both.observations) == {URL, other.url}, "somebody was reached"


def test_sorting_a_long_journal_takes_no_longer_than_reading_it() -> None:
    links = [Link(f"https://h{n}.example/") for n in range(4000)]
    seen = [replace(failed(FaultKind.TLS_EXPIRED), url=link.url) for link in links]
    began = process_time()
    assert len(take(*links, behind=left(*seen)).observations) == 4000
    assert process_time() - began < 3.0

"""From what a visit saw, and what is remembered, to a finding: one ordered table decides.

The first rule that has something to say wins. Faults come before statuses, walls before disguised
errors, disguised errors before changes, so that a wall or an error page is never taken for a change
of the page. States and reasons are the contract's; `citecheck.reasons` says what each means.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from citecheck.judging import answers, content, faults, owners, rot, well
from citecheck.judging.browsed import with_browser
from citecheck.judging.case import Case
from citecheck.judging.doubted import of_two, second_look, with_second
from citecheck.judging.hindsight import (
    down_because,
    needs_probe,
    network_down,
    reconsider,
    recovered,
    unsteady,
    unvisited,
)
from citecheck.judging.resolved import by_resolver, by_service
from citecheck.judging.variant import with_variant
from citecheck.records.finding import Finding
from citecheck.records.link import Link
from citecheck.records.memory import Memory
from citecheck.records.observation import Observation
from citecheck.settings import Settings

__all__ = [
    "RULES",
    "down_because",
    "judge",
    "needs_probe",
    "network_down",
    "of_two",
    "reconsider",
    "recovered",
    "second_look",
    "unsteady",
    "unvisited",
]

Rule = Callable[[Case], Finding | None]

RULES: tuple[tuple[str, Rule], ...] = (
    # no answer
    ("an address of a library proxy", faults.library_proxy),
    ("not to be visited", faults.unvisitable),
    ("asked to wait beyond this run", faults.rate_limited_fault),
    ("a circle at a login or a wall", faults.door_on_the_way),
    ("the name does not exist", faults.nxdomain),
    ("no answer", faults.fault),
    # an answer that is no page
    ("not modified", well.not_modified),
    ("a wall against robots", answers.wall),
    ("a page about cookies", faults.cookies_absent),
    ("withheld for legal reasons", answers.legal),
    ("a door before the page", answers.door),
    ("not found, gone", answers.gone),
    ("refused in words", answers.refused_in_words),
    ("refused", answers.refused),
    ("scripts in place of an answer", answers.scripts_only),
    ("under maintenance", answers.maintenance),
    ("an error of the server", answers.server_error),
    ("no page", answers.odd_status),
    # a page that is not the page
    ("parked or for sale", owners.parked),
    ("a hoster's page in its place", owners.without_site),
    ("certainly an error page", rot.soft_404_certain),
    ("led to the home page", rot.redirect_home),
    ("an error page by its words", rot.soft_404),
    ("empty without scripts", rot.needs_javascript),
    ("empty", rot.nothing_to_read),
    # a page that has changed
    ("in other hands", owners.usurped),
    ("quoted words are gone", content.quote_missing),
    ("another text", content.content),
    ("a file became a page", content.binary_became_page),
    ("another work", content.mismatch),
    # a page that is there
    ("moved for good", well.moved),
    ("larger than the limit", well.too_large),
    ("behind a paywall", well.paywalled),
    ("the place in the page is gone", well.fragment_missing),
    ("small edits", well.edited),
    ("only over http", well.insecure),
)


def judge(
    link: Link, observation: Observation, memory: Memory, *, settings: Settings, now: datetime
) -> Finding:
    """The verdict on a link after a visit. `now` (UTC, aware) is when strikes are counted."""
    seen = Memory(memory.present, memory.visit)
    case = Case(link, observation, seen, settings, now)
    finding = by_service(case, by_resolver(case, _first(case)))
    finding = with_variant(case, finding, _first)
    return with_second(case, with_browser(case, finding))


def _first(case: Case) -> Finding:
    """What the first rule that has something to say finds."""
    for _, rule in RULES:
        finding = rule(case)
        if finding is not None:
            return finding
    return well.ok(case)

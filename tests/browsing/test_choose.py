"""Only what running scripts may change is opened with a browser."""

from __future__ import annotations

from dataclasses import replace

import pytest

from citecheck.browsing.choose import wanted
from citecheck.records.finding import Confidence, Finding, State
from citecheck.records.link import Link
from citecheck.records.observation import Observation, Signal
from standins.clock import START

LINK = Link("https://site.example/a")
SEEN = Observation(LINK.url, START, LINK.url, status=200)


def found(state: State, reason: str) -> dict[str, Finding]:
    return {LINK.url: Finding(state, reason, Confidence.HIGH, "A sentence.")}


@pytest.mark.parametrize("reason", ["needs-javascript", "challenge"])
def test_shells_and_challenges_are_opened(reason: str) -> None:
    assert wanted([LINK], found(State.BLOCKED, reason), {LINK.url: SEEN}) == (LINK,)


@pytest.mark.parametrize(
    "reason",
    ["captcha", "login", "consent", "forbidden", "rate-limited", "legal-451", "geo-blocked",
     "library-proxy", "link-expired"],
)  # fmt: skip
def test_no_other_door_is_tried(reason: str) -> None:
    assert wanted([LINK], found(State.BLOCKED, reason), {LINK.url: SEEN}) == ()


@pytest.mark.parametrize("state", [s for s in State if s is not State.BLOCKED])
def test_what_is_not_blocked_needs_no_browser(state: State) -> None:
    assert wanted([LINK], found(state, "needs-javascript"), {LINK.url: SEEN}) == ()


def test_what_was_not_visited_or_is_proxied_is_left_alone() -> None:
    blocked = found(State.BLOCKED, "needs-javascript")
    assert wanted([LINK], blocked, {}) == ()
    assert wanted([LINK], {}, {LINK.url: SEEN}) == ()
    assert wanted([replace(LINK, proxied=True)], blocked, {LINK.url: SEEN}) == ()


@pytest.mark.parametrize("kind", ["browser", "browser-refused"])
def test_a_link_is_opened_once_even_by_the_run_after_a_kill(kind: str) -> None:
    opened = replace(SEEN, signals=(Signal(kind, "Chromium"),))
    assert wanted([LINK], found(State.BLOCKED, "challenge"), {LINK.url: opened}) == ()

"""A second look before an alarm: some servers show an error page, a shell or another text at times.

A content network in trouble, a deployment under way, an A/B test: such an answer has status 200 and
is gone a moment later. So a page that was well at the last visit and seems lost, changed or another
work now is fetched once more in the same run, over a fresh connection and without validators. If
the second visit finds the same, the finding stands; else the better one is reported with low
confidence. A 404, a 410 and a name that does not exist are confirmed by the visit itself.

The same second visit is made where a page that was well is refused by a bare 403, or comes empty:
some servers do so for a moment. A wall with a vendor's mark is never asked twice.
"""

from __future__ import annotations

from dataclasses import replace

from citecheck.judging.case import Case
from citecheck.records.finding import ALARMING, WELL, Confidence, Evidence, Finding, State
from citecheck.records.memory import Memory
from citecheck.records.observation import Observation, Signal, Strength
from citecheck.text.fold import plain

SECOND = "second-look"
# Signs that a refusal is somebody's decision, which a second visit would not change.
_DECIDED = frozenset({"challenge", "captcha", "rate-limited", "login", "transit", "geo-blocked"})
_PASSING = frozenset({"blocked/forbidden", "unreachable/incomplete"})
# What is kept of two visits that disagree: the better one; a visit that saw no page (a wall, a
# failure) does not speak against one that did.
_RANK = {State.OK: 0, State.MOVED: 0, State.CHANGED: 1, State.MISMATCH: 2, State.DEAD: 3}


def second_look(finding: Finding, observation: Observation, memory: Memory) -> bool:
    """Whether a finding is an alarm about a page that was well at the last visit."""
    known = memory.present
    if known is None or known.state not in WELL:
        return False
    if any(signal.kind == SECOND for signal in observation.signals):
        return False
    seen = observation.status == 200 and not observation.not_modified
    return (seen and finding.state in ALARMING) or _passing(finding, observation)


def _passing(finding: Finding, observation: Observation) -> bool:
    """Whether a visit met a bare 403 or a page without content, which may be over in a moment."""
    kinds = {signal.kind for signal in observation.signals}
    if _word(finding) == "blocked/forbidden":
        # In words any server says so; a vendor's mark of it is decisive.
        marked = any(
            signal.kind == "forbidden" and signal.strength is Strength.DECISIVE
            for signal in observation.signals
        )
        return observation.status == 403 and not marked and not kinds & _DECIDED
    empty = observation.status == 200 and "empty-body" in kinds
    return empty and _word(finding) == "unreachable/incomplete"


def of_two(first: tuple[Observation, Finding], second: tuple[Observation, Finding]) -> Observation:
    """The visit to believe, which says what the other one found."""
    (seen, found), (again, now) = first, second
    if (found.state, found.reason) == (now.state, now.reason):
        return replace(again, signals=(*again.signals, Signal(SECOND, _word(now))))
    if now.state in _RANK and _RANK[now.state] <= _RANK.get(found.state, 9):
        return replace(again, signals=(*again.signals, Signal(SECOND, _word(found))))
    return replace(seen, signals=(*seen.signals, Signal(SECOND, _word(now))))


def with_second(case: Case, finding: Finding) -> Finding:
    """The finding as it is where both visits agree, else with low confidence and a word on why."""
    other = case.signals.get(SECOND)
    if other is None:
        return finding
    said = plain(other.value, 80)
    seen = (*finding.evidence, Evidence(SECOND, said))
    if other.value == _word(finding):
        return replace(finding, evidence=seen)
    if finding.state in WELL and other.value in _PASSING:
        return replace(finding, evidence=seen)
    if finding.state in WELL:
        note = f"Another visit a moment earlier found something else ({said}); have a look at it."
    else:
        note = f"A second visit a moment later did not find the same ({said}); look at it yourself."
    detail = plain(f"{finding.detail} {note}", 800)
    return replace(finding, confidence=Confidence.LOW, detail=detail, evidence=seen)


def _word(finding: Finding) -> str:
    return f"{finding.state.value}/{finding.reason}"

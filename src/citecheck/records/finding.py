"""The verdict on a link: a state, a reason, a confidence and the evidence that led to it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """The closed set of verdicts, in the order in which reports list them."""

    DEAD = "dead"
    CHANGED = "changed"
    MISMATCH = "mismatch"
    UNREACHABLE = "unreachable"
    BLOCKED = "blocked"
    MOVED = "moved"
    OK = "ok"
    UNCHECKED = "unchecked"


WELL = frozenset({State.OK, State.MOVED})  # the page is there
ALARMING = frozenset({State.DEAD, State.CHANGED, State.MISMATCH})  # it is not, or not as cited


class Confidence(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that was seen: `signal` is kebab-case, `value` short and plain."""

    signal: str
    value: str


@dataclass(frozen=True, slots=True)
class Baseline:
    """What a page is compared with. `taken`: UTC, ISO; `kind`: snapshot|record|accepted."""

    kind: str
    url: str
    taken: str


@dataclass(frozen=True, slots=True)
class Similarity:
    """`value` in 0..1 of `measure`; `basis` is `full` where nothing was sampled, else `sketch`."""

    measure: str
    value: float
    basis: str


@dataclass(frozen=True, slots=True)
class Match:
    """Whether the page is the cited work: `verdict` is match|mismatch|cannot-tell."""

    verdict: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An address to use instead: `kind` is snapshot|redirect|unproxied|https."""

    kind: str
    url: str
    state: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """`detail` is one sentence that a person can act on. `strike` says that this visit counts as a
    failure towards `unreachable-confirmed` (if the last strike is old enough). With `seen` False it
    rests on another's word for the page (a resolver's): nothing of it is ever compared with."""

    state: State
    reason: str
    confidence: Confidence
    detail: str
    evidence: tuple[Evidence, ...] = ()
    match: Match | None = None
    similarity: Similarity | None = None
    suggestion: Suggestion | None = None
    strike: bool = False
    seen: bool = True

"""What archives told us: look-ups, snapshots, and the outcome of asking for a new one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

WAYBACK, SOFTWARE_HERITAGE, PERMA = "wayback", "software-heritage", "perma.cc"
"""The names of archives that may be asked to keep something."""


class LookupState(StrEnum):
    """`none` is the archive's own word that it has no good capture; a throttled, excluded or
    unavailable archive has said nothing about captures."""

    FOUND = "found"
    NONE = "none"
    THROTTLED = "throttled"
    EXCLUDED = "excluded"
    UNAVAILABLE = "unavailable"
    NOT_ASKED = "not-asked"


class Grade(StrEnum):
    """How well the cited snapshot stands for the page at the date of citation: `exact` (the same
    digest on both sides of the date), `bracketed` (captures on both sides), `nearest`, `none`."""

    EXACT = "exact"
    BRACKETED = "bracketed"
    NEAREST = "nearest"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A copy in an archive. `role`: cited|latest|saved|local; `status` as archived, if known.

    `verified`: True where the copy was fetched and shows the page, False where it was fetched and
    does not tell (it needs scripts, or lacks the quoted words), None where nobody has looked.
    """

    archive: str
    url: str
    taken: datetime
    role: str
    status: int | None = None
    verified: bool | None = None


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A capture that was fetched and is no evidence: its time in 14 digits, and what it shows
    (error-page, wall, redirect, parked, other-work)."""

    stamp: str
    why: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What an archive beside the Wayback Machine said of a link, and when."""

    archive: str
    state: LookupState
    checked: datetime | None = None


@dataclass(frozen=True, slots=True)
class Lookup:
    """The answer to "which captures are there": `days` between the cited date and the snapshot.

    `detail` is a sentence for a person where the archive did not answer. `cited_on` is the date it
    was made for, `basis` what gave it (a word of `Link.dated_by`). `passed_over` are captures
    that were chosen and found unfit, newest last. `provisional`: the index did not answer,
    another interface of the archive knew of a copy, so the next run asks again. `others` is what
    archives beside the Wayback Machine said, in the order in which they were asked.
    """

    state: LookupState
    checked: datetime | None = None
    grade: Grade = Grade.NONE
    days: int | None = None
    detail: str = ""
    cited_on: date | None = None
    basis: str = ""
    passed_over: tuple[PassedOver, ...] = ()
    provisional: bool = False
    others: tuple[Answer, ...] = ()


@dataclass(frozen=True, slots=True)
class LookupResult:
    """A look-up with the snapshots it chose."""

    url: str
    lookup: Lookup
    snapshots: tuple[Snapshot, ...] = ()


class SaveState(StrEnum):
    SAVED = "saved"
    PENDING = "pending"
    FAILED = "failed"
    REFUSED = "refused"
    SKIPPED = "skipped"
    UNKNOWN = "unknown"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class SaveOutcome:
    """What became of asking an archive to keep a page.

    `reason` is the archive's own code (`error:not-found`, kebab-case words of ours for the rest);
    `job` its job id; `submitted` when it was asked; `snapshot` the new copy once there is one.
    State `none` with a moment is a place that was only asked what it holds.
    """

    state: SaveState
    reason: str = ""
    job: str = ""
    submitted: datetime | None = None
    snapshot: Snapshot | None = None
    archive: str = WAYBACK


def laid_over(
    before: Iterable[SaveOutcome], newer: Iterable[SaveOutcome]
) -> tuple[SaveOutcome, ...]:
    """One outcome an archive, the newer ones winning, in the order of the archives' names."""
    known = {outcome.archive: outcome for outcome in (*before, *newer)}
    return tuple(known[name] for name in sorted(known))

"""What archives told us: look-ups, snapshots, and the outcome of asking for a new one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


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
    """A copy in an archive. `role`: cited|latest|saved|local; `status` as archived, if known."""

    archive: str
    url: str
    taken: datetime
    role: str
    status: int | None = None


@dataclass(frozen=True, slots=True)
class Lookup:
    """The answer to "which captures are there": `days` between the cited date and the snapshot.

    `detail` is a sentence for a person where the archive did not answer.
    """

    state: LookupState
    checked: datetime | None = None
    grade: Grade = Grade.NONE
    days: int | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class LookupResult:
    """A look-up with the snapshots it chose. `asked_for` is the date it was made for."""

    url: str
    lookup: Lookup
    snapshots: tuple[Snapshot, ...] = ()
    asked_for: date | None = None


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
    """

    state: SaveState
    reason: str = ""
    job: str = ""
    submitted: datetime | None = None
    snapshot: Snapshot | None = None

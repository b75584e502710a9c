"""What the archive step is given for each link, and what it hands back."""

from __future__ import annotations

from dataclasses import dataclass

from citecheck.records.archive import LookupResult, SaveOutcome
from citecheck.records.finding import State
from citecheck.records.link import Link
from citecheck.records.report import Skipped


@dataclass(frozen=True, slots=True)
class Candidate:
    """A link with its verdict. `private` says that it was found not to be public (an address that
    is not, behind whatever name): no archive hears of it."""

    link: Link
    state: State
    reason: str
    private: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """What archives have and what was asked of them, by link.

    `lookups` has an entry for every candidate, kept answers included; `saves` one for every
    candidate where saving is on, and for jobs of earlier runs. `savable` counts the links that
    saving is meant for: public, well, and without a recent copy.
    """

    lookups: dict[str, LookupResult]
    saves: dict[str, SaveOutcome]
    skipped: tuple[Skipped, ...]
    savable: int

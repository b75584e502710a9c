"""What the archive step is given for each link, and what it hands back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from citecheck.records.archive import LookupResult, SaveOutcome
from citecheck.records.finding import State
from citecheck.records.link import Link
from citecheck.records.report import Skipped


@dataclass(frozen=True, slots=True)
class Candidate:
    """A link with its verdict. `private` says that it was found not to be public (an address that
    is not, behind whatever name): no archive hears of it. `media_type` is what it was served as."""

    link: Link
    state: State
    reason: str
    private: bool = False
    media_type: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A page to be kept. `media_type` is what it was served as; `since` is when it was asked for
    before without an answer: a copy made since then is the one; `unfit` is the time of the newest
    copy that was found to show something else: it and those before it do not do."""

    url: str
    media_type: str = ""
    since: datetime | None = None
    unfit: datetime | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """What archives have and what was asked of them, by link.

    `lookups` has an entry for every candidate, kept answers included; `saves` one for every
    candidate where saving is on, and for jobs of earlier runs. `savable` counts the links that
    saving is meant for: public, well, and without a recent copy. `homes` has what became of links
    at other places that keep copies.
    """

    lookups: dict[str, LookupResult]
    saves: dict[str, SaveOutcome]
    skipped: tuple[Skipped, ...]
    savable: int
    homes: Mapping[str, tuple[SaveOutcome, ...]] = field(default_factory=dict)

"""What is wanted of a document, the changes that bring it about, and why some are refused.

Offsets are characters of the text as it was decoded; `sheet.py` carries them to bytes. An edit is
done whole or not at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from citecheck.records.link import Cited


class Kind(StrEnum):
    """The kinds of edit, each asked for by its own name; `archive` adds, the others replace
    (`copy`: a copy that is dead itself)."""

    ARCHIVE = "archive"
    UNPROXIED = "unproxied"
    REDIRECT = "redirect"
    HTTPS = "https"
    COPY = "copy"


@dataclass(frozen=True, slots=True)
class Other:
    """A further copy of a page, as sure as the one that is offered."""

    url: str
    day: date
    archive: str


@dataclass(frozen=True, slots=True)
class Wish:
    """What the report offers for one link of one document.

    `url` is the link's address (of `copy`: that of the dead copy), `new` the archived copy or the
    address to put in its place; `taken` is the day of the new copy (UTC). `state` and `reason` are
    those of what `url` leads to. `doubt` says in words what is not known of the new copy, empty
    where nothing is. `dated` is the day of citation that the copy was chosen for, `others` are the
    page's further copies, where several places cite it.
    """

    kind: Kind
    url: str
    new: str
    state: str
    reason: str
    cited: tuple[Cited, ...]
    taken: date | None = None
    archive: str = ""
    doubt: str = ""
    dated: date | None = None
    others: tuple[Other, ...] = ()

    @property
    def day(self) -> date:
        """The day of the copy; raises Unmendable where the report does not have it."""
        if self.taken is None:
            raise Unmendable("the report does not say when the copy was taken")
        return self.taken


@dataclass(frozen=True, slots=True)
class Change:
    """The characters `start:end` of the text become `text` (`\\n` is the file's own line end)."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Edit:
    """The changes that fulfil a wish in one note (with `record`: in one record), which begins at
    `line`."""

    wish: Wish
    note: str
    line: int
    changes: tuple[Change, ...]
    record: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """A wish that was not fulfilled in a note: `why` is a clause without a period."""

    wish: Wish
    note: str
    line: int
    why: str


class Unmendable(Exception):
    """A place at which nothing can be written safely; `str()` is the clause that says why."""


class Settled(Exception):
    """The place has already what is wanted."""

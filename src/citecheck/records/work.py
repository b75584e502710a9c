"""What registries of works say of a reference: whether it exists, and in what it differs there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from citecheck.records.link import Cited


class WorkState(StrEnum):
    """`not-found` says what was asked, never that a work does not exist; `unknown` that nothing
    follows from the answers, or that there was none."""

    RETRACTED = "retracted"
    CORRECTED = "corrected"
    DIFFERS = "found-with-differences"
    NOT_FOUND = "not-found"
    UNKNOWN = "unknown"
    FOUND = "found"


@dataclass(frozen=True, slots=True)
class Difference:
    """`field` is title, authors, year, container, volume, page, DOI or ISBN."""

    field: str
    cited: str
    registered: str


@dataclass(frozen=True, slots=True)
class Notice:
    """What was published about a work later on: `kind` is Crossref's word (retraction, erratum …),
    `date` as far as it is told (`2021`, `2021-03-04`)."""

    kind: str
    doi: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    """The answer for one reference. `asked` is a hash of what was asked about, `by` what it was
    found by (doi, isbn, title), `where` the registry's name, `identifier` a DOI or the registry's
    own. `settled`: the registries answered, whatever follows from it. `suggestion` is an address to
    add to a reference that has none."""

    reference: str
    state: WorkState
    asked: str = ""
    by: str = ""
    where: str = ""
    identifier: str = ""
    differences: tuple[Difference, ...] = ()
    notices: tuple[Notice, ...] = ()
    detail: str = ""
    suggestion: str = ""
    settled: bool = True
    checked: datetime | None = None


@dataclass(frozen=True, slots=True)
class WorkRow:
    """A reference in the report, with what is known of its work."""

    work: Work
    title: str
    citations: tuple[Cited, ...] = ()

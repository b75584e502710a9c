"""What reports show of cited works: which come first, and what is said of each.

Those that ask for a person's eye are shown one by one, the rest is counted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from citecheck.records.work import Difference, Notice, WorkRow, WorkState
from citecheck.reports.words import count

TITLES = {
    WorkState.RETRACTED: "Retracted or withdrawn",
    WorkState.CORRECTED: "Corrected since",
    WorkState.DIFFERS: "Registered with differences",
    WorkState.NOT_FOUND: "In no registry that was asked",
    WorkState.UNKNOWN: "Not known",
    WorkState.FOUND: "Registered as cited",
}
SUGGESTED = "Address that could be added to the reference"
_QUIET = (WorkState.FOUND,)
# A report may come from a file that others have written: only what is well formed becomes a link.
_DOI = re.compile(r"10\.[0-9]{4,9}/[!-~]{1,300}")
_OPEN_LIBRARY = re.compile(r"OL[0-9]{1,12}[MW]")
_OPENALEX = re.compile(r"W[0-9]{1,15}")
_KIND = re.compile(r"[a-z][a-z-]{2,40}")
_DATE = re.compile(r"[0-9]{1,4}(-[0-9]{2}){0,2}")


def grouped(works: Sequence[WorkRow]) -> list[tuple[WorkState, tuple[WorkRow, ...]]]:
    """The works by state, the gravest first."""
    found = []
    for state in WorkState:
        rows = tuple(row for row in works if row.work.state is state)
        if rows:
            found.append((state, tuple(sorted(rows, key=lambda row: row.work.reference))))
    return found


def is_shown(row: WorkRow) -> bool:
    """Whether a work is shown by itself: it asks for something, or an address can be added."""
    return row.work.state not in _QUIET or bool(suggestion(row))


def name(row: WorkRow) -> str:
    return row.title or row.work.reference


def difference(one: Difference) -> str:
    return f"{one.field}: cited “{one.cited}”, registered “{one.registered}”"


def fine(works: Sequence[WorkRow]) -> str:
    """A sentence for those that are not shown, empty where there are none."""
    number = sum(not is_shown(row) for row in works)
    if not number:
        return ""
    one, many = ("work", "works") if number == len(works) else ("other work", "other works")
    return f"{count(number, one, many)} {'is' if number == 1 else 'are'} registered as cited."


def notices(row: WorkRow) -> tuple[tuple[str, str], ...]:
    """What was published about a work later on, in words, and the address (may be empty)."""
    return tuple((_words(notice), doi_address(notice.doi)) for notice in row.work.notices)


def _words(notice: Notice) -> str:
    kind = notice.kind if _KIND.fullmatch(notice.kind) else "notice"
    date = f" of {notice.date}" if _DATE.fullmatch(notice.date) else ""
    return f"{kind.replace('-', ' ').capitalize()}{date}"


def doi_address(doi: str) -> str:
    """The address of a DOI, empty where the text is none."""
    return f"https://doi.org/{doi}" if _DOI.fullmatch(doi) else ""


def suggestion(row: WorkRow) -> str:
    """The address that could be added to the reference, empty where there is none."""
    return doi_address(row.work.suggestion.removeprefix("https://doi.org/"))


def address(row: WorkRow) -> str:
    """Where the registered work is, empty where that is offered as a suggestion already."""
    own = row.work.identifier
    if suggestion(row) or not row.work.where:
        return ""
    if _OPEN_LIBRARY.fullmatch(own):
        return f"https://openlibrary.org/{'works' if own.endswith('W') else 'books'}/{own}"
    if _OPENALEX.fullmatch(own):
        return f"https://openalex.org/{own}"
    return doi_address(own)

"""The copy for one of several notes that cite a page: a note that prints its own access date gets
the copy nearest to that day, for the report's was chosen for another note's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from citecheck.cite import dates
from citecheck.cite.access import access_dates
from citecheck.mend.edits import Kind, Wish
from citecheck.mend.places import Spot

_LONGEST = 5000  # characters of a note that are looked at


def for_place(wish: Wish, spot: Spot) -> Wish:
    """The wish as it is for a place: with another copy, where that is nearer to its date."""
    day = _accessed(spot) if wish.others and wish.kind is Kind.ARCHIVE else None
    if day is None or day == wish.dated or wish.taken is None:
        return wish
    best = min((wish.taken, *(other.day for other in wish.others)), key=lambda d: abs(d - day))
    copy = next((other for other in wish.others if other.day == best != wish.taken), None)
    return wish if copy is None else replace(wish, new=copy.url, taken=best, archive=copy.archive)


def _accessed(spot: Spot) -> date | None:
    """The one access date of a place; None where it prints none, or several."""
    if spot.entry is not None:
        said: Any = spot.entry.csl.get("accessed")
        said = said if isinstance(said, dict) else {}
        found = {_day(parts) for parts in said.get("date-parts") or ()}
        found |= {_day(d.parts) for d in dates.find(str(said.get("raw") or "")[:_LONGEST])}
    elif spot.note is not None:
        printed = access_dates(spot.note.text[:_LONGEST])
        found = {_day(d.parts) for text in printed for d in dates.find(text)}
    else:
        found = set()
    return found.pop() if len(found) == 1 else None


def _day(parts: Any) -> date | None:
    try:
        year, month, day = (int(part) for part in parts)
        return date(year, month, day)
    except (TypeError, ValueError):
        return None

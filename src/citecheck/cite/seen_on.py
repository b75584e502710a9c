"""When a page was as the author saw it, as far as a citation or its document tells.

The access date is best, then the date of issue, then the date of the document: the author saw the
page before that, and seldom long before. What was issued before there were pages (web archives
begin in 1996) was not seen on that day. A year alone is the last resort: its middle is at most half
a year off, and the copy nearest to it is a better guess than the newest one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from citecheck.records.reference import Reference

WEB_BEGAN = date(1996, 1, 1)
_MIDDLE = (7, 1)


def cited_on(reference: Reference) -> date | None:
    """The access date, else the date of issue; None where neither tells more than a year.

    A month counts as its first day.
    """
    return _day(reference.csl.get("accessed")) or _day(reference.csl.get("issued"))


def seen_on(
    references: Iterable[Reference], dated: Mapping[str, date] | None = None
) -> tuple[date | None, str]:
    """The day for a page that these references cite, the latest of each kind, and what gave it:
    `access`, `issued`, `document`, `year`, or empty. `dated` has the documents' own dates by path.
    """
    listed = list(references)
    told: list[tuple[date, str]] = []
    for reference in listed:
        read, issued = (_day(reference.csl.get(name)) for name in ("accessed", "issued"))
        if read is not None:
            told.append((read, "access"))
        elif issued is not None and issued >= WEB_BEGAN:
            told.append((issued, "issued"))
    if told:
        return max(told)
    written = [d for r in listed for c in r.citations if (d := (dated or {}).get(c.document))]
    years = [y for r in listed if (y := _year(r)) is not None]
    if written and max(years, default=0) <= max(written).year:
        return max(written), "document"  # unless it cites what came after that day
    old = [day for r in listed if (day := _day(r.csl.get("issued"))) is not None]
    if old:
        return max(old), "issued"
    return (date(max(years), *_MIDDLE), "year") if years else (None, "")


def _parts(value: Any) -> list[Any]:
    parts = (value or {}).get("date-parts") or [[]] if isinstance(value, dict) else [[]]
    return list(parts[0])


def _day(value: Any) -> date | None:
    """The first day of a CSL date that is known to the month at least; None for a bare year."""
    first = _parts(value)
    if len(first) < 2:
        return None
    try:
        return date(int(first[0]), int(first[1]), int(first[2]) if len(first) > 2 else 1)
    except (TypeError, ValueError, OverflowError):
        return None


def _year(reference: Reference) -> int | None:
    """A bare year in which there was a web; None for any other."""
    for name in ("accessed", "issued"):
        first = _parts(reference.csl.get(name))
        try:
            year = int(first[0]) if len(first) == 1 else 0
        except (TypeError, ValueError, OverflowError):
            continue
        if WEB_BEGAN.year <= year <= date.max.year:
            return year
    return None

"""Dates as notes print them, found and read with their own precision.

What is not printed is never filled in: no day from the month, no year from the clock. `1/2/2023`
can be two days, so only its year is taken, with low confidence. Ranges keep both ends. Output is
the CSL date variable (`date-parts`, `season`, `circa`); EDTF strings do not validate in 1.0.2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from citecheck.cite.months import ERAS, MONTHS, SEASONS

Parts = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A date in a text: `parts` is year, year and month, or year, month and day."""

    start: int
    end: int
    parts: Parts
    until: Parts = ()
    season: int = 0
    circa: bool = False
    confidence: str = "high"

    def csl(self) -> dict[str, Any]:
        """The CSL date variable."""
        ends = [list(self.parts)] + ([list(self.until)] if self.until else [])
        value: dict[str, Any] = {"date-parts": ends}
        if self.season:
            value["season"] = self.season
        if self.circa:
            value["circa"] = True
        return value


_DASH = r"\s?[-–—/]\s?"
_NAMES = "|".join(sorted(map(re.escape, MONTHS), key=len, reverse=True))
_MONTH = rf"(?:{_NAMES})\b\.?"
_SEASON = "|".join(sorted(map(re.escape, SEASONS), key=len, reverse=True))
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?!\d)(?:st|nd|rd|th|er|º|\.)?"
_YEAR = r"(?:1[4-9]\d\d|20\d\d)"
_OF = r"(?:\s*(?:de|del|of)\s+|[\s,]+)"

_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("iso", rf"(?<![\w/.-])(?P<y>{_YEAR})([-/.])(?P<m>0?[1-9]|1[0-2])\2(?P<d>\d\d?)(?![\w/-])"),
        (
            "era",
            r"(?P<era>令和|平成|昭和|大正|明治)(?P<ey>\d\d?|元)年(?:(?P<m>\d\d?)月)?(?:(?P<d>\d\d?)日)?",
        ),
        (
            "cjk",
            rf"(?P<y>{_YEAR})\s?[年년](?:\s?(?P<m>\d\d?)\s?[月월])?(?:\s?(?P<d>\d\d?)\s?[日일])?",
        ),
        (
            "mdy",
            rf"\b(?P<mon>{_MONTH})\s*(?P<d>{_DAY})"
            rf"(?:{_DASH}(?:(?P<mon2>{_MONTH})\s*)?(?P<d2>{_DAY}))?,?\s+(?P<y>{_YEAR})\b",
        ),
        (
            "dmy",
            rf"(?<![\w.])(?P<d>{_DAY})"
            rf"(?:(?:\s*(?:de\s+)?(?P<mon1>{_MONTH}))?{_DASH}(?P<d2>{_DAY}))?"
            rf"(?:{_OF}|\s?)(?P<mon>{_MONTH}){_OF}(?P<y>{_YEAR})\b",
        ),
        ("dots", rf"(?<![\w.])(?P<d>\d\d?)(?P<sep>[./])\s?(?P<m>\d\d?)(?P=sep)\s?(?P<y>{_YEAR})\b"),
        ("ymd", rf"\b(?P<y>{_YEAR}),?\s+(?P<mon>{_MONTH})(?:\s+(?P<d>{_DAY}))?(?!\w)"),
        (
            "my",
            rf"\b(?P<mon>{_MONTH})(?:{_DASH}(?P<mon2>{_MONTH}))?{_OF}(?P<y>{_YEAR})\b",
        ),
        ("season", rf"\b(?P<season>{_SEASON})(?:/\w+)?(?:\s+|,\s+)(?P<y>{_YEAR})\b"),
        (
            "years",
            rf"(?P<circa>\b(?:ca?|circa|um|vers)\.?\s+)?(?<![\w.:/§-])(?P<y>{_YEAR})"
            rf"(?:[-–—/](?P<y2>{_YEAR}|\d\d))?(?P<doubt>\?)?(?P<letter>[a-z])?(?![\w–—-])",
        ),
    )
)
_NO_DATE = re.compile(
    r"(?i)(?<!\w)(?:n\.\s?d\.|no date|o\.\s?[jd]\.|s\.\s?d\.|s\.\s?a\."
    r"|б\.\s?г\.|无日期|发布日期不明)(?!\w)"
)


def _month(text: str | None) -> int:
    return MONTHS.get((text or "").lower().rstrip("."), 0)


def _day(text: str | None) -> int:
    digits = re.match(r"\d+", text or "")
    return int(digits[0]) if digits else 0


def _valid(year: int, month: int, day: int) -> Parts | None:
    if not month:
        return (year,)
    if not 1 <= month <= 12:
        return None
    if not day:
        return (year, month)
    longest = 29 if month == 2 else 30 if month in (4, 6, 9, 11) else 31
    return (year, month, day) if 1 <= day <= longest else None


def _years(m: re.Match[str]) -> Found:
    year, second = int(m["y"]), m["y2"] or ""
    until: Parts = ()
    if second:
        end = int(second) if len(second) == 4 else year // 100 * 100 + int(second)
        until = (end,) if end > year else ()
    return Found(m.start(), m.end(), (year,), until, circa=bool(m["circa"] or m["doubt"]))


def _numeric(m: re.Match[str]) -> Found | None:
    """d.m.y is always day first; with slashes the larger number tells, if one can."""
    day, month, year = int(m["d"]), int(m["m"]), int(m["y"])
    if m["sep"] == "/" and day <= 12 and month <= 12 and day != month:
        return Found(m.start(), m.end(), (year,), confidence="low")
    if m["sep"] == "/" and month > 12:
        day, month = month, day
    parts = _valid(year, month, day)
    return Found(m.start(), m.end(), parts) if parts else None


def _read(name: str, m: re.Match[str]) -> Found | None:
    if name == "years":
        return _years(m)
    if name == "dots":
        return _numeric(m)
    groups = m.groupdict()
    if name == "era":
        year = ERAS[m["era"]] + (1 if m["ey"] == "元" else int(m["ey"]))
    else:
        year = int(m["y"])
    if name == "season":
        return Found(m.start(), m.end(), (year,), season=SEASONS[m["season"].lower()])
    month = _month(groups["mon"]) if "mon" in groups else int(groups.get("m") or 0)
    last_month = _month(groups.get("mon2")) or month
    if groups.get("mon1"):
        month = _month(groups["mon1"])
    parts = _valid(year, month, _day(groups.get("d")))
    until: Parts | None = ()
    if groups.get("d2") or groups.get("mon2"):
        until = _valid(year, last_month, _day(groups.get("d2")))
    return None if parts is None else Found(m.start(), m.end(), parts, until or ())


def find(text: str) -> tuple[Found, ...]:
    """All dates in a text, in order, none overlapping; the more exact form wins."""
    taken = bytearray(len(text))
    found: list[Found] = []
    for date in _candidates(text):
        if not any(taken[date.start : date.end]):
            taken[date.start : date.end] = b"\x01" * (date.end - date.start)
            found.append(date)
    return tuple(sorted(found, key=lambda d: d.start))


def _candidates(text: str) -> Iterator[Found]:
    for name, pattern in _FORMS:
        for match in pattern.finditer(text):
            date = _read(name, match)
            if date is not None:
                yield date


def no_date(text: str) -> tuple[tuple[int, int], ...]:
    """Where the text says that there is no date (`n.d.`, `o. J.`, `s.d.`)."""
    return tuple(m.span() for m in _NO_DATE.finditer(text))

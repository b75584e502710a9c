"""What BibTeX and RIS have in common on the way to CSL: names, dates, addresses in free fields."""

from __future__ import annotations

import re
from typing import Any

from citecheck.urls.extract import find

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_PARTICLES = frozenset(
    "van von der den de del della di da dos du la le ter ten zu zum".split()  # noqa: SIM905
)


def date(text: str, month: str = "", day: str = "") -> dict[str, Any] | None:
    """A CSL date from `2024-06-20`, `2024/06/20/`, an ISO range `a/b`, or year and month."""
    text = text.strip().strip("{}")
    iso = re.fullmatch(
        r"(\d{4})(?:-(\d\d?))?(?:-(\d\d?))?(?:T.*)?(?:/(\d{4})(?:-(\d\d?))?(?:-(\d\d?))?)?", text
    )
    ris = re.fullmatch(r"(\d{4})/(\d{0,2})(?:/(\d{0,2}))?(?:/.*)?", text)
    if iso:
        parts = [_parts(*iso.groups()[:3])]
        if iso[4]:
            parts.append(_parts(*iso.groups()[3:6]))
    elif ris:
        parts = [_parts(*ris.groups())]
    else:
        return {"raw": text} if text else None
    if len(parts[0]) == 1 and (number := month_number(month)):
        parts[0].append(number)
        if day.strip().isdigit() and 1 <= int(day) <= 31:
            parts[0].append(int(day))
    return {"date-parts": parts}


def _parts(year: str | None, month: str | None, day: str | None) -> list[int]:
    parts = [int(year or 0)]
    for value, most in ((month, 12), (day, 31)):
        if not value or not 1 <= int(value) <= most:
            break
        parts.append(int(value))
    return parts


def month_number(text: str) -> int:
    """1..12 for a month's number or English name, 0 for anything else."""
    text = text.strip().strip('{}"').lower()
    if text.isdigit():
        return int(text) if len(text) < 3 and 1 <= int(text) <= 12 else 0
    return _MONTHS.index(text[:3]) + 1 if text[:3] in _MONTHS else 0


def person(text: str) -> dict[str, str] | None:
    """A CSL name from `Family, Given`, `Family, Jr, Given` or `Given von Family`."""
    text = " ".join(text.split())
    if not text:
        return None
    if text.startswith("{") and text.endswith("}") and text.find("}") == len(text) - 1:
        return {"literal": text.strip("{}")}
    parts = [" ".join(p.replace("{", "").replace("}", "").split()) for p in _commas(text)]
    if len(parts) > 2:
        return {"family": parts[0], "given": parts[2], "suffix": parts[1]}
    if len(parts) == 2:
        return {"family": parts[0], "given": parts[1]} if parts[1] else {"literal": parts[0]}
    words = parts[0].split()
    if len(words) == 1:
        return {"literal": parts[0]}
    cut = next((i for i, w in enumerate(words[1:-1], 1) if w in _PARTICLES), len(words) - 1)
    return {"family": " ".join(words[cut:]), "given": " ".join(words[:cut])}


def _commas(text: str) -> list[str]:
    """Split at commas outside braces."""
    parts, depth = [""], 0
    for char in text:
        depth += (char == "{") - (char == "}")
        if char == "," and depth <= 0 and len(parts) < 4:
            parts.append("")
        else:
            parts[-1] += char
    return parts


def first_address(*texts: str) -> str:
    """The first address that stands in any of some free fields, or the empty string."""
    for text in texts:
        for found in find(text):
            return found.target
    return ""


def doi(text: str) -> str:
    """A bare DOI, whatever it was written as; empty where there is none."""
    match = re.search(r"10\.\d{4,9}/\S+", text)
    return match[0].rstrip(".,;") if match else ""

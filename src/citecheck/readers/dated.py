"""The day that a document says it is of: front matter, a title block, a page's metadata.

Only what the document says of itself counts, never a date among its citations, nor the file's own
time stamp, which a checkout or a download sets anew.
"""

from __future__ import annotations

import re
from datetime import date

_HEAD = 65_536  # characters in which a document says such things
_FRONT = re.compile(r"\A\ufeff?---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FRONT_DATE = re.compile(r"(?mi)^(?:date|published|publish[-_]?date|pubdate):[ \t]*([^\n]{1,80})$")
_BLOCK = re.compile(r"\A%[^\n]*\n(?:[ \t][^\n]*\n)*%[^\n]*\n(?:[ \t][^\n]*\n)*%[ \t]*([^\n]{4,80})")
_TAG = re.compile(r"(?i)<(meta|time)\b([^<>]{1,600})>")
_ATTRIBUTE = re.compile(r"""(?i)([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_META = (
    "citation_publication_date",
    "citation_date",
    "citation_online_date",
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.date",
    "dc.date",
    "date",
)
_MONTHS = (  # noqa: SIM905 - words are read best as words
    "january february march april may june july august september october november december"
).split()
_NAMES = {m: n for n, m in enumerate(_MONTHS, 1)} | {m[:3]: n for n, m in enumerate(_MONTHS, 1)}
_NUMBERS = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?!\d)")
_MONTH_FIRST = re.compile(r"([A-Za-z]{3,9})\.?\s+(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+)?(\d{4})\b")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th|\.)?\s+([A-Za-z]{3,9})\.?,?\s+(\d{4})\b")


def dated(kind: str, text: str) -> date | None:
    """The day of a document of a format (`markdown`, `html`, ...); a month counts as its first day,
    a year alone as nothing."""
    head = text[:_HEAD].replace("\r\n", "\n")
    if kind == "html":
        return _of_page(head)
    front = _FRONT.match(head)
    said = _FRONT_DATE.search(front[1]) if front else _BLOCK.match(head)
    return day_of(said[1]) if said and kind in ("markdown", "text") else None


def day_of(said: str) -> date | None:
    """The day that begins a text such as `2021-03-05`, `March 5, 2021` or `5 March 2021`."""
    said = said.strip().strip("\"'").strip()
    if found := _NUMBERS.match(said):
        return _day(found[1], int(found[2]), found[3])
    if (found := _MONTH_FIRST.match(said)) and found[1].lower() in _NAMES:
        return _day(found[3], _NAMES[found[1].lower()], found[2])
    if (found := _DAY_FIRST.match(said)) and found[2].lower() in _NAMES:
        return _day(found[3], _NAMES[found[2].lower()], found[1])
    return None


def _of_page(head: str) -> date | None:
    """What the metadata says, the surest name first; else the one time that the page marks."""
    metadata: dict[str, date] = {}
    published: list[date] = []
    marked: set[date] = set()
    for tag in _TAG.finditer(head):
        named = {m[1].lower(): m[2] or m[3] or m[4] or "" for m in _ATTRIBUTE.finditer(tag[2])}
        day = day_of(named.get("content", "") or named.get("datetime", ""))
        if day is None:
            continue
        if tag[1].lower() == "meta":
            name = named.get("name") or named.get("property") or named.get("itemprop") or ""
            metadata.setdefault(name.lower(), day)
        elif named.get("itemprop", "").lower() == "datepublished" or "pubdate" in tag[2].lower():
            published.append(day)
        else:
            marked.add(day)
    told = next((metadata[name] for name in _META if name in metadata), None)
    if told is None and published:
        told = published[0]
    return told if told is not None or len(marked) != 1 else marked.pop()


def _day(year: str, month: int, day: str | None) -> date | None:
    try:
        return date(int(year), month, int(day) if day else 1)
    except ValueError:
        return None

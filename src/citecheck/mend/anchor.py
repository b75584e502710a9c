"""Anchors of HTML: the attributes of Robust Links, and an address in the place of another.

Robust Links (draft of 2025-03-17): `data-originalurl` and `data-versiondate` are required,
`data-versionurl` is recommended; `href` may stay with the live address and does. The version date
is the day of linking: the access date of the note, else the day of the copy.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from citecheck.cite import dates
from citecheck.cite.access import access_dates
from citecheck.mend.edits import Change, Kind, Settled, Unmendable, Wish
from citecheck.mend.places import leads_to
from citecheck.mend.sheet import Sheet
from citecheck.mend.swap import secured, swapped
from citecheck.records.document import Note, TextLink
from citecheck.urls.archived import recognise

_ATTRIBUTE = re.compile(
    r"""[\s/]*(?:([^\s"'>/=][^\s"'>/=]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?|["'=]+)"""
)


@dataclass(frozen=True, slots=True)
class _Attribute:
    """`start:end` is the value without its quotes, `after` the place behind them."""

    value: str
    start: int
    end: int
    after: int
    quote: str


def decorated(sheet: Sheet, note: Note, start: int, wish: Wish) -> tuple[Change, ...]:
    """The attributes added behind `href` of the tag that begins at `start`."""
    known = _attributes(sheet.text, start)
    href = _href(known)
    if "data-versionurl" in known:
        raise Settled
    quote = href.quote or '"'
    values = (
        ("data-originalurl", html.unescape(href.value)),
        ("data-versionurl", wish.new),
        ("data-versiondate", _linked(note, wish)),
    )
    said = "".join(
        f" {name}={quote}{_escaped(value, quote)}{quote}"
        for name, value in values
        if name not in known
    )
    return (Change(href.after, href.after, said),)


def href_swapped(
    sheet: Sheet, start: int, end: int, link: TextLink, wish: Wish
) -> tuple[Change, ...]:
    """Another address in `href`, and in the anchor's text where that prints it."""
    text = sheet.text
    href = _href(_attributes(text, start))
    changes = [_put(text, href.start, href.end, wish, href.quote)]
    opened, closed = text.find(">", href.after) + 1, text.rfind("</", start, end)
    printed = text[opened:closed]
    if html.unescape(printed.strip()) == link.target:
        at = opened + len(printed) - len(printed.lstrip())
        changes.append(_put(text, at, at + len(printed.strip()), wish, '"'))
    return tuple(changes)


def version_swapped(sheet: Sheet, start: int, wish: Wish) -> tuple[Change, ...]:
    """Another copy in `data-versionurl`; the date of the version is that of linking and stays,
    unless it is the day of the old copy."""
    known = _attributes(sheet.text, start)
    version, day = known.get("data-versionurl"), known.get("data-versiondate")
    if version is None or not leads_to(html.unescape(version.value), wish.url):
        raise Unmendable("the tag names the copy among others")
    changes = [_put(sheet.text, version.start, version.end, wish, version.quote)]
    told = recognise(wish.url)
    if day and told and told.taken and day.value == told.taken.date().isoformat():
        changes.append(Change(day.start, day.end, wish.day.isoformat()))
    return tuple(changes)


def _put(text: str, start: int, end: int, wish: Wish, quote: str) -> Change:
    if wish.kind is Kind.HTTPS:
        return secured(text, start)
    new = _escaped(wish.new, quote)
    if not quote and re.search(r"[\s\"'=<>`]", new):
        raise Unmendable("the address stands without quotes in its tag")
    return swapped(text, start, end, new)


def _escaped(value: str, quote: str) -> str:
    value = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return value.replace('"', "&quot;") if quote != "'" else value.replace("'", "&#39;")


def _attributes(text: str, start: int) -> dict[str, _Attribute]:
    """The attributes of the tag at `start`, the first of each name."""
    name = re.compile(r"<[A-Za-z][^\s/>]*").match(text, start)
    found: dict[str, _Attribute] = {}
    at = name.end() if name else start
    while name and at < len(text) and len(found) < 100:
        match = _ATTRIBUTE.match(text, at)
        if match is None or match.end() == at:
            break
        at = match.end()
        if match[1]:
            group = next((g for g in (2, 3, 4) if match[g] is not None), 0)
            quote = {2: '"', 3: "'"}.get(group, "")
            first, last = match.span(group) if group else (at, at)
            value = _Attribute(match[group] if group else "", first, last, at, quote)
            found.setdefault(match[1].lower(), value)
    return found


def _href(known: dict[str, _Attribute]) -> _Attribute:
    if "href" not in known:
        raise Unmendable("the tag of the link is not understood")
    return known["href"]


def _linked(note: Note, wish: Wish) -> str:
    """The day of linking as `YYYY-MM-DD`."""
    for printed in access_dates(note.text):
        for day in dates.find(printed):
            if len(day.parts) == 3:
                return "{:04d}-{:02d}-{:02d}".format(*day.parts)
    return wish.day.isoformat()

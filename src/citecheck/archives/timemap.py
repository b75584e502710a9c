"""TimeMaps (RFC 7089, section 5): the copies of a page that an archive lists. Pure.

Beside `application/link-format` the lists of pywb (`/timemap/json/`, `/cdx?…&output=json`, one JSON
object a line) and the Wayback Machine (`/timemap/json/`, one array) are read: they have a status
and a digest, which link-format lacks. A list is somebody else's: targets off the archive's own site
and times that are none are left out, and what a list says of a copy is a claim until it is fetched.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from citecheck.archives.link_format import entries
from citecheck.archives.wayback_rows import harmless
from citecheck.urls.address import (
    HTTP_SCHEMES,
    InvalidAddress,
    fetch_form,
    has_secret,
    has_userinfo,
    host_of,
    registrable_domain,
    scheme_of,
)
from citecheck.urls.originals import moment

_STAMPED = re.compile(r"\A(.*/)(\d{14})((?:[a-z]{2}_)*)/(.+)\Z", re.S)
_PLAIN = re.compile(r"[\x21-\x7e]+")
_LONGEST = 4096  # characters of an address in a list
_MOST = 20_000  # copies that are read of one list
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
_REVISIT = "warc/revisit"


@dataclass(frozen=True, slots=True)
class Memento:
    """A copy that a list names. `status` is None and `digest` empty where it does not say."""

    url: str
    taken: datetime
    original: str = ""
    status: int | None = None
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Another part of a list: the times from which and until which it lists copies."""

    url: str
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class TimeMap:
    """What one part of a list holds, and the other parts that it names."""

    mementos: tuple[Memento, ...]
    pages: tuple[Page, ...] = ()


class NotATimeMap(ValueError):
    """The text is none of the lists that are understood."""


def read(text: str, media_type: str, asked: str, now: datetime) -> TimeMap:
    """The list that came in answer to `asked`; raises NotATimeMap for anything else."""
    start = text.lstrip()[:1]
    kind = media_type.partition(";")[0].strip().lower()
    if start in ("{", "["):
        return TimeMap(_checked(_json_rows(text, asked), asked, now))
    if kind == "application/link-format" or (start == "<" and _looks_linked(text, kind)):
        return _linked(text, asked, now)
    if not start and kind in ("text/x-ndjson", "application/x-ndjson", "application/json"):
        return TimeMap(())
    raise NotATimeMap(kind or "no media type")


def plain_address(url: str, stamp: str = "") -> str:
    """The address of a copy without flags (`mp_`), which a reader opens; with `stamp` that of the
    copy of another time."""
    match = _STAMPED.match(url)
    return f"{match[1]}{stamp or match[2]}/{match[4]}" if match else url


def raw_address(url: str) -> str | None:
    """Where the bytes of a copy are served as they were taken, None where that is not known."""
    match = _STAMPED.match(url)
    if match is None:
        return None
    before = match[1]
    if registrable_domain(host_of(url)) == "arquivo.pt":
        before = "https://arquivo.pt/noFrame/replay/"
    return f"{before}{match[2]}id_/{match[4]}"


def http_date(text: str) -> datetime | None:
    """A time as TimeMaps have it (RFC 7089: RFC 1123 in GMT); None for anything else."""
    try:
        found = parsedate_to_datetime(text.strip())
        found = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return found


def _linked(text: str, asked: str, now: datetime) -> TimeMap:
    rows: list[Memento] = []
    pages: list[Page] = []
    original = ""
    for entry in entries(text):
        if len(rows) >= _MOST or not entry.target or len(entry.target) > _LONGEST:
            continue
        target = entry.target
        if "original" in entry.relations and not original:
            original = target
        elif "memento" in entry.relations:
            taken = http_date(entry.parameters.get("datetime", ""))
            if taken is not None:
                rows.append(Memento(target, taken))
        elif "timemap" in entry.relations and "self" not in entry.relations:
            page = _own(target, asked)
            since = http_date(entry.parameters.get("from", ""))
            until = http_date(entry.parameters.get("until", ""))
            if page and page != asked and len(pages) < 1000:
                pages.append(Page(page, since, until))
    if not rows and not pages and not original and text.strip():
        raise NotATimeMap("no entry of a TimeMap in it")
    return TimeMap(_checked(rows, asked, now), tuple(pages))


def _looks_linked(text: str, kind: str) -> bool:
    """A TimeMap under another media type (text/plain is usual): it begins with a link."""
    return kind in ("text/plain", "", "application/octet-stream") and bool(
        re.match(r"\s*<(?:https?:)?/", text)
    )


def _json_rows(text: str, asked: str) -> Iterable[Memento]:
    before = _collection(asked)
    if text.lstrip().startswith("["):
        rows = _loads(text)
        if not isinstance(rows, list):
            raise NotATimeMap("no JSON")
        if not rows:
            return
        if not isinstance(rows[0], list) or "timestamp" not in rows[0]:
            raise NotATimeMap("no rows of captures")
        names = rows[0]
        listed: Iterable[Any] = (
            dict(zip(names, r, strict=False)) for r in rows[1:_MOST] if isinstance(r, list)
        )
    else:
        lines = [line for line in text.split("\n") if line.strip()]
        listed = (_loads(line) for line in lines[:_MOST])
    good = 0
    for row in listed:
        if isinstance(row, dict) and (one := _row(row, before)):
            good += 1
            yield one
    if not good:
        raise NotATimeMap("no rows of captures")


def _loads(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _row(row: dict[str, Any], before: str) -> Memento | None:
    stamp, original = row.get("timestamp"), row.get("url", row.get("original"))
    if not isinstance(stamp, str) or not isinstance(original, str):
        return None
    taken = moment(stamp) if len(stamp) == 14 else None
    if taken is None or len(original) > _LONGEST:
        return None
    said = str(row.get("status", row.get("statuscode", "-")))
    status = int(said) if re.fullmatch(r"[1-9][0-9]{2}", said) else None
    mime = str(row.get("mime", row.get("mimetype", "")))
    digest = str(row.get("digest", "")).removeprefix("sha1:")[:64].strip("-")
    if status is None and (mime != _REVISIT or not digest):
        status = 0  # the index itself does not know what it is
    return Memento(f"{before}{stamp}/{original}", taken, original, status, digest)


def _collection(asked: str) -> str:
    """Where the copies lie that an index of captures tells of: beside it."""
    return re.split(r"(?:timemap/|cdx(?:/search/cdx)?\?|cdx/)", asked, maxsplit=1)[0]


def _checked(rows: Iterable[Memento], asked: str, now: datetime) -> tuple[Memento, ...]:
    """The rows that can be copies: on the archive's own site, at a time that can be, each once."""
    found: dict[tuple[datetime, str], Memento] = {}
    for row in rows:
        url = harmless(_own(row.url, asked))
        ahead = (row.taken - now).total_seconds() > 86_400
        if not url or row.taken < EARLIEST or ahead:
            continue
        match = _STAMPED.match(url)
        original = row.original or (match[4] if match else "")
        if original and not _sound(original):
            continue
        one = Memento(url, row.taken, harmless(original), row.status, row.digest)
        found[one.taken, one.original or url] = one
    return tuple(found[key] for key in sorted(found))


def _own(target: str, asked: str) -> str:
    """The target as an address of the archive's own site; empty where it leads anywhere else."""
    place = asked.partition("://")
    origin = f"{place[0]}://{place[2].partition('/')[0]}/"
    if target.startswith(origin) and _PLAIN.fullmatch(target):
        return target  # as nearly all are
    try:
        url = fetch_form(urljoin(asked, target))
        split = urlsplit(url)
    except (InvalidAddress, ValueError):
        return ""
    if split.scheme not in HTTP_SCHEMES or has_userinfo(target) or re.search(r"[\x00-\x20]", url):
        return ""
    mine, theirs = host_of(asked), host_of(url)
    if registrable_domain(mine) != registrable_domain(theirs):
        return ""
    if mine == theirs and not url.startswith(origin):
        return f"{scheme_of(asked)}://{urlsplit(asked).netloc}{url.partition(split.netloc)[2]}"
    return url


def _sound(original: str) -> bool:
    if re.search(r"[\x00-\x20\x7f]", original) or has_secret(original):
        return False
    return scheme_of(original) in HTTP_SCHEMES or "://" not in original

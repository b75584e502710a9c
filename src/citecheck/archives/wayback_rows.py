"""The Wayback Machine's index of captures, asked and read with waybackpy's CDX classes.

waybackpy builds the query and turns rows into `CDXSnapshot`; its network method is overridden, so
that the text it reads is one that our own client has fetched: no thread, no sleeping, no retries of
its own. Rows that would stop it are put right before (an address with a space makes eight columns,
some servers append columns) or taken out (a day or month `00` is no date).

Fields of a row: urlkey timestamp original mimetype statuscode digest length; `-` is unknown. The
urlkey folds scheme, `www`, letter case and session ids, so `original` has to be compared. A digest
is base32 SHA-1 of the stored payload. A revisit has type `warc/revisit` and status `-`.
"""

from __future__ import annotations

import re
from collections.abc import Generator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from citecheck.urls.address import has_userinfo, without_fragment

if TYPE_CHECKING:
    from waybackpy import WaybackMachineCDXServerAPI

_FIRST = datetime(1990, 1, 1, tzinfo=UTC)
_AHEAD = timedelta(days=1)
UNREADABLE = "unreadable"
"""The type of what stands for a row of which nothing can be read but that it is one."""
_STAMP = re.compile(r"[0-9]{14}")
_STATUS = re.compile(r"[0-9]{3}|-")
_ROW = re.compile(r"\S.* [0-9]{12,14} \S")
_TAIL = 4  # columns after the address: mimetype, statuscode, digest, length
_LONGEST = 4096  # characters of an original address
_CLOSING = re.compile(r"[\"<>\\^`{}]")
_UNFIT = re.compile(r"[\x00-\x20\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Capture:
    """One row of the index. `status` is None where the index does not say (a revisit)."""

    timestamp: str
    taken: datetime
    original: str
    media_type: str
    status: int | None
    digest: str


@dataclass(frozen=True, slots=True)
class Query:
    """What to ask of the index: `since` and `near` are timestamps of 1 to 14 digits, a negative
    `limit` asks for the last rows, `good` for status 200 alone."""

    url: str
    limit: int
    since: str = ""
    near: str = ""
    good: bool = False

    def address(self, base: str) -> str:
        """The address of the query at the archive whose root is `base`."""
        from waybackpy.cdx_utils import full_url

        api = _api(self, "")
        payload: dict[str, str] = {}
        api.add_payload(payload)
        payload["limit"] = str(self.limit)
        return full_url(f"{base.rstrip('/')}/cdx/search/cdx", params=payload)


def read_rows(query: Query, text: str) -> tuple[Capture, ...]:
    """The captures in an answer to `query`; rows that cannot be read are dropped."""
    page = "\n".join(row for line in _lines(text) if (row := _row(line)))
    return tuple(
        Capture(
            timestamp=row.timestamp,
            taken=row.datetime_timestamp.replace(tzinfo=UTC),
            original=harmless(row.original),
            media_type=row.mimetype.lower(),
            status=int(row.statuscode) if re.fullmatch(r"[1-9][0-9]{2}", row.statuscode) else None,
            digest=row.digest,
        )
        for row in _api(query, page).snapshots()
    )


def unreadable(query: Query, text: str) -> tuple[Capture, ...]:
    """What stands for the captures in an answer of rows that cannot be read; none where it is no
    answer of rows."""
    lines = [line for line in _lines(text) if line.strip()]
    if not all(_ROW.match(line) for line in lines):
        return ()
    return tuple(Capture("", _FIRST, query.url, UNREADABLE, None, "-") for _ in lines)


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").split("\n")


def _api(query: Query, page: str) -> WaybackMachineCDXServerAPI:
    from waybackpy import WaybackMachineCDXServerAPI

    class Listing(WaybackMachineCDXServerAPI):
        def cdx_api_manager(
            self, payload: dict[str, str], headers: dict[str, str]
        ) -> Generator[str, None, None]:
            yield page

    return Listing(
        # An asterisk at an end would ask for every address that begins or ends so.
        without_fragment(query.url).replace("*", "%2A"),
        start_timestamp=query.since or None,
        closest=query.near or None,
        sort="closest" if query.near else None,
        filters=["statuscode:200"] if query.good else [],
        limit=str(query.limit),
    )


def possible(taken: datetime, now: datetime) -> bool:
    """Whether a page can have been captured then: since there is a web, and not ahead of what two
    clocks may differ by."""
    return _FIRST <= taken <= now + _AHEAD


def harmless(original: str) -> str:
    """The address as it can be asked for and shown: no archive has fragments, and what would end an
    attribute or a template where the address is printed is percent-encoded."""
    return _CLOSING.sub(lambda m: quote(m[0], safe=""), without_fragment(original))


def _row(line: str) -> str:
    """A row in seven columns, as far as it can be read; empty where it cannot."""
    columns = line.split(" ")
    at = next((n for n, c in enumerate(columns) if n and _STAMP.fullmatch(c)), 0)
    rest = columns[at + 1 :]
    if not at or len(rest) <= _TAIL:
        return ""
    # More columns than there should be are parts of the address, or were appended to the row.
    appended = len(rest) > 1 + _TAIL and "/" in rest[1] and _STATUS.fullmatch(rest[2]) is not None
    parts, tail = (rest[:1], rest[1:5]) if appended else (rest[:-_TAIL], rest[-_TAIL:])
    if len(parts) > 1 and not _STATUS.fullmatch(tail[1]):
        return ""
    original = "%20".join(parts)
    if not all(tail) or not _sound(columns[at], original):
        return ""
    return " ".join(("%20".join(columns[:at]) or "-", columns[at], original, *tail))


def _sound(stamp: str, original: str) -> bool:
    if _UNFIT.search(original):
        return False
    try:
        datetime.strptime(stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        scheme = urlsplit(original).scheme.lower()
        if has_userinfo(original):
            return False  # somebody's password, which is nobody's to repeat
    except ValueError:
        return False
    return scheme in ("http", "https") and len(original) <= _LONGEST

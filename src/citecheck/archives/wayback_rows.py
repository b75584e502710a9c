"""The Wayback Machine's index of captures, asked and read with waybackpy's CDX classes.

waybackpy builds the query and turns rows into `CDXSnapshot`; its network method is overridden, so
that the text it reads is one that our own client has fetched: no thread, no sleeping, no retries of
its own. Rows that would stop it (an address with a space makes eight columns, a day or month `00`
is no date) are taken out before.

Fields of a row: urlkey timestamp original mimetype statuscode digest length; `-` is unknown. The
urlkey folds scheme, `www`, letter case and session ids, so `original` has to be compared. A digest
is base32 SHA-1 of the stored payload. A revisit has type `warc/revisit` and status `-`.
"""

from __future__ import annotations

import re
from collections.abc import Generator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from citecheck.urls.address import has_userinfo, without_fragment

if TYPE_CHECKING:
    from waybackpy import WaybackMachineCDXServerAPI

_COLUMNS = 7
_LONGEST = 4096  # characters of an original address
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
    page = "\n".join(line for line in text.replace("\r\n", "\n").split("\n") if _readable(line))
    return tuple(
        Capture(
            timestamp=row.timestamp,
            taken=row.datetime_timestamp.replace(tzinfo=UTC),
            original=row.original,
            media_type=row.mimetype.lower(),
            status=int(row.statuscode) if re.fullmatch(r"[1-9]\d\d", row.statuscode) else None,
            digest=row.digest,
        )
        for row in _api(query, page).snapshots()
    )


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


def _readable(line: str) -> bool:
    columns = line.split(" ")
    if len(columns) != _COLUMNS:
        return False
    stamp, original = columns[1], columns[2]
    if not re.fullmatch(r"[0-9]{14}", stamp) or _UNFIT.search(original):
        return False
    try:
        datetime.strptime(stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        scheme = urlsplit(original).scheme.lower()
        if has_userinfo(original):
            return False  # somebody's password, which is nobody's to repeat
    except ValueError:
        return False
    return scheme in ("http", "https") and len(original) <= _LONGEST

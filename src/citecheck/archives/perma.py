"""The protocol of Perma.cc: a link is made, its captures are pending, and then they are there.

Rests on its API v1: POST `/archives/` with a JSON object (`url`, `folder`) answers 201 with a
`guid`; GET `/archives/<guid>/` tells of its `captures` (role primary or screenshot, status pending,
success or failed); GET `/archives/?url=` lists one's own links of an address. Errors are JSON with
status 400 and words. A link that the site or its owner does not want shown is `is_private`: only
its maker sees it. Every link made is paid for, so nothing is sent twice here.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote, urlsplit

from citecheck.archives.fetcher import Fetcher
from citecheck.archives.json_place import JsonPlace, Told
from citecheck.archives.pace import Pace, Traffic
from citecheck.archives.perma_key import PermaKey
from citecheck.archives.wayback_replies import malformed
from citecheck.records.archive import PERMA, SaveState, Snapshot
from citecheck.records.ask import Ask
from citecheck.records.ports import Clock
from citecheck.urls.address import without_fragment

_TIMEOUT = 90.0  # seconds; it loads the page before it answers
_MOST = 2_000_000  # bytes
_PAUSE = 60.0  # seconds of silence after a 429 that names none
_PER_MINUTE = 20
_LISTED = 20
_AHEAD = timedelta(days=1)  # how far another clock may be ahead of this one
_GUID = re.compile(r"[A-Za-z0-9]{2,10}(?:-[A-Za-z0-9]{2,10}){1,4}")
# What is said with status 400, in lower case: of the page, and of whoever asks.
_OF_THE_PAGE = (
    ("resolve", "invalid-host-resolution"),
    ("too large", "filesize-limit"),
    ("redirect loop", "too-many-redirects"),
    ("couldn't load", "cannot-fetch"),
    ("valid url", "invalid-url-syntax"),
    ("valid ip", "invalid-url-syntax"),
)
_OF_THE_ACCOUNT = (
    ("usage limit", "usage-limit"),
    ("needs attention", "usage-limit"),
    ("read-only", "folder"),
    ("folder", "folder"),
)


@dataclass(frozen=True, slots=True)
class Made:
    """A link: `state` is saved, pending or failed; `private` that only its maker sees it."""

    guid: str
    state: SaveState
    made: datetime
    private: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """No link was made. `ours`: not for the page's sake, so no other page has better luck."""

    reason: str
    ours: bool = False


class Perma:
    """The service behind `api`. Everything raises Unanswered where it does not tell."""

    def __init__(
        self,
        client: Fetcher,
        api: str,
        key: PermaKey,
        *,
        folder: int,
        traffic: Traffic,
        clock: Clock,
    ) -> None:
        self._api = api.rstrip("/")
        self._key = key
        self._folder = folder
        self._clock = clock
        self._pace = Pace(traffic, clock, _PER_MINUTE, gap=1.0, why="the limit of Perma.cc")
        self._place = JsonPlace(client, traffic, clock, pause=_PAUSE)

    async def make(self, url: str) -> Made | Refusal:
        """Make a link, sent once. After UNAVAILABLE nobody knows whether one was made."""
        wanted: dict[str, Any] = {"url": without_fragment(url)}
        if self._folder:
            wanted["folder"] = self._folder
        told = await self._place.ask(
            self._pace.turn, self._ask("/archives/", "POST", json.dumps(wanted).encode()), tries=1
        )
        if told.status in (200, 201, 202):
            return self._made(told.data)
        if told.status == 401:
            return Refusal("bad-keys", ours=True)
        return self._refusal(told)

    async def look(self, guid: str) -> Made | None:
        """What has become of a link; None: it is not known any more."""
        told = await self._place.ask(
            self._pace.turn, self._ask(f"/archives/{quote(guid, safe='')}/")
        )
        if told.status == 404:
            return None
        if told.status != 200:
            raise malformed()
        return self._made(told.data)

    async def find(self, url: str, since: datetime) -> Made | None:
        """One's own newest link of an address that was made since; None: there is none."""
        address = without_fragment(url)
        query = f"/archives/?url={quote(address, safe='')}&limit={_LISTED}"
        told = await self._place.ask(self._pace.turn, self._ask(query))
        rows = told.data.get("objects") if isinstance(told.data, dict) else None
        if told.status != 200 or not isinstance(rows, list):
            raise malformed()
        mine = [r for r in rows if isinstance(r, dict) and r.get("url") == address]
        late = [made for made in map(self._made, mine) if made.made >= since]
        return max(late, key=lambda made: made.made, default=None)

    def copy(self, made: Made) -> Snapshot | None:
        """Where others see the copy; None where nobody but its maker does."""
        if made.private or made.state is not SaveState.SAVED:
            return None
        parts = urlsplit(self._api)
        root = f"{parts.scheme}://{parts.netloc.removeprefix('api.')}"
        return Snapshot(PERMA, f"{root}/{made.guid}", made.made, "saved")

    def _ask(self, path: str, method: str = "GET", body: bytes = b"") -> Ask:
        headers = [("Accept", "application/json"), self._key.authorization()]
        if body:
            headers.append(("Content-Type", "application/json"))
        return Ask(
            self._api + path,
            method,
            tuple(headers),
            body,
            timeout=_TIMEOUT,
            max_bytes=_MOST,
            fresh=bool(body),  # a connection of its own: nothing is sent again behind our back
            trusted=True,
        )

    def _made(self, row: Any) -> Made:
        guid = row.get("guid") if isinstance(row, dict) else None
        if not isinstance(guid, str) or not _GUID.fullmatch(guid) or self._key.appears_in(guid):
            raise malformed()
        captures = row.get("captures")
        return Made(
            guid,
            _state(captures if isinstance(captures, list) else []),
            self._moment(row.get("creation_timestamp")),
            row.get("is_private") is True,
        )

    def _moment(self, value: object) -> datetime:
        now = self._clock.now()
        try:
            found = datetime.fromisoformat(value) if isinstance(value, str) else now
            moment = (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, OverflowError):
            moment = now
        return (moment if moment < now + _AHEAD else now).replace(microsecond=0)

    def _refusal(self, told: Told) -> Refusal:
        words = json.dumps(told.data).lower()[:4000]
        if told.status in (402, 403):
            return Refusal(f"http-{told.status}", ours=True)
        for mark, reason in _OF_THE_PAGE:
            if mark in words:
                return Refusal(reason)
        for mark, reason in _OF_THE_ACCOUNT:
            if mark in words:
                return Refusal(reason, ours=True)
        return Refusal(f"http-{told.status}", ours=told.status == 404)


def _state(captures: list[Any]) -> SaveState:
    """Of the page itself, or of a picture of it where that is all there is."""
    shown = {str(row.get("role")): row.get("status") for row in captures if isinstance(row, dict)}
    told = [shown[role] for role in ("primary", "screenshot") if role in shown]
    if "pending" in told or not told:
        return SaveState.PENDING
    return SaveState.SAVED if "success" in told else SaveState.FAILED

"""The protocol of Software Heritage: what it holds of a repository, and asking it for a visit.

Rests on its Web API 1: `/api/1/origin/<origin>/visit/latest/`, and of
`/api/1/origin/save/git/url/<origin>/` POST without a body asks and GET tells. A request is
accepted, rejected or pending (a person looks at it); the task of an accepted one is not created,
pending, scheduled, running, succeeded or failed, and takes minutes to days. Anybody may ask 120
times an hour, less often for visits; `X-RateLimit-Limit`, `-Remaining` and `-Reset` (Unix time)
tell. Here is waited for turns only.
"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from citecheck.archives.fetcher import Fetcher
from citecheck.archives.json_place import JsonPlace, Told
from citecheck.archives.pace import Traffic
from citecheck.archives.wayback_replies import malformed
from citecheck.archives.wayback_rows import possible
from citecheck.records.archive import SOFTWARE_HERITAGE, Snapshot
from citecheck.records.ask import Ask
from citecheck.records.exchange import Exchange
from citecheck.records.ports import Clock
from citecheck.urls.forges import Origin

_TIMEOUT = 60.0  # seconds
_MOST = 2_000_000  # bytes; the list of requests for one repository may be long
_PAUSE = 60.0  # seconds of silence after a 429 that names none
_AN_HOUR = 3600.0
_PER_HOUR = 96  # 80 % of what anybody may ask
_GAP = 1.0  # seconds between two requests
_SPARED = 0.1  # of what is left, for others at the same address
_LOADED = ("full", "partial")
_NUMBER = re.compile(r"[0-9]{1,12}")


@dataclass(frozen=True, slots=True)
class Request:
    """One request for a visit. `said` is accepted, rejected or pending, `task` what has become of
    it, `ended` how the visit ended, where that is told."""

    id: str
    said: str
    task: str
    asked: datetime | None = None
    visited: datetime | None = None
    ended: str = ""


class Allowance:
    """What may still be asked this hour: our own bound, and what the answers' headers say."""

    def __init__(self, traffic: Traffic, clock: Clock) -> None:
        self._traffic = traffic
        self._clock = clock
        self._starts: deque[float] = deque(maxlen=_PER_HOUR)
        self._until = 0.0

    async def turn(self) -> float:
        """Wait for the next turn; returns its moment (monotonic). Raises OutOfTime."""
        due = self._starts[-1] + _GAP if self._starts else 0.0
        if len(self._starts) == self._starts.maxlen:
            due = max(due, self._starts[0] + _AN_HOUR)
        await self._traffic.until(max(due, self._until), "the limit of Software Heritage")
        now = self._clock.monotonic()
        self._starts.append(now)
        return now

    def heard(self, answer: Exchange) -> None:
        """Take what an answer says of the requests that are left."""
        said = [answer.header(f"X-RateLimit-{n}") for n in ("Limit", "Remaining", "Reset")]
        limit, left, reset = (int(n) if _NUMBER.fullmatch(n) else None for n in said)
        if left is None or reset is None or left > (limit or 0) * _SPARED:
            return
        wait = min(_AN_HOUR, max(0.0, reset - self._clock.now().timestamp()))
        self._until = max(self._until, self._clock.monotonic() + wait)


class SoftwareHeritage:
    """The archive behind `base`. Everything raises Unanswered where it does not tell."""

    def __init__(self, client: Fetcher, base: str, traffic: Traffic, clock: Clock) -> None:
        self._base = base.rstrip("/")
        self._clock = clock
        self._looking = Allowance(traffic, clock)
        self._saving = Allowance(traffic, clock)
        self._reader, self._writer = (
            JsonPlace(client, traffic, clock, pause=_PAUSE, heard=allowance.heard)
            for allowance in (self._looking, self._saving)
        )

    async def latest(self, origin: Origin) -> Snapshot | None:
        """The newest visit that brought something home; None is its own word that there is none."""
        for form in origin.forms:
            path = f"/api/1/origin/{quote(form, safe='/:')}/visit/latest/?require_snapshot=true"
            told = await self._reader.ask(self._looking.turn, self._get(path))
            if told.status == 404:
                continue
            if told.status != 200 or not isinstance(told.data, dict):
                raise malformed()
            if told.data.get("snapshot") is None or told.text("status") not in _LOADED:
                continue
            return self.copy(form, self._moment(told.data.get("date"), needed=True), "latest")
        return None

    async def request(self, origin: Origin) -> tuple[int, Request | None]:
        """Ask for a visit: the status of the answer, and the request where one was made."""
        path = f"/api/1/origin/save/{origin.kind}/url/{quote(origin.url, safe='/:')}/"
        ask = replace(self._get(path), method="POST", fresh=True)
        told = await self._writer.ask(self._saving.turn, ask, tries=1)
        if told.status not in (200, 201, 202):
            return told.status, None
        return told.status, self._request(told.data)

    async def progress(self, origin: Origin, since: datetime, job: str = "") -> Request | None:
        """The newest request for a repository that was made since, or that is `job`, with or
        without a date; None: it knows of none."""
        path = f"/api/1/origin/save/{origin.kind}/url/{quote(origin.url, safe='/:')}/"
        told = await self._reader.ask(self._looking.turn, self._get(path))
        if told.status == 404:
            return None
        if told.status != 200:
            raise malformed()
        found = [self._request(row) for row in self._rows(told)]
        late = [r for r in found if r.id == job != "" or (r.asked is not None and r.asked >= since)]
        return max(late, key=lambda r: r.asked or since, default=None)

    def copy(self, origin: str, taken: datetime | None, role: str) -> Snapshot | None:
        """Where to look at what a visit brought home."""
        if taken is None:
            return None
        stamp = taken.strftime("%Y-%m-%dT%H:%M:%SZ")
        where = f"origin_url={quote(origin, safe='')}&timestamp={stamp}"
        url = f"{self._base}/browse/origin/directory/?{where}"
        return Snapshot(SOFTWARE_HERITAGE, url, taken, role)

    def _get(self, path: str) -> Ask:
        # It shows what calls itself a browser a proof of work, with status 200.
        wanted = (("Accept", "application/json"),)
        return Ask(
            self._base + path, headers=wanted, timeout=_TIMEOUT, max_bytes=_MOST, trusted=True
        )

    def _rows(self, told: Told) -> list[Any]:
        return told.data if isinstance(told.data, list) else [told.data]

    def _request(self, row: Any) -> Request:
        if not isinstance(row, dict):
            raise malformed()
        number = str(row.get("id") or "")
        said, task = row.get("save_request_status"), row.get("save_task_status")
        if said not in ("accepted", "rejected", "pending"):
            raise malformed()
        return Request(
            number if _NUMBER.fullmatch(number) else "",
            said,
            task if isinstance(task, str) else "",
            self._moment(row.get("save_request_date")),
            self._moment(row.get("visit_date")),
            str(row.get("visit_status") or ""),
        )

    def _moment(self, value: object, *, needed: bool = False) -> datetime | None:
        try:
            found = datetime.fromisoformat(value) if isinstance(value, str) else None
            moment = found and (found if found.tzinfo else found.replace(tzinfo=UTC))
            moment = moment and moment.astimezone(UTC).replace(microsecond=0)
        except (ValueError, OverflowError):
            moment = None
        if moment is not None and not possible(moment, self._clock.now()):
            moment = None
        if needed and moment is None:
            raise malformed()
        return moment

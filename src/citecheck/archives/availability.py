"""The Wayback Machine's availability interface: a spare way to learn that there is a copy.

It lives on another host (`archive.org`), which mostly stays up while all of `web.archive.org` is
down. It is asked only where the index's host is, slowly, and after any pause that the archive asked
for (429); connections that the other host refuses are no such pause. Only "there is one" is
believed: it answers `{}` for many an archived page, above all for addresses with `https://`, so no
answer of it means that there is none. Its copy is graded `nearest` at best, and the index is asked
again by the next run.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlsplit

from citecheck.archives.fetcher import Fetcher
from citecheck.archives.pace import OutOfTime, Pace, Traffic
from citecheck.archives.spn_replies import is_address
from citecheck.archives.wayback_choice import Closeness, closeness
from citecheck.archives.wayback_replies import Unanswered, answered
from citecheck.archives.wayback_rows import harmless, possible
from citecheck.records.archive import (
    WAYBACK,
    Grade,
    Lookup,
    LookupResult,
    LookupState,
    Snapshot,
)
from citecheck.records.ask import Ask
from citecheck.records.link import Link
from citecheck.records.ports import Clock
from citecheck.settings import ArchiveSettings
from citecheck.urls.address import without_fragment

PER_MINUTE = 12
_FAILURES = 3  # in a row, after which it is left alone for the run
_TIMEOUT = 30.0  # seconds
_MOST = 100_000  # bytes
_WAITING = "the archive, whose index takes no connections"
_COPY = re.compile(r"/web/([0-9]{14})(?:[a-z]{2}_)?/((?i:https?)://.+)", re.DOTALL)


class Availability:
    """`traffic` is the archive's own, whose pauses are kept here as well; `note` is told of waits
    that a person would notice."""

    def __init__(
        self,
        client: Fetcher,
        settings: ArchiveSettings,
        traffic: Traffic,
        clock: Clock,
        note: Callable[[str], None],
    ) -> None:
        self._client = client
        self._wayback = settings.wayback.rstrip("/")
        self._root = _host_beside(self._wayback)
        self._main = traffic
        self._own = Traffic(clock, traffic.left(), note)
        self._pace = Pace(self._own, clock, PER_MINUTE, gap=60.0 / PER_MINUTE)
        self._pause = settings.pause_after_429
        self._clock = clock
        self._failed = 0

    async def find(self, link: Link, unanswered: LookupResult) -> LookupResult:
        """What this host knows of a link that the index did not answer about (`unanswered`): a
        copy, else that answer as it is. Never raises for what the archive does."""
        if self._failed >= _FAILURES:
            return unanswered
        try:
            asked = await self._turn()
        except OutOfTime:
            return unanswered
        near = f"{link.cited_on:%Y%m%d}" if link.cited_on else ""
        address = f"{self._root}/wayback/available?url={quote(without_fragment(link.url), safe='')}"
        address += f"&timestamp={near}" if near else ""
        timeout = min(_TIMEOUT, max(1.0, self._own.left()))
        ask = Ask(address, timeout=timeout, max_bytes=_MOST, trusted=True)
        try:
            answer = answered(await self._client.fetch(ask), self._clock.now())
        except Unanswered as why:
            self._failed += 1
            if why.state is LookupState.THROTTLED:
                self._own.throttled(why.pause or self._pause, asked)
                if not why.outage:
                    self._main.throttled(why.pause or self._pause, asked)
            return unanswered
        self._failed = 0
        self._own.answered(asked)
        copy = self._copy(link, answer.content)
        return unanswered if copy is None else self._result(link, copy)

    async def _turn(self) -> float:
        """The moment of the next turn, any pause of the archive's own being over."""
        while True:
            asked = await self._pace.turn()
            alone = self._root == self._wayback
            wait = self._main.pause_left() if alone else self._main.silence_left()
            if wait <= 0:
                return asked
            await self._own.until(self._clock.monotonic() + wait, _WAITING)

    def _copy(self, link: Link, content: bytes) -> Snapshot | None:
        told = _closest(content)
        found = _COPY.search(str(told.get("url", "")))
        if found is None or told.get("status") != "200" or told.get("available") is not True:
            return None
        stamp, original = found.groups()
        if not is_address(original):
            return None
        original = harmless(original)
        if closeness(link.url, original) > Closeness.TWIN:
            return None
        try:
            taken = datetime.strptime(stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        except ValueError:
            return None
        if not possible(taken, self._clock.now()):
            return None
        role = "cited" if link.cited_on else "latest"
        return Snapshot(WAYBACK, f"{self._wayback}/web/{stamp}/{original}", taken, role, 200)

    def _result(self, link: Link, copy: Snapshot) -> LookupResult:
        days = abs((copy.taken.date() - link.cited_on).days) if link.cited_on else None
        lookup = Lookup(
            LookupState.FOUND,
            self._clock.now(),
            Grade.NEAREST if link.cited_on else Grade.NONE,
            days,
            "the archive's index did not answer; its availability interface told of this copy",
            link.cited_on,
            link.dated_by,
            provisional=True,
        )
        return LookupResult(link.url, lookup, (copy,))


def _closest(content: bytes) -> dict[str, Any]:
    try:
        told = json.loads(content)
        closest = told["archived_snapshots"]["closest"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return {}
    return closest if isinstance(closest, dict) else {}


def _host_beside(wayback: str) -> str:
    """`archive.org` for the Wayback Machine; a stand-in of it answers for both."""
    return "https://archive.org" if urlsplit(wayback).netloc == "web.archive.org" else wayback

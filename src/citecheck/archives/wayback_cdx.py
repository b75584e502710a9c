"""Look-ups in the Wayback Machine's index: one request a link, two or three for very busy pages.

A link's captures are listed from the oldest, unfiltered, and chosen from here; so one request tells
the nearest to the citation, the newest, revisits and digests on both sides of the date. Only where
the listing came back full are the neighbourhood of the date and the newest asked for as well.

A question is asked twice at most: again after the pause the archive wants, or after a 5xx or a
time-out (sporadic 503 are usual). Whatever happens, "no captures" is only said by an empty answer.
"""

from __future__ import annotations

from datetime import datetime

from citecheck.archives.fetcher import Fetcher
from citecheck.archives.pace import OutOfTime, Pace, Traffic
from citecheck.archives.wayback_choice import Choice, choose
from citecheck.archives.wayback_replies import Unanswered, answered, malformed
from citecheck.archives.wayback_rows import Capture, Query, read_rows
from citecheck.records.archive import (
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
from citecheck.text.fold import plain

NAME = "wayback"
LISTED = 1000  # rows a request; a page with more is asked about twice more
_AROUND = 20
_TRIES = 2
_TIMEOUT = 60.0  # seconds; the index answers in 5 to 17
_BREATH = 5.0  # seconds before a second try
_MOST = 4_000_000  # bytes


class WaybackIndex:
    """The index behind `settings.wayback`; `pace` and `traffic` are shared with all its users."""

    def __init__(
        self,
        client: Fetcher,
        settings: ArchiveSettings,
        traffic: Traffic,
        pace: Pace,
        clock: Clock,
    ) -> None:
        self._client = client
        self._settings = settings
        self._base = settings.wayback.rstrip("/")
        self._traffic = traffic
        self._pace = pace
        self._clock = clock

    async def find(self, link: Link) -> LookupResult:
        """The captures of a link: the one nearest to the day it was cited on, and the newest.

        Without a day only the newest is offered and nothing is graded. Where the nearest is the
        newest, it stands once, as the cited one. Never raises for what an archive does.
        """
        try:
            choice = await self._choose(link)
        except Unanswered as why:
            asked = why.state is not LookupState.NOT_ASKED
            lookup = Lookup(why.state, self._clock.now() if asked else None, detail=str(why))
            return LookupResult(link.url, lookup, asked_for=link.cited_on)
        return self._result(link, choice)

    async def first_since(self, url: str, moment: datetime) -> Snapshot | None:
        """The first good capture since a moment, to learn what became of a save.

        Raises Unanswered where the index does not say.
        """
        since = moment.strftime("%Y%m%d%H%M%S")
        rows, _ = await self._list(Query(url, _AROUND, since=since))
        chosen = choose(url, moment.date(), [row for row in rows if row.taken >= moment])
        return self.snapshot(chosen.cited, "saved") if chosen.cited else None

    def snapshot(self, capture: Capture, role: str) -> Snapshot:
        url = f"{self._base}/web/{capture.timestamp}/{capture.original}"
        return Snapshot(NAME, url, capture.taken, role, 200)

    async def _choose(self, link: Link) -> Choice:
        rows, full = await self._list(Query(link.url, LISTED))
        if not full:
            return choose(link.url, link.cited_on, rows)
        more = list(rows)
        ends = max(row.taken.date() for row in rows)
        try:
            more += (await self._list(Query(link.url, -1, good=True)))[0]
            if link.cited_on and link.cited_on >= ends:
                near = link.cited_on.strftime("%Y%m%d") + "120000"
                more += (await self._list(Query(link.url, _AROUND, near=near, good=True)))[0]
        except Unanswered:
            # What the first answer holds is true as far as it goes.
            found = choose(link.url, link.cited_on, more)
            if found.latest is None:
                raise
            return found
        return choose(link.url, link.cited_on, more)

    async def _list(self, query: Query) -> tuple[tuple[Capture, ...], bool]:
        """The captures, and whether the answer was cut at its limit."""
        address = query.address(self._base)
        last: Unanswered | None = None
        for _ in range(_TRIES):
            try:
                asked = await self._pace.turn()
            except OutOfTime as out:
                raise last or Unanswered(LookupState.NOT_ASKED, str(out)) from None
            try:
                page = await self._fetch(address, query)
            except Unanswered as why:
                last = why
            else:
                self._traffic.answered(asked)
                return page
            if not last.again:
                if last.state is LookupState.THROTTLED:
                    self._traffic.give_up(str(last))
                break
            if last.state is LookupState.THROTTLED:
                self._traffic.throttled(last.pause or self._settings.pause_after_429, asked)
            else:
                await self._breathe(last)
        assert last is not None
        raise last

    async def _fetch(self, address: str, query: Query) -> tuple[tuple[Capture, ...], bool]:
        timeout = min(_TIMEOUT, max(1.0, self._traffic.left()))
        ask = Ask(address, timeout=timeout, max_bytes=_MOST, trusted=True)
        answer = answered(await self._client.fetch(ask), self._clock.now())
        text = answer.content.decode("utf-8", "replace")
        if answer.truncated:
            text = text.rpartition("\n")[0]
        rows = read_rows(query, text)
        if not rows and (text.strip() or answer.truncated):
            raise malformed()  # one line without end among them, of which nothing is left
        lines = sum(1 for line in text.split("\n") if line.strip())
        return rows, bool(answer.truncated) or lines >= abs(query.limit)

    async def _breathe(self, why: Unanswered) -> None:
        try:
            await self._traffic.until(self._clock.monotonic() + _BREATH, "a second try")
        except OutOfTime:
            raise why from None

    def _result(self, link: Link, choice: Choice) -> LookupResult:
        now = self._clock.now()
        if choice.latest is None:
            lookup = Lookup(LookupState.NONE, now)
            return LookupResult(link.url, lookup, asked_for=link.cited_on)
        snapshots = []
        if choice.cited is not None:
            snapshots.append(self.snapshot(choice.cited, "cited"))
        if choice.cited is None or choice.latest.timestamp != choice.cited.timestamp:
            snapshots.append(self.snapshot(choice.latest, "latest"))
        detail = ""
        if choice.other:
            detail = f"the captures are of an address written otherwise: {plain(choice.other)}"
        grade = choice.grade if choice.cited is not None else Grade.NONE
        lookup = Lookup(LookupState.FOUND, now, grade, choice.days, detail)
        return LookupResult(link.url, lookup, tuple(snapshots), link.cited_on)

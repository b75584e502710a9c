"""Look-ups in the Wayback Machine's index: one request a link, two or three for very busy pages.

A link's captures are listed from the oldest, unfiltered, and chosen from here; so one request tells
the nearest to the citation, the newest, revisits and digests on both sides of the date. Only where
the listing came back full are the neighbourhood of the date and the newest asked for as well.

A question is asked twice at most: again after the pause the archive wants, or after a 5xx or a
time-out (sporadic 503 are usual). Whatever happens, "no captures" is only said by an empty answer.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from citecheck.archives.fetcher import Fetcher
from citecheck.archives.pace import OutOfTime, Pace, Traffic
from citecheck.archives.wayback_choice import choose, good
from citecheck.archives.wayback_replies import Unanswered, answered, malformed
from citecheck.archives.wayback_rows import Capture, Query, possible, read_rows, unreadable
from citecheck.archives.wayback_words import said_of
from citecheck.records.archive import (
    Grade,
    Lookup,
    LookupResult,
    LookupState,
    PassedOver,
    Snapshot,
)
from citecheck.records.ask import Ask
from citecheck.records.link import Link
from citecheck.records.ports import Clock
from citecheck.settings import ArchiveSettings

NAME = "wayback"
LISTED = 1000  # rows a request; a page with more is asked about twice more
_AROUND = 20
_TRIES = 2
_TIMEOUT = 60.0  # seconds; the index answers in 5 to 17
_DOUBTED, _DOWN = 3, 8  # questions without an answer in a row
_A_WHILE = 60.0  # seconds
_BREATH = 5.0  # seconds before a second try
_MOST = 4_000_000  # bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """What the index said of a link, and the captures that it was chosen from. `outage`: it said
    nothing, since its host is down or takes no connections."""

    result: LookupResult
    captures: tuple[Capture, ...] = ()
    outage: bool = False


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
        self._down = False  # whether the last question met a host that is down
        self._failed = 0  # questions without an answer, in a row
        self._failed_at = 0.0

    async def find(
        self,
        link: Link,
        passed_over: tuple[PassedOver, ...] = (),
        shown: Mapping[str, bool] | None = None,
    ) -> Answer:
        """The captures of a link: the one nearest to the day it was cited on, and the newest.

        Those that were `passed_over` before are not offered again; `shown` as in `result`. Never
        raises for what an archive does.
        """
        try:
            captures = await self._captures(link)
        except Unanswered as why:
            asked = why.state is not LookupState.NOT_ASKED
            self._down = why.outage if asked else self._down
            lookup = Lookup(
                why.state,
                self._clock.now() if asked else None,
                detail=str(why),
                cited_on=link.cited_on,
                basis=link.dated_by,
                passed_over=passed_over,
            )
            # What was not asked for the pause after refused connections met the same outage.
            outage = self._down or (not asked and self._traffic.refused)
            return Answer(LookupResult(link.url, lookup), outage=outage)
        self._down = False
        return Answer(self.result(link, captures, passed_over, shown=shown), captures)

    def result(
        self,
        link: Link,
        captures: Sequence[Capture],
        passed_over: tuple[PassedOver, ...] = (),
        *,
        without: Collection[str] = (),
        shown: Mapping[str, bool] | None = None,
    ) -> LookupResult:
        """The answer that captures make: without a day only the newest is offered and nothing is
        graded; where the nearest is the newest, it stands once, as the cited one.

        `without` are the times of more captures that are not to be offered; `shown` says, by time,
        what a look at a capture came to (`Snapshot.verified`).
        """
        told, known = {p.stamp for p in passed_over}, shown or {}
        choice = choose(
            link.url,
            link.cited_on,
            captures,
            without=told | set(without),
            vague=link.dated_by == "year",
        )
        alike = {c.digest: known[c.timestamp] for c in captures if c.timestamp in known}
        alike.pop("-", None)
        offered: list[tuple[str, Snapshot]] = []
        for capture, role in ((choice.cited, "cited"), (choice.latest, "latest")):
            if capture is None or capture.timestamp in {s for s, _ in offered}:
                continue
            seen = known.get(capture.timestamp)
            seen = alike.get(capture.digest) if seen is None else seen
            made = replace(self.snapshot(capture, role), verified=seen)
            made = made if choice.sure else replace(made, status=None)
            offered.append((capture.timestamp, made))
        lookup = Lookup(
            LookupState.FOUND if offered else LookupState.NONE,
            self._clock.now(),
            choice.grade if choice.cited is not None else Grade.NONE,
            choice.days,
            said_of(link, choice, captures, passed_over),
            link.cited_on,
            link.dated_by,
            passed_over,
        )
        return LookupResult(link.url, lookup, tuple(made for _, made in offered))

    def capture(self, snapshot: Snapshot) -> Capture | None:
        """The row that a snapshot of this archive was made of, as far as it tells; None for one of
        another archive."""
        root = f"{self._base}/web/"
        stamp, _, original = snapshot.url.removeprefix(root).partition("/")
        if not snapshot.url.startswith(root) or not re.fullmatch(r"[0-9]{14}", stamp):
            return None
        return Capture(stamp, snapshot.taken, original, "", 200, "-")

    @property
    def silent(self) -> bool:
        """Whether the last question met a host that is down."""
        return self._down

    @property
    def refuses(self) -> bool:
        """Whether that host takes no connections."""
        return self._down and self._traffic.refused

    async def first_since(self, url: str, moment: datetime) -> Snapshot | None:
        """The first good capture since a moment, to learn what became of a save.

        Raises Unanswered where the index does not say.
        """
        since = moment.strftime("%Y%m%d%H%M%S")
        rows, _ = await self._list(Query(url, _AROUND, since=since))
        chosen = choose(url, moment.date(), [row for row in rows if row.taken >= moment])
        return self.snapshot(chosen.cited, "saved") if chosen.cited and chosen.sure else None

    def snapshot(self, capture: Capture, role: str) -> Snapshot:
        url = f"{self._base}/web/{capture.timestamp}/{capture.original}"
        return Snapshot(NAME, url, capture.taken, role, 200)

    async def _captures(self, link: Link) -> tuple[Capture, ...]:
        rows, full = await self._list(Query(link.url, LISTED))
        if not full:
            return rows
        more, around = list(rows), rows
        beyond = link.cited_on and link.cited_on >= max(row.taken.date() for row in rows)
        try:
            more += (await self._list(Query(link.url, -1, good=True)))[0]
            if link.cited_on and beyond:
                near = link.cited_on.strftime("%Y%m%d") + "120000"
                around = (await self._list(Query(link.url, _AROUND, near=near, good=True)))[0]
                more += around
        except Unanswered:
            # What the first answer holds is true as far as it goes.
            if choose(link.url, link.cited_on, more).latest is None:
                raise
        return _apart(more, around) if beyond and around else tuple(more)

    async def _list(self, query: Query) -> tuple[tuple[Capture, ...], bool]:
        """The captures, and whether the answer was cut at its limit."""
        address = query.address(self._base)
        last: Unanswered | None = None
        for _ in range(self._tries()):
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
                self._failed = 0
                return page
            if not last.again:
                if last.state is LookupState.THROTTLED:
                    self._traffic.give_up(str(last))
                break
            if last.state is LookupState.THROTTLED:
                pause = last.pause or self._settings.pause_after_429
                self._traffic.throttled(pause, asked, refused=last.outage)
            else:
                await self._breathe(last)
        assert last is not None
        self._failed += last.outage and last.state is LookupState.UNAVAILABLE
        self._failed_at = self._clock.monotonic()
        raise last

    def _tries(self) -> int:
        """How often a question is asked: once where the last ones found no answer, and not at all
        where many did not, but for one in a while. Raises Unanswered."""
        if self._failed < _DOUBTED:
            return _TRIES
        if self._failed >= _DOWN and self._clock.monotonic() - self._failed_at < _A_WHILE:
            raise Unanswered(
                LookupState.UNAVAILABLE,
                "the archive did not answer many times in a row; the next run asks again",
                outage=True,
            )
        return 1

    async def _fetch(self, address: str, query: Query) -> tuple[tuple[Capture, ...], bool]:
        timeout = min(_TIMEOUT, max(1.0, self._traffic.left()))
        ask = Ask(address, timeout=timeout, max_bytes=_MOST, trusted=True)
        answer = answered(await self._client.fetch(ask), self._clock.now())
        text = answer.content.decode("utf-8", "replace")
        if answer.truncated:
            text = text.rpartition("\n")[0]
        rows, now = read_rows(query, text), self._clock.now()
        sound = tuple(row for row in rows if possible(row.taken, now))
        if not rows and not answer.truncated and (mute := unreadable(query, text)):
            return mute, False
        if not sound and (text.strip() or answer.truncated):
            raise malformed()  # one line without end among them, of which nothing is left
        lines = sum(1 for line in text.split("\n") if line.strip())
        return sound, bool(answer.truncated) or lines >= abs(query.limit)

    async def _breathe(self, why: Unanswered) -> None:
        try:
            await self._traffic.until(self._clock.monotonic() + _BREATH, "a second try")
        except OutOfTime:
            raise why from None


def _apart(captures: Sequence[Capture], around: Sequence[Capture]) -> tuple[Capture, ...]:
    """The good captures, those outside the time of `around` without their digests: there may be
    others in between, so equal ones prove nothing of the day that is asked about."""
    first, last = min(c.taken for c in around), max(c.taken for c in around)
    return tuple(
        c if first <= c.taken <= last else replace(c, digest="-", status=200)
        for c in good(captures)
    )

"""Asking about a job until it is done: soon at first, then more rarely, and not for ever.

A capture takes from seconds to two minutes; a job that is not done by then is left to the next run.
"""

from __future__ import annotations

from citecheck.archives.pace import OutOfTime, Traffic
from citecheck.archives.save_page_now import SavePageNow
from citecheck.archives.spn_replies import Kind, Reply
from citecheck.records.ports import Clock
from citecheck.settings import ArchiveSettings

_OFTEN = 5  # polls, after which they come further apart
_RARER = 2.4
_MISSES = 2  # polls in a row that do not know a job just given, until it is believed
_ENDS = (Kind.SAVED, Kind.ERROR, Kind.LOGGED_OUT)


class Polling:
    """The polls of one run; all times are of the settings, in seconds."""

    def __init__(
        self, service: SavePageNow, settings: ArchiveSettings, clock: Clock, traffic: Traffic
    ) -> None:
        self._service = service
        self._settings = settings
        self._clock = clock
        self._traffic = traffic

    async def new(self, url: str, job: str, line: float) -> Reply:
        """A job just given that stands in line for so long. PENDING is what the archive says of
        it, DOWN that it said nothing."""
        first = line + self._settings.poll_first
        return await self._poll(url, job, first, line + self._settings.poll_limit)

    async def once(self, url: str, job: str) -> Reply:
        """One question about a job of an earlier run."""
        return await self._poll(url, job, 0.0, 0.0)

    async def on(self, url: str, job: str) -> Reply:
        """A job of an earlier run, as long as one may take."""
        return await self._poll(url, job, 0.0, self._settings.poll_limit)

    async def _poll(self, url: str, job: str, first: float, limit: float) -> Reply:
        began, wait, misses, count = self._clock.monotonic(), first, 0, 0
        last = Reply(Kind.DOWN, job=job)
        while True:
            try:
                await self._traffic.until(self._clock.monotonic() + wait, "")
            except OutOfTime:
                return last
            asked = self._clock.monotonic()
            reply = await self._service.status(job, url)
            count += 1
            if reply.kind is Kind.BUSY:
                self._traffic.throttled(reply.pause or self._settings.pause_after_429, asked)
            elif reply.kind is not Kind.DOWN:
                self._traffic.answered(asked)
            misses = misses + 1 if reply.kind is Kind.NO_SUCH_JOB else 0
            if reply.kind in _ENDS:
                return reply
            last = reply if reply.kind is Kind.PENDING else last
            if misses and (misses >= _MISSES or first == 0):
                return reply
            wait = self._settings.poll_every * (1 if count < _OFTEN else _RARER)
            if self._clock.monotonic() + wait - began > limit:
                return last

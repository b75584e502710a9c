"""Asking the Wayback Machine to keep pages, so that a kill at any moment loses and doubles nothing.

What is about to be asked goes to the JobStore before it leaves, and the job's id before it is
polled; what a run leaves open is `resuming.py`'s. Nothing is submitted more than twice a run,
whatever the archive answers, and never again at once where an answer was lost. A quota stops the
page, its host or the batch; keys that do not hold stop the batch.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

from citecheck.archives.candidate import Wanted
from citecheck.archives.outcomes import concluded, intent
from citecheck.archives.pace import OutOfTime, Pace, Traffic
from citecheck.archives.polling import Polling
from citecheck.archives.quota import Quota
from citecheck.archives.save_page_now import SavePageNow
from citecheck.archives.spn_replies import Kind, Reply
from citecheck.records.archive import SaveOutcome, SaveState
from citecheck.records.ports import Clock, JobStore
from citecheck.settings import ArchiveSettings

SKEW = timedelta(minutes=2)  # between the archive's clock and ours
_AT_LEAST = timedelta(seconds=1)
_TRIES = 2
_TAKES = 150.0  # seconds: the two minutes of a capture, and a reserve


class Saver:
    """The submissions of one run."""

    def __init__(
        self,
        service: SavePageNow,
        settings: ArchiveSettings,
        *,
        jobs: JobStore,
        clock: Clock,
        traffic: Traffic,
        pace: Pace,
        quota: Quota,
    ) -> None:
        self._service = service
        self._settings = settings
        self._jobs = jobs
        self._clock = clock
        self._traffic = traffic
        self._pace = pace
        self._quota = quota
        self._polling = Polling(service, settings, clock, traffic)
        self._told: dict[str, SaveOutcome] = {}

    async def save(self, wanted: Wanted) -> SaveOutcome:
        """Ask for one page and wait for the outcome, as long as the settings say. A page known not
        to be HTML needs no browser of the archive's."""
        await self._quota.open()
        outcome: SaveOutcome | None = None
        for _ in range(_TRIES):
            # A wait takes no session from others.
            with suppress(OutOfTime):
                await self._traffic.until(self._quota.due(wanted.url), "")
            async with self._quota.session():
                outcome, wait = await self._try(wanted, outcome)
            if wait is None:
                break
            self._tell(wanted.url, outcome)
            try:
                await self._traffic.until(self._clock.monotonic() + wait, "")
            except OutOfTime:
                break
        assert outcome is not None
        self._tell(wanted.url, outcome)
        return outcome

    async def _try(
        self, wanted: Wanted, before: SaveOutcome | None
    ) -> tuple[SaveOutcome, float | None]:
        """Submit once. The second value: seconds to wait before another try, None: no more."""
        url, since = wanted.url, wanted.since
        halted = self._quota.halted(url)
        if halted is None:
            try:
                await self._traffic.until(self._quota.due(url), "")
                asked = await self._pace.turn()
            except OutOfTime:
                reason = "throttled" if self._traffic.stopped else "budget"
                halted = SaveOutcome(SaveState.SKIPPED, reason)
            else:
                halted = self._quota.halted(url)
        if halted is not None:
            return before or halted, None
        self._quota.spend()
        base = intent(self._clock.now())
        self._tell(url, base)
        reply = await self._service.submit(url, self._within(wanted), self._how(wanted.media_type))
        self._heed_pause(reply, asked)
        if reply.kind is Kind.ACCEPTED:
            await self._quota.heed(url, reply)
            base = replace(base, state=SaveState.PENDING, reason="", job=reply.job)
            self._tell(url, base)
            over = self._clock.monotonic() + reply.wait + _TAKES
            told = await self._polling.new(url, reply.job, reply.wait)
            if told.kind is Kind.DOWN:
                told = replace(told, kind=Kind.PENDING)  # nothing was heard of it yet
            if told.kind is Kind.PENDING:
                self._quota.left_running(over)
            # A copy made since the first request is what that one came to.
            own = since and told.snapshot and told.snapshot.taken >= since - SKEW
            reply = replace(told, existing=reply.existing and not own)
            if reply.kind is Kind.LOGGED_OUT:
                reply = replace(reply, job=base.job)
        await self._quota.heed(url, reply)
        return concluded(reply, base)

    def _tell(self, url: str, outcome: SaveOutcome) -> None:
        if self._told.get(url) != outcome:
            self._told[url] = outcome
            self._jobs.save_changed(url, outcome)

    def _heed_pause(self, reply: Reply, asked: float) -> None:
        if reply.kind is Kind.BUSY or reply.pause:
            self._traffic.throttled(reply.pause or self._settings.pause_after_429, asked)
        elif reply.kind not in (Kind.LOST, Kind.DOWN):
            self._traffic.answered(asked)

    def _within(self, wanted: Wanted) -> int:
        """Seconds of age up to which a copy makes a new one unnecessary."""
        fresh, now = self._settings.fresh, self._clock.now()
        if wanted.unfit is not None:
            fresh = max(_AT_LEAST, min(fresh, now - wanted.unfit - SKEW))
        if wanted.since is not None:
            fresh = max(fresh, now - wanted.since + SKEW)
        return int(fresh.total_seconds())

    def _how(self, media_type: str) -> Mapping[str, str]:
        how = {}
        if media_type and not media_type.endswith(("html", "html+xml", "xhtml+xml")):
            how["force_get"] = "1"
        if self._settings.delay_availability:
            how["delay_wb_availability"] = "1"
        return how

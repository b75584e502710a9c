"""What became of saves that an earlier run left open, and when a page is asked for again.

The archive remembers a job for about an hour; after that its index tells (captures since the moment
of submission). Where a run ended between a request and its answer, it is not known whether there is
a job at all. Then, in this order: the job that the address would have; the index; and, once the two
minutes that a capture may take are over, the account: where none of its captures is under way but
those that are known of, the request came to nothing. It is then made again, with
`if_not_archived_within` reaching back before it, so that the service answers with the copy if there
is one after all. Ten minutes are enough also where the account is busy otherwise. So nothing is
stuck, and nothing is doubled.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import TypeAlias

from citecheck.archives.outcomes import concluded, is_intent
from citecheck.archives.pace import OutOfTime, Traffic
from citecheck.archives.polling import Polling
from citecheck.archives.save_page_now import SavePageNow
from citecheck.archives.saving import SKEW
from citecheck.archives.spn_replies import Kind, Reply, usual_job
from citecheck.archives.wayback_cdx import WaybackIndex
from citecheck.archives.wayback_replies import Unanswered
from citecheck.records.archive import SaveOutcome, SaveState
from citecheck.records.ports import Clock, JobStore
from citecheck.settings import ArchiveSettings

_REMEMBERED = timedelta(hours=1)  # how long the archive knows a job
_LOOKED_FOR = timedelta(days=7)  # how long the index is asked about a save without an outcome
_SURELY_OVER = timedelta(minutes=10)  # after which no capture is under way any more
_CLOCKS = timedelta(days=-1)  # further in the future is a clock that was wrong

Poll: TypeAlias = Callable[[str, str], Awaitable[Reply]]


class Resuming:
    """The open saves of one run. `saving`: whether a page may be asked for again at all."""

    def __init__(
        self,
        service: SavePageNow,
        index: WaybackIndex,
        settings: ArchiveSettings,
        *,
        jobs: JobStore,
        clock: Clock,
        traffic: Traffic,
        saving: bool,
    ) -> None:
        self._service = service
        self._index = index
        self._settings = settings
        self._jobs = jobs
        self._clock = clock
        self._traffic = traffic
        self._saving = saving
        self._polling = Polling(service, settings, clock, traffic)

    async def ask(self, url: str, before: SaveOutcome) -> SaveOutcome:
        """Its job, else the index; as it was where neither says anything."""
        return (await self._asked(url, before, self._polling.once))[0]

    async def wait(self, url: str, before: SaveOutcome, known: Callable[[], int]) -> SaveOutcome:
        """The same at the end of the run, when there is time to wait for it. An intent that is
        known to have come to nothing is `failed` for `not-arrived`, and may be made again; `known`
        tells how many captures are under way that are known of."""
        if not self._saving:
            return before
        if before.submitted is None or not is_intent(before):
            return (await self._asked(url, before, self._polling.on))[0]
        age = self._age(before)
        rest = self._settings.save_settles - age.total_seconds()
        try:
            await self._traffic.until(
                self._clock.monotonic() + max(0.0, rest), "a save that an earlier run left"
            )
        except OutOfTime:
            return before
        outcome, said = await self._asked(url, before, self._polling.on)
        if not is_intent(outcome):
            return outcome
        over = self._age(before) >= _SURELY_OVER
        if not over and not (said and await self._idle(known)):
            return outcome
        return self._told(url, replace(before, state=SaveState.FAILED, reason="not-arrived"))

    async def _asked(self, url: str, before: SaveOutcome, poll: Poll) -> tuple[SaveOutcome, bool]:
        """What is known now, and whether the index was heard."""
        if before.submitted is None:
            lost = replace(before, state=SaveState.UNKNOWN, reason="job-expired")
            return self._told(url, lost), True
        age = self._age(before)
        young = age < _REMEMBERED
        reply = await self._job(url, before, poll) if young else Reply(Kind.NO_SUCH_JOB)
        if reply.kind in (Kind.SAVED, Kind.ERROR):
            return self._told(url, concluded(reply, replace(before, job=reply.job))[0]), True
        if reply.kind is Kind.DOWN:
            return before, False
        if reply.kind is Kind.PENDING:
            base = replace(before, state=SaveState.PENDING, reason="", job=reply.job)
            return (before if base == before else self._told(url, base)), True
        if age > _LOOKED_FOR:
            return self._expired(url, before), False
        try:
            found = await self._index.first_since(url, before.submitted - SKEW)
        except Unanswered:
            return before, False
        if found is not None:
            saved = replace(before, state=SaveState.SAVED, reason="", snapshot=found)
            return self._told(url, saved), True
        unasked = reply.kind is Kind.LOGGED_OUT and young
        return (before if unasked else self._expired(url, before)), True

    async def _job(self, url: str, before: SaveOutcome, poll: Poll) -> Reply:
        """What the archive says of the job, or of the one that the address would have."""
        if before.job and before.state is SaveState.UNKNOWN:
            return Reply(Kind.NO_SUCH_JOB)  # it did not know it then
        if not before.job and not self._saving:
            return Reply(Kind.NO_SUCH_JOB)  # nobody is told of jobs without keys
        job = before.job or usual_job(url)
        reply = await poll(url, job)
        if not before.job and reply.kind is Kind.SAVED and reply.snapshot is not None:
            assert before.submitted is not None
            if reply.snapshot.taken < before.submitted - SKEW:
                return Reply(Kind.NO_SUCH_JOB)  # of an earlier time
        return replace(reply, job=job)

    async def _idle(self, known: Callable[[], int]) -> bool:
        try:
            await self._traffic.until(self._clock.monotonic(), "")
        except OutOfTime:
            return False
        asked = self._clock.monotonic()
        told = await self._service.allowance()
        if told.kind is Kind.BUSY:
            self._traffic.throttled(told.pause or self._settings.pause_after_429, asked)
        return told.processing is not None and told.processing <= known()

    def _age(self, outcome: SaveOutcome) -> timedelta:
        assert outcome.submitted is not None
        age = self._clock.now() - outcome.submitted
        return age if age > _CLOCKS else _LOOKED_FOR + _REMEMBERED

    def _expired(self, url: str, before: SaveOutcome) -> SaveOutcome:
        if before.state is SaveState.UNKNOWN:
            return before
        return self._told(url, replace(before, state=SaveState.UNKNOWN, reason="job-expired"))

    def _told(self, url: str, outcome: SaveOutcome) -> SaveOutcome:
        self._jobs.save_changed(url, outcome)
        return outcome

"""Links at Perma.cc for pages that need one: what is made, what becomes of it, and nothing twice.

A link is paid for. So it is made only where saving is on and the Wayback Machine could not keep the
page (or everywhere, with `always`), at most `perma_limit` a run, and never a second time for a page
that has one. It is noted before it is asked for, and its name (GUID) before it is polled: a later
run asks the service for a link whose name got lost.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from citecheck.archives.candidate import Candidate
from citecheck.archives.due import recent_copy
from citecheck.archives.eligible import unsavable
from citecheck.archives.outcomes import SUBMITTING
from citecheck.archives.pace import OutOfTime, Traffic
from citecheck.archives.perma import Made, Perma
from citecheck.archives.perma_key import HOW_TO_GET
from citecheck.archives.spn_codes import Course, course
from citecheck.archives.wayback_replies import Unanswered, excludes
from citecheck.records.archive import (
    PERMA,
    LookupResult,
    LookupState,
    SaveOutcome,
    SaveState,
)
from citecheck.records.memory import LinkRecord
from citecheck.records.ports import Clock
from citecheck.settings import ArchiveSettings

WHY: Mapping[str, str] = {
    "no-keys": f"saving needs a key: {HOW_TO_GET}",
    "bad-keys": f"Perma.cc does not know the key; no link was made: {HOW_TO_GET}",
    "usage-limit": "the account's links are used up; perma-folder names a folder that pays",
    "folder": "links cannot be made in this folder: correct [archive] perma-folder",
    "limit": "the limit of a run was reached ([archive] perma-limit); the next run goes on",
    "throttled": "Perma.cc asked for a pause; the next run goes on from here",
    "unavailable": "Perma.cc could not be reached; the next run goes on from here",
    "budget": "the time for the archive was used up; the next run goes on from here",
}
"""Reasons that left links for another time, each with its sentence for a person."""

_SKEW = timedelta(minutes=10)  # between its clock and ours
_OPEN = (SaveState.PENDING, SaveState.UNKNOWN)
_REFUSED = (SaveState.REFUSED, SaveState.FAILED)
# What the Wayback Machine refuses to whoever asks, and not for the page's sake.
_ACCOUNT = frozenset({"bad-keys", "no-keys", "host-paused", "daily-quota"})
_QUOTAS = (Course.QUOTA_ALL, Course.QUOTA_HOST, Course.QUOTA_URL)
_ROUND = 10.0  # seconds between two rounds of polling
_NOT_NOW = {LookupState.THROTTLED: "throttled", LookupState.NOT_ASKED: "budget"}
Tell = Callable[[str, SaveOutcome], None]


class Permalinks:
    """One run. `outcomes` has what is known so far, by link; `service` None: there is no key."""

    def __init__(
        self,
        service: Perma | None,
        settings: ArchiveSettings,
        records: Mapping[str, LinkRecord],
        *,
        clock: Clock,
        traffic: Traffic,
        tell: Tell,
    ) -> None:
        self._service = service
        self._settings = settings
        self._records = records
        self._clock = clock
        self._traffic = traffic
        self._tell = tell
        self._stopped = ""
        self._left = settings.perma_limit
        self.outcomes: dict[str, SaveOutcome] = {}

    async def resume(self, urls: Sequence[str]) -> None:
        """What became of the links of earlier runs."""
        for url in urls:
            before = self._before(url)
            if before is not None and before.state in _OPEN:
                self.outcomes[url] = before
                if self._service is not None:
                    await self._look(self._service, url, before)

    async def keep(
        self,
        candidates: Sequence[Candidate],
        lookups: Mapping[str, LookupResult],
        saves: Mapping[str, SaveOutcome],
    ) -> None:
        """Make links for the pages that need one, and wait for them as long as the settings say."""
        for candidate in candidates:
            url = candidate.link.url
            if self._needs(candidate, lookups.get(url), saves.get(url)):
                await self._make(url)
        waited = 0.0
        while waited < self._settings.poll_limit and self._service is not None:
            pending = [u for u, o in self.outcomes.items() if o.state is SaveState.PENDING]
            try:
                if pending:
                    await self._traffic.until(self._clock.monotonic() + _ROUND, "")
            except OutOfTime:
                return
            waited += _ROUND
            for url in pending:
                await self._look(self._service, url, self.outcomes[url])
            if not pending:
                return

    def _before(self, url: str) -> SaveOutcome | None:
        record = self._records.get(url)
        known = record.saves if record else ()
        return self.outcomes.get(url) or next((s for s in known if s.archive == PERMA), None)

    def _needs(
        self, candidate: Candidate, lookup: LookupResult | None, save: SaveOutcome | None
    ) -> bool:
        before, now = self._before(candidate.link.url), self._clock.now()
        if before is not None and before.state is not SaveState.NONE:
            lasting = before.state not in _REFUSED or bool(before.job)
            age = now - before.submitted if before.submitted else timedelta.max
            if before.state is not SaveState.SKIPPED and (lasting or age < self._settings.fresh):
                return False
        if unsavable(candidate):
            return False
        if self._settings.perma == "always":
            return True
        record = self._records.get(candidate.link.url)
        copies = (*(lookup.snapshots if lookup else ()), *(record.snapshots if record else ()))
        unfit = lookup.lookup.passed_over if lookup else ()
        if recent_copy(copies, self._settings.fresh, now, unfit):
            return False
        save = save or (record.save if record else None)  # settled in an earlier run
        excluded = lookup is not None and excludes(lookup.lookup)
        return excluded or (save is not None and _given_up(save))

    async def _make(self, url: str) -> None:
        why = "no-keys" if self._service is None else self._stopped
        if not why and self._left <= 0:
            why = "limit"
        if why or self._service is None:
            self._told(url, SaveOutcome(SaveState.SKIPPED, why, archive=PERMA))
            return
        self._left -= 1
        base = SaveOutcome(
            SaveState.UNKNOWN, SUBMITTING, submitted=self._clock.now(), archive=PERMA
        )
        self._told(url, base)
        try:
            answer = await self._service.make(url)
        except Unanswered as failed:
            if failed.state in _NOT_NOW:  # it was not heard: nothing was made
                self._stopped = _NOT_NOW[failed.state]
                self._told(url, _nothing(self._stopped))
            else:
                self._told(url, replace(base, reason="no-answer"))
            return
        if isinstance(answer, Made):
            self._told(url, self._concluded(answer, base))
            return
        if answer.ours:
            self._stopped = answer.reason
            self._told(url, _nothing(answer.reason))
        else:
            self._told(url, replace(base, state=SaveState.FAILED, reason=answer.reason))

    async def _look(self, service: Perma, url: str, before: SaveOutcome) -> None:
        since = before.submitted or self._clock.now()
        try:
            if before.job:
                made = await service.look(before.job)
            else:
                made = await service.find(url, since - _SKEW)
        except Unanswered:
            return
        if made is not None:
            outcome = self._concluded(made, before)
        elif before.job:
            outcome = replace(before, state=SaveState.FAILED, reason="job-lost")
        else:
            outcome = _nothing("not-made")
        if outcome != before:
            self._told(url, outcome)

    def _concluded(self, made: Made, base: SaveOutcome) -> SaveOutcome:
        assert self._service is not None
        reason = "capture-failed" if made.state is SaveState.FAILED else ""
        if made.private and made.state is SaveState.SAVED:
            reason = "private"
        copy = self._service.copy(made)
        return replace(base, state=made.state, reason=reason, job=made.guid, snapshot=copy)

    def _told(self, url: str, outcome: SaveOutcome) -> None:
        self.outcomes[url] = outcome
        self._tell(url, outcome)


def _nothing(why: str) -> SaveOutcome:
    """No link was made, and none is on its way."""
    return SaveOutcome(SaveState.NONE, why, archive=PERMA)


def _given_up(save: SaveOutcome) -> bool:
    """Whether the Wayback Machine could not keep the page, for the page's sake."""
    ours = save.reason in _ACCOUNT or course(save.reason) in _QUOTAS
    return save.state in _REFUSED and not ours

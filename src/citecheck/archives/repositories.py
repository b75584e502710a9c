"""Repositories that are cited, at Software Heritage: what it holds of each, and asking it for more.

Several links of one repository are one question and one request. First all are looked up (dead ones
first), then requests of earlier runs are asked about, then new ones are made: of public code only,
with saving on, and where the newest visit is older than `fresh`. A visit takes minutes to days, so
a new request is `pending` until a later run. It is noted before it is sent: whoever is killed in
between asks first what became of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from citecheck.archives.candidate import Candidate
from citecheck.archives.eligible import unsavable
from citecheck.archives.outcomes import SUBMITTING
from citecheck.archives.software_heritage import Request, SoftwareHeritage
from citecheck.archives.wayback_replies import Unanswered
from citecheck.records.archive import SOFTWARE_HERITAGE, LookupState, SaveOutcome, SaveState
from citecheck.records.memory import LinkRecord
from citecheck.records.ports import Clock
from citecheck.settings import ArchiveSettings
from citecheck.urls.forges import Origin, origin_of

STAGE = "repositories"
HAS_COPY = "has-copy"
_OPEN = (SaveState.PENDING, SaveState.UNKNOWN)
_REFUSED = (SaveState.REFUSED, SaveState.FAILED)
_GIVEN_UP = timedelta(days=30)  # after which a request without an end is made anew
_LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)
_SKEW = timedelta(minutes=10)  # between its clock and ours
_NOT_NOW = {
    LookupState.THROTTLED: "throttled",
    LookupState.NOT_ASKED: "budget",
}
Tell = Callable[[str, SaveOutcome], None]


@dataclass(slots=True)
class _Repository:
    """`before` is what earlier runs knew, `now` what is known at last; `asked` that it was said in
    this run."""

    origin: Origin
    links: dict[str, bool] = field(default_factory=dict)  # whether each shows code
    savable: bool = False
    before: SaveOutcome | None = None
    now: SaveOutcome | None = None
    asked: bool = False


class Repositories:
    """One run. `tell` is told each outcome of a link the moment that it is known."""

    def __init__(
        self,
        heritage: SoftwareHeritage,
        settings: ArchiveSettings,
        records: Callable[[str], LinkRecord | None],
        *,
        clock: Clock,
        tell: Tell,
        done: Callable[[int, int], None] = lambda done, total: None,
    ) -> None:
        self._heritage = heritage
        self._settings = settings
        self._records = records
        self._clock = clock
        self._tell = tell
        self._done = done

    async def keep(
        self, candidates: Sequence[Candidate], *, saving: bool
    ) -> dict[str, SaveOutcome]:
        """What became of each link that is of a repository. Never raises for what it answers."""
        found = self._grouped(candidates)
        for number, one in enumerate(found, 1):
            wanted = saving and one.savable
            if self._is_open(one) or self._stands(one, wanted):
                one.now = one.before
            else:
                await self._look_up(one)
            self._done(number, len(found))
        for one in found:
            if self._is_open(one) and one.before is not None:
                await self._resume(one, one.before)
        for one in found:
            if saving and one.savable and self._may_be_asked(one):
                await self._request(one)
        return {url: now for one in found for url, now in _by_link(one, one.now)}

    def _grouped(self, candidates: Sequence[Candidate]) -> list[_Repository]:
        groups: dict[str, _Repository] = {}
        for candidate in candidates:
            url = candidate.link.url
            origin = origin_of(url)
            if origin is None:
                continue
            one = groups.setdefault(origin.url.lower(), _Repository(origin))
            one.links[url] = origin.code
            one.savable = one.savable or not unsavable(candidate)
            record = self._records(url)
            known = (s for s in (record.saves if record else ()) if s.archive == SOFTWARE_HERITAGE)
            one.before = max(
                (s for s in (one.before, *known) if s is not None and s.submitted is not None),
                key=lambda s: (s.submitted or _LONG_AGO, s.state in _OPEN, s.snapshot is not None),
                default=None,
            )
        return list(groups.values())

    def _is_open(self, one: _Repository) -> bool:
        return one.before is not None and one.before.state in _OPEN

    def _stands(self, one: _Repository, wanted: bool) -> bool:
        """Whether the answer of an earlier run need not be asked for again."""
        before, own = one.before, self._settings
        if before is None or before.submitted is None:
            return False
        age = self._clock.now() - before.submitted
        if before.state in _REFUSED and age < own.fresh:
            return True
        if wanted and not self._is_fresh(before):
            return False
        found = before.snapshot is not None or before.reason == HAS_COPY
        return age < (own.keep_found if found else own.keep_none)

    def _is_fresh(self, outcome: SaveOutcome) -> bool:
        made = outcome.submitted if outcome.state is SaveState.SAVED else None
        moment = outcome.snapshot.taken if outcome.snapshot else made
        return moment is not None and self._clock.now() - moment < self._settings.fresh

    def _may_be_asked(self, one: _Repository) -> bool:
        """Whether a visit is asked for: where it was said in this run that none is recent."""
        return (
            one.asked
            and one.now is not None
            and one.now.state is SaveState.NONE
            and not self._is_fresh(one.now)
        )

    async def _look_up(self, one: _Repository) -> None:
        try:
            copy = await self._heritage.latest(one.origin)
        except Unanswered as why:
            reason = _NOT_NOW.get(why.state, "unavailable")
            one.now = one.before or self._outcome(SaveState.SKIPPED, reason)
            return
        one.asked = True
        reason = HAS_COPY if copy else "no-copy"
        outcome = self._outcome(SaveState.NONE, reason)
        self._told(one, replace(outcome, submitted=self._clock.now(), snapshot=copy))

    async def _resume(self, one: _Repository, before: SaveOutcome) -> None:
        """What became of a request of an earlier run."""
        since = before.submitted or self._clock.now()
        try:
            request = await self._heritage.progress(one.origin, since - _SKEW, before.job)
            undated = _is_done(request) and request is not None and request.visited is None
            copy = await self._heritage.latest(one.origin) if undated else None
        except Unanswered:
            return
        if request is not None:
            outcome = self._concluded(one.origin, request, before)
            if undated and outcome.state is SaveState.SAVED:
                made = replace(copy, role="saved") if copy else before.snapshot
                outcome = replace(outcome, snapshot=made)
        elif before.state is SaveState.UNKNOWN and not before.job:
            outcome = replace(before, state=SaveState.NONE, reason="no-copy")  # it never arrived
            one.asked = True
        else:
            outcome = replace(before, state=SaveState.UNKNOWN, reason="job-lost")
        if outcome.state in _OPEN and self._clock.now() - since > _GIVEN_UP:
            outcome = replace(outcome, state=SaveState.FAILED, reason="job-expired")
        if outcome != before:
            self._told(one, outcome)

    async def _request(self, one: _Repository) -> None:
        held = one.now.snapshot if one.now else None
        base = replace(
            self._outcome(SaveState.UNKNOWN, SUBMITTING),
            submitted=self._clock.now(),
            snapshot=held,
        )
        self._told(one, base)
        try:
            status, request = await self._heritage.request(one.origin)
        except Unanswered as why:
            if why.state in _NOT_NOW:  # it was not heard: as if it had not been asked
                reason = _NOT_NOW[why.state]
                self._told(one, replace(base, state=SaveState.NONE, reason=reason))
            else:
                self._told(one, replace(base, reason="no-answer"))
            return
        if request is not None:
            self._told(one, self._concluded(one.origin, request, base))
            return
        refused = SaveState.REFUSED if status in (401, 403) else SaveState.FAILED
        self._told(one, replace(base, state=refused, reason=f"http-{status}"))

    def _concluded(self, origin: Origin, request: Request, base: SaveOutcome) -> SaveOutcome:
        base = replace(base, job=request.id or base.job, reason="")
        if request.said == "rejected":
            return replace(base, state=SaveState.REFUSED, reason="rejected")
        if request.task == "failed":
            return replace(base, state=SaveState.FAILED, reason="task-failed")
        if _is_done(request):
            if request.ended in ("not_found", "failed"):
                reason = f"visit-{request.ended.replace('_', '-')}"
                return replace(base, state=SaveState.FAILED, reason=reason)
            copy = self._heritage.copy(origin.url, request.visited, "saved")
            return replace(base, state=SaveState.SAVED, reason="", snapshot=copy)
        reason = "in-review" if request.said == "pending" else ""
        return replace(base, state=SaveState.PENDING, reason=reason)

    def _outcome(self, state: SaveState, reason: str) -> SaveOutcome:
        return SaveOutcome(state, reason, archive=SOFTWARE_HERITAGE)

    def _told(self, one: _Repository, outcome: SaveOutcome) -> None:
        one.now = outcome
        for url, told in _by_link(one, outcome):
            self._tell(url, told)


def _by_link(one: _Repository, outcome: SaveOutcome | None) -> Iterator[tuple[str, SaveOutcome]]:
    """The outcome as it is each link's: a copy of the code is none of an issue."""
    if outcome is not None:
        for url, code in one.links.items():
            yield url, outcome if code else replace(outcome, snapshot=None)


def _is_done(request: Request | None) -> bool:
    return request is not None and request.task == "succeeded"

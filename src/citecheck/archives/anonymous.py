"""Saving without keys: a page is captured while the request waits, and sometimes that works.

`GET /save/<address>` answers, after a minute or two, with a redirect to the copy or with its
address in a header; often with 429, 503, 523 or not at all, though the copy was made. It has no job
to ask about, so an answer that does not come is `unknown`, and the next run looks in the index.
What is asked and how the answer is read is waybackpy's part (`waybackpy_save.py`), the request is
the program's own client's. At most three a minute, and fewer where the settings say so.
"""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urljoin

from citecheck.archives.candidate import Wanted
from citecheck.archives.fetcher import Fetcher
from citecheck.archives.outcomes import intent
from citecheck.archives.pace import OutOfTime, Pace, Traffic
from citecheck.archives.saving import SKEW
from citecheck.archives.spn_codes import LOGGED_OUT
from citecheck.archives.spn_replies import NEVER_SENT
from citecheck.archives.wayback_replies import retry_after
from citecheck.archives.wayback_rows import harmless, possible
from citecheck.records.archive import SaveOutcome, SaveState, Snapshot
from citecheck.records.ask import Ask
from citecheck.records.exchange import Exchange
from citecheck.records.observation import Fault, FaultKind
from citecheck.records.ports import Clock, JobStore
from citecheck.settings import ArchiveSettings
from citecheck.urls.address import without_fragment

PER_MINUTE = 3
A_DAY = 200
_TIMEOUT = 125.0  # seconds; the service gives up after two minutes
_LEAST = 20.0  # seconds of the budget without which it is not worth beginning
_SLOW = 20.0  # seconds after which a 503 may be that of a capture that went on
_MOST = 1_000_000  # bytes; nothing of the page is read
_REDIRECTS = 3
_SILENT = 3  # pages in a row without an answer, until the service is left alone
_ERRORS = (
    ("RobotAccessControlException", SaveState.REFUSED, "robots"),
    ("AdministrativeAccessControlException", SaveState.REFUSED, "excluded"),
    ("LiveDocumentNotAvailableException", SaveState.FAILED, "not-live"),
    ("LiveWebCacheUnavailableException", SaveState.FAILED, "cannot-reach"),
)
_CUT = (FaultKind.CONNECTION_REFUSED, FaultKind.CONNECTION_RESET, FaultKind.RATE_LIMITED)


class AnonymousSaver:
    """The submissions of one run. `stopped` is why nothing more is: quota, no-anonymous,
    unavailable."""

    def __init__(
        self,
        client: Fetcher,
        settings: ArchiveSettings,
        *,
        jobs: JobStore,
        clock: Clock,
        traffic: Traffic,
        made_today: int = 0,
    ) -> None:
        self._client = client
        self._settings = settings
        self._base = settings.wayback.rstrip("/")
        self._jobs = jobs
        self._clock = clock
        self._traffic = traffic
        per_minute = min(PER_MINUTE, settings.saves_per_minute)
        limit = "the archive's limit without keys"
        self._pace = Pace(traffic, clock, per_minute, why=limit, kept=True, line="saved")
        self._left = min(A_DAY, settings.saves_per_day or A_DAY) - made_today
        self._silent = 0
        self.stopped = ""

    async def save(self, wanted: Wanted) -> SaveOutcome:
        """Ask for one page, once, and wait for the answer. Neither its kind nor what is known of
        earlier copies can be told to this interface."""
        outcome = await self._save(wanted.url)
        self._jobs.save_changed(wanted.url, outcome)
        return outcome

    async def _save(self, url: str) -> SaveOutcome:
        try:
            asked = await self._pace.turn()
        except OutOfTime:
            return SaveOutcome(
                SaveState.SKIPPED, "throttled" if self._traffic.stopped else "budget"
            )
        if self._traffic.left() < _LEAST:
            return SaveOutcome(SaveState.SKIPPED, "budget")
        if not self.stopped and self._left <= 0:
            self.stopped = "quota"
        if self.stopped:
            return SaveOutcome(SaveState.SKIPPED, self.stopped)
        self._left -= 1
        base = intent(self._clock.now())
        self._jobs.save_changed(url, base)
        outcome = self._outcome(url, await self._asked(url), base, asked)
        lost = outcome.state is SaveState.UNKNOWN and outcome.reason == "no-answer"
        self._silent = self._silent + 1 if lost else 0
        if self._silent >= _SILENT:
            self.stopped = self.stopped or "unavailable"
        return outcome

    async def _asked(self, url: str) -> Exchange | Fault:
        """The last answer: redirects are followed as long as they do not lead to a copy."""
        from citecheck.archives.waybackpy_save import request_of

        place = self._base + request_of(without_fragment(url))
        for _ in range(_REDIRECTS):
            timeout = min(_TIMEOUT, max(1.0, self._traffic.left()))
            ask = Ask(place, fresh=True, timeout=timeout, max_bytes=_MOST, trusted=True)
            answer = await self._client.fetch(ask)
            if isinstance(answer, Fault) or answer.status not in (301, 302, 303, 307, 308):
                return answer
            leads = _leads(place, answer.header("Location"))
            if not leads.startswith(f"{self._base}/save/") or leads == place:
                return answer
            place = leads
        return answer

    def _outcome(
        self, url: str, answer: Exchange | Fault, base: SaveOutcome, asked: float
    ) -> SaveOutcome:
        unknown = replace(base, reason="no-answer")
        if isinstance(answer, Fault):
            if answer.kind in _CUT:
                self._traffic.throttled(self._settings.pause_after_429, asked)
            if answer.kind not in NEVER_SENT:
                return unknown
            cut = answer.kind in _CUT
            return SaveOutcome(SaveState.SKIPPED, "throttled" if cut else "unavailable")
        if answer.status == 429:
            wait = retry_after(answer.header("Retry-After"), self._clock.now())
            self._traffic.throttled(wait or self._settings.pause_after_429, asked)
            return SaveOutcome(SaveState.SKIPPED, "throttled")
        self._traffic.answered(asked)
        error = answer.header("X-Archive-Wayback-Runtime-Error")
        for mark, state, reason in _ERRORS:
            if mark in error:
                return replace(base, state=state, reason=reason)
        if answer.status < 400:
            return self._copied(url, answer, base)
        start = answer.content[:2000].decode("utf-8", "replace").lower()
        if answer.status == 401 or LOGGED_OUT in start:
            self.stopped = "no-anonymous"
            return SaveOutcome(SaveState.SKIPPED, self.stopped)
        if answer.status == 509:
            self.stopped = "sessions-full"
            return SaveOutcome(SaveState.SKIPPED, self.stopped)
        if answer.status == 503 and answer.elapsed < _SLOW:
            return SaveOutcome(SaveState.SKIPPED, "unavailable")
        if answer.status >= 500:
            return unknown  # 502, 523 and their like have been seen though the copy was made
        return replace(base, state=SaveState.FAILED, reason=f"http-{answer.status}")

    def _copied(self, url: str, answer: Exchange, base: SaveOutcome) -> SaveOutcome:
        from citecheck.archives.waybackpy_save import said

        found = said(url, answer.header, answer.status)
        assert base.submitted is not None
        if found is None or not possible(found[0], self._clock.now()):
            return replace(base, reason="no-copy")
        if base.submitted - found[0] > max(self._settings.fresh, SKEW):
            return replace(base, reason="no-copy")  # or an old one that stands for a failure
        taken, original, cached = found
        stamp = taken.strftime("%Y%m%d%H%M%S")
        where = f"{self._base}/web/{stamp}/{harmless(original)}"
        old = cached or taken < base.submitted - SKEW
        return replace(
            base,
            state=SaveState.SAVED,
            reason="existing-copy" if old else "",
            snapshot=Snapshot("wayback", where, taken, "saved"),
        )


def _leads(place: str, target: str) -> str:
    """Where a redirect leads; empty where it is no address."""
    try:
        return urljoin(place, target)
    except ValueError:
        return ""

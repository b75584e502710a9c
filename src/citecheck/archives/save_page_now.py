"""The protocol of Save Page Now 2: what is sent, and what its replies mean. Nothing waits here.

Rests on "Save Page Now 2 Public API Docs" (October 2025): POST /save with a form and
`Authorization: LOW access:secret`; GET /save/status/<job>, /save/status/user. Only `1` and `on` are
true. Errors come with status 200 as often as not, jobs are forgotten after about an hour, and a job
id has no form that could be relied on. "Submitted" is not "archived": only `success` is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum, auto
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from citecheck.archives.fetcher import Fetcher
from citecheck.archives.keys import Keys
from citecheck.archives.spn_codes import LOGGED_OUT, MESSAGES, SAME_SNAPSHOT, Course, course
from citecheck.archives.wayback_replies import Unanswered, answered
from citecheck.records.archive import LookupState, Snapshot
from citecheck.records.ask import Ask
from citecheck.records.exchange import Exchange
from citecheck.records.observation import Fault
from citecheck.records.ports import Clock
from citecheck.urls.address import has_secret, without_fragment

_TIMEOUT = 60.0  # seconds
_MOST = 4_000_000  # bytes; a status lists up to 500 resources and outlinks
_JOB = re.compile(r"[A-Za-z0-9._-]{1,120}")
_CODE = re.compile(r"error:[a-z0-9-]{1,60}")
_ADDRESS = re.compile(r"(?i)https?://[^\x00-\x20\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069]+")


class Kind(Enum):
    """How a reply is to be read.

    ACCEPTED has a job; PENDING, SAVED tell of one; ERROR has a code and a course. NO_SUCH_JOB: the
    archive has forgotten it. LOGGED_OUT: the keys do not hold. LOST: nobody knows whether the
    request arrived. BUSY: it did not, ask again after a pause. DOWN: it did not, ask again.
    """

    ACCEPTED = auto()
    PENDING = auto()
    SAVED = auto()
    ERROR = auto()
    NO_SUCH_JOB = auto()
    LOGGED_OUT = auto()
    LOST = auto()
    BUSY = auto()
    DOWN = auto()


@dataclass(frozen=True, slots=True)
class Reply:
    """`existing` marks an accepted job that is a copy made before; `pause` is in seconds."""

    kind: Kind
    code: str = ""
    course: Course = Course.TRANSIENT
    job: str = ""
    existing: bool = False
    snapshot: Snapshot | None = None
    pause: float = 0.0


@dataclass(frozen=True, slots=True)
class Allowance:
    """What `/save/status/user` says: sessions that are free, captures left today (None: unsaid)."""

    kind: Kind
    sessions: int | None = None
    left_today: int | None = None
    pause: float = 0.0


class SavePageNow:
    """The service behind `base`, asked with `keys` (None: as anybody; only a status may answer)."""

    def __init__(self, client: Fetcher, base: str, keys: Keys | None, clock: Clock) -> None:
        self._client = client
        self._base = base.rstrip("/")
        self._keys = keys
        self._clock = clock

    async def allowance(self) -> Allowance:
        """Whether the keys hold and what they allow; costs no quota. SAVED stands for "yes", and
        for a service that does not know the question: a save will tell."""
        stamp = int(self._clock.now().timestamp())
        answer = await self._send("GET", f"/save/status/user?_t={stamp}")
        if isinstance(answer, Exchange) and answer.status == 403:
            return Allowance(Kind.LOGGED_OUT)
        if isinstance(answer, Exchange) and answer.status in (404, 405):
            return Allowance(Kind.SAVED)
        told = self._told(answer, sent=False)
        if isinstance(told, Reply):
            return Allowance(told.kind, pause=told.pause)
        if not isinstance(told.get("available"), int):
            return Allowance(Kind.SAVED)
        left = None
        limit, used = told.get("daily_captures_limit"), told.get("daily_captures")
        if isinstance(limit, int) and isinstance(used, int):
            left = max(0, limit - used)
        return Allowance(Kind.SAVED, max(0, int(told["available"])), left)

    async def submit(self, url: str, fresh_seconds: int) -> Reply:
        """Ask for a capture, unless there is one younger than `fresh_seconds`."""
        form = {
            "url": without_fragment(url),
            "skip_first_archive": "1",
            "if_not_archived_within": str(fresh_seconds),
        }
        answer = await self._send("POST", "/save", urlencode(form).encode("ascii"))
        told = self._told(answer, sent=True)
        if isinstance(told, Reply):
            return told
        job, words = told.get("job_id"), str(told.get("message") or "").lower()
        if told.get("status") == "error" or not isinstance(job, str) or not self._fit(job):
            return self._error(told)
        return Reply(Kind.ACCEPTED, job=job, existing=SAME_SNAPSHOT in words)

    async def status(self, job: str, url: str) -> Reply:
        """What has become of a job that was submitted for `url`."""
        answer = await self._send("GET", f"/save/status/{quote(job, safe='')}")
        if isinstance(answer, Exchange) and answer.status == 404:
            return Reply(Kind.NO_SUCH_JOB)
        told = self._told(answer, sent=False)
        if isinstance(told, Reply):
            return told
        state = told.get("status")
        if state == "pending":
            return Reply(Kind.PENDING, job=job)
        if state == "success":
            return self._saved(told, url, job)
        if state == "error" and told.get("status_ext"):
            return self._error(told)
        return Reply(Kind.NO_SUCH_JOB)

    async def _send(self, method: str, path: str, body: bytes = b"") -> Exchange | Fault:
        headers = [("Accept", "application/json")]
        if self._keys is not None:
            headers.append(self._keys.authorization())
        if body:
            headers.append(("Content-Type", "application/x-www-form-urlencoded"))
        return await self._client.fetch(
            Ask(
                self._base + path,
                method,
                tuple(headers),
                body,
                timeout=_TIMEOUT,
                max_bytes=_MOST,
                trusted=True,
            )
        )

    def _told(self, answer: Exchange | Fault, *, sent: bool) -> Mapping[str, Any] | Reply:
        """The JSON object of an answer, or what its failure means. `sent`: a capture was asked for,
        and an answer that got lost may have been a yes."""
        if isinstance(answer, Exchange) and answer.status == 401:
            return Reply(Kind.LOGGED_OUT)
        try:
            content = answered(answer, self._clock.now()).content
        except Unanswered as why:
            return self._failed(answer, why, sent=sent)
        try:
            told = json.loads(content.decode("utf-8", "replace"))
        except (ValueError, RecursionError):
            return Reply(Kind.LOST if sent else Kind.DOWN)
        if not isinstance(told, dict):
            return Reply(Kind.LOST if sent else Kind.DOWN)
        if LOGGED_OUT in str(told.get("message") or "").lower():
            return Reply(Kind.LOGGED_OUT)
        return told

    def _failed(self, answer: Exchange | Fault, why: Unanswered, *, sent: bool) -> Reply:
        if why.state is LookupState.EXCLUDED and sent:
            return Reply(Kind.ERROR, "excluded", Course.POLICY)
        if why.state is LookupState.THROTTLED:
            return Reply(Kind.BUSY, pause=why.pause)
        if sent and isinstance(answer, Exchange) and 400 <= answer.status < 500:
            lasting = answer.status == 400
            what = Course.PERMANENT if lasting else Course.TRANSIENT
            return Reply(Kind.ERROR, f"http-{answer.status}", what)
        refused = isinstance(answer, Exchange) and answer.status == 503
        return Reply(Kind.DOWN if refused or not sent else Kind.LOST)

    def _error(self, told: Mapping[str, Any]) -> Reply:
        code = str(told.get("status_ext") or "")
        if _CODE.fullmatch(code) and self._fit(code.partition(":")[2]):
            return Reply(Kind.ERROR, code, course(code))
        words = str(told.get("message") or "").lower()
        for mark, name, what in MESSAGES:
            if mark in words:
                return Reply(Kind.ERROR, name, what)
        return Reply(Kind.ERROR, "unknown-reply")

    def _saved(self, told: Mapping[str, Any], url: str, job: str) -> Reply:
        stamp, original = str(told.get("timestamp") or ""), told.get("original_url")
        status = told.get("http_status")
        try:
            if not re.fullmatch(r"[0-9]{14}", stamp):
                raise ValueError(stamp)
            taken = datetime.strptime(stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        except ValueError:
            return Reply(Kind.NO_SUCH_JOB)
        if isinstance(status, int) and not 200 <= status < 300:
            return Reply(Kind.ERROR, f"captured-{status}", Course.PERMANENT)
        known = url if not self._is_address(original) else str(original)
        where = f"{self._base}/web/{stamp}/{without_fragment(known)}"
        snapshot = Snapshot("wayback", where, taken, "saved", 200 if status == 200 else None)
        return Reply(Kind.SAVED, job=job, snapshot=snapshot)

    def _is_address(self, value: object) -> bool:
        if not isinstance(value, str) or len(value) > 4096 or not _ADDRESS.fullmatch(value):
            return False
        try:
            value.encode("utf-8")
            host = urlsplit(value).hostname
        except ValueError:
            return False
        # A session that began on the way to the page is nobody else's business.
        return bool(host) and not has_secret(value) and not self._shows_keys(value)

    def _fit(self, value: str) -> bool:
        return bool(_JOB.fullmatch(value)) and not self._shows_keys(value)

    def _shows_keys(self, value: str) -> bool:
        return self._keys is not None and self._keys.appear_in(value)

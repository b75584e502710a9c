"""The protocol of Save Page Now 2: what is sent, and what its replies mean. Nothing waits here.

Rests on "Save Page Now 2 Public API Docs" (October 2025): POST /save with a form and
`Authorization: LOW access:secret`; GET /save/status/<job>, /save/status/user. Only `1` and `on` are
true. Errors come with status 200 as often as not, jobs are forgotten after about an hour, and a job
id has no form that could be relied on, though the same address seems to get the same one. Whoever
submits has a connection of his own: nothing is sent twice behind his back. "Submitted" is not
"archived": only `success` is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlencode

from citecheck.archives.fetcher import Fetcher
from citecheck.archives.keys import Keys
from citecheck.archives.spn_codes import (
    LOGGED_OUT,
    MESSAGES,
    OVERLOADED,
    SAME_SNAPSHOT,
    Course,
    course,
)
from citecheck.archives.spn_replies import (
    NEVER_SENT,
    Allowance,
    Kind,
    Reply,
    is_address,
    number,
)
from citecheck.archives.wayback_replies import Unanswered, answered
from citecheck.archives.wayback_rows import harmless, possible
from citecheck.records.archive import LookupState, Snapshot
from citecheck.records.ask import Ask
from citecheck.records.exchange import Exchange
from citecheck.records.observation import Fault
from citecheck.records.ports import Clock
from citecheck.urls.address import host_of, registrable_domain, without_fragment

_TIMEOUT = 60.0  # seconds
_PAUSE = 60.0  # seconds of silence after a connection that was cut
_MOST = 4_000_000  # bytes; a status lists up to 500 resources and outlinks
_JOB = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,119}")
_CODE = re.compile(r"(?:error:)?[a-z0-9-]{1,60}")
_LONGEST_WAIT = 600.0  # seconds that an accepted job is waited for before the first poll


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
        return Allowance(
            Kind.SAVED,
            number(told.get("available")),
            number(told.get("processing")),
            number(told.get("daily_captures_limit")),
            number(told.get("daily_captures")),
        )

    async def system(self) -> Reply:
        """How the service is: SAVED stands for well, ERROR for overloaded, DOWN, or BUSY. What
        cannot be understood is taken for well: a save will tell."""
        answer = await self._send("GET", "/save/status/system")
        if isinstance(answer, Exchange) and answer.status in (500, 502, 503, 504):
            return Reply(Kind.DOWN)
        told = self._told(answer, sent=False)
        if isinstance(told, Reply):
            return told if told.kind is Kind.BUSY else Reply(Kind.SAVED)
        return Reply(Kind.SAVED if told.get("status") in ("ok", None) else Kind.ERROR)

    async def submit(self, url: str, fresh_seconds: int, how: Mapping[str, str]) -> Reply:
        """Ask for a capture, unless there is one younger than `fresh_seconds`; `how` are more
        options of the interface."""
        form = {
            "url": without_fragment(url),
            "skip_first_archive": "1",
            "if_not_archived_within": str(fresh_seconds),
            **how,
        }
        answer = await self._send("POST", "/save", urlencode(form).encode("ascii"))
        told = self._told(answer, sent=True)
        if isinstance(told, Reply):
            return told
        job, words = told.get("job_id"), str(told.get("message") or "")[:2000]
        line = OVERLOADED.search(words)
        if told.get("status") == "error" or not (isinstance(job, str) or line):
            return self._error(told)
        if not isinstance(job, str) or not self._fit(job):
            return Reply(Kind.LOST)  # accepted, by all that can be read of it
        wait = float(line[1]) * (60 if line[2].lower().startswith("m") else 1) if line else 0.0
        existing = SAME_SNAPSHOT in words.lower()
        return Reply(Kind.ACCEPTED, job=job, existing=existing, wait=min(wait, _LONGEST_WAIT))

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
                fresh=bool(body),
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
        if isinstance(answer, Exchange) and answer.status == 509 and sent:
            return Reply(Kind.ERROR, "error:user-session-limit", Course.SLOW_SESSION)
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
        arrived = isinstance(answer, Fault) and answer.kind not in NEVER_SENT
        if sent and isinstance(answer, Fault):
            pause = why.pause or _PAUSE if why.state is LookupState.THROTTLED else 0.0
            if arrived:  # a connection that was reset may have been reset after the request
                return Reply(Kind.LOST, pause=pause)
            return Reply(Kind.BUSY if pause else Kind.DOWN, pause=why.pause)
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
        if _CODE.fullmatch(code) and self._fit(code.removeprefix("error:")):
            code = "error:" + code.removeprefix("error:")
            return Reply(Kind.ERROR, code, course(code))
        words = str(told.get("message") or "")[:2000].lower()
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
            if not possible(taken, self._clock.now()):
                raise ValueError(stamp)
        except ValueError:
            return Reply(Kind.NO_SUCH_JOB)
        if isinstance(status, int) and not 200 <= status < 300:
            return Reply(Kind.ERROR, f"captured-{status}", Course.PERMANENT)
        known = str(original) if self._is_address(original) and _near(str(original), url) else url
        where = f"{self._base}/web/{stamp}/{harmless(known)}"
        snapshot = Snapshot("wayback", where, taken, "saved", 200 if status == 200 else None)
        return Reply(Kind.SAVED, job=job, snapshot=snapshot)

    def _is_address(self, value: object) -> bool:
        return is_address(value) and not self._shows_keys(str(value))

    def _fit(self, value: str) -> bool:
        return bool(_JOB.fullmatch(value)) and not self._shows_keys(value)

    def _shows_keys(self, value: str) -> bool:
        return self._keys is not None and self._keys.appear_in(value)


def _near(original: str, url: str) -> bool:
    """Whether a capture is named by where the page led to: another site's name would be no copy of
    what is cited, and from the cited address the archive leads on by itself."""
    one, two = host_of(original), host_of(url)
    return one == two or registrable_domain(one) == registrable_domain(two)

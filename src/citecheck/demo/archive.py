"""A small archive in the process: the Wayback Machine's interfaces as one plain function.

`SmallArchive.handle` answers the CDX index, Save Page Now 2 (keys, job ids, status, allowance),
replay with Memento-Datetime (RFC 7089) and the availability interface. It keeps time by the clock
it is given and moves jobs on by counting polls, so that nothing depends on how fast a run is.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any, TypeAlias
from urllib.parse import parse_qs, parse_qsl, unquote

from citecheck.demo.archive_index import Capture, answer, key_of, moment, stamp
from citecheck.urls.address import InvalidAddress

__all__ = ["Capture", "Reply", "SmallArchive"]

Reply: TypeAlias = tuple[int, tuple[tuple[str, str], ...], bytes]
"""Status, headers, body."""

_A_DAY = 5  # captures of one address


@dataclass(slots=True)
class _Job:
    url: str
    polls_left: int
    capture: Capture | None = None
    error: str = ""


class SmallArchive:
    """Captures and jobs. `keys` are the access key and secret that may save; `now` tells the time;
    `visit` fetches a page to save (status, media type, body); a saved page is pending for `pending`
    polls; `public` is the root under which the archive's own addresses are given."""

    def __init__(
        self,
        captures: Iterable[Capture] = (),
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        keys: tuple[str, str] = ("demo-access", "demo-secret"),
        visit: Callable[[str], tuple[int, str, bytes]] | None = None,
        pending: int = 1,
        public: str = "https://web.archive.org",
    ) -> None:
        self.captures = list(captures)
        self.jobs: dict[str, _Job] = {}
        self.submitted: list[str] = []
        self._now = now
        self._keys = keys
        self._visit = visit or (lambda url: (200, "text/html", f"<p>{url}</p>".encode()))
        self._pending = pending
        self.public = public

    def handle(self, method: str, target: str, headers: Mapping[str, str], body: bytes) -> Reply:
        """The answer to one request; `target` is the path with its query, as it was sent."""
        path, _, query = target.partition("?")
        known = {name.lower(): value for name, value in headers.items()}
        if path == "/cdx/search/cdx":
            status, media_type, content = answer(self.captures, query)
            return status, (("Content-Type", media_type),), content
        if path == "/wayback/available":
            return _json(200, self._available(dict(parse_qsl(query))))
        if path in ("/save", "/save/") and method == "POST":
            return self.save(known, parse_qs(body.decode("utf-8", "replace")))
        if path.startswith("/save/status/"):
            return self.status(path.removeprefix("/save/status/"), known)
        if path.startswith("/web/") and method in ("GET", "HEAD"):
            return self.replay(target.removeprefix("/web/"))
        return 404, (("Content-Type", "text/html"),), b"<h1>Not Found</h1>"

    def save(self, headers: Mapping[str, str], form: Mapping[str, list[str]]) -> Reply:
        """POST /save."""
        if not self._authorized(headers):
            return _json(401, {"message": "You need to be logged in to use Save Page Now."})
        url = (form.get("url") or [""])[0]
        try:
            key = key_of(url)
        except InvalidAddress:
            return _json(200, _error("error:invalid-url-syntax", f"Cannot capture {url}"))
        job_id = "spn2-" + hashlib.sha1(url.encode("utf-8"), usedforsecurity=False).hexdigest()
        within = timedelta(seconds=_seconds((form.get("if_not_archived_within") or ["3600"])[0]))
        newest = max(
            (c for c in self.captures if key_of(c.url) == key and c.status == 200),
            key=lambda c: c.timestamp,
            default=None,
        )
        if newest is not None and self._now() - newest.taken < within:
            self.jobs[job_id] = _Job(url, 0, newest)
            ago = int((self._now() - newest.taken).total_seconds() // 60)
            words = f"The same snapshot had been made {ago} minutes ago."
            return _json(200, {"url": url, "job_id": job_id, "message": words})
        if self.submitted.count(url) >= _A_DAY:
            words = f"This URL has been already captured {_A_DAY} times today."
            return _json(200, _error("error:too-many-daily-captures", words))
        self.submitted.append(url)
        self.jobs[job_id] = self.start(url)
        return _json(200, {"url": url, "job_id": job_id})

    def start(self, url: str) -> _Job:
        """A job for a page: visited at once, told of after some polls."""
        status, media_type, content = self._visit(url)
        if status == 200:
            taken = Capture(url, stamp(self._now()), status, media_type, content)
            return _Job(url, self._pending, taken)
        codes = {403: "no-access", 404: "not-found", 503: "service-unavailable"}
        return _Job(url, self._pending, error=f"error:{codes.get(status, 'cannot-fetch')}")

    def status(self, name: str, headers: Mapping[str, str]) -> Reply:
        """GET /save/status/<job>, /save/status/user and /save/status/system."""
        if name == "system":
            return _json(200, {"status": "ok"})
        if not self._authorized(headers):
            return _json(401, {"message": "You need to be logged in to use Save Page Now."})
        if name == "user":
            busy = sum(1 for job in self.jobs.values() if job.polls_left > 0)
            told: dict[str, Any] = {"available": max(0, 3 - busy), "processing": busy}
            told |= {"daily_captures": len(self.submitted), "daily_captures_limit": 30000}
            return _json(200, told)
        job = self.jobs.get(unquote(name))
        if job is None:
            return _json(404, {"message": "no such job"})
        if job.polls_left > 0:
            job.polls_left -= 1
            return _json(200, {"status": "pending", "job_id": name, "resources": []})
        if job.capture is None:
            told = _error(job.error, f"Couldn't capture {job.url}")
            return _json(200, told | {"job_id": name, "resources": []})
        if job.capture not in self.captures:
            self.captures.append(job.capture)
        told = {"status": "success", "job_id": name, "original_url": job.capture.url}
        told |= {"timestamp": job.capture.timestamp, "duration_sec": 6.2, "resources": []}
        return _json(200, told | {"http_status": 200, "outlinks": {}})

    def replay(self, rest: str) -> Reply:
        """GET /web/<timestamp>[flags]/<url>: the capture, or a redirect to the nearest one."""
        asked = re.match(r"(\d{1,14})([a-z]{2}_)?/(.+)", rest, re.DOTALL)
        wanted, flags, url = asked.groups("") if asked else (stamp(self._now()), "", rest)
        try:
            key, near = key_of(url), moment(wanted)
            same = [c for c in self.captures if key_of(c.url) == key]
        except (InvalidAddress, ValueError):
            same = []
        if not same:
            return 404, (("Content-Type", "text/html"),), b"<p>This page has not been archived.</p>"
        nearest = min(same, key=lambda c: (abs((c.taken - near).total_seconds()), c.url != url))
        here = f"{self.public}/web/{nearest.timestamp}{flags}/{nearest.url}"
        if nearest.timestamp != wanted:
            why = ("X-Archive-Redirect-Reason", f"found capture at {nearest.timestamp}")
            return 302, (("Location", here), why), b""
        gate = f"{self.public}/web/{nearest.url}"
        headers = [
            ("Memento-Datetime", format_datetime(nearest.taken, usegmt=True)),
            ("Link", f'<{nearest.url}>; rel="original", <{gate}>; rel="timegate"'),
            ("X-Archive-Src", "spn2-demo.warc.gz"),
            ("X-Archive-Orig-Content-Type", nearest.media_type),
            ("Content-Type", nearest.media_type),
        ]
        if nearest.location:
            headers.append(
                ("Location", f"{self.public}/web/{nearest.timestamp}{flags}/{nearest.location}")
            )
        return nearest.status, tuple(headers), nearest.body

    def _available(self, params: Mapping[str, str]) -> dict[str, Any]:
        url, wanted = params.get("url", ""), params.get("timestamp", "")
        told: dict[str, Any] = {"url": url, "archived_snapshots": {}}
        if wanted:
            told["timestamp"] = wanted
        try:
            key, near = key_of(url), moment(wanted) if wanted else self._now()
        except (InvalidAddress, ValueError):
            return told
        same = [c for c in self.captures if key_of(c.url) == key and c.status == 200]
        if same:
            best = min(same, key=lambda c: abs((c.taken - near).total_seconds()))
            where = f"{self.public}/web/{best.timestamp}/{best.url}".replace("https:", "http:", 1)
            closest = {"status": "200", "available": True, "url": where}
            told["archived_snapshots"] = {"closest": closest | {"timestamp": best.timestamp}}
        return told

    def _authorized(self, headers: Mapping[str, str]) -> bool:
        return headers.get("authorization") == "LOW " + ":".join(self._keys)


def _json(status: int, told: Mapping[str, Any]) -> Reply:
    content = json.dumps(told, ensure_ascii=False).encode("utf-8")
    return status, (("Content-Type", "application/json"),), content


def _error(code: str, words: str) -> dict[str, Any]:
    return {"status": "error", "status_ext": code, "message": words}


def _seconds(text: str) -> int:
    """Seconds of `if_not_archived_within`: a number, or `3d 5h 20m`."""
    if text.isdigit():
        return int(text)
    units = {"d": 86400, "h": 3600, "m": 60, "s": 1}
    return sum(int(n) * units[unit] for n, unit in re.findall(r"(\d+)\s*([dhms])", text))

"""The Internet Archive in front of a real pywb: its index, Save Page Now 2, availability, replay.

pywb keeps, records and replays; here its answers are given the Archive's own form and habits: an
index of seven columns (pywb has JSON lines), captures on request with keys, jobs and quotas, 302
for inexact times (pywb: 307), and every way to fail that the Archive has. All on loopback.

`trouble` lays a failure over the next requests of a path; `rows` adds lines to the index of an
address, `excluded` are hosts that the Archive does not show, `relabelled` gives a timestamp another
status in the index than its copy has, `twice_coded` an address a body that is labelled as gzip
twice. `seen` lists every request.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

from citecheck.demo.archive import Reply
from standins.answering import answering
from standins.archive import BLOCKED, KEYS, Request, Trouble
from standins.pywb_server import Pywb

FIELDS = ("urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length")
LOGIN: Reply = (
    401,
    (("Content-Type", "application/json"),),
    b'{"message": "You need to be logged in to use Save Page Now."}',
)
_A_DAY = 5  # captures of one address
_ROW = re.compile(r"\S+ \d{14}( \S+){5}")


@dataclass(slots=True)
class Job:
    url: str
    polls: int
    timestamp: str = ""
    original: str = ""
    error: str = ""


@dataclass
class FakeIA:
    """`force` gives an address the error code of its job, `refuse` the words of the answer to its
    submission; `polls` is how often a job is pending; `used` and `quota` are the account's."""

    pywb: Pywb
    now: Callable[[], datetime]
    trouble: list[Trouble] = field(default_factory=list)
    rows: dict[str, list[str]] = field(default_factory=dict)
    excluded: set[str] = field(default_factory=set)
    relabelled: dict[str, str] = field(default_factory=dict)
    twice_coded: dict[str, bytes] = field(default_factory=dict)
    force: dict[str, str] = field(default_factory=dict)
    refuse: dict[str, dict[str, Any]] = field(default_factory=dict)
    jobs: dict[str, Job] = field(default_factory=dict)
    captured: dict[str, list[str]] = field(default_factory=dict)
    seen: list[Request] = field(default_factory=list)
    polls: int = 1
    used: int = 0
    quota: int = 30_000
    available: int = 3
    public: str = ""

    def fail(
        self, path: str, reply: Reply | type[Exception], times: int = 1, *, of: str = ""
    ) -> None:
        """The next `times` requests whose path begins so (of one address) get `reply`."""
        self.trouble.append(Trouble(path, reply, times, of))

    def asked(self, path: str, of: str = "") -> list[Request]:
        return [r for r in self.seen if r.path.startswith(path) and of in (r.params["url"], "")]

    def handle(self, method: str, target: str, headers: Mapping[str, str], body: bytes) -> Reply:
        path, _, query = target.partition("?")
        known = {name.lower(): value for name, value in headers.items()}
        pairs = parse_qsl(query, keep_blank_values=True)
        form = {k: v[0] for k, v in parse_qs(body.decode("utf-8")).items()}
        params = {"url": _address_in(target), **dict(pairs), **form}
        self.seen.append(Request(self.now(), method, path, params, known))
        for one in self.trouble:
            if path.startswith(one.path) and one.of in ("", params["url"]) and one.times > 0:
                one.times -= 1
                if isinstance(one.reply, tuple):
                    return one.reply
                raise one.reply
        if path == "/cdx/search/cdx":
            return self._index(pairs)
        if path == "/wayback/available":
            return _json(200, self._availability(params))
        if path == "/save" and method == "POST":
            return self._submit(known, params)
        if path.startswith("/save/status/"):
            return self._status(path.removeprefix("/save/status/"), known)
        if path.startswith("/save/"):
            return self._anonymous(target.removeprefix("/save/"))
        if path.startswith("/web/"):
            return self._replay(target, known)
        return 404, (("Content-Type", "text/html"),), b"<h1>Not Found</h1>"

    def lines(self, url: str) -> list[dict[str, str]]:
        """The index of an address as the Archive writes it, without the lines that are added."""
        return [
            {
                "urlkey": row["urlkey"],
                "timestamp": row["timestamp"],
                "original": row["url"],
                "mimetype": row.get("mime", "unk"),
                "statuscode": self.relabelled.get(row["timestamp"], row.get("status", "-")),
                "digest": row.get("digest", "-").removeprefix("sha1:"),
                "length": row.get("length", "-"),
            }
            for row in self.pywb.rows(url)
        ]

    def _index(self, pairs: list[tuple[str, str]]) -> Reply:
        params = dict(pairs)
        url = params.get("url", "")
        if urlsplit(url).hostname in self.excluded:
            return BLOCKED
        added = self.rows.get(url, ())
        rows = [r for r in self.lines(url) if _within(r, params)]
        fit = [line.split(" ") for line in added if _ROW.fullmatch(line)]
        rows += [dict(zip(FIELDS, columns, strict=True)) for columns in fit]
        rows.sort(key=lambda row: row["timestamp"])
        for name, value in pairs:
            if name == "filter":
                rows = [row for row in rows if _passes(row, value)]
        if params.get("sort") == "closest" and "closest" in params:
            near = _moment(params["closest"])
            rows.sort(key=lambda row: abs((_moment(row["timestamp"]) - near).total_seconds()))
        limit = int(params.get("limit", "150000"))
        rows = rows[:limit] if limit >= 0 else rows[limit:]
        fields = tuple(f for f in params.get("fl", "").split(",") if f in FIELDS) or FIELDS
        lines = [[row[name] for name in fields] for row in rows]
        if params.get("output") == "json":
            return _json(200, [list(fields), *lines] if lines else [])
        text = "".join(" ".join(line) + "\n" for line in lines)
        text += "".join(f"{line}\n" for line in added if not _ROW.fullmatch(line))
        return 200, (("Content-Type", "text/plain"),), text.encode("utf-8")

    def _availability(self, params: Mapping[str, str]) -> dict[str, Any]:
        url = params.get("url", "")
        good = [row for row in self.lines(url) if row["statuscode"] == "200"]
        if not good:
            return {"url": url, "archived_snapshots": {}}
        near = _moment(params["timestamp"]) if params.get("timestamp") else self.now()
        best = min(good, key=lambda r: abs((_moment(r["timestamp"]) - near).total_seconds()))
        where = f"http://web.archive.org/web/{best['timestamp']}/{best['original']}"
        closest = {"status": "200", "available": True, "url": where}
        closest["timestamp"] = best["timestamp"]
        return {"url": url, "archived_snapshots": {"closest": closest}}

    def _submit(self, headers: Mapping[str, str], form: Mapping[str, str]) -> Reply:
        if headers.get("authorization") != f"LOW {KEYS[0]}:{KEYS[1]}":
            return LOGIN
        url = form["url"]
        if url in self.refuse:
            return _json(200, self.refuse[url])
        job = "spn2-" + hashlib.sha1(url.encode(), usedforsecurity=False).hexdigest()
        done = self.captured.setdefault(url, [])
        if len(done) >= _A_DAY:
            words = f"This URL has been already captured {_A_DAY} times today."
            return _json(200, _error("error:too-many-daily-captures", words))
        if done and job in self.jobs:
            words = "The same snapshot had been made 2 minutes ago."
            return _json(200, {"url": url, "job_id": job, "message": words})
        self.used += 1
        self.jobs[job] = self._capture(url)
        return _json(200, {"url": url, "job_id": job})

    def _capture(self, url: str) -> Job:
        """Fetched and kept by pywb at once, told of after some polls."""
        job = Job(url, self.polls, error=self.force.get(url, ""))
        if job.error:
            return job
        kept = self.pywb.record(url)
        if kept.status == 200 and kept.header("Memento-Datetime"):
            taken = parsedate_to_datetime(kept.header("Memento-Datetime"))
            job.timestamp, job.original = f"{taken:%Y%m%d%H%M%S}", url
            self.captured.setdefault(url, []).append(job.timestamp)
            return job
        codes = {404: "not-found", 403: "no-access", 503: "service-unavailable"}
        job.error = f"error:{codes.get(kept.status, 'cannot-fetch')}"
        return job

    def _status(self, name: str, headers: Mapping[str, str]) -> Reply:
        if name == "system":
            return _json(200, {"status": "ok"})
        if headers.get("authorization") != f"LOW {KEYS[0]}:{KEYS[1]}":
            return LOGIN
        if name == "user":
            told: dict[str, Any] = {"available": self.available, "processing": 0}
            told |= {"daily_captures": self.used}
            return _json(200, told | {"daily_captures_limit": self.quota})
        job = self.jobs.get(name)
        if job is None:
            return _json(404, {"message": "no such job"})
        if job.polls > 0:
            job.polls -= 1
            return _json(200, {"status": "pending", "job_id": name, "resources": []})
        if job.error:
            return _json(200, _error(job.error, f"Couldn't capture {job.url}") | {"job_id": name})
        told = {"status": "success", "job_id": name, "original_url": job.original}
        told |= {"timestamp": job.timestamp, "duration_sec": 6.2, "http_status": 200}
        return _json(200, told | {"resources": [], "outlinks": {}, "counters": {}})

    def _anonymous(self, url: str) -> Reply:
        job = self._capture(url)
        if job.error:
            why = ("X-Archive-Wayback-Runtime-Error", f"LiveDocumentNotAvailableException: {url}")
            return 502, (why, ("Content-Type", "text/html")), b"<h1>Job failed</h1>"
        return 302, (("Location", f"{self.public}/web/{job.timestamp}/{job.original}"),), b""

    def _replay(self, target: str, headers: Mapping[str, str]) -> Reply:
        url = _address_in(target)
        if urlsplit(url).hostname in self.excluded:
            words = b"<p>This URL has been excluded from the Wayback Machine.</p>"
            return 403, (("Content-Type", "text/html"),), words
        wanted = {k: v for k, v in headers.items() if k in ("accept-encoding", "accept-datetime")}
        told = self.pywb.get(target, wanted)
        mine, theirs = self.public, f"http://127.0.0.1:{self.pywb.port}"
        shown = [
            (name, value.replace(theirs, mine))
            for name, value in told.headers
            if name.lower() not in ("content-length", "transfer-encoding", "connection", "date")
        ]
        body = told.body
        if "timemap" in target.partition("?")[0][:14]:
            body = body.replace(theirs.encode(), mine.encode())
        if url in self.twice_coded and told.status == 200:
            body = self.twice_coded[url]
            shown += [("Content-Encoding", ""), ("Content-Encoding", "gzip")]
        if told.status == 307:
            stamp = re.search(r"/web/(\d{14})", told.header("Location"))
            why = f"found capture at {stamp[1] if stamp else '-'}"
            return 302, (*shown, ("X-Archive-Redirect-Reason", why)), body
        return told.status, tuple(shown), body

    @contextmanager
    def serve(self) -> Iterator[str]:
        """It on loopback; yields its root address."""
        with answering(self.handle) as root:
            self.public = root
            yield root


def _address_in(target: str) -> str:
    """The address that a path of replay or of saving ends with."""
    found = re.search(r"(?i)/(https?://.*)", target, re.DOTALL)
    return found[1] if found else ""


def _moment(stamp: str) -> datetime:
    whole = stamp[:14] + "00000101000000"[len(stamp[:14]) :]
    return datetime.strptime(whole, "%Y%m%d%H%M%S").replace(tzinfo=UTC)


def _within(row: Mapping[str, str], params: Mapping[str, str]) -> bool:
    first, last = params.get("from", "").ljust(14, "0"), params.get("to", "").ljust(14, "9")
    return first <= row["timestamp"] <= last


def _passes(row: Mapping[str, str], rule: str) -> bool:
    name, _, pattern = rule.partition(":")
    held = re.fullmatch(pattern, row[name.lstrip("!")]) is not None
    return held != name.startswith("!")


def _json(status: int, told: object) -> Reply:
    return status, (("Content-Type", "application/json"),), json.dumps(told).encode("utf-8")


def _error(code: str, words: str) -> dict[str, Any]:
    return {"status": "error", "status_ext": code, "message": words}

"""A Save Page Now that works by the clock and counts what it accepts, for clients that are killed.

A capture takes some time whether or not anybody asks; its copy is in the index a while later. The
service keeps its promises: an address with a copy or a capture younger than
`if_not_archived_within` gets that one's job, and only what it begins anew is `accepted`.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import unquote

from citecheck.demo.archive import Capture, Reply, SmallArchive
from standins.archive import KEYS, Refusal


@dataclass
class _Capture:
    url: str
    done: datetime
    shown: datetime
    timestamp: str


class SaveService(SmallArchive):
    """`accepted` counts captures begun, by page (as sent); `most` is how many were ever under way
    at once. `before` and `after` are called with the kind of each request (cdx, save, status), the
    one before it has any effect, the other before its answer leaves: they may kill the client."""

    def __init__(self, seed: int, *, takes: float = 0.15, lag: float = 0.3) -> None:
        super().__init__(now=lambda: datetime.now(UTC), keys=KEYS)
        self._rng = random.Random(seed)
        self._takes, self._lag = takes, lag
        self._captures: dict[str, _Capture] = {}
        self.accepted: Counter[str] = Counter()
        self.repeated = 0
        self.most = 0
        self.before: Callable[[str], None] = lambda kind: None
        self.after: Callable[[str], None] = lambda kind: None

    def handle(self, method: str, target: str, headers: Mapping[str, str], body: bytes) -> Reply:
        path = target.partition("?")[0]
        kind = "cdx" if "/cdx/" in path else "save" if path == "/save" else "status"
        self.before(kind)
        now = self._now()
        known = {(c.url, c.timestamp) for c in self.captures}
        self.captures += [
            Capture(c.url, c.timestamp)
            for c in self._captures.values()
            if c.shown <= now and (c.url, c.timestamp) not in known
        ]
        reply = super().handle(method, target, headers, body)
        self.after(kind)
        return reply

    def save(self, headers: Mapping[str, str], form: Mapping[str, list[str]]) -> Reply:
        if not self._authorized(headers):
            return _json({"message": "You need to be logged in to use Save Page Now."}, 401)
        if "url" not in form or "if_not_archived_within" not in form:
            return _json({"message": "what came before a client died"}, 400)
        url, now = form["url"][0], self._now()
        job = f"spn2-{hash((url, 'x')) & (2**64 - 1):040x}"
        within = timedelta(seconds=int(form["if_not_archived_within"][0]))
        held = self._captures.get(job)
        if held is not None and now - held.done < within:
            self.repeated += 1
            words = "The same snapshot had been made 1 minute ago."
            return _json({"url": url, "job_id": job, "message": words})
        done = now + timedelta(seconds=self._takes * (0.5 + self._rng.random()))
        shown = done + timedelta(seconds=self._lag * self._rng.random())
        self._captures[job] = _Capture(url, done, shown, done.strftime("%Y%m%d%H%M%S"))
        self.accepted[url] += 1
        self.most = max(self.most, self._under_way())
        return _json({"url": url, "job_id": job})

    def status(self, name: str, headers: Mapping[str, str]) -> Reply:
        if name == "system":
            return _json({"status": "ok"})
        if not self._authorized(headers):
            return _json({"message": "You need to be logged in to use Save Page Now."}, 401)
        if name == "user":
            busy = self._under_way()
            account: dict[str, Any] = {"available": max(0, 12 - busy), "processing": busy}
            account |= {
                "daily_captures": sum(self.accepted.values()),
                "daily_captures_limit": 30000,
            }
            return _json(account)
        held = self._captures.get(unquote(name))
        if held is None:
            return _json({"message": "no such job"}, 404)
        if held.done > self._now():
            return _json({"status": "pending", "job_id": name, "resources": []})
        told: dict[str, Any] = {"status": "success", "job_id": name, "original_url": held.url}
        return _json(told | {"timestamp": held.timestamp, "http_status": 200})

    def _under_way(self) -> int:
        return sum(c.done > self._now() for c in self._captures.values())


def gone(kind: str) -> None:
    """The connection ends without an answer."""
    raise Refusal(kind)


def _json(told: Mapping[str, Any], status: int = 200) -> Reply:
    return status, (("Content-Type", "application/json"),), json.dumps(told).encode()

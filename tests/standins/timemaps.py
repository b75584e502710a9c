"""A small archive of pywb's kind: TimeMaps, an index and copies, in the process or on loopback."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime

from citecheck.demo.archive import Reply
from citecheck.records.ask import Ask
from citecheck.records.exchange import Exchange
from citecheck.records.observation import Fault
from citecheck.records.ports import Clock


@dataclass(frozen=True, slots=True)
class Kept:
    """One copy: its time in 14 digits, the address it is of, and what it shows."""

    stamp: str
    url: str
    body: bytes = b"<title>The page</title><p>The page as it was, with some words in it.</p>"
    status: int = 200
    digest: str = ""

    @property
    def taken(self) -> datetime:
        return datetime.strptime(self.stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)


@dataclass(slots=True)
class SmallPywb:
    """A pywb collection called `wayback`. `replies` answer paths that begin so instead of it."""

    kept: list[Kept]
    root: str = "https://arquivo.pt"
    raw: str = "/noFrame/replay/"
    replies: list[tuple[str, Reply | Fault]] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)

    @property
    def public(self) -> str:
        return self.root

    @public.setter
    def public(self, root: str) -> None:
        self.root = root

    def handle(self, method: str, target: str, headers: Mapping[str, str], body: bytes) -> Reply:
        reply = self.answer(target)
        assert not isinstance(reply, Fault)
        return reply

    def answer(self, target: str) -> Reply | Fault:
        self.seen.append(target)
        for path, reply in self.replies:
            if target.startswith(path):
                return reply
        if target.startswith("/wayback/timemap/link/"):
            return self._linked(target.removeprefix("/wayback/timemap/link/"))
        if target.startswith("/wayback/timemap/json/"):
            return self._rows(target.removeprefix("/wayback/timemap/json/"))
        for place in (self.raw, "/wayback/"):
            if target.startswith(place):
                return self._copy(target.removeprefix(place))
        return 404, (("Content-Type", "text/html"),), b"<h1>Not Found</h1>"

    def _of(self, url: str) -> list[Kept]:
        return [k for k in self.kept if k.url.partition("//")[2] == url.partition("//")[2]]

    def _linked(self, url: str) -> Reply:
        kind = (("Content-Type", "application/link-format"),)
        kept = self._of(url)
        if not kept:
            return 404, kind, b""
        lines = [
            f'<{self.root}/wayback/timemap/link/{url}>; rel="self"; '
            f'type="application/link-format"; from="{_http(kept[0].taken)}"',
            f'<{self.root}/wayback/{url}>; rel="timegate"',
            f'<{url}>; rel="original"',
            *(
                f'<{self.root}/wayback/{k.stamp}mp_/{k.url}>; rel="memento"; '
                f'datetime="{_http(k.taken)}"; collection="wayback"'
                for k in kept
            ),
        ]
        return 200, kind, ",\n".join(lines).encode() + b"\n"

    def _rows(self, url: str) -> Reply:
        rows = [
            json.dumps(
                {"urlkey": "x", "timestamp": k.stamp, "url": k.url, "mime": "text/html",
                 "status": str(k.status), "digest": k.digest}
            )
            for k in self._of(url)
        ]  # fmt: skip
        return 200, (("Content-Type", "text/x-ndjson"),), "\n".join(rows).encode()

    def _copy(self, rest: str) -> Reply:
        stamp, _, url = rest.partition("/")
        for k in self._of(url):
            if stamp == f"{k.stamp}id_":
                headers = (("Content-Type", "text/html"), ("Memento-Datetime", _http(k.taken)))
                return k.status, headers, k.body
        return 404, (("Content-Type", "text/html"),), b"<h4>URL Not Found</h4>"


def _http(moment: datetime) -> str:
    return format_datetime(moment, usegmt=True)


class ByHost:
    """A client without a network: archives by the root of their addresses, faults for others."""

    def __init__(self, clock: Clock, *archives: SmallPywb, elsewhere: Fault) -> None:
        self._clock = clock
        self._archives = archives
        self._elsewhere = elsewhere
        self.asks: list[Ask] = []

    async def fetch(self, ask: Ask) -> Exchange | Fault:
        self.asks.append(ask)
        for archive in self._archives:
            if ask.url.startswith(archive.root + "/"):
                reply = archive.answer(ask.url.removeprefix(archive.root))
                break
        else:
            return self._elsewhere
        if isinstance(reply, Fault):
            return reply
        status, headers, body = reply
        return Exchange(
            method=ask.method,
            url=ask.url,
            at=self._clock.now(),
            request_headers=(),
            status=status,
            reason="",
            headers=tuple((k.encode(), v.encode()) for k, v in headers),
            raw=body,
            content=body,
        )

"""An archive that can be made to fail in every way the Wayback Machine does, and two ways to it.

`Direct` is a client that calls it in the process; `serve` puts it on loopback for whole runs.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, parse_qsl, urlsplit

from citecheck.demo.archive import Capture, Reply, SmallArchive
from citecheck.records.ask import Ask
from citecheck.records.exchange import Exchange
from citecheck.records.observation import Fault, FaultKind
from citecheck.records.ports import Clock

KEYS = ("aktestaccess0001", "sktestsecret0002")
BASE = "https://web.archive.org"

BUSY: Reply = (
    429,
    (("Content-Type", "text/html"),),
    b"<html><body><h1>429 Too Many Requests</h1>\nYou have sent too many requests in a given "
    b"amount of time.\n</body></html>",
)
OFFLINE: Reply = (
    503,
    (("Content-Type", "text/html"),),
    b"<!DOCTYPE html><title>Internet Archive: Temporarily Offline</title>",
)
BLOCKED: Reply = (
    403,
    (("Content-Type", "text/plain"), ("X-Archive-Wayback-Runtime-Error", "x")),
    b"org.archive.util.io.RuntimeIOException: org.archive.wayback.exception."
    b"AdministrativeAccessControlException: Blocked Site Error\n",
)


class Silence(Exception):
    """The archive does not answer."""


class Refusal(Exception):
    """The archive takes no connection."""


@dataclass(slots=True)
class Trouble:
    """`times` requests whose path begins with `path` get `reply` instead (an exception: no answer).
    With `of` only those that name this address."""

    path: str
    reply: Reply | type[Exception]
    times: int = 10**9
    of: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it arrived."""

    at: datetime
    method: str
    path: str
    params: Mapping[str, str]
    headers: Mapping[str, str]


class FaultyArchive(SmallArchive):
    """`job_errors` and `refusals` give an address an error code, told by the job or at once;
    `stuck` are addresses whose jobs stay pending for ever; `seen` lists every request."""

    def __init__(
        self,
        captures: Iterable[Capture] = (),
        *,
        now: Callable[[], datetime],
        pending: int = 1,
        public: str = BASE,
    ) -> None:
        super().__init__(captures, now=now, keys=KEYS, pending=pending, public=public)
        self.troubles: list[Trouble] = []
        self.job_errors: dict[str, list[str]] = {}
        self.refusals: dict[str, bytes] = {}
        self.stuck: set[str] = set()
        self.seen: list[Request] = []

    def fail(
        self, path: str, reply: Reply | type[Exception], times: int = 10**9, *, of: str = ""
    ) -> None:
        self.troubles.append(Trouble(path, reply, times, of))

    def forget_jobs(self) -> None:
        """An hour has passed: jobs are not known any more, what they captured is in the index."""
        self.captures += [job.capture for job in self.jobs.values() if job.capture]
        self.jobs.clear()

    def asked(self, path: str) -> list[Request]:
        return [request for request in self.seen if request.path.startswith(path)]

    def handle(self, method: str, target: str, headers: Mapping[str, str], body: bytes) -> Reply:
        path, _, query = target.partition("?")
        params = dict(parse_qsl(query)) | {
            k: v[0] for k, v in parse_qs(body.decode("utf-8")).items()
        }
        known = {name.lower(): value for name, value in headers.items()}
        self.seen.append(Request(self._now(), method, path, params, known))
        for trouble in self.troubles:
            fits = path.startswith(trouble.path) and trouble.of in ("", params.get("url", ""))
            if fits and trouble.times > 0:
                trouble.times -= 1
                if isinstance(trouble.reply, tuple):
                    return trouble.reply
                raise trouble.reply
        url = params.get("url", "")
        if path == "/save" and url in self.refusals:
            return 200, (("Content-Type", "application/json"),), self.refusals[url]
        reply = super().handle(method, target, headers, body)
        if path == "/save" and url in self.job_errors and self.job_errors[url]:
            job = next(job for job in self.jobs.values() if job.url == url)
            job.capture, job.error = None, self.job_errors[url].pop(0)
        for job in self.jobs.values():
            if job.url in self.stuck:
                job.polls_left = 1000
        return reply


def echo(headers: Mapping[str, str] | None = None) -> Reply:
    """An error page that shows the request's headers, the key among them."""
    shown = f"Authorization: LOW {KEYS[0]}:{KEYS[1]}"
    told = f'{{"status": "error", "status_ext": "error:{KEYS[1]}", "message": "{shown}"}}'
    return 200, (("Content-Type", "application/json"), ("X-Echo", shown)), told.encode()


class Direct:
    """A client without a network: each request takes `latency` seconds of the clock."""

    def __init__(self, archive: SmallArchive, clock: Clock, latency: float = 0.0) -> None:
        self._archive = archive
        self._clock = clock
        self._latency = latency
        self.under_way = 0
        self.most = 0

    async def fetch(self, ask: Ask) -> Exchange | Fault:
        assert ask.trusted, "an archive's address is one that the settings name"
        assert not ask.link, "exchanges with archives are not recorded"
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        try:
            return await self._exchange(ask)
        finally:
            self.under_way -= 1

    async def _exchange(self, ask: Ask) -> Exchange | Fault:
        parts = urlsplit(ask.url)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        at = self._clock.now()
        try:
            status, headers, body = self._archive.handle(
                ask.method, target, dict(ask.headers), ask.content
            )
        except Silence:
            await self._clock.sleep(ask.timeout or 30.0)
            return Fault(FaultKind.READ_TIMEOUT, "no answer")
        except Refusal:
            return Fault(FaultKind.CONNECTION_REFUSED, "refused")
        if self._latency:
            await self._clock.sleep(self._latency)
        cut = ask.max_bytes is not None and len(body) > ask.max_bytes
        body = body[: ask.max_bytes] if cut else body
        return Exchange(
            method=ask.method,
            url=ask.url,
            at=at,
            request_headers=tuple((k.encode(), v.encode()) for k, v in ask.headers),
            status=status,
            reason="",
            headers=tuple((k.encode(), v.encode()) for k, v in headers),
            raw=body,
            content=body,
            truncated="length" if cut else "",
        )


@contextmanager
def serve(archive: SmallArchive) -> Iterator[str]:
    """The archive on loopback; yields its root address, which it then gives as its own."""
    over = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            try:
                with lock:
                    status, headers, content = archive.handle(
                        self.command, self.path, dict(self.headers), body
                    )
            except Silence:
                over.wait(60)
                self.close_connection = True
                return
            except Refusal:
                self.close_connection = True
                return
            self.send_response(status)
            for name, value in headers:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(content)

        do_GET = do_POST = do_HEAD = _answer

        def log_message(self, format: str, *args: object) -> None:
            """Nothing is printed."""

    lock = threading.Lock()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    archive.public = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield archive.public
    finally:
        over.set()
        server.shutdown()
        server.server_close()
        thread.join()

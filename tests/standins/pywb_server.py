"""A real pywb on loopback: replay, index, TimeMap and recorder of one collection called `web`.

`Copy` is what lies in the archive before the server starts, written with warcio; what is recorded
while it runs is fetched from one port on loopback, whatever name of the test's web it is asked for,
and is in the index some seconds later, as in real archives.
"""

from __future__ import annotations

import contextlib
import hashlib
import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

CONFIG = """\
framed_replay: false
redirect_to_exact: true
enable_memento: true
recorder:
  source_coll: live
  source_filter: live
  rollover_idle_secs: 1
  filename_template: cite-{timestamp}-{random}.warc.gz
collections:
  live: $live
"""
SUFFIX = ".example.org"
_PATIENCE = 60.0  # seconds to start


@dataclass(frozen=True, slots=True)
class Copy:
    """A capture: `timestamp` has 14 digits; `revisit` makes it a revisit of an equal body."""

    url: str
    timestamp: str
    status: int = 200
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "text/html; charset=utf-8"),)
    revisit: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What pywb answers, redirects not followed."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str:
        return next((v for k, v in self.headers if k.lower() == name.lower()), "")


class Pywb:
    """A server that runs; `port` is its own on loopback."""

    def __init__(self, port: int) -> None:
        self.port = port

    def get(self, target: str, headers: Mapping[str, str] | None = None) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", target, headers=dict(headers or {}))
            answer = connection.getresponse()
            return Answer(answer.status, tuple(answer.getheaders()), answer.read())
        finally:
            connection.close()

    def rows(self, url: str) -> list[dict[str, str]]:
        """The index of one address, in order of time."""
        told = self.get(f"/web/cdx?url={quote(url, safe='')}&output=json")
        if told.status != 200:
            return []
        return [json.loads(line) for line in told.body.decode("utf-8").splitlines() if line]

    def record(self, url: str) -> Answer:
        """Fetch a page and keep it."""
        return self.get(f"/web/record/id_/{url}")


@contextlib.contextmanager
def pywb(folder: Path, copies: Iterable[Copy], live_port: int) -> Iterator[Pywb]:
    """A pywb whose collection holds `copies`; live names lead to `live_port`."""
    kept = folder / "collections" / "web" / "archive"
    kept.mkdir(parents=True)
    (folder / "collections" / "web" / "indexes").mkdir()
    (folder / "config.yaml").write_text(CONFIG)
    seeds = tuple(copies)
    _write(kept / "seed.warc.gz", seeds)
    port = _free_port()
    launcher = Path(__file__).with_name("pywb_launch.py")
    command = [
        *(sys.executable, str(launcher), str(live_port), SUFFIX),
        *("-p", str(port), "-b", "127.0.0.1", "-t", "4", "-a", "--auto-interval", "1"),
    ]
    env = {k: v for k, v in os.environ.items() if "proxy" not in k.lower()}
    with (folder / "pywb.log").open("wb") as log:
        server = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, env=env)
    try:
        running = Pywb(port)
        _wait(running, server, folder / "pywb.log", seeds[-1].url)
        yield running
    finally:
        server.terminate()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _wait(running: Pywb, server: subprocess.Popen[bytes], log: Path, last: str) -> None:
    """Until it answers and has read what was there before it started."""
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and server.poll() is None:
        with contextlib.suppress(OSError, http.client.HTTPException):
            if running.get("/collinfo.json").status == 200 and len(running.rows(last)) >= 1:
                return
        time.sleep(0.1)
    raise AssertionError(f"pywb did not start: {log.read_text(errors='replace')[-2000:]}")


def _write(path: Path, copies: Iterable[Copy]) -> None:
    from warcio.statusandheaders import StatusAndHeaders  # type: ignore[import-untyped]
    from warcio.warcwriter import WARCWriter  # type: ignore[import-untyped]

    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True, warc_version="1.1")
        for copy in copies:
            taken = datetime.strptime(copy.timestamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
            dated = {"WARC-Date": taken.strftime("%Y-%m-%dT%H:%M:%SZ")}
            length = ("Content-Length", str(len(copy.body)))
            reason = http.client.responses[copy.status]
            headers = StatusAndHeaders(
                f"{copy.status} {reason}", [*copy.headers, length], protocol="HTTP/1.1"
            )
            if copy.revisit:
                digest = _digest(copy.body)
                record = writer.create_revisit_record(
                    copy.url, digest, copy.url, dated["WARC-Date"], headers, dated
                )
            else:
                record = writer.create_warc_record(
                    copy.url,
                    "response",
                    payload=BytesIO(copy.body),
                    length=len(copy.body),
                    http_headers=headers,
                    warc_headers_dict=dated,
                )
            writer.write_record(record)


def _digest(body: bytes) -> str:
    import base64

    sha1 = hashlib.sha1(body, usedforsecurity=False).digest()
    return "sha1:" + base64.b32encode(sha1).decode("ascii")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port

"""An export in the hands of the programs it is made for: py-wacz, pywb, ReplayWeb.page."""

from __future__ import annotations

import gzip
import http.server
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from citecheck.exporting import export
from citecheck.warc.pruned import Pruned, append
from standins.packing import GONE, NEW, OLD, PLAIN, project
from standins.replay import asked, replaying
from standins.wire import FixedClock

pytestmark = pytest.mark.whole
PACKED = {"Accept-Encoding": "gzip, br"}  # answers come as they are, with their compression
# Where `npm pack replaywebpage` was unpacked: the folder with ui.js and sw.js.
VIEWER = "REPLAYWEBPAGE_DIR"
SHOT = "REPLAYWEBPAGE_SHOT"  # a file for a picture of what was seen
EMBED = (
    '<!doctype html><meta charset="utf-8"><script src="/replay/ui.js"></script>'
    '<replay-web-page style="display:block;height:95vh" source="/a.wacz" url="{}" ts="{}"'
    ' replayBase="/replay/" embed="default"></replay-web-page>'
)
FRAME = '<!doctype html><script src="/replay/ui.js"></script><replay-app-main></replay-app-main>'


def tool(name: str) -> str:
    """A program beside this Python or on PATH; skips the test where there is none."""
    places = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    found = shutil.which(name, path=places)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


@pytest.fixture
def wacz(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    settings = project(root)
    proofs = root / "archive" / "manifests"
    proofs.mkdir(exist_ok=True)
    (proofs / "20261122031415.json").write_text('{"files": []}')
    (proofs / "20261122031415.tsr").write_bytes(bytes(range(256)))
    for number in range(1, 4):
        gone = Pruned("2026-11-22T03:14:15Z", f"citecheck-{number}-001.warc.gz", "", ())
        append(root / "archive" / "warc", gone)
    return export(root / "a.wacz", settings, FixedClock()).path


def test_py_wacz_finds_it_valid(wacz: Path) -> None:
    done = subprocess.run(
        [tool("wacz"), "validate", "-f", str(wacz)], capture_output=True, text=True
    )
    assert "the passed WACZ is valid" in done.stdout
    assert done.returncode == 0


def test_pywb_takes_it_in_and_replays_every_byte(wacz: Path, tmp_path: Path) -> None:
    manager = tool("wb-manager")
    for words in (["init", "web"], ["add", "web", str(wacz), "--unpack-wacz"]):
        subprocess.run([manager, *words], cwd=tmp_path, check=True, capture_output=True)
    with replaying(tmp_path) as web:
        first, second = "20261122031415", "20261123031415"
        for moment, url, body in (
            (first, PLAIN, b"<p>Hello</p>"),
            (second, PLAIN, b"<p>Hello</p>"),  # a revisit
            (first, GONE, b"<p>It was here</p>"),
            (second, GONE, b"<p>Not here</p>"),
        ):
            status, headers, content = asked(f"{web}/{moment}id_/{url}", PACKED)
            assert (status, content) == (200, body)
            assert headers["memento-datetime"].endswith("03:14:15 GMT")
        status, headers, content = asked(f"{web}/20261122031416id_/{NEW}", PACKED)
        assert status == 200
        assert headers["content-encoding"] == "gzip"
        assert content == gzip.compress(b"<p>New</p>", mtime=0)
        status, headers, _ = asked(f"{web}/{first}id_/{OLD}", PACKED)
        assert (status, headers["location"]) == (301, NEW)


class Serving(http.server.ThreadingHTTPServer):
    """The viewer and a WACZ on loopback, with ranges; `asked_for` has the ranges of the WACZ."""

    def __init__(self, viewer: Path, wacz: Path, page: str) -> None:
        self.asked_for: list[str] = []
        self.files = {
            "/": (page.encode(), "text/html"),
            "/replay/": (FRAME.encode(), "text/html"),
            "/replay/ui.js": ((viewer / "ui.js").read_bytes(), "text/javascript"),
            "/replay/sw.js": ((viewer / "sw.js").read_bytes(), "text/javascript"),
            "/a.wacz": (wacz.read_bytes(), "application/wacz"),
        }
        super().__init__(("127.0.0.1", 0), Answering)


class Answering(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        assert isinstance(self.server, Serving)
        path = self.path.partition("?")[0]
        if path not in self.server.files:
            self.send_error(404)
            return
        body, kind = self.server.files[path]
        total, status, headers = len(body), 200, {"Accept-Ranges": "bytes", "Content-Type": kind}
        if wanted := re.fullmatch(r"bytes=(\d*)-(\d*)", self.headers.get("Range", "")):
            self.server.asked_for.append(wanted[0])
            start = int(wanted[1]) if wanted[1] else max(0, total - int(wanted[2]))
            end = int(wanted[2]) if wanted[1] and wanted[2] else total - 1
            body, status = body[start : end + 1], 206
            headers["Content-Range"] = f"bytes {start}-{start + len(body) - 1}/{total}"
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command == "GET":
            with suppress(ConnectionError):
                self.wfile.write(body)

    do_HEAD = do_GET

    def log_message(self, *_: object) -> None:
        """Nothing."""


@contextmanager
def serving(viewer: Path, wacz: Path, page: str) -> Iterator[Serving]:
    server = Serving(viewer, wacz, page)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def shown(viewer: Path, wacz: Path, url: str, moment: str) -> tuple[str, list[str]]:
    """The text in the frame of the replayed page, and the ranges of the WACZ that it took."""
    from playwright.sync_api import Error, sync_playwright

    with (
        serving(viewer, wacz, EMBED.format(url, moment)) as server,
        sync_playwright() as driver,
    ):
        browser = driver.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("google-chrome"),
            args=["--no-sandbox"],
        )
        try:
            page = browser.new_page(viewport={"width": 1200, "height": 700})
            page.goto(f"http://127.0.0.1:{server.server_port}/")
            until = time.monotonic() + 60
            while time.monotonic() < until:
                page.wait_for_timeout(300)
                for frame in page.frames:
                    if f"mp_/{url}" not in frame.url:
                        continue
                    with suppress(Error):  # it is being loaded
                        text = str(frame.evaluate("document.body.innerText"))
                        if text.strip():
                            if picture := os.environ.get(SHOT):
                                page.screenshot(path=picture)
                            return text, server.asked_for
            return "", server.asked_for
        finally:
            browser.close()


@pytest.mark.parametrize(
    ("url", "moment", "text"),
    [
        (GONE, "20261122031415", "It was here"),
        (PLAIN, "20261123031415", "Hello"),  # a revisit, its body in another file
        (NEW, "20261122031416", "New"),  # compressed
    ],
)
def test_replaywebpage_shows_the_page(wacz: Path, url: str, moment: str, text: str) -> None:
    viewer = Path(os.environ.get(VIEWER, "") or "nowhere")
    if not (viewer / "sw.js").is_file():
        pytest.skip(f"{VIEWER} names no folder with ui.js and sw.js (npm pack replaywebpage)")
    if importlib.util.find_spec("playwright") is None:
        pytest.skip("playwright is not installed (pip install playwright)")
    seen, ranges = shown(viewer, wacz, url, moment)
    assert text in seen
    with zipfile.ZipFile(wacz) as found:
        whole = [i for i in found.infolist() if i.filename.startswith("archive/")]
    assert ranges, "it was read as a whole"
    assert len(whole) == 2

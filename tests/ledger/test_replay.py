"""The archive folder as it lies, replayed by pywb."""

from __future__ import annotations

import gzip
from datetime import timedelta
from pathlib import Path

import pytest

from citecheck.ledger.store import Ledger
from citecheck.records.exchange import Exchange
from citecheck.settings import Settings
from standins.replay import asked, command, replaying
from standins.wire import MOMENT, FixedClock, exchange

PAGES: tuple[Exchange, ...] = (
    exchange(),
    exchange(at=MOMENT + timedelta(days=1)),
    exchange("https://example.com/press", gzip.compress(b"<p>pressed</p>"),
             headers=((b"Content-Type", b"text/html"), (b"Content-Encoding", b"gzip"),
                      (b"Transfer-Encoding", b"chunked"))),
    exchange("https://www.Example.com/A//b/../c;d?z=%2F&a=1&CFID=1&CFTOKEN=2", b"odd"),
    exchange("https://example.com/中?q=é", "漢字".encode()),
    exchange("https://example.com/gone", b"not here", status=404, reason="Not Found"),
    exchange("https://example.com/old", b"", status=301, reason="Moved Permanently",
             headers=((b"Location", b"https://example.com/plain"),)),
    exchange("https://example.com/share?token=SECRET", b"shared"),
    exchange("https://example.com/lengthy", b"12345", headers=((b"Content-Length", b"99"),),
             truncated="length"),
)  # fmt: skip


@pytest.mark.whole
def test_pywb_replays_what_was_recorded(tmp_path: Path) -> None:
    command()
    with Ledger(Settings(root=tmp_path), FixedClock()).recorder("citecheck/0.1.0") as keep:
        for page in PAGES:
            keep.record(page, page.url)
    with replaying(tmp_path / "archive") as web:

        def body(moment: str, url: str) -> bytes:
            status, headers, content = asked(f"{web}/{moment}id_/{url}")
            assert status == 200, content[-300:]
            if headers.get("content-encoding") == "gzip":
                content = gzip.decompress(content)
            return content

        first, second = "20261122031415", "20261123031415"
        assert body(first, "https://example.com/plain") == b"<p>Hello</p>"
        assert body(second, "https://example.com/plain") == b"<p>Hello</p>"
        assert body(first, "https://example.com/press") == b"<p>pressed</p>"
        assert body(first, "https://example.com/a/c;d?a=1&z=%2F") == b"odd"
        assert body(first, "https://example.com/%E4%B8%AD?q=%C3%A9") == "漢字".encode()
        assert body(first, "https://example.com/share?token=%E2%80%A6") == b"shared"
        assert body(first, "https://example.com/lengthy") == b"12345"
        status, _, content = asked(f"{web}/{first}id_/https://example.com/gone")
        assert (status, content) == (404, b"not here")
        status, headers, _ = asked(f"{web}/{first}id_/https://example.com/old")
        assert status == 301
        assert headers["location"] == "https://example.com/plain"
        status, headers, _ = asked(f"{web}/{second}id_/https://example.com/plain")
        assert headers["memento-datetime"] == "Mon, 23 Nov 2026 03:14:15 GMT"
        assert asked(f"{web}/{first}id_/https://example.com/never")[0] == 404

"""From the wire to the folder: what real servers send is recorded as the standards have it, and
pywb replays it byte for byte from the folder as it lies."""

from __future__ import annotations

import asyncio
import gzip
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import brotli  # type: ignore[import-untyped]
import pytest
from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]
from warcio.bufferedreaders import BufferedReader  # type: ignore[import-untyped]
from warcio.checker import Checker  # type: ignore[import-untyped]

from citecheck.ledger.store import Ledger
from citecheck.records.ask import Ask
from citecheck.records.exchange import Exchange
from citecheck.settings import Settings
from citecheck.web.build import open_client
from citecheck.web.clock import SystemClock
from standins.asking import NAME, QUICK
from standins.http2 import answering, certificates, speaking
from standins.loopback import Table, page, serving
from standins.replay import asked, command, replaying
from standins.wire import MOMENT

TEXT = ("<p>Grüße aus dem Watt. " + "Words and more words. " * 40 + "</p>").encode()
PDF = b"%PDF-1.7\n" + bytes(range(256)) * 40 + b"\n%%EOF\n"
IDN = "http://bücher.example/läden?q=ä"
COOKIE = "Set-Cookie: session=hunter2; Path=/"


def chunked(body: bytes, *head: str) -> bytes:
    lines = ["HTTP/1.1 200 OK", "Transfer-Encoding: chunked", *head, "", ""]
    parts = [body[at : at + 100] for at in range(0, len(body), 100)]
    framed = b"".join(f"{len(p):x}\r\n".encode() + p + b"\r\n" for p in parts)
    return "\r\n".join(lines).encode() + framed + b"0\r\n\r\n"


def raw_deflate(body: bytes) -> bytes:
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return squeeze.compress(body) + squeeze.flush()


HTML = "Content-Type: text/html; charset=utf-8"
GZ = gzip.compress(TEXT, mtime=0)
BR = brotli.compress(TEXT)
# What is on the wire, per path; and the body as it has to come out of the archive, still encoded.
SERVED: Mapping[str, tuple[bytes, bytes]] = {
    "/plain": (page(TEXT, HTML, COOKIE), TEXT),
    "/gzip": (page(GZ, HTML, "Content-Encoding: gzip"), GZ),
    "/gzip-chunked": (chunked(GZ, HTML, "Content-Encoding: gzip"), GZ),
    "/brotli": (page(BR, HTML, "Content-Encoding: br"), BR),
    "/zlib": (page(zlib.compress(TEXT), HTML, "Content-Encoding: deflate"), zlib.compress(TEXT)),
    "/deflate": (page(raw_deflate(TEXT), HTML, "Content-Encoding: deflate"), raw_deflate(TEXT)),
    "/chunked": (chunked(TEXT, HTML), TEXT),
    "/paper.pdf": (page(PDF, "Content-Type: application/pdf"), PDF),
    "/no-reason": (page(TEXT, HTML, status="200 "), TEXT),
    "/no-type": (page(TEXT), TEXT),
    "/query?b=2&a=1&a=0&empty=": (page(b"a query", HTML), b"a query"),
    "/l%C3%A4den?q=%C3%A4": (page(b"a shop", HTML), b"a shop"),
    "/a%2Fb//c;d/E": (page(b"odd", HTML), b"odd"),
}
ODD = b"X-Utf: caf\xc3\xa9\r\nX-Latin: caf\xe9"
NON_ASCII = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n" + ODD + b"\r\n\r\nok"
REDIRECT = page(b"", "Location: /plain", status="302 Found")


class Days(SystemClock):
    """The system's clock, on whose face it is always the same moment of a day."""

    def __init__(self, day: int) -> None:
        self._moment = MOMENT + timedelta(days=day)

    def now(self) -> datetime:
        return self._moment


@dataclass(frozen=True)
class Wire:
    """`first` and `second` are the 14-digit times of two runs."""

    archive: Path
    first: str
    second: str
    answers: Mapping[str, Exchange]


async def record(archive: Path) -> Wire:
    settings = Settings(root=archive.parent, archive_dir=archive)

    async def say(head: bytes, writer: asyncio.StreamWriter) -> None:
        path = head.split(b" ")[1].decode()
        if b"if-none-match" in head.lower():
            writer.write(b'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\n\r\n')
        elif head.startswith(b"HEAD"):
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 777\r\n\r\n")
        else:
            own = {"/non-ascii": NON_ASCII, "/old": REDIRECT}
            missing = page(b"not here", HTML, status="404 Not Found")
            writer.write(own.get(path) or SERVED.get(path, (missing, b""))[0])
        await writer.drain()

    h2 = [((":status", "200"), ("content-type", "text/html"), ("set-cookie", "s=hunter2"))]
    stamps: list[str] = []
    answers: dict[str, Exchange] = {}
    async with serving(say) as served, speaking(answering((h2[0], TEXT)), made=True) as spoken:
        there = [[("127.0.0.1", served.port)]]
        table = Table({
            "plain.example": list(there), "xn--bcher-kva.example": list(there),
            NAME: [[("127.0.0.1", spoken.port)]],
        })  # fmt: skip
        for run in (1, 2):
            with Ledger(settings, Days(run)).recorder("citecheck/0.1.0") as keep:
                async with open_client(
                    replace(QUICK, http2=True), resolver=table, clock=Days(run),
                    recorder=keep, ssl_context=certificates()[1],
                ) as client:  # fmt: skip
                    for ask in asks(run):
                        answer = await client.fetch(ask)
                        assert isinstance(answer, Exchange), answer
                        answers.setdefault(f"{ask.method} {ask.url} {run}", answer)
            stamps.append(f"{Days(run).now():%Y%m%d%H%M%S}")
    return Wire(archive, stamps[0], stamps[1], answers)


def asks(run: int) -> list[Ask]:
    base = "http://plain.example"
    paths = [p for p in SERVED if not p.startswith("/l%")] if run == 1 else ["/plain"]
    found = [Ask(base + path, link=base + path) for path in paths]
    secret = (("Cookie", "hunter2"), ("Authorization", "Basic hunter2"))
    if run == 1:
        found += [Ask(f"{base}{path}", link=base) for path in ("/non-ascii", "/old", "/gone")]
        found += [Ask(IDN, link=IDN), Ask(f"https://{NAME}/two", link=base, headers=secret)]
    found.append(Ask(f"{base}/plain", method="HEAD", link=base))
    found.append(Ask(f"{base}/gzip", headers=(("If-None-Match", '"1"'),), link=base, fresh=True))
    return found


@cache
def wire(folder: Path) -> Wire:
    return asyncio.run(record(folder / "archive"))


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Wire:
    return wire(tmp_path_factory.mktemp("wire"))


def records(archive: Path) -> list[tuple[dict[str, str], bytes, bytes]]:
    """Headers, the block's own head as bytes, and the body, of all records."""
    found = []
    for path in sorted((archive / "warc").glob("*.warc.gz")):
        with path.open("rb") as stream:
            for record in ArchiveIterator(stream, no_record_parse=True):
                block = record.raw_stream.read()
                head, _, body = block.partition(b"\r\n\r\n")
                found.append((dict(record.rec_headers.headers), head, body))
    return found


def test_warcio_finds_nothing_wrong(recorded: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    # It decodes brotli with brotlipy alone; the sums are of what is as it was sent.
    monkeypatch.delitem(BufferedReader.DECOMPRESSORS, "br", raising=False)
    files = [str(p) for p in (recorded.archive / "warc").glob("*.warc.gz")]
    assert len(files) == 2
    checker = Checker(type("Command", (), {"inputs": files, "verbose": False})())
    for file in files:
        checker.process_one(file)
    assert checker.exit_value == 0


def test_every_response_has_what_the_standard_asks_for(recorded: Wire) -> None:
    rows = records(recorded.archive)
    responses = {
        h["WARC-Target-URI"]: (h, head, body)
        for h, head, body in rows
        if h["WARC-Type"] == "response" and b"Content-Length: 777" not in head
    }
    for path, (_, body) in SERVED.items():
        url = "http://plain.example" + path
        if path.startswith("/l%"):
            url = "http://xn--bcher-kva.example" + path
        head, block, content = responses[url]
        assert content == body, path
        assert block.startswith(b"HTTP/1.1 200 OK\r\n")
        assert f"Content-Length: {len(body)}".encode() in block or b"X-Crawler-Transfer" in block
        assert b"\r\nTransfer-Encoding" not in block
        assert head["WARC-IP-Address"] == "127.0.0.1"
        assert head["WARC-Protocol"] == "http/1.1"
        assert head["Content-Type"] == "application/http; msgtype=response"
    head, block, content = responses[f"https://{NAME}/two"]
    assert block.startswith(b"HTTP/1.1 200 OK\r\ncontent-type: text/html")
    assert content == TEXT
    whole = gzip.decompress(min((recorded.archive / "warc").glob("*.warc.gz")).read_bytes())
    assert b"WARC-Protocol: h2\r\nWARC-Protocol: tls/1.3\r\n" in whole
    _, block, _ = responses["http://plain.example/non-ascii"]
    assert ODD in block


def test_requests_are_whole_and_without_credentials_and_answers_without_cookies(
    recorded: Wire,
) -> None:
    rows = records(recorded.archive)
    assert not any(b"hunter2" in head + body for _, head, body in rows)
    assert not any(b"set-cookie" in head.lower() for _, head, _ in rows)
    asked_for = {h["WARC-Target-URI"]: head for h, head, _ in rows if h["WARC-Type"] == "request"}
    two = asked_for[f"https://{NAME}/two"]
    assert two.startswith(b"GET /two HTTP/1.1\r\nHost: a.example\r\n")
    assert b"\r\n:" not in two
    main_types = ("response", "revisit")
    answered = {h["WARC-Record-ID"]: h for h, _, _ in rows if h["WARC-Type"] in main_types}
    for head, _, _ in rows:
        if head["WARC-Type"] in ("request", "metadata"):
            main = answered[head["WARC-Concurrent-To"]]
            assert head["WARC-Date"] == main["WARC-Date"]
            assert head["WARC-Target-URI"] == main["WARC-Target-URI"]


def test_revisits_name_their_original_and_a_304_its_profile(recorded: Wire) -> None:
    rows = [h for h, _, _ in records(recorded.archive) if h["WARC-Type"] == "revisit"]
    profiles = [h["WARC-Profile"].rpartition("/")[2] for h in rows]
    assert profiles == ["server-not-modified", "identical-payload-digest", "server-not-modified"]
    for row in rows:
        assert row["WARC-Refers-To"].startswith("<urn:uuid:")
        assert row["WARC-Refers-To-Target-URI"] == row["WARC-Target-URI"]
        assert ("WARC-Payload-Digest" in row) == (row["WARC-Profile"].endswith("digest"))


def test_the_index_is_sorted_and_shows_neither_head_nor_304(recorded: Wire) -> None:
    lines = (recorded.archive / "indexes" / "index.cdxj").read_bytes().splitlines()
    assert lines == sorted(set(lines))
    plain = [line for line in lines if line.startswith(b"example,plain)/plain ")]
    assert [b'"warc/revisit"' in line for line in plain] == [False, True]
    assert sum(line.startswith(b"example,plain)/gzip ") for line in lines) == 1
    shop = b"example,xn--bcher-kva)/l%c3%a4den?q=%c3%a4 "
    assert sum(line.startswith(shop) for line in lines) == 1


@pytest.mark.whole
def test_pywb_replays_the_folder_byte_for_byte(recorded: Wire) -> None:
    command()
    plain = {"Accept-Encoding": "gzip, deflate, br"}
    first = recorded.first
    with replaying(recorded.archive) as web:
        for path, (_, body) in SERVED.items():
            host = "xn--bcher-kva.example" if path.startswith("/l%") else "plain.example"
            status, headers, content = asked(f"{web}/{first}id_/http://{host}{path}", plain)
            assert status == 200, path
            kept = headers.get("content-encoding")
            original = recorded.answers.get(f"GET http://{host}{path} 1")
            if original is not None and original.header("content-encoding") != (kept or ""):
                body = original.content  # pywb has decoded it on the way
            assert content == body, path
        status, headers, content = asked(f"{web}/{first}id_/https://{NAME}/two")
        assert (status, content) == (200, TEXT)
        status, headers, content = asked(f"{web}/{recorded.second}id_/http://plain.example/plain")
        assert (status, content) == (200, TEXT)
        assert headers["memento-datetime"] == "Tue, 24 Nov 2026 03:14:15 GMT"
        status, _, content = asked(f"{web}/{first}id_/http://plain.example/gone")
        assert (status, content) == (404, b"not here")
        status, headers, _ = asked(f"{web}/{first}id_/http://plain.example/old")
        assert status == 302
        assert urlsplit(headers["location"]).path.endswith("/plain")
        status, headers, content = asked(f"{web}/{first}id_/http://plain.example/non-ascii")
        assert (status, content) == (200, b"ok")
        assert "caf" in headers["x-utf"]
        assert "hunter2" not in str(headers)
        # What people type, and the page as it is shown, not raw.
        assert asked(f"{web}/{first}id_/{_quoted(IDN)}")[2] == b"a shop"
        shown = asked(f"{web}/{first}/http://plain.example/gzip-chunked")
        assert "Grüße aus dem Watt".encode() in shown[2]


def _quoted(url: str) -> str:
    from urllib.parse import quote

    return quote(url, safe=":/?=&%")

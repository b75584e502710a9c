"""Answers that cost a server nothing and a client its time: each ends early, and alone."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import httpx
import pytest

from citecheck.readers import shelf
from citecheck.records.ask import Ask
from citecheck.records.exchange import Exchange
from citecheck.records.link import Link
from citecheck.records.observation import Fault, FaultKind
from citecheck.settings import Settings
from citecheck.signals.look import look
from citecheck.web.build import open_client
from citecheck.web.clock import SystemClock
from citecheck.web.ladder import Plan
from citecheck.web.onward import onward, refused
from standins.asking import QUICK
from standins.clock import START
from standins.exchanges import answered
from standins.visits import visit

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
TEXT = "<p>Words of an article that is long enough to be one, about bread.</p>" * 40


@asynccontextmanager
async def pouring(first: bytes, again: bytes) -> AsyncIterator[int]:
    """The port of a server that sends the one, then the other (if any) for ever."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(first)
            while again:
                writer.write(again)
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


def flooded(first: bytes, again: bytes) -> Exchange | Fault:
    async def main() -> Exchange | Fault:
        settings = replace(QUICK, allow_private=True, timeout=60.0)
        client = open_client(settings, clock=SystemClock())
        async with pouring(first, again) as port, client:
            return await client.fetch(Ask(f"http://127.0.0.1:{port}/"))

    return asyncio.run(main())


@pytest.mark.parametrize("interim", [b"100 Continue\r\n", b"103 Early Hints\r\nLink: </a>\r\n"])
def test_interim_answers_without_end(interim: bytes) -> None:
    began = time.thread_time()
    answer = flooded(b"", (b"HTTP/1.1 " + interim + b"\r\n") * 500)
    assert isinstance(answer, Fault)
    assert (answer.kind, answer.detail) == (
        FaultKind.PROTOCOL_ERROR,
        "a flood of interim answers",
    )
    assert time.thread_time() - began < 2


def test_chunks_of_one_byte_without_end() -> None:
    answer = flooded(HEAD, b"1\r\na\r\n" * 5000)
    assert isinstance(answer, Exchange)
    assert answer.truncated == "disconnect"
    assert 50_000 <= len(answer.content) < 80_000


def test_a_page_written_in_small_pieces_is_whole() -> None:
    piece = b"14\r\nthe bread of the tow\r\n"
    answer = flooded(HEAD + piece * 20_000 + b"0\r\n\r\n", b"")
    assert isinstance(answer, Exchange)
    assert (answer.truncated, len(answer.content)) == ("", 400_000)


def test_redirects_share_one_patience() -> None:
    def slowly(url: str, count: int) -> Exchange:
        step = int(url.rpartition("/")[2] or 0)
        return replace(answered(url, 302, b"", {"Location": f"/{step + 1}"}), elapsed=29.0)

    story = visit("https://a.example/", slowly, Plan(now=lambda: START, patience=90.0))
    assert story.status == "read-timeout"
    assert len(story.asks) == 4, "116 seconds, not ten minutes"
    assert isinstance(story.end.end, Fault)
    assert story.end.end.detail == "the redirects took longer than 90 seconds together"


def test_an_error_of_the_system_ends_a_request_not_the_run() -> None:
    def broken(_: httpx.Request) -> httpx.Response:
        raise OSError(107, "Transport endpoint is not connected")

    async def main() -> Exchange | Fault:
        inner = httpx.MockTransport(broken)
        async with open_client(Settings(), clock=SystemClock(), inner=inner) as client:
            return await client.fetch(Ask("http://a.example/"))

    answer = asyncio.run(main())
    assert isinstance(answer, Fault)
    assert answer.kind is FaultKind.PROTOCOL_ERROR


PASSWORDS = [
    "http://user:hunter2@ex\u2100mple.com/",
    "http://user:a[hunter2]@a.example/",
    "http://[user:hunter2@x]/",
    "http://user:hunter2@a.example:80a/",
    "http://user:x:hunter2/",
    "http://a.example\\@user:hunter2@b\u2100.example/",
]


@pytest.mark.parametrize("url", PASSWORDS)
def test_what_is_wrong_with_an_address_is_told_without_its_password(url: str) -> None:
    told = refused(url)
    assert told is not None
    assert told.kind is FaultKind.INVALID_URL
    assert "hunter2" not in told.detail

    async def main() -> Exchange | Fault:
        async with open_client(QUICK, clock=SystemClock()) as client:
            return await client.fetch(Ask(url))

    assert "hunter2" not in repr(asyncio.run(main()))


NUMBER = "&#" + "9" * 5_000 + ";"


@pytest.mark.parametrize("status", [200, 403, 404])
@pytest.mark.parametrize(
    "body",
    [
        f"<title>{NUMBER}</title><p>{NUMBER}",
        f"<html><body onload=\"location='/{NUMBER}'\">{NUMBER}",
        f"<script>location='/x'</script>{NUMBER}",
    ],
)
def test_a_number_of_thousands_of_digits_is_no_error(body: str, status: int) -> None:
    end = answered("http://a.example/x", status, body.encode(), {"content-type": "text/html"})
    onward(end, end.url)
    look(end, Link("http://a.example/x#part", fragments=("part", ":~:text=bread")), ())


@pytest.mark.parametrize("name", ["a.html", "a.md", "a.txt"])
def test_such_a_number_in_a_document_costs_no_other_note(name: str) -> None:
    text = (
        f'<p>One<sup><a href="#n1">1</a></sup> <a href="http://b.example/{NUMBER}">x</a></p>\n'
        f"http://c.example/{NUMBER}\n\n[^1]: http://d.example/{NUMBER}\n"
        '<ol><li id="n1">Doe, <a href="https://a.example/">Bread</a>, 2001.</li></ol>'
    )
    shelf.read(name, text.encode())


def test_backslashes_beside_a_text_fragment() -> None:
    body = (TEXT + "<script>" + "\\" * 400_000 + "</script>").encode()
    end = answered("http://a.example/x", 200, body, {"content-type": "text/html"})
    began = time.process_time()
    look(end, Link("http://a.example/x", fragments=(":~:text=nothing%20like%20it",)), ())
    assert time.process_time() - began < 5

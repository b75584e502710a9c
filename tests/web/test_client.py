"""The polite client against real servers on loopback, friendly and hostile."""

from __future__ import annotations

import asyncio
import gzip

import brotli  # type: ignore[import-untyped]
import pytest

from citecheck.errors import SettingsError
from citecheck.records.ask import Ask
from citecheck.records.exchange import Exchange
from citecheck.records.observation import Fault, FaultKind
from citecheck.settings import Settings
from citecheck.web.agent import user_agent
from citecheck.web.build import open_client
from citecheck.web.clock import SystemClock
from standins.asking import NAME, QUICK, Kept, exchange, fault, fetched
from standins.clock import FakeClock
from standins.loopback import Table, page, reset, saying, serving


def test_an_exchange_holds_what_was_sent_and_what_came() -> None:
    kept = Kept()
    body = gzip.compress(b"<p>text</p>")
    say = saying(page(body, "X-One: 1", "x-one: 2", "Content-Encoding: gzip", "Set-Cookie: a=1"))
    ask = Ask(f"http://{NAME}/p?q=1#frag", headers=(("X-More", "yes"),), link="http://a.example/p")
    found, served = fetched(say, ask, ask, recorder=kept)
    first = found[0]
    assert isinstance(first, Exchange)
    assert (first.status, first.reason, first.protocol) == (200, "OK", "http/1.1")
    assert (first.raw, first.content, first.truncated) == (body, b"<p>text</p>", "")
    assert [kv for kv in first.headers if kv[0].lower() == b"x-one"] == [
        (b"X-One", b"1"),
        (b"x-one", b"2"),
    ]
    assert first.url == f"http://{NAME}/p?q=1"
    assert first.address == "127.0.0.1"
    sent = dict(first.request_headers)
    assert sent[b"Host"] == b"a.example"
    assert sent[b"X-More"] == b"yes"
    assert sent[b"User-Agent"].startswith(b"citecheck/")
    assert sent[b"Accept-Encoding"] == b"gzip, deflate"
    assert b"GET /p?q=1 HTTP/1.1\r\n" in served.requests[0]
    assert b"ookie" not in served.requests[1], "no cookie jar"
    assert kept.rows == [("http://a.example/p", f"http://{NAME}/p?q=1", 200)] * 2
    assert served.connections == 1


def test_fresh_asks_take_a_connection_of_their_own() -> None:
    ask = Ask(f"http://{NAME}/", fresh=True)
    found, served = fetched(saying(page(b"x")), Ask(f"http://{NAME}/"), ask, ask)
    assert [isinstance(f, Exchange) for f in found] == [True] * 3
    assert served.connections == 3


@pytest.mark.parametrize("location", ["/next", "mailto:a@b", "http://[", "https://x:y", "\xe9"])
def test_redirects_are_never_followed_behind_ones_back(location: str) -> None:
    head = f"Location: {location}"
    found, served = fetched(saying(page(b"", head, status="302 Found")), Ask(f"http://{NAME}/"))
    assert isinstance(found[0], Exchange)
    assert found[0].header("location") == location
    assert len(served.requests) == 1


def test_a_bomb_is_cut() -> None:
    bomb = gzip.compress(b"\0" * 30_000_000)
    answer = exchange(
        saying(page(bomb, "Content-Encoding: gzip")), Ask(f"http://{NAME}/", max_bytes=100_000)
    )
    assert (len(answer.content), answer.truncated) == (100_000, "length")


def test_codings_that_were_not_asked_for() -> None:
    answer = exchange(saying(page(b"\x28\xb5\x2f\xfd", "Content-Encoding: zstd")))
    assert (answer.undecodable, answer.content, answer.raw) == (True, b"", b"\x28\xb5\x2f\xfd")
    packed = brotli.compress(b"<p>sent to everybody</p>")
    answer = exchange(saying(page(packed, "Content-Encoding: br")))
    assert (answer.undecodable, answer.content, answer.raw) == (
        False,
        b"<p>sent to everybody</p>",
        packed,
    )


@pytest.mark.parametrize(
    "head", ["Content-Length: 500", "Transfer-Encoding: chunked"], ids=["length", "chunk"]
)
def test_a_body_that_ends_early(head: str) -> None:
    start = f"HTTP/1.1 200 OK\r\n{head}\r\n\r\n".encode()
    body = b"1f4\r\nonly this" if "chunked" in head else b"only this"
    answer = exchange(saying(start + body, close=True))
    assert (answer.content[-9:], answer.truncated) == (b"only this", "disconnect")


def test_a_reset_in_the_body_and_before_it() -> None:
    async def cut(_: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nonly this")
        await writer.drain()
        await asyncio.sleep(0.05)
        reset(writer)

    async def at_once(_: bytes, writer: asyncio.StreamWriter) -> None:
        reset(writer)

    assert exchange(cut).truncated == "disconnect"
    assert fault(at_once) is FaultKind.CONNECTION_RESET
    assert fault(saying(b"", close=True)) is FaultKind.CONNECTION_RESET


def test_a_server_that_drips_meets_the_total_time() -> None:
    async def drip(_: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n")
        for _i in range(100):
            writer.write(b"a")
            await asyncio.sleep(0.02)

    answer = exchange(drip, Ask(f"http://{NAME}/", timeout=0.2))
    assert answer.truncated == "time"
    assert 0 < len(answer.content) < 40


def test_silence() -> None:
    async def mute(_: bytes, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(1)

    assert fault(mute, Ask(f"http://{NAME}/", timeout=0.1)) is FaultKind.READ_TIMEOUT


@pytest.mark.parametrize(
    "said",
    [
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 400 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 200_000 + b"\r\n\r\n",
        b"HTTP/1.1 2000 NO\r\n\r\n",
        b"SSH-2.0-OpenSSH_9.6\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nbad header\r\n\r\n",
    ],
    ids=["flood", "long", "status", "ssh", "header"],
)
def test_answers_that_are_no_http(said: bytes) -> None:
    assert fault(saying(said, close=True)) is FaultKind.PROTOCOL_ERROR


def test_nobody_there() -> None:
    async def main() -> Exchange | Fault:
        async with serving(saying(b"")) as served:
            port = served.port
        table = Table({NAME: [[("127.0.0.1", port)]]})
        async with open_client(QUICK, resolver=table, clock=SystemClock()) as client:
            return await client.fetch(Ask(f"http://{NAME}/"))

    answer = asyncio.run(main())
    assert isinstance(answer, Fault)
    assert answer.kind is FaultKind.CONNECTION_REFUSED


def test_the_next_address_is_tried() -> None:
    async def main() -> Exchange | Fault:
        async with serving(saying(page(b"x"))) as gone, serving(saying(page(b"here"))) as served:
            dead = gone.port
            table = Table({NAME: [[("127.0.0.1", 1), ("127.0.0.1", served.port)]]})
            assert dead != served.port
            async with open_client(QUICK, resolver=table, clock=SystemClock()) as client:
                return await client.fetch(Ask(f"http://{NAME}/"))

    answer = asyncio.run(main())
    assert isinstance(answer, Exchange)
    assert answer.content == b"here"


def test_user_agent() -> None:
    assert user_agent("").startswith("citecheck/")
    assert user_agent("me@example.org").endswith("; me@example.org)")
    assert "\n" not in user_agent("a\r\nX-Evil: 1 (b) ü\x1b[0m")
    assert user_agent("a) Mozilla/5.0 (b").count("(") == 1


def test_settings_that_cannot_be_used() -> None:
    with pytest.raises(SettingsError, match="allow_networks"):
        open_client(Settings(allow_networks=("10.0.0.0/99",)), clock=FakeClock())


def test_certificates_that_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere/ca.pem")
    with pytest.raises(SettingsError, match="SSL_CERT_FILE"):
        open_client(Settings(), clock=FakeClock())

"""HTTP/2 as it should be, and what becomes of it in the client and in the local copy."""

from __future__ import annotations

import asyncio
import gzip
from pathlib import Path
from typing import Any

import pytest
from hyperframe.frame import GoAwayFrame, HeadersFrame, PingFrame, RstStreamFrame, SettingsFrame
from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]

from citecheck.records.ask import Ask
from citecheck.records.exchange import Exchange
from citecheck.records.observation import Fault, FaultKind
from citecheck.settings import Settings
from citecheck.warc.writer import WarcRecorder
from citecheck.web.build import open_client
from citecheck.web.clock import SystemClock
from standins.asking import NAME, QUICK
from standins.clock import FakeClock
from standins.http2 import Play, Spoken, Talk, answering, certificates, speaking
from standins.loopback import Table

URL = f"https://{NAME}/p?q=1"
FINE = ((":status", "200"), ("content-type", "text/html"), ("x-one", "1"), ("x-one", "2"))


def told(
    play: Any, *asks: Ask, made: bool = True, settings: Settings = QUICK, **more: Any
) -> tuple[list[Exchange | Fault], Spoken]:
    """Ask one HTTP/2 server, one after the other."""

    async def main() -> tuple[list[Exchange | Fault], Spoken]:
        async with speaking(play, made=made) as spoken:
            table = Table({NAME: [[("127.0.0.1", spoken.port)]]})
            async with open_client(
                settings,
                resolver=table,
                clock=SystemClock(),
                ssl_context=certificates()[1],
                **more,
            ) as client:
                return [await client.fetch(ask) for ask in asks], spoken

    return asyncio.run(main())


def fine(play: Any, ask: Ask | None = None, **more: Any) -> tuple[Exchange, Spoken]:
    found, spoken = told(play, ask or Ask(URL), **more)
    assert isinstance(found[0], Exchange), found[0]
    return found[0], spoken


def test_an_exchange_over_http2() -> None:
    body = gzip.compress(b"<p>text</p>")
    head = (*FINE, ("content-encoding", "gzip"), ("content-length", str(len(body))))
    found, spoken = told(answering((head, body)), Ask(URL, headers=(("X-More", "yes"),)), Ask(URL))
    first = found[0]
    assert isinstance(first, Exchange)
    assert (first.protocol, first.status, first.reason) == ("h2", 200, "")
    assert (first.raw, first.content, first.truncated) == (body, b"<p>text</p>", "")
    assert [kv for kv in first.headers if kv[0] == b"x-one"] == [(b"x-one", b"1"), (b"x-one", b"2")]
    assert (first.address, first.tls) == ("127.0.0.1", "TLSv1.3")
    asked = spoken.asked[0]
    assert (asked[":path"], asked[":authority"], asked["x-more"]) == ("/p?q=1", NAME, "yes")
    assert not {"connection", "host", "transfer-encoding"} & set(asked)
    assert spoken.connections == ["h2"], "one connection for both"
    assert len(spoken.asked) == 2


def test_what_http2_carries_without_a_body_and_with_a_large_one() -> None:
    large = bytes(range(256)) * 12_000  # three windows full
    plays = answering((FINE, b""), (FINE, large), (((":status", "304"),), b""), (FINE, b"x"))
    asks = (Ask(URL, method="HEAD"), Ask(URL), Ask(URL), Ask(URL, method="POST", content=b"c" * 99))
    found, spoken = told(plays, *asks)
    whole = [(f.status, len(f.content), f.truncated) for f in found if isinstance(f, Exchange)]
    assert whole == [(200, 0, ""), (200, len(large), ""), (304, 0, ""), (200, 1, "")]
    assert spoken.bodies == [b"", b"", b"", b"c" * 99]
    assert spoken.connections == ["h2"]


def test_an_answer_that_is_not_read_to_its_end_costs_no_other() -> None:
    plays = answering((FINE, b"x" * 3_000_000), (FINE, b"y"))
    found, spoken = told(plays, Ask(URL, max_bytes=1000), Ask(URL), Ask(URL))
    assert [f.content[:2] for f in found if isinstance(f, Exchange)] == [b"xx", b"y", b"y"]
    assert spoken.connections == ["h2", "h2"]


def test_a_second_try_is_made_over_http11() -> None:
    found, spoken = told(answering((FINE, b"x")), Ask(URL), Ask(URL, fresh=True), Ask(URL))
    assert [f.protocol for f in found if isinstance(f, Exchange)] == ["h2", "http/1.1", "h2"]
    assert spoken.connections == ["h2", "http/1.1"]


def test_the_setting_turns_it_off() -> None:
    off = Settings(allow_private=True, delay=0.0, http2=False)
    answer, _ = fine(answering((FINE, b"x")), settings=off)
    assert (answer.protocol, answer.content) == ("http/1.1", b"over HTTP/1.1")


def test_it_is_never_spoken_without_tls() -> None:
    from standins.asking import exchange
    from standins.loopback import page, saying

    assert exchange(saying(page(b"x"))).protocol == "http/1.1"


def test_early_hints_and_trailers_are_passed_over() -> None:
    async def play(talk: Talk) -> None:
        await talk.send(talk.headers((":status", "103"), ("link", "</a.css>")), talk.headers())
        await talk.send(talk.data(b"body"), talk.headers(("x-sum", "1"), end=True))
        await talk.reader.read()

    answer, _ = fine(play, made=False)
    assert (answer.status, answer.content, answer.truncated) == (200, b"body", "")


def test_a_server_that_goes_away_finishes_what_it_began() -> None:
    """As web servers do when they are told to restart: GOAWAY first, then the rest."""

    async def play(talk: Talk) -> None:
        await talk.send(GoAwayFrame(0, last_stream_id=1), talk.headers())
        await talk.send(talk.data(b"first, "), talk.data(b"last", end=True))
        await talk.reader.read()

    found, spoken = told(play, Ask(URL), Ask(URL), made=False)
    assert [f.content for f in found if isinstance(f, Exchange)] == [b"first, last"] * 2
    assert spoken.connections == ["h2", "h2"], "the second request takes a connection of its own"


@pytest.mark.parametrize("how", ["goaway", "close", "ping"])
def test_a_connection_that_was_left_lying(how: str) -> None:
    async def play(talk: Talk) -> None:
        for stream in (1, 3):
            while not (await talk.reader.read(65536)).count(b"\x01\x05"):  # HEADERS, whole and last
                pass
            await talk.send(talk.headers(stream=stream), talk.data(b"x", stream=stream, end=True))
            await asyncio.sleep(0)
            if how == "ping":
                await talk.send(PingFrame(0, b"12345678"))
            if how == "goaway":
                await talk.send(GoAwayFrame(0, last_stream_id=stream))
            if how != "ping":
                return

    async def main() -> tuple[list[Exchange | Fault], list[str]]:
        async with speaking(play) as spoken:
            table = Table({NAME: [[("127.0.0.1", spoken.port)]]})
            async with open_client(
                QUICK, resolver=table, clock=SystemClock(), ssl_context=certificates()[1]
            ) as client:
                found = [await client.fetch(Ask(URL))]
                await asyncio.sleep(0.02)
                found.append(await client.fetch(Ask(URL)))
                return found, spoken.connections

    found, connections = asyncio.run(main())
    assert [f.content for f in found if isinstance(f, Exchange)] == [b"x", b"x"], found
    assert connections == (["h2"] if how == "ping" else ["h2", "h2"])


def test_the_interval_is_kept_at_sending() -> None:
    settings = Settings(allow_private=True, delay=0.15, per_host=2)
    at: list[float] = []

    async def main() -> None:
        async with speaking(answering((FINE, b"x")), made=True) as spoken:
            table = Table({NAME: [[("127.0.0.1", spoken.port)]]})
            async with open_client(
                settings, resolver=table, clock=SystemClock(), ssl_context=certificates()[1]
            ) as client:

                async def ask(i: int) -> None:
                    await client.fetch(Ask(f"{URL}{i}"))
                    at.append(asyncio.get_running_loop().time())

                await asyncio.gather(*(ask(i) for i in range(3)))

    asyncio.run(main())
    assert at[1] - at[0] > 0.1
    assert at[2] - at[1] > 0.1


def test_the_local_copy_of_an_answer_over_http2(tmp_path: Path) -> None:
    recorder = WarcRecorder(
        tmp_path / "warc", tmp_path / "index.cdxj", clock=FakeClock(), software="citecheck/0"
    )
    with recorder:
        told(answering((FINE, b"<p>text</p>")), Ask(URL, link=URL), recorder=recorder)
    (file,) = (tmp_path / "warc").iterdir()
    with file.open("rb") as stream:
        rows = {}
        for record in ArchiveIterator(stream):
            content = record.content_stream().read()
            rows[record.rec_type] = (record.http_headers, content)
    head, body = rows["response"]
    assert (head.protocol, head.statusline, body) == ("HTTP/1.1", "200 OK", b"<p>text</p>")
    assert head.get_header("x-one") == "1"
    sent, _ = rows["request"]
    assert sent.get_header("host") == NAME
    assert not [name for name, _ in sent.headers if name.startswith(":")]


BREAKS: dict[str, Play] = {}


def breaks(play: Play) -> Play:
    BREAKS[play.__name__] = play
    return play


@breaks
async def rubbish(talk: Talk) -> None:
    await talk.send(b"HTTP/1.1 200 OK\r\n\r\n" * 10)


@breaks
async def goaway_at_once(talk: Talk) -> None:
    await talk.send(GoAwayFrame(0, last_stream_id=0, error_code=0xB))
    await talk.reader.read()


@breaks
async def inadequate_security(talk: Talk) -> None:
    await talk.send(GoAwayFrame(0, last_stream_id=0, error_code=0xC))


@breaks
async def reset_at_once(talk: Talk) -> None:
    await talk.send(RstStreamFrame(1, error_code=0x2))
    await talk.reader.read()


@breaks
async def http_11_required(talk: Talk) -> None:
    await talk.send(RstStreamFrame(1, error_code=0xD))
    await talk.reader.read()


@breaks
async def hang_up(talk: Talk) -> None:
    return


@breaks
async def no_status(talk: Talk) -> None:
    await talk.send(talk.headers(("content-type", "text/html"), end=True))
    await talk.reader.read()


@breaks
async def crooked_status(talk: Talk) -> None:
    await talk.send(talk.headers((":status", "2OO"), end=True))
    await talk.reader.read()


@breaks
async def header_with_a_line_break(talk: Talk) -> None:
    await talk.send(talk.headers((":status", "200"), ("x", "a\r\nset-cookie: b"), end=True))
    await talk.reader.read()


@breaks
async def unopened_stream(talk: Talk) -> None:
    await talk.send(talk.headers(stream=7), talk.data(b"x", stream=7, end=True))
    await talk.reader.read()


@breaks
async def push(talk: Talk) -> None:
    block = talk.encoder.encode([(":method", "GET"), (":path", "/"), (":scheme", "https")])
    frame = len(block) + 4
    head = frame.to_bytes(3, "big") + b"\5\4" + (1).to_bytes(4, "big") + (2).to_bytes(4, "big")
    await talk.send(head + block)
    await talk.reader.read()


@breaks
async def frame_too_long(talk: Talk) -> None:
    await talk.send((1 << 20).to_bytes(3, "big") + b"\0\0" + (1).to_bytes(4, "big"))
    await talk.reader.read()


@breaks
async def window_beyond_its_end(talk: Talk) -> None:
    frame = b"\0\0\4\x08\0" + bytes(4) + (0x7FFFFFFF).to_bytes(4, "big")
    await talk.send(frame * 3)
    await talk.reader.read()


@breaks
async def flood_of_pings(talk: Talk) -> None:
    while True:
        await talk.send(PingFrame(0, b"12345678").serialize() * 100)


@breaks
async def flood_of_settings(talk: Talk) -> None:
    while True:
        await talk.send(SettingsFrame(0, {3: 1, 4: 70_000}).serialize() * 100)


@breaks
async def flood_of_resets(talk: Talk) -> None:
    while True:
        await talk.send(b"".join(RstStreamFrame(9, 8).serialize() for _ in range(100)))
        await asyncio.sleep(0)


@breaks
async def hints_without_end(talk: Talk) -> None:
    while True:
        await talk.send(*(talk.headers((":status", "103")) for _ in range(20)))
        await asyncio.sleep(0)


@breaks
async def headers_of_many_lines(talk: Talk) -> None:
    block = talk.encoder.encode(
        [(":status", "200"), ("x", "a" * 4000), *[("x", "a" * 4000)] * 4000]
    )
    frame = HeadersFrame(1, block)
    frame.flags.add("END_HEADERS")
    await talk.send(frame)
    await talk.reader.read()


@breaks
async def continuation_without_end(talk: Talk) -> None:
    await talk.send(HeadersFrame(1, b""))
    while True:
        await talk.send((b"\0\0\0\x09\0" + (1).to_bytes(4, "big")) * 100)
        await asyncio.sleep(0)


@pytest.mark.parametrize("name", BREAKS)
def test_who_breaks_http2_is_asked_again_over_http11(name: str) -> None:
    found, spoken = told(BREAKS[name], Ask(URL), Ask(URL), made=False)
    assert [f.content for f in found if isinstance(f, Exchange)] == [b"over HTTP/1.1"] * 2, found
    assert spoken.connections == ["h2", "http/1.1", "http/1.1"], "and not tried again in this run"


def test_a_post_is_sent_again_only_where_nothing_was_done() -> None:
    post = Ask(URL, method="POST", content=b"x")
    found, spoken = told(BREAKS["reset_at_once"], post, made=False)
    assert isinstance(found[0], Fault)
    assert spoken.connections == ["h2"]
    found, _ = told(BREAKS["http_11_required"], post, made=False)
    assert isinstance(found[0], Exchange)


async def endless(talk: Talk) -> None:
    await talk.send(talk.headers())
    while True:
        await talk.send(talk.data(b"x" * 16_000))


async def one_byte_a_frame(talk: Talk) -> None:
    await talk.send(talk.headers())
    while True:
        await talk.send(talk.data(b"x").serialize() * 200)


async def empty_frames(talk: Talk) -> None:
    await talk.send(talk.headers())
    while True:
        await talk.send(talk.data(b"").serialize() * 200)


async def cut_off(talk: Talk) -> None:
    await talk.send(talk.headers(), talk.data(b"half of"))
    await talk.send(RstStreamFrame(1, error_code=0x2))
    await talk.reader.read()


async def other_length(talk: Talk) -> None:
    await talk.send(talk.headers((":status", "200"), ("content-length", "500")))
    await talk.send(talk.data(b"half of"))
    await asyncio.sleep(0.02)
    await talk.send(talk.data(b"it", end=True))
    await talk.reader.read()


async def stalled(talk: Talk) -> None:
    await talk.send(talk.headers(), talk.data(b"half of"))
    await talk.reader.read()


@pytest.mark.parametrize(
    ("play", "truncated"),
    [
        (endless, "length"),
        (one_byte_a_frame, "disconnect"),
        (empty_frames, "disconnect"),
        (cut_off, "disconnect"),
        (other_length, "disconnect"),
        (stalled, "time"),
    ],
)
def test_bodies_that_go_wrong_end_all_the_same(play: Play, truncated: str) -> None:
    ask = Ask(URL, max_bytes=2_000_000, timeout=0.4 if truncated == "time" else None)
    answer, _ = fine(play, ask, made=False)
    assert answer.truncated == truncated


async def silent(talk: Talk) -> None:
    await talk.reader.read()
    await asyncio.sleep(30)


async def no_room(talk: Talk) -> None:
    """A window of nothing: the request's body can never be sent."""
    await talk.send(SettingsFrame(0, {4: 0}))
    await asyncio.sleep(30)


@pytest.mark.parametrize("play", [silent, no_room])
def test_silence_ends_with_the_time_allowed(play: Play) -> None:
    ask = Ask(URL, method="POST", content=b"x" * 100_000, timeout=0.3)
    found, _ = told(play, ask, made=False)
    assert isinstance(found[0], Fault)
    assert found[0].kind is FaultKind.READ_TIMEOUT

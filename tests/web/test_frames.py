"""HTTP/2 frames as they arrive in pieces, and a connection that is told anything at all."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Any

import hpack
import httpcore
import pytest
from hyperframe.frame import DataFrame, GoAwayFrame, HeadersFrame, PingFrame, SettingsFrame
from hypothesis import given, settings
from hypothesis import strategies as st

from citecheck.web.frames import Broken, Flood, Frames, GoAway
from citecheck.web.http2 import Http2Connection

PING = PingFrame(0, b"12345678").serialize()


def test_frames_are_handed_on_whole_whatever_the_pieces() -> None:
    data = PING + DataFrame(1, b"x" * 300).serialize() + PING
    for size in (1, 7, 20, len(data)):
        frames = Frames()
        pieces = [frames.feed(data[i : i + size]) for i in range(0, len(data), size)]
        assert b"".join(pieces) == data
        assert all(not piece or len(piece) >= 17 for piece in pieces)


def test_goaway_is_kept_aside() -> None:
    frames = Frames()
    away = GoAwayFrame(0, last_stream_id=3, error_code=0xB, additional_data=b"slow").serialize()
    assert frames.feed(PING + away + PING) == PING + PING
    assert frames.goaway == GoAway(3, 0xB)


def test_an_allowance_grows_with_what_is_brought() -> None:
    frames = Frames()
    small = DataFrame(1, b"x" * 200).serialize()
    for _ in range(5_000):
        frames.feed(small)
    frames.again()
    with pytest.raises(Flood):
        for _ in range(5_000):
            frames.feed(PING)


class Tape(httpcore.AsyncNetworkStream):
    """Says what is on it, in pieces, then nothing more."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self.pieces = list(pieces)

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109
        await asyncio.sleep(0)
        if not self.pieces:
            return b""
        piece = self.pieces.pop(0)
        if piece[max_bytes:]:
            self.pieces.insert(0, piece[max_bytes:])
        return piece[:max_bytes]

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109
        return None

    async def aclose(self) -> None:
        return None

    def get_extra_info(self, info: str) -> Any:
        return None


def answered(pieces: Iterable[bytes]) -> tuple[int, bytes]:
    async def main() -> tuple[int, bytes]:
        url = httpcore.URL("https://a.example/")
        connection = Http2Connection(url.origin, Tape(pieces), 5.0)
        answer = await connection.handle_async_request(
            httpcore.Request("GET", url, headers=[("Host", "a.example")])
        )
        try:
            return answer.status, b"".join([part async for part in answer.aiter_stream()])
        finally:
            await answer.aclose()

    return asyncio.run(main())


def _headers(draw: Any) -> bytes:
    pairs = draw(st.lists(st.sampled_from([
        (":status", "200"), (":status", "abc"), (":status", "103"), ("content-length", "3"),
        ("content-length", "x"), ("x" * 50, "y" * 500), ("", ""), (":path", "/"), ("te", "z"),
    ]), max_size=4))  # fmt: skip
    frame = HeadersFrame(draw(st.sampled_from([1, 1, 1, 2, 3])), hpack.Encoder().encode(pairs))
    frame.flags |= draw(st.sets(st.sampled_from(["END_HEADERS", "END_STREAM"])))
    return frame.serialize()


@st.composite
def frames(draw: Any) -> bytes:
    kind = draw(st.sampled_from(["headers", "headers", "data", "other", "away", "bytes", "set"]))
    if kind == "headers":
        return _headers(draw)
    if kind == "data":
        frame = DataFrame(draw(st.sampled_from([1, 1, 3])), draw(st.binary(max_size=40)))
        frame.flags |= draw(st.sets(st.sampled_from(["END_STREAM", "PADDED"])))
        return frame.serialize()
    if kind == "away":
        return GoAwayFrame(0, last_stream_id=draw(st.integers(0, 3)), error_code=0).serialize()
    if kind == "set":
        pair = draw(st.dictionaries(st.integers(1, 8), st.integers(0, 2**32 - 1), max_size=3))
        return SettingsFrame(0, pair).serialize()
    body: bytes = draw(st.binary(max_size=30))
    if kind == "bytes":
        return body
    head = bytes([draw(st.integers(0, 12)), draw(st.integers(0, 255))])
    stream = bytes([0, 0, 0, draw(st.integers(0, 4))])
    return len(body).to_bytes(3, "big") + head + stream + body


@settings(max_examples=150, deadline=None)
@given(st.lists(frames(), max_size=8), st.booleans())
def test_whatever_a_server_says_ends_in_an_answer_or_in_broken(
    said: list[bytes], well_begun: bool
) -> None:
    pieces = [SettingsFrame(0).serialize(), *said] if well_begun else said
    try:
        status, body = answered(pieces)
    except Broken as broken:
        assert str(broken).startswith("HTTP/2: ")
    else:
        assert 200 <= status <= 999
        assert len(body) <= sum(map(len, said))

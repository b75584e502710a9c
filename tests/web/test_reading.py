"""How much of a body is read, and what is said of one that is not what it claims to be."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
from dataclasses import replace

import httpx
import pytest

from citecheck.records.ask import Ask
from citecheck.records.exchange import Exchange
from citecheck.web.reading import enough
from standins.asking import NAME, QUICK, exchange, fetched
from standins.loopback import page, saying

MOST = 20_000_000


@pytest.mark.parametrize(
    ("status", "length", "bytes_read"),
    [
        (200, None, MOST),
        (200, MOST, MOST),
        (200, MOST + 1, 1_000_000),  # will not be compared: titles and kinds of file only
        (206, 10**12, 1_000_000),
        (200, "a lot", MOST),
        (200, "9" * 5000, 1_000_000),
        (301, None, 256_000),
        (300, None, MOST),  # may be a page
        (304, None, MOST),
        (401, 10, 256_000),
        (404, None, 256_000),
        (404, MOST + 1, 256_000),
        (503, None, 256_000),
    ],
)
def test_how_much_is_enough(status: int, length: object, bytes_read: int) -> None:
    headers = {} if length is None else {"Content-Length": str(length)}
    assert enough(httpx.Response(status, headers=headers), MOST) == bytes_read


def test_a_smaller_limit_stays_a_limit() -> None:
    assert enough(httpx.Response(404), 10_000) == 10_000
    assert enough(httpx.Response(200, headers={"Content-Length": "99999"}), 10_000) == 10_000


def test_a_file_that_says_it_is_too_large_is_not_fetched_to_the_limit() -> None:
    settings = replace(QUICK, max_bytes=3_000_000)
    body = b"%PDF-1.7\n" + b"x" * 5_000_000
    answer = exchange(saying(page(body)), settings=settings)
    assert (len(answer.content), answer.truncated) == (1_000_000, "length")
    assert answer.content.startswith(b"%PDF-1.7")


def test_a_file_within_the_limit_is_whole_whatever_it_is() -> None:
    film = bytes(range(256)) * 8000
    answer = exchange(saying(page(film, "Content-Type: video/mp4")))
    assert (answer.truncated, len(answer.content)) == ("", len(film))
    assert hashlib.sha256(answer.content).digest() == hashlib.sha256(film).digest()


def test_of_a_refusal_only_the_words_are_read() -> None:
    body = b"<title>Not found</title>" + b" " * 900_000
    answer = exchange(saying(page(body, status="404 Not Found")))
    assert (answer.status, len(answer.content), answer.truncated) == (404, 256_000, "length")


def test_an_endless_redirect_body_costs_a_quarter_of_a_megabyte() -> None:
    async def endless(_: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 302 Found\r\nLocation: /next\r\n\r\n")
        while not writer.is_closing():
            writer.write(b"x" * 65536)
            await writer.drain()

    answer = exchange(endless)
    assert (answer.status, len(answer.raw), answer.truncated) == (302, 256_000, "length")


def test_more_than_was_announced_is_not_the_page() -> None:
    said = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\npage and something else"
    ask = Ask(f"http://{NAME}/")
    found, served = fetched(saying(said), ask, ask)
    assert [f.content for f in found if isinstance(f, Exchange)] == [b"page", b"page"]
    assert [f.truncated for f in found if isinstance(f, Exchange)] == ["", ""]
    assert served.connections == 2, "what is left on a connection is not the next answer"


def test_less_than_was_announced_is_told() -> None:
    said = b"HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\npage"
    answer = exchange(saying(said, close=True))
    assert (answer.content, answer.truncated) == (b"page", "disconnect")


def test_two_lengths_that_differ_are_no_answer() -> None:
    said = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nContent-Length: 9\r\n\r\npage"
    found, _ = fetched(saying(said, close=True), Ask(f"http://{NAME}/"))
    assert not isinstance(found[0], Exchange)


def test_what_is_not_coded_is_kept_once() -> None:
    plain = exchange(saying(page(b"x" * 5000)))
    assert plain.raw is plain.content
    coded = exchange(saying(page(gzip.compress(b"x" * 5000), "Content-Encoding: gzip")))
    assert coded.content == b"x" * 5000
    assert coded.raw != coded.content

"""Decoding never makes more than its bound and never guesses."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib

import brotli  # type: ignore[import-untyped]
import pytest

from citecheck.web.decode import Body

TEXT = b"A page that was sent in a coding. " * 40


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


def read(codings: list[str], data: bytes, most: int = 100_000, step: int = 7) -> Body:
    body = Body(codings, most)
    for i in range(0, len(data), step):
        body.feed(data[i : i + step])
        if body.full:
            break
    return body


@pytest.mark.parametrize(
    ("codings", "data"),
    [
        ([], TEXT),
        (["identity"], TEXT),
        (["", "gzip"], gzip.compress(TEXT, mtime=0)),
        (["GZip"], gzip.compress(TEXT, mtime=0)),
        (["x-gzip"], gzip.compress(TEXT[:500]) + gzip.compress(TEXT[500:])),
        (["gzip"], gzip.compress(TEXT, mtime=0) + b"\0\0\0rubbish"),
        (["gzip"], TEXT),
        (["deflate"], zlib.compress(TEXT)),
        (["deflate"], raw_deflate(TEXT)),
        (["br"], brotli.compress(TEXT)),
    ],
)
@pytest.mark.parametrize("step", [1, 7, 100_000])
def test_codings(codings: list[str], data: bytes, step: int) -> None:
    body = read(codings, data, step=step)
    assert body.content == TEXT
    assert body.raw == data
    assert (body.full, body.undecodable, body.complete()) == (False, False, True)


def test_a_bomb_is_cut_at_the_bound() -> None:
    bomb = gzip.compress(b"\0" * 50_000_000)
    body = read(["gzip"], bomb, most=10_000, step=100_000)
    assert (len(body.content), body.full) == (10_000, True)
    assert len(body.raw) <= 10_000


def test_a_bomb_of_brotli_costs_no_more() -> None:
    bomb = brotli.compress(b"\0" * 50_000_000, quality=3)
    tracemalloc.start()
    body = read(["br"], bomb, most=100_000, step=100_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (len(body.content), body.full) == (100_000, True)
    assert peak < 2_000_000


def test_what_is_held_is_counted() -> None:
    assert read([], TEXT).held == len(TEXT), "kept once"
    packed = gzip.compress(TEXT, mtime=0)
    assert read(["gzip"], packed).held == len(TEXT) + len(packed)


def test_a_body_that_just_fits_is_whole() -> None:
    body = read([], TEXT, most=len(TEXT))
    assert (body.content, body.full) == (TEXT, False)
    assert read([], TEXT + b"!", most=len(TEXT)).full


@pytest.mark.parametrize(
    "codings", [["gzip, br"], ["zstd"], ["gzip, gzip"], ["gzip", "deflate"], ["x"]]
)
def test_unknown_and_nested_codings_are_refused(codings: list[str]) -> None:
    body = read(codings, gzip.compress(TEXT, mtime=0))
    assert (body.undecodable, body.content) == (True, b"")
    assert body.raw == gzip.compress(TEXT, mtime=0)


def test_broken_data_is_undecodable_and_cut_data_incomplete() -> None:
    data = gzip.compress(TEXT, mtime=0)
    assert read(["gzip"], data[:10] + b"\x07" * 40).undecodable
    cut = read(["gzip"], data[:-12])
    assert (cut.undecodable, cut.complete()) == (False, False)
    assert read(["deflate"], b"\xff\xff\xff\xff" * 9).undecodable
    assert read(["br"], b"\xff\xff\xff\xff" * 9).undecodable
    cut = read(["br"], brotli.compress(TEXT)[:-5])
    assert (cut.undecodable, cut.complete()) == (False, False)

from __future__ import annotations

import base64
import gzip
import hashlib
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citecheck.warc.scan import Damage, Record, scan
from standins.warcs import member, warc_record


def records(data: bytes, **how: object) -> list[Record | Damage]:
    return list(scan(io.BytesIO(data), **how))  # type: ignore[arg-type]


def good(found: list[Record | Damage]) -> list[Record]:
    assert all(isinstance(one, Record) and one.faults == () for one in found), found
    return [one for one in found if isinstance(one, Record)]


HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Hi</p>"


def test_records_are_read_with_their_places_headers_and_digests() -> None:
    first = member("warcinfo", b"software: x\r\n")
    second = member("response", HTTP, {"WARC-Target-URI": "https://a.example/"})
    one, two = good(records(first + second))
    assert (one.kind, one.offset, one.length) == ("warcinfo", 0, len(first))
    assert one.note == "software: x\r\n"
    assert (two.kind, two.offset, two.length) == ("response", len(first), len(second))
    assert two.fields["warc-target-uri"] == "https://a.example/"
    assert (two.start, two.http) == ("HTTP/1.1 200 OK", {"content-type": "text/html"})
    digest = base64.b32encode(hashlib.sha1(b"<p>Hi</p>").digest()).decode()
    assert (two.digest, two.payload) == (digest, 9)


def test_a_file_that_is_not_compressed_is_read_as_well() -> None:
    data = warc_record("response", HTTP) + warc_record("metadata", b"a: b\r\n")
    one, two = good(records(data, packed=False))
    assert (one.kind, two.kind, two.note) == ("response", "metadata", "a: b\r\n")
    assert two.offset == len(warc_record("response", HTTP))


@pytest.mark.parametrize(
    ("digest", "right"),
    [
        ("sha1:" + base64.b32encode(hashlib.sha1(b"<p>Hi</p>").digest()).decode(), True),
        ("SHA-256:" + hashlib.sha256(b"<p>Hi</p>").hexdigest(), True),
        ("sha256:" + hashlib.sha256(b"<p>Ha</p>").hexdigest(), False),
        ("sha1:AAAA", False),
        ("crc:12", True),  # of no kind that can be compared
    ],
)
def test_a_stated_digest_is_compared(digest: str, right: bool) -> None:
    (one,) = records(member("response", HTTP, {"WARC-Payload-Digest": digest}))
    assert isinstance(one, Record)
    assert one.faults == (() if right else ("its payload is not the one of its digest",))


@pytest.mark.parametrize(
    ("fields", "head"),
    [
        ({"WARC-Truncated": "length"}, b""),
        ({}, b"Transfer-Encoding: chunked\r\n"),
    ],
)
def test_a_body_that_may_be_meant_otherwise_is_not_compared(
    fields: dict[str, str], head: bytes
) -> None:
    fields = {**fields, "WARC-Payload-Digest": "sha1:AAAA"}
    block = b"HTTP/1.1 200 OK\r\n" + head + b"\r\nbody"
    good(records(member("response", block, fields)))


def test_a_block_digest_is_compared_too() -> None:
    (one,) = records(member("metadata", b"a: b\r\n", {"WARC-Block-Digest": "sha1:AAAA"}))
    assert isinstance(one, Record)
    assert one.faults == ("its block is not the one of its digest",)


def test_after_damage_reading_goes_on_at_the_next_known_place() -> None:
    parts = [member("metadata", b"n: %d\r\n" % n) for n in range(4)]
    data = bytearray(b"".join(parts))
    places = [0, len(parts[0]), len(parts[0] + parts[1]), len(b"".join(parts[:3]))]
    data[places[1] + 20] ^= 0xFF
    found = records(bytes(data), resume=places)
    assert [type(one) for one in found] == [Record, Damage, Record, Record]
    assert [one.offset for one in found] == places
    assert [type(one) for one in records(bytes(data))] == [Record, Damage]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (member("metadata", b"a: b\r\n")[:-4], "the file ends in the middle of it"),
        (b"<html>", "its compressed bytes are broken"),
        (gzip.compress(b"hello", mtime=0), "it has no end of its headers"),
        (gzip.compress(b"hello\r\n\r\n", mtime=0), "it is no WARC record"),
        (gzip.compress(b"WARC/1.1\r\nA: b\r\n\r\n", mtime=0), "it does not say how long it is"),
        (
            gzip.compress(b"WARC/1.1\r\nContent-Length: 9\r\n\r\nabc", mtime=0),
            "it ends after 3 of its 9 bytes",
        ),
    ],
)
def test_what_cannot_be_read_is_said(data: bytes, why: str) -> None:
    assert records(data) == [Damage(0, why)]


def test_a_record_of_another_length_is_a_fault() -> None:
    (one,) = records(gzip.compress(b"WARC/1.1\r\nContent-Length: 2\r\n\r\nabc\r\n\r\n"))
    assert isinstance(one, Record)
    assert one.faults == ("it does not end where it says",)


def test_a_bomb_is_not_unpacked() -> None:
    bomb = member("response", b"\0" * 5_000_000)
    assert len(bomb) < 10_000
    (one,) = records(bomb + bomb, most=1_000_000, resume=[0, len(bomb)])
    assert one == Damage(0, "it unpacks to far more than a file of this size should")


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_no_bytes_end_in_an_exception(data: st.DataObject) -> None:
    whole = bytearray(member("response", HTTP) + member("metadata", b"a: b\r\n"))
    packed = data.draw(st.booleans())
    if not packed:
        whole = bytearray(warc_record("response", HTTP) * 2)
    for _ in range(data.draw(st.integers(0, 4))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=6))
    records(bytes(whole), packed=packed, resume=[0, 5, 17], most=100_000)

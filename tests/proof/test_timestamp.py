"""Time stamps: what is asked, and which answers are believed."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID
from hypothesis import given, settings
from hypothesis import strategies as st

from citecheck.proof.timestamp import Stamp, StampError, ask, verified
from citecheck.records.observation import Fault, FaultKind
from standins.tsa import AT, URL, Authority

DATA = b'{"schema": "citecheck/manifest/1"}\n'


def stamped(authority: Authority) -> tuple[bytes, Stamp]:
    return asyncio.run(ask(DATA, URL, authority))


def test_the_stamp_says_when_and_by_whom_and_holds_without_the_network() -> None:
    authority = Authority()
    reply, stamp = stamped(authority)
    assert stamp == Stamp(AT, "CN=Stand-in TSA")
    assert verified(reply, DATA) == stamp


def test_the_authority_is_sent_a_hash_and_told_what_it_is() -> None:
    authority = Authority()
    stamped(authority)
    (asked,) = authority.asked
    assert (asked.method, asked.url, asked.link) == ("POST", URL, "")
    assert ("Content-Type", "application/timestamp-query") in asked.headers
    assert DATA not in asked.content
    assert asked.max_bytes is not None
    assert not asked.trusted  # an address of this network is refused like any other


def test_each_request_has_a_nonce_of_its_own() -> None:
    authority = Authority()
    stamped(authority)
    stamped(authority)
    assert authority.asked[0].content != authority.asked[1].content


def test_an_authority_may_send_its_root_too_in_any_order() -> None:
    reply, _ = stamped(Authority(with_root=True))
    assert verified(reply, DATA).at == AT


@pytest.mark.parametrize(
    ("authority", "why"),
    [
        (Authority(status=2), "was not granted (status 2)"),
        (Authority(status=1), "was not granted (status 1)"),
        (Authority(imprint=b"x" * 32), "is for other bytes than these"),
        (Authority(nonce=5), "is the answer to another request (the nonce differs)"),
        (Authority(certificates=False), "has a signature that does not hold: it carries no"),
        (Authority(forged=True), "it was not made with the key of its certificate"),
        (Authority(other_signer=True), "it names two certificates that sign"),
        (Authority(purposes=()), "its certificate is not for time stamping"),
        (
            Authority(
                purposes=(ExtendedKeyUsageOID.TIME_STAMPING, ExtendedKeyUsageOID.CODE_SIGNING)
            ),
            "its certificate is not for time stamping alone",
        ),
        (Authority(at=AT - timedelta(days=30)), "a certificate was not valid at its time"),
        (Authority(body=b""), "is no time stamp that can be read"),
        (Authority(body=b"<html>welcome</html>"), "is no time stamp that can be read"),
        (Authority(body=b"\x30\x84\xff\xff\xff\xff"), "is no time stamp that can be read"),
        (Authority(body=b"\x30" * 90_000), "is no time stamp that can be read"),
        (Authority(body=b"\x30" * 200_000), "is larger than any time stamp"),
        (Authority(truncated="length"), "its answer was cut off or is larger than any time stamp"),
        (Authority(media_type="text/html"), "its answer is no time stamp but something else"),
        (Authority(http_status=503), "it answered with status 503"),
        (Authority(http_status=302), "it answered with status 302: it sends elsewhere"),
        (
            Authority(silent=Fault(FaultKind.CONNECT_TIMEOUT, "no answer within 10 seconds")),
            "it did not answer (no answer within 10 seconds)",
        ),
    ],
)
def test_what_is_no_stamp_is_not_believed(authority: Authority, why: str) -> None:
    with pytest.raises(StampError) as refused:
        stamped(authority)
    assert why in str(refused.value)


def test_certificates_without_end_are_not_tried_one_by_one() -> None:
    authority = Authority()
    authority.beside = (authority.root.public_bytes(Encoding.DER),) * 200
    with pytest.raises(StampError, match="more certificates than any chain has"):
        stamped(authority)


def test_a_stamp_is_for_these_bytes_alone() -> None:
    reply, _ = stamped(Authority())
    with pytest.raises(StampError, match="is for other bytes than these"):
        verified(reply, DATA + b" ")


REPLY, _ = stamped(Authority(with_root=True))


@settings(max_examples=200, deadline=None)
@given(st.integers(0, len(REPLY) - 1), st.integers(1, 255))
def test_an_altered_answer_says_the_same_or_nothing(place: int, change: int) -> None:
    altered = bytearray(REPLY)
    altered[place] ^= change
    try:
        stamp = verified(bytes(altered), DATA)
    except StampError:
        return
    assert stamp == Stamp(AT, "CN=Stand-in TSA")


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_garbage_is_refused_and_raises_nothing_else(reply: bytes) -> None:
    with pytest.raises(StampError):
        verified(reply, DATA)

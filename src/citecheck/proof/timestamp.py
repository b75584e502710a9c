"""A time stamp on a manifest: what is asked of an authority, and whether its answer holds.

RFC 3161: the request carries the SHA-256 of the manifest, a nonce, and the wish for certificates;
the answer is believed where it was granted, repeats hash and nonce, and is signed by a certificate
for time stamping (critical, that purpose) that comes with it, as are those above it. Whether that
authority is to be trusted is not decided here: who verifies brings its certificate (`openssl ts
-verify`). The authority learns a hash and nothing else.
"""

from __future__ import annotations

import hashlib
import warnings
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from citecheck.proof import cms, der
from citecheck.proof.cms import SignatureError
from citecheck.records.ask import Ask
from citecheck.records.exchange import Exchange
from citecheck.records.observation import Fault

_MOST = 100_000  # bytes of an answer; real ones have 1,500 to 8,000
_QUERY, _REPLY = "application/timestamp-query", "application/timestamp-reply"
_SHA256 = "2.16.840.1.101.3.4.2.1"


class Fetcher(Protocol):
    """The polite client, which follows no redirects."""

    async def fetch(self, ask: Ask) -> Exchange | Fault: ...


class StampError(ValueError):
    """There is no time stamp, or it does not hold; `str()` is a clause that says why."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """When the authority saw the bytes (UTC), and what its certificate calls it."""

    at: datetime
    authority: str


async def ask(data: bytes, url: str, fetcher: Fetcher) -> tuple[bytes, Stamp]:
    """Ask the authority at `url` for a time stamp on `data`: its answer as it came (what a `.tsr`
    file holds), which holds. Raises StampError."""
    from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

    builder = TimestampRequestBuilder().data(data).hash_algorithm(HashAlgorithm.SHA256)
    request = builder.nonce(nonce=True).cert_request(cert_request=True).build()
    answer = await fetcher.fetch(
        Ask(
            url,
            method="POST",
            headers=(("Content-Type", _QUERY), ("Accept", _REPLY)),
            content=request.as_bytes(),
            max_bytes=_MOST,
        )
    )
    if isinstance(answer, Fault):
        raise StampError(f"it did not answer ({answer.detail or answer.kind.value})")
    if answer.status != 200:
        where = ": it sends elsewhere, give the final address" if _redirects(answer) else ""
        raise StampError(f"it answered with status {answer.status}{where}")
    if answer.truncated:
        raise StampError("its answer was cut off or is larger than any time stamp")
    if answer.header("content-type").partition(";")[0].strip().lower() != _REPLY:
        raise StampError("its answer is no time stamp but something else; is the address right?")
    try:
        return answer.content, verified(answer.content, data, request.nonce)
    except StampError as fault:
        raise StampError(f"its answer {fault}") from None


def verified(reply: bytes, data: bytes, nonce: int | None = None) -> Stamp:
    """The stamp that `reply` puts on `data`, checked as far as it carries what it takes; raises
    StampError. Without `nonce` any will do, as the request is no longer known."""
    if len(reply) > _MOST:
        raise StampError("is larger than any time stamp")
    try:
        return _verified(reply, data, nonce)
    except StampError:
        raise
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as fault:
        # What the decoder of certificates stumbles over (it may panic, which is no Exception) is no
        # time stamp.
        raise StampError("is no time stamp that can be read") from fault


def _redirects(answer: Exchange) -> bool:
    return answer.status in (301, 302, 303, 307, 308)


def _verified(reply: bytes, data: bytes, nonce: int | None) -> Stamp:
    parts = der.only(reply).parts()
    status = parts[0].parts()[0].number()
    if status != 0:
        raise StampError(f"was not granted (status {status})")
    (node,) = parts[1:]
    token = cms.token(node)
    told = token.stamped()
    if told.algorithm != cms.SHA256:
        raise StampError("is made with another hash than SHA-256")
    if told.imprint != hashlib.sha256(data).digest():
        raise StampError("is for other bytes than these")
    if nonce is not None and told.nonce != nonce:
        raise StampError("is the answer to another request (the nonce differs)")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about certificates that are none of ours
        try:
            signer = cms.check(token, told.at)
        except SignatureError as fault:
            raise StampError(f"has a signature that does not hold: {fault}") from None
    return Stamp(told.at, signer.subject.rfc4514_string())

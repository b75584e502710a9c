"""One exchange as WARC/1.1 records, each a gzip member of its own.

ISO 28500:2017 (WARC/1.1), through warcio. Per exchange: `response` (or `revisit`), `request` and
`metadata`, tied by `WARC-Concurrent-To`, with one WARC-Date to the microsecond.
`WARC-Payload-Digest` is `sha1:` over the body after transfer-decoding and before content-decoding
(IIPC issue 22). `WARC-Protocol` is the proposed header, repeated, one value each. A body that a
limit cut off says so in `WARC-Truncated`. A 304 is a revisit record of the profile
`server-not-modified`.
"""

from __future__ import annotations

import base64
import hashlib
import io
import uuid
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from citecheck.records.exchange import Exchange
from citecheck.warc.headers import request_head, response_head, shown

_PROFILES = "http://netpreserve.org/warc/1.1/revisit/"
_FAST_ABOVE = 250_000  # bytes: above this the strongest compression would hold up the visits


@dataclass(frozen=True, slots=True)
class Original:
    """The record that a revisit record points at."""

    url: str
    date: str
    record: str
    digest: str


def warc_date(moment: datetime) -> str:
    """A moment as WARC/1.1 has it: UTC, microseconds, `Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def payload_digest(raw: bytes) -> str:
    """SHA-1 in base32, the form in which web archives compare payloads; no security rests on it."""
    return base64.b32encode(hashlib.sha1(raw, usedforsecurity=False).digest()).decode()


def new_id() -> str:
    return f"<urn:uuid:{uuid.uuid4()}>"


def warcinfo(
    filename: str, moment: datetime, software: str, more: Sequence[tuple[str, str]] = ()
) -> bytes:
    """The record that opens a file; `more` are further fields of it (`operator`, `robots`)."""
    fields = {
        "software": software,
        "format": "WARC File Format 1.1",
        "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        "isPartOf": filename.rpartition("-")[0],
        "description": "pages that documents cite, as they were seen when their links were checked",
    }
    head = {"WARC-Date": warc_date(moment), "WARC-Filename": filename}
    return _record("", "warcinfo", head, _fields([*fields.items(), *more]))


def response(exchange: Exchange, identity: str, digest: str) -> bytes:
    head = _common(exchange, identity)
    head["WARC-Payload-Digest"] = f"sha1:{digest}"
    return _record(
        shown(exchange.url), "response", head, exchange.raw, response_head(exchange), exchange
    )


def revisit(exchange: Exchange, identity: str, original: Original) -> bytes:
    """A record without the body: the same as `original`, or (304) not modified since."""
    head = _common(exchange, identity)
    if exchange.status == 304:
        head["WARC-Profile"] = f"{_PROFILES}server-not-modified"
    else:
        head["WARC-Profile"] = f"{_PROFILES}identical-payload-digest"
        head["WARC-Payload-Digest"] = f"sha1:{original.digest}"
    head["WARC-Refers-To"] = original.record
    head["WARC-Refers-To-Target-URI"] = original.url
    head["WARC-Refers-To-Date"] = original.date
    return _record(shown(exchange.url), "revisit", head, b"", response_head(exchange), exchange)


def request(exchange: Exchange, response_id: str) -> bytes:
    head = {"WARC-Date": warc_date(exchange.at), "WARC-Concurrent-To": response_id}
    return _record(shown(exchange.url), "request", head, b"", request_head(exchange))


def metadata(exchange: Exchange, link: str, response_id: str, via: str = "") -> bytes:
    """Times and digests of ours, as `application/warc-fields`. `via` is the page that a requisite
    belongs to, told as crawlers do (`hopsFromSeed: E`, embedded)."""
    fields = [
        ("fetchTimeMs", str(round(exchange.elapsed * 1000))),
        ("citecheck-link", shown(link)),
        ("citecheck-sha256-payload", hashlib.sha256(exchange.raw).hexdigest()),
    ]
    if not exchange.undecodable:  # then nobody knows what the body is
        digest = hashlib.sha256(exchange.content).hexdigest()
        fields.append(("citecheck-sha256-decoded", digest))
    if via:
        fields += [("via", shown(via)), ("hopsFromSeed", "E")]
    head = {"WARC-Date": warc_date(exchange.at), "WARC-Concurrent-To": response_id}
    return _record(shown(exchange.url), "metadata", head, _fields(fields))


def note(url: str, moment: datetime, about: str, fields: Sequence[tuple[str, str]]) -> bytes:
    """What was found out about a record later on, as a `metadata` record that refers to it."""
    head = {"WARC-Date": warc_date(moment), "WARC-Refers-To": about}
    return _record(url, "metadata", head, _fields(fields))


def _common(exchange: Exchange, identity: str) -> dict[str, str]:
    head = {"WARC-Record-ID": identity, "WARC-Date": warc_date(exchange.at)}
    if exchange.address:
        head["WARC-IP-Address"] = exchange.address
    if exchange.truncated:
        head["WARC-Truncated"] = exchange.truncated
    return head


def _fields(fields: Sequence[tuple[str, str]]) -> bytes:
    lines = (f"{name}: {' '.join(value.split())}\r\n" for name, value in fields if value)
    return "".join(lines).encode("utf-8", "backslashreplace")


def _protocols(exchange: Exchange) -> list[str]:
    found = [exchange.protocol.lower()] if exchange.protocol else []
    if exchange.tls:
        found.append("tls/" + exchange.tls.lower().removeprefix("tls").lstrip("v/ "))
    return found


def _record(
    url: str,
    kind: str,
    head: dict[str, str],
    payload: bytes,
    block: bytes = b"",
    exchange: Exchange | None = None,
) -> bytes:
    from warcio.statusandheaders import StatusAndHeaders  # type: ignore[import-untyped]
    from warcio.warcwriter import WARCWriter  # type: ignore[import-untyped]

    class Verbatim(StatusAndHeaders):  # type: ignore[misc]
        """HTTP headers written as the bytes they were; warcio would percent-encode them."""

        def compute_headers_buffer(self, header_filter: Any = None) -> None:
            self.headers_buff = block

    out = io.BytesIO()
    writer = WARCWriter(out, gzip=False, warc_version="1.1")
    record = writer.create_warc_record(
        url,
        kind,
        payload=io.BytesIO(payload),
        length=len(payload),
        warc_headers_dict=head,
        http_headers=Verbatim("", [("Verbatim", "yes")]) if block else None,
    )
    for value in _protocols(exchange) if exchange else ():
        record.rec_headers.add_header("WARC-Protocol", value)
    writer.write_record(record)
    level = 1 if len(payload) > _FAST_ABOVE else 6
    squeeze = zlib.compressobj(level, zlib.DEFLATED, zlib.MAX_WBITS + 16)
    return squeeze.compress(out.getvalue()) + squeeze.flush()

"""WARC records written by hand, right or wrong as a test wants them."""

from __future__ import annotations

import gzip
from collections.abc import Mapping

_TYPES = {
    "response": "application/http; msgtype=response",
    "revisit": "application/http; msgtype=response",
    "request": "application/http; msgtype=request",
}


def warc_record(kind: str, block: bytes, fields: Mapping[str, str] | None = None) -> bytes:
    """A record as it lies in a file that is not compressed."""
    head = {
        "WARC-Type": kind,
        "WARC-Record-ID": f"<urn:uuid:{kind}>",
        "WARC-Date": "2026-11-22T03:14:15Z",
        "Content-Type": _TYPES.get(kind, "application/warc-fields"),
        "Content-Length": str(len(block)),
        **(fields or {}),
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
    return b"WARC/1.1\r\n" + lines.encode() + b"\r\n" + block + b"\r\n\r\n"


def member(kind: str, block: bytes, fields: Mapping[str, str] | None = None) -> bytes:
    """A record as a gzip member."""
    return gzip.compress(warc_record(kind, block, fields), mtime=0)

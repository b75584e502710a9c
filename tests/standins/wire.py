"""Exchanges as they go to the WARC writer: short, with every field at a plain value."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from pathlib import Path

from citecheck.records.exchange import Exchange

MOMENT = datetime(2026, 11, 22, 3, 14, 15, 123456, tzinfo=UTC)


class FixedClock:
    """A clock that stands still, at `MOMENT` or where it is put."""

    def __init__(self, moment: datetime = MOMENT) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment

    def monotonic(self) -> float:
        return 0.0

    async def sleep(self, seconds: float) -> None:
        raise AssertionError("nothing here waits")


def exchange(
    url: str = "https://example.com/plain",
    body: bytes = b"<p>Hello</p>",
    *,
    headers: tuple[tuple[bytes, bytes], ...] = ((b"Content-Type", b"text/html; charset=utf-8"),),
    request_headers: tuple[tuple[bytes, bytes], ...] = ((b"Host", b"example.com"),),
    status: int = 200,
    reason: str = "OK",
    at: datetime = MOMENT,
    method: str = "GET",
    truncated: str = "",
    protocol: str = "http/1.1",
    tls: str = "",
) -> Exchange:
    return Exchange(
        method=method,
        url=url,
        at=at,
        request_headers=request_headers,
        status=status,
        reason=reason,
        headers=headers,
        raw=body,
        content=gzip.decompress(body) if body.startswith(b"\x1f\x8b") else body,
        truncated=truncated,
        protocol=protocol,
        tls=tls,
        address="192.0.2.7",
        elapsed=0.25,
    )


def unpacked(folder: Path) -> bytes:
    """All WARC files of a folder, decompressed, one after the other."""
    return b"".join(gzip.decompress(p.read_bytes()) for p in sorted(folder.glob("*.warc.gz")))

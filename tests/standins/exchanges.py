"""Exchanges written by hand, for tests of what is made of an answer."""

from __future__ import annotations

from collections.abc import Mapping

from citecheck.records.exchange import Exchange
from standins.clock import START


def answered(
    url: str,
    status: int = 200,
    content: bytes = b"",
    headers: Mapping[str, str] | None = None,
    truncated: str = "",
) -> Exchange:
    """An exchange as the client would hand it on."""
    return Exchange(
        method="GET",
        url=url,
        at=START,
        request_headers=((b"Host", b"example.org"),),
        status=status,
        reason="",
        headers=tuple((k.encode(), v.encode()) for k, v in (headers or {}).items()),
        raw=content,
        content=content,
        truncated=truncated,
        address="192.0.2.1",
    )

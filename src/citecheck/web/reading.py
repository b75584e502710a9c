"""One answer while it is read: what was read stays, whatever ends the reading."""

from __future__ import annotations

import asyncio
import ssl
from datetime import datetime

import httpx

from citecheck.records.exchange import Exchange
from citecheck.records.observation import Fault, FaultKind
from citecheck.web.decode import Body

_RAW = "citecheck.headers"
_HEADERS = 300
_HEADER_BYTES = 96_000


async def without_location(response: httpx.Response) -> None:
    """httpx prepares the next request of every redirect, followed or not, and fails on addresses
    that it does not like: it gets to see no redirect. The headers as sent are kept aside."""
    response.extensions[_RAW] = tuple(response.headers.raw)
    if "location" in response.headers:
        del response.headers["location"]


def flooded(response: httpx.Response) -> Fault | None:
    raw = response.extensions[_RAW]
    if len(raw) <= _HEADERS and sum(len(k) + len(v) for k, v in raw) <= _HEADER_BYTES:
        return None
    return Fault(
        FaultKind.PROTOCOL_ERROR, f"the answer has {len(raw)} header lines or too long ones"
    )


class Reading:
    """An answer while its body is read; what was read stays whatever ends the reading."""

    def __init__(self, response: httpx.Response, most: int) -> None:
        self._response = response
        # An answer made by hand (a test's router) has been read and decoded when it is handed over.
        self._ready = response.is_stream_consumed
        codings = [] if self._ready else response.headers.get_list("content-encoding")
        self._body = Body(codings, most)
        self.truncated = ""
        stream = response.extensions.get("network_stream")  # silent once the answer is closed
        peer = stream.get_extra_info("server_addr") if stream is not None else None
        tls = stream.get_extra_info("ssl_object") if stream is not None else None
        self._address = str(peer[0]) if peer else ""
        self._tls = (tls.version() or "") if isinstance(tls, ssl.SSLObject | ssl.SSLSocket) else ""

    async def read(self) -> None:
        if self._ready:
            self._body.feed(self._response.content)
            self.truncated = "length" if self._body.full else ""
            return
        async for part in self._response.aiter_raw():
            self._body.feed(part)
            if self._body.full:
                self.truncated = "length"
                return
            await asyncio.sleep(0)
        if not self._body.complete():
            self.truncated = "disconnect"

    def exchange(self, method: str, url: str, at: datetime, elapsed: float) -> Exchange:
        response = self._response
        version = response.extensions.get("http_version", b"HTTP/1.1")
        return Exchange(
            method=method,
            url=url,
            at=at,
            request_headers=tuple(response.request.headers.raw),
            status=response.status_code,
            reason=response.extensions.get("reason_phrase", b"").decode("latin-1"),
            headers=response.extensions[_RAW],
            raw=self._body.raw,
            content=self._body.content,
            truncated=self.truncated,
            protocol="h2" if version == b"HTTP/2" else version.decode("ascii").lower(),
            tls=self._tls,
            address=self._address,
            elapsed=elapsed,
            undecodable=self._body.undecodable,
        )

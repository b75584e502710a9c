"""One answer while it is read: what was read stays, whatever ends the reading.

A body is read as far as anything needs it. A redirect's and a refusal's are read for the words that
tell a wall or an error page by, `_WORDS` bytes at most. One that says it is longer than the limit
will never be compared (`ok-too-large`), so `_START` bytes are read, in which titles and kinds of
file are found, instead of the limit. Everything else is read to its end, files that no rule looks
into as well: their digest is what tells a change by, and the local copy is of use only whole.

HEAD is not used to find out beforehand. Many servers answer it with 403, 404, 405 or 501 where GET
is fine, or without the length that would be the gain; it doubles the requests to those that are
well; and a page that is there must be read anyway to be told from an error page with status 200.
"""

from __future__ import annotations

import asyncio
import ssl
from datetime import datetime

import httpx

from citecheck.records.exchange import Exchange
from citecheck.records.observation import Fault, FaultKind
from citecheck.web.decode import Body
from citecheck.web.freight import Load

REDIRECTS = frozenset({301, 302, 303, 307, 308})  # RFC 9110, 15.4: those that name one address
_RAW = "citecheck.headers"
_HEADERS = 300
_HEADER_BYTES = 96_000
_WORDS = 256_000
_START = 1_000_000


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


def enough(response: httpx.Response, most: int) -> int:
    """How many bytes of a body are worth reading, at most `most`."""
    if response.status_code >= 400 or response.status_code in REDIRECTS:
        return min(most, _WORDS)
    length = response.headers.get("content-length", "").strip()
    if length.isascii() and length.isdigit() and int(length[:15]) > most:
        return min(most, _START)
    return most


class Reading:
    """An answer while its body is read; what was read stays whatever ends the reading. `load` is
    what it weighs among all bodies of the run."""

    def __init__(self, response: httpx.Response, most: int, load: Load) -> None:
        self._response = response
        self._load = load
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

    async def read(self, limit: asyncio.Timeout) -> None:
        """Read as much as is wanted; `limit` stands still while other bodies are in the way."""
        if self._ready:
            self._body.feed(self._response.content)
            self._load.holds(self._body.held)
            self.truncated = "length" if self._body.full else ""
            return
        async for part in self._response.aiter_raw():
            await self._load.room(limit)
            self._body.feed(part)
            self._load.holds(self._body.held)
            if self._body.full:
                self.truncated = "length"
                return
            await asyncio.sleep(0)
        if not self._body.complete():
            self.truncated = "disconnect"

    def exchange(self, method: str, url: str, at: datetime, elapsed: float) -> Exchange:
        response = self._response
        version = response.extensions.get("http_version", b"HTTP/1.1")
        raw, content = self._body.both()
        exchange = Exchange(
            method=method,
            url=url,
            at=at,
            request_headers=tuple(response.request.headers.raw),
            status=response.status_code,
            reason=response.extensions.get("reason_phrase", b"").decode("latin-1"),
            headers=response.extensions[_RAW],
            raw=raw,
            content=content,
            truncated=self.truncated,
            protocol="h2" if version == b"HTTP/2" else version.decode("ascii").lower(),
            tls=self._tls,
            address=self._address,
            elapsed=elapsed,
            undecodable=self._body.undecodable,
        )
        self._load.hand_over(exchange)
        return exchange

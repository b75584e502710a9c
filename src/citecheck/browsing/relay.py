"""Bytes of HTTP/1.1 on their way through the gate: heads read within bounds, bodies passed on.

A connection carries one request: what belongs to a single hop (RFC 9110 7.6.1) is taken off, and
both sides are told that it ends (RFC 9112 9.6), so no second request can follow to another place.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from citecheck.web.proxies import Proxy
from citecheck.web.tunnels import authorization

HEAD_LIMIT = 65_536
OURS = "citecheck-gate"  # the header by which a refusal of the gate is told from a page
_CHUNK = 65_536
_HOP = frozenset(
    {"connection", "keep-alive", "proxy-connection", "proxy-authorization", "proxy-authenticate",
     "proxy-authentication-info", "te", "upgrade", OURS}
)  # fmt: skip
_INTERIM = 5  # answers 1xx before the real one


@dataclass(frozen=True, slots=True)
class Head:
    """The first lines of a request; header lines keep order and case."""

    method: str
    target: str
    lines: tuple[str, ...]

    def value(self, name: str) -> str:
        """The first value of a header, or the empty string."""
        return next((v for k, v in _pairs(self.lines) if k == name), "")


def _pairs(lines: tuple[str, ...]) -> list[tuple[str, str]]:
    split = (line.partition(":") for line in lines)
    return [(name.strip().lower(), value.strip()) for name, _, value in split]


async def read_head(reader: asyncio.StreamReader) -> Head | None:
    """The head of a request, or None where it is none; raises EOFError where it breaks off."""
    try:
        raw = await reader.readuntil(b"\r\n\r\n")
    except asyncio.LimitOverrunError:
        return None
    first, *lines = raw[:-4].decode("latin-1").split("\r\n")
    words = first.split(" ")
    if len(words) != 3 or not words[2].startswith("HTTP/1."):
        return None
    return Head(words[0], words[1], tuple(lines))


def onward_request(head: Head, proxy: Proxy | None = None) -> bytes:
    """The request as the server gets it: origin-form, without what was meant for the gate. A proxy
    on the way gets the whole address, and what opens it."""
    parts = urlsplit(head.target)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    kept = [line for line in head.lines if line.partition(":")[0].strip().lower() not in _HOP]
    if proxy is not None:
        target = head.target
        kept += [f"{k.decode()}: {v.decode('latin-1')}" for k, v in authorization(proxy)]
    lines = [f"{head.method} {target} HTTP/1.1", *kept, "Connection: close", "", ""]
    return "\r\n".join(lines).encode("latin-1")


async def returned_answer(web: asyncio.StreamReader) -> bytes | None:
    """The head of the answer as the page gets it; None where it is none. Raises EOFError."""
    for _ in range(_INTERIM):
        try:
            raw = await web.readuntil(b"\r\n\r\n")
        except asyncio.LimitOverrunError:
            return None
        first, *lines = raw[:-4].decode("latin-1").split("\r\n")
        words = first.split(" ", 2)
        if len(words) < 2 or not words[0].startswith("HTTP/1.") or not words[1].isdigit():
            return None
        if words[1].startswith("1"):
            continue
        if words[1] == "407":
            return None  # only the gate asks for a pass
        kept = [line for line in lines if line.partition(":")[0].strip().lower() not in _HOP]
        return "\r\n".join([first, *kept, "Connection: close", "", ""]).encode("latin-1")
    return None


async def pump(
    source: asyncio.StreamReader, sink: asyncio.StreamWriter, allows: Callable[[int], bool]
) -> None:
    """Pass bytes on until the source ends, the sink is gone, or `allows` says that it is enough."""
    try:
        while chunk := await source.read(_CHUNK):
            if not allows(len(chunk)):
                return
            sink.write(chunk)
            await sink.drain()
    except OSError:
        return


def refusal(status: int, words: str, *, asks: bool = False) -> bytes:
    """An answer of the gate itself; with `asks` it wants to see a pass."""
    wants = 'Proxy-Authenticate: Basic realm="citecheck"\r\n' if asks else ""
    return (
        f"HTTP/1.1 {status} {words}\r\n{OURS}: refused\r\n{wants}"
        "Content-Length: 0\r\nConnection: close\r\n\r\n"
    ).encode("ascii")


def bad_head() -> bytes:
    """What the page gets where the server answered nothing that is HTTP."""
    return refusal(502, "Bad Gateway")

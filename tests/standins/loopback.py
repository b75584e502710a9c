"""A server on loopback that says exactly the bytes it is told to, over TCP or TLS."""

from __future__ import annotations

import asyncio
import socket
import ssl
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from citecheck.records.observation import Fault, FaultKind
from citecheck.web.resolver import Resolved

Say = Callable[[bytes, asyncio.StreamWriter], Awaitable[None]]


def page(body: bytes, *head: str, status: str = "200 OK") -> bytes:
    """A whole HTTP/1.1 answer."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *head, "", ""]
    return "\r\n".join(lines).encode() + body


def saying(*parts: bytes, close: bool = False) -> Say:
    """Write these bytes for each request; with `close` hang up after them."""

    async def say(_: bytes, writer: asyncio.StreamWriter) -> None:
        for part in parts:
            writer.write(part)
            await writer.drain()
        if close:
            writer.close()

    return say


def reset(writer: asyncio.StreamWriter) -> None:
    """End the connection with RST."""
    sock = writer.get_extra_info("socket")
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


@dataclass
class Served:
    """`requests` are the heads received, `connections` counts accepted ones."""

    port: int = 0
    requests: list[bytes] = field(default_factory=list)
    connections: int = 0


@asynccontextmanager
async def serving(say: Say, tls: ssl.SSLContext | None = None) -> AsyncIterator[Served]:
    served = Served()

    async def one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        served.connections += 1
        try:
            while not writer.is_closing():
                head = await reader.readuntil(b"\r\n\r\n")
                served.requests.append(head)
                await say(head, writer)
        except (asyncio.IncompleteReadError, ConnectionError, ssl.SSLError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(one, "127.0.0.1", 0, ssl=tls)
    served.port = server.sockets[0].getsockname()[1]
    try:
        yield served
    finally:
        server.close()


class Table:
    """A resolver from a table: a name leads to endpoints or to a fault; one row a question, the
    last row for all later ones."""

    def __init__(self, rows: dict[str, list[list[tuple[str, int]] | Fault]]) -> None:
        self._rows = rows
        self.asked: list[str] = []

    async def resolve(self, host: str, port: int) -> Resolved | Fault:
        self.asked.append(host)
        rows = self._rows.get(host)
        if rows is None:
            return Fault(FaultKind.DNS_NXDOMAIN, f"the name {host} does not exist")
        row = rows[0] if len(rows) == 1 else rows.pop(0)
        return row if isinstance(row, Fault) else Resolved(tuple(row))

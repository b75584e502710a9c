"""Proxies on loopback: CONNECT and forwarding over HTTP, and SOCKS5, with or without a password.

Whatever name they are asked for, they connect to the one port they were given, as a proxy that does
its own look-ups.
"""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from base64 import b64decode
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

Serve = Callable[["Proxied", asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@dataclass
class Proxied:
    """`to` is the port behind; `says` an answer in place of a connection (status or SOCKS code);
    `wants` the name and password."""

    to: int = 0
    says: int = 0
    wants: str = ""
    head: str = ""
    port: int = 0
    asked: list[str] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)


async def http(
    proxied: Proxied, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    proxied.heads.append(head)
    method, target, _ = head.split("\r\n")[0].split(" ")
    proxied.asked.append(f"{method} {target}")
    given = [r.partition(": ")[2] for r in head.split("\r\n") if r.startswith("Proxy-Auth")]
    known = not proxied.wants or [b64decode(g.removeprefix("Basic ")).decode() for g in given] == [
        proxied.wants
    ]
    if not known or proxied.says:
        status = proxied.says if known else 407
        writer.write(f"HTTP/1.1 {status} Said\r\n{proxied.head}Content-Length: 0\r\n\r\n".encode())
        return
    inner, outer = await asyncio.open_connection("127.0.0.1", proxied.to)
    if method == "CONNECT":
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
    else:
        path = "/" + target.split("/", 3)[3]
        outer.write(head.replace(target, path, 1).encode("latin-1"))
    await _both_ways(reader, writer, inner, outer)


async def socks(
    proxied: Proxied, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    _, count = await reader.readexactly(2)
    methods = await reader.readexactly(count)
    if proxied.wants and 2 not in methods:
        writer.write(b"\5\xff")
        return
    writer.write(b"\5\2" if proxied.wants else b"\5\0")
    if proxied.wants:
        await reader.readexactly(1)
        name = await reader.readexactly((await reader.readexactly(1))[0])
        password = await reader.readexactly((await reader.readexactly(1))[0])
        right = f"{name.decode()}:{password.decode()}" == proxied.wants
        writer.write(b"\1\0" if right else b"\1\1")
        if not right:
            return
    _, _, _, kind = await reader.readexactly(4)
    host = await reader.readexactly((await reader.readexactly(1))[0] if kind == 3 else 4)
    port = int.from_bytes(await reader.readexactly(2), "big")
    proxied.asked.append(f"{host.decode('latin-1')}:{port}")
    if proxied.says:
        writer.write(bytes([5, proxied.says, 0, 1]) + bytes(6))
        return
    inner, outer = await asyncio.open_connection("127.0.0.1", proxied.to)
    writer.write(b"\5\0\0\3\4here\0\0")
    await _both_ways(reader, writer, inner, outer)


async def _both_ways(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    inner: asyncio.StreamReader,
    outer: asyncio.StreamWriter,
) -> None:
    async def pipe(one: asyncio.StreamReader, other: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while data := await one.read(65536):
                other.write(data)
                await other.drain()
        other.close()

    try:
        await asyncio.gather(pipe(reader, outer), pipe(inner, writer))
    finally:
        outer.close()


@asynccontextmanager
async def proxying(
    serve: Serve, proxied: Proxied, tls: ssl.SSLContext | None = None
) -> AsyncIterator[Proxied]:
    async def one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await serve(proxied, reader, writer)
        except (asyncio.IncompleteReadError, OSError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(one, "127.0.0.1", 0, ssl=tls)
    proxied.port = server.sockets[0].getsockname()[1]
    try:
        yield proxied
    finally:
        server.close()

"""The world's web servers: HTTP/1.x by hand on asyncio streams, so that they can also misbehave."""

from __future__ import annotations

import asyncio
import json
import socket
import ssl
import struct
import time
from collections.abc import Mapping
from contextlib import suppress
from http import HTTPStatus
from typing import TextIO

from benchmarks.comparison.behaviour import Answer, Ask, Certificate, Handler, Host
from benchmarks.comparison.pages import redirect

QUIET = (
    asyncio.IncompleteReadError,
    asyncio.LimitOverrunError,
    ConnectionError,
    ssl.SSLError,
    TimeoutError,
    ValueError,
)


class Register:
    """Every request in order, one line of JSON each; counts what each address was asked."""

    def __init__(self, out: TextIO) -> None:
        self.out = out
        self.first: dict[str, float] = {}
        self.count: dict[str, int] = {}

    def enter(self, method: str, scheme: str, host: str, target: str) -> tuple[int, float]:
        """Earlier requests for the address, and seconds since the first of them."""
        now, key = time.monotonic(), host + target
        began = self.first.setdefault(key, now)
        before = self.count[key] = self.count.get(key, -1) + 1
        row = {"t": round(now, 3), "method": method, "url": f"{scheme}://{host}{target}"}
        self.out.write(json.dumps({**row, "host": host}) + "\n")
        self.out.flush()
        return before, now - began


class Server:
    """One host: what comes to it on its own address is handled by its own handler."""

    def __init__(self, host: Host, register: Register) -> None:
        self.host = host
        self.register = register

    async def plain(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await self._talk(reader, writer, "http")

    async def secure(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await self._talk(reader, writer, "https")

    async def _talk(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, scheme: str
    ) -> None:
        with suppress(*QUIET):
            while await self._one(reader, writer, scheme):
                pass
        if not writer.is_closing():
            writer.close()

    async def _one(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, scheme: str
    ) -> bool:
        """Reads a request and answers it; whether the connection goes on."""
        lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        method, target, version = lines[0].split(" ", 2)
        fields = [line.split(":", 1) for line in lines[1:] if ":" in line]
        headers = {name.strip().lower(): value.strip() for name, value in fields}
        if headers.get("content-length", "0").isdigit():
            await reader.readexactly(int(headers.get("content-length", "0")))
        before, since = self.register.enter(method, scheme, self.host.name, target)
        ask = Ask(method, scheme, self.host.name, target, headers, before, since)
        answer = self._answer(ask)
        await asyncio.sleep(answer.delay)
        if answer.wire is not None:
            await _send_wire(writer, answer)
            return False
        close = version == "HTTP/1.0" or headers.get("connection", "").lower() == "close"
        writer.write(formed(answer, head_only=method == "HEAD", close=close))
        await writer.drain()
        return not close

    def _answer(self, ask: Ask) -> Answer:
        handler: Handler | None = self.host.handler
        if handler is None:
            return Answer(421)
        if ask.scheme == "http" and self.host.certificate is not Certificate.NONE:
            return redirect(f"https://{self.host.name}{ask.target}", 301)
        return handler(ask)


def formed(answer: Answer, head_only: bool, close: bool) -> bytes:
    """A complete answer as HTTP/1.1; header values in UTF-8, as careless servers send them."""
    try:
        phrase = HTTPStatus(answer.status).phrase
    except ValueError:
        phrase = "Unknown"
    length = () if answer.status in (204, 304) else (("Content-Length", str(len(answer.body))),)
    fields = (*answer.headers, *length, ("Connection", "close" if close else "keep-alive"))
    head = f"HTTP/1.1 {answer.status} {phrase}\r\n"
    head += "".join(f"{name}: {value}\r\n" for name, value in fields) + "\r\n"
    return head.encode() + (b"" if head_only else answer.body)


async def _send_wire(writer: asyncio.StreamWriter, answer: Answer) -> None:
    for pause, piece in answer.wire or ():
        await asyncio.sleep(pause)
        if piece is None:
            _reset(writer)
            return
        writer.write(piece)
        await writer.drain()
    writer.close()


def _reset(writer: asyncio.StreamWriter) -> None:
    connection: socket.socket = writer.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


async def serve_host(
    host: Host, address: str, context: ssl.SSLContext | None, register: Register
) -> None:
    """Opens the ports of a host on its address; https only with a context."""
    server = Server(host, register)
    await asyncio.start_server(server.plain, address, 80)
    if context is not None:
        await asyncio.start_server(server.secure, address, 443, ssl=context)


def hold_silent(addresses: Mapping[str, socket.AddressFamily]) -> list[socket.socket]:
    """Makes ports 80 and 443 of the addresses swallow connections: their queues are full.

    The sockets have to be kept for as long as the silence is wanted."""
    kept: list[socket.socket] = []
    for address, family in addresses.items():
        for port in (80, 443):
            listener = socket.socket(family)
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind((address, port))
            listener.listen(0)
            waiting = socket.socket(family)
            waiting.connect((address, port))
            kept += [listener, waiting]
    return kept

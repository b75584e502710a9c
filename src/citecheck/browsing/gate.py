"""The gate of the browser: a small proxy on loopback, the only way by which a page reaches the web.

Chromium is told to use it for everything, loopback included, so the rules of `web/guard.py` hold
for every connection that a page makes: document, redirect, subresource, WebSocket. A name is
resolved here, the guard judges the address, and that very address is connected to: a name that
rebinds gains nothing. Each page shows a pass of its own (RFC 9110 11.7, Basic, RFC 7617), random
and good only while the page is open; what Chromium itself would like to tell its maker has none.
`http` comes as absolute-form requests (RFC 9112 3.2.2), one a connection; `https` and WebSockets
as CONNECT (RFC 9110 9.3.6), whose bytes pass unread.
"""

from __future__ import annotations

import asyncio
import base64
import secrets
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import urlsplit

from citecheck.browsing.flags import OWN_SERVICES
from citecheck.browsing.relay import (
    HEAD_LIMIT,
    Head,
    bad_head,
    onward_request,
    pump,
    read_head,
    refusal,
    returned_answer,
)
from citecheck.browsing.ways import Way, Ways
from citecheck.text.fold import plain

WEB_PORTS = frozenset({80, 443})
_MOST_ASKED = 600  # connections of one page
_MOST_SENT = 10_000_000
_HEAD_TIME = 20.0
_TOLD = 20


@dataclass(slots=True, eq=False)
class Pass:
    """What one page may ask for. `ports` come on top of 80 and 443, `most` bounds the bytes that it
    receives. `refused` says in words what it was not let to, `addresses` whom it spoke to."""

    ports: frozenset[int]
    most: int
    user: str = field(default_factory=lambda: secrets.token_urlsafe(12))
    secret: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    received: int = 0
    sent: int = 0
    asked: int = 0
    refused: list[str] = field(default_factory=list)
    addresses: dict[str, str] = field(default_factory=dict)
    tasks: set[asyncio.Task[None]] = field(default_factory=set)

    @property
    def spent(self) -> bool:
        return self.received > self.most or self.sent > _MOST_SENT

    def took(self, size: int) -> bool:
        """Note bytes that came from the web; False where there were too many."""
        self.received += size
        return not self.spent

    def gave(self, size: int) -> bool:
        self.sent += size
        return not self.spent


class Gate:
    """An asynchronous context manager; `port` is where it listens on 127.0.0.1 while it is open."""

    port: int

    def __init__(self, ways: Ways) -> None:
        self._ways = ways
        self._passes: dict[str, Pass] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", 0, limit=HEAD_LIMIT)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()
        self._passes.clear()
        await _ended(self._tasks)

    def admit(self, ports: frozenset[int], most: int) -> Pass:
        """A pass for one page; `revoke` it when the page is closed."""
        granted = Pass(ports, most)
        token = base64.b64encode(f"{granted.user}:{granted.secret}".encode()).decode("ascii")
        self._passes[f"Basic {token}"] = granted
        return granted

    async def revoke(self, granted: Pass) -> None:
        """The pass is good no longer, and what it had opened is closed."""
        self._passes = {k: p for k, p in self._passes.items() if p is not granted}
        await _ended(granted.tasks)

    def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.get_running_loop().create_task(self._serve(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(_HEAD_TIME):
                head = await read_head(reader)
            if head is not None:
                await self._answer(head, reader, writer)
        except (OSError, TimeoutError, EOFError):
            pass  # either side hung up: the page sees it, nobody else needs to
        finally:
            writer.close()
            with suppress(OSError, TimeoutError):
                await writer.wait_closed()

    async def _answer(
        self, head: Head, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        granted = self._passes.get(head.value("proxy-authorization"))
        if granted is None:
            writer.write(refusal(407, "Proxy Authentication Required", asks=True))
            return
        task = asyncio.current_task()
        assert task is not None
        granted.tasks.add(task)
        task.add_done_callback(granted.tasks.discard)
        place = _place(head)
        if place is not None and place[0] in OWN_SERVICES:
            writer.write(refusal(403, "Forbidden"))
            return
        granted.asked += 1
        if granted.asked > _MOST_ASKED or granted.spent:
            writer.write(_no(granted, "the page asked for more than a page may"))
            return
        if place is None:
            writer.write(_no(granted, "a request that leads nowhere"))
            return
        way = await self._way(granted, *place, tunnel=head.method == "CONNECT")
        if isinstance(way, str):
            writer.write(_no(granted, way))
            return
        try:
            await _relayed(granted, head, (reader, writer), way)
        finally:
            way.writer.close()
            with suppress(OSError, TimeoutError):
                await way.writer.wait_closed()

    async def _way(self, granted: Pass, host: str, port: int, *, tunnel: bool) -> Way | str:
        """A connection that this page may have, or why it may not."""
        if port not in WEB_PORTS | granted.ports:
            return f"port {port} of {host} is none of the web's"
        way = await self._ways.to(host, port, tunnel=tunnel)
        if isinstance(way, Way):
            granted.addresses.setdefault(host, way.address)
        return way


def _no(granted: Pass, why: str) -> bytes:
    if len(granted.refused) < _TOLD:
        granted.refused.append(plain(why, 200))
    return refusal(403, "Forbidden")


def _place(head: Head) -> tuple[str, int] | None:
    """Host and port that a request leads to; None where it is none that a page can mean."""
    try:
        if head.method == "CONNECT":
            parts = urlsplit(f"//{head.target}")
            return (parts.hostname, parts.port) if parts.hostname and parts.port else None
        parts = urlsplit(head.target)
        if parts.scheme.lower() != "http" or not parts.hostname:
            return None
        return parts.hostname, parts.port or 80
    except ValueError:
        return None


async def _relayed(
    granted: Pass,
    head: Head,
    page: tuple[asyncio.StreamReader, asyncio.StreamWriter],
    way: Way,
) -> None:
    """Bytes both ways until the web's side ends, or the page hangs up."""
    if head.method == "CONNECT":
        page[1].write(b"HTTP/1.1 200 Connection Established\r\n\r\n")
    else:
        way.writer.write(onward_request(head, way.forwards))
    asking = asyncio.create_task(pump(page[0], way.writer, granted.gave))
    answering = asyncio.create_task(_answered(granted, head, way.reader, page[1]))
    try:
        await asyncio.wait({asking, answering}, return_when=asyncio.FIRST_COMPLETED)
        if asking.done() and not granted.spent and not asking.exception():
            # The page has said all that it will say; the answer may still be on its way.
            await asyncio.wait({answering}, timeout=_HEAD_TIME)
    finally:
        await _ended({asking, answering})


async def _answered(
    granted: Pass, head: Head, web: asyncio.StreamReader, page: asyncio.StreamWriter
) -> None:
    if head.method != "CONNECT":
        try:
            answer = await returned_answer(web)
        except EOFError:
            answer = None
        page.write(answer if answer is not None else bad_head())
        if answer is None:
            return
    await pump(web, page, granted.took)


async def _ended(tasks: set[asyncio.Task[None]]) -> None:
    mine = asyncio.current_task()
    ending = [task for task in tasks if task is not mine]
    for task in ending:
        task.cancel()
    await asyncio.gather(*ending, return_exceptions=True)

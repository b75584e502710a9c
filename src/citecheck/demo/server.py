"""A small web on loopback: many names, one plain and one TLS port, for the time of a run.

Nothing of the program is replaced but two things that it takes as arguments: the resolver, which
sends every name to 127.0.0.1 and the port of the small web, and the authority that its certificates
are checked against. So it needs no root, no hosts file and no port 80, and works on macOS and
Windows too. Names that it does not know do not exist (NXDOMAIN), as on the large web.

Rests on RFC 9112 (as much of HTTP/1.1 as a polite client speaks) and RFC 6066 (SNI picks the
certificate).
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import ssl
import struct
from collections.abc import Mapping
from functools import partial
from types import TracebackType
from typing import Self

from citecheck.demo.site import Answer, Certificate, Request, Site
from citecheck.records.observation import Fault, FaultKind
from citecheck.web.guard import is_literal
from citecheck.web.resolver import Resolved

LOOPBACK = "127.0.0.1"
_NOT_OURS = "a-name-that-nobody-asked-for.example"


class SmallResolver:
    """Answers for the names of a small web: its own ports for known names, NXDOMAIN for others.

    An IP address is its own answer, so that the guard against private addresses decides on it.
    """

    def __init__(self, sites: Mapping[str, Site], ports: Mapping[int, int], closed: int) -> None:
        self._sites = sites
        self._ports = ports
        self._closed = closed

    async def resolve(self, host: str, port: int) -> Resolved | Fault:
        """Where to connect for a host and the port of its address."""
        host = host.strip("[]").rstrip(".").lower()
        if is_literal(host):
            return Resolved(((host, port),))
        site = self._sites.get(host)
        if site is None:
            return Fault(FaultKind.DNS_NXDOMAIN, f"the name {host} does not exist")
        if site.dns is not None:
            return Fault(site.dns, f"the name {host} could not be resolved")
        here = self._closed if site.refuses else self._ports.get(port, self._closed)
        return Resolved(((LOOPBACK, here),))


class SmallWeb:
    """An asynchronous context manager: while it is open, `sites` answer.

    `resolver` and `ssl_context` are handed to the client; `seen` lists the requests in the order
    of their arrival.
    """

    resolver: SmallResolver
    ssl_context: ssl.SSLContext

    def __init__(self, sites: Mapping[str, Site]) -> None:
        self.sites = dict(sites)
        self.seen: list[Request] = []
        self._servers: list[asyncio.Server] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._counts: dict[str, int] = {}
        self._closed_port: socket.socket | None = None

    async def __aenter__(self) -> Self:
        authority, serving = _certificates(self.sites)
        self.ssl_context = authority
        # Bound and never listening: a connection is refused, and nobody else gets the port.
        self._closed_port = socket.socket()
        self._closed_port.bind((LOOPBACK, 0))
        ports = {}
        for asked, scheme, context in ((80, "http", None), (443, "https", serving)):
            server = await asyncio.start_server(
                partial(self._connected, scheme), LOOPBACK, 0, ssl=context
            )
            self._servers.append(server)
            ports[asked] = server.sockets[0].getsockname()[1]
        self.resolver = SmallResolver(self.sites, ports, self._closed_port.getsockname()[1])
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for server in self._servers:
            server.close()
        # Silent hosts hold their connection until now: `wait_closed` would wait for them for ever.
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for server in self._servers:
            await server.wait_closed()
        if self._closed_port is not None:
            self._closed_port.close()

    def _connected(
        self, scheme: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        task = asyncio.get_running_loop().create_task(self._converse(scheme, reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _converse(
        self, scheme: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        try:
            while (request := await self._read(reader, scheme)) is not None:
                if not await self._answer(request, writer):
                    break
        except (OSError, ValueError, EOFError, asyncio.LimitOverrunError):
            pass  # the client has gone, or does not speak HTTP: there is nobody to tell
        except asyncio.CancelledError:
            writer.transport.abort()  # the small web closes: no farewell, a client might not answer
            raise
        finally:
            writer.close()
            with contextlib.suppress(OSError, asyncio.CancelledError):
                await asyncio.wait_for(writer.wait_closed(), 1.0)

    async def _read(self, reader: asyncio.StreamReader, scheme: str) -> Request | None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        except asyncio.IncompleteReadError:
            return None
        first, *lines = head.split("\r\n")
        method, target, version = first.split(" ", 2)
        if not version.startswith("HTTP/1."):
            raise ValueError("this is not HTTP")
        pairs = (line.partition(":") for line in lines if ":" in line)
        headers = {name.strip().lower(): value.strip() for name, _, value in pairs}
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        host = headers.get("host", "").partition(":")[0].lower()
        count = self._counts.get(f"{scheme}://{host}{target}", 0)
        self._counts[f"{scheme}://{host}{target}"] = count + 1
        request = Request(method, scheme, host, target, headers, body, count)
        self.seen.append(request)
        return request

    async def _answer(self, request: Request, writer: asyncio.StreamWriter) -> bool:
        """Write the answer; says whether the connection can be used again."""
        site = self.sites.get(request.host)
        if site is None or site.handler is None:
            answer = Answer(421, b"No such host here.", (("Content-Type", "text/plain"),))
        else:
            answer = site.handler(request)
        if answer.silent:
            await asyncio.Event().wait()
        if answer.delay:
            await asyncio.sleep(answer.delay)
        if answer.reset:
            _reset(writer)
            return False
        headers = answer.headers
        if not any(name.lower() == "content-length" for name, _ in headers):
            headers = (*headers, ("Content-Length", str(len(answer.body))))
        lines = [f"HTTP/1.1 {answer.status} {answer.phrase}"]
        lines += [f"{name}: {value}" for name, value in headers]
        writer.write("\r\n".join([*lines, "", ""]).encode("utf-8"))
        if request.method != "HEAD" and answer.status not in (204, 304):
            writer.write(answer.body)
        await writer.drain()
        return request.headers.get("connection", "").lower() != "close"


def _reset(writer: asyncio.StreamWriter) -> None:
    """End the connection with RST instead of FIN."""
    linger = struct.pack("hh" if os.name == "nt" else "ii", 1, 0)
    connection = writer.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    writer.transport.abort()


def _certificates(sites: Mapping[str, Site]) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """The context for clients (it trusts the small web's authority and no other) and for servers.

    Expired certificates ended in 2020; wrong ones are for another name; untrusted ones come from
    an authority that nobody knows.
    """
    from datetime import UTC, datetime

    import trustme

    authority, stranger = trustme.CA(), trustme.CA()
    by_kind: dict[Certificate, list[str]] = {kind: [] for kind in Certificate}
    for name, site in sites.items():
        by_kind[site.certificate].append(name)
    contexts: dict[str, ssl.SSLContext] = {}
    for kind, names in by_kind.items():
        if not names:
            continue
        issuer = stranger if kind is Certificate.UNTRUSTED else authority
        ends = datetime(2020, 1, 1, tzinfo=UTC) if kind is Certificate.EXPIRED else None
        named = [_NOT_OURS] if kind is Certificate.WRONG_HOST else names
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        issuer.issue_cert(*named, not_after=ends).configure_cert(context)
        contexts.update(dict.fromkeys(names, context))
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(_NOT_OURS).configure_cert(serving)

    def choose(connection: ssl.SSLObject, name: str | None, _: ssl.SSLContext) -> None:
        if name in contexts:
            connection.context = contexts[name]

    serving.sni_callback = choose
    client = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    authority.configure_trust(client)
    return client, serving

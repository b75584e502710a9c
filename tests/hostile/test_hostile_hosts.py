"""Thirty hostile hosts and as many honest ones in one run: each hostile one harms itself alone."""

from __future__ import annotations

import asyncio
import gzip
import re
import resource
import ssl
import zlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace

import pytest

from citecheck.engines.local import observe
from citecheck.records.link import Link
from citecheck.records.observation import Fault, Observation
from citecheck.settings import Settings
from citecheck.signals.look import look
from citecheck.web.build import open_client
from citecheck.web.clock import SystemClock
from citecheck.web.guard import is_literal
from citecheck.web.resolver import Resolved
from standins.loopback import Table, page, serving

_BOMB = gzip.compress(b"\0" * 20_000_000)
_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
_CHUNKED = _HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
_FINE = page(b"<title>Bread</title><p>" + b"words of an article about bread " * 30)


def coded(body: bytes, coding: str) -> bytes:
    return page(body, "Content-Type: text/html", f"Content-Encoding: {coding}")


def to(address: str) -> bytes:
    return page(b"", f"Location: {address}", status="302 Found")


# What is sent once, and then without end; which faults or statuses may come of it.
HOSTS: dict[str, tuple[bytes, bytes, str]] = {
    "bomb": (coded(_BOMB, "gzip"), b"", "200"),
    "bomb-of-bombs": (coded(gzip.compress(_BOMB), "gzip, gzip"), b"", "200"),
    "bombs-in-a-row": (coded(_BOMB * 20, "gzip"), b"", "200"),
    "half-a-bomb": (coded(_BOMB[:900], "gzip"), b"", "incomplete"),
    "deflated": (coded(zlib.compress(b"\0" * 50_000_000), "deflate"), b"", "200"),
    "endless-body": (_HEAD + b"\r\n", b"<p>word" * 9000, "200|read-timeout"),
    "endless-pieces": (_CHUNKED, b"1\r\na\r\n" * 9000, "incomplete|read-timeout"),
    "endless-extension": (_CHUNKED + b"1;", b"x" * 60_000, "incomplete"),
    "endless-trailers": (_CHUNKED + b"0\r\n", b"X: y\r\n" * 9000, "incomplete"),
    "endless-headers": (_HEAD, b"X: y\r\n" * 9000, "protocol-error"),
    "endless-header": (_HEAD + b"X: ", b"y" * 60_000, "protocol-error"),
    "endless-interim": (b"", b"HTTP/1.1 102 x\r\n\r\n" * 3000, "protocol-error"),
    "endless-lines": (b"", b"\r\n" * 30_000, "protocol-error"),
    "many-headers": (_HEAD + b"X: y\r\n" * 5000 + b"\r\n", b"", "protocol-error"),
    "silent": (b"HT", b"", "read-timeout"),
    "giant-chunk": (_CHUNKED + b"F" * 20 + b"\r\nx", b"", "read-timeout|incomplete"),
    "no-chunk": (_CHUNKED + b"-5\r\nhello\r\n", b"", "incomplete"),
    "less-than-nothing": (_HEAD + b"Content-Length: -5\r\n\r\nhello", b"", "protocol-error"),
    "two-lengths": (_HEAD + b"Content-Length: 5\r\nContent-Length: 9\r\n\r\n", b"", "protocol-error"),  # noqa: E501
    "upgrade": (b"HTTP/1.1 101 x\r\nUpgrade: x\r\n\r\n\x81\x05hello", b"", "protocol-error"),
    "no-status": (b"HTTP/1.1 000 x\r\n\r\n", b"", "protocol-error"),
    "round": (to("/x"), b"", "too-many-redirects"),
    "inside": (to("http://169.254.169.254/latest/"), b"", "private-address"),
    "inside-mapped": (to("http://[::ffff:10.0.0.1]/"), b"", "private-address"),
    "inside-octal": (to("http://0177.0.0.1/"), b"", "private-address"),
    "inside-named": (to("http://named-inside.example/"), b"", "private-address"),
    "file": (to("file:///etc/passwd"), b"", "unsupported-scheme"),
    "split": (_FINE + b"HTTP/1.1 200 OK\r\n\r\nevil", b"", "200"),
    "busy": (page(b"", "Retry-After: 1000000000", status="429 No"), b"", "429|rate-limited"),
    "numbers": (page(b"<title>&#" + b"9" * 9000 + b";</title>"), b"", "200"),
}  # fmt: skip


@dataclass
class Sink:
    seen: dict[str, Observation] = field(default_factory=dict)

    def observed(self, observation: Observation) -> None:
        self.seen[observation.url] = observation


class Silent:
    def stage(self, name: str, done: int, total: int, note: str = "") -> None:
        """Say nothing."""


class Names(Table):
    """Literal addresses are their own."""

    async def resolve(self, host: str, port: int) -> Resolved | Fault:
        if is_literal(host):
            return Resolved(((host.strip("[]"), port),))
        return await super().resolve(host, port)


def said(observation: Observation) -> str:
    return observation.fault.kind.value if observation.fault else str(observation.status)


async def say(head: bytes, writer: asyncio.StreamWriter) -> None:
    host = re.search(rb"\r\n[Hh]ost: ([\w-]+)\.", head)
    name = host[1].decode() if host else ""
    if b"GET /x" not in head:
        writer.write(_FINE)
        return
    first, again, _ = HOSTS[name]
    writer.write(first)
    await writer.drain()
    while again:
        writer.write(again)
        await writer.drain()


def visited(settings: Settings, run: Callable[..., Awaitable[int]] = observe) -> Sink:
    sink = Sink()
    links = [Link(f"http://{name}.example/{path}") for name in HOSTS for path in ("x", "fine")]
    links += [Link(f"http://honest-{n}.example/fine") for n in range(20)]

    async def main() -> None:
        async with serving(say) as served:
            table = Names({"named-inside.example": [[("10.0.0.1", 80)]]})
            for link in links:
                table._rows[link.url.split("/")[2]] = [[("127.0.0.1", served.port)]]
            client = open_client(
                settings,
                resolver=table,
                clock=SystemClock(),
                ssl_context=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
            )
            async with client, asyncio.timeout(120):
                await run(
                    links,
                    client=client,
                    sink=sink,
                    visits={},
                    settings=settings,
                    clock=SystemClock(),
                    progress=Silent(),
                    look=look,
                )

    asyncio.run(main())
    return sink


@pytest.mark.whole  # real time-outs of many hosts: a quarter of a minute, and a machine at rest
def test_each_harms_itself_alone() -> None:
    settings = replace(
        Settings(allow_networks=("127.0.0.0/8",)),
        timeout=4.0,
        connect_timeout=0.5,
        delay=0.0,
        retries=0,
        max_bytes=2_000_000,
        retry_after_limit=1.0,
    )
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    seen = visited(settings).seen
    more = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    ends = {
        url.split("/")[2].removesuffix(".example"): said(o)
        for url, o in seen.items()
        if url.endswith("/x")
    }
    wrong = {n: (e, HOSTS[n][2]) for n, e in ends.items() if e not in HOSTS[n][2].split("|")}
    assert wrong == {}
    assert len(ends) == len(HOSTS)
    fine = {url: said(o) for url, o in seen.items() if url.endswith("/fine")}
    assert len(fine) == len(HOSTS) + 20
    unwell = {url for url, end in fine.items() if end != "200"}
    # A host that asks for a pause of 30 years, or that keeps silent, is believed for all its links.
    assert unwell <= {"http://busy.example/fine", "http://silent.example/fine"}
    assert more < 300_000, "kilobytes"

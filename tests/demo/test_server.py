"""The small web on real sockets: names, ports, certificates and unkind hosts."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Awaitable, Callable

import pytest

from citecheck.demo.server import SmallWeb
from citecheck.demo.site import (
    Answer,
    Certificate,
    Request,
    Site,
    article,
    missing,
    page,
    paths,
    redirect,
    validated,
)
from citecheck.records.observation import Fault, FaultKind
from citecheck.web.resolver import Resolved


async def fetch(
    web: SmallWeb, url: str, method: str = "GET", headers: tuple[str, ...] = ()
) -> tuple[int, dict[str, str], bytes]:
    """One request as any client makes it: resolve, connect, shake hands, ask."""
    scheme, _, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    found = await web.resolver.resolve(host, 443 if scheme == "https" else 80)
    assert isinstance(found, Resolved), found
    address, port = found.endpoints[0]
    tls = web.ssl_context if scheme == "https" else None
    reader, writer = await asyncio.open_connection(
        address, port, ssl=tls, server_hostname=host if tls else None
    )
    try:
        lines = [f"{method} {slash}{path} HTTP/1.1", f"Host: {host}", "Connection: close", *headers]
        writer.write("\r\n".join([*lines, "", ""]).encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        first, *rows = head.strip().split("\r\n")
        answered = dict(row.split(": ", 1) for row in rows)
        return int(first.split(" ")[1]), answered, await reader.read()
    finally:
        writer.close()
        await writer.wait_closed()


def during(sites: dict[str, Site], story: Callable[[SmallWeb], Awaitable[None]]) -> None:
    async def run() -> None:
        async with SmallWeb(sites) as web:
            await story(web)

    asyncio.run(run())


PLAIN = Site(paths({"/a": page("A", "<p>a</p>"), "/old": redirect("/a")}))


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_known_host_answers_on_both_ports(scheme: str) -> None:
    async def story(web: SmallWeb) -> None:
        status, headers, body = await fetch(web, f"{scheme}://one.example/a")
        assert (status, headers["Content-Type"]) == (200, "text/html; charset=utf-8")
        assert b"<title>A</title>" in body
        assert (await fetch(web, f"{scheme}://one.example/b"))[0] == 404
        status, headers, _ = await fetch(web, f"{scheme}://one.example/old")
        assert (status, headers["Location"]) == (301, "/a")
        assert [r.url for r in web.seen] == [
            f"{scheme}://one.example/{p}" for p in ("a", "b", "old")
        ]

    during({"one.example": PLAIN}, story)


def test_head_has_the_headers_and_no_body() -> None:
    async def story(web: SmallWeb) -> None:
        _, with_body, body = await fetch(web, "http://one.example/a")
        status, headers, nothing = await fetch(web, "http://one.example/a", "HEAD")
        assert (status, headers, nothing) == (200, with_body, b"")
        assert headers["Content-Length"] == str(len(body))

    during({"one.example": PLAIN}, story)


def test_names_are_answered_as_the_site_says() -> None:
    async def story(web: SmallWeb) -> None:
        known = await web.resolver.resolve("One.Example.", 80)
        assert isinstance(known, Resolved)
        assert known.endpoints[0][0] == "127.0.0.1"
        lost = await web.resolver.resolve("lost.example", 80)
        assert isinstance(lost, Fault)
        assert lost.kind is FaultKind.DNS_NXDOMAIN
        broken = await web.resolver.resolve("broken.example", 80)
        assert isinstance(broken, Fault)
        assert broken.kind is FaultKind.DNS_FAILURE
        # An address is its own answer: the guard decides on it, and nothing is mapped to loopback.
        assert await web.resolver.resolve("192.168.14.7", 80) == Resolved((("192.168.14.7", 80),))

    during({"one.example": PLAIN, "broken.example": Site(dns=FaultKind.DNS_FAILURE)}, story)


@pytest.mark.parametrize(
    ("certificate", "words"),
    [
        (Certificate.EXPIRED, "certificate has expired"),
        (Certificate.WRONG_HOST, "Hostname mismatch"),
        (Certificate.UNTRUSTED, "unable to get local issuer certificate"),
    ],
)
def test_bad_certificates_are_refused_for_their_own_reason(
    certificate: Certificate, words: str
) -> None:
    async def story(web: SmallWeb) -> None:
        with pytest.raises(ssl.SSLCertVerificationError, match=words):
            await fetch(web, "https://bad.example/")
        assert web.seen == []
        assert (await fetch(web, "https://one.example/a"))[0] == 200

    during({"bad.example": Site(missing, certificate=certificate), "one.example": PLAIN}, story)


def test_refusal_reset_and_silence() -> None:
    async def story(web: SmallWeb) -> None:
        with pytest.raises(ConnectionRefusedError):
            await fetch(web, "http://refuses.example/")
        with pytest.raises((ConnectionResetError, asyncio.IncompleteReadError)):
            await fetch(web, "http://resets.example/")
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(fetch(web, "http://silent.example/"), 0.05)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(fetch(web, "https://silent.example/"), 0.05)
        # A client that hangs on until the end must not keep the small web open.
        hanging = asyncio.create_task(fetch(web, "http://silent.example/"))
        await asyncio.wait([hanging], timeout=0.05)
        assert web.seen[-1].count == 1
        waiting.append(hanging)

    async def run() -> None:
        async with SmallWeb(sites) as web:
            await story(web)
        with pytest.raises((ConnectionResetError, asyncio.IncompleteReadError)):
            await waiting[0]

    waiting: list[asyncio.Task[tuple[int, dict[str, str], bytes]]] = []
    sites = {
        "refuses.example": Site(missing, refuses=True),
        "resets.example": Site(lambda _: Answer(reset=True)),
        "silent.example": Site(lambda _: Answer(silent=True)),
    }
    asyncio.run(run())


def test_a_host_can_count_its_visits() -> None:
    def busy(request: Request) -> Answer:
        return Answer(429) if request.count == 0 else page("Here", "<p>it is</p>")

    async def story(web: SmallWeb) -> None:
        assert [(await fetch(web, "http://busy.example/"))[0] for _ in range(3)] == [429, 200, 200]
        assert (await fetch(web, "http://busy.example/else"))[0] == 429

    during({"busy.example": Site(busy)}, story)


def test_connections_are_kept_for_several_requests() -> None:
    async def story(web: SmallWeb) -> None:
        found = await web.resolver.resolve("one.example", 80)
        assert isinstance(found, Resolved)
        reader, writer = await asyncio.open_connection(*found.endpoints[0])
        for _ in range(2):
            writer.write(b"GET /a HTTP/1.1\r\nHost: one.example\r\n\r\n")
            head = await reader.readuntil(b"\r\n\r\n")
            length = int(head.decode().split("Content-Length: ")[1].split("\r\n")[0])
            assert b"<title>A</title>" in await reader.readexactly(length)
        writer.write(b"this is not HTTP\r\n\r\n")
        assert await reader.read() == b""
        writer.close()
        await writer.wait_closed()

    during({"one.example": PLAIN}, story)


def test_a_client_with_the_etag_is_told_that_nothing_changed() -> None:
    async def story(web: SmallWeb) -> None:
        _, headers, _ = await fetch(web, "http://one.example/")
        assert headers["ETag"] == '"v1"'
        again = await fetch(web, "http://one.example/", headers=('If-None-Match: "v1"',))
        assert (again[0], again[2]) == (304, b"")

    during({"one.example": Site(validated(page("A", "a"), "v1"))}, story)


def test_an_article_has_its_title_where_readers_look_and_escapes_it() -> None:
    shown = article("Bells & <Tables>", ("One.", "Two."), site="Review", byline="A. Gow").body
    assert b"<title>Bells &amp; &lt;Tables&gt; | Review</title>" in shown
    assert b"<h1>Bells &amp; &lt;Tables&gt;</h1>" in shown
    assert b'<meta name="author" content="A. Gow">' in shown
    assert b"<p>One.</p>\n<p>Two.</p>" in shown

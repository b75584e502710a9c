"""TLS, the address guard on real sockets, and pools that come and go."""

from __future__ import annotations

import asyncio
import datetime
import ssl
from dataclasses import replace

import httpx
import pytest
import trustme

from citecheck.records.ask import Ask
from citecheck.records.exchange import Exchange
from citecheck.records.observation import Fault, FaultKind
from citecheck.settings import Settings
from citecheck.web.build import open_client
from citecheck.web.clock import SystemClock
from citecheck.web.guard import Guard
from citecheck.web.line import ENDPOINTS
from citecheck.web.transport import HostTransport
from standins.asking import NAME, QUICK, exchange, fault, one
from standins.clock import FakeClock
from standins.loopback import Served, Table, page, reset, saying, serving


def _tls(case: str) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    ours, other = trustme.CA(), trustme.CA()
    long_ago = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    cert = {
        "good": lambda: ours.issue_cert(NAME),
        "expired": lambda: ours.issue_cert(NAME, not_after=long_ago),
        "wrong-host": lambda: ours.issue_cert("b.example"),
        "untrusted": lambda: other.issue_cert(NAME),
    }[case]()
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    cert.configure_cert(server)
    client = ssl.create_default_context()
    ours.configure_trust(client)
    return server, client


def test_tls() -> None:
    server, client = _tls("good")
    answer = exchange(saying(page(b"x")), Ask(f"https://{NAME}/"), tls=server, ssl_context=client)
    assert (answer.status, answer.tls) == (200, "TLSv1.3")


@pytest.mark.parametrize(
    ("case", "kind"),
    [
        ("expired", FaultKind.TLS_EXPIRED),
        ("wrong-host", FaultKind.TLS_HOSTNAME),
        ("untrusted", FaultKind.TLS_UNTRUSTED),
    ],
)
def test_tls_faults_are_told_apart(case: str, kind: FaultKind) -> None:
    server, client = _tls(case)
    ask = Ask(f"https://{NAME}/")
    assert fault(saying(page(b"x")), ask, tls=server, ssl_context=client) is kind


def test_a_reset_under_tls_is_a_reset() -> None:
    server, client = _tls("good")

    async def cut(_: bytes, writer: asyncio.StreamWriter) -> None:
        reset(writer)

    ask = Ask(f"https://{NAME}/")
    answer = one(cut, ask, tls=server, ssl_context=client)
    assert answer == Fault(FaultKind.CONNECTION_RESET, "the connection was cut before an answer")


def test_no_tls_at_all() -> None:
    _, client = _tls("good")

    async def main() -> Exchange | Fault:
        async def hello(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.read(10)
            writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            await writer.drain()
            writer.close()

        server = await asyncio.start_server(hello, "127.0.0.1", 0)
        table = Table({NAME: [[("127.0.0.1", server.sockets[0].getsockname()[1])]]})
        async with open_client(
            QUICK, resolver=table, ssl_context=client, clock=SystemClock()
        ) as polite:
            answer = await polite.fetch(Ask(f"https://{NAME}/"))
        server.close()
        return answer

    answer = asyncio.run(main())
    assert isinstance(answer, Fault)
    assert answer.kind is FaultKind.TLS_FAILURE


def guarded(
    table: Table, *asks: Ask, settings: Settings | None = None
) -> tuple[list[Exchange | Fault], Served]:
    """Ask with private addresses refused; a server listens where the table's port 0 points."""

    async def main() -> tuple[list[Exchange | Fault], Served]:
        async with serving(saying(page(b"inside"))) as served:
            for rows in table._rows.values():
                rows[:] = [
                    r if isinstance(r, Fault) else [(a, p or served.port) for a, p in r]
                    for r in rows
                ]
            async with open_client(
                settings or Settings(delay=0.0), resolver=table, clock=SystemClock()
            ) as client:
                return [await client.fetch(ask) for ask in asks], served

    return asyncio.run(main())


def test_private_addresses_are_not_connected_to() -> None:
    found, served = guarded(Table({NAME: [[("127.0.0.1", 0)]]}), Ask(f"http://{NAME}/"))
    assert isinstance(found[0], Fault)
    assert found[0].kind is FaultKind.PRIVATE_ADDRESS
    assert served.connections == 0


def test_a_name_that_rebinds_is_judged_each_time() -> None:
    table = Table({NAME: [[("198.51.100.1", 9)], [("127.0.0.1", 0)], [("10.0.0.1", 0)]]})
    found, served = guarded(table, *[Ask(f"http://{NAME}/")] * 3)
    assert [f.kind for f in found if isinstance(f, Fault)] == [FaultKind.PRIVATE_ADDRESS] * 3
    assert served.connections == 0


def test_the_transport_itself_connects_to_nothing_that_is_private() -> None:
    async def main() -> None:
        async with serving(saying(page(b"inside"))) as served:
            transport = HostTransport(ssl.create_default_context(), Guard())
            request = httpx.Request(
                "GET",
                f"http://{NAME}/",
                extensions={"citecheck.endpoints": (("127.0.0.1", served.port),)},
            )
            with pytest.raises(httpx.ConnectError):
                await transport.handle_async_request(request)
            bare = httpx.Request("GET", f"http://127.0.0.1:{served.port}/")
            with pytest.raises(httpx.ConnectError):
                await transport.handle_async_request(bare)
            assert served.connections == 0
            await transport.aclose()

    asyncio.run(main())


def test_trusted_asks_and_allowed_networks_may_be_private() -> None:
    table = Table({NAME: [[("127.0.0.1", 0)]]})
    found, _ = guarded(table, Ask(f"http://{NAME}/", trusted=True), Ask(f"http://{NAME}/"))
    assert isinstance(found[0], Exchange)
    assert isinstance(found[1], Fault), "a trusted connection is not shared with a cited link"
    allowed = Settings(delay=0.0, allow_networks=("127.0.0.0/8",))
    found, _ = guarded(
        Table({NAME: [[("127.0.0.1", 0)]]}), Ask(f"http://{NAME}/"), settings=allowed
    )
    assert isinstance(found[0], Exchange)


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("http://127.0.0.1/", FaultKind.PRIVATE_ADDRESS),
        ("http://[::ffff:10.0.0.1]/", FaultKind.PRIVATE_ADDRESS),
        ("http://0x7f.1/", FaultKind.PRIVATE_ADDRESS),
        ("http://localhost/", FaultKind.PRIVATE_ADDRESS),
        ("ftp://a.example/", FaultKind.UNSUPPORTED_SCHEME),
        ("http://a b/", FaultKind.INVALID_URL),
        ("http://a.example/\ud800", FaultKind.INVALID_URL),
        ("http://1.2.3.4.5/", FaultKind.INVALID_URL),
    ],
)
def test_what_is_never_asked(url: str, kind: FaultKind) -> None:
    def serve(_: httpx.Request) -> httpx.Response:
        raise AssertionError("asked")

    async def main() -> Exchange | Fault:
        inner = httpx.MockTransport(serve)
        async with open_client(Settings(), clock=FakeClock(), inner=inner) as client:
            return await client.fetch(Ask(url))

    answer = asyncio.run(main())
    assert isinstance(answer, Fault)
    assert answer.kind is kind


def test_as_many_at_once_as_the_settings_say() -> None:
    """None waits for a connection: that time would count as the server's."""
    many = 12

    async def main() -> list[Exchange | Fault]:
        together = asyncio.Event()

        async def say(_: bytes, writer: asyncio.StreamWriter) -> None:
            if len(served.requests) > many:
                together.set()
            if len(served.requests) > 1:
                await together.wait()
            writer.write(page(b"well"))

        settings = replace(QUICK, per_host=many)
        async with serving(say) as served:
            table = Table({NAME: [[("127.0.0.1", served.port)]]})
            clock = SystemClock()
            async with open_client(settings, resolver=table, clock=clock) as client:
                first = await client.fetch(Ask(f"http://{NAME}/"))
                asks = (Ask(f"http://{NAME}/{n}") for n in range(many))
                return [first, *await asyncio.gather(*map(client.fetch, asks))]

    answers = asyncio.run(main())
    assert [a.status for a in answers if isinstance(a, Exchange)] == [200] * (many + 1)


def test_pools_of_idle_hosts_are_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    async def main() -> tuple[int, int]:
        async with serving(saying(page(b"x"))) as served:
            transport = HostTransport(ssl.create_default_context(), Guard(allow_private=True))
            at = (("127.0.0.1", served.port),)
            async with httpx.AsyncClient(transport=transport) as client:
                for i in range(5):
                    await client.get(f"http://h{i}.example/", extensions={ENDPOINTS: at})
                before = len(transport)
                monkeypatch.setattr("citecheck.web.transport._IDLE", 0.0)
                await asyncio.sleep(0.001)
                await client.get("http://last.example/", extensions={ENDPOINTS: at})
                return before, len(transport)

    before, after = asyncio.run(main())
    assert (before, after) == (5, 1)

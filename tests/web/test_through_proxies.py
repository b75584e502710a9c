"""Asking through proxies on loopback: that it works, what a failing one means, what nobody sees."""

from __future__ import annotations

import asyncio
import ssl
from pathlib import Path

import pytest
import trustme

from citecheck.records.ask import Ask
from citecheck.records.exchange import Exchange
from citecheck.records.observation import Fault, FaultKind
from citecheck.settings import Settings
from citecheck.warc.writer import WarcRecorder
from citecheck.web.build import open_client
from citecheck.web.clock import SystemClock
from citecheck.web.proxies import Proxies, Proxy
from standins.asking import NAME
from standins.clock import FakeClock
from standins.http2 import answering, certificates, speaking
from standins.loopback import Served, Table, page, saying, serving
from standins.proxy import Proxied, Serve, http, proxying, socks

NOWHERE = Table({})  # a network without any DNS of its own
PUBLIC = Settings(delay=0.0, timeout=5.0, connect_timeout=1.0)


def through(
    serve: Serve,
    proxied: Proxied,
    *asks: Ask,
    scheme: str = "http",
    auth: tuple[bytes, bytes] | None = None,
    table: Table = NOWHERE,
    settings: Settings = PUBLIC,
    recorder: WarcRecorder | None = None,
    tls: bool = False,
) -> tuple[list[Exchange | Fault], Served]:
    """Ask a server through a proxy; private addresses are refused as ever."""
    authority = trustme.CA()
    client = ssl.create_default_context()
    authority.configure_trust(client)
    contexts = []
    for _ in range(2):
        contexts.append(ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER))
        authority.issue_cert(NAME, "localhost").configure_cert(contexts[-1])

    async def main() -> tuple[list[Exchange | Fault], Served]:
        async with (
            serving(saying(page(b"inside")), contexts[0] if tls else None) as served,
            proxying(serve, proxied, contexts[1] if scheme == "https" else None),
        ):
            proxied.to = served.port
            proxy = Proxy(scheme, "localhost", proxied.port, auth)
            async with open_client(
                settings,
                resolver=table,
                ssl_context=client,
                clock=SystemClock(),
                recorder=recorder,
                proxies=Proxies({"http": proxy, "https": proxy}, ("direct.example",)),
            ) as polite:
                return [await polite.fetch(ask) for ask in asks], served

    return asyncio.run(main())


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("tls", [False, True], ids=["plain", "tls"])
def test_an_http_proxy(scheme: str, tls: bool) -> None:
    proxied = Proxied(wants="me:hush")
    url = f"http{'s' if tls else ''}://{NAME}/p?q=1"
    found, served = through(http, proxied, Ask(url), scheme=scheme, auth=(b"me", b"hush"), tls=tls)
    answer = found[0]
    assert isinstance(answer, Exchange), answer
    assert (answer.content, answer.address) == (b"inside", "")
    assert proxied.asked == [f"CONNECT {NAME}:443" if tls else f"GET {url}"]
    assert b"GET /p?q=1 HTTP/1.1\r\n" in served.requests[0]
    assert (b"roxy-Auth" in served.requests[0]) is not tls
    assert not [k for k, _ in answer.request_headers if b"proxy" in k.lower()]


@pytest.mark.parametrize("auth", [None, (b"me", b"hush")])
@pytest.mark.parametrize("tls", [False, True], ids=["plain", "tls"])
def test_a_socks_proxy_is_told_the_name(auth: tuple[bytes, bytes] | None, tls: bool) -> None:
    proxied = Proxied(wants="me:hush" if auth else "")
    url = f"http{'s' if tls else ''}://{NAME}/"
    found, _ = through(socks, proxied, Ask(url), scheme="socks5", auth=auth, tls=tls)
    assert isinstance(found[0], Exchange), found
    assert proxied.asked == [f"{NAME}:{443 if tls else 80}"]


def test_http2_through_a_tunnel() -> None:
    async def main() -> Exchange | Fault:
        play = answering((((":status", "200"),), b"x"))
        async with speaking(play, made=True) as spoken, proxying(http, Proxied()) as proxied:
            proxied.to = spoken.port
            proxy = Proxy("http", "localhost", proxied.port)
            async with open_client(
                PUBLIC,
                resolver=NOWHERE,
                ssl_context=certificates()[1],
                clock=SystemClock(),
                proxies=Proxies({"https": proxy}),
            ) as polite:
                return await polite.fetch(Ask(f"https://{NAME}/"))

    answer = asyncio.run(main())
    assert isinstance(answer, Exchange), answer
    assert answer.protocol == "h2"


HTTPS, PLAIN = f"https://{NAME}/", f"http://{NAME}/"


@pytest.mark.parametrize(
    ("url", "proxied", "kind", "words"),
    [
        (HTTPS, Proxied(wants="a:b"), FaultKind.NOT_FROM_HERE, "does not take the name and"),
        (PLAIN, Proxied(wants="a:b"), FaultKind.NOT_FROM_HERE, "does not take the name and"),
        (HTTPS, Proxied(says=403), FaultKind.NOT_FROM_HERE, "does not let us through"),
        (HTTPS, Proxied(says=502), FaultKind.CONNECT_TIMEOUT, "could not connect to the site"),
        (HTTPS, Proxied(says=503), FaultKind.CONNECT_TIMEOUT, "could not connect to the site"),
        (HTTPS, Proxied(says=504), FaultKind.CONNECT_TIMEOUT, "could not connect to the site"),
        (
            PLAIN,
            Proxied(says=503, head="X-Squid-Error: ERR_DNS_FAIL 0\r\n"),
            FaultKind.CONNECT_TIMEOUT,
            "could not connect to the site",
        ),
        (
            PLAIN,
            Proxied(says=504, head="Proxy-Status: p; error=connection_timeout\r\n"),
            FaultKind.CONNECT_TIMEOUT,
            "could not connect to the site",
        ),
    ],
)
def test_what_a_proxy_says_is_no_word_of_the_site(
    url: str, proxied: Proxied, kind: FaultKind, words: str
) -> None:
    found, served = through(http, proxied, Ask(url), auth=(b"me", b"hush"))
    answer = found[0]
    assert isinstance(answer, Fault), answer
    assert answer.kind is kind
    assert f"the proxy localhost:{proxied.port} {words}" in answer.detail
    assert "hush" not in answer.detail
    assert served.connections == 0


def test_a_proxy_that_wants_a_name_is_told_from_one_that_does_not_take_it() -> None:
    [answer], _ = through(http, Proxied(wants="a:b"), Ask(HTTPS))
    assert isinstance(answer, Fault)
    assert answer.detail.endswith("wants a name and a password (status 407)")


def test_a_status_without_a_mark_of_the_proxy_is_the_sites() -> None:
    found, _ = through(http, Proxied(says=503), Ask(PLAIN))
    assert isinstance(found[0], Exchange)
    assert found[0].status == 503


@pytest.mark.parametrize(
    ("proxied", "kind"),
    [
        (Proxied(wants="a:b"), FaultKind.NOT_FROM_HERE),
        (Proxied(says=2), FaultKind.NOT_FROM_HERE),
        (Proxied(says=4), FaultKind.CONNECT_TIMEOUT),
        (Proxied(says=5), FaultKind.CONNECTION_REFUSED),
    ],
)
def test_what_a_socks_proxy_says(proxied: Proxied, kind: FaultKind) -> None:
    for auth in (None, (b"me", b"hush")):
        found, _ = through(socks, proxied, Ask(HTTPS), scheme="socks5", auth=auth)
        assert isinstance(found[0], Fault)
        assert found[0].kind is kind
        assert "hush" not in found[0].detail


async def mute(_: Proxied, reader: asyncio.StreamReader, __: asyncio.StreamWriter) -> None:
    await reader.read()


async def gone(_: Proxied, __: asyncio.StreamReader, ___: asyncio.StreamWriter) -> None:
    return


async def rubbish(_: Proxied, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read(1)
    writer.write(b"\0" * 40_000)
    await reader.read()


@pytest.mark.parametrize(
    ("serve", "scheme", "kind"),
    [
        (mute, "http", FaultKind.CONNECT_TIMEOUT),
        (mute, "socks5", FaultKind.CONNECT_TIMEOUT),
        (gone, "http", FaultKind.NOT_FROM_HERE),
        (gone, "socks5", FaultKind.NOT_FROM_HERE),
        (gone, "https", FaultKind.NOT_FROM_HERE),
        (rubbish, "http", FaultKind.NOT_FROM_HERE),
        (rubbish, "socks5", FaultKind.NOT_FROM_HERE),
    ],
)
def test_proxies_that_are_none(serve: Serve, scheme: str, kind: FaultKind) -> None:
    quick = Settings(delay=0.0, connect_timeout=0.15)
    found, _ = through(serve, Proxied(), Ask(HTTPS), scheme=scheme, settings=quick)
    assert isinstance(found[0], Fault), found
    assert found[0].kind is kind


def test_a_proxy_that_is_down_is_trouble_on_this_side() -> None:
    async def main() -> Exchange | Fault:
        proxy = Proxy("http", "127.0.0.1", 9, (b"me", b"hush"))
        async with open_client(
            PUBLIC,
            resolver=NOWHERE,
            ssl_context=ssl.create_default_context(),
            clock=SystemClock(),
            proxies=Proxies({"http": proxy}),
        ) as polite:
            return await polite.fetch(Ask(PLAIN))

    assert asyncio.run(main()) == Fault(
        FaultKind.NOT_FROM_HERE, "the proxy 127.0.0.1:9 cannot be reached"
    )


@pytest.mark.parametrize(
    ("url", "rows"),
    [
        ("http://10.0.0.1/", {}),
        ("http://[fd00::1]/", {}),
        ("http://intranet/", {}),
        ("http://wiki.internal/", {}),
        ("http://0x0a.1/", {}),
        (PLAIN, {NAME: [[("10.0.0.1", 80), ("fd00::1", 80)]]}),
    ],
)
def test_private_addresses_are_refused_behind_a_proxy_too(
    url: str, rows: dict[str, list[list[tuple[str, int]] | Fault]]
) -> None:
    proxied = Proxied()
    if "10.0.0.1" in url or "fd00" in url:
        rows = {host: [[(host, 80)]] for host in ("10.0.0.1", "fd00::1")}
    found, _ = through(http, proxied, Ask(url), table=Table(rows))
    assert isinstance(found[0], Fault)
    assert found[0].kind is FaultKind.PRIVATE_ADDRESS
    assert proxied.asked == []


def test_who_is_exempt_or_is_this_machine_is_asked_directly() -> None:
    """Names without DNS are a fault for them, as ever."""
    proxied = Proxied()
    allowed = Settings(delay=0.0, allow_private=True)
    found, _ = through(http, proxied, Ask("http://direct.example/"), settings=allowed)
    assert isinstance(found[0], Fault)
    assert found[0].kind is FaultKind.DNS_NXDOMAIN

    table = Table({"localhost": [[("127.0.0.1", 1)]]})
    found, _ = through(http, proxied, Ask("http://localhost/"), settings=allowed, table=table)
    assert isinstance(found[0], Fault)
    assert found[0].kind is FaultKind.CONNECTION_REFUSED, "nothing listens at port 1"
    assert proxied.asked == []


def test_archives_are_asked_through_it_too() -> None:
    proxied = Proxied()
    found, _ = through(http, proxied, Ask(PLAIN, trusted=True))
    assert isinstance(found[0], Exchange)
    assert proxied.asked == [f"GET {PLAIN}"]


def test_the_local_copy_knows_nothing_of_the_proxy(tmp_path: Path) -> None:
    recorder = WarcRecorder(
        tmp_path / "warc", tmp_path / "index.cdxj", clock=FakeClock(), software="citecheck/0"
    )
    proxied = Proxied(wants="me:hush")
    with recorder:
        through(http, proxied, Ask(PLAIN, link=PLAIN), auth=(b"me", b"hush"), recorder=recorder)
    (file,) = (tmp_path / "warc").iterdir()
    import gzip

    text = gzip.decompress(file.read_bytes())
    assert b"inside" in text
    assert b"roxy" not in text
    assert b"WARC-IP-Address" not in text
    assert b"bWU6aHVzaA" not in text

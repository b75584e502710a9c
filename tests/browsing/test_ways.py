"""The gate behind a proxy: the browser takes the way of every other request."""

from __future__ import annotations

import asyncio
import base64

from citecheck.browsing.gate import Gate
from citecheck.browsing.ways import Ways
from citecheck.web.guard import guard_of
from citecheck.web.proxies import Proxies, parse
from standins.at_the_gate import Asking, status
from standins.loopback import Table, page, serving

BIG = 1_000_000


def through_a_proxy(
    tunnel: bool, proxy: str, seconds: float = 2.0
) -> tuple[bytes, list[bytes], list[str]]:
    """What comes back, what the proxy was asked, and what the page was refused."""

    async def told() -> tuple[bytes, list[bytes], list[str]]:
        async def say(head: bytes, writer: asyncio.StreamWriter) -> None:
            if head.startswith(b"CONNECT"):
                writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
            else:
                writer.write(page(b"hello"))
                writer.close()

        names = Table(
            {"public.example": [[("192.0.2.1", 80)]], "inside.example": [[("10.1.1.1", 80)]]}
        )
        async with serving(say) as served:
            one = parse(f"{proxy}127.0.0.1:{served.port}")
            ways = Ways(
                names,
                guard_of(False, ("192.0.2.0/24",)),
                connect_timeout=seconds,
                proxies=Proxies({"http": one, "https": one}),
            )
            async with Gate(ways) as gate:
                page_of = Asking(gate, gate.admit(frozenset(), BIG))
                for url in ("http://inside.example/", "http://10.1.1.1/"):
                    assert status(await page_of.get(url)) == "403"
                assert served.connections == 0
                # A name that nobody here knows: the proxy may know it.
                if tunnel:
                    request = b"GET / HTTP/1.1\r\n\r\n"
                    answer = await page_of.tunnel("elsewhere.example:443", request)
                else:
                    answer = await page_of.get("http://elsewhere.example/a")
                assert page_of.granted
                return answer, served.requests, page_of.granted.refused

    return asyncio.run(told())


def test_the_proxy_of_the_run_is_the_browsers_too() -> None:
    answer, asked_of_it, _ = through_a_proxy(False, "http://name:secret@")
    assert answer.endswith(b"hello")
    [head] = asked_of_it
    assert head.startswith(b"GET http://elsewhere.example/a HTTP/1.1\r\n")
    assert head.count(b"Proxy-Authorization") == 1, "its own, not the page's pass"
    assert base64.b64encode(b"name:secret") in head


def test_a_tunnel_goes_through_the_proxy_of_the_run() -> None:
    answer, asked_of_it, _ = through_a_proxy(True, "http://")
    assert answer.endswith(b"hello")
    assert asked_of_it[0].startswith(b"CONNECT elsewhere.example:443 HTTP/1.1")
    assert asked_of_it[1] == b"GET / HTTP/1.1\r\n\r\n"


def test_a_proxy_that_is_none_is_told_as_such() -> None:
    answer, _, refused = through_a_proxy(True, "socks5://", 0.2)
    assert status(answer) == "403"
    assert "the proxy 127.0.0.1" in refused[-1]

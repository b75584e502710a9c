"""What the browser's gate lets through, and to whom."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from citecheck.browsing.gate import Gate, Pass
from citecheck.browsing.ways import Ways
from citecheck.records.observation import Fault, FaultKind
from citecheck.web.guard import Guard, guard_of
from standins.at_the_gate import Asking, status
from standins.loopback import Served, Table, page, saying, serving

HERE = guard_of(False, ("127.0.0.1/32",))
BIG = 1_000_000


def asked(
    story: Callable[[Asking, Served, Table], Awaitable[None]],
    *,
    says: bytes = b"",
    guard: Guard = HERE,
    ports: frozenset[int] = frozenset(),
    most: int = BIG,
) -> None:
    """Tell a story with a server on loopback that is called `site.example`, and a gate."""

    async def told() -> None:
        async with serving(saying(says or page(b"hello"), close=True)) as served:
            here, inside = ("127.0.0.1", served.port), ("127.0.0.2", served.port)
            names = Table(
                {
                    "site.example": [[here]],
                    "inside.example": [[inside]],
                    "both.example": [[inside, here]],
                    "rebinds.example": [[here], [inside]],
                    "127.0.0.2": [[inside]],
                    "lost.example": [Fault(FaultKind.DNS_FAILURE, "no name server answered")],
                }
            )
            async with Gate(Ways(names, guard, connect_timeout=2.0)) as gate:
                await story(Asking(gate, gate.admit(ports, most)), served, names)

    asyncio.run(told())


def test_a_request_goes_on_as_the_server_is_used_to_it() -> None:
    async def story(one: Asking, served: Served, _: Table) -> None:
        answer = await one.get("http://site.example/a?b=c", "Proxy-Connection: keep-alive", "X: y")
        assert answer.endswith(b"hello")
        assert b"Connection: close" in answer, "so that no second request follows to elsewhere"
        [head] = served.requests
        assert head == b"GET /a?b=c HTTP/1.1\r\nHost: x\r\nX: y\r\nConnection: close\r\n\r\n"
        assert one.granted is not None
        assert one.granted.addresses == {"site.example": "127.0.0.1"}

    asked(story)


def test_a_tunnel_passes_bytes_both_ways() -> None:
    async def story(one: Asking, served: Served, _: Table) -> None:
        answer = await one.tunnel("site.example:443", b"GET /in HTTP/1.1\r\n\r\n")
        assert answer.startswith(b"HTTP/1.1 200 Connection Established\r\n\r\nHTTP/1.1 200 OK")
        assert served.requests == [b"GET /in HTTP/1.1\r\n\r\n"]

    asked(story)


def test_without_a_pass_nothing_is_looked_up_or_asked() -> None:
    async def story(one: Asking, served: Served, names: Table) -> None:
        stranger = Asking(one.gate, None)
        forged = Asking(one.gate, Pass(frozenset(), BIG))
        for asking in (stranger, forged):
            assert status(await asking.get("http://site.example/")) == "407"
            assert status(await asking.tunnel("site.example:443", b"")) == "407"
        assert one.granted is not None
        await one.gate.revoke(one.granted)
        assert status(await one.get("http://site.example/")) == "407", "a pass ends with its page"
        assert (names.asked, served.connections) == ([], 0)

    asked(story)


def test_what_is_not_public_is_not_connected_to_by_name_or_number() -> None:
    async def story(one: Asking, served: Served, _: Table) -> None:
        for url in ("http://inside.example/", "http://127.0.0.2/", "http://lost.example/"):
            assert status(await one.get(url)) == "403"
        assert status(await one.tunnel("inside.example:443", b"GET / HTTP/1.1\r\n\r\n")) == "403"
        assert served.connections == 0
        assert one.granted is not None
        assert one.granted.refused == [
            "inside.example leads to 127.0.0.2, not a public address",
            "127.0.0.2 is not a public address",
            "no name server answered",
            "inside.example leads to 127.0.0.2, not a public address",
        ]

    asked(story)


def test_by_default_loopback_is_refused_before_it_is_looked_up() -> None:
    async def story(one: Asking, served: Served, names: Table) -> None:
        for host in ("localhost", "printer.local", "0x7f.1", "2130706433"):
            assert status(await one.get(f"http://{host}/")) == "403"
        assert names.asked == []
        assert status(await one.get("http://site.example/")) == "403"
        assert served.connections == 0

    asked(story, guard=Guard())


def test_of_several_addresses_only_the_public_ones_are_tried() -> None:
    async def story(one: Asking, served: Served, _: Table) -> None:
        assert status(await one.get("http://both.example/")) == "200"
        assert one.granted is not None
        assert one.granted.addresses == {"both.example": "127.0.0.1"}

    asked(story)


def test_a_name_that_rebinds_is_judged_by_the_address_it_has_then() -> None:
    async def story(one: Asking, served: Served, names: Table) -> None:
        assert status(await one.get("http://rebinds.example/")) == "200"
        assert status(await one.get("http://rebinds.example/")) == "403"
        assert names.asked == ["rebinds.example"] * 2, "one look-up a connection, used as judged"
        assert served.connections == 1

    asked(story)


def test_ports_are_those_of_the_web_and_of_the_cited_address() -> None:
    async def story(one: Asking, served: Served, _: Table) -> None:
        assert status(await one.get("http://site.example:25/")) == "403"
        assert status(await one.tunnel("site.example:22", b"")) == "403"
        assert status(await one.get("http://site.example:8080/")) == "200"
        assert served.connections == 1

    asked(story, ports=frozenset({8080}))


def test_the_browsers_own_questions_to_its_maker_go_unanswered() -> None:
    async def story(one: Asking, _: Served, names: Table) -> None:
        url = "http://connectivitycheck.gstatic.com/generate_204"
        assert status(await one.get(url)) == "403"
        assert status(await one.tunnel("update.googleapis.com:443", b"")) == "403"
        assert names.asked == []
        assert one.granted is not None
        assert one.granted.refused == [], "that says nothing of the page"

    asked(story)


def test_what_is_no_request_for_the_web_leads_nowhere() -> None:
    async def story(one: Asking, served: Served, _: Table) -> None:
        for url in ("ftp://site.example/", "file:///etc/passwd", "/etc/passwd", "http://:80/"):
            assert status(await one.get(url)) == "403"
        assert status(await one.tunnel("site.example", b"")) == "403"
        assert await one.raw("nonsense\r\n\r\n") == b""
        assert await one.raw(f"GET http://site.example/ HTTP/1.1\r\nX: {'y' * 70_000}") == b""
        assert served.connections == 0

    asked(story)


def test_a_page_that_loads_too_much_gets_no_more() -> None:
    async def story(one: Asking, _: Served, __: Table) -> None:
        answer = await one.get("http://site.example/")
        assert len(answer) < 150_000
        assert one.granted is not None
        assert one.granted.spent
        assert status(await one.get("http://site.example/")) == "403"
        assert one.granted.refused == ["the page asked for more than a page may"]

    asked(story, says=page(b"x" * BIG), most=100_000)


def test_a_server_cannot_ask_for_the_pass_or_break_the_gate() -> None:
    async def story(one: Asking, _: Served, __: Table) -> None:
        answer = await one.get("http://site.example/")
        assert status(answer) == "502"
        assert b"Proxy-Authenticate" not in answer

    wants = page(b"", 'Proxy-Authenticate: Basic realm="x"', status="407 Pass Please")
    for says in (wants, b"SSH-2.0-OpenSSH\r\n\r\n", b"HTTP/1.1 200 OK\r\nX: " + b"y" * 90_000):
        asked(story, says=says)


def test_a_pass_taken_back_ends_what_hangs() -> None:
    async def story() -> None:
        arrived = asyncio.Event()

        async def silent(_: bytes, __: asyncio.StreamWriter) -> None:
            arrived.set()
            await asyncio.Event().wait()

        async with serving(silent) as served:
            names = Table({"site.example": [[("127.0.0.1", served.port)]]})
            async with Gate(Ways(names, HERE, connect_timeout=2.0)) as gate:
                granted = gate.admit(frozenset(), BIG)
                waiting = asyncio.create_task(Asking(gate, granted).get("http://site.example/"))
                async with asyncio.timeout(5):
                    await arrived.wait()
                    await gate.revoke(granted)
                    assert await waiting == b""

    asyncio.run(story())

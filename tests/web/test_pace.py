"""The pace of requests, in virtual time, with a router in the place of the network."""

from __future__ import annotations

import asyncio

import httpx
import pytest
import respx

from citecheck.records.ask import Ask
from citecheck.records.exchange import Exchange
from citecheck.records.observation import Fault, FaultKind
from citecheck.settings import Settings
from citecheck.web.build import open_client
from citecheck.web.gates import Sending
from standins.asking import paced
from standins.clock import FakeClock
from standins.loopback import Table


def fine(_: httpx.Request, __: FakeClock) -> httpx.Response:
    return httpx.Response(200, text="x")


def test_starts_on_a_host_are_apart_and_hosts_do_not_wait_for_each_other() -> None:
    urls = [f"https://{h}.example/{i}" for h in "ab" for i in range(4)]
    _, starts = paced(Settings(), fine, *urls)
    for host in "ab":
        assert [t for t, u in starts if f"//{host}." in u] == [0.0, 0.5, 1.0, 1.5]


def test_a_pause_is_held_though_another_answer_is_fine() -> None:
    def serve(request: httpx.Request, _: FakeClock) -> httpx.Response:
        if request.url.path == "/0":
            return httpx.Response(429, headers={"Retry-After": "6"})
        return httpx.Response(200)

    _, starts = paced(Settings(delay=0.0), serve, *[f"https://a.example/{i}" for i in range(5)])
    assert [t for t, _ in starts] == [0.0, 6.0, 6.0, 6.0, 6.0]


def test_a_host_that_wants_too_long_a_pause_is_left_alone() -> None:
    def serve(_: httpx.Request, __: FakeClock) -> httpx.Response:
        return httpx.Response(429, headers={"Retry-After": "3600"})

    found, starts = paced(
        Settings(per_host=1), serve, *[f"https://a.example/{i}" for i in range(4)]
    )
    assert [f.status if isinstance(f, Exchange) else f.kind.value for f in found] == [
        429,
        "rate-limited",
        "rate-limited",
        "rate-limited",
    ]
    assert len(starts) == 1


def test_a_window_for_a_host() -> None:
    _, starts = paced(
        Settings(),
        fine,
        *[f"https://web.archive.org/{i}" for i in range(5)],
        prepare=lambda client: client.hosts.limit("web.archive.org", per_minute=3),
    )
    assert [t for t, _ in starts] == [0.0, 0.5, 1.0, 60.0, 60.5]


def test_equal_requests_under_way_are_one() -> None:
    found, starts = paced(Settings(), fine, *["https://a.example/p#one", "https://a.example/p#two"])
    assert len(starts) == 1
    assert found[0] is found[1]


def test_names_on_one_address_share_its_pace() -> None:
    clock = FakeClock()
    starts: list[float] = []

    def handle(request: httpx.Request) -> httpx.Response:
        starts.append(clock.monotonic() - 1000.0)
        return httpx.Response(200)

    async def main() -> None:
        at = [[("93.184.216.34", 443)]]
        table = Table({f"h{i}.example": list(at) for i in range(4)})
        async with open_client(
            Settings(), clock=clock, resolver=table, inner=httpx.MockTransport(handle)
        ) as client:
            await asyncio.gather(*(client.fetch(Ask(f"https://h{i}.example/")) for i in range(4)))

    asyncio.run(main())
    assert starts == [0.0, 0.5, 1.0, 1.5]


def test_a_silent_host_is_left_alone_after_a_while() -> None:
    def serve(request: httpx.Request, _: FakeClock) -> httpx.Response:
        if request.url.port == 4443:
            raise httpx.ConnectTimeout("x")
        return httpx.Response(200)

    urls = [f"https://a.example:4443/{i}" for i in range(20)] + ["https://a.example/"]
    found, starts = paced(Settings(), serve, *urls)
    kinds = {f.kind for f in found if isinstance(f, Fault)}
    assert kinds == {FaultKind.CONNECT_TIMEOUT}
    assert len(starts) <= 8
    assert isinstance(found[-1], Exchange), "another port is another place"


def test_no_more_on_the_wire_than_allowed() -> None:
    most = now = 0
    clock = FakeClock()

    async def handle(_: httpx.Request) -> httpx.Response:
        nonlocal most, now
        now += 1
        most = max(most, now)
        await clock.sleep(0.1)
        now -= 1
        return httpx.Response(200)

    async def main() -> None:
        async with open_client(
            Settings(concurrency=3), clock=clock, inner=httpx.MockTransport(handle)
        ) as client:
            await asyncio.gather(*(client.fetch(Ask(f"https://h{i}.example/")) for i in range(20)))

    asyncio.run(main())
    assert most == 3


def test_injected_exceptions_take_the_same_path() -> None:
    errors = {
        "/timeout": (httpx.ConnectTimeout("x"), FaultKind.CONNECT_TIMEOUT),
        "/read": (httpx.ReadTimeout("x"), FaultKind.READ_TIMEOUT),
        "/reset": (httpx.ReadError("x"), FaultKind.CONNECTION_RESET),
        "/refused": (httpx.ConnectError("x"), FaultKind.CONNECTION_REFUSED),
        "/rubbish": (httpx.RemoteProtocolError("x"), FaultKind.PROTOCOL_ERROR),
    }

    async def main() -> list[Exchange | Fault]:
        async with open_client(
            Settings(delay=0.0),
            clock=FakeClock(),
            inner=httpx.MockTransport(lambda _: httpx.Response(500)),
        ) as client:
            with respx.mock(using="httpx") as router:
                for path, (error, _) in errors.items():
                    router.get(f"https://a.example{path}").mock(side_effect=error)
                return [await client.fetch(Ask(f"https://a.example{path}")) for path in errors]

    found = asyncio.run(main())
    assert [f.kind for f in found if isinstance(f, Fault)] == [kind for _, kind in errors.values()]


def test_the_interval_is_kept_at_the_moment_of_sending_too() -> None:
    clock = FakeClock()

    async def main() -> tuple[list[float], float]:
        inner = httpx.MockTransport(lambda _: httpx.Response(200))
        sent: list[float] = []
        async with open_client(Settings(), clock=clock, inner=inner) as client:
            loop = asyncio.get_running_loop()
            async with asyncio.timeout(5) as limit:
                before = limit.when() or 0.0
                sending = Sending(clock.monotonic())
                pace = client._pacer((client.hosts.host("a.example"),), limit, sending)
                for _ in range(3):
                    await pace("connection.connect_tcp.started", None)
                    await pace("http11.send_request_headers.started", None)
                    sent.append(clock.monotonic() - 1000.0)
                assert loop.time() < before
                return sent, (limit.when() or 0.0) - before

    sent, more_time = asyncio.run(main())
    assert sent == [0.0, 0.5, 1.0]
    assert more_time == pytest.approx(1.0), "the wait is not the server's slowness"


@pytest.mark.parametrize(("answered", "apart"), [(0.0, 0.5), (0.06, 0.56), (3.0, 3.0)])
def test_the_interval_allows_for_the_way_to_the_server(answered: float, apart: float) -> None:
    clock = FakeClock()

    async def main() -> float:
        inner = httpx.MockTransport(lambda _: httpx.Response(200))
        async with open_client(Settings(), clock=clock, inner=inner) as client:
            async with asyncio.timeout(60) as limit:
                sending = Sending(clock.monotonic())
                pace = client._pacer((client.hosts.host("a.example"),), limit, sending)
                await pace("http11.send_request_headers.started", None)
                clock.advance(answered)
                await pace("http11.receive_response_headers.complete", None)
                await pace("http11.send_request_headers.started", None)
                return clock.monotonic() - 1000.0

    assert asyncio.run(main()) == pytest.approx(apart)


def test_no_more_than_two_at_once_on_a_host() -> None:
    under_way: dict[str, int] = {}
    most: dict[str, int] = {}

    async def handle(request: httpx.Request) -> httpx.Response:
        name = request.url.host
        under_way[name] = under_way.get(name, 0) + 1
        most[name] = max(most.get(name, 0), under_way[name])
        await asyncio.sleep(0.005)
        under_way[name] -= 1
        return httpx.Response(200)

    async def main() -> None:
        async with open_client(
            Settings(delay=0.0), clock=FakeClock(), inner=httpx.MockTransport(handle)
        ) as client:
            urls = [f"https://{h}.example/{i}" for h in "ab" for i in range(8)]
            await asyncio.gather(*(client.fetch(Ask(url)) for url in urls))

    asyncio.run(main())
    assert most == {"a.example": 2, "b.example": 2}

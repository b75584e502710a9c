"""Happy eyeballs: with connections that are made up, and with real ones on loopback."""

from __future__ import annotations

import asyncio
import errno
import socket
from collections.abc import Iterable
from typing import Any

import httpcore
import pytest

from citecheck.records.observation import FaultKind
from citecheck.web.dial import Dialler
from citecheck.web.eyeballs import Endpoint, NoneConnected, race
from citecheck.web.faults import Told, as_httpx, fault_of
from citecheck.web.guard import Guard

SIX, FOUR, OTHER = ("2001:db8::1", 443), ("198.51.100.1", 443), ("198.51.100.2", 443)


class Stream(httpcore.AsyncNetworkStream):
    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        self.closed = False

    async def aclose(self) -> None:
        self.closed = True


class Net(httpcore.AsyncNetworkBackend):
    """Connects after so many seconds, fails with an error, or hangs (None)."""

    def __init__(self, **rows: float | int | BaseException | None) -> None:
        self.rows: dict[str, Any] = {
            {"six": SIX, "four": FOUR, "other": OTHER}[k][0]: v for k, v in rows.items()
        }
        self.begun: list[tuple[str, float]] = []
        self.streams: list[Stream] = []
        self.cancelled: list[str] = []

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 (httpcore's interface)
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        self.begun.append((host, asyncio.get_running_loop().time()))
        how = self.rows[host]
        if isinstance(how, BaseException):
            raise how
        try:
            await asyncio.sleep(60 if how is None else how)
        except asyncio.CancelledError:
            self.cancelled.append(host)
            raise
        self.streams.append(Stream((host, port)))
        return self.streams[-1]

    async def connect(self, endpoint: Endpoint, seconds: float) -> httpcore.AsyncNetworkStream:
        return await self.connect_tcp(*endpoint, seconds)


def failed(number: int) -> httpcore.ConnectError:
    """What httpcore makes of an error of the operating system."""
    error = httpcore.ConnectError("All connection attempts failed")
    error.__cause__ = OSError(number, "said")
    return error


def raced(net: Net, *endpoints: Endpoint, seconds: float = 5.0) -> tuple[Endpoint, float]:
    async def main() -> tuple[Endpoint, float]:
        loop = asyncio.get_running_loop()
        began = loop.time()
        endpoint, _ = await race(endpoints, net.connect, seconds, delay=0.03)
        took = loop.time() - began
        await asyncio.sleep(0)
        return endpoint, took

    return asyncio.run(main())


def test_the_first_address_is_given_a_start() -> None:
    net = Net(six=0.0, four=0.0)
    assert raced(net, SIX, FOUR)[0] == SIX
    assert [host for host, _ in net.begun] == [SIX[0]]


def test_a_dead_route_costs_the_delay_and_is_given_up() -> None:
    net = Net(six=None, four=0.0)
    winner, took = raced(net, SIX, FOUR)
    assert winner == FOUR
    assert 0.02 < took < 2
    assert net.cancelled == [SIX[0]]


def test_a_failure_begins_the_next_attempt_at_once() -> None:
    net = Net(six=failed(errno.ECONNREFUSED), four=0.0)
    endpoint, _ = raced(net, SIX, FOUR, OTHER)
    assert endpoint == FOUR
    assert net.begun[1][1] - net.begun[0][1] < 0.02


def test_a_slow_first_may_still_win() -> None:
    net = Net(six=0.05, four=None, other=None)
    assert raced(net, SIX, FOUR, OTHER)[0] == SIX
    assert net.cancelled == [FOUR[0]]


def test_who_connects_in_the_same_moment_is_closed() -> None:
    async def main() -> list[bool]:
        net, gate = Net(), asyncio.Event()

        async def connect(endpoint: Endpoint, _: float) -> httpcore.AsyncNetworkStream:
            await gate.wait()
            net.streams.append(Stream(endpoint))
            return net.streams[-1]

        running = asyncio.ensure_future(race([SIX, FOUR], connect, 5.0, delay=0.01))
        await asyncio.sleep(0.03)
        gate.set()
        winner, _ = await running
        return [stream.closed for stream in net.streams if stream.endpoint != winner]

    assert asyncio.run(main()) == [True]


def test_the_end_of_the_time_and_of_the_caller() -> None:
    net = Net(six=None, four=None)
    with pytest.raises(NoneConnected) as none:
        raced(net, SIX, FOUR, seconds=0.06)
    assert [e for e, _ in none.value.failures] == [SIX, FOUR]
    assert sorted(net.cancelled) == sorted([SIX[0], FOUR[0]])

    async def main() -> list[str]:
        hanging = Net(six=None, four=None)
        running = asyncio.ensure_future(race([SIX, FOUR], hanging.connect, 5.0, delay=0.01))
        await asyncio.sleep(0.03)
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
        return hanging.cancelled

    assert len(asyncio.run(main())) == 2


def dialled(net: Net, *endpoints: Endpoint, guard: Guard | None = None) -> Exception | None:
    async def main() -> None:
        dialler = Dialler(guard or Guard(allow_private=True), net)
        await dialler.to_host("a.example", 443, endpoints, False, 0.2)

    try:
        asyncio.run(main())
    except Exception as error:
        return error
    return None


def test_each_address_is_judged_before_it_is_connected_to() -> None:
    net = Net(four=0.0)
    assert isinstance(dialled(net, ("10.0.0.1", 1), FOUR, guard=Guard()), httpcore.ConnectError)
    assert net.begun == [], "198.51.100.0/24 is not public either"


def test_which_address_won_is_tried_first_the_next_time() -> None:
    net = Net(six=failed(errno.ECONNREFUSED), four=0.0)

    async def main() -> None:
        dialler = Dialler(Guard(allow_private=True), net)
        for _ in range(2):
            await dialler.to_host("a.example", 443, (SIX, FOUR), False, 1.0)
        await dialler.to_host("b.example", 443, (SIX, FOUR), False, 1.0)

    asyncio.run(main())
    assert [h for h, _ in net.begun] == [SIX[0], FOUR[0], FOUR[0], SIX[0], FOUR[0]]


def as_seen(error: Exception) -> Exception:
    """The error of the library as the transport passes it on."""
    seen = as_httpx(error)
    seen.__cause__ = error
    return seen


@pytest.mark.parametrize(
    ("rows", "endpoints", "kind", "words"),
    [
        ({"six": errno.ENETUNREACH}, (SIX,), FaultKind.NOT_FROM_HERE, "IPv6 addresses only"),
        ({"six": errno.EADDRNOTAVAIL}, (SIX,), FaultKind.NOT_FROM_HERE, "IPv6 addresses only"),
        ({"four": errno.ENETUNREACH}, (FOUR,), FaultKind.NOT_FROM_HERE, "no way to the network"),
        ({"four": errno.EHOSTUNREACH}, (FOUR,), FaultKind.CONNECT_TIMEOUT, "a router on the way"),
        (
            {"six": errno.ENETUNREACH, "four": errno.ECONNREFUSED},
            (SIX, FOUR),
            FaultKind.CONNECTION_REFUSED,
            "refused",
        ),
        ({"six": errno.ENETUNREACH, "four": None}, (SIX, FOUR), FaultKind.CONNECT_TIMEOUT, "time"),
        ({"six": errno.ECONNREFUSED, "four": None}, (SIX, FOUR), FaultKind.CONNECT_TIMEOUT, "time"),
    ],
)
def test_the_failure_that_says_most_is_told(
    rows: dict[str, int | None], endpoints: tuple[Endpoint, ...], kind: FaultKind, words: str
) -> None:
    net = Net(**{k: None if v is None else failed(v) for k, v in rows.items()})
    error = dialled(net, *endpoints)
    assert isinstance(error, Told | httpcore.ConnectError | httpcore.ConnectTimeout)
    fault = fault_of(error if isinstance(error, Told) else as_seen(error))
    assert fault.kind is kind
    assert words in fault.detail


def test_real_sockets_with_a_port_that_never_answers() -> None:
    """A listener whose queue is full swallows what comes; loopback has no other silence."""

    async def main() -> tuple[str, float]:
        deaf = socket.create_server(("127.0.0.1", 0), backlog=0)
        port = deaf.getsockname()[1]
        fillers = [socket.socket() for _ in range(4)]
        for filler in fillers:
            filler.setblocking(False)
            filler.connect_ex(("127.0.0.1", port))
        await asyncio.sleep(0.05)
        server = socket.create_server(("127.0.0.2", port))
        loop = asyncio.get_running_loop()
        began = loop.time()
        try:
            stream = await Dialler(Guard(allow_private=True)).to_host(
                "a.example", port, (("127.0.0.1", port), ("127.0.0.2", port)), False, 5.0
            )
            took = loop.time() - began
            peer = stream.get_extra_info("server_addr")[0]
            await stream.aclose()
        finally:
            for one in (deaf, server, *fillers):
                one.close()
        return peer, took

    peer, took = asyncio.run(main())
    assert peer == "127.0.0.2"
    assert 0.2 < took < 2.0

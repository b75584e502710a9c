"""One slow or hostile host never delays another, whatever they share: in simulated time."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from citecheck.engines.local import observe
from citecheck.engines.variant import Look
from citecheck.progress import NoProgress
from citecheck.records.exchange import Exchange
from citecheck.records.link import Link
from citecheck.records.looked import Looked
from citecheck.records.observation import Fault, FaultKind, Hop, Observation
from citecheck.settings import Settings
from citecheck.sinks import Aside
from citecheck.web.build import open_client
from citecheck.web.resolver import Resolved, Resolver, SystemResolver
from standins.clock import FakeClock
from standins.loopback import Table
from standins.virtual import VirtualClock, run

HOUR = 3600.0
Behave = Callable[[httpx.Request], "float | httpx.Response"]


def nothing(_: Exchange, __: Link, ___: tuple[Hop, ...]) -> Looked:
    return Looked()


@dataclass
class Seen:
    """When each link was observed, and with what end."""

    clock: VirtualClock
    when: dict[str, float] = field(default_factory=dict)
    ends: dict[str, int | str] = field(default_factory=dict)
    rows: dict[str, Observation] = field(default_factory=dict)
    most: int = 0

    def observed(self, observation: Observation) -> None:
        self.rows[observation.url] = observation
        self.when[observation.url] = self.clock.elapsed
        fault = observation.fault
        self.ends[observation.url] = fault.kind.value if fault else observation.status or 0

    def last(self, name: str) -> float:
        """When the last link of the hosts whose name begins so was observed."""
        return max(t for url, t in self.when.items() if f"//{name}" in url)


class OneAddress:
    """Every name lives at the same address."""

    async def resolve(self, host: str, port: int) -> Resolved | Fault:
        return Resolved((("93.184.216.34", port),))


def watch(
    links: Sequence[str],
    behave: Behave,
    *,
    settings: Settings | None = None,
    resolver: Callable[[VirtualClock], Resolver] | None = None,
    look: Look = nothing,
) -> Seen:
    """Run the engine; `behave` says how many seconds a host takes to answer, or with what."""
    settings = settings or Settings()

    async def main(clock: VirtualClock) -> Seen:
        seen, under_way = Seen(clock), 0

        async def handle(request: httpx.Request) -> httpx.Response:
            nonlocal under_way
            under_way += 1
            seen.most = max(seen.most, under_way)
            try:
                told = behave(request)
                if isinstance(told, httpx.Response):
                    return told
                await clock.sleep(told)
            finally:
                under_way -= 1
            return httpx.Response(200, text="<p>here</p>")

        async with open_client(
            settings,
            clock=clock,
            inner=httpx.MockTransport(handle),
            resolver=resolver(clock) if resolver else None,
        ) as client:
            await observe(
                [Link(url) for url in links],
                client=client,
                sink=seen,
                visits={},
                settings=settings,
                clock=clock,
                progress=NoProgress(),
                look=look,
            )
        return seen

    return run(main)


def by_name(request: httpx.Request) -> float:
    return HOUR if request.url.host.startswith("hangs") else 0.1


def hosts(name: str, count: int, links: int) -> list[str]:
    return [f"https://{name}{h}.example/{i}" for h in range(count) for i in range(links)]


def test_two_hundred_hosts_that_hang_cost_the_others_a_few_seconds() -> None:
    links = [*hosts("hangs", 200, 3), *hosts("fine", 100, 5)]
    seen = watch(links, by_name)
    assert len(seen.ends) == 1100
    assert {end for url, end in seen.ends.items() if "fine" in url} == {200}
    assert {end for url, end in seen.ends.items() if "hangs" in url} == {"read-timeout"}
    # The pace of their own takes 2.1 s; 200 strangers hold one of 64 places for 2 s each.
    assert seen.last("fine") <= 2.1 + 200 * 2 / 64 + 1
    assert seen.most <= 64 + 4 * 64


def test_hosts_that_hang_in_great_numbers_do_not_use_up_what_is_begun() -> None:
    settings = Settings(concurrency=8, timeout=20.0, retries=0)
    links = [*hosts("hangs", 300, 3), *hosts("fine", 50, 2)]
    seen = watch(links, by_name, settings=settings)
    assert len(seen.ends) == 1000
    assert seen.most <= 8 + 4 * 8
    hanging = 300 * 3 * 20 / 40  # seconds that those alone must take on 8 + 32 places
    assert seen.last("fine") < hanging / 2


def test_bodies_that_drip_hold_no_places_either() -> None:
    class Drip(httpx.AsyncByteStream):
        async def __aiter__(self) -> AsyncIterator[bytes]:
            while True:
                await asyncio.sleep(1)
                yield b"."

    def behave(request: httpx.Request) -> float | httpx.Response:
        if request.url.host.startswith("drips"):
            return httpx.Response(200, stream=Drip())
        return 0.1

    links = [*hosts("drips", 30, 3), *hosts("fine", 20, 2)]
    seen = watch(links, behave, settings=Settings(concurrency=4, retries=0))
    assert {end for url, end in seen.ends.items() if "drips" in url} == {"read-timeout"}
    assert seen.last("fine") <= 0.6 + 30 * 2 / 4 + 1 + 30


def test_a_name_that_hangs_does_not_hold_up_its_neighbours_at_one_address() -> None:
    links = [*hosts("hangs", 5, 4), *hosts("fine", 20, 1)]
    seen = watch(links, by_name, resolver=lambda _: OneAddress())
    # 25 names, half a second apart, and 5 strangers that hold one of 2 places for 2 s each.
    assert seen.last("fine") <= 25 * 0.5 + 5 * 2 / 2 + 1


def test_a_pause_of_one_name_is_none_of_its_neighbours_at_one_address() -> None:
    def behave(request: httpx.Request) -> float | httpx.Response:
        if request.url.host.startswith("busy"):
            return httpx.Response(429, headers={"Retry-After": "50"})
        return 0.1

    links = [*hosts("busy", 4, 5), *hosts("fine", 10, 2)]
    seen = watch(links, behave, resolver=lambda _: OneAddress())
    assert seen.last("fine") <= (20 + 4) * 0.5 + 1
    assert seen.last("busy") > 50


def test_name_servers_that_are_silent_do_not_hold_up_other_names(tmp_path: Path) -> None:
    import dns.exception

    def resolver(clock: VirtualClock) -> SystemResolver:
        class Silent:
            async def resolve(self, name: object, kind: str, **_: object) -> object:
                if str(name).startswith("hangs"):
                    await clock.sleep(5)
                    raise dns.exception.Timeout
                row = type("Row", (), {"address": "93.184.216.34"})()
                return type("Answer", (), {"rrset": [row] if kind == "A" else None})()

        silent: object = Silent()
        return SystemResolver(clock, hosts_file=tmp_path / "none", dns=silent)  # type: ignore[arg-type]

    links = [*hosts("hangs", 200, 2), *hosts("fine", 10, 1)]
    seen = watch(links, by_name, resolver=resolver)
    assert {end for url, end in seen.ends.items() if "hangs" in url} == {"dns-failure"}
    assert seen.last("fine") <= 10 * 0.5 + 200 * 1 / 64 + 2


def test_every_link_of_a_name_that_is_gone_tells_when_that_was_asked() -> None:
    seen = watch(hosts("lost", 1, 9), by_name, resolver=lambda _: Table({}))
    assert set(seen.ends.values()) == {"dns-nxdomain"}
    for row in seen.rows.values():
        apart = (row.attempts[-1].at - row.attempts[0].at).total_seconds()
        assert apart == pytest.approx(5.0), "the first question may have been another link's"
        assert {a.fault for a in row.attempts} == {FaultKind.DNS_NXDOMAIN}
    assert max(seen.when.values()) < 11, "and not each waits for itself"


@pytest.mark.parametrize("many", [2, 3])
def test_a_page_that_takes_long_to_read_does_not_keep_small_ones_waiting(many: int) -> None:
    done, small = threading.Event(), 0

    def look(exchange: Exchange, _: Link, __: tuple[Hop, ...]) -> Looked:
        nonlocal small
        if "heavy" in exchange.url:
            assert done.wait(20), "the small pages were kept waiting"
        else:
            small += 1
            if small == 10:
                done.set()
        return Looked()

    def serve(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=b"x" * 10_000)

    async def main() -> int:
        sink, clock, settings = Aside(), FakeClock(), Settings()
        inner = httpx.MockTransport(serve)
        async with open_client(settings, clock=clock, inner=inner) as client:
            await observe(
                [Link(url) for url in [*hosts("heavy", many, 1), *hosts("fine", 10, 1)]],
                client=client,
                sink=sink,
                visits={},
                settings=settings,
                clock=clock,
                progress=NoProgress(),
                look=look,
            )
        return sum(row.fault is None for row in sink.found)

    assert asyncio.run(main()) == many + 10

"""Names to addresses, against a small name server on loopback."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import cast

import dns.asyncresolver
import dns.flags
import dns.message
import dns.rcode
import dns.rrset
import pytest

from citecheck.records.observation import Fault, FaultKind
from citecheck.web.resolver import Resolved, SystemResolver, Unresolved, read_hosts
from standins.clock import FakeClock

# What the name server says to (name, kind): addresses, an rcode word, or "" for silence.
Zone = Callable[[str, str], list[str] | str]


class NameServer(asyncio.DatagramProtocol):
    def __init__(self, zone: Zone) -> None:
        self.zone = zone
        self.asked: list[tuple[str, str]] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.DatagramTransport, transport)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        query = dns.message.from_wire(data)
        question = query.question[0]
        name, kind = question.name.to_text(), dns.rdatatype.to_text(question.rdtype)
        self.asked.append((name, kind))
        said = self.zone(name, kind)
        if said == "":
            return
        answer = dns.message.make_response(query)
        answer.flags |= dns.flags.RA
        if isinstance(said, str):
            answer.set_rcode(dns.rcode.from_text(said))
        elif said:
            answer.answer.append(dns.rrset.from_text(question.name, 60, "IN", kind, *said))
        self.transport.sendto(answer.to_wire(), addr)


@asynccontextmanager
async def name_server(zone: Zone) -> AsyncIterator[tuple[NameServer, dns.asyncresolver.Resolver]]:
    loop = asyncio.get_running_loop()
    transport, protocol = await loop.create_datagram_endpoint(
        lambda: NameServer(zone), local_addr=("127.0.0.1", 0)
    )
    resolver = dns.asyncresolver.Resolver(configure=False)
    resolver.nameservers = ["127.0.0.1"]
    resolver.port = transport.get_extra_info("sockname")[1]
    resolver.timeout = 0.1
    try:
        yield protocol, resolver
    finally:
        transport.close()


def ask(zone: Zone, host: str, tmp_path: Path) -> Resolved | Fault:
    async def main() -> Resolved | Fault:
        async with name_server(zone) as (_, dns_resolver):
            resolver = SystemResolver(
                FakeClock(), hosts_file=tmp_path / "hosts", dns=dns_resolver, lifetime=0.3
            )
            return await resolver.resolve(host, 443)

    return asyncio.run(main())


def test_both_families_by_turns(tmp_path: Path) -> None:
    def zone(_: str, kind: str) -> list[str] | str:
        return ["192.0.2.1"] if kind == "A" else ["2001:db8::1"]

    found = ask(zone, "a.example", tmp_path)
    assert found == Resolved((("2001:db8::1", 443), ("192.0.2.1", 443)))


@pytest.mark.parametrize(
    ("v4", "v6", "kind"),
    [
        ("NXDOMAIN", "NXDOMAIN", FaultKind.DNS_NXDOMAIN),
        ("NXDOMAIN", "", FaultKind.DNS_NXDOMAIN),
        ("NXDOMAIN", [], FaultKind.DNS_FAILURE),
        ("NXDOMAIN", "SERVFAIL", FaultKind.DNS_FAILURE),
        ([], [], FaultKind.DNS_FAILURE),
        ("SERVFAIL", "SERVFAIL", FaultKind.DNS_FAILURE),
        ("REFUSED", "REFUSED", FaultKind.DNS_FAILURE),
        ("", "", FaultKind.DNS_FAILURE),
    ],
)
def test_only_rcode_3_says_that_a_name_is_gone(
    v4: list[str] | str, v6: list[str] | str, kind: FaultKind, tmp_path: Path
) -> None:
    found = ask(lambda _, k: v4 if k == "A" else v6, "a.example", tmp_path)
    assert isinstance(found, Fault)
    assert found.kind is kind


def test_one_family_is_enough(tmp_path: Path) -> None:
    found = ask(lambda _, k: ["192.0.2.1"] if k == "A" else "SERVFAIL", "a.example", tmp_path)
    assert found == Resolved((("192.0.2.1", 443),))


def test_names_are_absolute_and_good_answers_kept_for_a_minute(tmp_path: Path) -> None:
    said: list[list[str] | str] = ["NXDOMAIN", ["192.0.2.1"], ["192.0.2.9"]]
    turn = 0

    async def main() -> tuple[list[Resolved | Fault], list[tuple[str, str]]]:
        nonlocal turn
        clock = FakeClock()
        zone: Zone = lambda _, kind: said[turn] if kind == "A" else []  # noqa: E731
        async with name_server(zone) as (server, dns_resolver):
            dns_resolver.search = [dns.name.from_text("corp.example")]
            resolver = SystemResolver(clock, hosts_file=tmp_path / "hosts", dns=dns_resolver)
            found = [await resolver.resolve("a.example.", 80)]
            turn = 1
            found.append(await resolver.resolve("A.example", 80))
            turn = 2
            found.append(await resolver.resolve("a.example", 81))
            clock.advance(61)
            found.append(await resolver.resolve("a.example", 80))
            return found, server.asked

    found, asked = asyncio.run(main())
    assert isinstance(found[0], Fault)
    assert found[1:] == [
        Resolved((("192.0.2.1", 80),)),
        Resolved((("192.0.2.1", 81),)),
        Resolved((("192.0.2.9", 80),)),
    ]
    assert {name for name, _ in asked} == {"a.example."}


def test_hosts_file_literals_and_localhost_ask_nobody(tmp_path: Path) -> None:
    (tmp_path / "hosts").write_text(
        "# c\n127.0.0.1 localhost\n192.0.2.7\tWiki wiki.corp # x\nrubbish\n"
    )

    def zone(name: str, _: str) -> list[str] | str:
        raise AssertionError(name)

    assert ask(zone, "wiki.corp", tmp_path) == Resolved((("192.0.2.7", 443),))
    assert ask(zone, "192.0.2.4", tmp_path) == Resolved((("192.0.2.4", 443),))
    assert ask(zone, "[2001:db8::2]", tmp_path) == Resolved((("2001:db8::2", 443),))
    assert ask(zone, "x.localhost", tmp_path) == Resolved((("127.0.0.1", 443), ("::1", 443)))
    assert read_hosts(tmp_path / "missing") == {}


def test_unresolved_looks_nothing_up() -> None:
    assert asyncio.run(Unresolved().resolve("a.example", 80)) == Resolved(())
    assert asyncio.run(Unresolved().resolve("10.0.0.1", 80)) == Resolved((("10.0.0.1", 80),))

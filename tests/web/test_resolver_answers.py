"""Answers of name servers that are not simply addresses: rcodes, aliases, truncation, delay."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import dns.asyncresolver
import dns.flags
import dns.message
import dns.rcode
import dns.rrset
import pytest

from citecheck.records.observation import Fault, FaultKind
from citecheck.web.resolver import Resolved, SystemResolver
from standins.clock import FakeClock

Reply = Callable[[dns.message.Message, bool], dns.message.Message | None]


@asynccontextmanager
async def name_server(reply: Reply) -> AsyncIterator[tuple[int, list[str]]]:
    """A name server over UDP and TCP; `reply` is told whether it is asked by TCP."""
    asked: list[str] = []

    class Udp(asyncio.DatagramProtocol):
        def connection_made(self, transport: Any) -> None:
            self.transport = transport

        def datagram_received(self, data: bytes, addr: Any) -> None:
            query = dns.message.from_wire(data)
            asked.append(f"udp {query.question[0]}")
            answer = reply(query, False)
            if answer is not None:
                self.transport.sendto(answer.to_wire(), addr)

    async def tcp(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        query = dns.message.from_wire(
            await reader.readexactly(int.from_bytes(await reader.readexactly(2), "big"))
        )
        asked.append(f"tcp {query.question[0]}")
        answer = reply(query, True)
        if answer is not None:
            wire = answer.to_wire()
            writer.write(len(wire).to_bytes(2, "big") + wire)
        writer.close()

    server = await asyncio.start_server(tcp, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(
        Udp, local_addr=("127.0.0.1", port)
    )
    try:
        yield port, asked
    finally:
        transport.close()
        server.close()


def resolved(
    reply: Reply, tmp_path: Path, *, hosts: tuple[str, ...] = ("a.example",), lifetime: float = 0.3
) -> tuple[list[Resolved | Fault], list[float], list[str]]:
    """What each look-up says, the seconds it took, and what the server was asked."""

    async def main() -> tuple[list[Resolved | Fault], list[float], list[str]]:
        loop = asyncio.get_running_loop()
        async with name_server(reply) as (port, asked):
            own = dns.asyncresolver.Resolver(configure=False)
            own.nameservers, own.port, own.timeout = ["127.0.0.1"], port, 0.2
            resolver = SystemResolver(
                FakeClock(), hosts_file=tmp_path / "hosts", dns=own, lifetime=lifetime
            )
            found: list[Resolved | Fault] = []
            took: list[float] = []
            for host in hosts:
                began = loop.time()
                found.append(await resolver.resolve(host, 443))
                took.append(loop.time() - began)
            return found, took, asked

    return asyncio.run(main())


def said(query: dns.message.Message, rcode: str = "NOERROR", *rows: str) -> dns.message.Message:
    answer = dns.message.make_response(query)
    answer.flags |= dns.flags.RA
    answer.set_rcode(dns.rcode.from_text(rcode))
    for row in rows:
        name, kind, value = row.split()
        answer.answer.append(dns.rrset.from_text(name, 60, "IN", kind, value))
    return answer


def asks_for(query: dns.message.Message, kind: str) -> bool:
    return query.question[0].rdtype == dns.rdatatype.from_text(kind)


@pytest.mark.parametrize("rcode", ["SERVFAIL", "REFUSED", "FORMERR", "NOTIMP"])
def test_what_the_name_servers_said_is_told(rcode: str, tmp_path: Path) -> None:
    (found,), _, _ = resolved(lambda query, _: said(query, rcode), tmp_path)
    assert found == Fault(FaultKind.DNS_FAILURE, f"the name servers of a.example failed ({rcode})")


def test_an_alias_of_a_name_that_is_gone(tmp_path: Path) -> None:
    def reply(query: dns.message.Message, _: bool) -> dns.message.Message:
        return said(query, "NXDOMAIN", "a.example. CNAME gone.host.example.")

    (found,), _, _ = resolved(reply, tmp_path)
    assert found == Fault(
        FaultKind.DNS_NXDOMAIN,
        "a.example is another name for gone.host.example, which does not exist",
    )


def test_an_alias_without_an_address_is_not_gone(tmp_path: Path) -> None:
    def reply(query: dns.message.Message, _: bool) -> dns.message.Message:
        return said(query, "NOERROR", "a.example. CNAME b.example.")

    (found,), _, _ = resolved(reply, tmp_path)
    assert isinstance(found, Fault)
    assert found.kind is FaultKind.DNS_FAILURE
    assert "no address" in found.detail


def test_aliases_are_followed_and_circles_are_no_answer(tmp_path: Path) -> None:
    def reply(query: dns.message.Message, _: bool) -> dns.message.Message:
        rows = ["a.example. CNAME b.example."]
        if query.question[0].name.to_text() == "a.example.":
            return said(query, "NOERROR", *rows, "b.example. A 192.0.2.1")
        return said(query, "NOERROR", "c.example. CNAME d.example.", "d.example. CNAME c.example.")

    found, _, _ = resolved(reply, tmp_path, hosts=("a.example", "c.example"))
    assert found[0] == Resolved((("192.0.2.1", 443),))
    assert isinstance(found[1], Fault)
    assert found[1].kind is FaultKind.DNS_FAILURE


def test_a_truncated_answer_is_asked_for_again_by_tcp(tmp_path: Path) -> None:
    def reply(query: dns.message.Message, tcp: bool) -> dns.message.Message:
        if tcp:
            return said(query, "NOERROR", *["a.example. A 192.0.2.7"] * asks_for(query, "A"))
        answer = said(query)
        answer.flags |= dns.flags.TC
        return answer

    (found,), _, asked = resolved(reply, tmp_path, lifetime=2.0)
    assert found == Resolved((("192.0.2.7", 443),))
    assert "tcp a.example. IN A" in asked


def test_a_family_that_is_not_answered_delays_nobody(tmp_path: Path) -> None:
    def reply(query: dns.message.Message, _: bool) -> dns.message.Message | None:
        return said(query, "NOERROR", "a.example. A 192.0.2.7") if asks_for(query, "A") else None

    (found,), (took,), _ = resolved(reply, tmp_path, lifetime=30.0)
    assert found == Resolved((("192.0.2.7", 443),))
    assert 0.25 < took < 5


def test_name_servers_that_never_answer_are_given_less_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("citecheck.web.resolver._HASTE", 0.05)
    hosts = tuple(f"h{i}.example" for i in range(5))
    found, took, _ = resolved(lambda *_: None, tmp_path, hosts=hosts, lifetime=0.3)
    assert {f.kind for f in found if isinstance(f, Fault)} == {FaultKind.DNS_FAILURE}
    assert min(took[:3]) > 0.25
    assert max(took[3:]) < 0.25

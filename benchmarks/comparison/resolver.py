"""The world's DNS: an authority for every name, over UDP and TCP, that also fails as names do."""

from __future__ import annotations

import asyncio
import struct
from collections.abc import Mapping
from typing import cast

import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdatatype
import dns.rrset
from benchmarks.comparison.behaviour import Host, Lookup

TTL = 60
SOA = "ns.registry.net. hostmaster.registry.net. 1 7200 900 1209600 300"


class Zone:
    """Answers questions about the hosts of the world. `addresses` are their IPv4 addresses,
    `dead_v6` the IPv6 address of those that have a dead one."""

    def __init__(
        self, hosts: Mapping[str, Host], addresses: Mapping[str, str], dead_v6: str
    ) -> None:
        self.hosts = hosts
        self.addresses = addresses
        self.dead_v6 = dead_v6

    def answer(self, wire: bytes) -> bytes | None:
        """The reply to one question; None where the resolver stays silent."""
        query = dns.message.from_wire(wire)
        reply = dns.message.make_response(query, recursion_available=True)
        question = query.question[0]
        name = question.name.to_text(omit_final_dot=True).lower()
        host = self.hosts.get(name)
        lookup = host.lookup if host else Lookup.NXDOMAIN
        if lookup is Lookup.SILENCE:
            return None
        if lookup is Lookup.SERVFAIL:
            reply.set_rcode(dns.rcode.SERVFAIL)
            return reply.to_wire()
        records = self._records(host, question.rdtype) if host else []
        if lookup in (Lookup.NXDOMAIN, Lookup.NODATA) or not records:
            if lookup is Lookup.NXDOMAIN and not self._has_children(name):
                reply.set_rcode(dns.rcode.NXDOMAIN)
            zone = dns.name.from_text(name.rsplit(".", 1)[-1])
            reply.authority.append(dns.rrset.from_text(zone, TTL, "IN", "SOA", SOA))
            return reply.to_wire()
        kind = dns.rdatatype.to_text(question.rdtype)
        reply.answer.append(dns.rrset.from_text(question.name, TTL, "IN", kind, *records))
        return reply.to_wire()

    def _records(self, host: Host, kind: int) -> list[str]:
        if kind == dns.rdatatype.A and host.name in self.addresses:
            return [self.addresses[host.name]]
        if kind == dns.rdatatype.AAAA and host.lookup is Lookup.DEAD_V6_FIRST:
            return [self.dead_v6]
        if kind == dns.rdatatype.NS:
            return [f"{server}." for server in host.nameservers or ("ns.registry.net",)]
        return []

    def _has_children(self, name: str) -> bool:
        return any(other.endswith("." + name) for other in self.hosts)


class _Datagrams(asyncio.DatagramProtocol):
    def __init__(self, zone: Zone) -> None:
        self.zone = zone
        self.transport: asyncio.DatagramTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.DatagramTransport, transport)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        reply = self.zone.answer(data)
        if reply is not None and self.transport is not None:
            self.transport.sendto(reply, addr)


async def serve_names(zone: Zone, address: str = "127.0.0.1", port: int = 53) -> None:
    """Answers from now on, until the loop ends."""

    async def stream(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                (length,) = struct.unpack("!H", await reader.readexactly(2))
                reply = zone.answer(await reader.readexactly(length))
                if reply is not None:
                    writer.write(struct.pack("!H", len(reply)) + reply)
                    await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    loop = asyncio.get_running_loop()
    await loop.create_datagram_endpoint(lambda: _Datagrams(zone), local_addr=(address, port))
    await asyncio.start_server(stream, address, port)

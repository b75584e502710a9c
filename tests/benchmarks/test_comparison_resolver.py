"""The world's DNS tells the ways of failing apart."""

from __future__ import annotations

import dns.message
import dns.rcode
import dns.rdatatype
from benchmarks.comparison.behaviour import Host, Lookup
from benchmarks.comparison.resolver import Zone

HOSTS = {
    host.name: host
    for host in (
        Host("fine.org", nameservers=("ns1.parking.net",)),
        Host("both.org", lookup=Lookup.DEAD_V6_FIRST),
        Host("gone.org", lookup=Lookup.NXDOMAIN),
        Host("empty.org", lookup=Lookup.NODATA),
        Host("broken.org", lookup=Lookup.SERVFAIL),
        Host("deaf.org", lookup=Lookup.SILENCE),
        Host("www.below.org"),
    )
}
ADDRESSES = {name: f"93.184.16.{n}" for n, name in enumerate(HOSTS, 1)}
ZONE = Zone(HOSTS, ADDRESSES, "2a02:6b8:dead::1")


def asked(name: str, kind: str = "A") -> tuple[str, list[str]] | None:
    wire = ZONE.answer(dns.message.make_query(name, kind).to_wire())
    if wire is None:
        return None
    reply = dns.message.from_wire(wire)
    return dns.rcode.to_text(reply.rcode()), [r.to_text() for rrset in reply.answer for r in rrset]


def test_names_that_are_there() -> None:
    assert asked("fine.org") == ("NOERROR", ["93.184.16.1"])
    assert asked("FINE.org") == ("NOERROR", ["93.184.16.1"])
    assert asked("fine.org", "NS") == ("NOERROR", ["ns1.parking.net."])
    assert asked("fine.org", "AAAA") == ("NOERROR", [])
    assert asked("both.org", "AAAA") == ("NOERROR", ["2a02:6b8:dead::1"])


def test_names_that_are_not() -> None:
    assert asked("gone.org") == ("NXDOMAIN", [])
    assert asked("unheard-of.org") == ("NXDOMAIN", [])
    assert asked("below.org") == ("NOERROR", [])  # something is below it
    assert asked("empty.org") == ("NOERROR", [])
    assert asked("broken.org") == ("SERVFAIL", [])
    assert asked("deaf.org") is None

"""Which addresses are public: the gate between a cited link and the network one sits in.

An explicit deny list, because `ipaddress.is_global` calls NAT64, 6to4, `fec0::/10`, `192.0.0.192`
and multicast public. Rests on the IANA special-purpose registries (RFC 6890 and successors);
IPv4 inside IPv6 (mapped, NAT64 RFC 6052, 6to4 RFC 3056, Teredo RFC 4380, ISATAP RFC 5214) is
unwrapped and judged as well. Names are judged where no public name can exist (RFC 6761, 6762,
7686, 8375, ICANN's `internal`). Odd spellings of IPv4 (octal, hexadecimal, one integer, WHATWG
"ends in a number") are refused: resolvers and libraries disagree on what they mean.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from citecheck.records.observation import Fault, FaultKind

Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network

_DENIED_4 = tuple(
    ipaddress.IPv4Network(n)
    for n in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",
        "100.64.0.0/10",  # shared, carrier-grade NAT
        "127.0.0.0/8",
        "169.254.0.0/16",  # link-local, cloud metadata
        "172.16.0.0/12",
        "192.0.0.0/24",  # IETF protocol assignments, 192.0.0.192 among them
        "192.0.2.0/24",
        "192.88.99.0/24",  # 6to4 relays, withdrawn
        "192.168.0.0/16",
        "198.18.0.0/15",  # benchmarking
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
    )
)
_GLOBAL_6 = ipaddress.IPv6Network("2000::/3")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_TEREDO = ipaddress.IPv6Network("2001::/32")
_SIX_TO_FOUR = ipaddress.IPv6Network("2002::/16")
_DENIED_6 = tuple(
    ipaddress.IPv6Network(n)
    for n in (
        "2001::/23",  # IETF protocol assignments (Teredo is unwrapped first)
        "2001:db8::/32",
        "3fff::/20",  # documentation
    )
)
_PRIVATE_NAMES = ("local", "internal", "localhost", "home.arpa", "lan", "intranet")


@dataclass(frozen=True, slots=True)
class Guard:
    """What may be connected to: everything with `allow_private`, else public addresses and those in
    `networks` (CIDR as in the configuration)."""

    allow_private: bool = False
    networks: tuple[Network, ...] = ()

    def admits(self, address: str) -> bool:
        """Whether a connection to this literal IP address may be made."""
        try:
            parsed = ipaddress.ip_address(address)
        except ValueError:
            return False
        if self.allow_private or is_public(parsed):
            return True
        mapped = parsed.ipv4_mapped if isinstance(parsed, ipaddress.IPv6Address) else None
        return any(
            one in network
            for network in self.networks
            for one in (parsed, mapped)
            if one is not None and one.version == network.version
        )

    def refuses_name(self, host: str) -> Fault | None:
        """A fault for a host that is refused before it is resolved, else None."""
        if odd_ipv4(host):
            return _odd(host)
        if self.allow_private or self.networks or is_literal(host):
            return None
        labels = host.rstrip(".").lower().split(".")
        if len(labels) == 1 or any(
            ".".join(labels).endswith("." + suffix) for suffix in _PRIVATE_NAMES
        ):
            return Fault(FaultKind.PRIVATE_ADDRESS, f"{host} is a name of a private network")
        return None


def guard_of(allow_private: bool, networks: Sequence[str]) -> Guard:
    """The guard for the settings; a network that cannot be read raises ValueError."""
    return Guard(allow_private, tuple(ipaddress.ip_network(n, strict=False) for n in networks))


def is_literal(host: str) -> bool:
    """Whether the host is an IP address in its one plain spelling."""
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def odd_ipv4(host: str) -> bool:
    """Whether the host would be read as an IPv4 address by some, though it is not spelt as one."""
    last = host.rstrip(".").rpartition(".")[2]
    return bool(re.fullmatch(r"[0-9]+|0[xX][0-9a-fA-F]*", last)) and not is_literal(host)


def _odd(host: str) -> Fault:
    try:
        meant = ipaddress.IPv4Address(socket.inet_aton(host))
    except (OSError, ValueError):
        return Fault(FaultKind.INVALID_URL, f"{host} is no name and no IP address")
    kind = FaultKind.INVALID_URL if is_public(meant) else FaultKind.PRIVATE_ADDRESS
    return Fault(kind, f"{host} is an odd spelling of {meant}")


def is_public(address: Address) -> bool:
    """Whether an address, and every IPv4 address embedded in it, is on the public internet."""
    if isinstance(address, ipaddress.IPv4Address):
        return not any(address in network for network in _DENIED_4)
    if address.scope_id:
        return False
    if address.ipv4_mapped is not None:
        return is_public(address.ipv4_mapped)
    if address in _NAT64:
        return is_public(_low(address))
    if address not in _GLOBAL_6:
        return False
    if address in _TEREDO:
        return address.teredo is not None and all(is_public(a) for a in address.teredo)
    if address in _SIX_TO_FOUR:
        return address.sixtofour is not None and is_public(address.sixtofour)
    if any(address in network for network in _DENIED_6):
        return False
    interface = (int(address) >> 32) & 0xFFFFFFFF
    return interface not in (0x00005EFE, 0x02005EFE) or is_public(_low(address))


def _low(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address:
    return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)


def is_private_network(address: str) -> bool:
    """Whether a literal address is neither public nor loopback (which is no network at all)."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    return not is_public(parsed) and not parsed.is_loopback

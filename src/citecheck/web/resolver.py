"""Names to addresses: literal address, hosts file, then DNS with the system's configuration.

NXDOMAIN (rcode 3, RFC 1035, 8020) is told from NODATA (RFC 2308), from SERVFAIL and from silence:
only the first says that a name is gone. Names are asked as absolute names, never with a search
list. An answer with addresses is kept for a minute; nothing else is ever kept, so a confirming
second question is a question.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from citecheck.records.observation import Fault, FaultKind
from citecheck.records.ports import Clock
from citecheck.web.guard import is_literal

if TYPE_CHECKING:
    from dns.asyncresolver import Resolver as DnsResolver

LIFETIME = 5.0  # seconds for one question, all name servers and repeats together
_KEEP = 60.0
_KEPT = 4096
_AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class Resolved:
    """Where to connect, best first. A port other than the asked one is a mapping of the resolver's
    own. No endpoint at all: the name was not looked at (`Unresolved`)."""

    endpoints: tuple[tuple[str, int], ...]


class Resolver(Protocol):
    async def resolve(self, host: str, port: int) -> Resolved | Fault: ...


class Unresolved:
    """Looks nothing up, for transports that make no connection; literal addresses stay visible."""

    async def resolve(self, host: str, port: int) -> Resolved | Fault:
        return Resolved(((host.strip("[]"), port),) if is_literal(host) else ())


class SystemResolver:
    """The resolver of a run on the open internet. `hosts_file` and `dns` are for tests."""

    def __init__(
        self,
        clock: Clock,
        *,
        hosts_file: Path | None = None,
        dns: DnsResolver | None = None,
        lifetime: float = LIFETIME,
    ) -> None:
        self._clock = clock
        self._hosts_file = hosts_file if hosts_file is not None else _hosts_path()
        self._hosts: dict[str, tuple[str, ...]] | None = None
        self._dns = dns
        self._lifetime = lifetime
        self._kept: dict[str, tuple[float, tuple[str, ...]]] = {}
        self._gate = asyncio.Semaphore(_AT_ONCE)

    async def resolve(self, host: str, port: int) -> Resolved | Fault:
        """Endpoints, or a fault of kind DNS_NXDOMAIN or DNS_FAILURE."""
        host = host.strip("[]").rstrip(".").lower()
        if is_literal(host):
            return Resolved(((host, port),))
        if self._hosts is None:
            self._hosts = read_hosts(self._hosts_file)
        found = self._hosts.get(host) or self._remembered(host)
        if not found and (host == "localhost" or host.endswith(".localhost")):
            found = ("127.0.0.1", "::1")  # RFC 6761: never asked of a name server
        if not found:
            async with self._gate:
                answer = await self._ask(host)
            if isinstance(answer, Fault):
                return answer
            found = answer
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            self._kept[host] = (self._clock.monotonic(), found)
        return Resolved(tuple((address, port) for address in found))

    def _remembered(self, host: str) -> tuple[str, ...]:
        moment, found = self._kept.get(host, (0.0, ()))
        return found if found and self._clock.monotonic() - moment < _KEEP else ()

    async def _ask(self, host: str) -> tuple[str, ...] | Fault:
        import dns.asyncresolver
        import dns.resolver

        if self._dns is None:
            try:
                self._dns = dns.asyncresolver.Resolver()
            except dns.resolver.NoResolverConfiguration:
                return await _ask_system(host)
            self._dns.timeout = min(2.0, self._lifetime)
        v4, v6 = await asyncio.gather(
            _ask_kind(self._dns, host, "A", self._lifetime),
            _ask_kind(self._dns, host, "AAAA", self._lifetime),
        )
        found = _interleaved(v6.addresses, v4.addresses)
        return found or _judge(host, v4.word, v6.word)


@dataclass(frozen=True, slots=True)
class _Answer:
    """`word` is "" with addresses, else nxdomain|nodata|servfail|silent|refused."""

    word: str
    addresses: tuple[str, ...] = ()


async def _ask_kind(resolver: DnsResolver, host: str, kind: str, lifetime: float) -> _Answer:
    import dns.exception
    import dns.name
    import dns.resolver

    try:
        name = dns.name.from_text(host)
        answer = await resolver.resolve(
            name, kind, search=False, lifetime=lifetime, raise_on_no_answer=False
        )
    except dns.resolver.NXDOMAIN:
        return _Answer("nxdomain")
    except dns.exception.Timeout:
        return _Answer("silent")
    except dns.resolver.NoNameservers:
        return _Answer("servfail")
    except (dns.exception.DNSException, UnicodeError):
        return _Answer("malformed")
    except OSError:
        return _Answer("silent")
    if answer.rrset is None:
        return _Answer("nodata")
    return _Answer("", tuple(row.address for row in answer.rrset))


def _interleaved(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    """Families by turns (RFC 8305, 4), at most eight addresses."""
    out: list[str] = []
    for i in range(max(len(first), len(second))):
        out += first[i : i + 1] + second[i : i + 1]
    return tuple(out[:8])


def _judge(host: str, v4: str, v6: str) -> Fault:
    """Without any address: the name is gone only if nothing that answered says otherwise."""
    words = {v4, v6} - {"silent"}
    if words == {"nxdomain"}:
        return Fault(FaultKind.DNS_NXDOMAIN, f"the name {host} does not exist")
    if not words:
        detail = f"no name server answered for {host}"
    elif "servfail" in words:
        detail = f"the name servers of {host} failed"
    elif words == {"nodata"}:
        detail = f"the name {host} exists and has no address"
    else:
        detail = f"the answers for {host} contradict each other or cannot be read"
    return Fault(FaultKind.DNS_FAILURE, detail)


async def _ask_system(host: str) -> tuple[str, ...] | Fault:
    """Where no name server is configured: the platform's own look-up, which cannot tell why."""
    import socket

    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(LIFETIME):
            rows = await loop.getaddrinfo(host + ".", None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return Fault(FaultKind.DNS_FAILURE, f"the name {host} could not be looked up")
    return tuple(dict.fromkeys(str(row[4][0]) for row in rows))[:8]


def _hosts_path() -> Path:
    if sys.platform == "win32":
        root = os.environ.get("SYSTEMROOT", r"C:\Windows")
        return Path(root) / "System32" / "drivers" / "etc" / "hosts"
    return Path("/etc/hosts")


def read_hosts(path: Path) -> dict[str, tuple[str, ...]]:
    """The hosts file as names to addresses, in file order; a missing or torn file is empty."""
    try:
        text = path.read_text("utf-8", "replace")
    except OSError:
        return {}
    found: dict[str, tuple[str, ...]] = {}
    for line in text.splitlines():
        words = re.split(r"\s+", line.partition("#")[0].strip())
        if len(words) > 1 and is_literal(words[0]):
            for name in words[1:]:
                key = name.rstrip(".").lower()
                found[key] = (*found.get(key, ()), words[0])
    return found

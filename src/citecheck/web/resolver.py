"""Names to addresses: literal address, hosts file, then DNS with the system's configuration.

NXDOMAIN (rcode 3, RFC 1035, 8020) is told from NODATA (RFC 2308), from SERVFAIL and from silence:
only the first says that a name is gone, or the name that it is an alias of (RFC 6604). Names are
asked as absolute names, never with a search list. An answer with addresses is kept for a minute;
nothing else is ever kept, so a confirming second question is a question. Name servers that drop
questions for one family delay nobody: once one family has come, the other is waited for 0.3 seconds
(RFC 8305, 3, would have 0.05).
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
from citecheck.text.fold import plain
from citecheck.web.guard import is_literal
from citecheck.web.places import Places

if TYPE_CHECKING:
    from dns.asyncresolver import Resolver as DnsResolver

LIFETIME = 5.0  # seconds for one question, all name servers and repeats together
_OTHER_FAMILY = 0.3
_MUTE, _HASTE = 3, 1.0  # so many unanswered look-ups, none ever answered: so many seconds for each
_KEEP = 60.0
_KEPT = 4096
_AT_ONCE = 64
_PATIENCE = 1.0  # seconds after which a question no longer keeps others waiting
_SPARE = 256


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
        self._unanswered = 0
        self._heard = False
        self._kept: dict[str, tuple[float, tuple[str, ...]]] = {}
        self._gate = Places(clock, _AT_ONCE, patience=_PATIENCE, spare=_SPARE)

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
            async with self._gate.stay():
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
        mute = not self._heard and self._unanswered >= _MUTE
        lifetime = min(self._lifetime, _HASTE) if mute else self._lifetime
        v4, v6 = await _both(self._dns, host, lifetime)
        if v4.word == v6.word == "silent":
            self._unanswered += 1
        else:
            self._heard = True
        found = _interleaved(v6.addresses, v4.addresses)
        return found or _judge(host, v4, v6)


@dataclass(frozen=True, slots=True)
class _Answer:
    """`word` is "" with addresses, else nxdomain|nodata|servfail|silent|malformed. `more` is the
    name that does not exist where it is not the one asked for, or what the name servers said."""

    word: str
    addresses: tuple[str, ...] = ()
    more: str = ""


async def _both(resolver: DnsResolver, host: str, lifetime: float) -> tuple[_Answer, _Answer]:
    """IPv4 and IPv6; one that is late once the other has come is taken as silent."""
    tasks = [
        asyncio.ensure_future(_ask_kind(resolver, host, kind, lifetime)) for kind in ("A", "AAAA")
    ]
    try:
        done, waiting = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        if waiting:
            came = any(task.result().addresses for task in done)
            await asyncio.wait(waiting, timeout=_OTHER_FAMILY if came else None)
        v4, v6 = (task.result() if task.done() else _Answer("silent") for task in tasks)
        return v4, v6
    finally:
        for task in tasks:
            task.cancel()


async def _ask_kind(resolver: DnsResolver, host: str, kind: str, lifetime: float) -> _Answer:
    import dns.exception
    import dns.name
    import dns.rcode
    import dns.resolver

    try:
        name = dns.name.from_text(host)
        answer = await resolver.resolve(
            name, kind, search=False, lifetime=lifetime, raise_on_no_answer=False
        )
    except dns.resolver.NXDOMAIN as error:
        alias = error.canonical_name
        return _Answer("nxdomain", more="" if alias == name else alias.to_text(True))
    except dns.exception.Timeout:
        return _Answer("silent")
    except dns.resolver.NoNameservers as error:
        replies = [row[4] for row in error.kwargs.get("errors", ())]
        said = {dns.rcode.to_text(reply.rcode()) for reply in replies if reply is not None}
        return _Answer("servfail", more=", ".join(sorted(said)))
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


def _judge(host: str, v4: _Answer, v6: _Answer) -> Fault:
    """Without any address: the name is gone only if nothing that answered says otherwise."""
    words = {v4.word, v6.word} - {"silent"}
    more = plain(v4.more or v6.more, 255)
    if words == {"nxdomain"}:
        alias = f"{host} is another name for {more}, which does not exist"
        return Fault(FaultKind.DNS_NXDOMAIN, alias if more else f"the name {host} does not exist")
    if not words:
        detail = f"no name server answered for {host}"
    elif "servfail" in words:
        detail = f"the name servers of {host} failed" + (f" ({more})" if more else "")
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

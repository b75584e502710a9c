"""Opens TCP connections: to the endpoints of a request, guarded, and to a proxy that was named.

A connection is made to the addresses that were resolved and judged before, so a name that rebinds
between check and connection gains nothing; each is judged once more right here. Which address of a
host answered is remembered for the run and tried first the next time (RFC 8305, 4).
"""

from __future__ import annotations

import errno
from collections.abc import Sequence

import httpcore

from citecheck.records.observation import Fault, FaultKind
from citecheck.web.eyeballs import Endpoint, NoneConnected, race
from citecheck.web.faults import Told, numbers
from citecheck.web.guard import Guard

# What the kernel of this machine says where it knows no way, before anything was sent.
_NO_WAY = frozenset({errno.ENETUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT})
_KEPT = 10_000


class Dialler:
    """`inner` makes the connections (httpcore's own backend but in tests)."""

    def __init__(self, guard: Guard, inner: httpcore.AsyncNetworkBackend | None = None) -> None:
        self._guard = guard
        self._inner = inner or httpcore.AnyIOBackend()
        self._won: dict[tuple[str, int], Endpoint] = {}

    async def to_host(
        self, host: str, port: int, endpoints: Sequence[Endpoint], trusted: bool, seconds: float
    ) -> httpcore.AsyncNetworkStream:
        """A connection to one of the endpoints, or httpcore's ConnectError and ConnectTimeout, or
        Told where the trouble is on this side."""
        admitted = [e for e in endpoints if trusted or self._guard.admits(e[0])]
        if not admitted:
            raise httpcore.ConnectError(f"no address of {host} may be connected to")
        won = self._won.get((host, port))
        if won in admitted:
            admitted.sort(key=lambda endpoint: endpoint != won)
        try:
            endpoint, stream = await race(admitted, self._connect, seconds)
        except NoneConnected as none:
            reason = _reason(none)
            raise reason from reason.__cause__  # which holds the system's error number
        if len(admitted) > 1:
            if len(self._won) >= _KEPT:
                self._won.clear()
            self._won[host, port] = endpoint
        return stream

    async def to_proxy(self, host: str, port: int, seconds: float) -> httpcore.AsyncNetworkStream:
        """A connection to a proxy: the person named it, so it may be anywhere."""
        return await self._inner.connect_tcp(host, port, seconds)

    async def _connect(self, endpoint: Endpoint, seconds: float) -> httpcore.AsyncNetworkStream:
        return await self._inner.connect_tcp(*endpoint, seconds)


def _reason(none: NoneConnected) -> Exception:
    """The failure that says most about the host: silence, then a refusal, then no way from here."""
    errors = [error for _, error in none.failures]
    away = [bool(numbers(error) & _NO_WAY) for error in errors]
    if all(away):
        six = all(":" in endpoint[0] for endpoint, _ in none.failures)
        return Told(
            Fault(
                FaultKind.NOT_FROM_HERE,
                "the site has IPv6 addresses only, and this machine has no way to IPv6"
                if six
                else "this machine has no way to the network of the server",
            )
        )
    said = [error for error, no in zip(errors, away, strict=True) if not no]
    silent = [error for error in said if isinstance(error, httpcore.ConnectTimeout)]
    return (silent or said)[0]

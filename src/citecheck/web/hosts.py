"""A host as an object: how many requests at once, how far apart, and when it asked for a pause.

A pause (429, 503, `Retry-After`, RFC 9110 10.2.3, RFC 6585, or a header that says that no request
is left) is a moment in time that holds every request to the host until it is over, whatever other
answers of that host say meanwhile. How far apart requests are besides is `pace.py`'s.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from math import inf

from citecheck.records.exchange import Exchange
from citecheck.records.observation import Fault, FaultKind
from citecheck.records.ports import Clock
from citecheck.web.gates import Gate, Server, Window, until
from citecheck.web.pace import Pace
from citecheck.web.pauses import Quota, retry_after, used_up
from citecheck.web.places import Turns

_DAY = 86400.0
_BACKOFF = 2.0  # seconds of the first pause where the server names none, then doubling
_REFUSALS = 6  # answers 429 in a row after which a host is left alone for the run
_BUDGET = 5  # pauses of the longest length that a run waits for one host
PATIENCE = 2.0  # seconds of one request after which it no longer keeps others waiting
_SPARE = 64  # requests that may hang at one IP address


class Host(Gate):
    """The gate of one host name: permits, pace, pause, window.

    `failing` counts faults, 429 and 5xx in a row; `gone_since` is when its name was first said not
    to exist (monotonic). `lingers` says that its last answer took long or never came;
    `backlog` is how many links of it are still to be visited.
    """

    def __init__(self, name: str, permits: int, interval: float, limit: float) -> None:
        super().__init__(name, interval)
        self.pace = Pace(interval, permits)
        self.window: Window | None = None
        self.failing = 0
        self.gone_since: float | None = None
        self.lingers = False
        self.backlog = 0
        self._turns = Turns()
        self._limit = limit
        self._held_until = float("-inf")
        self._held = 0.0
        self._strain = 0
        self._overlong = 0
        self._refusals = 0
        self._quota = Quota()

    @property
    def interval(self) -> float:
        """The least number of seconds between two starts, as things are."""
        return self.pace.interval

    @asynccontextmanager
    async def permit(self) -> AsyncIterator[None]:
        """One of the requests that may be made at once."""
        await self._turns.take(self.pace.permits)
        try:
            yield
        finally:
            self._turns.give_back(self.pace.permits)

    def ready_in(self, now: float) -> float:
        """Seconds until a request may start."""
        window = self.window.ready_in(now) if self.window else 0.0
        return max(super().ready_in(now), until(self._held_until, now), window)

    def started(self, now: float) -> None:
        super().started(now)
        if self.window:
            self.window.started(now)

    def slow_to(self, interval: float) -> None:
        """Keep a longer interval from now on, counted from the last start already."""
        if interval > self.pace.floor:
            self.pace.floor = interval

    def hold(self, seconds: float, now: float) -> None:
        """No request starts for so long, at most the limit; a longer hold is never cut short."""
        seconds = min(max(0.0, seconds), self._limit)
        until = now + seconds
        if until > self._held_until:
            self._held += until - max(now, self._held_until)
            self._held_until = until
        if self._held > _BUDGET * self._limit:
            self.closed = "the host keeps asking for pauses"

    def silence(self, seconds: float, now: float) -> None:
        """No request starts for so long, however long: a pause that a caller keeps himself.

        One without end closes the host for the run: what waits for its turn there is given back.
        """
        self._held_until = max(self._held_until, now + seconds)
        if seconds == inf:
            self.closed = self.closed or "the host is not asked any more in this run"

    def answered(self, status: int, wait: float | None, now: float, took: float = 0.0) -> None:
        """Take note of an answer, whose first byte came after `took` seconds; `wait` is its
        Retry-After in seconds, None without one.

        A pause beyond the limit is longer than this run waits: a 429 then closes the host for the
        run (an absurd one, of more than a day, only at the second time). A 503 is about the one
        page as often as about the host, so it never closes, and holds for the limit only once.
        """
        self.failing = self.failing + 1 if status == 429 or status >= 500 else 0
        self._refusals = self._refusals + 1 if status == 429 else 0
        if self._refusals >= _REFUSALS:
            self.closed = f"the host answered {_REFUSALS} times in a row that it is asked too much"
        if status not in (429, 503):
            self._strain = max(0, self._strain - 1)
            if self.window is None:  # an archive's pace is told by the archive
                self.pace.answered(now, took)
            self.pace.heard = True
            return
        self.pace.refused(status, wait is not None, now, took)
        if wait is None:
            if status == 429:
                self.hold(_BACKOFF * 2**self._strain, now)
            self._strain = min(self._strain + 1, 6)
        elif wait <= self._limit:
            self.hold(wait, now)
        else:
            self._overlong += 1
            if status == 429 and (wait <= _DAY or self._overlong > 1):
                self.closed = "the host asked for a longer pause than this run waits"
            if status == 429 or self._overlong == 1:
                self.hold(self._limit, now)

    def none_left(self, seconds: float, now: float, took: float, *, well: bool) -> None:
        """The answer to a request that took so long says that it was the last one allowed for
        `seconds`; `well` says that it was an answer all the same. Held like Retry-After."""
        wait = self._quota.told(seconds, now, took, self._limit, well=well)
        self._held_until = max(self._held_until, now + wait)

    def noted(self, answer: Exchange | Fault, took: float, monotonic: float, now: datetime) -> None:
        """What an answer says of its host; `took` seconds to its first byte, or to its failing."""
        if isinstance(answer, Fault):
            silent = answer.kind in (FaultKind.CONNECT_TIMEOUT, FaultKind.READ_TIMEOUT)
            self.failed(took if silent else None, monotonic)
            return
        wait = retry_after(answer.header("retry-after"), now)
        left = used_up(answer, now)
        if answer.status in (429, 503):
            wait = left if wait is None else wait
        elif left is not None:
            self.none_left(left, monotonic, answer.elapsed, well=answer.status < 400)
        self.answered(answer.status, wait, monotonic, took)
        self.lingers = answer.elapsed > PATIENCE

    def failed(self, took: float | None = None, now: float = 0.0) -> None:
        """Take note of a fault on the way to the host; `took` where time ran out on it."""
        self.failing += 1
        if took is not None:
            self.lingers = True
            self.pace.timed_out(now, took)

    def idle(self, now: float) -> bool:
        return (
            not len(self._turns)
            and self.ready_in(now) == 0
            and self.send_in(now) == 0
            and self.pace.settled
            and not (self.window or self.closed or self.failing or self._strain or self._held)
            and not (self.backlog or self.lingers)
            and self.gone_since is None
        )


class Hosts:
    """All hosts of a run and the IP addresses they live at, made on demand; those with nothing to
    remember are dropped in time."""

    def __init__(self, clock: Clock, *, permits: int, interval: float, limit: float) -> None:
        self._clock = clock
        self._permits = permits
        self._interval = interval
        self._limit = limit
        self._hosts: dict[str, Host] = {}
        self._servers: dict[str, Server] = {}
        self._sweep_at = 4096

    def host(self, name: str) -> Host:
        """The host of this name."""
        name = name.lower()
        found = self._hosts.get(name)
        if found is None:
            self._sweep()
            found = Host(name, self._permits, self._interval, self._limit)
            self._hosts[name] = found
        return found

    def server(self, address: str) -> Server:
        """What stands at this IP address (with its port, where a resolver maps ports)."""
        found = self._servers.get(address)
        if found is None:
            self._sweep()
            found = self._servers[address] = Server(
                address,
                self._clock,
                permits=self._permits,
                interval=self._interval,
                patience=PATIENCE,
                spare=_SPARE,
            )
        return found

    def server_of(self, endpoints: Sequence[tuple[str, int]], port: int) -> Server | None:
        """Where a name leads: its first address. A resolver that maps ports stands for many servers
        on one address, and each is its own."""
        if not endpoints:
            return None
        address, real_port = endpoints[0]
        return self.server(address if real_port == port else f"{address}:{real_port}")

    def _sweep(self) -> None:
        if len(self._hosts) + len(self._servers) < self._sweep_at:
            return
        now = self._clock.monotonic()
        self._hosts = {k: h for k, h in self._hosts.items() if not h.idle(now)}
        self._servers = {k: s for k, s in self._servers.items() if not s.idle(now)}
        self._sweep_at = max(4096, 2 * (len(self._hosts) + len(self._servers)))

    def limit(self, name: str, *, per_minute: int) -> None:
        """Never more than so many requests to a host in any 60 seconds."""
        self.host(name).window = Window(per_minute)

"""A host as an object: how many requests at once, how far apart, and when it asked for a pause.

A pause (429, 503, `Retry-After`, RFC 9110 10.2.3, RFC 6585) is a moment in time that holds every
request to the host until it is over, whatever other answers of that host say meanwhile. The same
gate, without pauses, is kept per IP address, since many names can stand for one server.
"""

from __future__ import annotations

import asyncio
from collections import deque
from datetime import datetime
from email.utils import parsedate_to_datetime

from citecheck.records.ports import Clock

_DAY = 86400.0
_BACKOFF = 2.0  # seconds of the first pause where the server names none, then doubling
_REFUSALS = 6  # answers 429 in a row after which a host is left alone for the run
_BUDGET = 5  # pauses of the longest length that a run waits for one host


def retry_after(value: str, now: datetime) -> float | None:
    """Seconds to wait by a Retry-After header (delta or HTTP date), never negative; or None."""
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value[:12]) if len(value) <= 12 else 1e12
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    if moment.tzinfo is None:
        return None
    return max(0.0, (moment - now).total_seconds())


class Window:
    """A sliding window: at most `per_minute` starts in any 60 seconds."""

    def __init__(self, per_minute: int) -> None:
        self._most = max(1, per_minute)
        self._starts: deque[float] = deque()

    def ready_in(self, now: float) -> float:
        """Seconds until one more start is allowed."""
        while self._starts and now - self._starts[0] >= 60.0:
            self._starts.popleft()
        if len(self._starts) < self._most:
            return 0.0
        return self._starts[0] + 60.0 - now

    def started(self, now: float) -> None:
        self._starts.append(now)


class Host:
    """The gate of one host name (or IP address): permits, interval, pause, window.

    `interval` is the least number of seconds between two starts. `failing` counts faults, 429 and
    5xx in a row; `gone_since` is when its name was first said not to exist (monotonic).
    """

    def __init__(self, name: str, permits: int, interval: float, limit: float) -> None:
        self.name = name
        self.interval = interval
        self.window: Window | None = None
        self.failing = 0
        self.gone_since: float | None = None
        self.closed = ""
        self._limit = limit
        self._permits = asyncio.Semaphore(max(1, permits))
        self._next = 0.0
        self._send_next = 0.0
        self._held_until = 0.0
        self._held = 0.0
        self._strain = 0
        self._overlong = 0
        self._refusals = 0
        self.waiting = 0

    async def acquire(self) -> None:
        self.waiting += 1
        await self._permits.acquire()

    def release(self) -> None:
        self.waiting -= 1
        self._permits.release()

    def forget_wait(self) -> None:
        """A wait for a permit that was given up."""
        self.waiting -= 1

    def ready_in(self, now: float) -> float:
        """Seconds until a request may start."""
        window = self.window.ready_in(now) if self.window else 0.0
        return max(0.0, self._next - now, self._held_until - now, window)

    def started(self, now: float) -> None:
        self._next = now + self.interval
        if self.window:
            self.window.started(now)

    def send_in(self, now: float) -> float:
        """Seconds until a request that has its connection may be sent."""
        return max(0.0, self._send_next - now)

    def sent(self, now: float) -> None:
        self._send_next = max(self._send_next, now + self.interval)

    def slow_to(self, interval: float) -> None:
        """Keep a longer interval from now on, counted from the last start already."""
        more = interval - self.interval
        if more > 0:
            self.interval = interval
            self._next += more
            self._send_next += more

    def hold(self, seconds: float, now: float) -> None:
        """No request starts for so long, at most the limit; a longer hold is never cut short."""
        seconds = min(max(0.0, seconds), self._limit)
        until = now + seconds
        if until > self._held_until:
            self._held += until - max(now, self._held_until)
            self._held_until = until
        if self._held > _BUDGET * self._limit:
            self.closed = "the host keeps asking for pauses"

    def answered(self, status: int, wait: float | None, now: float) -> None:
        """Take note of an answer; `wait` is its Retry-After in seconds, None without one.

        A pause beyond the limit is longer than this run waits: a 429 then closes the host for the
        run (an absurd one, of more than a day, only at the second time). A 503 is about the one
        page as often as about the host, so it holds but never closes.
        """
        self.failing = self.failing + 1 if status == 429 or status >= 500 else 0
        self._refusals = self._refusals + 1 if status == 429 else 0
        if self._refusals >= _REFUSALS:
            self.closed = f"the host answered {_REFUSALS} times in a row that it is asked too much"
        if status not in (429, 503):
            self._strain = max(0, self._strain - 1)
            return
        if wait is None:
            if status == 429:
                self.hold(_BACKOFF * 2**self._strain, now)
            self._strain = min(self._strain + 1, 6)
        elif wait <= self._limit:
            self.hold(wait, now)
        elif status == 429:
            self._overlong += 1
            if wait <= _DAY or self._overlong > 1:
                self.closed = "the host asked for a longer pause than this run waits"
            self.hold(self._limit, now)

    def failed(self) -> None:
        """Take note of a fault on the way to the host."""
        self.failing += 1

    def idle(self, now: float) -> bool:
        return (
            not self.waiting
            and self.ready_in(now) == 0
            and not (self.window or self.closed or self.failing or self._strain or self._held)
            and self.gone_since is None
        )


class Hosts:
    """All hosts of a run, made on demand; those with nothing to remember are dropped in time."""

    def __init__(self, clock: Clock, *, permits: int, interval: float, limit: float) -> None:
        self._clock = clock
        self._permits = permits
        self._interval = interval
        self._limit = limit
        self._hosts: dict[str, Host] = {}
        self._sweep_at = 4096

    def host(self, name: str) -> Host:
        """The host of this name, or of this IP address (`ip:` and the address)."""
        name = name.lower()
        found = self._hosts.get(name)
        if found is None:
            if len(self._hosts) >= self._sweep_at:
                now = self._clock.monotonic()
                self._hosts = {k: h for k, h in self._hosts.items() if not h.idle(now)}
                self._sweep_at = max(4096, 2 * len(self._hosts))
            found = Host(name, self._permits, self._interval, self._limit)
            self._hosts[name] = found
        return found

    def limit(self, name: str, *, per_minute: int) -> None:
        """Never more than so many requests to a host in any 60 seconds."""
        self.host(name).window = Window(per_minute)

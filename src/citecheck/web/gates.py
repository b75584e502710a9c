"""What a request has to pass: an interval between starts, for a host name or for an IP address.

Many names can stand for one server, so both are kept; pauses are asked for by names and kept for
names alone (`hosts.py`): one site that is asked too much says nothing of its neighbours.
"""

from __future__ import annotations

from collections import deque

from citecheck.records.ports import Clock
from citecheck.web.places import Places

_NEVER = float("-inf")
_WINDOW = 60.0
_TICK = 1e-6  # seconds: what is less comes of rounding, and is no wait


def until(moment: float, now: float) -> float:
    """Seconds from now to a moment, 0 where it is past."""
    wait = moment - now
    return wait if wait > _TICK else 0.0


class Window:
    """A sliding window: at most `per_minute` starts in any 60 seconds."""

    def __init__(self, per_minute: int) -> None:
        self._most = max(1, per_minute)
        self._starts: deque[float] = deque()

    def ready_in(self, now: float) -> float:
        """Seconds until one more start is allowed."""
        while self._starts and not until(self._starts[0] + _WINDOW, now):
            self._starts.popleft()
        if len(self._starts) < self._most:
            return 0.0
        return until(self._starts[0] + _WINDOW, now)

    def started(self, now: float) -> None:
        self._starts.append(now)


class Sending:
    """When one request left (until then: when it began), and when its answer did; monotonic."""

    __slots__ = ("left", "over")

    def __init__(self, began: float) -> None:
        self.left = self.over = began

    @property
    def took(self) -> float:
        """Seconds to the first byte of the answer."""
        return max(0.0, self.over - self.left)


class Gate:
    """The interval between two starts, counted at the start and, once connected, at sending."""

    def __init__(self, name: str, interval: float) -> None:
        self.name = name
        self.closed = ""
        self._interval = interval
        self._started = self._sent = _NEVER

    @property
    def interval(self) -> float:
        """The least number of seconds between two starts."""
        return self._interval

    def ready_in(self, now: float) -> float:
        """Seconds until a request may start."""
        return until(self._started + self.interval, now)

    def started(self, now: float) -> None:
        self._started = now

    def send_in(self, now: float) -> float:
        """Seconds until a request that has its connection may be sent."""
        return until(self._sent + self.interval, now)

    def sent(self, now: float) -> None:
        self._sent = max(self._sent, now)


class Server(Gate):
    """One IP address: `places` bounds what is under way there, over all its names. A request that
    hangs is soon no longer counted, so that one name does not hold up its neighbours."""

    def __init__(
        self, name: str, clock: Clock, *, permits: int, interval: float, patience: float, spare: int
    ) -> None:
        super().__init__(name, interval)
        self.places = Places(clock, permits, patience=patience, spare=spare)

    def idle(self, now: float) -> bool:
        return not self.places.held and self.ready_in(now) == 0 and self.send_in(now) == 0

"""How densely one host is asked: it is a ladder that trouble climbs and good answers come down.

On level 0 the pace is the settings' own: `delay` between starts, `per_host` at once. Each level
doubles the interval (from half a second where the settings have none, to 30 s at most) and halves
the permits. It rises by one

- at an answer 429 that names no time, and at the second 429, or 503, in a row whatever it names:
  up to level 5, 16 s at the default delay;
- at the second slow answer in a row: one that took over 5 s to its first byte, or over 2 s and four
  times what is usual on this host; a time-out counts as slow: up to level 3, 4 s.

It sinks by one after five answers in a row that are neither. Answers to requests that were already
under way when the level rose do not raise it again. A host that has not answered yet is asked one
thing at a time. Nothing ever makes the interval shorter than `floor` (the settings' delay, or a
Crawl-delay).
"""

from __future__ import annotations

_UNIT = 0.5  # seconds that are doubled where the settings have no delay
_LONGEST = 30.0
_MOST = 5
_MOST_SLOW = 3
_LONG = 5.0  # seconds to the first byte that are slow on any host
_NOTABLE = 2.0  # seconds to the first byte that are never slow
_TIMES = 4.0
_KNOWN = 3  # answers after which a host's usual time is known
_WEIGHT = 0.125  # of the newest answer in the usual time
_GOOD = 5


class Pace:
    """`floor` in seconds, `permits` at once; `level` from 0, see the module."""

    def __init__(self, floor: float, permits: int) -> None:
        self.floor = self._base = floor
        self.level = 0
        self.heard = False
        self._permits = max(1, permits)
        self._usual = 0.0
        self._answers = 0
        self._slow = self._good = self._refusals = 0
        self._raised = float("-inf")

    @property
    def interval(self) -> float:
        """Seconds between two starts."""
        if not self.level:
            return self.floor
        return max(self.floor, min(max(self.floor, _UNIT) * 2.0**self.level, _LONGEST))

    @property
    def permits(self) -> int:
        """Requests at once."""
        return max(1, self._permits >> self.level) if self.heard else 1

    @property
    def settled(self) -> bool:
        """Whether there is nothing here to remember."""
        return self.floor == self._base and not (self.level or self._slow or self._refusals)

    def refused(self, status: int, named: bool, now: float, took: float = 0.0) -> None:
        """An answer 429 or 503 after `took` seconds; `named` says that it names its pause."""
        self.heard = True
        self._good = 0
        self._refusals += 1
        if self._refusals > 1 or (status == 429 and not named):
            self._rise(_MOST, now, took)

    def answered(self, now: float, took: float) -> None:
        """Any other answer, whose first byte came after `took` seconds."""
        self.heard = True
        self._refusals = 0
        if self._is_slow(took):
            self._slowly(now, took)
        else:
            self._slow = 0
            self._good += 1
            if self._good >= _GOOD and self.level:
                self.level -= 1
                self._good = 0
        self._answers += 1
        # One very slow page says little of what is usual.
        took = min(took, 2 * self._usual) if self._answers > _KNOWN else took
        self._usual += (took - self._usual) * max(_WEIGHT, 1 / self._answers)

    def timed_out(self, now: float, took: float) -> None:
        """No answer came within `took` seconds."""
        self._slowly(now, took)

    def _is_slow(self, took: float) -> bool:
        if took > _LONG:
            return True
        return self._answers >= _KNOWN and took > max(_NOTABLE, _TIMES * self._usual)

    def _slowly(self, now: float, took: float) -> None:
        self._good = 0
        self._slow += 1
        if self._slow > 1:
            self._rise(_MOST_SLOW, now, took)

    def _rise(self, most: int, now: float, took: float) -> None:
        if self.level < most and now - took >= self._raised:
            self.level += 1
            self._raised = now

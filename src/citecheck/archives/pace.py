"""How fast an archive may be asked: a sliding window, a pause after 429, and the run's budget.

`Traffic` is what all requests to one archive share: the time that the run has for it, and the pause
that the archive asked for. `Pace` is one kind of request (look-ups; replay; saves), each with its
own window, all on the same `Traffic`. Look-ups, saves and pauses are told to a `PaceStore`: a run
that follows another within the minute, or after a kill, goes on with its windows and keeps its
pause. A pause that follows another without an answer between them is twice as long.

Rests on the Wayback Machine's habits: 30 requests a minute for the index and timemaps together, a
429 mostly without Retry-After, and a firewall for an hour against those who go on asking.
"""

from __future__ import annotations

import asyncio
import math
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Literal, TypeAlias

from citecheck.records.pacing import Pacing
from citecheck.records.ports import Clock, PaceStore

WINDOW = 62.0  # seconds: a minute, and two more for requests that overtake each other on the way
_ON_THEIR_WAY = 2.0  # seconds before a pause; what began in them may go out when it is over
_PATIENCE = 3  # pauses in a row, without an answer between them, until the archive is left alone
_LONGEST = 3600.0  # seconds of a pause; what is kept of a longer one is a clock that was wrong
_FORGIVEN = timedelta(days=1)  # after which pauses of earlier runs no longer make new ones longer
_WORTH_SAYING = 2.0  # seconds; shorter waits are not shown


Line: TypeAlias = Literal["asked", "saved"]
"""Look-ups or saves: a field of `Pacing`."""


class OutOfTime(Exception):
    """A request cannot be made in this run; `str()` is the sentence for a person."""


class Traffic:
    """The budget (seconds from now) and the pauses of one archive.

    `note` is told one short line about every wait that a person would notice. `hold` is told every
    pause in seconds, for requests that are on their way and not sent yet; one without end (inf)
    where the archive is not asked any more in this run. `refused` tells whether the last pause was
    for a connection that was not taken.
    """

    def __init__(
        self,
        clock: Clock,
        budget: float,
        note: Callable[[str], None],
        store: PaceStore | None = None,
        hold: Callable[[float], None] | None = None,
    ) -> None:
        self._clock = clock
        self._store = store
        self._hold = hold
        self._budget = budget
        self._deadline = clock.monotonic() + budget
        self._note = note
        self._quiet_until = -math.inf
        self._paused_at = -math.inf
        self._pauses = 0
        self._silent_until = -math.inf
        self.refused = False
        self.stopped = ""
        self._known = store.pacing() if store else Pacing()
        self._keep_silence()

    def asked_before(self, line: Line) -> list[float]:
        """The moments (monotonic) of earlier runs' requests that still count, in order."""
        now, begun = self._clock.now(), self._clock.monotonic()
        before = self._known.asked if line == "asked" else self._known.saved
        ages = [(now - moment).total_seconds() for moment in before]
        return sorted(begun - age for age in ages if 0 <= age < WINDOW)

    def note_asked(self, line: Line) -> None:
        """A request goes out now."""
        now = self._clock.now()
        before = self._known.asked if line == "asked" else self._known.saved
        recent = [m for m in before if timedelta(0) <= now - m < timedelta(0, WINDOW)]
        if line == "asked":
            self._keep(replace(self._known, asked=(*recent, now)))
        else:
            self._keep(replace(self._known, saved=(*recent, now)))

    def left(self) -> float:
        """Seconds of the budget that are left, never below zero."""
        return max(0.0, self._deadline - self._clock.monotonic())

    def pause_left(self) -> float:
        """Seconds of the archive's pause that are left, 0 where there is none."""
        return max(0.0, self._quiet_until - self._clock.monotonic())

    def silence_left(self) -> float:
        """Seconds that are left of a pause that the archive asked for in words: one that holds for
        all its hosts, unlike that after a connection which one of them refused."""
        return max(0.0, self._silent_until - self._clock.monotonic())

    def last_pause(self) -> tuple[float, float]:
        """When the last pause began and ends (monotonic); before all time where there was none."""
        return self._paused_at, self._quiet_until

    def answered(self, asked: float) -> None:
        """The archive answered a request made at `asked` (monotonic)."""
        if asked >= self._paused_at and self._pauses:
            self._pauses = 0
            self._keep(replace(self._known, quiet_until=None, pauses=0))

    def throttled(self, seconds: float, asked: float, *, refused: bool = False) -> None:
        """The archive wants `seconds` of silence, said in answer to a request made at `asked`; it
        gets twice as much each time that it says so again. `refused`: it said so by taking no
        connection.

        Several requests that were under way together are one event.
        """
        now = self._clock.monotonic()
        if asked >= self._quiet_until:
            self._pauses += 1
        seconds = min(_LONGEST, seconds * 2 ** max(0, self._pauses - 1))
        self._paused_at = now
        self._quiet_until = max(self._quiet_until, now + seconds)
        self.refused = refused
        if not refused:
            self._silent_until = self._quiet_until
        until = self._clock.now() + timedelta(seconds=self._quiet_until - now)
        self._keep(replace(self._known, quiet_until=until, pauses=self._pauses))
        if self._pauses >= _PATIENCE:
            self.stopped = "the archive went on asking for a pause; the next run goes on from here"
        else:
            self._stop_beyond_budget(seconds)
        self._hold_back(self._quiet_until - now)

    def _keep_silence(self) -> None:
        """The pause that an archive asked an earlier run for is this one's as well."""
        until, now = self._known.quiet_until, self._clock.now()
        if until is None or abs(until - now) > _FORGIVEN:
            return
        self._pauses = max(0, min(self._known.pauses, _PATIENCE))
        seconds = (until - now).total_seconds()
        if not 0 < seconds <= _LONGEST:
            return
        self._paused_at = self._clock.monotonic()
        self._quiet_until = self._silent_until = self._paused_at + seconds
        self._stop_beyond_budget(seconds)
        self._hold_back(seconds)

    def _hold_back(self, seconds: float) -> None:
        """Requests on their way wait as well, or are given back where this run makes no more."""
        if self._hold is not None:
            self._hold(math.inf if self.stopped else seconds)

    def _stop_beyond_budget(self, seconds: float) -> None:
        if self._quiet_until > self._deadline:
            self.stopped = (
                f"the archive asked for a pause of {math.ceil(seconds)} s, more than was left of "
                f"the time for it; the next run goes on from here"
            )

    def _keep(self, pacing: Pacing) -> None:
        self._known = pacing
        if self._store is not None:
            self._store.keep_pacing(pacing)

    def give_up(self, why: str) -> None:
        """No further request in this run."""
        self.stopped = self.stopped or why

    async def until(self, moment: float, why: str) -> None:
        """Wait until `moment` (monotonic) and any pause are over; without `why` it is not shown.

        Raises OutOfTime, at once, where that lies beyond the budget.
        """
        while True:
            now = self._clock.monotonic()
            quiet = self._quiet_until > max(moment, now)
            due = max(moment, self._quiet_until, now)
            if self.stopped:
                raise OutOfTime(self.stopped)
            if due >= self._deadline:
                raise OutOfTime(
                    f"the time for the archive ({_span(self._budget)}) was used up; "
                    f"the next run goes on from here"
                )
            if due <= now:
                return
            if due - now >= _WORTH_SAYING and (quiet or why):
                whom = "the archive, which asked for a pause" if quiet else why
                self._note(f"waiting {math.ceil(due - now)} s for {whom}")
            await self._clock.sleep(due - now)


class Pace:
    """At most `per_minute` requests in any 60 seconds, at least `gap` seconds apart.

    The first ones go out `gap` apart, so that a small paper does not wait at all. `kept` pace is
    that of earlier runs as well, of look-ups or of saves as `line` says.
    """

    def __init__(
        self,
        traffic: Traffic,
        clock: Clock,
        per_minute: int,
        gap: float = 0.5,
        why: str = "",
        *,
        kept: bool = False,
        line: Line = "asked",
    ) -> None:
        self._traffic = traffic
        self._clock = clock
        self._gap = min(gap, 60.0 / max(1, per_minute))
        self._why = why or "the archive's limit"
        before = traffic.asked_before(line) if kept else []
        self._starts: deque[float] = deque(before, maxlen=max(1, per_minute))
        self._kept = kept
        self._line: Line = line
        self._lock = asyncio.Lock()

    async def turn(self) -> float:
        """Wait for the next turn; returns its moment (monotonic). Raises OutOfTime."""
        async with self._lock:
            due = -math.inf
            if self._starts:
                due = self._starts[-1] + self._gap
            if len(self._starts) == self._starts.maxlen:
                due = max(due, self._starts[0] + WINDOW)
            await self._traffic.until(due, self._why)
            self._date_held()
            due = self._starts[0] + WINDOW if len(self._starts) == self._starts.maxlen else due
            await self._traffic.until(due, self._why)
            now = self._clock.monotonic()
            self._starts.append(now)
            if self._kept:
                self._traffic.note_asked(self._line)
            return now

    def _date_held(self) -> None:
        """Requests that were on their way when a pause began count from its end."""
        began, over = self._traffic.last_pause()
        for place, start in enumerate(self._starts):
            if began - _ON_THEIR_WAY <= start <= began:
                self._starts[place] = over


def _span(seconds: float) -> str:
    return f"{seconds / 60:.0f} min" if seconds >= 60 else f"{seconds:.0f} s"

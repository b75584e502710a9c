"""Ports that do not answer: after a few time-outs in a row one is left alone for the run.

Each costs ten seconds to connect or thirty to wait, and a host may have hundreds of links. One that
never answered in this run is given up sooner than one that did: it may have a slow page or two.
Another port is another place.
"""

from __future__ import annotations

from citecheck.records.exchange import Exchange
from citecheck.records.observation import Fault, FaultKind

_STRANGER = 4  # time-outs in a row
_KNOWN = 8
_WORDS = {
    FaultKind.CONNECT_TIMEOUT: "no connection within the time allowed",
    FaultKind.READ_TIMEOUT: "no answer within the time allowed",
}
Place = tuple[str, int]


class Silence:
    """What each host and port has kept silent to."""

    def __init__(self) -> None:
        self._times: dict[Place, tuple[int, FaultKind]] = {}
        self._heard: set[Place] = set()

    def fault(self, place: Place) -> Fault | None:
        """The fault of a place that is not asked any more, or None."""
        if place not in self._times:
            return None
        times, kind = self._times[place]
        if times < (_KNOWN if place in self._heard else _STRANGER):
            return None
        return Fault(kind, f"{_WORDS[kind]}, {times} times in a row in this run")

    def noted(self, place: Place, answer: Exchange | Fault) -> None:
        """An answer of a place, or what came instead."""
        if isinstance(answer, Exchange):
            self._heard.add(place)
            self._times.pop(place, None)
        elif answer.kind in _WORDS:
            times = self._times[place][0] if place in self._times else 0
            self._times[place] = (times + 1, answer.kind)

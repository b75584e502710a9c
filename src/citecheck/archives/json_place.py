"""Asking a place that speaks JSON: paced, silent for as long as it wants, twice at most.

What a page says in words (a login, a proof of work against robots, both with status 200) is no
answer: only JSON is. An error that is told in JSON is an answer to what was asked.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from citecheck.archives.fetcher import Fetcher, in_time
from citecheck.archives.pace import OutOfTime, Traffic
from citecheck.archives.wayback_replies import Unanswered, answered, malformed
from citecheck.records.archive import LookupState
from citecheck.records.ask import Ask
from citecheck.records.exchange import Exchange
from citecheck.records.observation import Fault, FaultKind
from citecheck.records.ports import Clock

_SPOKEN = frozenset({200, 201, 202, 400, 401, 402, 403, 404, 409})
_BREATH = 5.0  # seconds before a second try
_FAILURES = 3  # questions in a row without an answer, until it is left alone for the run


@dataclass(frozen=True, slots=True)
class Told:
    """An answer: its status, and the JSON object or array that it is."""

    status: int
    data: dict[str, Any] | list[Any]

    def text(self, name: str) -> str:
        """A text of the object, empty where it has none of that name."""
        value = self.data.get(name) if isinstance(self.data, dict) else None
        return value if isinstance(value, str) else ""


class JsonPlace:
    """One host. `pause` is the silence in seconds where a 429 names none; `heard` sees every answer
    (for headers that count requests)."""

    def __init__(
        self,
        client: Fetcher,
        traffic: Traffic,
        clock: Clock,
        *,
        pause: float,
        heard: Callable[[Exchange], None] = lambda _: None,
    ) -> None:
        self._client = client
        self._traffic = traffic
        self._clock = clock
        self._pause = pause
        self._heard = heard
        self._failed = 0

    async def ask(self, turn: Callable[[], Awaitable[float]], ask: Ask, tries: int = 2) -> Told:
        """The answer, once it is this request's `turn`. Raises Unanswered.

        With one try, THROTTLED and NOT_ASKED say that the request was not heard; after UNAVAILABLE
        nobody knows.
        """
        if self._failed >= _FAILURES:
            raise Unanswered(LookupState.UNAVAILABLE, "it did not answer before; left alone")
        last: Unanswered | None = None
        for left in reversed(range(tries)):
            try:
                asked = await turn()
            except OutOfTime as out:
                raise last or Unanswered(LookupState.NOT_ASKED, str(out)) from None
            answer = await self._client.fetch(in_time(ask, self._traffic.left()))
            if isinstance(answer, Exchange):
                self._heard(answer)
            try:
                told = self._read(answer, once=tries == 1)
            except Unanswered as why:
                last = why
            else:
                self._traffic.answered(asked)
                self._failed = 0
                return told
            if last.state is LookupState.THROTTLED:
                self._traffic.throttled(last.pause or self._pause, asked)
                if not last.again:
                    self._traffic.give_up(str(last))
            if not last.again or not left:
                break
            if last.state is not LookupState.THROTTLED:
                await self._breathe(last)
        assert last is not None
        if last.state is LookupState.UNAVAILABLE:
            self._failed += 1
        raise last

    def _read(self, answer: Exchange | Fault, *, once: bool) -> Told:
        if isinstance(answer, Fault) and once and answer.kind is FaultKind.CONNECTION_RESET:
            raise Unanswered(LookupState.UNAVAILABLE, f"the connection broke ({answer.kind.value})")
        if isinstance(answer, Fault) or answer.status not in _SPOKEN or answer.truncated:
            answered(answer, self._clock.now())
            raise malformed()
        try:
            data = json.loads(answer.content.decode("utf-8", "replace"))
        except (ValueError, RecursionError):
            raise malformed() from None
        if not isinstance(data, dict | list):
            raise malformed()
        return Told(answer.status, data)

    async def _breathe(self, why: Unanswered) -> None:
        try:
            await self._traffic.until(self._clock.monotonic() + _BREATH, "a second try")
        except OutOfTime:
            raise why from None

"""The rungs of one visit as a generator without I/O: it yields what to ask and is sent the answers.

A network, a worker elsewhere or a test can drive it (`visit.drive` is the asyncio driver). One try
follows redirects by hand (RFC 9110 15.4, fragments carried on as in 10.2.2, refreshes within five
seconds, cookies kept within the try only; `way.py`); temporary trouble is asked again with growing
pauses; a hard "gone" is believed only after a second, different try: from the cited address again,
fresh connections, no validators, some seconds later. The second answer wins, whatever it is.

Validators go with the one request for the address that they belong to, be it the cited one or the
end of its redirects, so that a page that did not change moves no body (RFC 9110, 13.1). Where an
address cannot be reached, its other way of writing is tried once (`variants.py`): that says what
to cite, not what became of the link. The number of requests is bounded by `most_asks`.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias

from citecheck.records.ask import Ask
from citecheck.records.exchange import Exchange
from citecheck.records.observation import Attempt, Fault, FaultKind, Hop
from citecheck.urls.address import fetch_form, host_of, without_fragment
from citecheck.web.onward import refused
from citecheck.web.pauses import retry_after
from citecheck.web.variants import Other, other_way
from citecheck.web.way import Way

GONE = frozenset({404, 410})
PASSING = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 527, 530})
_AGAIN = frozenset(
    {FaultKind.DNS_FAILURE, FaultKind.CONNECTION_REFUSED, FaultKind.CONNECTION_RESET}
)
_AGAIN_ONCE = frozenset({FaultKind.CONNECT_TIMEOUT, FaultKind.READ_TIMEOUT})  # they cost most
_PAUSE = 1.0  # seconds before the first repeat, doubling
_CHANCE_HOPS = 5  # redirects that a second try by another address follows
_CHANCE_SECONDS = 10.0  # for its first answer


@dataclass(frozen=True, slots=True)
class Wait:
    """Nothing is asked for so many seconds. `why` is retry|confirm|nxdomain, `host` whose fault."""

    seconds: float
    why: str
    host: str


@dataclass(frozen=True, slots=True)
class Chance:
    """A request that may be spared: answered by None, it is not made (`seconds.py` decides)."""

    ask: Ask


@dataclass(frozen=True, slots=True)
class Plan:
    """How a visit is made; times in seconds. `validators` are headers for one request, that for the
    address `validated` (without fragment; empty: the cited one).

    `now` only dates attempts and reads Retry-After dates. `link` marks exchanges for the recorder.
    `patience` is how long the answers of one try may take together, where redirects follow on.
    `quirks` lets the table of sites be used, `variants` another way to write what cannot be
    reached. `fresh` asks over connections of its own from the start.
    """

    now: Callable[[], datetime]
    link: str = ""
    retries: int = 2
    max_hops: int = 20
    patience: float = 90.0
    confirm: bool = True
    confirm_after: float = 2.0
    nxdomain_after: float = 5.0
    retry_after_limit: float = 60.0
    validators: tuple[tuple[str, str], ...] = ()
    validated: str = ""
    quirks: bool = True
    variants: bool = False
    fresh: bool = False

    def most_asks(self) -> int:
        """No visit asks more often than this."""
        second = 1 + _CHANCE_HOPS if self.variants else 0
        return 2 * (self.max_hops + 1) + self.retries + 1 + second


@dataclass(frozen=True, slots=True)
class Climb:
    """Where a visit ended: the last answer, its address (with fragment), the hops before it.

    A `Fault` as `end` may come with `partial`, the answer that was cut off. `attempts` holds one
    entry per try and per repeat, oldest first. `other` is how else the address was tried, and how
    that ended.
    """

    end: Exchange | Fault
    final_url: str
    hops: tuple[Hop, ...] = ()
    attempts: tuple[Attempt, ...] = ()
    not_modified: bool = False
    partial: Exchange | None = None
    other: tuple[Other, Climb] | None = None


Step: TypeAlias = Ask | Wait | Chance
Answer: TypeAlias = Exchange | Fault | None


def climb(url: str, plan: Plan) -> Generator[Step, Answer, Climb]:
    """One visit to an address. Yields `Ask` (answered by an Exchange or a Fault), `Chance` (by one
    of these, or None) and `Wait` (answered by None), returns the `Climb`."""
    no = refused(url)
    if no is not None:
        return Climb(no, url)
    start = fetch_form(url)
    climber = _Climber(plan, without_fragment(start))
    found = yield from climber.go(start, fresh=plan.fresh)
    if plan.confirm and (wait := _doubt(found, plan)) is not None:
        yield wait
        found = yield from climber.go(start, fresh=True)
    if plan.variants and isinstance(found.end, Fault):
        other = other_way(start, found.final_url, found.end)
        if other is not None and refused(other.url) is None:
            spare = replace(
                plan, retries=0, max_hops=_CHANCE_HOPS, validators=(), quirks=False, link=""
            )
            asked = (found.final_url, *(hop.url for hop in found.hops))
            failed = frozenset(without_fragment(url) for url in asked)
            seen = yield from _Climber(spare, "").by_chance(other.url, failed)
            found = found if seen is None else replace(found, other=(other, seen))
    return found


def _doubt(found: Climb, plan: Plan) -> Wait | None:
    """The pause before the second try, where what was found needs one."""
    host = host_of(found.final_url)
    if isinstance(found.end, Fault):
        if found.end.kind is FaultKind.DNS_NXDOMAIN:
            return Wait(plan.nxdomain_after, "nxdomain", host)
        return None
    return Wait(plan.confirm_after, "confirm", host) if found.end.status in GONE else None


class _Climber:
    """What the tries of one visit share: the repeats that are left, and the attempts so far."""

    def __init__(self, plan: Plan, cited: str) -> None:
        self._plan = plan
        self._left = plan.retries
        self._pause = _PAUSE
        self._attempts: list[Attempt] = []
        self._timeouts = 0
        self._validated = (plan.validated or cited) if plan.validators else None

    def go(self, url: str, *, fresh: bool) -> Generator[Step, Answer, Climb]:
        """One try: from the address through its redirects to an end."""
        return self._along(Way(url, self._plan.max_hops, patience=self._plan.patience), fresh)

    def by_chance(self, url: str, failed: frozenset[str]) -> Generator[Step, Answer, Climb | None]:
        """One try whose first request may be refused: then there is none."""
        way = Way(url, self._plan.max_hops, failed, self._plan.patience)
        way.asking()
        answer = yield Chance(Ask(without_fragment(url), timeout=_CHANCE_SECONDS))
        if answer is None:
            return None
        return (yield from self._along(way, fresh=False, answer=answer))

    def _along(
        self, way: Way, fresh: bool, answer: Exchange | Fault | None = None
    ) -> Generator[Step, Answer, Climb]:
        before: Exchange | None = None
        while True:
            conditional = False
            if answer is None:
                answer, conditional = yield from self._ask(way, fresh)
            if isinstance(answer, Exchange):
                way.heard(answer)
                if conditional and answer.status == 304:
                    return self._end(answer, way, not_modified=True)
                went = self._on(way, answer)
                if not isinstance(went, bool):
                    return self._end(went, way)
                if went:
                    before = answer = None
                    continue
            elif answer.kind is FaultKind.RATE_LIMITED and before is not None:
                return self._end(before, way)  # the answer that was refused a repeat counts
            wait = self._again(answer, way.url)
            if wait is None:
                if isinstance(answer, Exchange) and self._plan.quirks and way.aside(answer):
                    before = answer = None
                    continue
                return self._end(answer, way)
            before = answer if isinstance(answer, Exchange) else None
            answer = None
            yield wait

    def _on(self, way: Way, answer: Exchange) -> bool | Exchange | Fault:
        """Whether the way goes on after an answer that has come."""
        url = way.url
        if way.with_cookies(answer):
            self._note(answer, url)
            return True
        return way.on(answer)

    def _ask(self, way: Way, fresh: bool) -> Generator[Step, Answer, tuple[Exchange | Fault, bool]]:
        url = without_fragment(way.url)
        headers = way.asking()
        conditional = not fresh and url == self._validated
        if conditional:
            headers += self._plan.validators
            self._validated = None
        answer = yield Ask(url, headers=headers, fresh=fresh, link=self._plan.link)
        if answer is None:
            raise TypeError("a request is answered by an exchange or a fault")
        return answer, conditional

    def _again(self, answer: Exchange | Fault, url: str) -> Wait | None:
        """The pause before the same address is asked again, or None where this is the end."""
        pause = self._worth(answer)
        if pause is None or self._left <= 0:
            return None
        self._note(answer, url)
        self._left -= 1
        pause = max(pause, self._pause)
        self._pause *= 2
        return Wait(pause, "retry", host_of(url))

    def _worth(self, answer: Exchange | Fault) -> float | None:
        """Least seconds to wait if it is worth to ask again."""
        if isinstance(answer, Fault):
            if answer.kind in _AGAIN_ONCE:
                self._timeouts += 1
                return 0.0 if self._timeouts == 1 else None
            return 0.0 if answer.kind in _AGAIN else None
        if answer.status in PASSING:
            asked = retry_after(answer.header("retry-after"), self._plan.now())
            wait = asked or 0.0
            return wait if wait <= self._plan.retry_after_limit else None
        cut = _cut(answer)
        return 0.0 if cut is not None and cut.kind is FaultKind.INCOMPLETE else None

    def _note(self, end: Exchange | Fault, url: str) -> None:
        if isinstance(end, Exchange):
            cut = _cut(end)
            kind = cut.kind if cut else None
            self._attempts.append(Attempt(end.at, url, None if cut else end.status, kind))
        else:
            self._attempts.append(Attempt(self._plan.now(), url, None, end.kind))

    def _end(self, end: Exchange | Fault, way: Way, *, not_modified: bool = False) -> Climb:
        url, hops = way.url, tuple(way.hops)
        if (better := way.better(end)) is not None:
            end, url, hops = better.answer, better.url, better.hops
        self._note(end, url)
        cut = _cut(end) if isinstance(end, Exchange) else None
        return Climb(
            end=cut or end,
            final_url=url,
            hops=hops,
            attempts=tuple(self._attempts),
            not_modified=not_modified,
            partial=end if cut and isinstance(end, Exchange) else None,
        )


def _cut(answer: Exchange) -> Fault | None:
    """The fault of an answer whose body did not arrive, unless its status speaks for itself."""
    if answer.status >= 400:
        return None
    if answer.truncated == "disconnect":
        return Fault(FaultKind.INCOMPLETE, "the connection ended before the page did")
    if answer.truncated == "time":
        return Fault(FaultKind.READ_TIMEOUT, "the page did not arrive within the time allowed")
    return None

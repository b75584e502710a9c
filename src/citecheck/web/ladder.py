"""The rungs of one visit as a generator without I/O: it yields what to ask and is sent the answers.

A network, a worker elsewhere or a test can drive it (`visit.drive` is the asyncio driver). One try
follows redirects by hand (RFC 9110 15.4, fragments carried on as in 10.2.2, refreshes within five
seconds, cookies kept within the try only); temporary trouble is asked again with growing pauses; a
hard "gone" is believed only after a second, different try: from the cited address again, fresh
connections, no validators, some seconds later. The second answer wins, whatever it is. The number
of requests is bounded by `most_asks`.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from citecheck.records.ask import Ask
from citecheck.records.exchange import Exchange
from citecheck.records.observation import Attempt, Fault, FaultKind, Hop
from citecheck.urls.address import fetch_form, host_of, without_fragment
from citecheck.web.cookies import Cookies
from citecheck.web.hosts import retry_after
from citecheck.web.onward import onward
from citecheck.web.onward import refused as refused  # noqa: PLC0414 (for callers of a visit)

GONE = frozenset({404, 410})
PASSING = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 527, 530})
_AGAIN = frozenset(
    {FaultKind.DNS_FAILURE, FaultKind.CONNECTION_REFUSED, FaultKind.CONNECTION_RESET}
)
_AGAIN_ONCE = frozenset({FaultKind.CONNECT_TIMEOUT, FaultKind.READ_TIMEOUT})  # they cost most
_PAUSE = 1.0  # seconds before the first repeat, doubling


@dataclass(frozen=True, slots=True)
class Wait:
    """Nothing is asked for so many seconds. `why` is retry|confirm|nxdomain, `host` whose fault."""

    seconds: float
    why: str
    host: str


@dataclass(frozen=True, slots=True)
class Plan:
    """How a visit is made; times in seconds. `validators` are headers for the very first request.

    `now` only dates attempts and reads Retry-After dates. `link` marks exchanges for the recorder.
    """

    now: Callable[[], datetime]
    link: str = ""
    retries: int = 2
    max_hops: int = 20
    confirm: bool = True
    confirm_after: float = 2.0
    nxdomain_after: float = 5.0
    retry_after_limit: float = 60.0
    validators: tuple[tuple[str, str], ...] = ()

    def most_asks(self) -> int:
        """No visit asks more often than this."""
        return 2 * (self.max_hops + 1) + self.retries + 1


@dataclass(frozen=True, slots=True)
class Climb:
    """Where a visit ended: the last answer, its address (with fragment), the hops before it.

    A `Fault` as `end` may come with `partial`, the answer that was cut off. `attempts` holds one
    entry per try and per repeat, oldest first.
    """

    end: Exchange | Fault
    final_url: str
    hops: tuple[Hop, ...] = ()
    attempts: tuple[Attempt, ...] = ()
    not_modified: bool = False
    partial: Exchange | None = None


Step: TypeAlias = Ask | Wait
Answer: TypeAlias = Exchange | Fault | None


def climb(url: str, plan: Plan) -> Generator[Step, Answer, Climb]:
    """One visit to an address. Yields `Ask` (answered by an Exchange or a Fault) and `Wait`
    (answered by None), returns the `Climb`."""
    no = refused(url)
    if no is not None:
        return Climb(no, url)
    climber = _Climber(plan)
    found = yield from climber.go(fetch_form(url), fresh=False)
    if plan.confirm and (wait := _doubt(found, plan)) is not None:
        yield wait
        found = yield from climber.go(fetch_form(url), fresh=True)
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

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._left = plan.retries
        self._pause = _PAUSE
        self._attempts: list[Attempt] = []
        self._timeouts = 0
        self._first = True

    def go(self, url: str, *, fresh: bool) -> Generator[Step, Answer, Climb]:
        """One try: from the address through its redirects to an end."""
        cookies, hops = Cookies(), list[Hop]()
        seen: set[object] = {(without_fragment(url), cookies.state())}
        before: Exchange | None = None
        while True:
            answer, conditional = yield from self._ask(url, cookies, fresh)
            if isinstance(answer, Exchange):
                cookies.take(answer)
                if conditional and answer.status == 304:
                    return self._end(answer, url, hops, not_modified=True)
                if how := onward(answer, url):
                    hops.append(Hop(url, answer.status, how[0]))
                    step = _step(how[1], hops, self._plan, seen, cookies)
                    if isinstance(step, Fault):
                        return self._end(step, url, hops)
                    url, before = step, None
                    continue
            elif answer.kind is FaultKind.RATE_LIMITED and before is not None:
                return self._end(before, url, hops)  # the answer that was refused a repeat counts
            wait = self._again(answer, url)
            if wait is None:
                return self._end(answer, url, hops)
            before = answer if isinstance(answer, Exchange) else None
            yield wait

    def _ask(
        self, url: str, cookies: Cookies, fresh: bool
    ) -> Generator[Step, Answer, tuple[Exchange | Fault, bool]]:
        headers = cookies.header(url)
        conditional = self._first and bool(self._plan.validators)
        if conditional:
            headers += self._plan.validators
        self._first = False
        answer = yield Ask(
            without_fragment(url), headers=headers, fresh=fresh, link=self._plan.link
        )
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

    def _end(
        self, end: Exchange | Fault, url: str, hops: list[Hop], *, not_modified: bool = False
    ) -> Climb:
        self._note(end, url)
        cut = _cut(end) if isinstance(end, Exchange) else None
        return Climb(
            end=cut or end,
            final_url=url,
            hops=tuple(hops),
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


def _step(
    target: str | None,
    hops: list[Hop],
    plan: Plan,
    seen: set[object],
    cookies: Cookies,
) -> str | Fault:
    """The next address, or why the way ends here."""
    if target is None:
        return Fault(FaultKind.PROTOCOL_ERROR, "a redirect leads to what is no address")
    no = refused(target)
    if no is not None:
        return Fault(no.kind, f"a redirect leads astray: {no.detail}")
    if len(hops) > plan.max_hops:
        return Fault(FaultKind.TOO_MANY_REDIRECTS, f"more than {plan.max_hops} redirects")
    mark = (without_fragment(target), cookies.state())
    if mark in seen:
        return Fault(FaultKind.TOO_MANY_REDIRECTS, "the redirects go round in a circle")
    seen.add(mark)
    return target

"""What an answer of the Wayback Machine means, whichever of its interfaces gave it. Pure.

- 429, and a refused or reset connection, are throttling: the service turns both on and off.
- 403 with AdministrativeAccessControlException or RobotAccessControlException (in the body or in
  X-Archive-Wayback-Runtime-Error) is an exclusion by the owner or the archive.
- 5xx, time-outs and anything that is not what was asked for are a service that is not available.
None of these says that there are no captures.
"""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from citecheck.records.archive import Lookup, LookupState
from citecheck.records.exchange import Exchange
from citecheck.records.observation import Fault, FaultKind

_LONGEST_PAUSE = 3600.0  # seconds; a longer Retry-After is a slip or a joke
_THROTTLES = frozenset(
    {FaultKind.CONNECTION_REFUSED, FaultKind.CONNECTION_RESET, FaultKind.RATE_LIMITED}
)
EXCLUDED_THERE = "it is excluded there"
"""In the sentence of every exclusion by the Wayback Machine, and in no other."""
EXCLUSION = f"the archive shows no captures of this site: {EXCLUDED_THERE}"
_EXCLUDED = ("AdministrativeAccessControlException", "RobotAccessControlException", "Blocked Site")


def excludes(lookup: Lookup) -> bool:
    """Whether the Wayback Machine shows nothing of a site, whatever other archives have."""
    return lookup.state is LookupState.EXCLUDED or EXCLUDED_THERE in lookup.detail


class Unanswered(Exception):
    """The archive did not answer the question; `str()` is the sentence for a person.

    `pause` is the silence it asked for in seconds (0: none named); `again` says that the same
    question may be answered on a second try. Throttled and not again: this run is over for it.
    `outage` says that the host is down or takes no connections, which says nothing of others.
    """

    def __init__(
        self,
        state: LookupState,
        detail: str,
        *,
        pause: float = 0.0,
        again: bool = False,
        outage: bool = False,
    ) -> None:
        super().__init__(detail)
        self.state = state
        self.pause = pause
        self.again = again
        self.outage = outage


def answered(answer: Exchange | Fault, now: datetime) -> Exchange:
    """The answer where it is one with status 200, complete; else raises Unanswered."""
    if isinstance(answer, Fault):
        raise _faulty(answer)
    status = answer.status
    error = answer.header("X-Archive-Wayback-Runtime-Error")
    start = answer.content[:2000].decode("utf-8", "replace")
    if any(mark in error or mark in start for mark in _EXCLUDED) and _is_error(answer, start):
        raise Unanswered(LookupState.EXCLUDED, EXCLUSION)
    if status == 429:
        raise Unanswered(
            LookupState.THROTTLED,
            "the archive answered that it is asked too often (429); the next run asks again",
            pause=retry_after(answer.header("Retry-After"), now),
            again=True,
        )
    if status != 200:
        raise Unanswered(
            LookupState.UNAVAILABLE,
            f"the archive answered with an error ({status}); the next run asks again",
            again=status >= 500,
            outage=status >= 500,
        )
    if answer.truncated in ("time", "disconnect"):
        raise Unanswered(
            LookupState.UNAVAILABLE,
            "the archive's answer broke off; the next run asks again",
            again=True,
            outage=True,
        )
    return answer


def malformed() -> Unanswered:
    """The archive said something that is no answer to what was asked."""
    return Unanswered(
        LookupState.UNAVAILABLE,
        "the archive's answer could not be understood; the next run asks again",
        again=True,
    )


def retry_after(value: str, now: datetime) -> float:
    """Seconds of a Retry-After header (RFC 9110, 10.2.3), at most an hour; 0 where it has none."""
    value = value.strip()
    if value.isascii() and value.isdigit():
        return min(float(value[:9]), _LONGEST_PAUSE)
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, OverflowError):
        return 0.0
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return min(max(0.0, (moment - now).total_seconds()), _LONGEST_PAUSE)


def _is_error(answer: Exchange, start: str) -> bool:
    # A capture's own address may well contain the name of an exception: only an error counts.
    return answer.status >= 400 or start.lstrip().startswith("org.archive.")


def _faulty(fault: Fault) -> Unanswered:
    if fault.kind in _THROTTLES:
        return Unanswered(
            LookupState.THROTTLED,
            f"the archive took no connection ({fault.kind.value}), as it does when it is asked "
            f"too often; the next run asks again",
            again=fault.kind is not FaultKind.RATE_LIMITED,
            outage=fault.kind is not FaultKind.RATE_LIMITED,
        )
    return Unanswered(
        LookupState.UNAVAILABLE,
        f"the archive could not be reached ({fault.kind.value}); the next run asks again",
        again=fault.kind is not FaultKind.INTERRUPTED,
        outage=fault.kind is not FaultKind.INTERRUPTED,
    )

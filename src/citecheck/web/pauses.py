"""The pause that an answer asks for: Retry-After and the headers that count requests.

Retry-After is seconds or an HTTP date (RFC 9110, 10.2.3). `X-RateLimit-Remaining: 0` with
`X-RateLimit-Reset` (seconds, or a moment as Unix time) is GitHub's and many others' way; the IETF's
drafts write `RateLimit-Remaining`/`RateLimit-Reset` (03), `RateLimit: limit=9, remaining=0,
reset=50` (07) and `RateLimit: "name";r=0;t=50` (08 and later), all in seconds from now.
"""

from __future__ import annotations

import re
from datetime import datetime
from email.utils import parsedate_to_datetime

from citecheck.records.exchange import Exchange

_EPOCH = 1e9  # a reset beyond this is a moment, not a length
_BELIEVED = 5  # longest pauses that are waited for what a host counts
_MILLIS = 1e11  # and beyond this, a moment in milliseconds
_ITEM = re.compile(r"(?i)\b(?:(r|remaining)|(t|reset))\s*=\s*(\d{1,15})(?!\d)")


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


def used_up(answer: Exchange, now: datetime) -> float | None:
    """Seconds until requests are allowed again, where the answer says that none is left."""
    for prefix in ("x-ratelimit-", "x-rate-limit-", "ratelimit-"):
        left, reset = answer.header(f"{prefix}remaining"), answer.header(f"{prefix}reset")
        if _number(left) == 0 and (until := _number(reset)) is not None:
            return _length(until, now)
    waits: list[float] = []
    # Several policies in one header are parted by commas; in draft 07 so are a policy's own items.
    said = answer.header("ratelimit")[:1000]
    for policy in said.split(",") if ";" in said else [said]:
        found = {("r" if m[1] else "t"): float(m[3]) for m in _ITEM.finditer(policy)}
        if found.get("r") == 0 and "t" in found:
            waits.append(_length(found["t"], now))
    return max(waits, default=None)


def _number(value: str) -> float | None:
    value = value.strip().split(",")[0].split(";")[0].strip()
    return float(value) if re.fullmatch(r"[0-9]{1,15}(\.[0-9]{1,9})?", value) else None


def _length(reset: float, now: datetime) -> float:
    if reset < _EPOCH:
        return reset
    moment = reset / 1000 if reset > _MILLIS else reset
    return max(0.0, moment - now.timestamp())


class Quota:
    """What a host says of the requests that are left, and whether it can be believed.

    It is not any more once it answered well in the middle of the time for which it had said that
    nothing is allowed, or has been waited for five times as long as the longest pause: some servers
    say "0 left" with every answer.
    """

    def __init__(self) -> None:
        self._since = self._until = float("-inf")
        self._waited = 0.0
        self._wrong = False

    def told(self, seconds: float, now: float, took: float, limit: float, *, well: bool) -> float:
        """Seconds to hold the host after an answer that took so long and says that none is left for
        `seconds`; at most `limit`."""
        began = now - took
        if began < self._since:
            return 0.0  # under way when it was first said
        if well and began < self._until:
            self._wrong = True
        if self._wrong or self._waited >= _BELIEVED * limit:
            return 0.0
        wait = min(max(0.0, seconds), limit)
        self._since, self._until = now, now + seconds
        self._waited += wait
        return wait

"""Strikes: failures on different days, counted towards `unreachable-confirmed`.

Only failures of the connection and of the server count, one at most every so many days; three of
them, as IABot has it, make a dead link.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from citecheck.records.memory import Strikes

STRIKING = frozenset(
    {
        "dns-failure",
        "connect-timeout",
        "connection-refused",
        "connection-reset",
        "read-timeout",
        "http-5xx",
    }
)


# A run of every day at the same hour comes to a link a few minutes earlier or later.
_EARLY = timedelta(minutes=15)


def apart(days: float) -> timedelta:
    """How far apart two failures must be to count as two strikes, for strikes `days` apart."""
    return timedelta(days=days) - min(_EARLY, timedelta(days=days) / 20)


def counted(strikes: Strikes, now: datetime, days: float) -> Strikes:
    """The strikes with this failure: one more only where the last is `days` old (`apart`)."""
    if strikes.last is not None and now - strikes.last < apart(days):
        return strikes
    return Strikes(strikes.count + 1, strikes.first or now, now)

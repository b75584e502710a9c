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


def counted(strikes: Strikes, now: datetime, days: float) -> Strikes:
    """The strikes with this failure: one more only where the last is at least `days` old."""
    if strikes.last is not None and now - strikes.last < timedelta(days=days):
        return strikes
    return Strikes(strikes.count + 1, strikes.first or now, now)

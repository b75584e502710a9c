"""How far apart failures must be to count."""

from __future__ import annotations

from datetime import timedelta

import pytest

from citecheck.records.memory import Strikes
from citecheck.records.strikes import counted
from standins.clock import START


@pytest.mark.parametrize(
    ("days", "minutes", "count"),
    [
        (3.0, 3 * 1440 + 1, 2),
        (3.0, 3 * 1440 - 10, 2),  # a daily run that comes to the link a little earlier than before
        (3.0, 3 * 1440 - 20, 1),
        (1.0, 1440 - 10, 2),
        (0.1, 140, 2),
        (0.1, 130, 1),
        (0.0, 0, 2),
    ],
)
def test_a_failure_counts_once_in_so_many_days(days: float, minutes: float, count: int) -> None:
    once = Strikes(1, START, START)
    assert counted(once, START + timedelta(minutes=minutes), days).count == count

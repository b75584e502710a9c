"""The whole world: every case, in the order of the table."""

from __future__ import annotations

from benchmarks.comparison.behaviour import Case, Host
from benchmarks.comparison.world import faults, gone, moved, taken, walls, works

GROUPS: tuple[tuple[str, tuple[Case, ...]], ...] = (
    ("Pages that are there", works.CASES),
    ("Addresses that lead on", moved.CASES),
    ("Pages that are gone", gone.HONEST),
    ("Gone in disguise", gone.DISGUISED),
    ("Taken, sold, mixed up", taken.CASES),
    ("Walls and refusals", walls.CASES),
    ("Faults that last", faults.LASTING),
    ("Faults that pass", faults.PASSING),
)
CASES: tuple[Case, ...] = tuple(case for _, cases in GROUPS for case in cases)


def hosts() -> dict[str, Host]:
    """Every host of the world by its name. Raises ValueError where two cases disagree on one."""
    found: dict[str, Host] = {}
    for case in CASES:
        for host in case.hosts:
            if found.setdefault(host.name, host) is not host:
                raise ValueError(f"two hosts are called {host.name}")
    return found

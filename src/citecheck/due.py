"""Which links a run visits, and what is said of those that it does not.

Pure: the filters of the settings, the age of the last visit, and the observations that a killed run
left behind decide; nothing is asked of anybody.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from citecheck.records.link import Link
from citecheck.records.memory import Memory
from citecheck.records.observation import Observation
from citecheck.settings import Settings

# A visit that a killed run made is this run's visit, unless it is older than this.
RESUME_WITHIN = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Due:
    """`visit` in order; `left` says per address why it is not visited (`excluded`, `not-due`);
    `resumed` are observations that a killed run had made."""

    visit: tuple[Link, ...]
    left: dict[str, str]
    resumed: dict[str, Observation]


def choose(
    links: Sequence[Link],
    memory: Mapping[str, Memory],
    left_behind: Mapping[str, Observation],
    settings: Settings,
    now: datetime,
) -> Due:
    """Sort the links of a run into those to visit, those not, and those that are done already."""
    include = [re.compile(p) for p in settings.include]
    exclude = [re.compile(p) for p in settings.exclude]
    visit: list[Link] = []
    left: dict[str, str] = {}
    resumed: dict[str, Observation] = {}
    for link in links:
        if (include and not any(p.search(link.url) for p in include)) or any(
            p.search(link.url) for p in exclude
        ):
            left[link.url] = "excluded"
        elif link.url in left_behind and now - left_behind[link.url].at < RESUME_WITHIN:
            resumed[link.url] = left_behind[link.url]
        elif _young(memory.get(link.url), settings.max_age, now):
            left[link.url] = "not-due"
        else:
            visit.append(link)
    return Due(tuple(visit), left, resumed)


def _young(memory: Memory | None, max_age: timedelta, now: datetime) -> bool:
    if memory is None or memory.record is None or memory.visit is None:
        return False
    age = now - memory.visit.checked
    return timedelta(0) <= age < max_age

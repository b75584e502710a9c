"""Which links a run visits, and what is said of those that it does not.

Pure: the filters of the settings, what is known of a link and since when, and the observations that
a killed run left behind decide; nothing is asked of anybody.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from citecheck.records.finding import State
from citecheck.records.link import Link
from citecheck.records.memory import LinkRecord, Memory, Visit
from citecheck.records.observation import Observation
from citecheck.records.strikes import apart
from citecheck.settings import Settings
from citecheck.urls.archived import orders_saving

# A visit that a killed run made is this run's visit, unless it is older than this.
RESUME_WITHIN = timedelta(hours=12)
_SOON = timedelta(hours=12)
_DAY = timedelta(hours=23)  # a run of every day finds due what one a minute later had seen
_SLOW = frozenset({"unreachable-confirmed", "not-from-here"})


@dataclass(frozen=True, slots=True)
class Due:
    """`visit` in order, longest unvisited first; `left` says per address why it is not visited
    (`excluded`, `orders-saving`, `not-due`); `resumed` are observations of a killed run."""

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
    visit: list[tuple[float, Link]] = []
    left: dict[str, str] = {}
    resumed: dict[str, Observation] = {}
    cited, behind = {link.url for link in links if link.citations}, set[str]()
    for link in links:
        if (include and not any(p.search(link.url) for p in include)) or any(
            p.search(link.url) for p in exclude
        ):
            left[link.url] = "excluded"
        elif orders_saving(link.url):
            left[link.url] = "orders-saving"
        elif link.url in left_behind and now - left_behind[link.url].at < RESUME_WITHIN:
            resumed[link.url] = left_behind[link.url]
        elif _young(known := memory.get(link.url), settings, now) or link.url in behind:
            left[link.url] = "not-due"
            if link.proxied and link.unproxied not in cited:
                behind.add(link.unproxied)  # the page behind a library's proxy goes with it
        else:
            visit.append((_last_visit(known), link))
    # What a run has no time for is first in line at the next one.
    visit.sort(key=lambda one: one[0])
    return Due(tuple(link for _, link in visit), left, resumed)


def _last_visit(memory: Memory | None) -> float:
    """When a link was visited last, as a Unix time; never comes before everything."""
    return memory.visit.checked.timestamp() if memory and memory.visit else float("-inf")


def due_after(record: LinkRecord, visit: Visit, settings: Settings) -> timedelta:
    """How old a link's last visit may be before it is made again: never more than
    `settings.max_age`, and less where something may come of looking sooner. `record` is what that
    visit found (`Memory.present`).

    | found at the last visit | due after |
    |---|---|
    | not visited in truth (`unchecked`: a setting, robots.txt) | at once |
    | failed (`unreachable`) for less than the full age | a day: it may be back |
    | failed with two strikes or more | when the next strike may count |
    | asked to come back later (`rate-limited`) | half a day |
    | dead by strikes (`unreachable-confirmed`), `not-from-here`, `blocked` | the full age |
    | another than before, for less than the full age (swinging too) | 9/20 of the age |
    | anything else | the full age |

    "The full age" is 17/20 to 19/20 of it, by a hash of the address: a long list is not due all on
    one day, and a weekly run with `--max-age 7d` finds everything due though it begins a minute
    earlier than the last one ended. For the same reason 9/20 and not a half.
    """
    age = settings.max_age
    full = age * (0.95 - 0.1 * _place(record.url))
    lasting = visit.checked - record.since >= age
    if record.state == State.UNCHECKED.value:
        return timedelta(0)
    if record.reason in _SLOW:
        return full
    if record.state == State.UNREACHABLE.value:
        if record.strikes.count > 1 and record.strikes.last is not None:
            next_strike = record.strikes.last + apart(settings.strike_days)
            return min(full, max(timedelta(0), next_strike - visit.checked))
        return full if lasting else min(full, _DAY)
    if record.state == State.BLOCKED.value:
        return min(full, _SOON) if record.reason == "rate-limited" else full
    return age * 0.45 if record.previous_state and not lasting else full


def _place(url: str) -> float:
    """A stable number in 0..1 for an address."""
    return zlib.crc32(url.encode("utf-8", "surrogatepass")) / 0xFFFFFFFF


def _young(memory: Memory | None, settings: Settings, now: datetime) -> bool:
    record = memory.present if memory else None
    if memory is None or memory.visit is None or record is None:
        return False
    age = now - memory.visit.checked
    return timedelta(0) <= age < due_after(record, memory.visit, settings)


def behind_proxies(links: Sequence[Link]) -> tuple[Link, ...]:
    """The pages behind library-proxy addresses: visited in their place, offered as suggestion."""
    cited = {link.url for link in links}
    return tuple(
        replace(link, url=link.unproxied, proxied=False, unproxied="", citations=())
        for link in links
        if link.proxied and link.unproxied and link.unproxied not in cited
    )

"""Asking one registry: paced, silent for as long as it wants, twice at most.

Only JSON with status 200 is an answer, and a 404 in the registry's own manner, which says that it
has no such work. Everything else (429, 5xx, a page in words, what breaks off) says nothing of the
work. A redirect is followed where it stays with the registry.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from citecheck.archives.fetcher import Fetcher
from citecheck.archives.pace import OutOfTime, Pace, Traffic
from citecheck.archives.wayback_replies import retry_after
from citecheck.records.ask import Ask
from citecheck.records.exchange import Exchange
from citecheck.records.observation import Fault
from citecheck.records.ports import Clock

_TIMEOUT = 30.0  # seconds
_MOST = 8_000_000  # bytes; a search may bring long lists of cited works
_PAUSE = 30.0  # seconds of silence after a 429 that names none
_BREATH = 5.0  # seconds before a second try
_FAILURES = 3  # questions in a row without an answer, until it is left alone for the run
_HOPS = 2


class Silent(Exception):
    """The registry did not answer the question; `str()` says why in a few words. `this_one`: it
    would not take this question, which says nothing of others."""

    def __init__(self, why: str, *, this_one: bool = False) -> None:
        super().__init__(why)
        self.this_one = this_one


@dataclass(frozen=True, slots=True)
class Site:
    """Where a registry is: `mail` is put into every question as `mailto`, `secret` a pair that
    goes with it as well. `worded`: its 404 is a page in words."""

    name: str
    base: str
    mail: str = ""
    secret: tuple[str, str] | None = None
    worded: bool = False


class Registry:
    """One registry in one run."""

    def __init__(
        self, site: Site, client: Fetcher, traffic: Traffic, pace: Pace, clock: Clock
    ) -> None:
        self.name = site.name
        self._site = site
        self._client = client
        self._traffic = traffic
        self._pace = pace
        self._clock = clock
        self._failed = 0

    async def get(
        self, path: str, query: tuple[tuple[str, str], ...] = ()
    ) -> dict[str, Any] | None:
        """The object at a path; None is the registry's word that there is none (never its answer to
        a search, which has an empty list for that). Raises Silent."""
        if self._failed >= _FAILURES:
            raise Silent("it did not answer before and was left alone")
        named = (("mailto", self._site.mail),) if self._site.mail else ()
        asked = (*query, *named, *((self._site.secret,) if self._site.secret else ()))
        url = f"{self._site.base}{path}" + (f"?{urlencode(asked)}" if asked else "")
        try:
            reply = await self._twice(url, searching=bool(query))
        except Silent as why:
            self._failed += not why.this_one
            raise
        self._failed = 0
        return reply

    async def _twice(self, url: str, *, searching: bool) -> dict[str, Any] | None:
        why, refused = "", False
        for left in (1, 0):
            try:
                answer, asked = await self._followed(url)
            except OutOfTime:
                pauses = "it wants to be left alone" if self._traffic.stopped else ""
                raise Silent(why or pauses or "the time for look-ups was used up") from None
            if isinstance(answer, Fault):
                why = f"it could not be reached ({answer.kind.value})"
            elif answer.status == 429:
                why = "it is asked too often (429)"
                pause = retry_after(answer.header("Retry-After"), self._clock.now())
                self._traffic.throttled(pause or _PAUSE, asked)
                continue
            elif answer.status in (404, 410) and not searching and self._means_none(answer):
                self._traffic.answered(asked)
                return None
            elif answer.status == 200 and (found := _object(answer)) is not None:
                self._traffic.answered(asked)
                return found
            else:
                why = f"its answer was no answer ({answer.status})"
                refused = answer.status in (400, 414, 422)
                if answer.status < 500 and answer.status != 200:
                    break
            if left:
                with suppress(OutOfTime):
                    await self._traffic.until(self._clock.monotonic() + _BREATH, "a second try")
        raise Silent(why, this_one=refused)

    async def _followed(self, url: str) -> tuple[Exchange | Fault, float]:
        """The end of the way, and when it was asked for (monotonic). Raises OutOfTime."""
        answer: Exchange | Fault
        for _ in range(_HOPS + 1):
            asked = await self._pace.turn()
            wanted = (("Accept", "application/json"),)
            answer = await self._client.fetch(
                Ask(url, headers=wanted, timeout=_TIMEOUT, max_bytes=_MOST, trusted=True)
            )
            if isinstance(answer, Fault) or answer.status not in (301, 302, 303, 307, 308):
                break
            onward = _onward(url, answer.header("Location"))
            if not onward:
                break
            url = onward
        return answer, asked

    def _means_none(self, answer: Exchange) -> bool:
        if answer.truncated:
            return False
        if self._site.worded:
            return True
        if answer.content[:200].strip().lower().startswith(b"resource not found"):
            return True
        return isinstance((_object(answer) or {}).get("errors"), list)


def _onward(url: str, location: str) -> str:
    """Where a redirect leads within the registry, empty where it leads elsewhere."""
    try:
        onward = urljoin(url, location)
        here, there = urlsplit(url), urlsplit(onward)
    except ValueError:
        return ""
    same = (here.scheme, here.netloc) == (there.scheme, there.netloc)
    return onward if location and same else ""


def _object(answer: Exchange) -> dict[str, Any] | None:
    if answer.truncated:
        return None
    try:
        data = json.loads(answer.content.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None

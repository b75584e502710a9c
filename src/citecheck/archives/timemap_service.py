"""One archive that lists its copies in TimeMaps, asked seldom and left alone when it has trouble.

It stands behind the Wayback Machine: what it does not answer is no loss that a run should wait for.
Requests go out one after the other, a second apart; a name that does not resolve or a refused
connection ends it for the run at once, two failures in a row of any kind do, or three answers that
took long, and while it wants a pause (429) it is not asked at all. Its "nothing there" is a list
without copies, or a 404: pywb says it with an empty `application/link-format`, OpenWayback in a
sentence, Arquivo.pt with a page of its own. A 404 with the words of somebody in trouble (a proxy, a
wall against robots) says nothing.
"""

from __future__ import annotations

import asyncio
import math
import re
from dataclasses import replace
from datetime import date
from urllib.parse import urljoin

from citecheck.archives.fetcher import Fetcher
from citecheck.archives.pace import OutOfTime, Pace, Traffic
from citecheck.archives.timemap import Memento, NotATimeMap, TimeMap, read
from citecheck.archives.timemap_choice import pages_to_read
from citecheck.archives.wayback_replies import Unanswered, retry_after
from citecheck.records.archive import LookupState
from citecheck.records.ask import Ask
from citecheck.records.exchange import Exchange
from citecheck.records.observation import Fault, FaultKind
from citecheck.records.ports import Clock
from citecheck.urls.address import (
    InvalidAddress,
    fetch_form,
    host_of,
    registrable_domain,
)
from citecheck.urls.templates import filled, name_of

_PER_MINUTE = 60
_GAP = 1.0  # seconds between two requests
_TIMEOUT = 30.0  # seconds
_MOST = 2_000_000  # bytes of a list
_PAGES = 2  # further parts of a list that are read
_REDIRECTS = 2
_PAUSE = 60.0  # seconds after a 429 that names none
_FAILURES = 2  # in a row, until it is left alone
_PAUSES = 3
_SLOW = 10.0  # seconds; look-ups elsewhere would wait behind an archive that takes longer
_SLOW_ONES = 3  # in a run, until it is left alone
_AT_ONCE = frozenset(
    {
        FaultKind.DNS_NXDOMAIN,
        FaultKind.DNS_FAILURE,
        FaultKind.CONNECTION_REFUSED,
        FaultKind.NOT_FROM_HERE,
        FaultKind.PRIVATE_ADDRESS,
        FaultKind.INVALID_URL,
        FaultKind.RATE_LIMITED,
    }
)
_TROUBLE = re.compile(
    r"(?i)\b50[0234]\b|bad gateway|gateway time-?out|service (?:is )?(?:temporarily )?unavailable"
    r"|temporarily (?:offline|unavailable)|internal (?:server )?error|under maintenance|captcha"
    r"|proxy error|access denied|checking your browser|just a moment|verify (?:that )?you are human"
    r"|too many requests|could not resolve|no such host|log ?in|sign ?in"
)


class TimeMapArchive:
    """The archive behind a template; one object a run."""

    def __init__(self, client: Fetcher, template: str, traffic: Traffic, clock: Clock) -> None:
        self.name = name_of(template)
        self._client = client
        self._template = template
        self._host = host_of(template)
        self._traffic = traffic
        self._pace = Pace(traffic, clock, _PER_MINUTE, gap=_GAP)
        self._clock = clock
        self._lock = asyncio.Lock()
        self._failures = 0
        self._pauses = 0
        self._slow = 0
        self._quiet_until = -math.inf
        self._given_up: Unanswered | None = None

    async def copies(self, url: str, near: date | None) -> tuple[Memento, ...]:
        """The copies it lists of a page; none is its own word. Raises Unanswered."""
        async with self._lock:
            asked = filled(self._template, url)
            first = await self._list(asked)
            found, seen = list(first.mementos), {asked}
            for page in pages_to_read(first.pages, near, _PAGES):
                if page in seen:
                    continue
                seen.add(page)
                try:
                    found += (await self._list(page)).mementos
                except Unanswered:
                    if not found:
                        raise
                    break  # what the first parts say is true as far as it goes
        return tuple(found)

    async def fetch(self, ask: Ask) -> Exchange | Fault:
        """A copy, for the replay of this archive (a Fetcher): nothing is asked while it wants a
        pause or is left alone."""
        try:
            self._ready()
        except Unanswered as why:
            return Fault(FaultKind.INTERRUPTED, str(why))
        answer = await self._client.fetch(replace(ask, trusted=self._is_own(ask.url)))
        if isinstance(answer, Fault):
            self._failed(self._unreached(answer), at_once=answer.kind in _AT_ONCE)
        if isinstance(answer, Exchange) and answer.status == 429:
            pause = self._paused(answer)
            self._failed(pause)
            return Fault(FaultKind.INTERRUPTED, str(pause))
        return answer

    @property
    def traffic(self) -> Traffic:
        return self._traffic

    @property
    def pace(self) -> Pace:
        return self._pace

    def _is_own(self, address: str) -> bool:
        """Whether the settings name its host and port, so that it may be a private one."""
        return _server(address) == _server(self._template)

    def _ask(self, address: str) -> Ask:
        timeout = min(_TIMEOUT, max(1.0, self._traffic.left()))
        return Ask(address, timeout=timeout, max_bytes=_MOST, trusted=self._is_own(address))

    async def _list(self, address: str) -> TimeMap:
        answer = await self._fetch(address)
        for _ in range(_REDIRECTS):
            onward = self._onward(answer, address)
            if not onward:
                break
            address = onward
            answer = await self._fetch(address)
        try:
            found = self._read(answer, address)
        except Unanswered as why:
            self._failed(why)
            raise
        self._failures = self._pauses = 0
        return found

    async def _fetch(self, address: str) -> Exchange:
        self._ready()
        try:
            await self._pace.turn()
        except OutOfTime as out:
            raise Unanswered(LookupState.NOT_ASKED, str(out)) from None
        begun = self._clock.monotonic()
        answer = await self._client.fetch(self._ask(address))
        self._slow += self._clock.monotonic() - begun > _SLOW
        if self._slow >= _SLOW_ONES and self._given_up is None:
            said = f"{self.name} answers too slowly"
            self._given_up = Unanswered(LookupState.UNAVAILABLE, said)
        if isinstance(answer, Fault):
            why = self._unreached(answer)
            self._failed(why, at_once=answer.kind in _AT_ONCE)
            raise why
        return answer

    def _ready(self) -> None:
        if self._given_up is not None:
            raise self._given_up
        if self._clock.monotonic() < self._quiet_until:
            raise self._throttled()

    def _onward(self, answer: Exchange, address: str) -> str:
        """Where a redirect of the archive's own leads."""
        if answer.status not in (301, 302, 303, 307, 308):
            return ""
        try:
            onward = fetch_form(urljoin(address, answer.header("Location")))
        except (InvalidAddress, ValueError):
            return ""
        own = registrable_domain(host_of(onward)) == registrable_domain(self._host)
        return onward if own and onward.startswith(("http://", "https://")) else ""

    def _read(self, answer: Exchange, address: str) -> TimeMap:
        now, status = self._clock.now(), answer.status
        text = answer.content.decode("utf-8", "replace")
        kind = answer.header("Content-Type")
        if status == 404 and _says_none(text):
            return TimeMap(())
        if status == 429:
            raise self._paused(answer)
        if status != 200:
            raise Unanswered(
                LookupState.UNAVAILABLE, f"{self.name} answered with an error ({status})"
            )
        if answer.truncated in ("time", "disconnect"):
            raise Unanswered(LookupState.UNAVAILABLE, f"{self.name}'s answer broke off")
        if answer.truncated and text.lstrip()[:1] == "{":
            text = text.rpartition("\n")[0]
        try:
            return read(text, kind, address, now)
        except NotATimeMap:
            raise Unanswered(
                LookupState.UNAVAILABLE, f"{self.name} answered what could not be understood"
            ) from None

    def _unreached(self, fault: Fault) -> Unanswered:
        said = f"{self.name} could not be reached ({fault.kind.value})"
        return Unanswered(LookupState.UNAVAILABLE, said)

    def _paused(self, answer: Exchange) -> Unanswered:
        pause = retry_after(answer.header("Retry-After"), self._clock.now()) or _PAUSE
        self._quiet_until = max(self._quiet_until, self._clock.monotonic() + pause)
        return self._throttled()

    def _throttled(self) -> Unanswered:
        return Unanswered(LookupState.THROTTLED, f"{self.name} asked for a pause")

    def _failed(self, why: Unanswered, *, at_once: bool = False) -> None:
        if why.state is LookupState.THROTTLED:
            self._pauses += 1
            if self._pauses >= _PAUSES:
                self._given_up = why
            return
        self._failures += 1
        if at_once or self._failures >= _FAILURES:
            self._given_up = why


def _says_none(text: str) -> bool:
    return not _TROUBLE.search(text[:20_000])


def _server(address: str) -> str:
    return re.split(r"[/?#]", address.partition("://")[2], maxsplit=1)[0].lower()

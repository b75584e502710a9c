"""Copies fetched from an archive as they were archived: raw, bounded, and told from its own words.

A copy is asked for without rewriting (`id_` after its time) and without content coding: the Wayback
Machine labels some gzip bodies twice. An archive answers a time that it has no copy of with a
redirect to the nearest (302, pywb 307), so the time of what is got is taken from the answer. An
answer with Memento-Datetime (RFC 7089, 2.1.1) is what was archived, an error page included;
without, it is the archive's own, which says nothing of the page. Every address that is asked is
made here from a time and an original address, so no Location leads away from the archive.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum
from typing import TypeAlias
from urllib.parse import unquote, urljoin

from citecheck.archives.fetcher import Fetcher
from citecheck.archives.pace import OutOfTime, Pace, Traffic
from citecheck.archives.wayback_choice import Closeness, closeness
from citecheck.archives.wayback_replies import Unanswered, answered
from citecheck.records.archive import LookupState
from citecheck.records.ask import Ask
from citecheck.records.exchange import Exchange
from citecheck.records.observation import Fault
from citecheck.records.ports import Clock
from citecheck.urls.address import InvalidAddress, fetch_form, without_fragment

Raw: TypeAlias = Callable[[str, str], str]
"""The address of a copy as it was archived, of a time in 14 digits and an original address."""

_TRIES = 2
_STEPS = 5  # redirects from one copy to another
_TIMEOUT = 45.0  # seconds
_BREATH = 5.0  # seconds before a second try
_FIRST_YEAR, _LAST_YEAR = 1990, 2999  # between which a time of a copy makes sense
_MOST = 3_000_000  # bytes: as much of a page as is read
_PLACE = re.compile(r"/([0-9]{4,14})(?:[a-z]{2}_)?/((?i:https?):/{0,2}[^/].*)", re.DOTALL)
_EXCLUDED = re.compile(r"(?i)has been excluded from")
_ARCHIVED = "x-archive-orig-"
_OF_THE_WIRE = frozenset({"content-encoding", "content-length", "transfer-encoding"})


class Why(StrEnum):
    """Why there is no copy to look at. Only `excluded` is the archive's word on the page."""

    THROTTLED = "throttled"
    UNAVAILABLE = "unavailable"
    EXCLUDED = "excluded"
    ABSENT = "absent"
    OUT_OF_TIME = "out-of-time"


@dataclass(frozen=True, slots=True)
class Unplayed:
    """No copy was got; `detail` is a sentence for a person."""

    why: Why
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Memento:
    """A copy: `page` is the answer as it was archived (its own address, status and headers),
    `taken` its true time, which may be another than the one asked for."""

    page: Exchange
    taken: datetime

    @property
    def stamp(self) -> str:
        return f"{self.taken:%Y%m%d%H%M%S}"


def wayback_raw(base: str) -> Raw:
    """How the Wayback Machine (and a pywb collection called `web`) at `base` addresses copies."""
    root = base.rstrip("/")
    return lambda stamp, original: f"{root}/web/{stamp}id_/{original}"


class Mementos:
    """The copies of one archive; `pace` is that of replays, `traffic` that of all its users."""

    def __init__(
        self,
        client: Fetcher,
        raw: Raw,
        traffic: Traffic,
        pace: Pace,
        clock: Clock,
        pause: float = 60.0,
    ) -> None:
        self._client = client
        self._raw = raw
        self._traffic = traffic
        self._pace = pace
        self._clock = clock
        self._pause = pause

    async def fetch(self, stamp: str, original: str) -> Memento | Unplayed:
        """The copy of a time (14 digits), or of the nearest that the archive has. Never raises."""
        asked = without_fragment(original)
        here = asked
        for _ in range(_STEPS):
            got = await self._ask(self._raw(stamp, here))
            if isinstance(got, Unplayed):
                return got
            if not 300 <= got.status < 400 or got.status == 304:
                break
            onward = _place(got)
            archived = _taken(got, "")
            near = closeness(asked, onward[1]) <= Closeness.TWIN if onward else False
            if onward is None or not near:
                if archived is not None:
                    return Memento(as_archived(got, here), archived)  # the page had moved
                return Unplayed(Why.UNAVAILABLE, "the archive led to another address than asked")
            if (stamp, here) == onward:
                sort = Why.UNAVAILABLE if archived is None else Why.ABSENT
                return Unplayed(sort, "the archive led in a circle")
            stamp, here = onward
        else:
            return Unplayed(Why.UNAVAILABLE, "the archive led from copy to copy without an end")
        taken = _taken(got, stamp)
        if taken is None:
            return Unplayed(Why.UNAVAILABLE, "the archive does not tell the time of its copy")
        return Memento(as_archived(got, here), taken)

    async def _ask(self, address: str) -> Exchange | Unplayed:
        """What was archived, a redirect of the archive's own included; asked for twice at most."""
        last = Unplayed(Why.OUT_OF_TIME)
        for _ in range(_TRIES):
            try:
                asked = await self._pace.turn()
            except OutOfTime as out:
                late = last.why is Why.OUT_OF_TIME
                return Unplayed(Why.OUT_OF_TIME, str(out)) if late else last
            timeout = min(_TIMEOUT, max(1.0, self._traffic.left()))
            ask = Ask(
                address,
                headers=(("Accept-Encoding", "identity"),),
                timeout=timeout,
                max_bytes=_MOST,
                trusted=True,
            )
            got = self._understood(await self._client.fetch(ask))
            if isinstance(got, Exchange):
                self._traffic.answered(asked)
                return got
            last = _unplayed(got)
            if last.why is Why.THROTTLED:
                if not got.again:
                    self._traffic.give_up(str(got))
                    return last
                self._traffic.throttled(got.pause or self._pause, asked, refused=got.outage)
            elif got.again:
                try:
                    await self._traffic.until(self._clock.monotonic() + _BREATH, "")
                except OutOfTime:
                    return last
            else:
                self._traffic.answered(asked)
                return last
        return last

    def _understood(self, answer: Exchange | Fault) -> Exchange | Unanswered:
        whole = isinstance(answer, Exchange) and answer.truncated in ("", "length")
        if isinstance(answer, Exchange) and whole:
            if _is_copy(answer) or (300 <= answer.status < 400 and answer.status != 304):
                return answer
            if answer.status in (403, 404, 451) and _EXCLUDED.search(_start(answer)):
                return Unanswered(LookupState.EXCLUDED, "the archive does not show this address")
            if answer.status == 404:
                return Unanswered(LookupState.NONE, "the archive has no copy of that time")
        try:
            answered(answer, self._clock.now())
        except Unanswered as why:
            return why
        return Unanswered(LookupState.UNAVAILABLE, "the archive answered with a page of its own")


def as_archived(answer: Exchange, original: str) -> Exchange:
    """The answer with its archived address and headers in the place of the archive's own."""
    kept: list[tuple[bytes, bytes]] = []
    for key, value in answer.headers:
        name = key.decode("latin-1").lower()
        inner = name.removeprefix(_ARCHIVED)
        if inner != name and inner not in _OF_THE_WIRE:
            kept.append((inner.encode("latin-1"), value))
    for name in ("content-type", "location"):
        own = answer.header(name)
        if own and not any(key == name.encode() for key, _ in kept):
            kept.append((name.encode(), own.encode("utf-8")))
    plain = _unpacked(answer)
    return replace(
        answer,
        url=original,
        headers=tuple(kept),
        content=plain,
        undecodable=False,
        truncated=answer.truncated or ("length" if len(plain) >= _MOST else ""),
    )


def _unpacked(answer: Exchange) -> bytes:
    """The body; one that came as gzip all the same (labelled twice, or not at all) is unpacked."""
    body = answer.raw if answer.undecodable else answer.content
    kind = answer.header("content-type").lower()
    if body[:2] != b"\x1f\x8b" or not (answer.undecodable or kind.startswith("text/")):
        return body
    try:
        return zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(body, _MOST)
    except zlib.error:
        return body


def _is_copy(answer: Exchange) -> bool:
    if answer.header("memento-datetime"):
        return True
    # An answer 200 may lack it where its other headers tell of the copy; an error may not.
    told = any(key.lower().startswith(b"x-archive-") for key, _ in answer.headers)
    return answer.status == 200 and told and not answer.header("x-archive-wayback-runtime-error")


def _taken(answer: Exchange, stamp: str) -> datetime | None:
    """When a copy was made: Memento-Datetime, else the time it was asked for by."""
    try:
        moment = parsedate_to_datetime(answer.header("memento-datetime"))
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
        moment = moment.astimezone(UTC)
        if _FIRST_YEAR <= moment.year <= _LAST_YEAR:
            return moment
    except (ValueError, TypeError, OverflowError):
        pass
    try:
        return datetime.strptime(stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None


def _place(answer: Exchange) -> tuple[str, str] | None:
    """The time and the original address that a redirect names, wherever it says that they are."""
    target = answer.header("location")[:8192]
    try:
        led = urljoin(answer.url, target)
    except ValueError:
        return None
    found = _PLACE.search(led) or _PLACE.search(unquote(led))
    if found is None:
        return None
    stamp = found[1] + "00000101000000"[len(found[1]) :]
    try:
        original = fetch_form(re.sub(r"(?i)^(https?):/*", r"\1://", found[2]))
    except (InvalidAddress, ValueError):
        return None
    return stamp, without_fragment(original)


def _start(answer: Exchange) -> str:
    return answer.content[:20_000].decode("utf-8", "replace")


def _unplayed(why: Unanswered) -> Unplayed:
    sorts = {
        LookupState.THROTTLED: Why.THROTTLED,
        LookupState.EXCLUDED: Why.EXCLUDED,
        LookupState.NONE: Why.ABSENT,
    }
    return Unplayed(sorts.get(why.state, Why.UNAVAILABLE), str(why))

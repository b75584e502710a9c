"""Which local copies the list of pages in an export names: one of each cited link.

A copy is taken for the page where it was judged so when it was made: the ledger names it, or it is
what was read at a moment at which a visit found the link well. Where the ledger has lost that
moment, an answer of the link's own address counts by the state that the link had then. Of several
the newest is named, one of the former kind before all of the latter. Pure; copies come one by one
and only the best of each link is held.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from citecheck.ledger.news import News
from citecheck.ledger.redaction import link_key, scrub
from citecheck.records.finding import WELL
from citecheck.records.link import Link
from citecheck.records.memory import LinkRecord, Memory
from citecheck.warc.captures import Capture
from citecheck.warc.headers import shown
from citecheck.warc.holdings import record_of
from citecheck.warc.index import EMPTY_DIGEST
from citecheck.warc.records import warc_date
from citecheck.warc.wacz import Page

_WELL = frozenset(state.value for state in WELL)
_WHOLE = frozenset({"200", "203"})
_LOOKED = timedelta(hours=12)  # no run looks at a link over a longer time


@dataclass(slots=True)
class _Cited:
    """A link with what is known of it: `moments` at which it was well, its `states` by time."""

    link: Link
    record: LinkRecord | None
    named: frozenset[str]
    moments: frozenset[str]
    addresses: frozenset[str]
    states: tuple[tuple[str, bool], ...]
    best: tuple[bool, str, str] = (False, "", "")
    also: list[Link] = field(default_factory=list)


class PageList:
    """The pages of the links that are cited; hand it every capture, then ask for `pages`."""

    def __init__(
        self, links: Iterable[Link], memory: Mapping[str, Memory], news: Iterable[News]
    ) -> None:
        told: dict[str, list[News]] = {}
        for one in news:
            told.setdefault(one.url, []).append(one)
        self._cited: dict[str, _Cited] = {}
        for link in links:
            name = shown(link.url)
            if name in self._cited:  # they differ in a secret value only, and copies have none
                self._cited[name].also.append(link)
                continue
            known = memory.get(link.url, Memory())
            self._cited[name] = _cited(link, known, told.get(link_key(link.url), ()))

    def address(self, capture: Capture) -> str:
        """The address of the link that a copy was made for, as it is cited."""
        name = capture.link or capture.place.url
        known = self._cited.get(name)
        return known.link.url if known else name

    def take(self, capture: Capture) -> None:
        """Consider a copy."""
        cited = self._cited.get(capture.link or capture.place.url)
        place = capture.place
        whole = place.status in _WHOLE and not place.truncated and place.digest != EMPTY_DIGEST
        if cited is None or not whole:
            return
        well = _well_at(cited.states, place.date)
        named = bool(cited.named.intersection((place.record, *capture.refers_to)))
        # Copies of what a page has changed to are named as well.
        sure = place.date in cited.moments or (named and well is not False)
        if sure or (well and place.url in cited.addresses):
            cited.best = max(cited.best, (sure, place.date, place.url))

    def pages(self) -> tuple[Page, ...]:
        """The pages in the order in which they are cited."""
        found = sorted(
            (c for c in self._cited.values() if c.best[1]),
            key=lambda c: (min(map(_place, c.link.citations), default=("￿", 0, "")), c.link.url),
        )
        return tuple(_page(cited) for cited in found)

    def __len__(self) -> int:
        return len(self._cited)


def _place(citation: Any) -> tuple[str, int, str]:
    return citation.document, citation.line, citation.note


def _cited(link: Link, known: Memory, news: Iterable[News]) -> _Cited:
    record, visit = known.record, known.visit
    moments: set[datetime] = {one.at for one in news if one.state in _WELL}
    states = {one.at: one.state in _WELL for one in news}
    addresses = {link.url}
    named: set[str] = set()
    if record is not None:
        if record.previous_at is not None:
            states.setdefault(record.previous_at, record.previous_state in _WELL)
        states[record.since] = record.state in _WELL
        moments |= {record.since} if record.state in _WELL else set()
        moments |= {record.last_ok} if record.last_ok else set()
        addresses |= {record.baseline.url} if record.baseline else set()
        named = {record_of(s.url) for s in record.snapshots if s.role == "local"} - {""}
    if visit is not None:
        moments |= {visit.last_ok} if visit.last_ok else set()
        addresses |= {visit.final_url} if visit.final_url else set()
    return _Cited(
        link,
        known.present,
        frozenset(named),
        frozenset(map(warc_date, moments)),
        frozenset(map(shown, addresses)),
        _states(states),
    )


def _states(told: Mapping[datetime, bool]) -> tuple[tuple[str, bool], ...]:
    """Since when a link was well or not. What is no longer well was looked at twice before that was
    told: what was read shortly before such news is what they are about."""
    found: list[tuple[str, bool]] = []
    last = datetime.min.replace(tzinfo=UTC)
    for at in sorted(moment for moment in told if 1 < moment.year < 9999):
        begin = at if told[at] else max(at - _LOOKED, last + timedelta(microseconds=1))
        found.append((warc_date(min(at, begin)), told[at]))
        last = at
    return tuple(found)


def _well_at(states: tuple[tuple[str, bool], ...], date: str) -> bool | None:
    """Whether the link was well at a moment, by the last news before it; None: nothing tells."""
    return next((well for at, well in reversed(states) if at <= date), None)


def _page(cited: _Cited) -> Page:
    _, date, url = cited.best
    link, record = cited.link, cited.record
    name = shown(link.url)
    citations = {c: None for one in (link, *cited.also) for c in one.citations}
    titles = [e.title for e in link.expected if e.title]
    row: dict[str, Any] = {"link": name}
    if record is not None:
        row |= {"state": record.state, "reason": record.reason}
    if link.cited_on is not None:
        row["cited-on"] = link.cited_on.isoformat()
    row["references"] = list(dict.fromkeys(c.reference for c in citations))
    row["citations"] = [
        {"document": c.document, "note": c.note, "line": c.line, "reference": c.reference}
        for c in sorted(citations, key=lambda c: (_place(c), c.reference))
    ]
    ts = f"{date[:19]}Z"
    return Page(
        id=hashlib.sha256(f"{name} {url} {date}".encode()).hexdigest()[:16],
        url=url,
        ts=ts,
        title=scrub((record.title if record else "") or next(iter(titles), "")),
        more={"citecheck": row},
    )

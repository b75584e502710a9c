"""Which captures of a page stand for it: the one nearest to the citation, and the newest. Pure.

Good is a capture with status 200 and a body, and a revisit whose digest only good captures have:
an archived 404 or redirect is no evidence of what was cited. The index folds addresses (SURT), so
the address of each capture is compared: on equal days the same one goes before one that differs in
scheme, `www` or a final slash; one that differs in more (letter case, session ids) is taken only
where there is no other, and never graded better than `nearest`. One that carries somebody's token
is not offered.

Grades rest on the digests either side of the cited date: equal ones prove what the page was.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import IntEnum
from urllib.parse import urlsplit

from citecheck.archives.wayback_rows import Capture
from citecheck.records.archive import Grade
from citecheck.urls.address import InvalidAddress, fetch_form, has_secret, without_fragment

EMPTY = base64.b32encode(hashlib.sha1(b"", usedforsecurity=False).digest()).decode("ascii")
"""The digest of nothing: two captures without content prove nothing of a page."""


class Closeness(IntEnum):
    """How the address of a capture relates to the link's."""

    SAME = 0
    TWIN = 1
    OTHER = 2
    FOREIGN = 3


@dataclass(frozen=True, slots=True)
class Choice:
    """`cited` is None where the link has no date; both are None where nothing good is there.

    `other` is the address of the captures where it differs in more than a twin's. Not `sure`: it is
    not known what they were captured as, and a look has to tell.
    """

    cited: Capture | None = None
    latest: Capture | None = None
    grade: Grade = Grade.NONE
    days: int | None = None
    other: str = ""
    sure: bool = True


def closeness(url: str, original: str) -> Closeness:
    """Compare a link with the address that a capture was made of."""
    if has_secret(original) and not has_secret(url):
        return Closeness.FOREIGN
    try:
        one, two = (fetch_form(without_fragment(u)) for u in (url, original))
    except InvalidAddress:
        return Closeness.FOREIGN
    if one == two:
        return Closeness.SAME
    if _twin_key(one) == _twin_key(two):
        return Closeness.TWIN
    return Closeness.OTHER if _bare_host(one) == _bare_host(two) else Closeness.FOREIGN


def good(captures: Sequence[Capture]) -> tuple[Capture, ...]:
    """The captures that show the page, oldest first, each moment and address once."""
    captures = [c for c in captures if c.digest != EMPTY]
    fine = {c.digest for c in captures if c.status == 200}
    spoilt = {c.digest for c in captures if c.status not in (200, None)}
    sure = fine - spoilt - {"-"}
    kept = {
        (c.timestamp, c.original): c
        for c in captures
        if c.status == 200
        or (c.status is None and c.media_type == "warc/revisit" and c.digest in sure)
    }
    return tuple(kept[key] for key in sorted(kept))


def unclear(captures: Sequence[Capture]) -> tuple[Capture, ...]:
    """The captures, oldest first, of which the list does not say what they are: revisits of others
    that it lacks. They are looked at where there is nothing better."""
    told = {c.digest for c in captures if c.status is not None} | {EMPTY}
    mute = (c for c in captures if c.status is None and c.media_type == "warc/revisit")
    return tuple(sorted((c for c in mute if c.digest not in told), key=lambda c: c.timestamp))


def choose(
    url: str,
    cited_on: date | None,
    captures: Sequence[Capture],
    *,
    without: Collection[str] = (),
    vague: bool = False,
) -> Choice:
    """The captures to offer for a link that was cited on a day (None: the day is not known).

    `without` are the times of captures that are known to show something else; what has their
    digest shows it too. With `vague` the day stands for a year, and nothing is proven by it.
    """
    fine = good(captures)
    sure = bool(fine)
    fine = fine or unclear(captures)
    spoilt = {c.digest for c in fine if c.timestamp in without} - {"-"}
    fine = tuple(c for c in fine if c.timestamp not in without and c.digest not in spoilt)
    near_by = {original: closeness(url, original) for original in {c.original for c in fine}}
    ranked = [(near_by[c.original], c) for c in fine]
    pool = [(near, c) for near, c in ranked if near <= Closeness.TWIN]
    other = not pool
    if other:
        pool = [(near, c) for near, c in ranked if near is Closeness.OTHER]
    if not pool:
        return Choice()
    latest = max(pool, key=lambda item: (item[1].timestamp, -item[0]))[1]
    named = latest.original if other else ""
    if cited_on is None:
        return Choice(latest=latest, other=named, sure=sure)
    noon = datetime.combine(cited_on, time(12), UTC)

    def distance(item: tuple[Closeness, Capture]) -> tuple[int, Closeness, float]:
        near, capture = item
        away = abs((capture.taken - noon).total_seconds())
        return abs((capture.taken.date() - cited_on).days), near, away

    cited = min(pool, key=distance)[1]
    grade = (
        Grade.NEAREST if other or vague or not sure else _grade(cited, [c for _, c in pool], noon)
    )
    days = abs((cited.taken.date() - cited_on).days)
    return Choice(cited, latest, grade, days, named, sure)


def _grade(cited: Capture, captures: Sequence[Capture], noon: datetime) -> Grade:
    before = [c for c in captures if c.taken <= noon]
    after = [c for c in captures if c.taken > noon]
    if not before or not after:
        return Grade.NEAREST
    last, first = max(before, key=lambda c: c.taken), min(after, key=lambda c: c.taken)
    digests = {last.digest, first.digest, cited.digest}
    return Grade.EXACT if len(digests) == 1 and "-" not in digests else Grade.BRACKETED


def _bare_host(url: str) -> str:
    return re.sub(r"^www\d*\.", "", urlsplit(url).netloc)


def _twin_key(url: str) -> tuple[str, str, str]:
    parts = urlsplit(url)
    path = re.sub(r"%[0-9a-fA-F]{2}", lambda m: m[0].upper(), parts.path)
    return _bare_host(url), path.rstrip("/") or "/", parts.query

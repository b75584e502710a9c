"""Which of the copies that a TimeMap lists are to be tried, in which order. Pure.

Good is a copy with status 200 or, where the list does not tell, one that may have it. A day of
citation with copies on both sides is `bracketed`, `exact` where the list has digests and those
either side are equal; a list without digests proves nothing more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from citecheck.archives.timemap import EARLIEST, Memento, Page
from citecheck.archives.wayback_choice import EMPTY, Closeness, closeness
from citecheck.records.archive import Grade


@dataclass(frozen=True, slots=True)
class Choice:
    """Copies in the order in which to try them, with the grade and days of each as cited one.

    `newest` are those to offer where the day of citation is not known."""

    near: tuple[tuple[Memento, Grade, int], ...] = ()
    newest: tuple[Memento, ...] = ()


def choose(url: str, near: date | None, mementos: Sequence[Memento]) -> Choice:
    """Which copies of `url` to try: those nearest to the day first, else the newest first."""
    ranked = []
    shown = {m.digest for m in mementos if m.status == 200}
    shown -= {m.digest for m in mementos if m.status not in (None, 200)}
    listed = {one.original for one in mementos} - {""}
    closest = {"": Closeness.SAME, **{one: closeness(url, one) for one in listed}}
    for one in mementos:
        close = closest[one.original]
        good = one.status == 200 or (one.status is None and one.digest in (shown | {""}))
        if close is not Closeness.FOREIGN and good and one.digest != EMPTY:
            ranked.append((close, one))
    best = [(c, m) for c, m in ranked if c <= Closeness.TWIN]
    other = not best
    pool = best or ranked
    newest = tuple(m for _, m in sorted(pool, key=lambda p: (p[1].taken, -p[0]), reverse=True))
    if near is None:
        return Choice(newest=newest)
    noon = datetime.combine(near, time(12), UTC)

    def distance(pair: tuple[Closeness, Memento]) -> tuple[int, Closeness, float]:
        close, one = pair
        return _days(one, near), close, abs((one.taken - noon).total_seconds())

    grade = Grade.NEAREST if other else _grade([m for _, m in pool], noon)
    equal = _around(newest, noon) if grade is Grade.EXACT else ""
    found = [
        (m, grade if not equal or m.digest == equal else Grade.BRACKETED, _days(m, near))
        for _, m in sorted(pool, key=distance)
    ]
    return Choice(tuple(found), newest)


def pages_to_read(pages: Sequence[Page], near: date | None, most: int) -> tuple[str, ...]:
    """The parts of a long list in which to look for copies of about a day, else for the newest."""
    if near is None:
        newest = sorted(pages, key=lambda p: p.until or p.since or EARLIEST, reverse=True)
        return tuple(p.url for p in newest[:most])
    noon = datetime.combine(near, time(12), UTC)

    def away(page: Page) -> float:
        since, until = page.since or EARLIEST, page.until or page.since or EARLIEST
        if page.since is not None and page.until is None:
            until = max(since, noon)
        return max((since - noon).total_seconds(), (noon - until).total_seconds(), 0.0)

    return tuple(p.url for p in sorted(pages, key=away)[:most])


def _days(one: Memento, near: date) -> int:
    return abs((one.taken.date() - near).days)


def _around(mementos: Sequence[Memento], noon: datetime) -> str:
    """The digest of the last copy before a moment where the first one after has the same."""
    before = [m for m in mementos if m.taken <= noon]
    after = [m for m in mementos if m.taken > noon]
    last = max(before, key=lambda m: m.taken, default=None)
    first = min(after, key=lambda m: m.taken, default=None)
    same = last is not None and first is not None and last.digest == first.digest
    return last.digest if same and last is not None else ""


def _grade(mementos: Sequence[Memento], noon: datetime) -> Grade:
    sides = {m.taken <= noon for m in mementos}
    if len(sides) < 2:
        return Grade.NEAREST
    return Grade.EXACT if _around(mementos, noon) else Grade.BRACKETED

"""Is what a registry has the work that is cited, and in what does it differ? Pure.

Searching finds candidates, this validates them (search-based matching with validation, as Crossref
measured it), precision first: a title must be the same, and authors, year, place of publication or
pages must bear it out; what is only much alike is `LIKE`, of which nothing follows. A registered
work that was found by its identifier is compared only.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from citecheck.records.work import Difference
from citecheck.text.fold import plain
from citecheck.text.titles import informative
from citecheck.works import alike
from citecheck.works.alike import Title
from citecheck.works.registered import Registered
from citecheck.works.wanted import Wanted

_SURE_TITLE = 5  # informative words by which an exact title without any author is told
_WRONG_NAME = 4  # informative words of a title that may stand against another author
_UNLIKE = (Title.OTHER, Title.LIKE, Title.NEAR)


class Verdict(Enum):
    SAME = "same"
    LIKE = "like"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Seen:
    """How each field of a cited work fits a registered one; None: cannot be told."""

    title: Title
    people: bool | None
    year: bool | None
    container: bool | None
    volume: bool | None
    page: bool | None

    @property
    def placed(self) -> bool:
        """Whether the place of publication bears it out."""
        return self.container is True or (self.page is True and self.volume is not False)

    @property
    def weight(self) -> int:
        """For choosing among several that are the work."""
        fits = (self.people, self.year, self.container, self.volume, self.page)
        return 10 * self.title.value + sum((f is True) - (f is False) for f in fits)


def see(wanted: Wanted, registered: Registered) -> Seen:
    return Seen(
        title=alike.titles(wanted.titles, registered.titles),
        people=alike.people(wanted.people, registered.people),
        year=_year(wanted, registered),
        container=alike.container(wanted.container, registered.containers),
        volume=alike.volume(wanted.volume, registered.volume),
        page=alike.page(wanted.page, registered.page),
    )


def _year(wanted: Wanted, registered: Registered) -> bool | None:
    if wanted.year is None or not registered.years:
        return None
    return any(abs(wanted.year - year) <= 1 for year in registered.years)


def judge(wanted: Wanted, registered: Registered) -> Verdict:
    """Whether a candidate of a search is the work."""
    seen = see(wanted, registered)
    if seen.title is Title.OTHER:
        return Verdict.OTHER
    if seen.title is Title.UNTOLD:
        bears = seen.people is not False and seen.year is True
        return Verdict.LIKE if bears and (seen.people or seen.page) else Verdict.OTHER
    if seen.title in (Title.LIKE, Title.NEAR):
        placed = seen.volume or seen.page if seen.title is Title.NEAR else seen.page
        if seen.people is True and seen.year and seen.container and placed:
            return Verdict.SAME
        return Verdict.LIKE if seen.people is not False and seen.year else Verdict.OTHER
    if seen.people is True:
        return _by_author(wanted, seen)
    if seen.people is None:
        return _without_author(wanted, seen)
    words = max(len(informative(t)) for t in wanted.titles)
    named_wrongly = words >= _WRONG_NAME and seen.year and seen.placed
    if seen.title is Title.SAME and named_wrongly:
        return Verdict.SAME
    return Verdict.OTHER


def _by_author(wanted: Wanted, seen: Seen) -> Verdict:
    short = alike.short(wanted.titles)
    if not seen.placed and ((short and seen.container is False) or alike.generic(wanted.titles)):
        return Verdict.LIKE
    if seen.year is False:
        # Another edition of a book; of an article elsewhere, another article; of what an
        # organisation brings out, another year's.
        named = any(not p.whole for p in wanted.people)
        same = seen.title is Title.SAME and not short and seen.container is not False and named
        return Verdict.SAME if same else Verdict.LIKE
    if short and not (seen.year and seen.title is Title.SAME):
        return Verdict.SAME if seen.year and seen.placed else Verdict.LIKE
    if seen.container is False and seen.volume is False:
        return Verdict.LIKE
    return Verdict.SAME


def _without_author(wanted: Wanted, seen: Seen) -> Verdict:
    if seen.year is False or seen.container is False:
        return Verdict.LIKE if seen.title is Title.SAME else Verdict.OTHER
    if seen.title is Title.SAME and not alike.short(wanted.titles) and seen.placed and seen.year:
        return Verdict.SAME
    words = max(len(informative(t)) for t in wanted.titles)
    if seen.title is Title.SAME and words >= _SURE_TITLE and not wanted.people:
        return Verdict.SAME
    return Verdict.LIKE


def differences(wanted: Wanted, registered: Registered) -> tuple[Difference, ...]:
    """The fields that certainly differ, as cited and as registered."""
    seen = see(wanted, registered)
    found = []
    if _title_differs(wanted, registered, seen.title):
        found.append(Difference("title", wanted.titles[0], registered.titles[0]))
    if alike.missing(wanted.people, registered.people):
        cited = "; ".join(str(p) for p in wanted.people)
        found.append(Difference("authors", cited, "; ".join(str(p) for p in registered.people)))
    if seen.year is False:
        years = ", ".join(str(y) for y in registered.years[:6])
        found.append(Difference("year", str(wanted.year), years))
    if seen.container is False and not _is_whole(wanted, registered):
        found.append(Difference("container", wanted.container, registered.containers[0]))
    if seen.volume is False:
        found.append(Difference("volume", wanted.volume, registered.volume))
    if seen.page is False:
        found.append(Difference("page", wanted.page, registered.page))
    return tuple(Difference(d.field, plain(d.cited), plain(d.registered)) for d in found)


def _title_differs(wanted: Wanted, registered: Registered, title: Title) -> bool:
    told = bool(wanted.titles and registered.titles)
    if title is Title.NEAR and alike.one_goes_on(wanted.titles, registered.titles):
        return False  # many subtitles are registered without a mark before them
    return told and title in _UNLIKE and not _is_whole(wanted, registered)


def only_whole(wanted: Wanted, registered: Registered) -> bool:
    """Whether a part is cited and the book alone is registered here, which tells nothing of it."""
    own = alike.titles(wanted.titles, registered.titles)
    return own in _UNLIKE and _is_whole(wanted, registered)


def _is_whole(wanted: Wanted, registered: Registered) -> bool:
    """Whether the registered work is the book that a part of is cited."""
    whole = (wanted.container,) if wanted.container else ()
    return alike.titles(whole, registered.titles) in (Title.SAME, Title.PART)

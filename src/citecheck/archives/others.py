"""Archives beside the Wayback Machine: asked where its answer leaves a wish open.

Each is a template for TimeMaps in the settings. They are asked in that order, until one has a copy
that shows the page; a list says that copies are there, not what is on them, so a copy counts when
it was fetched and looked at. The answer of each is kept with the link's look-up: `found` for
`keep_found`, `none` for `keep_none`; a failure says nothing and is not kept. The look-up stays the
Wayback Machine's own unless another archive has a copy, or a nearer one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from citecheck.archives.candidate import Candidate
from citecheck.archives.eligible import barred
from citecheck.archives.fetcher import Fetcher
from citecheck.archives.pace import Traffic
from citecheck.archives.replay import Memento as Copy
from citecheck.archives.replay import Mementos, Raw, Unplayed, Why
from citecheck.archives.shown import DOUBTS, Fit, Judge
from citecheck.archives.timemap import Memento, plain_address, raw_address
from citecheck.archives.timemap_choice import choose
from citecheck.archives.timemap_service import TimeMapArchive
from citecheck.archives.wayback_replies import Unanswered
from citecheck.records.archive import (
    Answer,
    Grade,
    Lookup,
    LookupResult,
    LookupState,
    Snapshot,
)
from citecheck.records.memory import LinkRecord
from citecheck.records.ports import Clock
from citecheck.settings import ArchiveSettings
from citecheck.urls.address import host_of

DEFAULT = ("https://arquivo.pt/wayback/timemap/link/{url}",)
_PUBLIC = "https://web.archive.org"
_AT = "the copy is at "
_LOOKED_AT = 3  # copies of one archive that are fetched for a link
_SAID = (LookupState.FOUND, LookupState.NONE, LookupState.EXCLUDED)


@dataclass(frozen=True, slots=True)
class _Found:
    """A copy in another archive, with what it is worth as the cited one, and what is doubtful."""

    snapshot: Snapshot
    grade: Grade
    days: int | None
    doubt: str = ""


def templates_of(settings: ArchiveSettings) -> tuple[str, ...]:
    """The templates of the settings, but for the Wayback Machine's own: it is asked anyway, and its
    limit is one for its index and its TimeMaps. Those of the program stand for the public archives:
    who names a Wayback Machine of their own (a mirror, a test) is sent to no other unasked."""
    if settings.timemaps is not None:
        root = settings.wayback.rstrip("/").lower()
        own = (f"{root}/web/timemap/", f"{root}/cdx/")
        return tuple(one for one in settings.timemaps if not one.lower().startswith(own))
    return DEFAULT if settings.wayback.rstrip("/") == _PUBLIC else ()


class TimeMapArchives:
    """All archives of the settings; one object a run. `records` is what earlier runs learnt."""

    def __init__(
        self,
        client: Fetcher,
        settings: ArchiveSettings,
        *,
        records: Mapping[str, LinkRecord],
        clock: Clock,
        judge: Judge | None,
        note: Callable[[str], None] = lambda said: None,
    ) -> None:
        self._client = client
        self._settings = settings
        self._records = records
        self._clock = clock
        self._judge = judge
        budget = settings.budget.total_seconds()
        by_host: dict[str, Traffic] = {}
        self._archives = tuple(
            TimeMapArchive(
                client,
                template,
                by_host.setdefault(host_of(template), Traffic(clock, budget, note)),
                clock,
            )
            for template in templates_of(settings)
        )

    async def find(
        self, candidate: Candidate, near: date | None, wayback: LookupResult
    ) -> LookupResult:
        """The Wayback Machine's answer with what others have laid beside it; never raises."""
        if barred(candidate) or not self._archives:
            return wayback
        answers: list[Answer] = []
        silent: list[str] = []
        found: _Found | None = None
        for archive in self._archives:
            answer, found = self._kept(candidate, near, archive.name)
            if answer is None:
                answer, found, said = await self._ask(archive, candidate, near)
                silent += [said] if said else []
            answers.append(answer)
            if found is not None:
                break
        return self._laid_beside(wayback, found, tuple(answers), silent)

    def _kept(
        self, candidate: Candidate, near: date | None, name: str
    ) -> tuple[Answer | None, _Found | None]:
        """What an archive said in an earlier run, where that stands: `found` for the same day of
        citation only, and while the copy is known."""
        record = self._records.get(candidate.link.url)
        lookup = record.lookup if record else None
        answer = next((a for a in lookup.others if a.archive == name), None) if lookup else None
        if record is None or lookup is None or answer is None or answer.checked is None:
            return None, None
        age = self._clock.now() - answer.checked
        if answer.state is LookupState.NONE and age < self._settings.keep_none:
            return answer, None
        if answer.state is not LookupState.FOUND or age >= self._settings.keep_found:
            return None, None
        role = "cited" if near else "latest"
        copy = next((s for s in record.snapshots if (s.archive, s.role) == (name, role)), None)
        if copy is None or lookup.cited_on != near:
            return None, None
        return answer, _Found(copy, lookup.grade, lookup.days)

    async def _ask(
        self, archive: TimeMapArchive, candidate: Candidate, near: date | None
    ) -> tuple[Answer, _Found | None, str]:
        """An archive's answer, the copy that it has, and a sentence where it did not answer."""
        try:
            listed = await archive.copies(candidate.link.url, near)
            found, unclear = await self._look(archive, candidate, near, listed)
        except Unanswered as why:
            return Answer(archive.name, why.state), None, str(why)
        now = self._clock.now()
        if found is not None:
            return Answer(archive.name, LookupState.FOUND, now), found, ""
        if unclear:
            return Answer(archive.name, LookupState.UNAVAILABLE), None, unclear
        return Answer(archive.name, LookupState.NONE, now), None, ""

    async def _look(
        self,
        archive: TimeMapArchive,
        candidate: Candidate,
        near: date | None,
        listed: Sequence[Memento],
    ) -> tuple[_Found | None, str]:
        """The best copy that shows the page; where none could be seen, a sentence why."""
        url = candidate.link.url
        left, unclear = list(listed), ""
        poor: _Found | None = None
        for _ in range(_LOOKED_AT):
            ranked = _ranked(url, near, left)  # anew: what is unfit stands for no side of the day
            if ranked is None:
                break
            memento, grade, days = ranked
            left.remove(memento)
            if self._judge is None or not self._settings.verify:
                return _Found(_snapshot(archive.name, memento, near), grade, days), ""
            copy = await self._fetch(archive, memento, url)
            if isinstance(copy, Unplayed):
                if copy.why is not Why.ABSENT:
                    unclear = f"{archive.name} lists copies and showed none of them"
                continue
            shown = await self._judge(candidate.link, copy.page)
            if shown.fit is Fit.UNFIT:
                # The same bytes are found wanting wherever they lie.
                left = [m for m in left if not m.digest or m.digest != memento.digest]
                continue
            snapshot = replace(
                _snapshot(archive.name, memento, near, copy), verified=shown.fit is Fit.GOOD
            )
            if near is not None and copy.taken != memento.taken:
                days, grade = abs((copy.taken.date() - near).days), Grade.NEAREST
            if shown.fit is Fit.GOOD:
                return _Found(snapshot, grade, days), ""
            poor = poor or _Found(snapshot, grade, days, DOUBTS.get(shown.why, ""))
        return poor, "" if poor else unclear

    async def _fetch(self, archive: TimeMapArchive, memento: Memento, url: str) -> Copy | Unplayed:
        raw = raw_address(memento.url)
        if raw is None:
            return Unplayed(Why.ABSENT, "the copy has no address of its own bytes")
        stamp = f"{memento.taken:%Y%m%d%H%M%S}"
        player = Mementos(archive, _addresses(raw), archive.traffic, archive.pace, self._clock)
        return await player.fetch(stamp, memento.original or url)

    def _laid_beside(
        self,
        wayback: LookupResult,
        found: _Found | None,
        answers: tuple[Answer, ...],
        silent: Sequence[str],
    ) -> LookupResult:
        lookup = wayback.lookup
        said = [part for part in dict.fromkeys((*self._earlier(lookup), *silent)) if part]
        if found is None or not _better(found, lookup):
            told = replace(lookup, others=answers, detail="; ".join(said))
            return replace(wayback, lookup=told)
        copy = found.snapshot
        saved = tuple(s for s in wayback.snapshots if s.role == "saved")
        rest = tuple(s for s in wayback.snapshots if s.role != "saved")
        newest = tuple(replace(s, role="latest") for s in rest[-1:])
        mine = Lookup(
            LookupState.FOUND,
            lookup.checked or self._clock.now(),
            found.grade,
            found.days,
            "; ".join(part for part in (_AT + copy.archive, found.doubt, *said) if part),
            cited_on=lookup.cited_on,
            basis=lookup.basis,
            passed_over=lookup.passed_over,
            # The Wayback Machine is asked again where it has said nothing.
            provisional=lookup.state not in _SAID or lookup.provisional,
            others=answers,
        )
        return replace(wayback, lookup=mine, snapshots=(copy, *newest, *saved))

    def _earlier(self, lookup: Lookup) -> list[str]:
        """What the Wayback Machine's answer says, without what an earlier run said of others."""
        names = tuple(f"{archive.name} " for archive in self._archives)
        parts = lookup.detail.split("; ")
        return [part for part in parts if not part.startswith((*names, _AT))]


def _ranked(
    url: str, near: date | None, listed: Sequence[Memento]
) -> tuple[Memento, Grade, int | None] | None:
    """The copy to try next, with its grade and days as the cited one; None where none is left."""
    choice = choose(url, near, listed)
    if choice.near:
        return choice.near[0]
    return (choice.newest[0], Grade.NONE, None) if choice.newest else None


def _snapshot(name: str, memento: Memento, near: date | None, copy: Copy | None = None) -> Snapshot:
    """The copy as it was seen, else as it is listed."""
    role = "cited" if near else "latest"
    if copy is None:
        return Snapshot(name, plain_address(memento.url), memento.taken, role, memento.status)
    address = plain_address(memento.url, copy.stamp)
    return Snapshot(name, address, copy.taken, role, copy.page.status)


def _better(found: _Found, lookup: Lookup) -> bool:
    """Whether a copy elsewhere is to stand as the cited one: nearer than the Wayback Machine's."""
    if lookup.state is not LookupState.FOUND:
        return True
    return found.days is not None and lookup.days is not None and found.days < lookup.days


def _addresses(raw: str) -> Raw:
    """How an archive addresses copies, told from the address of one."""
    match = re.match(r"\A(.*/)\d{14}id_/", raw, re.S)
    before = match[1] if match else raw
    return lambda stamp, original: f"{before}{stamp}id_/{original}"

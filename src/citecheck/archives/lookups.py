"""The half of the archive step that looks up: what stands, what is asked, what copies show.

Three lines side by side: links are looked up in the index; the copies that were chosen are looked
at, those of dead links first, then of changed ones, then the rest (what an earlier run left first),
last the saved ones of pages that are well; and what other archives have is asked once nothing more
is to come from the Wayback Machine. Each has its own pace, so none keeps another waiting. Whether a
page is saved is decided once its copies were looked at: they may turn out to be none, or its site
to be excluded.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from citecheck.archives.availability import Availability
from citecheck.archives.candidate import Candidate
from citecheck.archives.due import SAID, kept_lookup, standing
from citecheck.archives.eligible import NEVER_ASKED, barred
from citecheck.archives.finder import OtherArchives
from citecheck.archives.lines import Lines
from citecheck.archives.own_copy import own_copy
from citecheck.archives.stages import Stages
from citecheck.archives.verify import LOST, SAVED, Verifier
from citecheck.archives.wayback_cdx import Answer, WaybackIndex
from citecheck.archives.wayback_rows import Capture
from citecheck.records.archive import Lookup, LookupResult, LookupState
from citecheck.records.finding import State
from citecheck.records.memory import LinkRecord
from citecheck.records.ports import Clock, JobStore
from citecheck.settings import ArchiveSettings

STAGE, COPIES = "look-ups", "copies"
_FAR = 90  # days off, from where another archive may have a better copy of a lost page


class Decides(Protocol):
    """Who decides what is saved: told the answer about each link, once."""

    def consider(self, candidate: Candidate, result: LookupResult) -> None: ...

    def depends(self, candidate: Candidate, result: LookupResult) -> bool:
        """Whether what its copies show may decide if a page is saved."""
        ...


class Lookups:
    """The look-ups of one run. `results` has what is known so far, by link; `unseen` counts the
    links with a copy left that nobody has looked at."""

    def __init__(
        self,
        index: WaybackIndex,
        verifier: Verifier | None,
        spare: Availability,
        others: OtherArchives | None,
        settings: ArchiveSettings,
        *,
        saving: bool,
        jobs: JobStore,
        records: Mapping[str, LinkRecord],
        clock: Clock,
        stages: Stages,
        saves: Decides,
    ) -> None:
        self._index = index
        self._verifier = verifier
        self._spare = spare
        self._others = others
        self._settings = settings
        self._saving = saving  # a page is saved unless the index has a recent copy: it must tell
        self._jobs = jobs
        self._records = records
        self._clock = clock
        self._stages = stages
        self._saves = saves
        self._copies = Lines()
        self._elsewhere: asyncio.Queue[Candidate | None] = asyncio.Queue()
        self.results: dict[str, LookupResult] = {}
        self._late: list[Candidate] = []
        self._done: dict[str, asyncio.Event] = {}
        self.unseen = 0

    def due(self, candidates: Sequence[Candidate]) -> list[Candidate]:
        """Those that must be asked about, in their order; the others are answered already, and
        what nobody has looked at of their copies is put in line."""
        due = [c for c in candidates if not self._answered_before(c)]
        self._stages.expect(STAGE, len(due))
        return due

    async def work(self, line: Iterator[Candidate]) -> None:
        """Look up one after the other."""
        for candidate in line:
            await self._look_up(candidate)

    async def look(self) -> None:
        """Look at copies as they come, until their line is closed; several of these may run."""
        while (one := await self._copies.take()) is not None:
            url = one.candidate.link.url
            assert self._verifier is not None
            seen = await self._verifier.verify(one.candidate, self.results[url], one.captures)
            self._told(seen)
            self.unseen += self._verifier.waiting(one.candidate, seen) is not None
            self._stages.tell(COPIES, 1)
            self._saves.consider(one.candidate, seen)
            self._ask_others(one.candidate)
            if url in self._done:
                self._done[url].set()

    async def ask(self) -> None:
        """Ask other archives until nothing more comes; several of these may run."""
        while (candidate := await self._elsewhere.get()) is not None:
            assert self._others is not None
            result = self.results[candidate.link.url]
            self._told(await self._others.find(candidate, candidate.link.cited_on, result))

    def all_looked_up(self, workers: int) -> None:
        """No more copies come: so many `look` end with their line."""
        self._copies.close(workers)

    def all_looked_at(self, workers: int) -> None:
        """Nothing more comes for other archives: so many `ask` end with their line."""
        for _ in range(workers):
            self._elsewhere.put_nowait(None)

    def _answered_before(self, candidate: Candidate) -> bool:
        """Whether nothing need be asked: an archive may not hear of the link, or said it before."""
        url, now = candidate.link.url, self._clock.now()
        why = barred(candidate)
        if why:
            lookup = Lookup(LookupState.NOT_ASKED, detail=NEVER_ASKED[why])
            self.results[url] = LookupResult(url, lookup)
            self._jobs.looked_up(self.results[url])
            self._saves.consider(candidate, self.results[url])
            return True
        record = self._records.get(url)
        kept = kept_lookup(candidate, record, self._settings, now)
        if kept is None and not self._saving:
            kept = own_copy(candidate, record, self._settings.wayback, now)
            if kept is not None and (record is None or kept.lookup != record.lookup):
                self._jobs.looked_up(kept)
        if kept is None:
            return False
        self.results[url] = kept
        if not self._to_look_at(candidate, (), earlier=True):
            self._saves.consider(candidate, kept)
            if self._others_owe(kept):
                self._ask_others(candidate)
        return True

    async def _look_up(self, candidate: Candidate) -> None:
        url = candidate.link.url
        record = self._records.get(url)
        before = record.lookup.passed_over if record and record.lookup else ()
        answer = await self._index.find(candidate.link, before, self._shown(record))
        result = _with_saved(await self._spared(candidate, answer), record)
        found_before = record and record.lookup and record.lookup.state is LookupState.FOUND
        if record and found_before and result.lookup.state not in SAID:
            self.results[url] = standing(candidate, record)  # old, and dated so, but true
        else:
            self.results[url] = result
            self._jobs.looked_up(result)
        self._stages.tell(STAGE, 1)
        if answer.outage and self._waits(candidate):
            # Copies are shown by the host that has just not answered about them.
            self._late.append(candidate)
        elif not self._to_look_at(candidate, answer.captures, earlier=False):
            self._saves.consider(candidate, self.results[url])
            self._ask_others(candidate)

    async def late(self) -> None:
        """Put in line the links about which the index did not answer, whose copies are known by the
        other host or from earlier, now that the rest is looked up. Where their host was down to the
        last, one is tried first; where that is in vain, or it takes no connections, the others are
        left to the next run."""
        late, self._late = self._late, []
        vain = bool(late) and self._index.refuses
        if late and self._index.silent and not vain:
            vain = not await self._is_seen(late.pop(0))
        for candidate in late:
            if not vain:
                self._to_look_at(candidate, (), earlier=False)
                continue
            self.unseen += 1
            self._saves.consider(candidate, self.results[candidate.link.url])
            self._ask_others(candidate)

    async def _is_seen(self, candidate: Candidate) -> bool:
        """Put a link in line; whether its copies could be had."""
        done = self._done.setdefault(candidate.link.url, asyncio.Event())
        self._to_look_at(candidate, (), earlier=False)
        await done.wait()
        return not self._waits(candidate)

    def _waits(self, candidate: Candidate) -> bool:
        """Whether there is a copy of a link that nobody has looked at."""
        result = self.results[candidate.link.url]
        return bool(self._verifier and self._verifier.waiting(candidate, result))

    async def _spared(self, candidate: Candidate, answer: Answer) -> LookupResult:
        """The index's answer; where its host is down, what the archive's other host knows."""
        if answer.result.lookup.state in SAID or not answer.outage:
            return answer.result
        return await self._spare.find(candidate.link, answer.result)

    def _shown(self, record: LinkRecord | None) -> dict[str, bool]:
        """What earlier looks at copies came to, by time."""
        shown = {}
        for snapshot in record.snapshots if record else ():
            capture = self._index.capture(snapshot)
            if capture is not None and snapshot.verified is not None:
                shown[capture.timestamp] = snapshot.verified
        return shown

    def _to_look_at(
        self, candidate: Candidate, captures: tuple[Capture, ...], *, earlier: bool
    ) -> bool:
        """Put a link in line whose copy nobody has looked at; whether it is."""
        result = self.results[candidate.link.url]
        waiting = self._verifier.waiting(candidate, result) if self._verifier else None
        if waiting is None:
            return False
        last = 3 if waiting.role == SAVED else 2
        order = {State.DEAD: 0, State.CHANGED: 1}.get(candidate.state, last), 0 if earlier else 1
        depends = self._saves.depends(candidate, result)
        self._copies.put(order, candidate, captures, saves=depends)
        self._stages.expect(COPIES, 1)
        return True

    def _others_owe(self, kept: LookupResult) -> bool:
        """Whether another archive could not be asked about a link that has no copy yet."""
        silent = any(answer.state not in SAID for answer in kept.lookup.others)
        return self._others is not None and silent and kept.lookup.state is not LookupState.FOUND

    def _told(self, result: LookupResult) -> None:
        if result != self.results[result.url]:
            self.results[result.url] = result
            self._jobs.looked_up(result)

    def _ask_others(self, candidate: Candidate) -> None:
        result = self.results[candidate.link.url]
        if self._others is not None and leaves_a_wish(candidate, result):
            self._elsewhere.put_nowait(candidate)


def _with_saved(result: LookupResult, record: LinkRecord | None) -> LookupResult:
    """The answer with the copies that earlier runs had made, which are looked at like those that
    the index tells of."""
    if record is None or result.lookup.state not in (LookupState.FOUND, LookupState.NONE):
        return result
    saved = tuple(s for s in record.snapshots if s.role == SAVED)
    return replace(result, snapshots=(*result.snapshots, *saved)) if saved else result


def leaves_a_wish(candidate: Candidate, wayback: LookupResult) -> bool:
    """Whether other archives are asked: the Wayback Machine has nothing or says nothing, or a page
    that is lost has no copy there of about the day it was cited."""
    if wayback.lookup.state is not LookupState.FOUND:
        return True
    days = wayback.lookup.days
    return candidate.state in LOST and days is not None and days > _FAR

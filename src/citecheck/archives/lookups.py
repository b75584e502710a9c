"""The half of the archive step that looks up: what stands, what is asked, what copies show.

Two lines side by side: links are looked up in the index, and the copies that were chosen are looked
at, those of dead links first, then of changed ones, then the rest, what an earlier run left first.
Each has its own pace, so neither keeps the other waiting. What other archives have is asked once
nothing more is to come from the Wayback Machine.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence

from citecheck.archives.availability import Availability
from citecheck.archives.candidate import Candidate
from citecheck.archives.due import SAID, kept_lookup, standing
from citecheck.archives.eligible import NEVER_ASKED, barred
from citecheck.archives.finder import OtherArchives
from citecheck.archives.own_copy import own_copy
from citecheck.archives.stages import Stages
from citecheck.archives.verify import LOST, Verifier
from citecheck.archives.wayback_cdx import Answer, WaybackIndex
from citecheck.archives.wayback_rows import Capture
from citecheck.records.archive import Lookup, LookupResult, LookupState
from citecheck.records.finding import State
from citecheck.records.memory import LinkRecord
from citecheck.records.ports import Clock, JobStore
from citecheck.settings import ArchiveSettings

STAGE, COPIES = "look-ups", "copies"
_FAR = 90  # days off, from where another archive may have a better copy of a lost page
_LAST = (9, 0)


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
        then: Callable[[Candidate, LookupResult], None],
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
        self._then = then
        self._line: asyncio.PriorityQueue[
            tuple[tuple[int, int], int, Candidate | None, tuple[Capture, ...]]
        ] = asyncio.PriorityQueue()
        self._put = 0
        self.results: dict[str, LookupResult] = {}
        self.unseen = 0

    def due(self, candidates: Sequence[Candidate]) -> list[Candidate]:
        """Those that must be asked about, in their order; the others are answered already, and
        what nobody has looked at of their copies is put in line."""
        due = [c for c in candidates if not self._answered_before(c)]
        self._stages.expect(STAGE, len(due))
        return due

    async def work(self, line: Iterator[Candidate]) -> None:
        """Look up one after the other; `then` is told each answer."""
        for candidate in line:
            await self._look_up(candidate)

    async def look(self) -> None:
        """Look at copies as they come, until the line is closed; several of these may run."""
        while True:
            _, _, candidate, captures = await self._line.get()
            if candidate is None:
                return
            url = candidate.link.url
            if self._verifier is not None:
                seen = await self._verifier.verify(candidate, self.results[url], captures)
                self._told(seen)
                self.unseen += self._verifier.waiting(candidate, seen) is not None
            self._stages.tell(COPIES, 1)
            await self._ask_others(candidate)

    def close(self, workers: int) -> None:
        """Nothing more comes: so many `look` end with the line."""
        for _ in range(workers):
            self._put += 1
            self._line.put_nowait((_LAST, self._put, None, ()))

    def _answered_before(self, candidate: Candidate) -> bool:
        """Whether nothing need be asked: an archive may not hear of the link, or said it before."""
        url, now = candidate.link.url, self._clock.now()
        why = barred(candidate)
        if why:
            lookup = Lookup(LookupState.NOT_ASKED, detail=NEVER_ASKED[why])
            self.results[url] = LookupResult(url, lookup)
            self._jobs.looked_up(self.results[url])
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
        if not self._to_look_at(candidate, (), earlier=True) and self._others_owe(kept):
            self._in_line(candidate, (), earlier=True)
        return True

    async def _look_up(self, candidate: Candidate) -> None:
        url = candidate.link.url
        record = self._records.get(url)
        before = record.lookup.passed_over if record and record.lookup else ()
        answer = await self._index.find(candidate.link, before, self._shown(record))
        result = await self._spared(candidate, answer)
        found_before = record and record.lookup and record.lookup.state is LookupState.FOUND
        if record and found_before and result.lookup.state not in SAID:
            self.results[url] = standing(candidate, record)  # old, and dated so, but true
        else:
            self.results[url] = result
            self._jobs.looked_up(result)
        self._stages.tell(STAGE, 1)
        self._then(candidate, self.results[url])
        # Copies are shown by the host that has just not answered about them.
        if answer.outage or not self._to_look_at(candidate, answer.captures, earlier=False):
            await self._ask_others(candidate)

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
        if self._verifier is None or self._verifier.waiting(candidate, result) is None:
            return False
        self._in_line(candidate, captures, earlier=earlier)
        return True

    def _in_line(
        self, candidate: Candidate, captures: tuple[Capture, ...], *, earlier: bool
    ) -> None:
        order = {State.DEAD: 0, State.CHANGED: 1}.get(candidate.state, 2)
        self._put += 1
        self._line.put_nowait(((order, 0 if earlier else 1), self._put, candidate, captures))
        self._stages.expect(COPIES, 1)

    def _others_owe(self, kept: LookupResult) -> bool:
        """Whether another archive could not be asked about a link that has no copy yet."""
        silent = any(answer.state not in SAID for answer in kept.lookup.others)
        return self._others is not None and silent and kept.lookup.state is not LookupState.FOUND

    def _told(self, result: LookupResult) -> None:
        if result != self.results[result.url]:
            self.results[result.url] = result
            self._jobs.looked_up(result)

    async def _ask_others(self, candidate: Candidate) -> None:
        result = self.results[candidate.link.url]
        if self._others is not None and leaves_a_wish(candidate, result):
            near = candidate.link.cited_on
            self._told(await self._others.find(candidate, near, result))


def leaves_a_wish(candidate: Candidate, wayback: LookupResult) -> bool:
    """Whether other archives are asked: the Wayback Machine has nothing or says nothing, or a page
    that is lost has no copy there of about the day it was cited."""
    if wayback.lookup.state is not LookupState.FOUND:
        return True
    days = wayback.lookup.days
    return candidate.state in LOST and days is not None and days > _FAR

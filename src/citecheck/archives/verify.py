"""Looking at the copies that were chosen, and choosing again where one shows something else.

The index tells a status, not what a page said: error pages with status 200, walls, parked names and
other works are archived as well. So each chosen copy is replayed and judged by the rules for live
pages. One that is unfit is passed over for good, with all that share its digest, and the next best
of the captures in hand is looked at. A copy that cannot be had just now stays unverified: it is
never called unfit for that.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from citecheck.archives.candidate import Candidate
from citecheck.archives.replay import Memento, Mementos, Unplayed, Why
from citecheck.archives.shown import DOUBTS, Fit, Judge
from citecheck.archives.wayback_cdx import WaybackIndex
from citecheck.archives.wayback_replies import EXCLUDED_THERE
from citecheck.archives.wayback_rows import Capture
from citecheck.records.archive import (
    Grade,
    LookupResult,
    LookupState,
    PassedOver,
    Snapshot,
)
from citecheck.records.finding import State
from citecheck.records.link import Link

LOST = (State.DEAD, State.CHANGED)
SAVED = "saved"  # the role of a copy that this program asked for
_MOST = 4  # copies of one link that are looked at in a run
_REMEMBERED = 24
_LOOKED_FOR_BETTER = 2
_DOWN = 6  # copies in a row that could not be had, after which none is asked for in this run


@dataclass(slots=True)
class _Look:
    """What is known of a link's captures while its copies are looked at. `poor` are the times of
    copies that a better one is looked for, `doubts` what is wrong with them, `absent` the times of
    those that were not there to be replayed, `tried` of all that were asked for."""

    link: Link
    result: LookupResult
    captures: list[Capture]
    passed_over: list[PassedOver] = field(default_factory=list)
    shown: dict[str, bool] = field(default_factory=dict)
    poor: set[str] = field(default_factory=set)
    absent: set[str] = field(default_factory=set)
    tried: set[str] = field(default_factory=set)
    doubts: dict[str, str] = field(default_factory=dict)
    settled: bool = False


class Verifier:
    """Looks at the Wayback Machine's copies, at most a few a link. `spares` tells of a copy whether
    a page is not saved because there is that one; `arrived` of one that was saved whether it is old
    enough to be shown."""

    def __init__(
        self,
        mementos: Mementos,
        index: WaybackIndex,
        judge: Judge,
        spares: Callable[[Candidate, Snapshot], bool] = lambda candidate, snapshot: False,
        arrived: Callable[[Snapshot], bool] = lambda snapshot: True,
    ) -> None:
        self._mementos = mementos
        self._index = index
        self._judge = judge
        self._spares = spares
        self._arrived = arrived
        self._failed = 0  # copies in a row that could not be had

    def waiting(self, candidate: Candidate, result: LookupResult) -> Snapshot | None:
        """The copy to look at next: the cited one, without one the latest; of a lost page both, as
        is the latest where the page is not saved for its sake. Then one that was saved, by a run
        after the one that saved it."""
        if result.lookup.state not in (LookupState.FOUND, LookupState.NONE):
            return None
        known = [s for s in result.snapshots if self._index.capture(s) is not None]
        found = result.lookup.state is LookupState.FOUND
        mine = [s for s in known if found and s.role in ("cited", "latest")]
        lost = candidate.state in LOST
        wanted = [s for s in mine if s is mine[0] or lost or self._spares(candidate, s)]
        wanted += [s for s in known if s.role == SAVED and self._arrived(s)]
        return next((s for s in wanted if s.verified is None), None)

    async def verify(
        self, candidate: Candidate, result: LookupResult, captures: Sequence[Capture]
    ) -> LookupResult:
        """The answer after a look at its copies. `captures` are those that it was chosen from,
        none where it is an answer of an earlier run: the index is asked anew where that is needed.
        Never raises for what an archive does."""
        saved = [s for s in result.snapshots if s.role == SAVED]
        chosen = replace(result, snapshots=tuple(s for s in result.snapshots if s.role != SAVED))
        look = _Look(candidate.link, chosen, list(captures), list(result.lookup.passed_over))
        for snapshot in result.snapshots:
            known = self._index.capture(snapshot)
            if known is not None and snapshot.verified is not None:
                look.shown[known.timestamp] = snapshot.verified
        for _ in range(_MOST if self._failed < _DOWN else 0):
            wanted = self.waiting(candidate, look.result)
            if wanted is None and not look.settled:
                self._settle(look)
                wanted = self.waiting(candidate, look.result)
            capture = self._index.capture(wanted) if wanted else None
            if capture is None or capture.timestamp in look.tried:
                break
            look.tried.add(capture.timestamp)
            got = await self._mementos.fetch(capture.timestamp, capture.original)
            if isinstance(got, Unplayed):
                if got.why is Why.EXCLUDED:
                    return _excluded(look.result, got.detail)
                if got.why is not Why.ABSENT:
                    self._failed += got.why is Why.UNAVAILABLE
                    break
                await self._without(look, capture)
            else:
                self._failed = 0
                await self._seen(look, capture, got)
        self._settle(look)
        return await self._beside_saved(look, saved)

    async def _beside_saved(self, look: _Look, saved: Sequence[Snapshot]) -> LookupResult:
        """The answer with the copies that were saved, each looked at where nobody has yet."""
        for snapshot in saved:
            capture = self._index.capture(snapshot)
            if capture is None or snapshot.verified is not None or not self._arrived(snapshot):
                continue
            told = {*look.tried, *look.shown, *(p.stamp for p in look.passed_over)}
            if capture.timestamp in told or self._failed >= _DOWN:
                continue
            got = await self._mementos.fetch(capture.timestamp, capture.original)
            if isinstance(got, Unplayed):
                if got.why is Why.EXCLUDED:
                    return _excluded(look.result, got.detail)
                self._failed += got.why is Why.UNAVAILABLE
                continue
            self._failed = 0
            if got.stamp != capture.timestamp:
                continue  # it is not there yet, and the archive leads to another
            shown = await self._judge(look.link, got.page)
            if shown.fit is Fit.UNFIT:
                look.passed_over.append(PassedOver(got.stamp, shown.why))
                del look.passed_over[:-_REMEMBERED]
            else:
                look.shown[got.stamp] = shown.fit is Fit.GOOD
        return self._as_seen(look, (*look.result.snapshots, *saved))

    def _as_seen(self, look: _Look, snapshots: Sequence[Snapshot]) -> LookupResult:
        """The answer with these copies, each with what is known of it, without those that are
        unfit."""
        unfit, left = {p.stamp for p in look.passed_over}, []
        for snapshot in snapshots:
            capture = self._index.capture(snapshot)
            if capture is None or snapshot.verified is not None:
                left.append(snapshot)
            elif capture.timestamp not in unfit:
                left.append(replace(snapshot, verified=look.shown.get(capture.timestamp)))
        lookup = replace(look.result.lookup, passed_over=tuple(look.passed_over))
        return replace(look.result, lookup=lookup, snapshots=tuple(left))

    async def _seen(self, look: _Look, asked: Capture, got: Memento) -> None:
        """Take note of what a copy shows, which may be another than the one asked for."""
        shown = await self._judge(look.link, got.page)
        stamp = got.stamp
        if stamp != asked.timestamp:
            real = Capture(stamp, got.taken, got.page.url, "", 200, "-")
            await self._without(look, asked, real if shown.fit is not Fit.UNFIT else None)
        if shown.fit is Fit.UNFIT:
            look.passed_over.append(PassedOver(stamp, shown.why))
            del look.passed_over[:-_REMEMBERED]
            await self._captures(look)
        else:
            look.shown[stamp] = shown.fit is Fit.GOOD
            if shown.fit is Fit.POOR:
                look.doubts[stamp] = shown.why
                wish = shown.why != "needs-scripts" and not look.settled
                if wish and len(look.poor) < _LOOKED_FOR_BETTER:
                    look.poor.add(stamp)
        look.result = self._chosen(look)

    async def _without(self, look: _Look, gone: Capture, real: Capture | None = None) -> None:
        """Leave a capture out that is not there to be replayed, today at least."""
        await self._captures(look)
        look.absent.add(gone.timestamp)
        if real is not None and all(c.timestamp != real.timestamp for c in look.captures):
            look.captures.append(real)
        look.result = self._chosen(look)

    async def _captures(self, look: _Look) -> None:
        """Ask the index for what there is to choose from, where that is not in hand."""
        if not look.captures:
            answer = await self._index.find(look.link, tuple(look.passed_over))
            look.captures = list(answer.captures)

    def _chosen(self, look: _Look) -> LookupResult:
        passed = tuple(look.passed_over)
        if look.captures:
            return self._index.result(
                look.link,
                [c for c in look.captures if c.timestamp not in look.absent],
                passed,
                without=look.poor,
                shown=look.shown,
            )
        # An earlier answer: it stands but for what is known to be unfit.
        told, left = {p.stamp for p in passed}, []
        for snapshot in look.result.snapshots:
            capture = self._index.capture(snapshot)
            if capture is None:
                left.append(snapshot)
            elif capture.timestamp not in told:
                seen = look.shown.get(capture.timestamp, snapshot.verified)
                left.append(replace(snapshot, verified=seen))
        lookup = replace(look.result.lookup, passed_over=passed)
        if len(left) < len(look.result.snapshots):
            lookup = replace(lookup, grade=Grade.NONE, days=None, provisional=True)
        return replace(look.result, lookup=lookup, snapshots=tuple(left))

    def _settle(self, look: _Look) -> None:
        """Look no longer for better copies: where no good one was found, a poor one stands, or one
        that could not be had today, for that says nothing of what it shows."""
        look.settled = True
        spared = look.poor or look.absent
        if spared and not any(s.verified for s in look.result.snapshots[:1]):
            look.poor.clear()
            look.absent.clear()
            look.result = self._chosen(look)
        for snapshot in look.result.snapshots[:1]:
            capture = self._index.capture(snapshot)
            doubt = DOUBTS.get(look.doubts.get(capture.timestamp, "") if capture else "", "")
            if doubt and doubt not in look.result.lookup.detail:
                said = "; ".join(part for part in (look.result.lookup.detail, doubt) if part)
                lookup = replace(look.result.lookup, detail=said)
                look.result = replace(look.result, lookup=lookup)


def _excluded(result: LookupResult, detail: str) -> LookupResult:
    lookup = replace(
        result.lookup,
        state=LookupState.EXCLUDED,
        grade=Grade.NONE,
        days=None,
        detail=f"{detail}: {EXCLUDED_THERE}",
    )
    return replace(result, lookup=lookup, snapshots=())

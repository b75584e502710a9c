"""Keeping evidence: what archives have of the links, and new copies where they may be asked for.

Side by side: look-ups (dead, changed, new, the rest); a look at the copies that were chosen; the
saves of links of which both are done; what became of jobs of earlier runs; other archives and
homes. None waits for another's line. All of it is within one budget of time and one pause of the
archive's; what does not fit is `not-asked`, or unverified, and comes first in the next run. A link
that no archive may hear of is `not-asked` with the reason. Everything new is told to the JobStore
as it arrives; answers of earlier runs that stand are only in the result.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from functools import partial

from citecheck.archives.availability import Availability
from citecheck.archives.batch import saves_of
from citecheck.archives.candidate import Candidate, Kept
from citecheck.archives.due import arrived, rank, recent_copy
from citecheck.archives.eligible import barred, unsavable
from citecheck.archives.fetcher import Fetcher, Holds
from citecheck.archives.finder import Homes, OtherArchives
from citecheck.archives.keys import Keys
from citecheck.archives.lookups import Lookups
from citecheck.archives.pace import Pace, Traffic
from citecheck.archives.replay import Mementos, wayback_raw
from citecheck.archives.saves import WHY, Saves
from citecheck.archives.shown import Judge
from citecheck.archives.stages import Stages
from citecheck.archives.verify import Verifier
from citecheck.archives.wayback_cdx import WaybackIndex
from citecheck.errors import CitecheckError
from citecheck.records.archive import LookupResult, LookupState, SaveOutcome, Snapshot
from citecheck.records.memory import LinkRecord
from citecheck.records.ports import Clock, JobStore, PaceStore, Progress
from citecheck.records.report import Skipped
from citecheck.settings import Settings

__all__ = ["Candidate", "Kept", "keep_evidence"]

_TOGETHER = 4  # look-ups under way at once: the index takes 5 to 17 s, the pace allows one in 2.5 s
_EYES = 4  # copies looked at at once
_ASKING = 3  # links that other archives are asked about at once
_GAP = 1.5  # seconds between replays: six so far apart passed where sixteen at once did not
_ARCHIVE = "the Wayback Machine"


async def keep_evidence(
    candidates: Sequence[Candidate],
    *,
    client: Fetcher,
    settings: Settings,
    keys: Keys | None,
    jobs: JobStore,
    records: Mapping[str, LinkRecord],
    clock: Clock,
    progress: Progress,
    paces: PaceStore | None = None,
    others: OtherArchives | None = None,
    homes: Homes | None = None,
    judge: Judge | None = None,
) -> Kept:
    """Look up every candidate, save what may and should be saved, within `archive.budget`; with a
    `judge` look at the copies that were chosen (`archive.verify`).

    Raises only what `jobs` raises; an archive's failing is data in the result. Saving needs both
    `settings.save` and keys; jobs of earlier runs are asked about whatever the settings.
    """
    own = settings.archive
    stages = Stages(progress)
    hold = partial(client.hold, own.wayback) if isinstance(client, Holds) else None
    traffic = Traffic(clock, own.budget.total_seconds(), stages.waiting, paces, hold)
    looking = Pace(traffic, clock, own.lookups_per_minute, kept=True)
    index = WaybackIndex(client, own, traffic, looking, clock)
    saves = saves_of(
        client,
        settings,
        keys,
        index,
        jobs=jobs,
        records=records,
        clock=clock,
        traffic=traffic,
        stages=stages,
    )
    lookups = Lookups(
        index,
        _verifier(client, settings, traffic, index, judge, clock),
        Availability(client, own, traffic, clock, stages.waiting),
        others,
        own,
        saving=settings.save,
        jobs=jobs,
        records=records,
        clock=clock,
        stages=stages,
        saves=saves,
    )
    by_url = {c.link.url: c for c in candidates}
    ranked = sorted(by_url.values(), key=lambda c: rank(c, records.get(c.link.url)))
    try:
        return await _conduct(ranked, lookups, saves, homes, saving=settings.save)
    except BaseExceptionGroup as group:
        raise _first(group) from None


def _verifier(
    client: Fetcher,
    settings: Settings,
    traffic: Traffic,
    index: WaybackIndex,
    judge: Judge | None,
    clock: Clock,
) -> Verifier | None:
    own = settings.archive
    if judge is None or not own.verify:
        return None
    pace = Pace(traffic, clock, own.replays_per_minute, gap=_GAP)
    raw = wayback_raw(own.wayback)
    mementos = Mementos(client, raw, traffic, pace, clock, own.pause_after_429)

    def spares(candidate: Candidate, snapshot: Snapshot) -> bool:
        wanted = settings.save and not unsavable(candidate)
        return wanted and recent_copy((snapshot,), own.fresh, clock.now())

    return Verifier(mementos, index, judge, spares, lambda saved: arrived(saved, clock.now()))


async def _conduct(
    ranked: Sequence[Candidate],
    lookups: Lookups,
    saves: Saves,
    homes: Homes | None,
    *,
    saving: bool,
) -> Kept:
    line = iter(lookups.due(ranked))
    at_home: Mapping[str, tuple[SaveOutcome, ...]] = {}
    mute = {c.link.url for c in ranked if barred(c)}
    told = [c for c in ranked if c.link.url not in mute]
    async with asyncio.TaskGroup() as group:
        resumed = group.create_task(saves.resume(mute))
        for _ in range(saves.workers):
            group.create_task(saves.work())
        if homes is not None:
            group.create_task(homes.keep(told, saving=saving))
        lookers = [group.create_task(lookups.work(line)) for _ in range(_TOGETHER)]
        eyes = [group.create_task(lookups.look()) for _ in range(_EYES)]
        for _ in range(_ASKING):
            group.create_task(lookups.ask())
        await asyncio.gather(*lookers, resumed)
        await lookups.late()
        lookups.all_looked_up(_EYES)
        await saves.settle()
        await asyncio.gather(*eyes)
        lookups.all_looked_at(_ASKING)
        saves.close()
    saves.share()
    left_over = _skipped(lookups.results, saves.outcomes)
    if homes is not None:
        at_home = await homes.keep_rest(told, lookups.results, saves.outcomes, saving=saving)
        left_over = (*left_over, *homes.skipped())
    return Kept(
        {c.link.url: lookups.results[c.link.url] for c in ranked},
        dict(sorted(saves.outcomes.items())),
        (*left_over, *_unseen(lookups.unseen)),
        saves.savable,
        at_home,
    )


def _skipped(
    lookups: Mapping[str, LookupResult], saves: Mapping[str, SaveOutcome]
) -> tuple[Skipped, ...]:
    """A line for each thing that was left for another time, with the number of links."""
    found = []
    counts: dict[str, int] = {}
    for result in lookups.values():
        sentence = result.lookup.detail
        if result.lookup.state is LookupState.NOT_ASKED and "next run" in sentence:
            counts[sentence] = counts.get(sentence, 0) + 1
    for sentence, count in sorted(counts.items()):
        found.append(Skipped(f"looking up {_links(count)} at {_ARCHIVE}", sentence))
    reasons = [s.reason for s in saves.values() if s.reason in WHY]
    for reason, sentence in WHY.items():
        if count := reasons.count(reason):
            found.append(Skipped(f"saving {_links(count)} at {_ARCHIVE}", sentence))
    return tuple(found)


def _unseen(count: int) -> tuple[Skipped, ...]:
    if not count:
        return ()
    why = "the archive or the time for it did not allow it; the next run goes on from here"
    return (Skipped(f"looking at the copies of {_links(count)} at {_ARCHIVE}", why),)


def _links(count: int) -> str:
    return f"{count} link" if count == 1 else f"{count} links"


def _first(group: BaseExceptionGroup[BaseException]) -> BaseException:
    """The error to show of several that came together: one for a person, else the first."""
    flat: list[BaseException] = []
    stack: list[BaseException] = [group]
    while stack:
        error = stack.pop()
        if isinstance(error, BaseExceptionGroup):
            stack.extend(reversed(error.exceptions))
        else:
            flat.append(error)
    return next((e for e in flat if isinstance(e, CitecheckError)), flat[0])

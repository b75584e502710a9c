"""Puts the parts that save together: with keys Save Page Now 2, without them, where that is wanted,
the anonymous interface, else nothing but questions about what earlier runs left open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from citecheck.archives.anonymous import AnonymousSaver
from citecheck.archives.fetcher import Fetcher, Within
from citecheck.archives.keys import Keys
from citecheck.archives.pace import Pace, Traffic
from citecheck.archives.quota import Quota
from citecheck.archives.resuming import Resuming
from citecheck.archives.save_page_now import SavePageNow
from citecheck.archives.saves import Saves, Submits
from citecheck.archives.saving import Saver
from citecheck.archives.stages import Stages
from citecheck.archives.wayback_cdx import WaybackIndex
from citecheck.records.archive import SaveState
from citecheck.records.memory import LinkRecord
from citecheck.records.ports import Clock, JobStore
from citecheck.settings import Settings

_NOT_MADE = (SaveState.SKIPPED, SaveState.NONE)


def saves_of(
    client: Fetcher,
    settings: Settings,
    keys: Keys | None,
    index: WaybackIndex,
    *,
    jobs: JobStore,
    records: Mapping[str, LinkRecord],
    clock: Clock,
    traffic: Traffic,
    stages: Stages,
) -> Saves:
    """The saves of a run that asks the archive of `settings` within `traffic`."""
    own = settings.archive
    service = SavePageNow(Within(client, traffic.left), own.wayback, keys, clock)
    made = _made_today(records.values(), clock)
    submits: Submits | None = None
    if keys is not None:
        limit = "the archive's save limit"
        pace = Pace(traffic, clock, own.saves_per_minute, why=limit, kept=True, line="saved")
        quota = Quota(service, own, traffic=traffic, clock=clock, made_today=made)
        submits = Saver(
            service, own, jobs=jobs, clock=clock, traffic=traffic, pace=pace, quota=quota
        )
    elif own.anonymous:
        submits = AnonymousSaver(
            client, own, jobs=jobs, clock=clock, traffic=traffic, made_today=made
        )
    resuming = Resuming(
        service,
        index,
        own,
        jobs=jobs,
        clock=clock,
        traffic=traffic,
        saving=settings.save and keys is not None,
    )
    return Saves(
        submits,
        resuming,
        settings,
        jobs=jobs,
        records=records,
        clock=clock,
        stages=stages,
        stopped=lambda: bool(traffic.stopped),
        waiting=own.concurrent_saves
        if keys is not None
        else 0,  # a session each is the Saver's care
    )


def _made_today(records: Iterable[LinkRecord], clock: Clock) -> int:
    """Captures of today (UTC, the archive's day) that are known of."""
    today = clock.now().date()
    saves = (r.save for r in records if r.save is not None and r.save.state not in _NOT_MADE)
    return sum(save.submitted is not None and save.submitted.date() == today for save in saves)

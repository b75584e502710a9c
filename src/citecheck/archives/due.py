"""What is asked in this run, in which order, and which answers of earlier runs stand. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import UTC, datetime, timedelta

from citecheck.archives.candidate import Candidate
from citecheck.archives.spn_codes import Course, course
from citecheck.records.archive import (
    SOFTWARE_HERITAGE,
    WAYBACK,
    Grade,
    LookupResult,
    LookupState,
    PassedOver,
    SaveOutcome,
    SaveState,
    Snapshot,
)
from citecheck.records.finding import State
from citecheck.records.link import Link
from citecheck.records.memory import LinkRecord
from citecheck.settings import ArchiveSettings
from citecheck.urls.originals import moment

_RESUBMIT = timedelta(days=1)  # after a save without an outcome
SAID = (LookupState.FOUND, LookupState.NONE, LookupState.EXCLUDED)
"""The archive's own word; in the other states it has said nothing about captures."""
_LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)
_OPEN = (SaveState.PENDING, SaveState.UNKNOWN)
_ARRIVES = timedelta(hours=12)  # until a new copy is sure to be in the index and to be shown


def rank(candidate: Candidate, record: LinkRecord | None) -> int:
    """The place in the queue: dead, then changed, then never answered, then the rest."""
    if candidate.state is State.DEAD:
        return 0
    if candidate.state is State.CHANGED:
        return 1
    asked = record is not None and record.lookup is not None and record.lookup.state in SAID
    return 3 if asked else 2


def kept_lookup(
    candidate: Candidate, record: LinkRecord | None, settings: ArchiveSettings, now: datetime
) -> LookupResult | None:
    """The answer of an earlier run, where it still stands: `found` for `keep_found`, `none` and
    `excluded` for `keep_none`, as is what only another archive had. Not where the cited date has
    changed since, nor where the link began to fail since, or failed once more and is about to count
    as dead: whether an archive got in after the first failure is what then matters. And no `none`
    from before a copy of ours arrived, or from before the link died."""
    if record is None or record.lookup is None or record.lookup.checked is None:
        return None
    if record.lookup.provisional:
        return None
    lookup, checked = record.lookup, record.lookup.checked
    if lookup.state is LookupState.FOUND:
        elsewhere = any(answer.state is LookupState.FOUND for answer in lookup.others)
        keep = settings.keep_none if elsewhere else settings.keep_found
    elif lookup.state in (LookupState.NONE, LookupState.EXCLUDED):
        keep = settings.keep_none
    else:
        return None
    if now - checked >= keep or checked < _outdating_strike(candidate, record):
        return None
    if lookup.state is LookupState.FOUND and not _same_date(candidate.link, record):
        return None
    if lookup.state is LookupState.NONE and _outlived(candidate, record, checked, now):
        return None
    return standing(candidate, record)


def _outlived(candidate: Candidate, record: LinkRecord, checked: datetime, now: datetime) -> bool:
    """Whether there is a copy since "no copies" was said, or the page is gone since."""
    made = (s for s in record.snapshots if s.role == "saved" and s.archive == WAYBACK)
    if any(checked < s.taken + _ARRIVES <= now for s in made):
        return True
    died = record.state != State.DEAD.value or checked < record.since
    struck = candidate.reason == "unreachable-confirmed"  # its failures have told already
    return candidate.state is State.DEAD and died and not struck


def arrived(saved: Snapshot, now: datetime) -> bool:
    """Whether a copy that was saved is old enough to be looked at: new ones are not shown yet."""
    return now - saved.taken >= _ARRIVES


def standing(candidate: Candidate, record: LinkRecord) -> LookupResult:
    """What the record holds, as an answer."""
    assert record.lookup is not None
    remote = tuple(s for s in record.snapshots if s.role != "local")
    return LookupResult(candidate.link.url, record.lookup, remote)


# How far an archive's clock may be ahead of this machine's.
_AHEAD = -timedelta(days=1)


def recent_copy(
    snapshots: Iterable[Snapshot],
    fresh: timedelta,
    now: datetime,
    unfit: Collection[PassedOver] = (),
) -> bool:
    """Whether an archive has a good capture younger than `fresh`; one of the future is none, nor is
    one of the Wayback Machine's that was found `unfit`."""
    stamps = {passed.stamp for passed in unfit}
    return any(
        s.role != "local"
        and not (s.archive == WAYBACK and f"{s.taken:%Y%m%d%H%M%S}" in stamps)
        and s.archive != SOFTWARE_HERITAGE  # a copy of the repository is none of the page
        and s.status in (None, 200)
        and _AHEAD <= now - s.taken < fresh
        for s in snapshots
    )


def newest(unfit: Iterable[PassedOver]) -> datetime | None:
    """The time of the newest of captures that were found unfit; None where there are none."""
    return max((t for one in unfit if (t := moment(one.stamp)) is not None), default=None)


def open_jobs(records: Iterable[LinkRecord]) -> list[tuple[str, SaveOutcome]]:
    """Saves of earlier runs whose outcome is not known, oldest first."""
    found = [(r.url, r.save) for r in records if r.save is not None and r.save.state in _OPEN]
    return sorted(found, key=lambda job: (str(job[1].submitted or ""), job[0]))


def is_open(save: SaveOutcome) -> bool:
    """Whether what became of it is not known."""
    return save.state in _OPEN


def settled(save: SaveOutcome | None, fresh: timedelta, now: datetime) -> bool:
    """Whether an earlier outcome stands, so that the page is not submitted again: a job under way,
    one without an outcome since yesterday, or a lasting refusal younger than `fresh`."""
    if save is None:
        return False
    if save.state is SaveState.PENDING:
        return True
    if save.submitted is None:
        return False
    age = now - save.submitted
    if save.state is SaveState.UNKNOWN:
        return _AHEAD <= age < _RESUBMIT
    lasting = save.state in (SaveState.FAILED, SaveState.REFUSED) and (
        save.reason.startswith("captured-")
        or save.reason in ("excluded", "http-400")
        or course(save.reason) in (Course.PERMANENT, Course.POLICY)
    )
    return lasting and age < fresh


def _outdating_strike(candidate: Candidate, record: LinkRecord) -> datetime:
    """The failure before which an answer says too little; long ago where there is none."""
    strikes, moment = record.strikes, None
    if candidate.reason == "unreachable-confirmed":
        moment = strikes.last
    elif candidate.state is State.UNREACHABLE:
        moment = strikes.first
    return moment or _LONG_AGO


def _same_date(link: Link, record: LinkRecord) -> bool:
    assert record.lookup is not None
    if record.lookup.basis == "document" and link.dated_by in ("", "year"):
        return True  # the records in references/ do not tell the day of their document
    if record.lookup.cited_on is not None:
        return link.cited_on == record.lookup.cited_on
    cited_on = link.cited_on
    cited = next((s for s in record.snapshots if s.role == "cited"), None)
    if cited_on is None or cited is None or record.lookup.grade is Grade.NONE:
        return cited_on is None and cited is None
    return abs((cited.taken.date() - cited_on).days) == record.lookup.days

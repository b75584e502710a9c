"""Which copies of a page stand beside each other: one of each slot, and none that is unfit."""

from __future__ import annotations

from collections.abc import Iterable

from citecheck.records.archive import SOFTWARE_HERITAGE, WAYBACK, PassedOver, Snapshot

_ROLES = ("cited", "latest", "saved", "local")


def newest_of_each(snapshots: Iterable[Snapshot]) -> tuple[Snapshot, ...]:
    """The newest of each slot, in the order of the roles; of one copy what was seen of it."""
    ordered = sorted(snapshots, key=lambda s: (s.taken, s.verified is not None))
    newest = {_slot(s): s for s in ordered}
    return tuple(newest[slot] for slot in sorted(newest))


def of_a_place(snapshot: Snapshot) -> bool:
    """Whether it was made for us, or is one of a whole repository."""
    return snapshot.role == "saved" or snapshot.archive == SOFTWARE_HERITAGE


def is_unfit(snapshot: Snapshot, passed_over: Iterable[PassedOver]) -> bool:
    """Whether a copy that the Wayback Machine made for us was seen to show something else."""
    ours = snapshot.role == "saved" and snapshot.archive == WAYBACK
    return ours and f"{snapshot.taken:%Y%m%d%H%M%S}" in {passed.stamp for passed in passed_over}


def _slot(snapshot: Snapshot) -> tuple[int, str]:
    """What there is one snapshot of: one of a role, but of saved copies one an archive. A copy of
    the whole repository stands beside those of the page and for none of them."""
    place = _ROLES.index(snapshot.role) if snapshot.role in _ROLES else len(_ROLES)
    if snapshot.role == "local":  # which of them are kept is told by `copies`
        return place, snapshot.url
    if snapshot.archive == SOFTWARE_HERITAGE or (
        snapshot.role == "saved" and snapshot.archive != WAYBACK
    ):
        return place, snapshot.archive
    return place, ""

"""The copy that a document cites beside a link: it makes a question to the index needless. Pure.

An author who gave a copy of about the day of citation has chosen already. That is enough for a page
that is there; of one that is lost or doubted, everything that the archive has is asked for.
"""

from __future__ import annotations

from datetime import datetime

from citecheck.archives.candidate import Candidate
from citecheck.archives.due import standing
from citecheck.archives.wayback_choice import Closeness, closeness
from citecheck.records.archive import (
    WAYBACK,
    Grade,
    Lookup,
    LookupResult,
    LookupState,
    Snapshot,
)
from citecheck.records.finding import WELL
from citecheck.records.memory import LinkRecord
from citecheck.urls.archived import Kind, recognise

NEAR = 30  # days from the citation
_SAID = "the document cites this copy; the archive's index was not asked"


def own_copy(
    candidate: Candidate, record: LinkRecord | None, wayback: str, now: datetime
) -> LookupResult | None:
    """The answer that a document's own copy at the Wayback Machine (its root `wayback`) makes, None
    where there is none near the day of citation, or the link is not well. An equal answer of an
    earlier run is that answer. It is provisional: should the page be lost, the index is asked."""
    link = candidate.link
    if candidate.state not in WELL:
        return None
    near: list[tuple[int, Snapshot]] = []
    for cited in link.archived:
        told = recognise(cited.url)
        if cited.archive != WAYBACK or cited.taken is None or told is None:
            continue
        if told.kind is not Kind.COPY or len(told.stamp) != 14 or told.guarded:
            continue
        if closeness(link.url, told.original) > Closeness.TWIN:
            continue
        days = abs((cited.taken.date() - link.cited_on).days) if link.cited_on else 0
        role = "cited" if link.cited_on else "latest"
        url = f"{wayback.rstrip('/')}/web/{told.stamp}/{told.original}"
        near.append((days, Snapshot(WAYBACK, url, cited.taken, role)))
    days, copy = min(near, key=lambda item: (item[0], item[1].url), default=(NEAR + 1, None))
    if copy is None or days > NEAR:
        return None
    before = record.lookup.detail if record and record.lookup else ""
    if record is not None and before.startswith(_SAID):
        known = {(s.url, s.role) for s in record.snapshots}
        if (copy.url, copy.role) in known:
            return standing(candidate, record)
    lookup = Lookup(
        LookupState.FOUND,
        now,
        Grade.NEAREST if link.cited_on else Grade.NONE,
        days if link.cited_on else None,
        _SAID,
        link.cited_on,
        link.dated_by,
        provisional=True,
    )
    return LookupResult(link.url, lookup, (copy,))

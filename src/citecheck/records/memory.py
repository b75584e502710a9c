"""What is remembered of a link between runs.

`LinkRecord` is a line of `archive/links.jsonl` (changes only on news); `Visit` is what `.state/`
keeps of the last visit and may be lost without losing a verdict.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from citecheck.records.archive import Lookup, SaveOutcome, Snapshot
from citecheck.records.finding import Baseline
from citecheck.records.observation import Sketch


@dataclass(frozen=True, slots=True)
class Strikes:
    """Failures that count: `first` and `last` are the moments of the first and the newest."""

    count: int = 0
    first: datetime | None = None
    last: datetime | None = None


@dataclass(frozen=True, slots=True)
class LinkRecord:
    """The durable memory of one link.

    `since` is when the present state and reason were first seen. `text_sha256`, `extractor` and
    `sha256` belong to the baseline's page. `previous_*` is the state before the present one.
    """

    url: str
    state: str
    reason: str
    confidence: str
    detail: str
    since: datetime
    first_seen: datetime
    previous_state: str = ""
    previous_reason: str = ""
    previous_at: datetime | None = None
    last_ok: datetime | None = None
    strikes: Strikes = Strikes()
    baseline: Baseline | None = None
    sha256: str = ""
    text_sha256: str = ""
    extractor: str = ""
    title: str = ""
    lookup: Lookup | None = None
    snapshots: tuple[Snapshot, ...] = ()
    save: SaveOutcome | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """What `.state/` keeps of a link: when it was visited, validators, the baseline's sketch."""

    url: str
    checked: datetime
    etag: str = ""
    last_modified: str = ""
    sha256: str = ""
    size: int = 0
    media_type: str = ""
    last_ok: datetime | None = None
    sketch: Sketch | None = None


@dataclass(frozen=True, slots=True)
class Memory:
    """Both halves for one link, or None where nothing is known."""

    record: LinkRecord | None = None
    visit: Visit | None = None

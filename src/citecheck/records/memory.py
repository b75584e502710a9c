"""What is remembered of a link between runs.

`LinkRecord` is a line of `archive/links.jsonl` (changes only on news); `Visit` is what `.state/`
keeps of the last visit and may be lost without losing a verdict.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
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
class Turn:
    """A change from one finding to another, each as `state/reason`."""

    at: datetime
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Unsteady:
    """A link that swings: `among` which findings (`state/reason`), how many `times`, since when."""

    among: tuple[str, ...]
    times: int
    since: datetime


@dataclass(frozen=True, slots=True)
class LinkRecord:
    """The durable memory of one link.

    `since` is when the present state and reason were first seen. `text_sha256`, `extractor` and
    `sha256` belong to the baseline's page. `previous_*` is the state before the present one.
    `turns` are the changes of late, `unsteady` says that they go to and fro. `save` is the Wayback
    Machine's, `saves` those of other places that keep copies, one each.
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
    turns: tuple[Turn, ...] = ()
    unsteady: Unsteady | None = None
    saves: tuple[SaveOutcome, ...] = ()


@dataclass(frozen=True, slots=True)
class Swing:
    """What an unsteady link shows at present, where that is not what was last told as news.

    `told` is the `since` of the record that it is laid over: with another record it is void. All
    other fields are those of `LinkRecord`.
    """

    told: datetime
    state: str
    reason: str
    confidence: str
    detail: str
    since: datetime
    previous_state: str = ""
    previous_reason: str = ""
    previous_at: datetime | None = None
    last_ok: datetime | None = None
    turns: tuple[Turn, ...] = ()
    unsteady: Unsteady | None = None


SWINGING = tuple(field.name for field in fields(Swing) if field.name != "told")


@dataclass(frozen=True, slots=True)
class Visit:
    """What `.state/` keeps of a link: when it was visited, validators, the baseline's sketch.

    `steady` counts the visits in a row that found the same. `final_url` is the address (without
    fragment) that was read, which the validators belong to; empty: that of the link.
    """

    url: str
    checked: datetime
    etag: str = ""
    last_modified: str = ""
    sha256: str = ""
    size: int = 0
    media_type: str = ""
    last_ok: datetime | None = None
    sketch: Sketch | None = None
    swing: Swing | None = None
    steady: int = 0
    final_url: str = ""


@dataclass(frozen=True, slots=True)
class Memory:
    """Both halves for one link, or None where nothing is known.

    `record` is what was last told as news; `present` what the last visit found, which is the same
    but for a link that swings.
    """

    record: LinkRecord | None = None
    visit: Visit | None = None

    @property
    def present(self) -> LinkRecord | None:
        record = self.record
        swing = self.visit.swing if self.visit else None
        if record is None or swing is None or swing.told != record.since:
            return record
        return replace(record, **{name: getattr(swing, name) for name in SWINGING})


class Visits(Mapping[str, Visit]):
    """The visits of what is remembered, each looked up when it is asked for: their sketches are
    large, and no run needs all at once."""

    def __init__(self, memory: Mapping[str, Memory]) -> None:
        self._memory = memory

    def __getitem__(self, url: str) -> Visit:
        visit = self._memory[url].visit
        if visit is None:
            raise KeyError(url)
        return visit

    def __iter__(self) -> Iterator[str]:
        return (url for url, known in self._memory.items() if known.visit is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)

"""The report of one run: what every format renders. Field names follow `link-health.json`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from citecheck.records.archive import Lookup, SaveOutcome, Snapshot
from citecheck.records.finding import Baseline, Finding
from citecheck.records.link import Cited
from citecheck.records.memory import Unsteady
from citecheck.records.observation import Hop
from citecheck.records.work import WorkRow


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """Counts for one document; `sha256` is empty where only its records were read."""

    path: str
    sha256: str
    notes: int
    citations: int
    references: int
    links: int


@dataclass(frozen=True, slots=True)
class Previous:
    state: str
    reason: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Content:
    """`bytes` decoded; hashes hex; `text_sha256` and `extractor` empty where no text was read."""

    bytes: int
    sha256: str
    text_sha256: str = ""
    extractor: str = ""
    baseline: Baseline | None = None


@dataclass(frozen=True, slots=True)
class LinkRow:
    """One link in the report. `url` is shown with values of secret parameters as `…`. `untold`: the
    link is `unsteady`, and its present finding is a swing that was no news. `kept` is the local
    copy that is on this machine while the report is made (`url`: its file)."""

    url: str
    finding: Finding
    since: datetime
    news: bool
    previous: Previous | None = None
    http_status: int | None = None
    final_url: str = ""
    hops: tuple[Hop, ...] = ()
    checked: datetime | None = None
    first_seen: datetime | None = None
    last_ok: datetime | None = None
    failures: int = 0
    title: str = ""
    media_type: str = ""
    content: Content | None = None
    lookup: Lookup | None = None
    snapshots: tuple[Snapshot, ...] = ()
    save: SaveOutcome | None = None
    citations: tuple[Cited, ...] = ()
    unsteady: Unsteady | None = None
    untold: bool = False
    saves: tuple[SaveOutcome, ...] = ()
    kept: Snapshot | None = None


@dataclass(frozen=True, slots=True)
class UnlinkedRow:
    reference: str
    title: str
    citations: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that was not read or not done: a source, a part of it, a step."""

    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Report:
    """`demo` marks a demonstration everywhere it is shown; `network_down` that nothing was
    concluded; `interrupted` that the run was cut short; `savable` counts links that `--save` would
    ask an archive to keep."""

    generated: datetime
    version: str
    vantage: str | None
    documents: tuple[DocumentRow, ...]
    links: tuple[LinkRow, ...]
    unlinked: tuple[UnlinkedRow, ...]
    skipped: tuple[Skipped, ...] = ()
    demo: bool = False
    network_down: bool = False
    interrupted: bool = False
    savable: int = 0
    works: tuple[WorkRow, ...] = ()

    def counts(self) -> dict[str, int]:
        """The `summary` of the contract: links by state, unlinked references, news."""
        states = (
            "ok",
            "moved",
            "changed",
            "mismatch",
            "dead",
            "blocked",
            "unreachable",
            "unchecked",
        )
        found = dict.fromkeys(states, 0)
        for row in self.links:
            found[row.finding.state.value] += 1
        return {
            "links": len(self.links),
            **found,
            "unlinked": len(self.unlinked),
            "news": sum(row.news for row in self.links),
        }

"""What a run does about local copies besides recording: which pages are asked for whole, what is
written down about the copies of pages that were well, and what the ledger remembers of them.

A copy is told of (a snapshot of the role `local`) only where the page was well, or had changed:
that of a wall, a login or an error page is no copy of the page. The ledger's line of a link gets
the first good copy, and one more when the page has changed since; a quiet run adds nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from citecheck import __version__
from citecheck.ledger.redaction import link_key
from citecheck.ledger.store import Ledger
from citecheck.records.archive import Snapshot
from citecheck.records.copies import Copy, Held
from citecheck.records.finding import WELL, Finding, State
from citecheck.records.memory import LinkRecord, Memory, Visit, Visits
from citecheck.records.observation import Observation
from citecheck.records.ports import Clock, Progress
from citecheck.records.report import LinkRow
from citecheck.remember import Remembered
from citecheck.requisites import Keeper, Requisites
from citecheck.settings import Settings
from citecheck.signals.look import look
from citecheck.urls.address import redact
from citecheck.warc.holdings import name_of
from citecheck.warc.pruning import Done
from citecheck.warc.writer import WarcRecorder
from citecheck.web.client import PoliteClient

LOCAL = "local"
_MOST_CITED = 100
_NOT_WHOLE = frozenset({"ok-paywalled", "ok-too-large"})


class Pages(Mapping[str, Visit]):
    """The visits of a memory, without the validators of pages that no copy is held of: these are
    asked for whole, since "not modified" would leave nothing to keep."""

    def __init__(self, visits: Visits, keeper: Keeper, incomplete: Mapping[str, Held] | None):
        self._visits, self._keeper, self._incomplete = visits, keeper, incomplete

    def __getitem__(self, url: str) -> Visit:
        visit = self._visits[url]
        if self._keeper.holds(visit.final_url or url) and self._complete(url):
            return visit
        return replace(visit, etag="", last_modified="")

    def _complete(self, url: str) -> bool:
        if self._incomplete is None:
            return True
        held = self._incomplete.get(link_key(url))
        return held is not None and held.complete

    def __iter__(self) -> Iterator[str]:
        return iter(self._visits)

    def __len__(self) -> int:
        return len(self._visits)


class LocalCopies:
    """Of one run. `held` is what the machine had before, `found` what this run has seen of it;
    `requisites` None: they are not wanted."""

    def __init__(
        self, keeper: Keeper, requisites: Requisites | None, held: Mapping[str, Held]
    ) -> None:
        self._keeper, self._requisites, self._held = keeper, requisites, held
        self._completed: set[str] = set()
        self.found: dict[str, Held] = {}
        self.look = look if requisites is None else requisites.looking(look)

    @property
    def told(self) -> str:
        """One line about the requisites; empty where there is nothing to tell."""
        return self._requisites.told if self._requisites else ""

    def visits(self, memory: Mapping[str, Memory]) -> Mapping[str, Visit]:
        return Pages(Visits(memory), self._keeper, self._held if self._requisites else None)

    async def complete(
        self,
        findings: Mapping[str, Finding],
        observations: Mapping[str, Observation],
        client: PoliteClient,
        until: float | None,
        progress: Progress,
    ) -> None:
        """Fetch what the pages that are well need; nothing begins past `until` (monotonic)."""
        if self._requisites is None:
            return
        shown = [o for u, o in observations.items() if u in findings and _good(findings[u])]
        await self._requisites.complete(shown, client, until, progress)
        self._completed = {o.url for o in shown if not o.not_modified}

    def noted(self, told: Remembered) -> Remembered:
        """What is remembered, with the copies of a run that is over; what was found out about them
        is written down beside them."""
        named = {redact(url): url for url in told.memory}
        rows: list[LinkRow] = []
        memory = dict(told.memory)
        for row in told.rows:
            url = named.get(row.url, "")
            copy = self._copy(row) if url else None
            if copy is None:
                rows.append(row)
                continue
            self._describe(row, copy)
            snapshot = Snapshot(LOCAL, name_of(copy), copy.taken, LOCAL, copy.status)
            self.found[url] = Held(url, snapshot, self._whole(url))
            record = memory[url].record
            if record is not None and _is_news(record, row, snapshot):
                snapshots = _with(record.snapshots, snapshot)
                memory[url] = replace(memory[url], record=replace(record, snapshots=snapshots))
                row = replace(row, snapshots=_with(row.snapshots, snapshot))
            rows.append(row)
        return replace(told, rows=tuple(rows), memory=memory)

    def _whole(self, url: str) -> bool:
        before = self._held.get(link_key(url))
        return url in self._completed or bool(before and before.complete)

    def _copy(self, row: LinkRow) -> Copy | None:
        """The copy of what this run saw of a link, if the page was well and it is whole."""
        if not _good(row.finding) or not row.final_url or row.checked is None:
            return None
        copy = self._keeper.copy_of(row.final_url, row.checked)
        well = copy is not None and copy.status is not None and 200 <= copy.status < 300
        return copy if well else None

    def _describe(self, row: LinkRow, copy: Copy) -> None:
        """Beside a new copy goes the hash of the main text, as the proof that it shows the text,
        and who cites the page."""
        if copy.visit != copy.record:
            return
        fields: list[tuple[str, str]] = []
        if row.content and row.content.text_sha256:
            fields.append(("citecheck-sha256-text", row.content.text_sha256))
            fields.append(("citecheck-extractor", row.content.extractor))
        for cited in row.citations[:_MOST_CITED]:
            fields.append(("citecheck-ref-id", cited.reference))
            fields.append(("citecheck-doc", f"{cited.document} note {cited.note}"))
        if fields:
            self._keeper.note(copy, tuple(dict.fromkeys(fields)))


def _good(finding: Finding) -> bool:
    """Whether what was seen is the page that is cited, or what has become of it."""
    well = finding.state in WELL or finding.state is State.CHANGED
    return well and finding.seen and finding.reason not in _NOT_WHOLE


def _is_news(record: LinkRecord, row: LinkRow, snapshot: Snapshot) -> bool:
    before = [s for s in record.snapshots if s.role == LOCAL]
    if not before:
        return True
    if row.finding.state is not State.CHANGED or any(s.url == snapshot.url for s in before):
        return False
    return max(s.taken for s in before) < record.since.replace(microsecond=0)


def _with(snapshots: Sequence[Snapshot], new: Snapshot) -> tuple[Snapshot, ...]:
    """The first copy, which shows what was cited, and the newest one, after all others."""
    locals_ = sorted((s for s in snapshots if s.role == LOCAL), key=lambda s: s.taken)
    return (*(s for s in snapshots if s.role != LOCAL), *locals_[:1], new)


def recorder_of(command: str, settings: Settings, ledger: Ledger) -> WarcRecorder | None:
    """Local copies: by default those of `run`; `archive` visits nothing that could be kept."""
    wanted = settings.warc if settings.warc is not None else command == "run"
    return ledger.recorder(f"citecheck/{__version__}") if wanted and command != "archive" else None


def copies_of(
    keeper: Keeper | None, held: Mapping[str, Held], settings: Settings, clock: Clock
) -> LocalCopies | None:
    """What a run does about its copies; None where none are kept."""
    if keeper is None:
        return None
    wanted = Requisites(keeper, settings, clock) if settings.warc_requisites else None
    return LocalCopies(keeper, wanted, held)


def settle(copies: LocalCopies | None, ledger: Ledger, settings: Settings) -> str:
    """Remember what this machine holds after a run; what there is to tell about it."""
    if copies is None:
        return ""
    ledger.keep_copies(copies.found.values())
    limit = settings.archive.warc_limit
    if limit is None:
        return copies.told
    done = ledger.prune_copies(limit, ledger.copies().values())
    return "\n".join(filter(None, (copies.told, _pruned(done, limit))))


def _pruned(done: Done, limit: int) -> str:
    lines = []
    if done.exchanges:
        gone = _megabytes(done.before - done.after)
        lines.append(
            f"Local copies: {done.exchanges:,} exchanges ({gone}) were removed (warc-limit)."
        )
    if done.after > limit:
        lines.append(
            f"Local copies take {_megabytes(done.after)}, above the limit of {_megabytes(limit)}: "
            "each that is left is the only one of its page, or the ledger tells of it."
        )
    return "\n".join(lines)


def _megabytes(size: int) -> str:
    return f"{size / 1e9:,.1f} GB" if size >= 1e9 else f"{size / 1e6:,.1f} MB"

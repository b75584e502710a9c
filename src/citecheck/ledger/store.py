"""The ledger: `references/` and `archive/`, read and written by one run at a time.

Everything a run keeps goes through here; where it lies is told by `layout`, how it is stored by the
modules named after it. Errors of the disk are LedgerError with one sentence. What is spoilt but can
be passed over is told in `warnings`.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from citecheck.disk import make_folder, read_bytes, sweep, write_bytes
from citecheck.errors import LedgerError
from citecheck.ledger import (
    copies,
    journal,
    jsonl,
    layout,
    links,
    lock,
    news,
    references,
    reports,
    sums,
    works,
)
from citecheck.ledger.codec import decode, encode
from citecheck.ledger.journal import Journal, Unfinished
from citecheck.ledger.links import Memories
from citecheck.ledger.manifests import Manifests
from citecheck.ledger.news import News
from citecheck.ledger.references import ReferencesWritten
from citecheck.ledger.shards import Table
from citecheck.records.copies import Held
from citecheck.records.memory import LinkRecord, Memory, Visit
from citecheck.records.pacing import Pacing
from citecheck.records.ports import Clock
from citecheck.records.reference import Reference
from citecheck.records.report import Skipped
from citecheck.records.work import Work
from citecheck.settings import Settings
from citecheck.warc.holdings import Holdings
from citecheck.warc.pruning import Done, prune, size_of
from citecheck.warc.writer import WarcRecorder


class Ledger:
    """The ledger of one project. Nothing is read or written before a method is called."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._clock = clock
        self._layout = layout.layout(settings)
        robots = "obey" if settings.robots else "ignore"
        self._about = (("operator", settings.contact), ("robots", robots))
        archive = self._layout.archive
        self._links = Table(archive, "links", "links")
        self._history = Table(archive, "history", "history")
        self._visits = Table(self._layout.state, "visits", "visits")
        self.warnings: list[str] = []

    @contextlib.contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the ledger for this process; raises LedgerError naming the run that holds it."""
        for path in self._layout.written():
            layout.refuse_stray(path, self._layout.root)
        self._make_private(self._layout.state)
        with lock.held(self._layout.lock, self._clock):
            for folder in self._layout.swept():
                sweep(folder)
            try:
                yield
            except BaseException:
                with contextlib.suppress(LedgerError):  # what went wrong first is what is told
                    self.note_sums()
                raise
            self.note_sums()

    @contextlib.contextmanager
    def undisturbed(self) -> Iterator[bool]:
        """Let no run begin while something is read; False where the folder takes no lock, such as
        one that is read-only. Raises LedgerError naming a run that is at work."""
        for path in self._layout.written():
            layout.refuse_stray(path, self._layout.root)
        with contextlib.ExitStack() as stack:
            self._refuse_running()
            try:
                self._make_private(self._layout.state)
                stack.enter_context(lock.held(self._layout.lock, self._clock))
                locked = True
            except LedgerError:
                self._refuse_running()
                locked = False
            yield locked

    def _refuse_running(self) -> None:
        if running := lock.holder(self._layout.lock, self._clock.now()):
            raise LedgerError(running)

    def note_sums(self) -> None:
        """Note how the files are left, for an audit (`sums`)."""
        sums.write(self._layout, self._clock.now())

    @property
    def manifests(self) -> Manifests:
        return Manifests(self._layout)

    def fingerprint(self) -> str:
        """A hash of all that is remembered of links for good: it changes with any news."""
        paths = [self._links.file, *sorted(self._links.shards.glob("*.jsonl"))]
        return " ".join(sums.digest(path) for path in paths if path.exists())

    def read_references(self) -> tuple[tuple[str, tuple[Reference, ...]], ...]:
        """Document paths with their references, by path; raises LedgerError with file and line."""
        return references.read(self._layout.references)

    def write_references(
        self, by_document: Sequence[tuple[str, Sequence[Reference]]], *, prune: bool = False
    ) -> ReferencesWritten:
        """Bring the files of these documents up to date; see `references.write`."""
        where = self._layout
        return references.write(where.references, where.root, by_document, prune=prune)

    def corrections(self) -> dict[str, dict[str, Any]]:
        """A person's corrections, fields by id; never written here."""
        return references.corrections(self._layout.references)

    def load(self) -> Memories:
        """What is remembered of every link, asked for by its address as cited."""
        return Memories(
            links.read_records(self._links, self.warnings),
            links.read_visits(self._visits, self.warnings),
        )

    def spoilt(self) -> tuple[Skipped, ...]:
        """The warnings so far, as a report tells them: that is shared, so files are named from the
        project's root, not from ours."""
        root = f"{self._layout.root}{os.sep}"
        return tuple(Skipped("ledger", warning.replace(root, "")) for warning in self.warnings)

    def save_links(self, records: Iterable[LinkRecord], *, forget: Iterable[str] = ()) -> None:
        """Lay these records over the stored ones, drop the links of `forget`; files whose bytes
        would stay are left alone. Above 10,000 links `links` and `history` become folders."""
        if links.write_records(self._links, records, forget):
            news.append_news(self._history, (), sharded=True)

    def save_visits(self, visits: Iterable[Visit]) -> None:
        """Lay these visits over the stored ones."""
        self._make_private(self._layout.state)
        links.write_visits(self._visits, visits)

    def append_history(self, rows: Iterable[News]) -> None:
        """Add lines to the history; they are on the disk when this returns."""
        news.append_news(self._history, rows, sharded=self._links.sharded)

    def keep(self, memory: Mapping[str, Memory], changed: Iterable[LinkRecord]) -> None:
        """Fold a run: append the news that the `changed` ones are, and store what is remembered.

        After this the journal may be closed; a kill before that repeats the folding, which changes
        nothing. News come first: what is remembered already is none for the run that repeats it.
        """
        pairs = [memory[url] for url in memory]
        self.append_history(news.news_of(record) for record in changed)
        self.save_links(m.record for m in pairs if m.record is not None)
        self.save_visits(m.visit for m in pairs if m.visit is not None)

    def read_history(self) -> tuple[News, ...]:
        return news.read_news(self._history, self.warnings)

    def open_journal(self, run: str = "") -> Journal:
        """The journal of this run (`run` is its name, if it has one); one that a killed run left is
        continued."""
        self._make_private(self._layout.state)
        return Journal(self._layout.journal, run, self._clock)

    def unfinished(self) -> Unfinished | None:
        """What killed runs have seen and no run has folded yet; ask before `open_journal`."""
        return journal.unfinished(self._layout.journal, self.warnings)

    def pacing(self) -> Pacing:
        """When an archive was asked last, as far as that is known."""
        try:
            return decode(Pacing, json.loads(read_bytes(self._layout.pacing) or b"{}"))
        except (ValueError, RecursionError):
            return Pacing()  # losing `.state/` loses a minute at most

    def keep_pacing(self, pacing: Pacing) -> None:
        self._make_private(self._layout.state)
        write_bytes(self._layout.pacing, jsonl.dump(encode(pacing)))

    def recorder(self, software: str) -> WarcRecorder:
        """The recorder of this run, to be used under the lock only.

        `software` is `citecheck/<version>`. Nothing is written before the first exchange but the
        files that let pywb replay the folder and git pass it over.
        """
        where = self._layout
        self._make_private(where.warc)
        self._make_private(where.indexes)
        if not where.pywb.exists():
            write_bytes(where.pywb, layout.PYWB_CONFIG)
        return WarcRecorder(
            where.warc, where.index, clock=self._clock, software=software, about=self._about
        )

    def copies(self) -> dict[str, Held]:
        """The newest good local copy of each link on this machine, by the link's name here."""
        return copies.read(self._layout.copies)

    def keep_copies(self, held: Iterable[Held]) -> None:
        """Lay these over the stored ones."""
        self._make_private(self._layout.state)
        copies.write(self._layout.copies, held)

    def works(self) -> dict[str, Work]:
        """What registries said of cited works, by reference; see `works`."""
        return works.read(self._layout.works, self._layout.works_asked, self.warnings)

    def keep_works(self, told: Iterable[Work]) -> None:
        """Lay these over the stored ones."""
        self._make_private(self._layout.state)
        works.write(self._layout.works, self._layout.works_asked, told)

    def holdings(self) -> Holdings:
        """What the folder of local copies holds now."""
        return Holdings(self._layout.warc, self._layout.index)

    def copy_path(self, file: str) -> str:
        """A file of local copies as people are told of it: relative to the project, if it lies
        inside."""
        path = self._layout.warc / file
        root = self._layout.root
        return (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()

    def prune_copies(self, limit: int, held: Iterable[Held]) -> Done:
        """Bring the folder of local copies below `limit` bytes, as far as that may be: see
        `warc.pruning`. Under the lock, after the recorder is closed."""
        where = self._layout
        size = size_of(where.warc)
        if size <= limit or not copies.worth_pruning(where.pruning, size, limit):
            return Done(size, size, 0)
        wanted = copies.wanted((m.record for m in self.load().values()), held)
        # Somewhat below, so that not every run has all files to read.
        done = prune(where.warc, where.index, limit - limit // 10, wanted, self._clock.now())
        copies.note_pruned(where.pruning, done.after, limit)
        return done

    def report_path(self, name: str) -> Path:
        """Where the report of a format (`json`, `md`, `html`, `jsonl`) lies by default."""
        return self._layout.report(name)

    def same_report(self, old: str, new: str) -> bool:
        """Whether two texts of `link-health.json` differ in nothing but the times of looking."""
        return reports.semantic_equal(old, new)

    def read_link_health(self) -> str | None:
        """The text of `link-health.json`, None where there is none."""
        return reports.read_text(self._layout.report("json"))

    def read_report(self, path: Path) -> str | None:
        """The text of a report, None where there is none; raises LedgerError."""
        return reports.read_text(path)

    def write_report(self, path: Path, text: str) -> None:
        """Put a report into a file, atomically; raises LedgerError."""
        if path.parent == self._layout.archive:
            layout.refuse_stray(path, self._layout.root)
        reports.write_report(path, text)

    def _make_private(self, folder: Path) -> None:
        """Make a folder that git passes over, unless a person has said otherwise there."""
        make_folder(folder)
        if not (folder / ".gitignore").exists():
            write_bytes(folder / ".gitignore", layout.IGNORE_ALL)

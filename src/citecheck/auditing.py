"""The story of `citecheck audit`: everything that is kept is read again, and damage is named.

Manifests first (their own seals, their chain, their time stamps), then every WARC file byte by byte
and record by record, the index against the records, what the ledger says of copies, the ledger's
own files against what the last run noted of them, and WACZ files. Nothing is written and no lock
taken: a run may be at work, which is then told. Files lie there for years on disks that lose bits;
so a copy that cannot be read is a finding here, not an error.
"""

from __future__ import annotations

import os
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from pathlib import Path

from citecheck import audited, configuration
from citecheck.audit_ledger import Kept, check_ledger, check_sums, local_copies
from citecheck.errors import LedgerError, SettingsError
from citecheck.ledger import lock, sums
from citecheck.ledger.layout import Layout, layout
from citecheck.ledger.manifests import COPY, Manifests, kept, stamp_of, uncompressed
from citecheck.proof import chain as chains
from citecheck.proof.chain import Chain
from citecheck.proof.copies import Copy, against_manifest, followed, records
from citecheck.proof.damage import Damage, Findings, Room
from citecheck.proof.index import Index
from citecheck.proof.manifest import Sealed
from citecheck.records.ports import Clock
from citecheck.settings import Settings
from citecheck.warc import pruned as prunings
from citecheck.warc import wacz_check
from citecheck.warc.captures import captures, key
from citecheck.warc.index import NAMES
from citecheck.warc.scan import Record as Scanned
from citecheck.web.clock import SystemClock

EXIT_WELL, EXIT_DAMAGE = 0, 1
_WACZ = ".wacz"


def perform(
    files: tuple[Path, ...], *, config: Path | None, flags: Mapping[str, object], form: str
) -> int:
    """What the command line calls; returns the exit code, raises CitecheckError for exit code 2."""
    if form not in ("text", "json"):
        raise SettingsError(f"--format is text or json, not {form!r}")
    settings = configuration.load(config, Path.cwd(), os.environ, flags)
    found = audit(settings, files, SystemClock())
    told = audited.as_json(found) if form == "json" else audited.text(found, quiet=settings.quiet)
    sys.stdout.write(told)
    return EXIT_DAMAGE if found.damage else EXIT_WELL


def audit(settings: Settings, files: tuple[Path, ...], clock: Clock) -> Findings:
    """Read everything (or these files) again. Raises SettingsError for what is no such file,
    LedgerError where there is nothing, or a folder cannot be read."""
    for path in files:
        if not path.name.endswith((_WACZ, COPY)):
            raise SettingsError(f"{path}: only {_WACZ} and {COPY} files can be audited")
        if not path.is_file():
            raise SettingsError(f"{path}: there is no such file")
    story = _Audit(layout(settings))
    if files:
        story.some(files)
        return story.found
    running = lock.holder(story.where.lock, clock.now())
    story.all(running)
    found = story.found
    if not (found.damage or found.counts.get("WARC files") or any(sums.kept(story.where))):
        raise LedgerError(
            f"{story.where.archive}: there is nothing to audit; `citecheck run` makes copies and a "
            "ledger"
        )
    return found


@dataclass(frozen=True, slots=True)
class _Revisit:
    """A record whose body is in another: by which names (hashes of them)."""

    damage: Damage
    names: tuple[int, ...]


@dataclass(slots=True)
class _Audit:
    where: Layout
    found: Findings = field(default_factory=Findings)
    chain: Chain = field(default_factory=Chain)
    originals: set[int] = field(default_factory=set)
    revisits: list[_Revisit] = field(default_factory=list)
    bodies: set[str] = field(default_factory=set)

    def all(self, running: str) -> None:
        if running:
            self.found.notes.append(f"{running}; what it writes meanwhile was not audited")
        noted = sums.read(self.where)
        manifests = Manifests(self.where)
        self._manifests(manifests, noted)
        with closing(Index(self.where.index, self._shown(self.where.index))) as index:
            for damage in index.damage:
                self.found.add(damage)
            self.found.count("index lines", index.count)
            self._copies(manifests, index, noted)
        for revisit in self.revisits:
            if not self.originals.intersection(revisit.names):
                self.found.add(revisit.damage)
        kept_here = Kept(self.bodies, self.originals)
        for damage in check_ledger(self.where, self._shown, self.found, kept_here):
            self.found.add(damage)
        for damage in local_copies(self.where, self._shown, self.originals):
            self.found.add(damage)
        for path in sorted(self.where.archive.rglob(f"*{_WACZ}")):
            self._wacz(path)
        check_sums(self.where, noted, self._shown, self.found, running=bool(running))
        if not self.found.counts.get("WARC files"):
            self.found.notes.append("no local copies are here: what is beside them was audited")
        if named := uncompressed(self.where):
            self.found.notes.append(f"not audited, as only {COPY} files are read: {named}")

    def some(self, files: Iterable[Path]) -> None:
        """These files alone, against the manifests of the archive folder if these name them."""
        manifests = Manifests(self.where)
        for name in manifests.names():
            list(self.chain.add(name, manifests.read(name) or b""))
        for path in files:
            if path.name.endswith(_WACZ):
                self._wacz(path)
                continue
            by = self.chain.sealed.get(path.name)
            named = chains.files(manifests.read(by) or b"", [path.name]) if by else {}
            if not named:
                self.found.notes.append(f"{path}: no manifest names it: it is not sealed")
            self._copy(Copy(path, self._shown(path), named.get(path.name)), None)
        apart = sum(not self.originals.intersection(one.names) for one in self.revisits)
        if apart:
            self.found.notes.append(f"the bodies of {apart} records are in other files")

    def _manifests(self, manifests: Manifests, noted: sums.Sums | None) -> None:
        for name in manifests.names():
            data = manifests.read(name) or b""
            self.found.count("manifests")
            for damage in self.chain.add(name, data):
                self._of_archive(damage)
            if manifests.stamped(name):
                said, wrong = chains.stamp(
                    stamp_of(name), manifests.read(stamp_of(name)) or b"", data
                )
                if wrong is not None:
                    self._of_archive(wrong)
                else:
                    self.found.count("time stamps")
                    self.found.notes.append(f"{name} was stamped {said}")
        for damage in self.chain.broken():
            self._of_archive(damage)
        for name, by in self.chain.missing().items():
            if kept(name) or (noted and f"archive/{name}" in noted.files):
                why = f"it is gone: {by} is chained to it"
                self._of_archive(Damage(Room.MANIFEST, name, why))
            else:
                self.found.notes.append(f"{name} is not here, as in a clone: {by} is chained to it")

    def _copies(self, manifests: Manifests, index: Index, noted: sums.Sums | None) -> None:
        here = manifests.copies()
        done = {row.file: row for row in prunings.read(self.where.warc)}
        for row in done.values():
            self.found.count("pruned records", len(row.records))
            self.originals.update(hash(record.id) for record in row.records)
        by_manifest: dict[str, list[str]] = defaultdict(list)
        for file, name in self.chain.sealed.items():
            by_manifest[name].append(file)
        elsewhere = 0
        for name, files in by_manifest.items():
            for sealed in chains.files(manifests.read(name) or b"", files).values():
                self.bodies.update(r.body_sha256 for r in sealed.records if r.body_sha256)
                if sealed.name in here:
                    self._one(sealed.name, sealed, index)
                    continue
                wanted = followed(sealed, done, here)
                if wanted.name in here:
                    self._check(self._file(wanted.name, wanted))
                elif not wanted.name and all(r.type == "warcinfo" for r in wanted.records):
                    continue  # all of it was pruned
                elif self._was_here(wanted.name, name, index, noted):
                    why = f"it is gone: {len(wanted.records)} records were sealed in it"
                    path = self._path(wanted.name or sealed.name)
                    self.found.add(Damage(Room.COPY, self._shown(path), why))
                else:
                    elsewhere += 1
        if elsewhere:
            those, are = ("file", "is") if elsewhere == 1 else ("files", "are")
            told = f"{elsewhere:,} WARC {those} that manifests name {are} not here, as in a clone"
            self.found.notes.append(told)
        for file in here:
            if file not in self.chain.sealed:
                self.found.notes.append(
                    f"{self._shown(self._path(file))} is not sealed yet: the next run does that"
                )
                self._one(file, None, index)
        for file in sorted(manifests.arriving().difference(here)):
            self.found.notes.append(f"{file} was not audited: it was not closed yet")
        for file in sorted(index.files.difference(here, self.chain.sealed)):
            if not os.path.isfile(self._path(file)):
                why = f"it names {file}, which is not there"
                self.found.add(Damage(Room.INDEX, self._shown(self.where.index), why))

    def _one(self, file: str, sealed: Sealed | None, index: Index) -> None:
        self._copy(self._file(file, sealed), index)

    def _copy(self, copy: Copy, index: Index | None) -> None:
        self._check(copy)
        damage: list[Damage] = []
        try:
            read = self._read(copy, records(copy, damage))
            places = (capture.place for capture in captures(copy.path.name, read))
            if index is None or not fnmatchcase(copy.path.name, NAMES):
                for _ in places:  # what other tools say in the index of their files is theirs
                    pass
            elif not index.lines_of(copy.path.name):
                number = sum(1 for _ in places)
                if number and copy.sealed is not None:
                    why = f"{copy.path.name}: none of its {number} pages is in the index"
                    damage.append(Damage(Room.INDEX, self._shown(self.where.index), why))
            else:
                damage += index.check(copy.path.name, places)
        except OSError as fault:
            damage.append(_unreadable(copy, fault))
        for one in damage:
            self.found.add(one)

    def _check(self, copy: Copy) -> None:
        try:
            for damage in against_manifest(copy):
                self.found.add(damage)
        except OSError as fault:
            self.found.add(_unreadable(copy, fault))

    def _read(self, copy: Copy, found: Iterator[Scanned]) -> Iterator[Scanned]:
        """The records as they come, counted, with what revisits need to find their originals."""
        self.found.count("WARC files")
        for record in found:
            self.found.count("records")
            self.found.count("bytes of records", record.length)
            uri, date = (record.fields.get(f"warc-{n}", "") for n in ("target-uri", "date"))
            if record.kind == "revisit":
                self._revisit(copy, record, uri)
            elif record.kind in ("response", "resource"):
                self.originals.update((hash(record.id), hash(key(uri, date))))
            yield record

    def _revisit(self, copy: Copy, record: Scanned, uri: str) -> None:
        said = record.fields.get
        names = [said("warc-refers-to", "")]
        if said("warc-refers-to-target-uri") and said("warc-refers-to-date"):
            names.append(
                key(said("warc-refers-to-target-uri", ""), said("warc-refers-to-date", ""))
            )
        why = f"its body is in the record {names[0]}, which is nowhere"
        damage = Damage(Room.COPY, copy.shown, why, record.offset, record.id, uri)
        hashes = tuple(hash(name) for name in names if name)
        if hashes and not self.originals.intersection(hashes):
            self.revisits.append(_Revisit(damage, hashes))

    def _wacz(self, path: Path) -> None:
        self.found.count("WACZ files")
        for why in wacz_check.problems(path):
            self.found.add(Damage(Room.EXPORT, self._shown(path), why))

    def _was_here(self, file: str, manifest: str, index: Index, noted: sums.Sums | None) -> bool:
        """Whether a file that is not there has been on this machine: the manifest beside it, the
        index and what the last run noted are of this machine alone."""
        return not kept(manifest) or file in index.files or (noted is not None
                                                             and file in noted.copies)  # fmt: skip

    def _of_archive(self, damage: Damage) -> None:
        self.found.add(replace(damage, file=self._shown(self.where.archive / damage.file)))

    def _file(self, name: str, sealed: Sealed | None) -> Copy:
        return Copy(self._path(name), self._shown(self._path(name)), sealed)

    def _path(self, file: str) -> Path:
        return self.where.warc / file

    def _shown(self, path: Path) -> str:
        try:
            return str(path.absolute().relative_to(Path.cwd()))
        except ValueError:
            return str(path)


def _unreadable(copy: Copy, fault: OSError) -> Damage:
    return Damage(Room.COPY, copy.shown, f"it cannot be read: {fault.strerror or fault}")

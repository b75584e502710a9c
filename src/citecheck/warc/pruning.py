"""Keeps the folder of local copies within a limit, without ever removing the only copy of a page.

What goes, in this order and the oldest first, until the folder is small enough:

1. `duplicate`: a body that the folder holds for the same address already, in full;
2. `unchanged`: records that a page was still the same, but for the newest of each address;
3. `intermediate`: versions of a page between the first and the newest;
4. `archived`: pages of which a public archive has a good copy taken within `NEAR` of ours, with
   what they need to be shown, unless another page needs it.

What stays whatever the limit: the copy that a page is compared with, and the original of every
revisit record that stays; and unless a public archive has the page, for each address the first and
the newest good copy and the newest answer, and every copy that the ledger tells of. Files in which
something cannot be read are left alone, and so are files of other programs.

A file loses records by being written anew: whole gzip members are copied, byte for byte, to a file
with another name (`…-p1.warc.gz`, then `…-p2`); the line in `pruned.jsonl` decides that it counts;
then the index is turned over to it in one step, and the old file removed. A run that is killed in
between leaves a folder that replays; the next one finishes the job or drops the new file.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from citecheck.disk import saying, sync_folder
from citecheck.warc import exchanges, pruned, recovery
from citecheck.warc.exchanges import Exchange, Member, Shelf
from citecheck.warc.headers import shown
from citecheck.warc.pruned import Pruned, PrunedRecord
from citecheck.warc.scan import Damage, scan

NEAR = timedelta(days=30)
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the ledger knows: `records` are ids of copies that it tells of, `bodies` the SHA-256 of
    pages that others are compared with, `archived` when public archives took good copies, by the
    address of the link."""

    records: frozenset[str] = frozenset()
    bodies: frozenset[str] = frozenset()
    archived: Mapping[str, tuple[datetime, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Done:
    """`before` and `after` are the bytes of all WARC files; `exchanges` counts what was removed."""

    before: int
    after: int
    exchanges: int


def size_of(folder: Path) -> int:
    """The bytes of all WARC files in a folder; raises LedgerError."""
    with saying(folder, "read"):
        return sum(p.stat().st_size for p in folder.glob("*.warc.gz")) if folder.is_dir() else 0


def prune(folder: Path, index: Path, limit: int, wanted: Wanted, now: datetime) -> Done:
    """Bring the folder below `limit` bytes, as far as that may be. Under the ledger's lock, while
    nothing is being recorded. Raises LedgerError."""
    before = size_of(folder)
    if before <= limit:
        return Done(before, before, 0)
    shelf = exchanges.read(folder)
    chosen = dict(_chosen(shelf, wanted, before - limit))
    files: dict[str, dict[int, tuple[Member, str]]] = {}
    for one, why in chosen.items():
        for member in one.members:
            files.setdefault(member.file, {})[member.offset] = (member, why)
    for name in sorted(files):
        _rewrite(folder, index, name, files[name], now)
    return Done(before, size_of(folder), len(chosen))


def _chosen(shelf: Shelf, wanted: Wanted, excess: int) -> Iterator[tuple[Exchange, str]]:
    """What is to go, with the reason, until so many bytes are gone."""
    choice = _Choice(shelf, wanted)
    for why, candidates in (
        ("duplicate", choice.duplicates),
        ("unchanged", choice.unchanged),
        ("intermediate", choice.intermediate),
        ("archived", choice.archived),
    ):
        for one in candidates():
            if excess <= 0:
                return
            if choice.drop(one):
                excess -= one.size
                yield one, why


class _Choice:
    def __init__(self, shelf: Shelf, wanted: Wanted) -> None:
        self._wanted = wanted
        self._spoilt = shelf.spoilt
        self._all = shelf.exchanges
        self._keys = shelf.by_key()
        self._gone: set[str] = set()
        self._leaning: dict[str, set[str]] = {}  # by original: the revisit records that need it
        for one in self._all.values():
            if one.revisit and (original := self._original(one)):
                self._leaning.setdefault(original, set()).add(one.id)
        self._compared = frozenset(self._baselines())
        self._held = frozenset(self._only())

    def drop(self, one: Exchange) -> bool:
        """Take it out, unless it is spoilt or a record that stays needs it."""
        if one.id in self._gone or self._leaning.get(one.id, set()) - self._gone:
            return False
        if any(member.file in self._spoilt for member in one.members):
            return False
        self._gone.add(one.id)
        return True

    def duplicates(self) -> Iterator[Exchange]:
        for rows in self._keys.values():
            seen: set[str] = set()
            for one in (e for e in rows if e.good and e.digest):
                if one.digest in seen and one.id not in self._wanted.records:
                    yield one
                seen.add(one.digest)

    def unchanged(self) -> Iterator[Exchange]:
        for rows in self._keys.values():
            same = [e for e in rows if e.revisit or e.method != "GET"]
            yield from same[:-1]

    def intermediate(self) -> Iterator[Exchange]:
        for one in sorted(self._all.values(), key=lambda e: e.date):
            if one.id not in self._held:
                yield one

    def archived(self) -> Iterator[Exchange]:
        """Pages that a public archive has, revisits before what they lean on; then what only such
        pages needed."""
        elsewhere = {shown(url): moments for url, moments in self._wanted.archived.items()}
        pages = [
            e for e in self._all.values()
            if not e.pages and e.id not in self._compared
            if _near(e.date, elsewhere.get(e.link, ()))
        ]  # fmt: skip
        yield from sorted(pages, key=lambda e: (not e.revisit, e.date))
        left = [e for e in self._all.values() if e.id not in self._gone]
        addresses = {e.key for e in left}
        needed = {key for e in left for key in e.needs} | {e.key for e in left if not e.pages}
        # A run that was killed has not told what its pages need: nothing is known of others then.
        known = {key for e in pages for key in e.needs}
        for one in sorted(left, key=lambda e: (not e.revisit, e.date)):
            if one.pages and one.key in known and not (one.pages & addresses or one.key in needed):
                yield one

    def _original(self, one: Exchange) -> str:
        if one.original in self._all:
            return one.original
        same = (e.id for e in self._keys.get(one.key, ()) if e.good and e.digest == one.digest)
        return next(same, "")

    def _baselines(self) -> Iterator[str]:
        """What pages are compared with: of each address the first copy with such a body."""
        for rows in self._keys.values():
            found = (e for e in rows if e.good and e.sha256 in self._wanted.bodies)
            yield from (e.id for e in islice(found, 1))

    def _only(self) -> Iterator[str]:
        """The records that must stay as long as nobody else has a copy."""
        yield from self._wanted.records
        yield from self._compared
        for rows in self._keys.values():
            good = [e for e in rows if e.good]
            kept = [*good[:1], *good[-1:], *[e for e in rows if not e.revisit][-1:]]
            yield from (e.id for e in kept)
            yield from (e.id for e in [e for e in rows if e.revisit][-1:])


def _near(date: str, moments: tuple[datetime, ...]) -> bool:
    try:
        taken = datetime.fromisoformat(date)
    except ValueError:
        return False
    taken = taken if taken.tzinfo else taken.replace(tzinfo=UTC)
    return any(abs(moment - taken) <= NEAR for moment in moments)


def _rewrite(
    folder: Path, index: Path, name: str, gone: Mapping[int, tuple[Member, str]], now: datetime
) -> None:
    """Write a file anew without these members (by offset); see the order at the top."""
    new = pruned.next_name(name)
    told: list[PrunedRecord] = []
    temporary = folder / f".citecheck-{os.getpid()}-pruning.tmp"
    with saying(folder / new, "written"):
        with open(folder / name, "rb") as source, open(temporary, "wb") as target:
            end = source.seek(0, os.SEEK_END)
            at = 0
            for offset in (*sorted(gone), end):
                _copy(source, target, at, offset)
                if offset == end:
                    break
                member, why = gone[offset]
                source.seek(offset)
                digest = hashlib.sha256(source.read(member.length)).hexdigest()
                told.append(
                    PrunedRecord(member.id, member.type, member.url, member.date, digest, why)
                )
                at = offset + member.length
            target.flush()
            os.fsync(target.fileno())
        if _answers(temporary):
            os.replace(temporary, folder / new)
            sync_folder(folder)
        else:
            temporary.unlink()
            new = ""
    at_text = now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    pruned.append(folder, Pruned(at_text, name, new, tuple(told)))
    recovery.turn_over(folder, index, name, new)


def _copy(source: BinaryIO, target: BinaryIO, start: int, end: int) -> None:
    source.seek(start)
    left = end - start
    while left:
        data = source.read(min(_CHUNK, left))
        if not data:
            raise OSError("the file is shorter than it was")
        target.write(data)
        left -= len(data)


def _answers(path: Path) -> bool:
    """Whether a file holds anything but the record that opens it."""
    with open(path, "rb") as stream:
        return any(isinstance(one, Damage) or one.kind != "warcinfo" for one in scan(stream))

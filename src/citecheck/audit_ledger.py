"""The ledger's own files in an audit: can they be read, are they as the last run left them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from citecheck.disk import read_bytes
from citecheck.errors import LedgerError
from citecheck.ledger import copies, jsonl, references, sums
from citecheck.ledger.codec import CodecError, decode
from citecheck.ledger.layout import Layout
from citecheck.ledger.sums import Sums
from citecheck.proof.damage import Damage, Findings, Room
from citecheck.records.memory import LinkRecord
from citecheck.warc.holdings import record_of

Shown = Callable[[Path], str]
_TABLES = ("links", "history")


@dataclass(frozen=True, slots=True)
class Kept:
    """What the copies hold: `bodies` by SHA-256, `records` by hashes of their ids."""

    bodies: set[str]
    records: set[int]


def check_ledger(where: Layout, shown: Shown, found: Findings, kept: Kept) -> Iterator[Damage]:
    """Lines and files that cannot be read; what the ledger says of copies is counted."""
    for table in _TABLES:
        for path in [where.archive / f"{table}.jsonl", *sorted((where.archive / table).glob("*"))]:
            if path.suffix == ".jsonl" and path.is_file():
                yield from _table(path, table, shown(path), found, kept)
    try:
        for _, held in references.read(where.references):
            found.count("records of references", len(held))
        references.corrections(where.references)
    except LedgerError as fault:
        yield Damage(Room.LEDGER, shown(where.references), f"it cannot be read: {fault}")
    report = where.report("json")
    try:
        json.loads(read_bytes(report) or b"null")
    except (ValueError, RecursionError):
        yield Damage(Room.LEDGER, shown(report), "it is no JSON text")


def _table(path: Path, table: str, file: str, found: Findings, kept: Kept) -> Iterator[Damage]:
    warnings: list[str] = []
    try:
        for row in jsonl.read(path, table, warnings):
            found.count(f"lines of {table}")
            if table != "links":
                continue
            try:
                record = decode(LinkRecord, row)
            except CodecError as fault:
                yield Damage(Room.LEDGER, file, f"{str(row.get('url'))[:200]}: {fault}")
                continue
            found.count(
                "baselines with their body among the copies", int(record.sha256 in kept.bodies)
            )
            named = [record_of(s.url) for s in record.snapshots if s.role == "local"]
            here = sum(hash(name) in kept.records for name in named)
            found.count("copies that the ledger names", here)
            found.count("copies that the ledger names and are not here", len(named) - here)
    except LedgerError as fault:
        yield Damage(Room.LEDGER, file, str(fault))
    for warning in warnings:
        yield Damage(Room.LEDGER, file, warning.removeprefix(f"{path}, "))
    with open(path, "rb") as stream:
        size = stream.seek(0, 2)
        stream.seek(max(size - 1, 0))
        if stream.read(1) not in (b"\n", b""):
            yield Damage(Room.LEDGER, file, "its last line is torn off")


def local_copies(where: Layout, shown: Shown, records: set[int]) -> Iterator[Damage]:
    """Copies that this machine should have; `records` are hashes of the ids of those it has."""
    for held in copies.read(where.copies).values():
        identity = record_of(held.snapshot.url)
        if identity and hash(identity) not in records:
            why = "the copy that was made of it is nowhere"
            yield Damage(Room.COPY, shown(where.warc), why, record=identity, address=held.url)


def check_sums(
    where: Layout, noted: Sums | None, shown: Shown, found: Findings, *, running: bool
) -> None:
    """What is not as the last run left it. While a run is at work nothing can be said; after one
    that was killed, whether it was that run's doing cannot be told."""
    if running:
        return
    if noted is None:
        found.notes.append(
            "how the last run left the ledger is not known here (.state/): only its form was read"
        )
        return
    # What a killed run leaves is later than what the run before it noted at its end.
    killed = _newer(where.journal, where.sums) or _newer(where.lock, where.sums)
    elsewhere = noted.references != sums.beside(where)
    for name, digest in noted.files.items():
        if elsewhere and name.startswith("references/"):
            continue  # they were others than those that are audited
        path = sums.where(where, name)
        if not path.is_file():
            why = f"it is gone since the last run ({noted.at})"
        elif sums.digest(path) != digest:
            why = "it is not as the last run left it (an edit, a merge, or damage)"
        else:
            found.count("files as the last run left them")
            continue
        if killed:
            found.notes.append(f"{shown(path)}: a run was cut off; the next one sets it right")
        else:
            found.add(Damage(_room(name), shown(path), why))


def _newer(one: Path, other: Path) -> bool:
    try:
        return one.stat().st_mtime_ns > other.stat().st_mtime_ns
    except OSError:
        return False


def _room(name: str) -> Room:
    if name.endswith(".tsr"):
        return Room.STAMP
    if name.startswith("archive/manifests/") or name.endswith(".manifest.json"):
        return Room.MANIFEST
    return Room.INDEX if name.startswith("archive/indexes/") else Room.LEDGER

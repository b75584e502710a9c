"""What was taken out of the folder to keep it within its limit: `warc/pruned.jsonl`.

The file begins with `{"schema": "citecheck/pruned/1"}`; each further line is one file that was
written anew without some of its records:

    {"at": "2026-11-22T03:14:15Z", "file": "citecheck-20261101030000-001.warc.gz",
     "into": "citecheck-20261101030000-001-p1.warc.gz",
     "records": [{"id": "<urn:uuid:…>", "type": "response", "url": "https://…",
                  "date": "2026-11-01T03:00:01.000001Z", "sha256": "…", "why": "intermediate"}]}

`file` is the name that went, `into` the one that holds what stayed, the very same bytes of every
other record in the same order (empty: nothing stayed). `records` lists all that were left out,
`request` and `metadata` records too; `sha256` is the hex digest of the record's gzip member as it
lay in `file`. `why` is `duplicate`, `intermediate`, `unchanged` or `archived`. A record of a
manifest that is in no file but in this list was pruned, not lost. A file may be pruned again: then
its `into` is the `file` of a later line. A torn last line says nothing: what it was to say has not
been done.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from citecheck.disk import read_bytes, saying, sync_folder

NAME = "pruned.jsonl"
SCHEMA = "citecheck/pruned/1"
_NAME = re.compile(r"citecheck-[A-Za-z0-9-]+\.warc\.gz")


@dataclass(frozen=True, slots=True)
class PrunedRecord:
    """One record that was left out; `sha256` is that of its gzip member."""

    id: str
    type: str
    url: str
    date: str
    sha256: str
    why: str


@dataclass(frozen=True, slots=True)
class Pruned:
    """One file that was written anew. `at`: UTC, ISO."""

    at: str
    file: str
    into: str
    records: tuple[PrunedRecord, ...]


def next_name(name: str) -> str:
    """The name of the file that takes the place of another one: `…-p1.warc.gz`, then `…-p2`."""
    stem, number = _numbered(name)
    return f"{stem}-p{number + 1}.warc.gz"


def before(name: str) -> tuple[str, ...]:
    """The name of the file whose place a file takes; empty for one that was never written anew."""
    stem, number = _numbered(name)
    if not number:
        return ()
    return (f"{stem}-p{number - 1}.warc.gz" if number > 1 else f"{stem}.warc.gz",)


def _numbered(name: str) -> tuple[str, int]:
    stem = name.removesuffix(".warc.gz")
    found = re.fullmatch(r"(.*)-p([0-9]{1,6})", stem)
    return (found[1], int(found[2])) if found else (stem, 0)


def read(folder: Path) -> tuple[Pruned, ...]:
    """What was pruned in a folder of WARC files, oldest first; lines that cannot be read are passed
    over. Raises LedgerError where the disk refuses."""
    return tuple(_rows(read_bytes(folder / NAME) or b""))


def append(folder: Path, done: Pruned) -> None:
    """Add a line; it is on the disk when this returns. Raises LedgerError."""
    path = folder / NAME
    old = read_bytes(path) or b""
    lines = b"" if old else _line({"schema": SCHEMA})
    if old and not old.endswith(b"\n"):
        lines = b"\n"  # the torn line of a kill stays a line of its own
    records = [
        {"id": r.id, "type": r.type, "url": r.url, "date": r.date, "sha256": r.sha256, "why": r.why}
        for r in done.records
    ]
    row = {"at": done.at, "file": done.file, "into": done.into, "records": records}
    with saying(path, "written"), open(path, "ab") as stream:
        stream.write(lines + _line(row))
        stream.flush()
        os.fsync(stream.fileno())
    sync_folder(folder)


def _line(row: object) -> bytes:
    return json.dumps(row).encode() + b"\n"


def _rows(data: bytes) -> Iterator[Pruned]:
    for line in data.splitlines(keepends=True):
        if not line.endswith(b"\n"):
            continue
        try:
            row = json.loads(line)
            records = tuple(
                PrunedRecord(**{k: str(v) for k, v in r.items()}) for r in row["records"]
            )
            done = Pruned(str(row["at"]), str(row["file"]), str(row["into"]), records)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            continue  # the schema's line, or one that a disk has spoilt
        # Files are removed by these names, and a project may come from strangers.
        if _NAME.fullmatch(done.file) and (not done.into or done.into == next_name(done.file)):
            yield done

"""The CDXJ index of a folder of WARC files, as pywb reads it.

A line is `<key> <14-digit time> <JSON>` with `url, mime, status, digest, length, offset, filename`
(offset and length as texts), sorted by bytes (`LC_ALL=C`); the index of a revisit record says
`warc/revisit`. Keys of our own come last, which other readers pass over: `date`, the WARC-Date with
its microseconds, and `id`, the record's name, so that a later run can point a revisit record at
exactly that record; `truncated` where a limit cut the body off.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from citecheck.disk import read_bytes, write_if_different
from citecheck.warc.surt import index_key

OPEN = ".open"  # at the end of a file's name while it is being written
REVISIT = "warc/revisit"
EMPTY_DIGEST = "3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a whole record lies: `date` as in WARC-Date, `digest` base32 without a label."""

    url: str
    date: str
    mime: str
    status: str
    digest: str
    length: int
    offset: int
    filename: str
    record: str
    truncated: str = ""

    def line(self) -> bytes:
        """The index line of this record, ending with a newline."""
        moment = "".join(c for c in self.date.partition(".")[0] if c.isdigit())[:14]
        row = {"url": self.url, "mime": self.mime}
        if self.mime != REVISIT:
            row["status"] = self.status
        row |= {
            "digest": self.digest,
            "length": str(self.length),
            "offset": str(self.offset),
            "filename": self.filename,
            "date": self.date,
            "id": self.record,
        }
        if self.truncated:
            row["truncated"] = self.truncated
        return f"{index_key(self.url)} {moment} {json.dumps(row)}\n".encode()


def merge(index: Path, places: Iterable[Place]) -> None:
    """Add records to the index file, sorted and without doubles; raises LedgerError."""
    new = {place.line() for place in places}
    if not new:
        return
    old = (read_bytes(index) or b"").splitlines(keepends=True)
    lines = {line for line in old if line.endswith(b"\n") and line.strip()} | new
    write_if_different(index, b"".join(sorted(lines)))


def entries(index: Path) -> Iterator[dict[str, str]]:
    """The JSON part of every readable line of an index; raises LedgerError."""
    for line in (read_bytes(index) or b"").splitlines():
        parts = line.split(b" ", 2)
        if len(parts) < 3:
            continue
        try:
            row = json.loads(parts[2])
        except ValueError:
            continue
        if isinstance(row, dict):
            yield {str(key): str(value) for key, value in row.items()}

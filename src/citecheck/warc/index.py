"""The CDXJ index of a folder of WARC files, as pywb reads it.

A line is `<key> <14-digit time> <JSON>` with `url, mime, status, digest, length, offset, filename`
(offset and length as texts), sorted by bytes (`LC_ALL=C`); the index of a revisit record says
`warc/revisit`. Keys of our own come last, which other readers pass over: `date`, the WARC-Date with
its microseconds, and `id`, the record's name, so that a later run can point a revisit record at
exactly that record; `truncated` where a limit cut the body off.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from citecheck.disk import read_bytes, write_bytes, write_if_different
from citecheck.warc.surt import index_key

NAMES = "citecheck-*.warc.gz"  # files of ours; the index tells of no others
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


class View:
    """An index in memory, whose lines are read when they are asked for: of a hundred thousand lines
    a run needs a few."""

    def __init__(self, data: bytes = b"") -> None:
        self._data = data
        self._files: dict[str, str] | None = None
        self._lines = sorted(data.splitlines())  # another tool may have left it unsorted

    @classmethod
    def read(cls, index: Path) -> View:
        """The index file as it is now; raises LedgerError."""
        return cls(read_bytes(index) or b"")

    def of(self, key: str) -> Iterator[dict[str, str]]:
        """The readable lines of a key (`surt.index_key`), oldest first."""
        start = f"{key} ".encode()
        at = bisect_left(self._lines, start)
        while at < len(self._lines) and self._lines[at].startswith(start):
            if row := _row(self._lines[at]):
                yield row
            at += 1

    def file_of(self, record: str) -> str:
        """The file in which a record lies, by its id; empty where no line names it."""
        if self._files is None:
            pairs = re.findall(rb'"filename":\s*"([^"\\]+)".*?"id":\s*"([^"\\]+)"', self._data)
            self._files = {i.decode("utf-8", "replace"): f.decode("utf-8", "replace")
                           for f, i in pairs}  # fmt: skip
        return self._files.get(record, "")

    def filenames(self) -> frozenset[str]:
        """The files of which the lines name records: those of other tools name places alone."""
        found = re.findall(rb'"filename":\s*"([^"\\]+)".*?"id":\s*"', self._data)
        return frozenset(name.decode("utf-8", "replace") for name in set(found))


def merge(index: Path, places: Iterable[Place]) -> None:
    """Add records to the index file, sorted and without doubles; raises LedgerError."""
    new = {place.line() for place in places}
    if not new:
        return
    old = (read_bytes(index) or b"").splitlines(keepends=True)
    lines = {line for line in old if line.endswith(b"\n") and line.strip()} | new
    write_if_different(index, b"".join(sorted(lines)))


def tidy(index: Path) -> None:
    """Sort an index that a merge of two branches or another tool has left out of order or with
    doubles: pywb finds what it looks for by halving. Raises LedgerError."""
    data = read_bytes(index) or b""
    lines = {line for line in data.splitlines() if line.strip()}
    wanted = b"".join(line + b"\n" for line in sorted(lines))
    if wanted != data:
        write_bytes(index, wanted)


def replace_file(index: Path, name: str, places: Iterable[Place]) -> None:
    """Put these records in the place of all that the index says of a file; raises LedgerError."""
    old = (read_bytes(index) or b"").splitlines(keepends=True)
    gone = re.compile(rb'"filename":\s*"%s"' % re.escape(name.encode()))
    lines = {line for line in old if line.endswith(b"\n") and not gone.search(line)}
    write_if_different(index, b"".join(sorted(lines | {place.line() for place in places})))


def entries(index: Path) -> Iterator[dict[str, str]]:
    """The JSON part of every readable line of an index; raises LedgerError."""
    return (row for line in (read_bytes(index) or b"").splitlines() if (row := _row(line)))


def _row(line: bytes) -> dict[str, str] | None:
    parts = line.split(b" ", 2)
    if len(parts) < 3:
        return None
    try:
        row = json.loads(parts[2])
    except (ValueError, RecursionError):
        return None
    return {str(k): str(v) for k, v in row.items()} if isinstance(row, dict) else None

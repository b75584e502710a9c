"""A CDXJ index in compressed blocks with an index of the blocks (ZipNum), and sorting of any size.

As in WACZ: `index.cdx.gz` is a row of gzip members of 3,000 lines each, `index.idx` names each by
the key and time of its first line, with `offset`, `length` and the SHA-256 of the compressed
block; its first line, `!meta`, names the file. Readers that know no blocks read the whole as one
gzip file.
"""

from __future__ import annotations

import hashlib
import heapq
import json
import tempfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from itertools import islice
from typing import IO

DATA, BLOCKS = "index.cdx.gz", "index.idx"
LINES = 3000
_IN_MEMORY = 50_000  # lines: what is more goes to temporary files, each sorted


class Sorter:
    """Sorts any number of lines by their bytes; to be closed."""

    def __init__(self, in_memory: int = _IN_MEMORY) -> None:
        self._in_memory = in_memory
        self._lines: list[bytes] = []
        self._runs: list[IO[bytes]] = []
        self._stack = ExitStack()

    def close(self) -> None:
        self._stack.close()

    def add(self, line: bytes) -> None:
        """A line with its end; raises OSError where the disk is full."""
        self._lines.append(line)
        if len(self._lines) >= self._in_memory:
            run: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 (kept open)
            self._stack.callback(run.close)
            run.writelines(sorted(self._lines))
            self._runs.append(run)
            self._lines = []

    def lines(self) -> Iterator[bytes]:
        """All lines in order, of doubles one."""
        for run in self._runs:
            run.seek(0)
        last = b""
        for line in heapq.merge(*self._runs, sorted(self._lines)):
            if line != last:
                yield line
            last = line


def write(lines: Iterable[bytes], put: Callable[[bytes], object]) -> bytes:
    """Hand the compressed blocks of sorted lines to `put`; returns the index of the blocks."""
    rows = [b"!meta 0 " + _json({"format": "cdxj-gzip-1.0", "filename": DATA})]
    offset, source = 0, iter(lines)
    while block := list(islice(source, LINES)):
        squeeze = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS + 16)
        data = squeeze.compress(b"".join(block)) + squeeze.flush()
        put(data)
        digest = f"sha256:{hashlib.sha256(data).hexdigest()}"
        place = {"offset": offset, "length": len(data), "digest": digest}
        rows.append(first_of(block[0]) + b" " + _json(place))
        offset += len(data)
    return b"".join(rows)


def first_of(line: bytes) -> bytes:
    """The key and time of a line, by which its block is named."""
    return b" ".join(line.split(b" ", 2)[:2])


def _json(value: object) -> bytes:
    return json.dumps(value).encode() + b"\n"

"""A ZIP file in one fixed form: nothing compressed, no times, no comments, no gaps.

APPNOTE 6.3.10. Everything that is no content follows from names, sizes and checksums, so the same
content makes the same bytes, and a reader who knows the form finds any byte of it that differs.
Sizes and places above 4 GiB are told in ZIP64 fields (`wide` where a file might become that long
and its header was written before that was known).
"""

from __future__ import annotations

import contextlib
import hashlib
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

LOCAL, CENTRAL, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
END64, LOCATOR = b"PK\x06\x06", b"PK\x06\x07"
FULL32, FULL16 = 0xFFFFFFFF, 0xFFFF
_DAY = 0x0021  # 1980-01-01, the first day that a ZIP file can tell
_UNIX = 3 << 8
_MODE = 0o100644 << 16
_OLD, _NEW = 20, 45  # the versions of ZIP that it takes to read a file: plain, ZIP64


@dataclass(frozen=True, slots=True)
class Entry:
    """A file in the ZIP: its bytes, their CRC-32, and where its local header begins."""

    name: str
    size: int
    crc: int
    offset: int
    wide: bool = False


def local_header(entry: Entry) -> bytes:
    """What stands before the bytes of a file."""
    name = entry.name.encode("ascii")
    size = FULL32 if entry.wide else entry.size
    extra = struct.pack("<HHQQ", 1, 16, entry.size, entry.size) if entry.wide else b""
    need = _NEW if entry.wide else _OLD
    fixed = struct.pack("<HHHHHLLL", need, 0, 0, 0, _DAY, entry.crc, size, size)
    return LOCAL + fixed + struct.pack("<HH", len(name), len(extra)) + name + extra


def central_row(entry: Entry) -> bytes:
    """The line of a file in the directory at the end."""
    name = entry.name.encode("ascii")
    large = entry.size >= FULL32
    far = entry.offset >= FULL32
    values = (entry.size, entry.size) * large + (entry.offset,) * far
    extra = struct.pack(f"<HH{len(values)}Q", 1, 8 * len(values), *values) if values else b""
    need = _NEW if values or entry.wide else _OLD
    size = FULL32 if large else entry.size
    fixed = struct.pack(
        "<HHHHHHLLLHHHHHLL",
        _UNIX | _NEW, need, 0, 0, 0, _DAY, entry.crc, size, size,
        len(name), len(extra), 0, 0, 0, _MODE, FULL32 if far else entry.offset,
    )  # fmt: skip
    return CENTRAL + fixed + name + extra


def ending(count: int, start: int, size: int) -> bytes:
    """What follows the directory of `count` files, `size` bytes from `start`."""
    out = b""
    if count >= FULL16 or start >= FULL32 or size >= FULL32:
        row = struct.pack("<QHHLLQQQQ", 44, _UNIX | _NEW, _NEW, 0, 0, count, count, size, start)
        out = END64 + row + LOCATOR + struct.pack("<LQL", 0, start + size, 1)
    few, near, short = min(count, FULL16), min(start, FULL32), min(size, FULL32)
    return out + END + struct.pack("<HHHHLLH", 0, 0, few, few, short, near, 0)


class Filling:
    """One file while it is being written; `size` and `sha256` (hex) are of what came so far. Set
    `dropped` to have it taken out again."""

    def __init__(self, name: str, stream: BinaryIO) -> None:
        self.name = name
        self.size = 0
        self.crc = 0
        self.dropped = False
        self._stream = stream
        self._hash = hashlib.sha256()

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()

    def write(self, data: bytes) -> None:
        self._stream.write(data)
        self._hash.update(data)
        self.crc = zlib.crc32(data, self.crc)
        self.size += len(data)


class ZipOut:
    """Writes files one after the other into `stream`, which must be seekable and at its start."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._entries: list[Entry] = []
        self.done: list[Filling] = []

    @contextlib.contextmanager
    def file(self, name: str, at_most: int = 0) -> Iterator[Filling]:
        """A file of an ASCII name; `at_most` says how long it can become where that may be 4 GiB
        or more."""
        offset, wide = self._stream.tell(), at_most >= FULL32
        self._stream.write(local_header(Entry(name, 0, 0, offset, wide)))
        filling = Filling(name, self._stream)
        yield filling
        if filling.dropped:
            self._stream.seek(offset)
            self._stream.truncate()
            return
        entry = Entry(name, filling.size, filling.crc, offset, wide)
        end = self._stream.tell()
        self._stream.seek(offset)
        self._stream.write(local_header(entry))
        self._stream.seek(end)
        self._entries.append(entry)
        self.done.append(filling)

    def put(self, name: str, data: bytes) -> None:
        """A whole file at once."""
        with self.file(name) as filling:
            filling.write(data)

    def close(self) -> None:
        """Write the directory; the stream stays open."""
        start = self._stream.tell()
        rows = b"".join(central_row(entry) for entry in self._entries)
        self._stream.write(rows + ending(len(self._entries), start, len(rows)))

"""Reads ZIP files that strangers may have made, and says everything that is wrong with their form.

APPNOTE 6.3.10. Nothing is trusted but what two places say alike: the directory at the end is read,
each local header is compared with it, and all of them together must fill the file without a gap or
an overlap (David Fifield, "A better zip bomb", WOOT 2019). Nothing is ever written to the disk;
what a file unpacks to is bounded by the size that was stated, and stated sizes by the file's own.
"""

from __future__ import annotations

import re
import struct
import unicodedata
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO

from citecheck.warc.zipped import CENTRAL, END, END64, FULL16, FULL32, LOCAL, LOCATOR

CHUNK = 1 << 16
_MOST_ENTRIES = 100_000
_MOST_DIRECTORY = 64_000_000  # bytes
_RATIO = 1_100  # DEFLATE cannot do better than 1032 to 1
STORED, DEFLATED = 0, 8


class ZipFault(ValueError):
    """The file cannot be read as a ZIP; `str()` says why."""


@dataclass(frozen=True, slots=True)
class Packed:
    """A file in the ZIP, as the directory has it. `start` is where its bytes begin."""

    name: str
    method: int
    size: int
    stored: int
    crc: int
    offset: int
    flags: int
    start: int = 0


@dataclass(frozen=True, slots=True)
class Opened:
    """What could be read, and `faults` of the form. `directory` is where the directory begins,
    `tail` all from there on."""

    files: dict[str, Packed]
    faults: tuple[str, ...]
    directory: int = 0
    tail: bytes = b""


def read(stream: BinaryIO, length: int) -> Opened:
    """The files of a ZIP of `length` bytes; raises ZipFault where it has no usable directory."""
    start, size, count, after = _end(stream, length)
    rows = list(_rows(_bytes(stream, start, size), count))
    faults: list[str] = []
    files: dict[str, Packed] = {}
    folded: set[str] = set()
    for row in rows:
        faults += _name_faults(row.name)
        same = unicodedata.normalize("NFC", row.name).casefold()
        if same in folded:
            faults.append(f"{row.name}: two files have this name")
        folded.add(same)
        files.setdefault(row.name, row)
    place = 0
    for row in sorted(rows, key=lambda r: r.offset):
        if row.offset != place:
            what = "overlaps what is before it" if row.offset < place else "has a gap before it"
            faults.append(f"{row.name}: {what}")
        begin, found, end = _local(stream, row, length)
        faults += found
        if files[row.name].offset == row.offset:
            files[row.name] = replace(row, start=begin)
        place = max(place, end)
    if place != start:
        faults.append("the directory does not begin where the last file ends")
    return Opened(files, tuple(faults), start, _bytes(stream, start, size + after))


def chunks(stream: BinaryIO, file: Packed) -> Iterator[bytes]:
    """The bytes of a file; raises ZipFault where they are not those that are stated."""
    if file.method not in (STORED, DEFLATED):
        raise ZipFault(f"is packed by a method that is not known ({file.method})")
    if file.flags & 1:
        raise ZipFault("is encrypted")
    size, crc = 0, 0
    stored = _stored(stream, file)
    for data in stored if file.method == STORED else _inflated(stored):
        size += len(data)
        crc = zlib.crc32(data, crc)
        if size > file.size:
            raise ZipFault("is longer than it says")
        yield data
    if size != file.size:
        raise ZipFault(f"has {size} bytes, not {file.size}")
    if crc != file.crc:
        raise ZipFault("is not what its checksum says")


def _stored(stream: BinaryIO, file: Packed) -> Iterator[bytes]:
    place, left = file.start, file.stored
    while left:
        data = _bytes(stream, place, min(CHUNK, left))  # others may read in between
        if not data:
            raise ZipFault("ends too early")
        place, left = place + len(data), left - len(data)
        yield data


def _inflated(stored: Iterator[bytes]) -> Iterator[bytes]:
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for data in stored:
            pending = data
            while pending:
                yield inflate.decompress(pending, CHUNK)
                pending = inflate.unconsumed_tail
        while more := inflate.decompress(b"", CHUNK):
            yield more
    except zlib.error:
        raise ZipFault("has compressed bytes that are broken") from None
    if not inflate.eof or inflate.unused_data:
        raise ZipFault("does not end where it says")


def _end(stream: BinaryIO, length: int) -> tuple[int, int, int, int]:
    """Where the directory begins, its bytes and files, and how many bytes follow it."""
    tail = _bytes(stream, max(0, length - 22 - FULL16), min(length, 22 + FULL16))
    at = tail.rfind(END)
    while at >= 0 and (len(tail) - at < 22 or at + 22 + _u16(tail, at + 20) != len(tail)):
        at = tail.rfind(END, 0, at)
    if at < 0:
        raise ZipFault("is no ZIP file, or its end is missing")
    place = length - len(tail) + at
    disk, first, here, count, size, start, _ = struct.unpack_from("<HHHHLLH", tail, at + 4)
    if disk or first or here != count:
        raise ZipFault("is one of several parts")
    end = place
    if place >= 20 and _bytes(stream, place - 20, 4) == LOCATOR:
        _, end, _ = struct.unpack("<LQL", _bytes(stream, place - 16, 16))
        row = _bytes(stream, end, 56)
        if len(row) < 56 or row[:4] != END64 or end + 56 != place - 20:
            raise ZipFault("has a broken end (ZIP64)")
        here, count, size, start = struct.unpack_from("<QQQQ", row, 24)
        if here != count:
            raise ZipFault("is one of several parts")
    elif FULL32 in (size, start) or count == FULL16:
        raise ZipFault("lacks the end that its size needs (ZIP64)")
    if start + size != end:
        raise ZipFault("its directory does not lie where its end says")
    if count > _MOST_ENTRIES or size > _MOST_DIRECTORY:
        raise ZipFault(f"holds more than {_MOST_ENTRIES} files, or a directory as large")
    return start, size, count, length - end


def _rows(directory: bytes, count: int) -> Iterator[Packed]:
    at = 0
    for _ in range(count):
        if directory[at : at + 4] != CENTRAL or len(directory) < at + 46:
            raise ZipFault("has a broken directory")
        fixed = struct.unpack_from("<HHHHHHLLLHHHHHLL", directory, at + 4)
        flags, method, crc, stored, size = fixed[2], fixed[3], fixed[6], fixed[7], fixed[8]
        named, extra, comment, offset = fixed[9], fixed[10], fixed[11], fixed[15]
        end = at + 46 + named + extra + comment
        if end > len(directory):
            raise ZipFault("has a broken directory")
        name = _decoded(directory[at + 46 : at + 46 + named], flags)
        wide = _wide(directory[at + 46 + named : end - comment])
        size, stored, offset = _widened(wide, size, stored, offset)
        yield Packed(name, method, size, stored, crc, offset, flags)
        at = end
    if at != len(directory):
        raise ZipFault("has more in its directory than it says")


def _widened(wide: bytes, *values: int) -> tuple[int, ...]:
    """The values, those that are full replaced by the 64-bit ones of the extra field in turn."""
    out, at = [], 0
    for value in values:
        if value == FULL32:
            if len(wide) < at + 8:
                raise ZipFault("lacks a size that does not fit (ZIP64)")
            value = struct.unpack_from("<Q", wide, at)[0]
            at += 8
        out.append(value)
    return tuple(out)


def _wide(extra: bytes) -> bytes:
    """The ZIP64 part of an extra field."""
    at = 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        if kind == 1:
            return extra[at + 4 : at + 4 + size]
        at += 4 + size
    return b""


def _local(stream: BinaryIO, row: Packed, length: int) -> tuple[int, list[str], int]:
    """Where the bytes of a file begin, what its local header says otherwise, and where it ends."""
    head = _bytes(stream, row.offset, 30)
    if len(head) < 30 or head[:4] != LOCAL:
        raise ZipFault(f"{row.name}: there is no file where the directory says")
    fixed = struct.unpack_from("<HHHHHLLLHH", head, 4)
    flags, method, crc, stored, size, named, extra = (fixed[i] for i in (1, 2, 5, 6, 7, 8, 9))
    rest = _bytes(stream, row.offset + 30, named + extra)
    begin = row.offset + 30 + named + extra
    end = begin + row.stored
    if len(rest) < named + extra or end > length:
        raise ZipFault(f"{row.name}: goes beyond the end")
    faults = []
    if row.size > row.stored * _RATIO + 1000 or (row.method == STORED and row.size != row.stored):
        raise ZipFault(f"{row.name}: says that it is larger than it can be")
    if _decoded(rest[:named], flags) != row.name or method != row.method or flags != row.flags:
        faults.append(f"{row.name}: its two headers differ")
    elif flags & 8:
        faults += _descriptor(stream, row, end)
        end += _descriptor_size(stream, row, end)
    else:
        size, stored = _widened(_wide(rest[named:]), size, stored)
        if (crc, stored, size) != (row.crc, row.stored, row.size):
            faults.append(f"{row.name}: its two headers differ")
    return begin, faults, end


def _descriptor_size(stream: BinaryIO, row: Packed, at: int) -> int:
    """Of the data descriptor, which has a signature or none and short or long sizes."""
    data = _bytes(stream, at, 24)
    sign = 4 if data[:4] == b"PK\x07\x08" else 0
    for form in ("<LLL", "<LQQ"):
        size = struct.calcsize(form)
        if len(data) >= sign + size:
            values = struct.unpack_from(form, data, sign)
            if values == (row.crc, row.stored, row.size):
                return sign + size
    return 0


def _descriptor(stream: BinaryIO, row: Packed, at: int) -> list[str]:
    found = _descriptor_size(stream, row, at)
    return [] if found else [f"{row.name}: what follows it differs from the directory"]


def _name_faults(name: str) -> list[str]:
    parts = name.removesuffix("/").split("/")
    if name.startswith("/") or re.match(r"[A-Za-z]:", name) or "\\" in name:
        return [f"{name}: is a name that leads out of the file"]
    if any(part in ("", ".", "..") for part in parts):
        return [f"{name}: is a name that leads out of the file"]
    if any(unicodedata.category(c) in ("Cc", "Cf", "Cs") for c in name):
        return [f"{name}: has characters in its name that cannot be shown"]
    return []


def _decoded(name: bytes, flags: int) -> str:
    return name.decode("utf-8", "backslashreplace") if flags & 0x800 else name.decode("cp437")


def _u16(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 2], "little")


def _bytes(stream: BinaryIO, at: int, size: int) -> bytes:
    if at >= 1 << 62:  # beyond what a file can be asked for
        return b""
    stream.seek(at)
    return stream.read(size)

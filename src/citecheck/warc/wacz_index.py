"""The part of a check of WACZ that goes through records and indexes: each row leads to its record.

Two passes in bounded memory: all records are read through to their ends, and of each that an index
may name a hash of what its row must say is held; then every row is compared with that.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import BinaryIO

from citecheck.warc import wacz_blocks
from citecheck.warc.captures import Capture, captures
from citecheck.warc.index import REVISIT
from citecheck.warc.part import Part
from citecheck.warc.scan import Damage, Record, scan
from citecheck.warc.surt import index_key
from citecheck.warc.unzip import STORED, Packed, ZipFault, chunks
from citecheck.warc.wacz import ARCHIVE, INDEXES

_RATIO = 200  # web pages shrink to a twentieth; a bomb to a thousandth
_ALWAYS = 64_000_000  # bytes that any file may unpack to
_LINE = 1 << 20
_ENOUGH = 1000
Pages = Sequence[tuple[str, str, str]]


@dataclass(slots=True)
class _Known:
    """`records`: file and place to the hash of what a row must say; `begin`: where any record
    begins; `waiting`: those of `records` that no row has named yet; `rows`: the addresses and
    seconds that pages ask for and rows have."""

    records: dict[tuple[str, int], bytes] = field(default_factory=dict)
    begin: set[tuple[str, int]] = field(default_factory=set)
    waiting: set[tuple[str, int]] = field(default_factory=set)
    rows: set[tuple[str, str]] = field(default_factory=set)


def problems(
    stream: BinaryIO, files: Mapping[str, Packed], pages: Pages, *, ours: bool
) -> Iterator[str]:
    """What is wrong with records, indexes, and pages as the indexes know them."""
    known = _Known()
    for name in sorted(n for n in files if n.startswith(ARCHIVE) and not n.endswith("/")):
        yield from _records(stream, files[name], known, ours=ours)
    wanted = {(url.partition("#")[0], at) for url, at, _ in pages}
    lists = sorted(n for n in files if n.startswith(INDEXES) and not n.endswith(("/", ".idx")))
    for name in lists:
        yield from _rows(name, _lines(stream, files[name]), known, wanted, ours=ours)
    for name in sorted(n for n in files if n.startswith(INDEXES) and n.endswith(".idx")):
        try:
            lines = _lines(stream, files[name])
            yield from wacz_blocks.problems(stream, files, name, lines)
        except ZipFault as fault:
            yield f"{name}: {fault}"
    if ours:
        for name, offset in sorted(known.waiting):
            yield f"{ARCHIVE}{name}, byte {offset}: no index names this record"
    for url, at, where in pages:
        if (url.partition("#")[0], at) not in known.rows:
            yield f"{where}: the page {url} of {at} is in no index"


def stamp(date: str) -> str:
    """A moment of WARC or RFC 3339 in 14 digits, UTC; as many digits as there are otherwise."""
    try:
        found = datetime.fromisoformat(date)
        found = found.astimezone(UTC) if found.tzinfo else found
    except (ValueError, OverflowError):  # the latter for a moment before the year 1
        return re.sub(r"\D", "", date)[:14]
    return found.strftime("%Y%m%d%H%M%S").rjust(14, "0")


def _records(stream: BinaryIO, packed: Packed, known: _Known, *, ours: bool) -> Iterator[str]:
    name = packed.name.removeprefix(ARCHIVE)
    if packed.method != STORED:
        yield f"{packed.name}: is compressed by the ZIP: its records cannot be found by place"
        return
    part = io.BufferedReader(Part(stream, packed.start, packed.stored))
    most = max(_ALWAYS, packed.stored * _RATIO)
    found: list[str] = []

    def whole() -> Iterator[Record]:
        for one in scan(part, packed=name.endswith(".gz"), most=most):
            why = (one.why,) if isinstance(one, Damage) else one.faults
            if len(found) < _ENOUGH:
                found.extend(f"{packed.name}, record at byte {one.offset}: {w}" for w in why)
            if isinstance(one, Record):
                known.begin.add((name, one.offset))
                yield one

    empty = True
    for capture in captures(name, whole()):
        empty = False
        place = capture.place
        known.records[name, place.offset] = _row_hash(_expected(capture))
        known.waiting.add((name, place.offset))
        if not place.url.isascii() or re.search(r"[\x00-\x20]", place.url):
            found.append(f"{packed.name}, record at byte {place.offset}: its address is no URI")
    yield from found
    if empty and not found and ours:
        yield f"{packed.name}: holds no page"


def _expected(capture: Capture) -> dict[str, str]:
    """What a row must say of a record, in the one form in which they are compared."""
    place = capture.place
    return {
        "url": place.url,
        "at": stamp(place.date),
        "digest": (capture.stated or place.digest).upper(),
        "length": str(place.length),
        "status": "" if place.mime == REVISIT else place.status,
        "revisit": str(place.mime == REVISIT),
    }


def _row_hash(row: Mapping[str, str]) -> bytes:
    return hashlib.blake2b(json.dumps(row).encode(), digest_size=16).digest()


def _rows(
    name: str, lines: Iterator[bytes], known: _Known, wanted: set[tuple[str, str]], *, ours: bool
) -> Iterator[str]:
    last, number = b"", 0
    try:
        for number, line in enumerate(lines, start=1):
            if line.startswith((b"!", b" CDX")):
                continue
            if line <= last:
                yield f"{name}, line {number}: is out of order or double"
            last = line
            yield from (f"{name}, line {number}: {w}" for w in _row(line, known, wanted, ours=ours))
    except ZipFault as fault:
        yield f"{name}: {fault}"
        return
    if not number:
        yield f"{name}: is empty"


def _row(line: bytes, known: _Known, wanted: set[tuple[str, str]], *, ours: bool) -> Iterator[str]:
    parts = line.split(b" ", 2)
    try:
        row = json.loads(parts[2]) if len(parts) == 3 else None
    except ValueError:
        row = None
    if not isinstance(row, dict) or not re.fullmatch(rb"\d{14,17}", parts[1]):
        yield "is no row of an index (key, time, JSON)"
        return
    said = {key: str(row.get(key, "")) for key in ("url", "digest", "length", "status", "mime")}
    offset, file = str(row.get("offset", "")), str(row.get("filename", ""))
    if not re.fullmatch(r"\d{1,18}", offset, re.ASCII):
        yield "does not say where its record lies"
        return
    at = parts[1][:14].decode()
    revisit = said["mime"] == REVISIT
    compared = {
        "url": said["url"],
        "at": at,
        "digest": said["digest"].rpartition(":")[2].upper(),
        "length": said["length"],
        "status": "" if revisit else said["status"],
        "revisit": str(revisit),
    }
    where = file, int(offset)
    there = known.records.get(where)
    if there is None and (ours or where not in known.begin):
        yield f"there is no record at byte {offset} of {file}"
    elif there is not None and there != _row_hash(compared):
        yield f"the record at byte {offset} of {file} is another: address, time, digest or length"
    known.waiting.discard(where)
    if ours and parts[0] != index_key(said["url"]).encode():
        yield "its key is not that of its address"
    if (said["url"], at) in wanted:
        known.rows.add((said["url"], at))


def _lines(stream: BinaryIO, packed: Packed) -> Iterator[bytes]:
    """The lines of an index, unpacked where it is compressed; raises ZipFault."""
    data = chunks(stream, packed)
    if packed.name.endswith(".gz"):
        data = _gunzipped(data, max(_ALWAYS, packed.stored * _RATIO))
    rest = b""
    for chunk in data:
        *whole, rest = (rest + chunk).split(b"\n")
        yield from whole
        if len(rest) > _LINE:
            raise ZipFault("has a line that is far too long")
    if rest:
        yield rest


def _gunzipped(data: Iterable[bytes], most: int) -> Iterator[bytes]:
    """Gzip members one after the other, as plain bytes."""
    inflate = zlib.decompressobj(zlib.MAX_WBITS + 16)
    try:
        for chunk in data:
            pending = chunk
            while pending:
                if inflate.eof:
                    inflate = zlib.decompressobj(zlib.MAX_WBITS + 16)
                out = inflate.decompress(pending, 1 << 16)
                most -= len(out)
                if most < 0:
                    raise ZipFault("unpacks to far more than a file of its size should")
                yield out
                pending = inflate.unused_data if inflate.eof else inflate.unconsumed_tail
    except zlib.error:
        raise ZipFault("has compressed bytes that are broken") from None
    if not inflate.eof:
        raise ZipFault("ends too early")

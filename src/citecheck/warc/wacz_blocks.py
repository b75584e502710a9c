"""The part of a check of WACZ that looks at the index of the blocks of an index (ZipNum)."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO

from citecheck.warc import zipnum
from citecheck.warc.unzip import STORED, Packed
from citecheck.warc.wacz import INDEXES

_LINE = 1 << 20


def problems(
    stream: BinaryIO, files: Mapping[str, Packed], name: str, lines: Iterable[bytes]
) -> Iterator[str]:
    """Whether an index of blocks tells where they lie, how they begin, and their hashes; `lines`
    are its own. Raises ZipFault where they do."""
    target, place = "", 0
    for number, line in enumerate(lines, start=1):
        key, _, text = line.partition(b" {")
        row = _told(b"{" + text)
        if key.startswith(b"!meta"):
            target = f"{INDEXES}{row.get('filename', '')}"
            continue
        packed = files.get(target)
        offset, length = row.get("offset"), row.get("length")
        if packed is None or offset != place or not isinstance(length, int) or length < 1:
            yield f"{name}, line {number}: does not say where a block lies"
            return
        part = Packed(name, STORED, length, length, 0, 0, 0, packed.start + place)
        if place + length > packed.stored or packed.method != STORED:
            yield f"{name}, line {number}: its block goes beyond the end"
            return
        yield from (f"{name}, line {number}: {w}" for w in _block(stream, part, key, row))
        place += length
    if target not in files or place != files[target].stored:
        yield f"{name}: does not name all blocks of its index"


def _block(stream: BinaryIO, part: Packed, key: bytes, row: Mapping[str, Any]) -> Iterator[str]:
    digest, first = hashlib.sha256(), b""
    inflate = zlib.decompressobj(zlib.MAX_WBITS + 16)
    place, left = part.start, part.stored
    while left:
        stream.seek(place)
        data = stream.read(min(left, 1 << 16))
        if not data:
            yield "its block ends too early"
            return
        digest.update(data)
        if b"\n" not in first and len(first) < _LINE and not inflate.eof:
            try:
                first += inflate.decompress(data, 1 << 16)
            except zlib.error:
                yield "its block does not begin where it says"
                return
        place, left = place + len(data), left - len(data)
    stated = row.get("digest")
    if stated is not None and stated != f"sha256:{digest.hexdigest()}":
        yield "its block is not the one of its digest"
    if zipnum.first_of(first.partition(b"\n")[0]) != key:
        yield "its block begins with another line"


def _told(text: bytes) -> dict[str, Any]:
    try:
        row = json.loads(text)
    except ValueError:
        return {}
    return row if isinstance(row, dict) else {}

"""Closes WARC files that a killed run left open, and indexes files that no index knows.

Each record is a gzip member of its own (RFC 1952), so a file is whole up to the end of its last
whole member; what follows is cut off. A file without any response is removed. To be called under
the ledger's lock, before a `WarcRecorder` is made: a file that another run is writing looks the
same.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from email.parser import BytesHeaderParser
from email.policy import HTTP
from pathlib import Path

from citecheck.disk import remove, saying, sync_folder
from citecheck.warc import index as cdxj
from citecheck.warc.index import OPEN, Place
from citecheck.warc.records import payload_digest

_HEAD = 1_000_000  # bytes of a record that are looked at: its WARC and HTTP headers
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class _Member:
    offset: int
    length: int
    head: bytes


def recover(folder: Path, index: Path) -> tuple[Path, ...]:
    """Repair what is in `folder` and bring `index` up to date; the files that were repaired.

    Raises LedgerError where the disk refuses.
    """
    repaired = []
    with saying(folder, "read"):
        left = sorted(folder.glob(f"citecheck-*.warc.gz{OPEN}"))
    for path in left:
        final = _close(path)
        if final is not None:
            repaired.append(final)
    with saying(folder, "read"):
        present = {p.name for p in folder.glob("citecheck-*.warc.gz")}
    known = {row.get("filename", "") for row in cdxj.entries(index)}
    for name in sorted(present - known):
        cdxj.merge(index, places(folder / name))
    return tuple(repaired)


def places(path: Path) -> list[Place]:
    """The records of a file that an index names, by their WARC and HTTP headers."""
    with saying(path, "read"):
        members = list(_members(path))
    requests: dict[str, str] = {}
    found = []
    for member in members:
        warc, _, rest = member.head.partition(b"\r\n\r\n")
        fields = _fields(warc)
        if fields.get("warc-type") == "request":
            requests[fields.get("warc-concurrent-to", "")] = rest[:9].decode("latin-1")
        elif fields.get("warc-type") in ("response", "revisit"):
            found.append((member, fields, rest))
    result = []
    for member, fields, rest in found:
        identity = fields.get("warc-record-id", "")
        place = _place(path.name, member, fields, rest.partition(b"\r\n\r\n")[0])
        method = requests.get(identity, "GET /").split(" ")[0]
        if place.status != "304" and method == "GET":
            result.append(place)
    return result


def _place(name: str, member: _Member, fields: dict[str, str], http: bytes) -> Place:
    status = http[9:12].decode("latin-1") if http.startswith(b"HTTP/") else ""
    kind = _fields(http).get("content-type", "").partition(";")[0].strip().lower()
    digest = fields.get("warc-payload-digest", "").removeprefix("sha1:")
    return Place(
        url=fields.get("warc-target-uri", ""),
        date=fields.get("warc-date", ""),
        mime=cdxj.REVISIT if fields.get("warc-type") == "revisit" else kind or "unk",
        status=status,
        digest=digest or payload_digest(b""),
        length=member.length,
        offset=member.offset,
        filename=name,
        record=fields.get("warc-record-id", ""),
        truncated=fields.get("warc-truncated", ""),
    )


def _fields(block: bytes) -> dict[str, str]:
    parsed = BytesHeaderParser(policy=HTTP).parsebytes(block.partition(b"\r\n")[2] + b"\r\n\r\n")
    return {name.lower(): str(value) for name, value in reversed(parsed.items())}


def _close(path: Path) -> Path | None:
    with saying(path, "repaired"):
        members = list(_members(path))
        final = path.with_name(path.name.removesuffix(OPEN))
        if all(b"\r\nWARC-Type: re" not in m.head.partition(b"\r\n\r\n")[0] for m in members):
            remove(path)
            return None
        end = members[-1].offset + members[-1].length
        with open(path, "r+b") as stream:
            stream.truncate(end)
            os.fsync(stream.fileno())
        os.replace(path, final)
        sync_folder(path.parent)
        return final


def _members(path: Path) -> Iterator[_Member]:
    """The whole gzip members from the start of the file; ends at the first torn one."""
    with open(path, "rb") as stream:
        offset, rest = 0, b""
        while True:
            inflate = zlib.decompressobj(zlib.MAX_WBITS + 16)
            head, used = b"", 0
            while not inflate.eof:
                chunk = rest or stream.read(_CHUNK)
                if not chunk:
                    return
                try:
                    data = inflate.decompress(chunk, _CHUNK)
                    rest = inflate.unconsumed_tail
                    used += len(chunk) - len(rest)
                except zlib.error:
                    return
                if len(head) < _HEAD:
                    head += data[: _HEAD - len(head)]
            rest = inflate.unused_data
            used -= len(rest)
            yield _Member(offset, used, head)
            offset += used

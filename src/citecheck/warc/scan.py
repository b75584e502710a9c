"""Reads the records of a WARC file through to their ends, in bounded memory, with their digests.

ISO 28500:2017 (WARC/1.1). In a `.warc.gz` each record is a gzip member of its own (annex D), so
`offset` and `length` name the member. What cannot be read is a `Damage`, never an exception: where
`resume` says at which places records begin, reading goes on at the next of them, otherwise the file
ends there. A digest that a record states is compared with what it holds, unless it cannot be said
which bytes were meant: a body that was cut off, or one whose chunked framing is kept.
"""

from __future__ import annotations

import base64
import hashlib
import io
import zlib
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

CHUNK = 1 << 16
HEAD = 1 << 20  # bytes: no record has headers longer than this, WARC's and HTTP's each
_HTTP = ("response", "request", "revisit")
_ALGORITHMS = {"sha1": "sha1", "sha256": "sha256", "sha512": "sha512", "md5": "md5"}


@dataclass(frozen=True, slots=True)
class Record:
    """One whole record. Field names are in lower case, of doubles the first one counts.

    `start` is the first line of HTTP, `http` its headers; `digest` the SHA-1 of the payload in
    base32, `payload` its bytes. `note` is the beginning of a record of `warc-fields`. `faults` say
    what is wrong in a record that can be read.
    """

    offset: int
    length: int
    fields: dict[str, str]
    start: str = ""
    http: dict[str, str] = field(default_factory=dict)
    digest: str = ""
    payload: int = 0
    note: str = ""
    faults: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        return self.fields.get("warc-type", "")

    @property
    def id(self) -> str:
        return self.fields.get("warc-record-id", "")


@dataclass(frozen=True, slots=True)
class Damage:
    """From `offset` on nothing can be read until the next record that is known of."""

    offset: int
    why: str


class Unreadable(ValueError):
    """`str()` says why in a few words."""


def scan(
    stream: BinaryIO,
    *,
    packed: bool = True,
    resume: Sequence[int] = (),
    most: int | None = None,
) -> Iterator[Record | Damage]:
    """The records of a file from its start; `packed` says that they are gzip members.

    `resume` are the places, in order, where records are known to begin; `most` is how many bytes
    the file may unpack to. Errors of the disk are raised as they are.
    """
    stream.seek(0)
    source = _Source(stream.read, most)
    while True:
        offset = source.position
        head = source.chunk()
        if not head:
            return
        source.back(head)
        try:
            yield _one(source, packed)
            continue
        except (Unreadable, zlib.error) as fault:
            why = str(fault) if isinstance(fault, Unreadable) else "its compressed bytes are broken"
        yield Damage(offset, why)
        following = bisect_right(resume, offset)
        if following == len(resume) or source.spent:
            return
        source.jump(stream.seek(resume[following]))


class _Source:
    """The file, a bounded piece at a time, with the bytes that were read too far put back."""

    def __init__(self, read: Callable[[int], bytes], most: int | None) -> None:
        self._read = read
        self._rest = b""
        self._most = most
        self.position = 0

    @property
    def spent(self) -> bool:
        return self._most is not None and self._most < 0

    def chunk(self) -> bytes:
        data, self._rest = self._rest or self._read(CHUNK), b""
        self.position += len(data)
        return data

    def back(self, data: bytes) -> None:
        self._rest = data + self._rest
        self.position -= len(data)

    def jump(self, position: int) -> None:
        self._rest, self.position = b"", position

    def spend(self, count: int) -> None:
        if self._most is not None:
            self._most -= count
            if self._most < 0:
                raise Unreadable("it unpacks to far more than a file of this size should")


class _Member:
    """The plain bytes of one gzip member, or those of a file that is not compressed."""

    def __init__(self, source: _Source, packed: bool) -> None:
        self._source = source
        self._inflate = zlib.decompressobj(zlib.MAX_WBITS + 16) if packed else None
        self._held = b""

    def _more(self) -> bytes:
        if self._inflate is None:
            return self._source.chunk()
        while not self._inflate.eof:
            data = self._inflate.unconsumed_tail or self._source.chunk()
            if not data:
                raise Unreadable("the file ends in the middle of it")
            out = self._inflate.decompress(data, CHUNK)
            self._source.back(self._inflate.unused_data)  # none before the end
            self._source.spend(len(out))
            if out:
                return out
        return b""

    def until(self, end: bytes, most: int) -> bytes:
        """What comes before `end`, which is passed over; raises Unreadable."""
        while (at := self._held.find(end)) < 0:
            more = self._more() if len(self._held) < most else b""
            if not more:
                raise Unreadable("it has no end of its headers")
            self._held += more
        found, self._held = self._held[:at], self._held[at + len(end) :]
        return found

    def pieces(self, count: int) -> Iterator[bytes]:
        """The next `count` bytes, or as many as there are."""
        while count:
            data = self._held or self._more()
            if not data:
                return
            self._held = data[count:]
            yield data[:count]
            count -= len(data[:count])

    def finish(self) -> int:
        """How many bytes are left of a member; what follows a plain record is put back."""
        if self._inflate is None:
            self._source.back(self._held)
            return 0
        left = len(self._held)
        while more := self._more():
            left += len(more)
        return left


class _Digest:
    """SHA-1 and, if a label names another algorithm, that one as well."""

    def __init__(self, stated: str) -> None:
        name, _, self._value = stated.strip().partition(":")
        self._name = _ALGORITHMS.get(name.lower().replace("-", ""), "")
        self.sha1 = hashlib.sha1(usedforsecurity=False)
        self._other = (
            hashlib.new(self._name, usedforsecurity=False)
            if self._name not in ("", "sha1")
            else None
        )

    def update(self, data: bytes) -> None:
        self.sha1.update(data)
        if self._other is not None:
            self._other.update(data)

    def differs(self) -> bool:
        """Whether a digest is stated that is not that of the bytes."""
        if not self._name:
            return False
        digest = (self._other or self.sha1).digest()
        base32 = base64.b32encode(digest).decode()
        return self._value.upper() != base32 and self._value.lower() != digest.hex()


def _one(source: _Source, packed: bool) -> Record:
    offset = source.position
    member = _Member(source, packed)
    warc = member.until(b"\r\n\r\n", HEAD)
    if not warc.startswith(b"WARC/"):
        raise Unreadable("it is no WARC record")
    fields = headers(warc.partition(b"\r\n")[2])
    stated = fields.get("content-length", "")
    if not (stated.isascii() and stated.isdigit() and len(stated) < 16):
        raise Unreadable("it does not say how long it is")
    length, kind = int(stated), fields.get("warc-type", "")
    with_http = kind in _HTTP and "application/http" in fields.get("content-type", "").lower()
    block = _Digest(fields.get("warc-block-digest", ""))
    payload = _Digest(fields.get("warc-payload-digest", ""))
    head, seeking, seen, size = b"", with_http, 0, 0
    note = io.BytesIO()
    for piece in member.pieces(length):
        seen += len(piece)
        block.update(piece)
        body = piece
        if seeking:
            head += piece
            at = head.find(b"\r\n\r\n")
            if at < 0 and len(head) < HEAD:
                continue
            seeking = False
            cut = at + 4 if at >= 0 else len(head)
            head, body = head[:cut], head[cut:]
        elif not with_http and note.tell() < HEAD:
            note.write(piece)
        payload.update(body)
        size += len(body)
    if seen < length:
        raise Unreadable(f"it ends after {seen} of its {length} bytes")
    end = b"".join(member.pieces(4))
    left = member.finish()
    start, http = _http(head)
    faults = []
    if end != b"\r\n\r\n" or left:
        faults.append("it does not end where it says")
    if block.differs():
        faults.append("its block is not the one of its digest")
    if _payload_is_known(fields, http) and payload.differs():
        faults.append("its payload is not the one of its digest")
    digest = base64.b32encode(payload.sha1.digest()).decode()
    text = note.getvalue().decode("utf-8", "replace") if kind in ("metadata", "warcinfo") else ""
    return Record(
        offset, source.position - offset, fields, start, http, digest, size, text, tuple(faults)
    )


def headers(block: bytes) -> dict[str, str]:
    """Header lines by name in lower case; a line that begins with a space continues the last."""
    found: dict[str, str] = {}
    last = ""
    for raw in block.split(b"\r\n"):
        line = raw.decode("utf-8", "replace")
        if line[:1] in (" ", "\t") and last:
            found[last] += f" {line.strip()}"
            continue
        name, colon, value = line.partition(":")
        last = name.strip().lower() if colon and name.strip().lower() not in found else ""
        if last:
            found[last] = value.strip()
    return found


def _http(head: bytes) -> tuple[str, dict[str, str]]:
    line, _, rest = head.partition(b"\r\n")
    return line.decode("utf-8", "replace"), headers(rest)


def _payload_is_known(fields: dict[str, str], http: dict[str, str]) -> bool:
    if fields.get("warc-type") == "revisit" or fields.get("warc-truncated"):
        return False
    return "chunked" not in http.get("transfer-encoding", "").lower()

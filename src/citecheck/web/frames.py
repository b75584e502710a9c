"""HTTP/2 frames on their way in: counted, so that a flood ends, and GOAWAY held back.

A frame is nine octets (length, type, flags, stream) and its payload (RFC 9113, 4.1); none may be
longer than the 16,384 octets that we allow. PING, SETTINGS, empty or one-byte DATA frames cost a
server nothing and a client a good deal (RFC 9113, 10.5; CVE-2019-9512 to 9518, CVE-2024-27316), so
an answer has an allowance of frames that grows with what it brings. A server that says GOAWAY still
finishes the streams up to the last one it names (6.8); `h2` refuses every frame after it, hence it
is kept from `h2` and told here.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import httpcore

HEAD = 9
LONGEST = 16_384
_DATA, _HEADERS, _PUSH_PROMISE, _GOAWAY, _CONTINUATION = 0, 1, 5, 7, 9
_FRAMES = 1_000  # free of charge in one answer
_PER_BLOCK = 10  # frames that one of headers counts for
_PER_FRAME = 128  # octets of content that pay for one more
_HEADER_OCTETS = 256_000  # of header blocks in one answer, compressed

CODES = {
    0x1: "PROTOCOL_ERROR",
    0x2: "INTERNAL_ERROR",
    0x3: "FLOW_CONTROL_ERROR",
    0x4: "SETTINGS_TIMEOUT",
    0x5: "STREAM_CLOSED",
    0x6: "FRAME_SIZE_ERROR",
    0x7: "REFUSED_STREAM",
    0x8: "CANCEL",
    0x9: "COMPRESSION_ERROR",
    0xA: "CONNECT_ERROR",
    0xB: "ENHANCE_YOUR_CALM",
    0xC: "INADEQUATE_SECURITY",
    0xD: "HTTP_1_1_REQUIRED",
}


class Flood(Exception):
    """The frames are too many, too long, or such as were never asked for."""


class Broken(httpcore.RemoteProtocolError):
    """HTTP/2 was agreed on and not kept. `untouched`: the server has not acted on the request."""

    def __init__(self, why: str, *, untouched: bool = False) -> None:
        super().__init__(f"HTTP/2: {why}")
        self.untouched = untouched


@dataclass(frozen=True, slots=True)
class GoAway:
    """The server takes no more streams; those up to `last` it still answers."""

    last: int
    code: int


@dataclass(slots=True)
class Frames:
    """What comes in on one connection. `again` begins the count for the next answer."""

    goaway: GoAway | None = None
    _torn: bytes = b""
    _count: int = field(default=0)
    _content: int = 0
    _headers: int = 0

    def again(self) -> None:
        self._count = self._content = self._headers = 0

    def feed(self, data: bytes) -> bytes:
        """The whole frames that `h2` is to see; raises Flood."""
        data = self._torn + data if self._torn else data
        start = at = 0
        passed: list[bytes] = []
        while len(data) - at >= HEAD:
            length = int.from_bytes(data[at : at + 3], "big")
            if length > LONGEST:
                raise Flood("a frame longer than was allowed")
            end = at + HEAD + length
            if end > len(data):
                break
            if not self._admit(data[at + 3], length, data[at + HEAD : min(end, at + HEAD + 8)]):
                passed.append(data[start:at])
                start = end
            at = end
        passed.append(data[start:at])
        self._torn = data[at:]
        return b"".join(passed)

    def _admit(self, kind: int, length: int, head: bytes) -> bool:
        self._count += 1
        if kind == _DATA:
            self._content += length
        elif kind in (_HEADERS, _CONTINUATION):
            self._headers += length
            self._count += _PER_BLOCK - 1
            if self._headers > _HEADER_OCTETS:
                raise Flood("headers without end")
        elif kind == _PUSH_PROMISE:
            raise Flood("a pushed answer that was refused beforehand")
        elif kind == _GOAWAY and len(head) == 8:
            last = int.from_bytes(head[:4], "big") & 0x7FFF_FFFF
            self.goaway = GoAway(last, int.from_bytes(head[4:], "big"))
            return False
        if self._count > _FRAMES + self._content // _PER_FRAME:
            raise Flood("a flood of frames that say nothing")
        return True

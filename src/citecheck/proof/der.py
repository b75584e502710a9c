"""DER as time stamps use it (X.690), read without being strict about the order within sets.

The order matters to no signature here, and a widespread authority software does not keep it.
"""

from __future__ import annotations

from dataclasses import dataclass

INTEGER, OCTETS, OID, SEQUENCE, SET, TIME = 0x02, 0x04, 0x06, 0x30, 0x31, 0x18
CONTEXT_0 = 0xA0
_DEEPEST_LENGTH = 4


@dataclass(frozen=True, slots=True)
class Node:
    """One value: its tag byte, its content, and all of its bytes."""

    tag: int
    content: bytes
    whole: bytes

    def parts(self, tag: int = SEQUENCE) -> list[Node]:
        """What is inside; raises ValueError where this is not of that tag."""
        return nodes(self.be(tag))

    def be(self, tag: int) -> bytes:
        """The content; raises ValueError where this is not of that tag."""
        if self.tag != tag:
            raise ValueError(f"tag {self.tag:#x} where {tag:#x} should be")
        return self.content

    def number(self) -> int:
        return int.from_bytes(self.be(INTEGER), "big", signed=True)


def only(data: bytes) -> Node:
    """The one value that these bytes are; raises ValueError."""
    (node,) = nodes(data)
    return node


def nodes(data: bytes) -> list[Node]:
    """The values that follow each other in these bytes; raises ValueError."""
    found, at = [], 0
    while at < len(data):
        begin = at
        if at + 2 > len(data):
            raise ValueError("cut off")
        tag, length = data[at], data[at + 1]
        at += 2
        if length >= 0x80:
            size = length & 0x7F
            if not 0 < size <= _DEEPEST_LENGTH or at + size > len(data):
                raise ValueError("a length that is none")
            length = int.from_bytes(data[at : at + size], "big")
            at += size
            if length < 0x80 or length.bit_length() <= 8 * (size - 1):
                raise ValueError("a length that is not written as short as can be")
        if at + length > len(data):
            raise ValueError("cut off")
        found.append(Node(tag, data[at : at + length], data[begin : at + length]))
        at += length
    return found

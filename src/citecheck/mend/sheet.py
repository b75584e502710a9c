"""The bytes of a document under the pen: places in characters, changes applied to bytes.

What is not changed is never decoded and encoded again: the bytes between two changes are copied.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from citecheck.mend.edits import Change, Unmendable
from citecheck.readers.decoding import Source, decode
from citecheck.records.document import Document, Span


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document with its bytes. `text` has the line ends of the file and the offsets of the
    readers' text; `newline` is the line end that the file uses."""

    document: Document
    data: bytes
    source: Source
    text: str
    newline: str

    def chars(self, span: Span) -> tuple[int, int]:
        """The characters that a range of bytes holds."""
        reach = range(len(self.text) + 1)
        return (
            bisect_left(reach, span.start, key=self.source.byte),
            bisect_left(reach, span.end, key=self.source.byte),
        )

    def line_start(self, line: int) -> int:
        """The character at which a line (from 1) begins."""
        return bisect_left(range(len(self.text)), line, key=self.source.line)

    def encoded(self, text: str) -> bytes:
        """Text in the file's own encoding; raises Unmendable for what that cannot say."""
        if self.newline != "\n":
            text = text.replace("\n", self.newline)
        try:
            return text.encode(self.source.encoding)
        except UnicodeEncodeError:
            raise Unmendable(
                f"its words cannot be written in the file's encoding ({self.source.encoding})"
            ) from None

    def applied(self, changes: Iterable[Change]) -> bytes:
        """The bytes with the changes made; raises Unmendable where two of them overlap."""
        parts: list[bytes] = []
        at, reached = 0, -1
        for change in sorted(changes, key=lambda c: (c.start, c.end)):
            if change.start < reached:
                raise Unmendable("two edits meet at the same place")
            start, end = self.source.byte(change.start), self.source.byte(change.end)
            parts += (self.data[at:start], self.encoded(change.text))
            at, reached = end, change.end
        return b"".join((*parts, self.data[at:]))


def sheet_of(document: Document, data: bytes) -> Sheet:
    """The sheet of a document that was read from these bytes."""
    source = decode(document.path, data)
    text = data[source.byte(0) :].decode(source.encoding)
    returns = len(re.findall("\r(?!\n)", text))
    pairs = text.count("\r\n")
    lone = text.count("\n") - pairs
    most = max(returns, pairs, lone)
    newline = "\r\n" if most and pairs == most else "\r" if most and returns == most else "\n"
    return Sheet(document, data, source, text, newline)

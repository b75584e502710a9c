"""Bytes to text, keeping the way back: every character knows the bytes it came from.

Order: byte order mark (UTF-8, UTF-16), a charset that the file itself declares (HTML, XML), UTF-8,
then windows-1252 and ISO 8859-1, which never fail and are therefore said in a warning. Line ends
become `\\n` without a change of length, so that offsets hold.
"""

from __future__ import annotations

import codecs
import re
from array import array
from bisect import bisect_right
from itertools import accumulate

from citecheck.errors import SourceError
from citecheck.records.document import Span

_CHARSET = re.compile(
    rb"""(?i)(?:<meta[^>]{0,200}?charset|<\?xml[^>]{0,100}?encoding)\s*=\s*["']?([\w.:-]+)"""
)
# Signatures of formats that are not text, as `file` knows them, and what a person calls them.
_BINARY: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF file"),
    (b"{\\rtf", "an RTF file"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Microsoft Office file (.doc, .xls, .ppt)"),
    (b"\x1f\x8b", "a gzip file"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"%!PS", "a PostScript file"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ", "an xz file"),
)
_ZIPPED: tuple[tuple[bytes, str], ...] = (
    (b"application/epub+zip", "an EPUB file"),
    (b"application/vnd.oasis.opendocument.text", "an OpenDocument text (.odt)"),
    (b"word/", "a Word file (.docx)"),
    (b"xl/", "an Excel file (.xlsx)"),
    (b"ppt/", "a PowerPoint file (.pptx)"),
)


class Source:
    """The text of a file with line ends as `\\n`, and the way from its characters to the bytes."""

    __slots__ = ("_bytes", "_lines", "encoding", "text", "warnings")

    def __init__(self, text: str, encoding: str, base: int, warnings: tuple[str, ...]) -> None:
        self.warnings = warnings
        self.encoding = encoding
        self._bytes = _byte_offsets(text, encoding, base)
        self.text = text.replace("\r\n", " \n").replace("\r", "\n")
        self._lines = array("q", (m.end() for m in re.finditer("\n", self.text)))

    def byte(self, offset: int) -> int:
        """The byte at which the character at `offset` begins."""
        return self._bytes[offset]

    def span(self, start: int, end: int) -> Span:
        """The bytes of a range of characters."""
        return Span(self._bytes[start], self._bytes[max(start, end)])

    def line(self, offset: int) -> int:
        """The line (from 1) that holds the character at `offset`."""
        return bisect_right(self._lines, offset) + 1


def _byte_offsets(text: str, encoding: str, base: int) -> array[int] | range:
    if encoding in ("cp1252", "latin-1") or (encoding == "utf-8" and text.isascii()):
        return range(base, base + len(text) + 1)
    if encoding == "utf-8":
        sizes = (
            1 if c < "\x80" else 2 if c < "\u0800" else 3 if c < "\U00010000" else 4 for c in text
        )
    elif encoding.startswith("utf-16"):
        sizes = (2 if c < "\U00010000" else 4 for c in text)
    else:
        sizes = (len(c.encode(encoding)) for c in text)
    return array("q", accumulate(sizes, initial=base))


def decode(path: str, data: bytes) -> Source:
    """The text of a file; raises SourceError, naming the format, for what is not text."""
    for bom, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(bom):
            try:
                return Source(data[len(bom) :].decode(encoding), encoding, len(bom), ())
            except UnicodeDecodeError:
                if encoding != "utf-8":
                    raise SourceError(
                        path, f"{path}: the file is damaged: it says UTF-16 and is not"
                    ) from None
    _refuse_binary(path, data)
    try:
        return Source(data.decode("utf-8"), "utf-8", 0, ())
    except UnicodeDecodeError:
        pass
    return _declared(data) or _western(data)


def _refuse_binary(path: str, data: bytes) -> None:
    kind = ""
    if data.startswith(b"PK\x03\x04"):
        head = data[:4096] + data[-65536:]
        kind = next((name for sign, name in _ZIPPED if sign in head), "a ZIP archive")
    else:
        head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
        kind = next((name for sign, name in _BINARY if head.startswith(sign)), "")
    if not kind and b"\0" in data:
        sample = data[:4000]
        if max(sample[0::2].count(0), sample[1::2].count(0)) > len(sample) // 5:
            kind = "UTF-16 text without a byte order mark; save it as UTF-8 first. It"
        else:
            kind = "a binary file of an unknown kind"
    if kind:
        raise SourceError(
            path,
            f"{path}: this is {kind} cannot be read"
            if kind.endswith("It")
            else f"{path}: this is {kind}, which cannot be read yet;"
            " convert it to Markdown, HTML or plain text",
        )


def _declared(data: bytes) -> Source | None:
    declared = _CHARSET.search(data[:2048])
    if declared is None:
        return None
    try:
        name = codecs.lookup(declared[1].decode("ascii")).name
        if name.startswith(("utf", "iso2022", "hz")) or name in ("cp1252", "iso8859-1", "ascii"):
            return None
        text = data.decode(name)
        source = Source(text, name, 0, ())
    except (LookupError, ValueError):
        return None
    return source if source.byte(len(text)) == len(data) else None


def _western(data: bytes) -> Source:
    for encoding, name in (("cp1252", "windows-1252"), ("latin-1", "ISO 8859-1")):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return Source(
            text,
            encoding,
            0,
            (f"The file is not UTF-8; it was read as {name}: check the accents.",),
        )
    raise AssertionError("ISO 8859-1 decodes every byte")

"""Content decoding with a bound: gzip (RFC 1952, several members), deflate (zlib or raw), Brotli.

13 kB of a compressed body can stand for gigabytes, and a limit checked after decoding is too late:
here the decoder itself never produces more than is left of the bound. Nested and unknown codings
are refused, not guessed at. Brotli (RFC 7932) is not asked for, as gzip does for pages and every
replay tool reads it; but some servers send it to everybody, and browsers show what they send.
"""

from __future__ import annotations

import zlib
from functools import cache
from typing import Any, Protocol

_MEMBERS = 1000


class Undecodable(Exception):
    """The coding is unknown or nested, or the bytes are not what it says."""


class Coding(Protocol):
    def feed(self, data: bytes, room: int) -> bytes:
        """At most `room` decoded bytes for more input; raises Undecodable."""
        ...

    def complete(self) -> bool:
        """Whether the coded data ended where it should."""
        ...


class Identity:
    def feed(self, data: bytes, room: int) -> bytes:
        return data[:room]

    def complete(self) -> bool:
        return True


class Gzip:
    """Members follow one another; zero padding and rubbish after the last one are ignored. Data
    that does not begin like gzip is taken as it is: some servers only claim to compress."""

    def __init__(self) -> None:
        self._inflate = zlib.decompressobj(16 + zlib.MAX_WBITS)
        self._head = b""
        self._plain: bool | None = None
        self._members = 0
        self._over = False
        self._between = b""

    def feed(self, data: bytes, room: int) -> bytes:
        if self._plain is None:
            self._head += data
            if len(self._head) < 2:
                return b""
            self._plain, data = self._head[:2] != b"\x1f\x8b", self._head
        if self._plain:
            return data[:room]
        out = bytearray()
        data = self._between + data
        self._between = b""
        while data and len(out) < room and not self._over:
            if self._inflate.eof:
                if len(data) < 2:
                    self._between = data
                    break
                self._members += 1
                if data[:2] != b"\x1f\x8b" or self._members >= _MEMBERS:
                    self._over = True
                    break
                self._inflate = zlib.decompressobj(16 + zlib.MAX_WBITS)
            try:
                out += self._inflate.decompress(data, room - len(out))
            except zlib.error as error:
                if not self._members:
                    raise Undecodable(f"broken gzip data: {error}") from None
                self._over = True
            data = self._inflate.unused_data
        return bytes(out)

    def complete(self) -> bool:
        return not self._head or bool(self._plain) or self._over or self._inflate.eof


class Deflate:
    """As the standard means it, in a zlib wrapper, or bare as some servers send it."""

    def __init__(self) -> None:
        self._head = b""
        self._inflate: zlib._Decompress | None = None

    def feed(self, data: bytes, room: int) -> bytes:
        if self._inflate is None:
            self._head += data
            if len(self._head) < 2:
                return b""
            data, (method, flags) = self._head, self._head[:2]
            zlibs = method & 0x0F == 8 and (method * 256 + flags) % 31 == 0
            self._inflate = zlib.decompressobj(zlib.MAX_WBITS if zlibs else -zlib.MAX_WBITS)
        try:
            return self._inflate.decompress(data, room)
        except zlib.error as error:
            raise Undecodable(f"broken deflate data: {error}") from None

    def complete(self) -> bool:
        return not self._head or (self._inflate is not None and self._inflate.eof)


@cache
def _brotli() -> Any:
    """The library; raises Undecodable where only another one of its name is installed. brotlipy,
    which pywb brings, takes the names `brotli` and `_brotli` and knows no bound on what it decodes;
    the extension module beside it can still be had."""
    from importlib.machinery import PathFinder
    from importlib.util import module_from_spec

    import brotli  # type: ignore[import-untyped]

    found: Any = brotli
    if not hasattr(getattr(found, "Decompressor", None), "can_accept_more_data"):
        spec = PathFinder.find_spec("_brotli")
        if spec is None or spec.loader is None:
            raise Undecodable("no decoder of brotli that can be bounded is installed")
        found = module_from_spec(spec)
        spec.loader.exec_module(found)
    return found


class Brotli:
    """The library's output bound is kept within 32 kB; what is beyond `room` is cut off here."""

    def __init__(self) -> None:
        brotli = _brotli()
        self._broken: type[Exception] = brotli.error
        self._inflate: Any = brotli.Decompressor()
        self._fed = False

    def feed(self, data: bytes, room: int) -> bytes:
        if self._inflate.is_finished():
            return b""  # rubbish after the end
        self._fed = self._fed or bool(data)
        out = bytearray()
        try:
            out += self._inflate.process(data, output_buffer_limit=room)
            while len(out) < room and not self._inflate.can_accept_more_data():
                out += self._inflate.process(b"", output_buffer_limit=room - len(out))
        except self._broken:
            raise Undecodable("broken brotli data") from None
        return bytes(out[:room])

    def complete(self) -> bool:
        return not self._fed or self._inflate.is_finished()


def coding_for(values: list[str]) -> Coding:
    """The decoder for the values of Content-Encoding; raises Undecodable."""
    names = [n.strip().lower() for value in values for n in value.split(",")]
    names = [n for n in names if n not in ("", "identity")]
    if not names:
        return Identity()
    if len(names) > 1:
        raise Undecodable("nested content codings")
    if names[0] in ("gzip", "x-gzip"):
        return Gzip()
    if names[0] == "deflate":
        return Deflate()
    if names[0] == "br":
        return Brotli()
    raise Undecodable("a content coding that was not asked for")


class Body:
    """Collects a body within two bounds: `raw` as received, `content` decoded, `most` bytes each.

    `full` says that a bound was reached and reading is over; `held` is the bytes in memory. Where
    nothing is coded, raw and content are the same bytes, kept once.
    """

    def __init__(self, codings: list[str], most: int) -> None:
        self._most = most
        self._raw = bytearray()
        self._content = bytearray()
        self.full = False
        self.undecodable = False
        self._coding: Coding = Identity()
        try:
            self._coding = coding_for(codings)
        except Undecodable:
            self.undecodable = True
        self._plain = isinstance(self._coding, Identity) and not self.undecodable

    @property
    def held(self) -> int:
        return len(self._raw) + len(self._content)

    def feed(self, data: bytes) -> None:
        room = self._most - len(self._raw)
        if len(data) > room:
            data, self.full = data[:room], True
        self._raw += data
        if self.undecodable or self._plain:
            return
        room = self._most - len(self._content)
        try:
            # One byte more than there is room for tells "exactly full" from "more to come".
            decoded = self._coding.feed(data, room + 1)
        except Undecodable:
            self.undecodable = True
            self._content.clear()
            return
        if len(decoded) > room:
            self.full = True
        self._content += decoded[:room]

    def complete(self) -> bool:
        """Whether the coded data ended as it should (a body that was cut is not complete)."""
        return self.undecodable or self._coding.complete()

    def both(self) -> tuple[bytes, bytes]:
        """Raw and content; what is not coded is one object."""
        raw = bytes(self._raw)
        return raw, raw if self._plain else bytes(self._content)

    @property
    def raw(self) -> bytes:
        return bytes(self._raw)

    @property
    def content(self) -> bytes:
        return self.both()[1]

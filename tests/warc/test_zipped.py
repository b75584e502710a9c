from __future__ import annotations

import hashlib
import io
import zipfile
import zlib

import pytest

from citecheck.warc.unzip import read
from citecheck.warc.zip_form import fixed_form
from citecheck.warc.zipped import Entry, ZipOut, central_row, ending, local_header

GIB = 1 << 30


def packed(**files: bytes) -> bytes:
    out = io.BytesIO()
    made = ZipOut(out)
    for name, data in files.items():
        made.put(name, data)
    made.close()
    return out.getvalue()


def form(data: bytes) -> tuple[str, ...]:
    stream = io.BytesIO(data)
    opened = read(stream, len(data))
    return opened.faults + fixed_form(stream, opened)


def test_other_programs_read_it() -> None:
    data = packed(a=b"one", b=b"", c=b"x" * 100_000)
    with zipfile.ZipFile(io.BytesIO(data)) as found:
        assert found.testzip() is None
        assert found.namelist() == ["a", "b", "c"]
        assert found.read("a") == b"one"
        assert {i.compress_type for i in found.infolist()} == {zipfile.ZIP_STORED}
        assert {i.date_time for i in found.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert form(data) == ()
    assert packed(a=b"one", b=b"", c=b"x" * 100_000) == data


def test_size_checksum_and_hash_are_told_as_it_comes() -> None:
    out = ZipOut(io.BytesIO())
    with out.file("a") as filling:
        filling.write(b"one")
        filling.write(b"two")
    assert (filling.size, filling.crc) == (6, zlib.crc32(b"onetwo"))
    assert filling.sha256 == hashlib.sha256(b"onetwo").hexdigest()


def test_a_file_that_is_dropped_leaves_no_trace() -> None:
    out = io.BytesIO()
    made = ZipOut(out)
    made.put("a", b"one")
    with made.file("b") as filling:
        filling.write(b"nothing of worth")
        filling.dropped = True
    made.put("c", b"three")
    made.close()
    assert out.getvalue() == packed(a=b"one", c=b"three")
    assert [one.name for one in made.done] == ["a", "c"]


def test_a_file_that_might_have_become_long_is_read_as_well() -> None:
    out = io.BytesIO()
    made = ZipOut(out)
    with made.file("a", at_most=5 * GIB) as filling:
        filling.write(b"short after all")
    made.close()
    with zipfile.ZipFile(io.BytesIO(out.getvalue())) as found:
        assert found.read("a") == b"short after all"
    assert form(out.getvalue()) == ()


class Sparse(io.RawIOBase):
    """A file of many gigabytes of which only the written parts are held."""

    def __init__(self) -> None:
        self.parts: dict[int, bytes] = {}
        self.at = self.size = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self.at = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self.at, io.SEEK_END: self.size}[whence]
        return self.at

    def tell(self) -> int:
        return self.at

    def put(self, data: bytes) -> None:
        self.parts[self.at] = data
        self.at += len(data)
        self.size = max(self.size, self.at)

    def read(self, size: int = -1) -> bytes:
        size = self.size - self.at if size < 0 else max(0, min(size, self.size - self.at))
        out = bytearray(size)
        for start, data in self.parts.items():
            a, b = max(start, self.at), min(start + len(data), self.at + size)
            if a < b:
                out[a - self.at : b - self.at] = data[a - start : b - start]
        self.at += size
        return bytes(out)


@pytest.mark.parametrize("sizes", [(5 * GIB, 3), (3 * GIB, 3 * GIB, 7), (4 * GIB - 1,)])
def test_what_is_above_four_gibibytes_is_found_by_other_programs(sizes: tuple[int, ...]) -> None:
    stream, entries = Sparse(), []
    for number, size in enumerate(sizes):
        entry = Entry(str(number), size, 0, stream.tell(), wide=size >= 0xFFFFFFFF)
        stream.put(local_header(entry))
        stream.seek(stream.tell() + size)
        entries.append(entry)
    start = stream.tell()
    rows = b"".join(map(central_row, entries))
    stream.put(rows + ending(len(entries), start, len(rows)))
    with zipfile.ZipFile(stream) as found:
        seen = [(i.filename, i.file_size, i.header_offset) for i in found.infolist()]
    assert seen == [(e.name, e.size, e.offset) for e in entries]
    opened = read(stream, stream.size)  # type: ignore[arg-type]
    assert opened.faults == fixed_form(stream, opened) == ()  # type: ignore[arg-type]


@pytest.mark.whole
def test_more_files_than_sixteen_bits_count() -> None:
    data = packed(**{f"f{n}": b"" for n in range(66_000)})
    with zipfile.ZipFile(io.BytesIO(data)) as found:
        assert len(found.namelist()) == 66_000
    assert form(data) == ()

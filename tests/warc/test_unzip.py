from __future__ import annotations

import io
import struct
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citecheck.warc.unzip import ZipFault, chunks, read


def archive(
    *files: tuple[str, bytes], how: int = zipfile.ZIP_STORED, comment: bytes = b""
) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as made:
        made.comment = comment
        for name, data in files:
            made.writestr(zipfile.ZipInfo(name), data, compress_type=how)
    return out.getvalue()


def contents(data: bytes) -> dict[str, bytes]:
    stream = io.BytesIO(data)
    opened = read(stream, len(data))
    return {name: b"".join(chunks(stream, one)) for name, one in opened.files.items()}


def faults(data: bytes) -> tuple[str, ...]:
    return read(io.BytesIO(data), len(data)).faults


@pytest.mark.parametrize("how", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_what_other_programs_write_is_read(how: int) -> None:
    data = archive(("a/b", b"x" * 200_000), ("é", b"y"), how=how, comment=b"PK\x05\x06 said I")
    assert contents(data) == {"a/b": b"x" * 200_000, "é": b"y"}
    assert faults(data) == ()


def test_a_zip_that_was_written_to_a_pipe_has_its_sizes_behind() -> None:
    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.out = io.BytesIO()

        def writable(self) -> bool:
            return True

        def write(self, data: object) -> int:
            return self.out.write(data)  # type: ignore[arg-type]

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("a", b"hello" * 100)
        made.writestr("b", b"")
    data = pipe.out.getvalue()
    assert contents(data) == {"a": b"hello" * 100, "b": b""}
    assert faults(data) == ()
    spoilt = data.replace(b"PK\x07\x08", b"PK\x07\x09")
    assert "a: what follows it differs from the directory" in faults(spoilt)


@pytest.mark.parametrize(
    "name",
    ["../x", "/etc/x", "a/../../x", "C:x", "a\\b", "a//b", "./a", "a\x1b[31m", "a\u202eb"],
)
def test_a_name_that_leads_elsewhere_or_cannot_be_shown_is_told(name: str) -> None:
    (fault,) = faults(archive((name, b"x")))
    assert fault.startswith(f"{name}: ")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_files_of_one_name_are_told() -> None:
    assert faults(archive(("a", b"1"), ("a", b"2"))) == ("a: two files have this name",)
    assert faults(archive(("a", b"1"), ("A", b"2"))) == ("A: two files have this name",)


def test_bytes_that_belong_to_no_file_are_told() -> None:
    data = archive(("a", b"1"), ("b", b"2"))
    rows, end = data.find(b"PK\x01\x02"), data.rfind(b"PK\x05\x06")
    start = struct.pack("<L", rows + 4)
    gap = data[:rows] + b"gap!" + data[rows : end + 16] + start + data[end + 20 :]
    assert faults(gap) == ("the directory does not begin where the last file ends",)
    with pytest.raises(ZipFault, match="its directory does not lie where its end says"):
        faults(b"#!/bin/sh\n" + data)


def test_files_that_share_their_bytes_are_told() -> None:
    """The construction of a bomb whose every file is the same few bytes."""
    data = bytearray(archive(("a", b"1"), ("b", b"2")))
    second = bytes(data).rfind(b"PK\x01\x02")
    data[second + 42 : second + 46] = struct.pack("<L", 0)
    found = faults(bytes(data))
    assert "b: overlaps what is before it" in found
    assert "b: its two headers differ" in found


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        (20, 0, "has 0 bytes|its two headers differ|says that it is larger"),
        (24, 1_000_000_000, "says that it is larger than it can be"),
        (42, 7, "there is no file where the directory says"),
        (42, 0xFFFFFF00, "there is no file where the directory says"),
    ],
)
def test_sizes_and_places_that_lie_are_refused(field: int, value: int, why: str) -> None:
    data = bytearray(archive(("a", b"12345")))
    row = bytes(data).find(b"PK\x01\x02")
    data[row + field : row + field + 4] = struct.pack("<L", value)
    with pytest.raises(ZipFault, match=why):
        faults(bytes(data))


def test_no_more_is_unpacked_than_was_said() -> None:
    bomb = archive(("a", b"\0" * 3_000_000), how=zipfile.ZIP_DEFLATED)
    data = bytearray(bomb)
    for at in (bomb.find(b"PK\x01\x02") + 24, 22):
        data[at : at + 4] = struct.pack("<L", 10_000)
    stream = io.BytesIO(bytes(data))
    opened = read(stream, len(data))
    taken = 0
    with pytest.raises(ZipFault, match="is longer than it says"):
        for chunk in chunks(stream, opened.files["a"]):
            taken += len(chunk)
    assert taken < 100_000


def test_what_is_encrypted_or_packed_otherwise_is_refused() -> None:
    with pytest.raises(ZipFault, match="method that is not known"):
        contents(archive(("a", b"1" * 100), how=zipfile.ZIP_LZMA))
    data = bytearray(archive(("a", b"1")))
    data[6] |= 1
    data[bytes(data).find(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(ZipFault, match="is encrypted"):
        contents(bytes(data))


@pytest.mark.parametrize("data", [b"", b"PK", b"<html>" * 100, b"PK\x05\x06" + b"\0" * 17])
def test_what_is_no_zip_is_refused(data: bytes) -> None:
    with pytest.raises(ZipFault, match="is no ZIP file"):
        faults(data)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_bytes_end_in_another_exception(data: st.DataObject) -> None:
    how = data.draw(st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]))
    whole = bytearray(archive(("a", b"one" * 9), ("b/c", b"two"), how=how))
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(whole) - 1))
        size = data.draw(st.sampled_from([1, 2, 4, 8]))
        whole[at : at + size] = data.draw(
            st.one_of(st.binary(max_size=9), st.just(b"\xff" * size), st.just(b"\0" * size))
        )
    with suppress(ZipFault):
        contents(bytes(whole))

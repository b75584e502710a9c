"""WARC files against their manifests and themselves."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from citecheck.proof.copies import Copy, against_manifest, pruned, records
from citecheck.proof.damage import Damage
from citecheck.proof.manifest import Sealed
from citecheck.proof.seals import seal
from citecheck.warc.pruned import Pruned, PrunedRecord
from standins.kept import page, run

OTHER = "https://example.com/other"


def kept(root: Path) -> tuple[Path, Sealed]:
    run(root, page(), page(OTHER, b"other"), seal=False)
    (path,) = (root / "archive/warc").glob("*.warc.gz")
    return path, seal(path, {}, late=False)


def damage(path: Path, sealed: Sealed | None) -> list[Damage]:
    copy = Copy(path, path.name, sealed)
    found = list(against_manifest(copy))
    for _ in records(copy, found):
        pass
    return found


def test_a_file_as_it_was_sealed_is_well(tmp_path: Path) -> None:
    path, sealed = kept(tmp_path)
    assert damage(path, sealed) == []
    assert damage(path, None) == []


def test_a_flipped_byte_is_found_at_its_record(tmp_path: Path) -> None:
    path, sealed = kept(tmp_path)
    data = path.read_bytes()
    for place in range(0, len(data), 5):  # each of them: tests/test_auditing.py
        altered = bytearray(data)
        altered[place] ^= 1 << (place % 8)
        path.write_bytes(bytes(altered))
        (hit,) = (r for r in sealed.records if r.offset <= place < r.offset + r.length)
        found = damage(path, sealed)
        assert {(d.offset, d.record, d.address) for d in found} == {(hit.offset, hit.id, hit.uri)}


def test_without_a_manifest_what_a_record_says_of_itself_must_do(tmp_path: Path) -> None:
    path, sealed = kept(tmp_path)
    data = path.read_bytes()
    answer = sealed.records[1]
    altered = bytearray(data)
    altered[answer.offset + answer.length // 2] ^= 0x10
    path.write_bytes(bytes(altered))
    (found,) = damage(path, None)
    assert found.offset == answer.offset
    assert "nothing after it can be read" in found.why


def rewritten(change: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    def write(member: bytes) -> bytes:
        squeeze = zlib.compressobj(6, zlib.DEFLATED, zlib.MAX_WBITS + 16)
        plain = change(zlib.decompress(member, zlib.MAX_WBITS + 16))
        return squeeze.compress(plain) + squeeze.flush()

    return write


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (rewritten(lambda p: p.replace(b"hello", b"jello")), "its block is not the one of its"),
        (rewritten(lambda p: p[:-2]), "it does not end where it says"),
        (rewritten(lambda p: p + b"\r\n"), "it does not end where it says"),
        (rewritten(lambda p: p.replace(b"WARC/1.1", b"WORC/1.1")), "it is no WARC record"),
        (
            rewritten(lambda p: p.replace(b"WARC-Record-ID:", b"X-Record-ID:")),
            "it does not say its warc-record-id",
        ),
    ],
)
def test_a_record_that_contradicts_itself_is_found_without_a_manifest(
    tmp_path: Path, change: Callable[[bytes], bytes], why: str
) -> None:
    path, sealed = kept(tmp_path)
    data, answer = path.read_bytes(), sealed.records[1]
    end = answer.offset + answer.length
    path.write_bytes(data[: answer.offset] + change(data[answer.offset : end]) + data[end:])
    found = damage(path, None)
    assert why in found[0].why
    assert found[0].offset == answer.offset


def test_a_file_that_was_cut_off_names_the_first_record_that_is_lost(tmp_path: Path) -> None:
    path, sealed = kept(tmp_path)
    last = sealed.records[-1]
    path.write_bytes(path.read_bytes()[: last.offset + 5])
    found = damage(path, sealed)
    assert found[0].record == last.id
    assert found[0].why == f"the file ends at byte {last.offset + 5}, before the end of it"


def test_bytes_that_were_added_are_found(tmp_path: Path) -> None:
    path, sealed = kept(tmp_path)
    path.write_bytes(path.read_bytes() + b"\0")
    assert "1 bytes more than were sealed are at its end" in damage(path, sealed)[0].why


def test_a_whole_record_that_was_added_is_not_taken_for_one_of_ours(tmp_path: Path) -> None:
    path, sealed = kept(tmp_path)
    data, first = path.read_bytes(), sealed.records[0]
    path.write_bytes(data + data[: first.length])
    whys = [d.why for d in damage(path, sealed)]
    assert whys == [
        f"{first.length} bytes more than were sealed are at its end",
        "it is not among the records that were sealed",
    ]


def test_two_records_that_changed_places_are_found(tmp_path: Path) -> None:
    path, sealed = kept(tmp_path)
    data = path.read_bytes()
    one, two, three = sealed.records[1], sealed.records[4], len(data)
    path.write_bytes(data[: one.offset] + data[two.offset : three] + data[one.offset : two.offset])
    assert damage(path, sealed)


def test_a_file_without_some_of_its_records_is_checked_as_what_it_must_be(tmp_path: Path) -> None:
    path, sealed = kept(tmp_path)
    gone = [r for r in sealed.records if r.uri == OTHER]
    data = path.read_bytes()
    into = path.with_name("citecheck-20260301120000-001-p1.warc.gz")
    into.write_bytes(data[: gone[0].offset])
    done = Pruned(
        "2026-04-01T00:00:00Z",
        path.name,
        into.name,
        tuple(PrunedRecord(r.id, r.type, r.uri, r.date, r.sha256, "archived") for r in gone),
    )
    assert damage(into, pruned(sealed, done)) == []
    into.write_bytes(data[: gone[0].offset - 1] + b"\1")
    assert damage(into, pruned(sealed, done))


def test_the_hash_of_a_large_file_takes_no_memory_of_its_size(tmp_path: Path) -> None:
    path = tmp_path / "x.warc.gz"
    path.write_bytes(b"\0" * 1_000_000)
    sealed = Sealed(path.name, 1_000_000, hashlib.sha256(b"\0" * 1_000_000).hexdigest(), True, ())
    assert list(against_manifest(Copy(path, path.name, sealed))) == []

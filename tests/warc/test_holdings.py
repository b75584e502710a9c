"""What a folder holds of an address: copies of this run and of earlier ones."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from citecheck.records.copies import Copy
from citecheck.warc.holdings import Holdings, name_of, record_of
from citecheck.warc.writer import WarcRecorder
from standins.wire import MOMENT, FixedClock, exchange, unpacked

LATER = MOMENT + timedelta(days=1)
URL = "https://example.com/plain"


def recorder(archive: Path) -> WarcRecorder:
    index = archive / "indexes" / "index.cdxj"
    return WarcRecorder(archive / "warc", index, clock=FixedClock(), software="citecheck/0.1.0")


def holdings(archive: Path) -> Holdings:
    return Holdings(archive / "warc", archive / "indexes" / "index.cdxj")


def sure(copy: Copy | None) -> Copy:
    assert copy is not None
    return copy


def test_the_copy_of_a_visit_is_known_before_and_after_the_file_is_closed(tmp_path: Path) -> None:
    with recorder(tmp_path) as keep:
        assert not keep.holds(URL)
        keep.record(exchange(), URL)
        copy = sure(keep.copy_of(f"{URL}#part", MOMENT))
        assert keep.holds(URL)
        assert keep.copy_of(URL, LATER) is None
    assert (copy.url, copy.taken, copy.status, copy.media_type) == (URL, MOMENT, 200, "text/html")
    assert copy.file == "citecheck-20261122031415-001.warc.gz"
    assert copy.visit == copy.record
    assert holdings(tmp_path).copy_of(URL, MOMENT) == copy


def test_a_page_that_was_the_same_has_the_copy_of_before(tmp_path: Path) -> None:
    with recorder(tmp_path) as keep:
        keep.record(exchange(), URL)
    first = sure(holdings(tmp_path).copy_of(URL, MOMENT))
    with recorder(tmp_path) as keep:
        keep.record(exchange(at=LATER), URL)
        keep.record(exchange(at=LATER + timedelta(days=1), status=304, body=b""), URL)
        revisit = sure(keep.copy_of(URL, LATER))
        same = sure(keep.copy_of(URL, LATER + timedelta(days=1)))
    assert (revisit.record, revisit.taken, revisit.file) == (first.record, MOMENT, first.file)
    assert revisit.visit not in ("", first.record)
    assert (same.record, same.visit) == (first.record, "")


def test_what_is_cut_off_empty_or_an_error_is_no_copy(tmp_path: Path) -> None:
    with recorder(tmp_path) as keep:
        keep.record(exchange("https://example.com/cut", truncated="length"), URL)
        keep.record(exchange("https://example.com/empty", b""), URL)
        keep.record(exchange("https://example.com/gone", status=404), URL)
        keep.record(exchange("https://example.com/head", b"", method="HEAD"), URL)
        for name in ("cut", "empty", "gone", "head"):
            assert not keep.holds(f"https://example.com/{name}")
        assert keep.copy_of("https://example.com/cut", MOMENT) is None
        assert sure(keep.copy_of("https://example.com/gone", MOMENT)).status == 404


def test_a_copy_whose_file_is_gone_is_held_no_more(tmp_path: Path) -> None:
    with recorder(tmp_path) as keep:
        keep.record(exchange(), URL)
    name = name_of(sure(holdings(tmp_path).copy_of(URL, MOMENT)))
    assert holdings(tmp_path).file_of(name) == "citecheck-20261122031415-001.warc.gz"
    for path in (tmp_path / "warc").glob("*.gz"):
        path.unlink()
    assert holdings(tmp_path).file_of(name) == ""
    assert not holdings(tmp_path).holds(URL)


@pytest.mark.parametrize(
    ("name", "record"),
    [
        ("warc/a.warc.gz#urn:uuid:1", "<urn:uuid:1>"),
        ("warc/a.warc.gz", ""),
        ("https://web.archive.org/web/2026/https://example.com/#urn:uuid:1", ""),
        ("", ""),
    ],
)
def test_the_name_of_a_copy_in_the_ledger(name: str, record: str) -> None:
    assert record_of(name) == record


def test_lines_of_other_tools_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "indexes").mkdir()
    (tmp_path / "warc").mkdir()
    (tmp_path / "warc" / "x.warc.gz").write_bytes(b"")
    (tmp_path / "indexes" / "index.cdxj").write_bytes(
        b'com,example)/plain 20261122031415 {"url": "https://example.com/plain", "mime": '
        b'"text/html", "status": "200", "digest": "X", "filename": "x.warc.gz"}\n'
        b"com,example)/plain 20261122031415 {broken\ncom,example)/plain\n"
    )
    assert not holdings(tmp_path).holds(URL)


def test_what_is_found_out_later_refers_to_the_record(tmp_path: Path) -> None:
    with recorder(tmp_path) as keep:
        keep.record(exchange(), URL)
        copy = sure(keep.copy_of(URL, MOMENT))
        keep.note(copy, [("citecheck-sha256-text", "ab"), ("empty", "")])
    text = unpacked(tmp_path / "warc")
    assert f"WARC-Refers-To: {copy.record}\r\n".encode() in text
    assert text.endswith(b"citecheck-sha256-text: ab\r\n\r\n\r\n")


def test_a_requisite_says_what_page_it_belongs_to(tmp_path: Path) -> None:
    with recorder(tmp_path) as keep:
        keep.record(exchange("https://example.com/s.css"), URL, via=URL)
    assert f"via: {URL}\r\nhopsFromSeed: E\r\n".encode() in unpacked(tmp_path / "warc")

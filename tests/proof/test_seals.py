"""The entry of a WARC file in a manifest."""

from __future__ import annotations

import base64
import gzip
import hashlib
from dataclasses import replace
from pathlib import Path

from citecheck.proof.manifest import Record, Sealed
from citecheck.proof.seals import seal, texts_of
from standins.kept import PAGE, TEXT, observed, page, run

BODY = hashlib.sha256(b"hello").hexdigest()
GZIPPED = gzip.compress(b"hello", mtime=0)


def sealed(root: Path, *, late: bool = False, texts: bool = True) -> tuple[Sealed, bytes]:
    (path,) = (root / "archive/warc").glob("*.warc.gz")
    known = texts_of([observed(page(), BODY)]) if texts else {}
    return seal(path, known, late=late), path.read_bytes()


def of_type(found: Sealed, kind: str) -> Record:
    (record,) = (r for r in found.records if r.type == kind)
    return record


def test_every_record_has_its_place_and_the_hash_of_its_stored_bytes(tmp_path: Path) -> None:
    run(tmp_path, page(), seal=False)
    found, data = sealed(tmp_path)
    assert (found.bytes, found.sha256) == (len(data), hashlib.sha256(data).hexdigest())
    assert [r.type for r in found.records] == ["warcinfo", "response", "request", "metadata"]
    end = 0
    for record in found.records:
        member = data[record.offset : record.offset + record.length]
        assert record.offset == end
        assert record.sha256 == hashlib.sha256(member).hexdigest()
        assert f"WARC-Record-ID: {record.id}\r\n".encode() in gzip.decompress(member)
        end += record.length
    assert end == len(data)


def test_an_answer_has_the_hashes_of_payload_body_and_text(tmp_path: Path) -> None:
    packed = replace(page(), raw=GZIPPED, headers=((b"Content-Encoding", b"gzip"), *page().headers))
    run(tmp_path, packed, seal=False)
    found, _ = sealed(tmp_path)
    answer = of_type(found, "response")
    payload = base64.b32encode(hashlib.sha1(GZIPPED).digest()).decode()
    assert answer.uri == PAGE
    assert answer.payload_digest == f"sha1:{payload}"
    assert answer.body_sha256 == BODY
    assert (answer.text_sha256, answer.extractor) == (TEXT, "trafilatura 2.0.0")
    assert of_type(found, "request").body_sha256 == ""


def test_what_nobody_knows_is_empty(tmp_path: Path) -> None:
    run(tmp_path, page(), seal=False)
    answer = of_type(sealed(tmp_path, texts=False)[0], "response")
    assert answer.body_sha256 == BODY
    assert (answer.text_sha256, answer.extractor) == ("", "")


def test_the_text_of_another_body_or_address_is_not_claimed(tmp_path: Path) -> None:
    run(tmp_path, page(), page("https://example.com/other"), page(body=b"hello!"), seal=False)
    found, _ = sealed(tmp_path)
    texts = {(r.uri, r.body_sha256[:4]): r.text_sha256 for r in found.records
             if r.type == "response"}  # fmt: skip
    assert texts == {
        (PAGE, BODY[:4]): TEXT,
        ("https://example.com/other", BODY[:4]): "",
        (PAGE, hashlib.sha256(b"hello!").hexdigest()[:4]): "",
    }


def test_a_visit_that_found_nothing_modified_has_no_body(tmp_path: Path) -> None:
    run(tmp_path, page(), replace(page(), status=304, raw=b"", content=b""), seal=False)
    assert of_type(sealed(tmp_path)[0], "revisit").body_sha256 == ""


def test_an_unchanged_body_is_known_though_it_is_stored_elsewhere(tmp_path: Path) -> None:
    run(tmp_path, page(), page(), seal=False)
    assert of_type(sealed(tmp_path)[0], "revisit").body_sha256 == BODY


def test_a_file_that_is_damaged_already_is_covered_by_its_own_hash(tmp_path: Path) -> None:
    run(tmp_path, page(), seal=False)
    (path,) = (tmp_path / "archive/warc").glob("*.warc.gz")
    path.write_bytes(path.read_bytes()[:-9])
    found, data = sealed(tmp_path, late=True)
    assert [r.type for r in found.records] == ["warcinfo", "response", "request"]
    assert found.late
    assert found.sha256 == hashlib.sha256(data).hexdigest()

from __future__ import annotations

import gzip
import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]
from warcio.checker import Checker  # type: ignore[import-untyped]

from citecheck.errors import LedgerError
from citecheck.records.exchange import Exchange
from citecheck.warc.writer import WarcRecorder
from standins.wire import MOMENT, FixedClock, exchange, unpacked

LATER = MOMENT + timedelta(days=1)


def recorder(archive: Path, max_size: int = 1_000_000_000) -> WarcRecorder:
    return WarcRecorder(
        archive / "warc",
        archive / "indexes" / "index.cdxj",
        clock=FixedClock(),
        software="citecheck/0.1.0",
        max_size=max_size,
    )


def written(archive: Path, *exchanges: Exchange, link: str = "https://example.com/plain") -> None:
    with recorder(archive) as keep:
        for one in exchanges:
            keep.record(one, link)


def records(archive: Path) -> list[dict[str, str]]:
    """The WARC headers of all records, in order."""
    found: list[dict[str, str]] = []
    for path in sorted((archive / "warc").glob("*.warc.gz")):
        with path.open("rb") as stream:
            found += (dict(record.rec_headers.headers) for record in ArchiveIterator(stream))
    return found


def index(archive: Path) -> list[tuple[str, str, dict[str, str]]]:
    text = (archive / "indexes" / "index.cdxj").read_text(encoding="ascii")
    lines = [line.split(" ", 2) for line in text.splitlines()]
    return [(key, moment, json.loads(rest)) for key, moment, rest in lines]


def intact(archive: Path) -> bool:
    """What `warcio check` says of every file."""
    files = [str(p) for p in (archive / "warc").glob("*.warc.gz")]
    checker = Checker(type("Command", (), {"inputs": files, "verbose": False})())
    for file in files:
        checker.process_one(file)
    return bool(files) and checker.exit_value == 0


def test_an_exchange_is_three_records_after_the_warcinfo(tmp_path: Path) -> None:
    written(tmp_path, exchange(protocol="h2", tls="TLSv1.3"))
    assert [p.name for p in (tmp_path / "warc").iterdir()] == [
        "citecheck-20261122031415-001.warc.gz"
    ]
    info, response, request, metadata = records(tmp_path)
    assert info["WARC-Type"] == "warcinfo"
    assert info["WARC-Filename"] == "citecheck-20261122031415-001.warc.gz"
    assert response["WARC-Type"] == "response"
    assert response["WARC-Target-URI"] == "https://example.com/plain"
    assert response["WARC-Date"] == "2026-11-22T03:14:15.123456Z"
    assert response["WARC-IP-Address"] == "192.0.2.7"
    assert response["WARC-Payload-Digest"] == "sha1:4GXYJPEDG5VU7ESI3J4OMBUEXR5R5P3R"
    for other, kind in ((request, "request"), (metadata, "metadata")):
        assert other["WARC-Type"] == kind
        assert other["WARC-Concurrent-To"] == response["WARC-Record-ID"]
        assert other["WARC-Date"] == response["WARC-Date"]
    text = unpacked(tmp_path / "warc")
    assert text.startswith(b"WARC/1.1\r\n")
    assert b"WARC-Protocol: h2\r\nWARC-Protocol: tls/1.3\r\n" in text
    assert b"software: citecheck/0.1.0\r\nformat: WARC File Format 1.1\r\n" in text
    assert b"fetchTimeMs: 250\r\ncitecheck-link: https://example.com/plain\r\n" in text


def test_warcio_finds_every_digest_right(tmp_path: Path) -> None:
    written(
        tmp_path,
        exchange(headers=((b"X-Name", "café".encode()), (b"Y", b"caf\xe9"))),
        exchange(body=gzip.compress(b"x" * 9), headers=((b"Content-Encoding", b"gzip"),)),
        exchange(at=LATER),
        exchange(at=LATER, status=304, body=b""),
        exchange(body=b"x" * 2_000_000, truncated="length"),
    )
    assert intact(tmp_path)


def test_metadata_has_the_digest_of_the_decoded_body(tmp_path: Path) -> None:
    written(tmp_path, exchange(body=gzip.compress(b"<p>Hello</p>", mtime=0)))
    assert (
        b"citecheck-sha256-decoded: "
        b"d0a26d23e9d8e0538fd47e7bc502d26cf6c320e8daaec7c8521d4769530f5900\r\n"
    ) in unpacked(tmp_path / "warc")


def test_the_index_names_the_place_of_each_member(tmp_path: Path) -> None:
    written(tmp_path, exchange("https://b.example/"), exchange("https://a.example/x"))
    rows = index(tmp_path)
    assert [(key, moment) for key, moment, _ in rows] == [
        ("example,a)/x", "20261122031415"),
        ("example,b)/", "20261122031415"),
    ]
    row = rows[0][2]
    assert (row["mime"], row["status"], row["digest"]) == (
        "text/html",
        "200",
        "4GXYJPEDG5VU7ESI3J4OMBUEXR5R5P3R",
    )
    data = (tmp_path / "warc" / row["filename"]).read_bytes()
    member = gzip.decompress(data[int(row["offset"]) :][: int(row["length"])])
    assert b"WARC-Target-URI: https://a.example/x\r\n" in member
    assert member.endswith(b"<p>Hello</p>\r\n\r\n")


def test_the_same_body_of_the_same_address_is_a_revisit_in_a_later_run_too(tmp_path: Path) -> None:
    written(tmp_path, exchange())
    written(tmp_path, exchange(at=LATER), exchange("https://example.com/other", at=LATER))
    first = records(tmp_path)[1]
    again, other = [r for r in records(tmp_path) if r["WARC-Date"].startswith("2026-11-23")][::3]
    assert again["WARC-Type"] == "revisit"
    assert again["WARC-Profile"].endswith("/1.1/revisit/identical-payload-digest")
    assert again["WARC-Refers-To"] == first["WARC-Record-ID"]
    assert again["WARC-Refers-To-Date"] == "2026-11-22T03:14:15.123456Z"
    assert again["WARC-Refers-To-Target-URI"] == "https://example.com/plain"
    assert again["WARC-Payload-Digest"] == first["WARC-Payload-Digest"]
    assert other["WARC-Type"] == "response"
    rows = {(row["url"], moment): row for _, moment, row in index(tmp_path)}
    revisit = rows["https://example.com/plain", "20261123031415"]
    assert revisit["mime"] == "warc/revisit"
    assert "status" not in revisit


def test_a_revisit_needs_its_original_and_a_whole_body(tmp_path: Path) -> None:
    written(tmp_path, exchange(), exchange("https://example.com/cut", truncated="time"))
    written(
        tmp_path,
        exchange(at=LATER, truncated="length"),
        exchange("https://example.com/cut", at=LATER),
        exchange("https://example.com/empty", b"", at=LATER),
        exchange("https://example.com/empty", b"", at=LATER),
    )
    assert [r["WARC-Type"] for r in records(tmp_path)].count("revisit") == 0
    assert [r["WARC-Truncated"] for r in records(tmp_path) if "WARC-Truncated" in r] == [
        "time",
        "length",
    ]
    for path in (tmp_path / "warc").iterdir():
        path.unlink()
    written(tmp_path, exchange(at=LATER))
    assert [r["WARC-Type"] for r in records(tmp_path)][1] == "response"


def test_not_modified_points_at_what_it_confirms_and_is_not_indexed(tmp_path: Path) -> None:
    written(tmp_path, exchange(), exchange(at=LATER, status=304, reason="", body=b""))
    last = [r for r in records(tmp_path) if r["WARC-Type"] == "revisit"]
    assert [r["WARC-Profile"] for r in last] == [
        "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
    ]
    assert len(index(tmp_path)) == 1


def test_head_requests_and_exchanges_without_an_answer_make_no_index_line(tmp_path: Path) -> None:
    written(tmp_path, exchange(method="HEAD", body=b""), exchange(status=0, body=b""))
    assert [r["WARC-Type"] for r in records(tmp_path)] == [
        "warcinfo", "response", "request", "metadata",
    ]  # fmt: skip
    assert not (tmp_path / "indexes" / "index.cdxj").exists()


def test_a_full_file_is_followed_by_the_next_number(tmp_path: Path) -> None:
    with recorder(tmp_path, max_size=100) as keep:
        keep.record(exchange(), "https://example.com/plain")
        keep.record(exchange("https://example.com/b"), "https://example.com/b")
    assert sorted(p.name for p in (tmp_path / "warc").iterdir()) == [
        "citecheck-20261122031415-001.warc.gz",
        "citecheck-20261122031415-002.warc.gz",
    ]
    assert intact(tmp_path)


def test_a_run_in_the_same_second_takes_another_name_and_no_run_without_exchanges(
    tmp_path: Path,
) -> None:
    recorder(tmp_path).close()
    assert not (tmp_path / "warc").exists()
    written(tmp_path, exchange())
    written(tmp_path, exchange("https://example.com/b"))
    assert len(list((tmp_path / "warc").iterdir())) == 2
    assert len(index(tmp_path)) == 2


def test_no_secret_is_in_the_file_or_in_the_index(tmp_path: Path) -> None:
    url = "https://me:hunter2@ex.com/a?access_token=hunter2"
    seen = exchange(
        url,
        b"",
        status=302,
        request_headers=((b"Authorization", b"LOW hunter2:x"), (b"Cookie", b"hunter2")),
        headers=((b"Location", b"https://x:hunter2@ex.com/b?sig=hunter2"),),
    )
    written(tmp_path, seen, link=url)
    assert b"hunter2" not in unpacked(tmp_path / "warc")
    assert b"hunter2" not in (tmp_path / "indexes" / "index.cdxj").read_bytes()
    assert re.search(rb"Location: https://ex.com/b\?sig=%E2%80%A6", unpacked(tmp_path / "warc"))


def test_a_file_where_the_folder_should_be_is_said_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "warc").write_text("x")
    with pytest.raises(LedgerError, match="cannot be made: there is a file where a folder should"):
        recorder(tmp_path).record(exchange(), "https://example.com/plain")


def test_a_redirect_is_written_whole_each_time(tmp_path: Path) -> None:
    headers = ((b"Location", b"https://example.com/new"),)
    for moment in (MOMENT, LATER):
        moved = exchange(body=b"<p>moved</p>", status=301, at=moment, headers=headers)
        written(tmp_path, moved)
    assert [row["status"] for _, _, row in index(tmp_path)] == ["301", "301"]
    assert [r["WARC-Type"] for r in records(tmp_path)].count("response") == 2

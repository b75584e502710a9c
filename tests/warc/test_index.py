"""The index: order, look-up by key, files that take the place of others."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

from citecheck.warc import index as cdxj
from citecheck.warc.index import Place, View

FIRST = Place(
    "https://example.com/a", "2026-11-22T03:14:15.123456Z", "text/html", "200", "DIGEST", 10, 20,
    "one.warc.gz", "<urn:uuid:1>",
)  # fmt: skip


def test_lines_are_sorted_by_bytes_and_none_is_double(tmp_path: Path) -> None:
    index = tmp_path / "index.cdxj"
    others = [replace(FIRST, url=f"https://example.com/{n}", record=f"<urn:uuid:{n}>")
              for n in ("é", "Z", "a-b", "a/b", "a b")]  # fmt: skip
    cdxj.merge(index, [FIRST, *others])
    cdxj.merge(index, [*reversed(others), FIRST])
    lines = index.read_bytes().splitlines(keepends=True)
    assert lines == sorted(lines)
    assert len(lines) == 6


def test_a_key_is_found_and_no_longer_one(tmp_path: Path) -> None:
    longer = replace(FIRST, url="https://example.com/a/b", record="<urn:uuid:2>")
    later = replace(FIRST, date="2026-11-23T03:14:15.123456Z", record="<urn:uuid:3>")
    data = later.line() + longer.line() + FIRST.line()
    view = View(data)
    assert [row["id"] for row in view.of("com,example)/a")] == ["<urn:uuid:1>", "<urn:uuid:3>"]
    assert list(view.of("com,example)/")) == []
    assert view.filenames() == {"one.warc.gz"}
    assert view.file_of("<urn:uuid:2>") == "one.warc.gz"
    assert view.file_of("<urn:uuid:9>") == ""


def test_an_index_out_of_order_is_put_in_order(tmp_path: Path) -> None:
    index = tmp_path / "index.cdxj"
    cdxj.tidy(index)
    assert not index.exists()
    other = replace(FIRST, url="https://example.com/b")
    index.write_bytes(other.line() + FIRST.line() + b"\n" + other.line() + FIRST.line()[:-1])
    cdxj.tidy(index)
    assert index.read_bytes() == FIRST.line() + other.line()
    before = index.stat().st_mtime_ns
    cdxj.tidy(index)
    assert index.stat().st_mtime_ns == before


def test_a_file_takes_the_place_of_another(tmp_path: Path) -> None:
    index = tmp_path / "index.cdxj"
    other = replace(FIRST, filename="one.warc.gz.not", record="<urn:uuid:2>")
    cdxj.merge(index, [FIRST, other])
    moved = replace(FIRST, filename="two.warc.gz", offset=5)
    cdxj.replace_file(index, "one.warc.gz", [moved])
    rows = list(cdxj.entries(index))
    assert [(row["filename"], row["offset"]) for row in rows] == [
        ("one.warc.gz.not", "20"), ("two.warc.gz", "5"),
    ]  # fmt: skip


def test_a_hundred_thousand_lines_cost_little(tmp_path: Path) -> None:
    index = tmp_path / "index.cdxj"
    line = FIRST.line().decode()
    many = sorted(line.replace(")/a", f")/a/{n:06}").encode() for n in range(100_000))
    index.write_bytes(b"".join(many))
    began = time.process_time()
    cdxj.merge(index, [FIRST])
    view = View.read(index)
    assert len(list(view.of("com,example)/a/050000"))) == 1
    assert time.process_time() - began < 5

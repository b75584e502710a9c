from __future__ import annotations

import gzip
import json

from citecheck.warc.zipnum import LINES, Sorter, write


def test_lines_are_sorted_by_their_bytes_and_doubles_go() -> None:
    lines = [f"org,example)/{n % 97} 2026 {{}}\n".encode() for n in range(1000)]
    for in_memory in (7, 5000):
        sorter = Sorter(in_memory)
        for line in lines:
            sorter.add(line)
        assert list(sorter.lines()) == sorted(set(lines))
        sorter.close()


def test_blocks_can_be_read_alone_and_as_a_whole() -> None:
    lines = [f"org,example)/{n:06} 20261122031415 {{}}\n".encode() for n in range(2 * LINES + 1)]
    out = bytearray()
    meta, *rows = write(lines, out.extend).decode().splitlines()
    assert meta == '!meta 0 {"format": "cdxj-gzip-1.0", "filename": "index.cdx.gz"}'
    assert gzip.decompress(bytes(out)) == b"".join(lines)
    assert [row.rpartition(" {")[0] for row in rows] == [
        "org,example)/000000 20261122031415",
        "org,example)/003000 20261122031415",
        "org,example)/006000 20261122031415",
    ]
    place = json.loads(rows[1].partition(" {")[2].join(("{", "")))
    block = bytes(out[place["offset"] : place["offset"] + place["length"]])
    assert gzip.decompress(block) == b"".join(lines[LINES : 2 * LINES])


def test_nothing_has_no_blocks() -> None:
    assert write([], bytearray().extend).count(b"\n") == 1

from __future__ import annotations

from pathlib import Path

import pytest

from citecheck.errors import LedgerError
from citecheck.ledger import jsonl


def rows(path: Path, data: bytes) -> tuple[list[dict[str, object]], list[str]]:
    path.write_bytes(data)
    warnings: list[str] = []
    return list(jsonl.read(path, "links", warnings)), warnings


def test_a_file_begins_with_its_schema() -> None:
    assert jsonl.file("links", [{"url": "u", "title": "é"}]) == (
        b'{"schema": "citecheck/links/1"}\n{"url": "u", "title": "\xc3\xa9"}\n'
    )


def test_a_lone_surrogate_can_be_stored(tmp_path: Path) -> None:
    data = jsonl.file("links", [{"url": "u", "title": "\ud800é"}])
    assert rows(tmp_path / "x", data)[0] == [{"url": "u", "title": "\ud800é"}]


def test_what_a_merge_leaves_is_read(tmp_path: Path) -> None:
    head = b'{"schema": "citecheck/links/1"}\n'
    data = b'{"url": "b"}\n' + head + b'{"url": "a"}\r\n\n' + head + b'{"url": "b"}\n'
    assert rows(tmp_path / "x", data) == ([{"url": "b"}, {"url": "a"}, {"url": "b"}], [])


def test_a_torn_last_line_is_dropped_and_a_whole_one_read(tmp_path: Path) -> None:
    assert rows(tmp_path / "x", b'{"url": "a"}\n{"url": "b') == ([{"url": "a"}], [])
    assert rows(tmp_path / "x", b'{"url": "a"}') == ([{"url": "a"}], [])


def test_a_spoilt_line_in_the_middle_costs_that_line_alone(tmp_path: Path) -> None:
    path = tmp_path / "x"
    deep = b"[" * 100_000 + b"\n"
    found, warnings = rows(path, b'{"url": "a"}\nno\n\xff\xfe\n[1]\n' + deep + b'{"url": "b"}\n')
    assert found == [{"url": "a"}, {"url": "b"}]
    assert warnings == [
        f"{path}, line {n}: cannot be read and was passed over" for n in (2, 3, 4, 5)
    ]


def test_another_schema_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match=r"written by a newer citecheck .citecheck/links/2."):
        rows(tmp_path / "x", b'{"schema": "citecheck/links/2"}\n')
    with pytest.raises(LedgerError, match=r"x, line 1: holds 'citecheck/history/1', not citecheck"):
        rows(tmp_path / "x", b'{"schema": "citecheck/history/1"}\n')
    assert list(jsonl.read(tmp_path / "none", "links", [])) == []

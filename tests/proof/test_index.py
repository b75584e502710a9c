"""The index against the records that it names."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest

from citecheck.proof.damage import Damage
from citecheck.proof.index import Index
from citecheck.warc.captures import captures
from citecheck.warc.scan import Record, scan
from standins.kept import page, run

OTHER = "https://example.com/other"


def archive(root: Path) -> tuple[Path, Path]:
    """A folder with two pages: its index and its only file."""
    run(root, page(), page(OTHER, b"other"), seal=False)
    (path,) = (root / "archive/warc").glob("*.warc.gz")
    return root / "archive/indexes/index.cdxj", path


def damage(index: Path, path: Path) -> list[Damage]:
    with path.open("rb") as stream:
        found = [r for r in scan(stream) if isinstance(r, Record)]
    with closing(Index(index, "index.cdxj")) as read:
        places = (c.place for c in captures(path.name, iter(found)))
        return [*read.damage, *read.check(path.name, places)]


def test_an_index_as_the_recorder_leaves_it_is_right(tmp_path: Path) -> None:
    assert damage(*archive(tmp_path)) == []


@pytest.mark.parametrize(
    ("key", "value", "why"),
    [
        ("offset", "1", "a line names a record where none begins"),
        ("length", "1", "another length"),
        ("digest", "A" * 32, "another digest"),
        ("url", "https://example.net/", "another url"),
        ("status", "404", "another status"),
        ("id", "<urn:uuid:0>", "another id or date"),
        ("mime", "warc/revisit", "another mime"),
    ],
)
def test_what_a_line_says_wrongly_is_found(tmp_path: Path, key: str, value: str, why: str) -> None:
    index, path = archive(tmp_path)
    first, rest = index.read_text().split("\n", 1)
    surt, moment, text = first.split(" ", 2)
    row = json.loads(text) | {key: value}
    index.write_text(f"{surt} {moment} {json.dumps(row)}\n{rest}")
    assert any(why in one.why for one in damage(index, path))


def test_a_line_of_another_tool_may_say_less_and_in_another_order(tmp_path: Path) -> None:
    index, path = archive(tmp_path)
    lines = []
    for line in index.read_text().splitlines():
        surt, moment, text = line.split(" ", 2)
        row = json.loads(text)
        less = {k: row[k] for k in ("filename", "offset", "length", "digest", "url", "mime")}
        lines.append(f"{surt} {moment} {json.dumps(less | {'offset': int(row['offset'])})}\n")
    index.write_text("".join(lines))
    assert damage(index, path) == []


def test_a_record_that_has_no_line_is_named(tmp_path: Path) -> None:
    index, path = archive(tmp_path)
    index.write_text(index.read_text().split("\n", 1)[1])
    (found,) = damage(index, path)
    assert (found.address, found.why) == (OTHER, f"{path.name}: it is not in the index")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda t: "\n".join(reversed(t.splitlines())) + "\n", "it is not sorted from line 2 on"),
        (lambda t: t[:-1], "its last line is torn off"),
        (lambda t: "nonsense\n" + t, "line 1 cannot be read"),
        (lambda t: t.replace("20260301", "20260302", 1), "under another address or time"),
    ],
)
def test_what_is_wrong_with_the_file_is_said(tmp_path: Path, change, why: str) -> None:  # type: ignore[no-untyped-def]
    index, path = archive(tmp_path)
    index.write_text(change(index.read_text()))
    assert any(why in one.why for one in damage(index, path))


def test_no_index_is_an_empty_one(tmp_path: Path) -> None:
    found = Index(tmp_path / "none", "none")
    assert (found.damage, found.count, found.files) == ([], 0, frozenset())

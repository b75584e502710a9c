"""`history.jsonl`: a line appended for every change of a link's state or reason.

Lines are only ever added, so `merge=union` merges two branches. A run that is killed after
appending and before its journal is folded appends the same lines again: equal lines are one.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from citecheck.disk import make_folder, saying
from citecheck.ledger import jsonl
from citecheck.ledger.codec import CodecError, decode, encode
from citecheck.ledger.redaction import scrub_row
from citecheck.ledger.shards import Table, shard_of
from citecheck.records.memory import LinkRecord


@dataclass(frozen=True, slots=True)
class News:
    """A link's state changed at `at`; the previous ones are empty where it is new."""

    url: str
    at: datetime
    state: str
    reason: str
    previous_state: str = ""
    previous_reason: str = ""


def news_of(record: LinkRecord) -> News:
    """The news that a record's present state was."""
    return News(
        record.url,
        record.since,
        record.state,
        record.reason,
        record.previous_state,
        record.previous_reason,
    )


def read_news(table: Table, warnings: list[str]) -> tuple[News, ...]:
    """All news in order of time, then address."""
    found = set()
    for row in table.read(warnings):
        try:
            found.add(decode(News, row))
        except CodecError as fault:
            warnings.append(f"{table.file}: {row['url']} was passed over ({fault})")
    return tuple(sorted(found, key=lambda n: (n.at, n.url, n.state, n.reason)))


def append_news(table: Table, news: Iterable[News], *, sharded: bool) -> None:
    """Append and put on the disk; `sharded` turns the file into a folder first, if it is none."""
    if sharded and table.file.exists():
        held = {jsonl.dump(row): row for row in table.read([])}
        table.write(held.values(), lambda row: (str(row.get("at")), row["url"]), sharded=True)
    lines: dict[Path, list[bytes]] = defaultdict(list)
    for one in news:
        path = table.shard(shard_of(one.url)) if sharded or table.sharded else table.file
        lines[path].append(jsonl.dump(scrub_row(encode(one))))
    for path, new in sorted(lines.items()):
        _append(path, b"".join(new), table.schema)


def _append(path: Path, data: bytes, schema: str) -> None:
    make_folder(path.parent)
    with saying(path, "written"), open(path, "a+b") as stream:
        size = stream.seek(0, os.SEEK_END)
        if size == 0:
            data = jsonl.header(schema) + data
        else:
            stream.seek(size - 1)
            if stream.read(1) != b"\n":
                data = b"\n" + data  # a torn last line must not swallow ours
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())

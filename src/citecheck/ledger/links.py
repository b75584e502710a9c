"""The memory of links: their lines in `links.jsonl` and their visits in `.state/`.

A line changes only on news. Of doubles that a merge left, the newest wins: the one with the latest
of all moments that it tells. Secrets are gone before a line is written (`redaction`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from citecheck.ledger.codec import CodecError, decode, encode
from citecheck.ledger.redaction import link_key, scrub_row
from citecheck.ledger.shards import LIMIT, Row, Table
from citecheck.records.memory import LinkRecord, Memory, Visit

_LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)


class Memories(Mapping[str, Memory]):
    """What is remembered, by link. Asking takes an address as cited; iterating gives the keys under
    which the ledger keeps links (`redaction.link_key`), equal but for secrets.

    Visits are decoded when they are asked for: their sketches are large.
    """

    def __init__(self, records: Mapping[str, LinkRecord], visits: Mapping[str, Row]) -> None:
        self._records = records
        self._visits = visits

    def __getitem__(self, url: str) -> Memory:
        key = link_key(url)
        record, row = self._records.get(key), self._visits.get(key)
        if record is None and row is None:
            raise KeyError(url)
        return Memory(record, None if row is None else _visit(row))

    def __iter__(self) -> Iterator[str]:
        return iter(sorted({*self._records, *self._visits}))

    def __len__(self) -> int:
        return len({*self._records, *self._visits})

    def records(self) -> Iterable[LinkRecord]:
        """The lines alone, in no order."""
        return self._records.values()


def read_records(table: Table, warnings: list[str]) -> dict[str, LinkRecord]:
    """The newest record of every link, by key."""
    return _read(table, warnings)[0]


def write_records(table: Table, records: Iterable[LinkRecord], forget: Iterable[str]) -> bool:
    """Lay `records` over what is there and drop the links of `forget`; True where the table is (or
    has become) a folder of shards."""
    held, rows = _read(table, [])
    held |= {link_key(record.url): record for record in records}
    rows |= {key: scrub_row(encode(record)) for key, record in held.items()}
    for url in forget:
        rows.pop(link_key(url), None)
    sharded = table.sharded or len(rows) > LIMIT
    if rows or table.sharded or table.file.exists():
        table.write(rows.values(), lambda row: row["url"], sharded=sharded)
    return sharded


def read_visits(table: Table, warnings: list[str]) -> dict[str, Row]:
    """The newest visit of every link, by key, not decoded yet."""
    found: dict[str, Row] = {}
    for row in table.read(warnings):
        key = link_key(row["url"])
        if key not in found or _checked(row) >= _checked(found[key]):
            found[key] = row
    return found


def write_visits(table: Table, visits: Iterable[Visit]) -> None:
    held = read_visits(table, [])
    for visit in visits:
        row = scrub_row(encode(visit))
        held[row["url"]] = row
    sharded = table.sharded or len(held) > LIMIT
    table.write(held.values(), lambda row: row["url"], sharded=sharded)


def _read(table: Table, warnings: list[str]) -> tuple[dict[str, LinkRecord], dict[str, Row]]:
    """Records by key, and the rows that this version does not understand: another may, so they are
    written again as they are."""
    found: dict[str, LinkRecord] = {}
    strange: dict[str, Row] = {}
    for row in table.read(warnings):
        try:
            record = decode(LinkRecord, row)
        except CodecError as fault:
            warnings.append(f"{table.file}: {row['url']} was passed over ({fault})")
            strange[link_key(row["url"])] = scrub_row(row)
            continue
        key = link_key(record.url)
        if key not in found or _newest(record) >= _newest(found[key]):
            found[key] = record
    return found, strange


def _visit(row: Row) -> Visit | None:
    try:
        return decode(Visit, row)
    except CodecError:
        return None  # losing `.state/` loses no verdict


def _checked(row: Mapping[str, Any]) -> datetime:
    try:
        return decode(Visit, {"url": "", "checked": row.get("checked")}).checked
    except CodecError:
        return _LONG_AGO


def _newest(record: LinkRecord) -> datetime:
    times = (
        record.since,
        record.first_seen,
        record.previous_at,
        record.last_ok,
        record.strikes.last,
        record.lookup.checked if record.lookup else None,
        record.save.submitted if record.save else None,
        *(save.submitted for save in record.saves),
    )
    return max(moment for moment in times if moment is not None)

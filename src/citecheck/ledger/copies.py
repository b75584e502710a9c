"""Which links have a good local copy on this machine: `.state/copies.jsonl`.

`links.jsonl` tells of the first good copy and of that of a changed page, wherever it was made, and
stays as it is in quiet runs. The folder of copies is of one machine alone (git passes it over), so
what lies in it at present is told here, and may be lost: the next visit of a page finds out again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from citecheck.disk import read_bytes, write_if_different
from citecheck.ledger import jsonl
from citecheck.ledger.codec import CodecError, decode, encode
from citecheck.ledger.redaction import link_key
from citecheck.records.archive import SOFTWARE_HERITAGE
from citecheck.records.copies import Held
from citecheck.records.memory import LinkRecord
from citecheck.warc.holdings import record_of
from citecheck.warc.pruning import Wanted

SCHEMA = "copies"
LOCAL = "local"


def read(path: Path) -> dict[str, Held]:
    """By the link's name in the ledger; what cannot be read is passed over. Raises LedgerError."""
    found = {}
    for row in jsonl.read(path, SCHEMA, []):
        try:
            held = decode(Held, row)
        except CodecError:
            continue
        found[held.url] = held
    return found


def write(path: Path, held: Iterable[Held]) -> None:
    """Lay these over the stored ones; raises LedgerError."""
    known = read(path)
    for one in held:
        key = link_key(one.url)
        known[key] = Held(key, one.snapshot, one.complete)
    rows = (encode(known[key]) for key in sorted(known))
    if known:
        write_if_different(path, jsonl.file(SCHEMA, rows))


def wanted(records: Iterable[LinkRecord | None], held: Iterable[Held]) -> Wanted:
    """What must stay of the local copies, and what public archives have, for all links known.

    An archive has a good copy where it was looked at and shows the page, or where this program has
    had it made, with status 200."""
    told: set[str] = {record_of(one.snapshot.url) for one in held}
    bodies: set[str] = set()
    archived: dict[str, tuple[datetime, ...]] = {}
    for record in records:
        if record is None:
            continue
        told |= {record_of(s.url) for s in record.snapshots if s.role == LOCAL}
        bodies.add(record.sha256)
        good = tuple(
            s.taken
            for s in record.snapshots
            if s.status == 200 and s.archive not in (LOCAL, SOFTWARE_HERITAGE)
            if s.verified is True or (s.role == "saved" and s.verified is None)
        )
        if good:
            archived[record.url] = good
    return Wanted(frozenset(told - {""}), frozenset(bodies - {""}), archived)


def worth_pruning(path: Path, size: int, limit: int) -> bool:
    """Whether the folder has grown since all that may go had gone, by a twentieth at least."""
    try:
        known = json.loads(read_bytes(path) or b"{}")
        return bool(known.get("limit") != limit or size > known["left"] * 1.05)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return True


def note_pruned(path: Path, left: int, limit: int) -> None:
    """Remember how small the folder could be made; raises LedgerError."""
    write_if_different(path, jsonl.dump({"left": left, "limit": limit}))

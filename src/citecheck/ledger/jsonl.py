"""JSON Lines as the ledger writes and reads them.

A file begins with `{"schema": "citecheck/<what>/<version>"}`. `merge=union` may leave lines in any
order and doubled, the header among them; a run that was killed may leave a torn last line, which is
dropped silently. Any other line that cannot be read is passed over with a warning: one spoilt line
must not cost the memory of all other links. A newer version of the schema is an error, for writing
would lose what it holds.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from citecheck.disk import saying
from citecheck.errors import LedgerError


def dump(value: Any) -> bytes:
    """One JSON line: UTF-8, or escaped where a lone surrogate has no UTF-8."""
    try:
        return json.dumps(value, ensure_ascii=False, allow_nan=False).encode() + b"\n"
    except UnicodeEncodeError:
        return json.dumps(value, allow_nan=False).encode() + b"\n"


def header(schema: str) -> bytes:
    return dump({"schema": f"citecheck/{schema}/1"})


def read(path: Path, schema: str, warnings: list[str]) -> Iterator[dict[str, Any]]:
    """The objects of a file without its headers; nothing where there is no file.

    What cannot be read is told in `warnings`. Raises LedgerError for a schema of another kind or a
    newer version, or where the disk refuses.
    """
    for number, line in enumerate(_lines(path), 1):
        if not line.strip():
            continue
        row = _parse(line)
        if row is None:
            if line.endswith(b"\n"):  # else it was torn off by a kill
                warnings.append(f"{path}, line {number}: cannot be read and was passed over")
            continue
        if "schema" in row and len(row) <= 4 and "url" not in row and "kind" not in row:
            _check(path, number, row["schema"], schema)
            continue
        yield row


def file(schema: str, rows: Iterable[dict[str, Any]]) -> bytes:
    """A whole file: the header, then the rows in the order given."""
    return header(schema) + b"".join(dump(row) for row in rows)


def _lines(path: Path) -> Iterator[bytes]:
    """The lines one by one, for a journal may be large."""
    with saying(path, "read"):
        try:
            stream = open(path, "rb")  # noqa: SIM115 (a with would take what the caller raises)
        except FileNotFoundError:
            return
    with stream:
        while True:
            with saying(path, "read"):
                line = stream.readline()
            if not line:
                return
            yield line


def _parse(line: bytes) -> dict[str, Any] | None:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return row if isinstance(row, dict) else None


def _check(path: Path, number: int, found: object, schema: str) -> None:
    name, _, version = str(found).rpartition("/")
    if name != f"citecheck/{schema}":
        raise LedgerError(
            f"{path}, line {number}: holds {str(found)[:60]!r}, not citecheck/{schema}; "
            "is it in the right place?"
        )
    if version != "1":
        raise LedgerError(f"{path} was written by a newer citecheck ({found}); update citecheck")

"""The CDXJ index against the records: sorted, complete, and each line at the right place.

Lines stay on the disk; what is held of each is where it begins, by the file that it names.
"""

from __future__ import annotations

import contextlib
import io
import json
from array import array
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from citecheck.proof.damage import Damage, Room
from citecheck.warc.index import REVISIT, Place

_NUMBERS = ("offset", "length")
_SAME = ("url", "digest")
_MOST = 1000


class Index:
    """An index read once; `damage` holds what is wrong with it by itself. To be closed; it stays
    the file that it was when a run puts another in its place. Raises OSError."""

    def __init__(self, path: Path, shown: str) -> None:
        self._shown = shown
        self._stream: BinaryIO = io.BytesIO()
        self._lines: dict[str, array[int]] = {}
        self.damage: list[Damage] = []
        self.count = 0
        with contextlib.suppress(FileNotFoundError):
            self._stream = open(path, "rb")  # noqa: SIM115 (kept open)
        self._read()

    def close(self) -> None:
        self._stream.close()

    @property
    def files(self) -> frozenset[str]:
        """The files that lines name."""
        return frozenset(self._lines)

    def lines_of(self, file: str) -> int:
        return len(self._lines.get(file, ()))

    def check(self, file: str, places: Iterable[Place]) -> Iterator[Damage]:
        """What is wrong with the lines of a file whose records lie at `places`."""
        rows = dict(self._rows(file))
        told = 0
        for place in places:
            row = rows.pop(place.offset, None)
            why = "it is not in the index" if row is None else _differs(row, place)
            if not why:
                continue
            told += 1
            if told <= _MOST:
                yield Damage(
                    Room.INDEX, self._shown, f"{file}: {why}", place.offset, place.record, place.url
                )
        for offset, row in sorted(rows.items())[:_MOST]:
            why = f"{file}: a line names a record where none begins"
            yield Damage(Room.INDEX, self._shown, why, offset, address=str(row.get("url", "")))

    def _read(self) -> None:
        before, at, unsorted = b"", 0, False
        for number, line in enumerate(self._stream, 1):
            row = _row(line)
            if row is None:
                if len(self.damage) < _MOST:
                    self._wrong(f"line {number} cannot be read")
            else:
                self._lines.setdefault(str(row["filename"]), array("Q")).append(at)
                self.count += 1
            if line < before and not unsorted:
                unsorted = True
                self._wrong(f"it is not sorted from line {number} on")
            before, at = line, at + len(line)
        if before and not before.endswith(b"\n"):
            self._wrong("its last line is torn off")

    def _wrong(self, why: str) -> None:
        self.damage.append(Damage(Room.INDEX, self._shown, why))

    def _rows(self, file: str) -> Iterator[tuple[int, dict[str, Any]]]:
        for at in self._lines.get(file, ()):
            self._stream.seek(at)
            line = self._stream.readline()
            row = _row(line)
            if row is not None:
                key, moment = line.split(b" ", 2)[:2]
                yield int(row["offset"]), {**row, "": (key, moment)}


def _differs(row: dict[str, Any], place: Place) -> str:
    """What an index line says wrongly of its record; empty where it is right."""
    key, moment = place.line().split(b" ", 2)[:2]
    if row[""] != (key, moment):
        return "its line is under another address or time"
    wrong = [name for name in _SAME if row.get(name) != getattr(place, name)]
    wrong += ["length"] if str(row["length"]) != str(place.length) else []
    if (row.get("mime") == REVISIT) != (place.mime == REVISIT):
        wrong.append("mime")
    if place.mime != REVISIT and row.get("status", place.status) != place.status:
        wrong.append("status")
    if row.get("id", place.record) != place.record or row.get("date", place.date) != place.date:
        wrong.append("id or date")
    return f"its line has another {', '.join(wrong)}" if wrong else ""


def _row(line: bytes) -> dict[str, Any] | None:
    parts = line.split(b" ", 2)
    try:
        row = json.loads(parts[2])
        for name in _NUMBERS:
            int(row[name])
        return row if isinstance(row["filename"], str) else None
    except (ValueError, RecursionError, IndexError, KeyError, TypeError):
        return None

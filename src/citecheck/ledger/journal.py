"""The journal of a run: all that was seen, on the disk the moment it is seen.

Every observation, look-up and save outcome is one JSON line, handed to the system in one write
before the call returns: a killed process loses nothing. A power cut may cost the last two seconds
or 64 lines, but never a word of a save, which is public for good: that a page is about to be asked
for, and the job that came of it, is flushed to the disk at once (that it was not asked for is no
such word, and is said of thousands of pages). A run that comes to its end folds
its journal into the ledger and removes it; a journal that is there when a run starts was left by
one that was killed or cut short. It is continued, so that a second kill loses nothing either.
"""

from __future__ import annotations

import os
import threading
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from citecheck.disk import disk_fault, make_folder, remove, saying
from citecheck.ledger import jsonl
from citecheck.ledger.codec import CodecError, decode, encode
from citecheck.ledger.redaction import link_key, scrub_row
from citecheck.records.archive import LookupResult, SaveOutcome, SaveState
from citecheck.records.observation import Observation
from citecheck.records.ports import Clock

SCHEMA = "journal"
_SYNC_LINES = 64
_SYNC_SECONDS = 2.0
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Unfinished:
    """What killed runs have seen, the newest for each link (and archive), in order of arrival.

    `started` is when the first of them began, `run` its name. Addresses are as the ledger stores
    them: equal to the links' but where they hold a secret (`redaction.link_key` of both is equal).
    """

    run: str
    started: datetime
    observations: tuple[Observation, ...]
    lookups: tuple[LookupResult, ...]
    saves: tuple[tuple[str, SaveOutcome], ...]


@dataclass(frozen=True, slots=True)
class _Save:
    url: str
    outcome: SaveOutcome


@dataclass(frozen=True, slots=True)
class _Begin:
    run: str
    started: datetime


class Journal:
    """The `Sink` and the `JobStore` of a run. Safe to call from threads.

    Every method raises LedgerError where the disk does not take the data.
    """

    def __init__(self, path: Path, run: str, clock: Clock) -> None:
        self._path = path
        self._clock = clock
        self._lock = threading.Lock()
        self.seen: list[Observation] = []  # in this run
        self._pending = 0
        self._synced = clock.monotonic()
        make_folder(path.parent)
        with saying(path, "written"):
            flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
            self._handle: int | None = os.open(path, flags, 0o666)
            _drop_torn_line(self._handle)
        self._line("begin", encode(_Begin(run, clock.now())), sync=True)
        _sync_folder(path.parent)

    def observed(self, observation: Observation) -> None:
        self._line("observation", encode(observation))
        self.seen.append(observation)

    def looked_up(self, result: LookupResult) -> None:
        self._line("lookup", encode(result))

    def save_changed(self, url: str, outcome: SaveOutcome) -> None:
        asked = outcome.state not in (SaveState.SKIPPED, SaveState.NONE)
        self._line("save", encode(_Save(url, outcome)), sync=asked)

    def close(self, *, finished: bool = True) -> None:
        """Let go of the file; with `finished` (all of it is in the ledger now) remove it.

        May be called more than once.
        """
        with self._lock:
            if self._handle is None:
                return
            with saying(self._path, "written"):
                if not finished:
                    os.fsync(self._handle)
                os.close(self._handle)
            self._handle = None
        if finished:
            remove(self._path)

    def _line(self, kind: str, row: dict[str, Any], *, sync: bool = False) -> None:
        data = jsonl.dump({"kind": kind, "data": scrub_row(row)})
        with self._lock:
            if self._handle is None:
                raise ValueError("the journal is closed")
            try:
                _write_whole(self._handle, data)
                self._pending += 1
                now = self._clock.monotonic()
                due = self._pending >= _SYNC_LINES or now - self._synced >= _SYNC_SECONDS
                if sync or due:
                    os.fsync(self._handle)
                    self._pending, self._synced = 0, now
            except OSError as fault:
                raise disk_fault(self._path, "written", fault) from fault


def unfinished(path: Path, warnings: list[str]) -> Unfinished | None:
    """What the journal at `path` holds, None where there is none or nothing was seen.

    A torn last line is dropped; other lines that cannot be read are told in `warnings`. Raises
    LedgerError where the disk refuses.
    """
    begin: _Begin | None = None
    observations: dict[str, Observation] = {}
    lookups: dict[str, LookupResult] = {}
    saves: dict[tuple[str, str], SaveOutcome] = {}
    for row in jsonl.read(path, SCHEMA, warnings):
        try:
            data = row.get("data")
            match row.get("kind"):
                case "begin":
                    begin = begin or decode(_Begin, data)
                case "observation":
                    _put(observations, decode(Observation, data))
                case "lookup":
                    _put(lookups, decode(LookupResult, data))
                case "save":
                    save = decode(_Save, data)
                    key = link_key(save.url), save.outcome.archive
                    saves.pop(key, None)
                    saves[key] = save.outcome
        except CodecError as fault:
            warnings.append(f"{path}: a line was passed over ({fault})")
    if begin is None or not (observations or lookups or saves):
        return None
    return Unfinished(
        begin.run,
        begin.started,
        tuple(observations.values()),
        tuple(lookups.values()),
        tuple((url, outcome) for (url, _), outcome in saves.items()),
    )


def _put(found: dict[str, Any], one: Observation | LookupResult) -> None:
    key = link_key(one.url)
    found.pop(key, None)
    found[key] = one


def _write_whole(handle: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view) :]


def _sync_folder(folder: Path) -> None:
    """Flush that there is a journal, where the system lets folders be flushed."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _drop_torn_line(handle: int) -> None:
    """Cut the file after its last newline: what is appended next must begin a line."""
    size = end = os.lseek(handle, 0, os.SEEK_END)
    while end > 0:
        start = max(0, end - 65536)
        os.lseek(handle, start, os.SEEK_SET)
        found = os.read(handle, end - start).rfind(b"\n")
        if found >= 0:
            end = start + found + 1
            break
        end = start
    if end < size:
        os.ftruncate(handle, end)
    os.lseek(handle, 0, os.SEEK_END)
    if end == 0:
        _write_whole(handle, jsonl.header(SCHEMA))

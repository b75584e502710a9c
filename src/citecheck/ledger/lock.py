"""The lock that keeps two runs from writing at the same time.

The file says who holds it: `{"pid", "machine", "started", "since"}`. It is made with `O_EXCL`
while a second file is locked by the kernel (`flock`, on Windows `msvcrt.locking`): that lock is
held for moments only and ends with its process, so that looking at a stale lock and taking it
over is one step and two runs can never both take it. A lock is stale when its process on this
machine is gone (or its id belongs to another process now), when it holds nothing readable, or
when it is from another machine and older than a day.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO

from citecheck.disk import make_folder, saying
from citecheck.errors import LedgerError
from citecheck.ledger import process
from citecheck.records.ports import Clock

FOREIGN_AFTER = timedelta(hours=24)


@contextlib.contextmanager
def held(path: Path, clock: Clock) -> Iterator[None]:
    """Hold the lock at `path` for the block; raises LedgerError naming who holds it already."""
    make_folder(path.parent)
    mine = {
        "pid": os.getpid(),
        "machine": process.machine(),
        "started": process.started(os.getpid()),
        "since": clock.now().isoformat().replace("+00:00", "Z"),
    }
    _take(path, mine, clock.now())
    try:
        yield
    finally:
        _release(path, mine)


def holder(path: Path, now: datetime) -> str:
    """Who holds the lock at present, as a sentence; empty where nobody does. Takes nothing."""
    with saying(path, "read"):
        other = _read(path)
    try:
        if other is not None:
            _refuse_living(path, other, now)
    except LedgerError as fault:
        return str(fault)
    return ""


def _take(path: Path, mine: dict[str, Any], now: datetime) -> None:
    with saying(path, "written"), _guarded(path):
        other = _read(path)
        if other is not None:
            _refuse_living(path, other, now)
            path.unlink(missing_ok=True)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        except FileExistsError:
            raise LedgerError(f"another run of citecheck has just begun here ({path})") from None
        with os.fdopen(handle, "wb") as stream:
            stream.write(json.dumps(mine).encode() + b"\n")


def _release(path: Path, mine: dict[str, Any]) -> None:
    with saying(path, "removed"), _guarded(path):
        if _read(path) == mine:
            path.unlink(missing_ok=True)


def _refuse_living(path: Path, other: dict[str, Any], now: datetime) -> None:
    pid, machine = other.get("pid"), other.get("machine")
    if not isinstance(pid, int) or not isinstance(machine, str):
        return
    since = str(other.get("since", "an unknown time"))
    if machine == process.machine():
        if process.lives(pid, str(other.get("started", ""))):
            raise LedgerError(
                f"another run of citecheck is at work here: process {pid} on this machine "
                f"({machine}), since {since}; wait for it to end, or end it ({path})"
            )
        return
    with contextlib.suppress(ValueError, TypeError):
        if now - datetime.fromisoformat(since) > FOREIGN_AFTER:
            return
    raise LedgerError(
        f"another run of citecheck is at work here: process {pid} on the machine {machine!r}, "
        f"since {since}; if it is gone, remove the file {path}"
    )


def _read(path: Path) -> dict[str, Any] | None:
    """What the lock says; empty where it says nothing readable, None where there is none."""
    try:
        found = json.loads(path.read_bytes())
    except FileNotFoundError:
        return None
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


@contextlib.contextmanager
def _guarded(path: Path) -> Iterator[None]:
    with open(path.with_name(path.name + ".guard"), "a+b") as stream:
        _kernel_lock(stream)
        yield  # closing the file gives the kernel's lock back


if sys.platform == "win32":

    def _kernel_lock(stream: BinaryIO) -> None:
        import msvcrt

        stream.seek(0)
        msvcrt.locking(stream.fileno(), msvcrt.LK_LOCK, 1)

else:

    def _kernel_lock(stream: BinaryIO) -> None:
        import fcntl

        # Some network file systems know no flock: O_EXCL alone must do there.
        with contextlib.suppress(OSError):
            fcntl.flock(stream.fileno(), fcntl.LOCK_EX)

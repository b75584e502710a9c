"""Files that are either as they were or wholly new, and disk errors as one sentence for a person.

A file is written under a temporary name in its own folder, flushed to the disk and renamed over
the old one (POSIX rename, `ReplaceFile` on Windows: both atomic within a file system). What is no
plain file (a pipe, a device such as `/dev/stdout`) is written in place, and a symbolic link keeps
pointing where it points. A run that is killed may leave a temporary file; `sweep` removes those.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import itertools
import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from citecheck.errors import LedgerError

TEMPORARY = ".citecheck-*.tmp"
_numbers = itertools.count(1)
_ADVICE = {
    errno.ENOSPC: "the disk is full; free some space and run again",
    getattr(errno, "EDQUOT", -1): "the quota is used up; free some space and run again",
    errno.EROFS: "the file system is read-only",
    errno.EACCES: "permission denied; make it accessible to this account",
    errno.EPERM: "the operation is not permitted to this account",
    errno.EISDIR: "there is a folder where a file should be; move it away",
    errno.ENOTDIR: "there is a file where a folder should be; move it away",
    errno.EEXIST: "there is a file where a folder should be; move it away",
    errno.EMFILE: "too many files are open; raise the limit (ulimit -n)",
    errno.ENAMETOOLONG: "the name is too long for this file system",
}


def disk_fault(path: Path, doing: str, fault: OSError) -> LedgerError:
    """The LedgerError for a failed operation; `doing` is "written", "read", "removed" and so on."""
    why = _ADVICE.get(fault.errno or 0) or (fault.strerror or str(fault)).strip().lower()
    return LedgerError(f"{path} cannot be {doing}: {why}")


@contextlib.contextmanager
def saying(path: Path, doing: str) -> Iterator[None]:
    """Turns an OSError inside the block into a LedgerError about `path`."""
    try:
        yield
    except OSError as fault:
        raise disk_fault(path, doing, fault) from fault


def make_folder(path: Path) -> None:
    """Make a folder with its parents; raises LedgerError."""
    with saying(path, "made"):
        path.mkdir(parents=True, exist_ok=True)


def read_bytes(path: Path) -> bytes | None:
    """The bytes of a file, None where there is none; raises LedgerError."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as fault:
        raise disk_fault(path, "read", fault) from fault


def remove(path: Path) -> None:
    """Remove a file if it is there; raises LedgerError."""
    with saying(path, "removed"):
        path.unlink(missing_ok=True)


def write_bytes(path: Path, data: bytes) -> None:
    """Put `data` into the file at `path`, atomically; folders are made. Raises LedgerError."""
    with saying(path, "written"):
        target = Path(os.path.realpath(path))
        mode = _mode(path)
        if mode is not None and stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, "is a folder")
        if mode is not None and not stat.S_ISREG(mode):
            with open(path, "wb") as stream:
                stream.write(data)
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        with _taking_its_place(target, mode) as stream:
            stream.write(data)


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A seekable stream that becomes the file at `path` when the block ends well, and is gone where
    it does not; folders are made. Raises LedgerError for every OSError inside.

    What a killed process left of the same file is removed."""
    with saying(path, "written"):
        target = Path(os.path.realpath(path))
        mode = _mode(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        mark = f"{hashlib.sha256(os.fsencode(target.name)).hexdigest()[:16]}-"
        _sweep_dead(target.parent, mark)
        with _taking_its_place(target, mode, mark) as stream:
            _claimed(stream)
            yield stream


@contextlib.contextmanager
def _taking_its_place(target: Path, mode: int | None, mark: str = "") -> Iterator[BinaryIO]:
    """A temporary file beside `target`, flushed and renamed over it when the block ends well."""
    temporary, handle = _temporary(target.parent, mark)
    try:
        with os.fdopen(handle, "w+b") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        if mode is not None:
            with contextlib.suppress(OSError):
                temporary.chmod(stat.S_IMODE(mode))
        os.replace(temporary, target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(target.parent)


def write_if_different(path: Path, data: bytes) -> bool:
    """Write only where the bytes differ, so that an unchanged file keeps its time; True if
    written.
    """
    if read_bytes(path) == data:
        return False
    write_bytes(path, data)
    return True


def sweep(folder: Path) -> None:
    """Remove temporary files that a killed run left in `folder`. Only under the ledger's lock."""
    for left in folder.glob(TEMPORARY):
        with contextlib.suppress(OSError):
            left.unlink()


def sync_folder(folder: Path) -> None:
    """Make a rename in `folder` survive a power cut, where the system knows how."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _mode(path: Path) -> int | None:
    try:
        return path.stat().st_mode
    except FileNotFoundError:
        return None


def _sweep_dead(folder: Path, mark: str) -> None:
    """Remove what killed processes left of a file; what a living one writes is locked by it."""
    for left in folder.glob(f".citecheck-{mark}*.tmp"):
        with contextlib.suppress(OSError):
            with open(left, "r+b") as stream:
                dead = _claimed(stream)
            if dead:
                left.unlink()


if sys.platform == "win32":

    def _claimed(stream: BinaryIO) -> bool:
        return True  # a file that somebody has open cannot be removed there

else:

    def _claimed(stream: BinaryIO) -> bool:
        """Whether the file is this process's alone from now on (`flock`)."""
        import fcntl

        try:
            fcntl.flock(stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True


def _temporary(folder: Path, mark: str = "") -> tuple[Path, int]:
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    while True:
        path = folder / f".citecheck-{mark}{os.getpid()}-{next(_numbers)}.tmp"
        with contextlib.suppress(FileExistsError):
            return path, os.open(path, flags, 0o666)

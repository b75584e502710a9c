"""Closes WARC files that a killed run left open, finishes or drops the pruning that it had begun,
indexes files that no index knows, and puts the index in order.

Each record is a gzip member of its own (RFC 1952), so a file is whole up to the end of its last
whole member; what follows is cut off. A file without any response is removed. To be called under
the ledger's lock, before a `WarcRecorder` is made: a file that another run is writing looks the
same.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from citecheck.disk import read_bytes, remove, saying, sync_folder, write_if_different
from citecheck.warc import index as cdxj
from citecheck.warc import pruned
from citecheck.warc.captures import captures
from citecheck.warc.index import NAMES, OPEN, Place
from citecheck.warc.scan import Damage, Record, scan

WITHOUT = "without-pages.txt"  # beside the index: names and bytes of files that it need not name


def recover(folder: Path, index: Path) -> tuple[Path, ...]:
    """Repair what is in `folder` and bring `index` up to date; the files that were closed.

    Raises LedgerError where the disk refuses.
    """
    repaired = []
    with saying(folder, "read"):
        left = sorted(folder.glob(NAMES + OPEN))
    for path in left:
        final = _close(path)
        if final is not None:
            repaired.append(final)
    _finish_pruning(folder, index)
    with saying(folder, "read"):
        present = {p.name for p in folder.glob(NAMES)}
    cdxj.tidy(index)
    known = cdxj.View.read(index).filenames()
    _index(folder, index, present - known)
    return tuple(repaired)


def _index(folder: Path, index: Path, unknown: Iterable[str]) -> None:
    """Index files that no line names; those that hold nothing to name (304s alone) are noted, so
    that they are read once."""
    note = index.with_name(WITHOUT)
    old = set((read_bytes(note) or b"").decode("utf-8", "replace").splitlines())
    empty = set()
    for name in sorted(unknown):
        with saying(folder, "read"):
            line = f"{name} {(folder / name).stat().st_size}"
        if line in old:
            empty.add(line)
            continue
        found, whole = _looked(folder / name)
        if found:
            cdxj.replace_file(index, name, found)
        elif whole:
            empty.add(line)
    if empty or old:
        write_if_different(note, "".join(f"{line}\n" for line in sorted(empty)).encode())


def unfinished(folder: Path) -> bool:
    """Whether a killed run left something that `recover` would set right; raises LedgerError."""
    done = pruned.read(folder)
    said = {line.into for line in done}
    with saying(folder, "read"):
        left = any(folder.glob(NAMES + OPEN))
        anew = [p.name for p in folder.glob("citecheck-*-p*.warc.gz") if p.name not in said]
    twice = [(line.file, line.into) for line in done]
    twice += [(old, name) for name in anew for old in pruned.before(name)]
    return left or any(
        (folder / old).exists() and (not new or (folder / new).exists()) for old, new in twice
    )


def turn_over(folder: Path, index: Path, old: str, new: str) -> None:
    """Let the index name what is in the file `new` (empty: nothing is left) in the place of what
    was in `old`, and remove that; raises LedgerError."""
    cdxj.replace_file(index, old, places(folder / new) if new else ())
    remove(folder / old)


def _finish_pruning(folder: Path, index: Path) -> None:
    """A file written anew counts once `pruned.jsonl` says so; see `pruning`."""
    done = pruned.read(folder)
    for line in done:
        if (folder / line.file).exists() and (not line.into or (folder / line.into).exists()):
            turn_over(folder, index, line.file, line.into)
    said = {line.into for line in done}
    with saying(folder, "read"):
        anew = sorted(p.name for p in folder.glob("citecheck-*-p*.warc.gz"))
    for name in anew:
        if name not in said and any((folder / old).exists() for old in pruned.before(name)):
            remove(folder / name)


def places(path: Path) -> list[Place]:
    """The records of a file that an index names, as far as it can be read."""
    return _looked(path)[0]


def _looked(path: Path) -> tuple[list[Place], bool]:
    """The records of a file that an index names, and whether all of it could be read."""
    damaged: list[Damage] = []

    def inside(stream: BinaryIO) -> Iterator[Record]:
        for one in scan(stream):
            if isinstance(one, Record):
                yield one
            else:
                damaged.append(one)

    with saying(path, "read"), open(path, "rb") as stream:
        found = [capture.place for capture in captures(path.name, inside(stream))]
    return found, not damaged


def _close(path: Path) -> Path | None:
    final, end, answers = path.with_name(path.name.removesuffix(OPEN)), 0, False
    with saying(path, "repaired"), open(path, "r+b") as stream:
        for one in scan(stream):
            if isinstance(one, Record):
                end = one.offset + one.length
                answers |= one.kind in ("response", "revisit")
        stream.truncate(end)
        os.fsync(stream.fileno())
    if not answers:
        remove(path)
        return None
    with saying(path, "repaired"):
        os.replace(path, final)
    sync_folder(path.parent)
    return final

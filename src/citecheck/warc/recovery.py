"""Closes WARC files that a killed run left open, finishes or drops the pruning that it had begun,
indexes files that no index knows, and puts the index in order.

Each record is a gzip member of its own (RFC 1952), so a file is whole up to the end of its last
whole member; what follows is cut off. A file without any response is removed. To be called under
the ledger's lock, before a `WarcRecorder` is made: a file that another run is writing looks the
same.
"""

from __future__ import annotations

import os
from pathlib import Path

from citecheck.disk import remove, saying, sync_folder
from citecheck.warc import index as cdxj
from citecheck.warc import pruned
from citecheck.warc.captures import captures
from citecheck.warc.index import OPEN, Place
from citecheck.warc.scan import Record, scan


def recover(folder: Path, index: Path) -> tuple[Path, ...]:
    """Repair what is in `folder` and bring `index` up to date; the files that were closed.

    Raises LedgerError where the disk refuses.
    """
    repaired = []
    with saying(folder, "read"):
        left = sorted(folder.glob(f"citecheck-*.warc.gz{OPEN}"))
    for path in left:
        final = _close(path)
        if final is not None:
            repaired.append(final)
    _finish_pruning(folder, index)
    with saying(folder, "read"):
        present = {p.name for p in folder.glob("citecheck-*.warc.gz")}
    cdxj.tidy(index)
    known = cdxj.View.read(index).filenames()
    for name in sorted(present - known):
        cdxj.merge(index, places(folder / name))
    return tuple(repaired)


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
    with saying(path, "read"), open(path, "rb") as stream:
        inside = (one for one in scan(stream) if isinstance(one, Record))
        return [capture.place for capture in captures(path.name, inside)]


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

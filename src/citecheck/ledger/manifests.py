"""Where manifests and their time stamps lie, and under which names.

A run with news keeps its manifest in `archive/manifests/<stamp>.json`, for git; that of a run
without any goes beside the copies, as `archive/warc/<stamp>.manifest.json`, which git passes over:
such a run leaves all that git sees as it was. A time stamp is called like its manifest, with `.tsr`
for `.json`. Names are relative to the archive folder, with `/`. Nothing here is ever written twice.

`.state/manifests.json` remembers what the manifests name, so that no run has to read them all.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from citecheck.disk import make_folder, read_bytes, saying, write_bytes
from citecheck.ledger import sums
from citecheck.ledger.layout import Layout, refuse_stray
from citecheck.warc.index import OPEN

_KEPT = re.compile(r"manifests/(\d{14})(?:-(\d+))?\.json")
_BESIDE = re.compile(r"warc/(\d{14})(?:-(\d+))?\.manifest\.json")
_CACHE = "manifests.json"
COPY = ".warc.gz"
_NAMED = 3


class Manifests:
    """The manifests of one archive folder. Every method raises LedgerError where the disk fails."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout

    def names(self) -> tuple[str, ...]:
        """All manifests, the oldest first."""
        found = []
        for folder, pattern in ((self._layout.manifests, "*.json"), (self._layout.warc, "*.json")):
            with saying(folder, "read"):
                paths = list(folder.glob(pattern)) if folder.is_dir() else []
            found += [f"{folder.name}/{path.name}" for path in paths]
        return tuple(sorted((n for n in found if _age(n)), key=lambda n: (_age(n), n)))

    def copies(self) -> tuple[str, ...]:
        """The names of the WARC files that are closed, sorted."""
        with saying(self._layout.warc, "read"):
            found = self._layout.warc.glob(f"*{COPY}") if self._layout.warc.is_dir() else ()
            return tuple(sorted(path.name for path in found if path.is_file()))

    def arriving(self) -> frozenset[str]:
        """The names of all WARC files, those that are not closed under the name they will have."""
        with saying(self._layout.warc, "read"):
            found = self._layout.warc.glob(f"*{COPY}{OPEN}") if self._layout.warc.is_dir() else ()
            return frozenset(path.name.removesuffix(OPEN) for path in found) | {*self.copies()}

    def path_of_copy(self, name: str) -> Path:
        return self._layout.warc / name

    def remembered(self) -> dict[str, Any]:
        """What was remembered of manifests by name, for each that is as it was then."""
        try:
            found = json.loads(read_bytes(self._layout.state / _CACHE) or b"null")
            held = {name: row for name, row in found.items() if isinstance(row, dict)}
        except (ValueError, RecursionError, AttributeError):
            return {}
        return {name: row for name, row in held.items() if row.get("file") == self._file(name)}

    def remember(self, rows: Mapping[str, Mapping[str, Any]]) -> None:
        """Remember what these manifests name (`rows` of JSON values)."""
        held = {name: {**row, "file": self._file(name)} for name, row in rows.items()}
        make_folder(self._layout.state)
        write_bytes(self._layout.state / _CACHE, json.dumps(held).encode())

    def _file(self, name: str) -> list[int]:
        path = self._layout.archive / name
        with saying(path, "read"):
            if not path.exists():
                return []
            told = path.stat()
            return [told.st_size, told.st_mtime_ns]

    def read(self, name: str) -> bytes | None:
        """The bytes of a manifest or a time stamp, None where there is none."""
        return read_bytes(self._layout.archive / name)

    def write(self, data: bytes, moment: datetime, *, kept: bool) -> str:
        """Store a manifest made at `moment`; its name."""
        folder, suffix = ("manifests", ".json") if kept else ("warc", ".manifest.json")
        stamp, number = f"{moment:%Y%m%d%H%M%S}", 1
        name = f"{folder}/{stamp}{suffix}"
        while (self._layout.archive / name).exists():
            number += 1
            name = f"{folder}/{stamp}-{number}{suffix}"
        self._put(name, data)
        return name

    def write_stamp(self, manifest: str, reply: bytes) -> None:
        """Store the time stamp of a manifest."""
        sums.forget(self._layout, f"archive/{stamp_of(manifest)}")
        self._put(stamp_of(manifest), reply)

    def stamped(self, manifest: str) -> bool:
        return (self._layout.archive / stamp_of(manifest)).exists()

    def _put(self, name: str, data: bytes) -> None:
        path = self._layout.archive / name
        make_folder(path.parent)
        refuse_stray(path, self._layout.root)
        write_bytes(path, data)


def kept(name: str) -> bool:
    """Whether git is to have this manifest."""
    return _KEPT.fullmatch(name) is not None


def stamp_of(name: str) -> str:
    return name.removesuffix(".json") + ".tsr"


def _age(name: str) -> tuple[str, int] | None:
    found = _KEPT.fullmatch(name) or _BESIDE.fullmatch(name)
    return (found[1], int(found[2] or 1)) if found else None


def uncompressed(where: Layout) -> str:
    """The WARC files of other tools that are no `.warc.gz`, in words; empty where there are none.
    Their records cannot be taken out one by one, so nothing here reads them."""
    with saying(where.warc, "read"):
        names = sorted(path.name for path in where.warc.glob("*.warc") if path.is_file())
    more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more

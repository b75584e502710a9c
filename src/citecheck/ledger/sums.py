"""How the last run left the files of the ledger: `.state/sums.json`, with the SHA-256 of each.

It holds what is in `references/` and `archive/`, but for what says of itself whether it is whole
(WARC files have manifests, WACZ files digests of their own), for `README` files and for
`corrections.json`, which are a person's. Manifests and time stamps are never written a second time,
so their first sum stays. `copies` are the WARC files that were there: one that is named by a
manifest and was not there either lies elsewhere, as in a clone.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from citecheck.disk import TEMPORARY, make_folder, read_bytes, saying, write_bytes
from citecheck.ledger.layout import Layout
from citecheck.ledger.names import CORRECTIONS

SCHEMA = "citecheck/sums/1"
_OTHERS = (".warc", ".warc.gz", ".wacz", ".open")  # ends of names that have another guard
_ONCE = (".tsr", ".manifest.json")


@dataclass(frozen=True, slots=True)
class Sums:
    """`files` are named `archive/…` and `references/…`, whatever the folders are called;
    `references` is where the second one is, as seen from the first."""

    at: str
    files: Mapping[str, str]
    copies: frozenset[str]
    references: str


def beside(layout: Layout) -> str:
    """Where the references are, as seen from the archive folder."""
    try:
        return Path(os.path.relpath(layout.references, layout.archive)).as_posix()
    except ValueError:  # on another drive
        return str(layout.references)


def where(layout: Layout, name: str) -> Path:
    """The path of a file of `Sums`."""
    room, _, rest = name.partition("/")
    return (layout.references if room == "references" else layout.archive) / rest


def read(layout: Layout) -> Sums | None:
    """What the last run noted; None where nothing (readable) is there. Raises LedgerError."""
    try:
        found = json.loads(read_bytes(layout.sums) or b"null")
        if found["schema"] != SCHEMA:
            return None
        files = {str(name): str(value) for name, value in found["files"].items()}
        there = frozenset(map(str, found["copies"]))
        return Sums(str(found["at"]), files, there, str(found["references"]))
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError):
        return None  # losing `.state/` loses no verdict


def write(layout: Layout, moment: datetime) -> None:
    """Note how the files are now, under the lock; raises LedgerError.

    A command that was told of other references, in which there are none, leaves what is noted of
    those that are known.
    """
    before = read(layout)
    known = before.files if before else {}
    mine = beside(layout)
    files = {
        name: known[name] if _once(name) and name in known else digest(path)
        for name, path in present(layout)
    }
    if not files and before is None:
        return
    if before and before.references != mine and not any(map(_of_references, files)):
        mine = before.references
        files |= {name: value for name, value in known.items() if _of_references(name)}
    copies = sorted(path.name for path in _files(layout.warc) if path.name.endswith(".warc.gz"))
    _store(layout, Sums(f"{moment:%Y-%m-%dT%H:%M:%SZ}", files, frozenset(copies), mine))


def forget(layout: Layout, name: str) -> None:
    """Let the sum of one file be taken anew."""
    held = read(layout)
    if held is not None and name in held.files:
        files = {one: value for one, value in held.files.items() if one != name}
        _store(layout, replace(held, files=files))


def digest(path: Path) -> str:
    """The SHA-256 of a file in hexadecimal; raises LedgerError."""
    with saying(path, "read"), open(path, "rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def present(layout: Layout) -> Iterator[tuple[str, Path]]:
    """The files of the ledger with their names here, sorted; raises LedgerError."""
    inner_ones = (layout.warc, layout.indexes, layout.manifests)
    elsewhere = [path for folder in inner_ones if folder.is_symlink() for path in _files(folder)]
    for room, folder in (("archive", layout.archive), ("references", layout.references)):
        for path in (*_files(folder), *(elsewhere if room == "archive" else ())):
            inner = path.relative_to(folder)
            if path.is_relative_to(layout.state) or _unguarded(room, inner):
                continue
            yield f"{room}/{inner.as_posix()}", path


def kept(layout: Layout) -> Iterator[Path]:
    """The files of the archive folder that hold what a run has kept, of whatever kind."""
    for path in _files(layout.archive):
        if not path.is_relative_to(layout.state) and path.name != ".gitignore":
            yield path


def _unguarded(room: str, inner: Path) -> bool:
    name = inner.name
    if name.endswith(_OTHERS) or inner.match(TEMPORARY) or name.upper().startswith("README"):
        return True
    return room == "references" and name == CORRECTIONS


def _of_references(name: str) -> bool:
    return name.startswith("references/")


def _once(name: str) -> bool:
    return name.endswith(_ONCE) or name.startswith("archive/manifests/")


def _files(folder: Path) -> list[Path]:
    with saying(folder, "read"):
        return sorted(p for p in folder.rglob("*") if p.is_file() and not p.is_symlink())


def _store(layout: Layout, held: Sums) -> None:
    value = {
        "schema": SCHEMA,
        "at": held.at,
        "files": dict(sorted(held.files.items())),
        "copies": sorted(held.copies),
        "references": held.references,
    }
    make_folder(layout.state)
    text = json.dumps(value, indent=1)  # escaped: a name may have no UTF-8
    write_bytes(layout.sums, text.encode() + b"\n")

"""Packs WARC files into a WACZ: one file that ReplayWeb.page, pywb and browsers open as it is.

WACZ 1.1.1 (specs.webrecorder.net/wacz/1.1.1): `archive/`, `indexes/`, `pages/`, `datapackage.json`
with the SHA-256 of every other file, `datapackage-digest.json` with that of the datapackage.
Records are copied as whole gzip members: a file of which all are taken stays the same bytes.
Nothing tells the time of packing: the same input makes the same file. Memory is bounded by the
number of cited pages, not by the bytes that are packed.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, BinaryIO

from citecheck.warc import zipnum
from citecheck.warc.captures import Capture, captures, key
from citecheck.warc.scan import Damage, Record, scan
from citecheck.warc.zipped import Filling, ZipOut

VERSION = "1.1.1"
PACKAGE, DIGEST = "datapackage.json", "datapackage-digest.json"
ARCHIVE, INDEXES, PAGES = "archive/", "indexes/", "pages/"
PAGE_LIST = f"{PAGES}pages.jsonl"
HEADER = {"format": "json-pages-1.0", "id": "pages", "title": "Cited pages"}
_COPY = 1 << 20


@dataclass(frozen=True, slots=True)
class Page:
    """A copy that a reader can open. `ts` is RFC 3339 in UTC; `more` are further fields."""

    id: str
    url: str
    ts: str
    title: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)

    def line(self) -> bytes:
        row = {"id": self.id, "url": self.url, "ts": self.ts}
        row |= {"title": self.title} if self.title else {}
        return _json({**row, **self.more}) + b"\n"


@dataclass(frozen=True, slots=True)
class Source:
    """A WARC file: `resume` are the places where its index says that records begin."""

    path: Path
    resume: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class About:
    """What the package says of itself; `description` is Markdown."""

    title: str
    description: str
    software: str


@dataclass(frozen=True, slots=True)
class Left:
    """Something of a WARC file that was not taken in, and why."""

    file: str
    offset: int
    why: str


@dataclass(frozen=True, slots=True)
class Contents:
    """What a WACZ was made of: `records` taken, the newest moment among them, what was `left`."""

    files: int
    records: int
    newest: str
    left: tuple[Left, ...]


class WaczOut:
    """Writes a WACZ into `stream` (seekable, at its start): the WARC files one by one, then
    `finish`. Raises OSError where the disk refuses. Use as a context manager."""

    def __init__(self, stream: BinaryIO) -> None:
        self._zip = ZipOut(stream)
        self._sorter = zipnum.Sorter()
        self._names: set[str] = set()
        self._records = 0
        self._newest = ""
        self._left: list[Left] = []

    def __enter__(self) -> WaczOut:
        return self

    def __exit__(self, *about: object) -> None:
        self._sorter.close()

    def add(self, source: Source, wanted: Collection[str] | None = None) -> Iterator[Capture]:
        """Copy a WARC file and yield what its index says; to be read to its end.

        `wanted` are the ids of records that are taken, with what belongs to them and the file's
        own `warcinfo`; None takes all. Records that are damaged are left out.
        """
        name = self._name(source.path.name)
        size = source.path.stat().st_size
        with (
            open(source.path, "rb") as stream,
            open(source.path, "rb") as again,
            self._zip.file(ARCHIVE + name, size) as out,
        ):
            out.dropped = True  # unless it turns out to hold something
            for capture in captures(name, self._copied(source, stream, again, out, wanted)):
                out.dropped = False
                self._sorter.add(capture.place.line())
                yield capture

    def finish(
        self, pages: Sequence[Page], more: Mapping[str, bytes | Path], about: About
    ) -> Contents:
        """Write indexes, pages, further files and the datapackage.

        `more` has them by name, `folder/file`: py-wacz takes no file at the root and none deeper.
        """
        with self._zip.file(INDEXES + zipnum.DATA) as out:
            blocks = zipnum.write(self._sorter.lines(), out.write)
        self._zip.put(INDEXES + zipnum.BLOCKS, blocks)
        self._zip.put(PAGE_LIST, b"".join([_json(HEADER) + b"\n", *(p.line() for p in pages)]))
        for name in sorted(more):
            self._put(name, more[name])
        files = len([one for one in self._zip.done if one.name.startswith(ARCHIVE)])
        data = package(self._zip.done, pages, about, self._newest)
        self._zip.put(PACKAGE, data)
        self._zip.put(DIGEST, digest(data))
        self._zip.close()
        return Contents(files, self._records, self._newest, tuple(self._left))

    def _put(self, name: str, what: bytes | Path) -> None:
        if isinstance(what, bytes):
            self._zip.put(name, what)
            return
        with open(what, "rb") as stream, self._zip.file(name, what.stat().st_size) as out:
            while data := stream.read(_COPY):
                out.write(data)

    def _copied(
        self,
        source: Source,
        stream: BinaryIO,
        again: BinaryIO,
        out: Filling,
        wanted: Collection[str] | None,
    ) -> Iterator[Record]:
        for found in scan(stream, resume=source.resume):
            if isinstance(found, Damage) or found.faults:
                why = found.why if isinstance(found, Damage) else found.faults[0]
                self._left.append(Left(source.path.name, found.offset, why))
                continue
            if wanted is not None and not belongs(found, wanted):
                continue
            moved = replace(found, offset=out.size)
            again.seek(found.offset)
            left = found.length
            while left and (data := again.read(min(left, _COPY))):
                out.write(data)
                left -= len(data)
            self._records += 1
            self._newest = max(self._newest, _second(found.fields.get("warc-date", "")))
            yield moved

    def _name(self, name: str) -> str:
        """A name for a WARC file that every reader takes, and no other file has."""
        stem = name.removesuffix(".gz").removesuffix(".warc")
        safe = re.sub(r"[^A-Za-z0-9._+-]", "_", stem) or "_"
        found, number = f"{safe}.warc.gz", 1
        while found.lower() in self._names:
            number += 1
            found = f"{safe}-{number}.warc.gz"
        self._names.add(found.lower())
        return found


def belongs(record: Record, wanted: Collection[str]) -> bool:
    """Whether a record is one of those that are wanted, or tells something of one."""
    fields = record.fields
    about = (record.id, fields.get("warc-concurrent-to"), fields.get("warc-refers-to"))
    named = about if record.kind == "metadata" else about[:2]
    by_time = key(fields.get("warc-target-uri", "").strip("<>"), fields.get("warc-date", ""))
    told = (*named, by_time if record.kind == "response" else "")
    return record.kind == "warcinfo" or any(one in wanted for one in told if one)


def package(files: Iterable[Filling], pages: Sequence[Page], about: About, newest: str) -> bytes:
    """The text of `datapackage.json`. `created` is the newest moment of what is packed."""
    rows = [
        {
            "name": re.sub(r"[^a-z0-9._-]", "-", one.name.lower()),
            "path": one.name,
            "hash": f"sha256:{one.sha256}",
            "bytes": one.size,
            # Frictionless takes lines of JSON for a table, whose rows must all be of one kind.
            **({"format": "txt"} if one.name.endswith(".jsonl") and one.name != PAGE_LIST else {}),
        }
        for one in files
    ]
    main = {"mainPageUrl": pages[0].url, "mainPageDate": pages[0].ts} if pages else {}
    body = {
        "profile": "data-package",
        "wacz_version": VERSION,
        "title": about.title,
        "description": about.description,
        "created": newest or "1970-01-01T00:00:00Z",
        "software": about.software,
        **main,
        "resources": rows,
    }
    return _json(body, indent=2) + b"\n"


def digest(data: bytes) -> bytes:
    """The text of `datapackage-digest.json` for the bytes of the datapackage."""
    row = {"path": PACKAGE, "hash": f"sha256:{hashlib.sha256(data).hexdigest()}"}
    return _json(row, indent=2) + b"\n"


def _second(date: str) -> str:
    found = re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", date)
    return f"{found[0]}Z" if found else ""


def _json(value: object, indent: int | None = None) -> bytes:
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    try:
        return text.encode()
    except UnicodeEncodeError:  # a lone surrogate has no UTF-8
        return json.dumps(value, indent=indent).encode()


Choose = Callable[[Capture], bool]


def chosen(sources: Iterable[Source], choose: Choose) -> set[str]:
    """The ids of the records that `choose` takes, and of those that their revisits refer to."""
    wanted: set[str] = set()
    needed: set[str] = set()
    for source in sources:
        with open(source.path, "rb") as stream:
            records = (r for r in scan(stream, resume=source.resume) if isinstance(r, Record))
            for capture in captures(source.path.name, records):
                if choose(capture):
                    wanted.add(capture.place.record)
                    needed.update(capture.refers_to)
    return wanted | needed

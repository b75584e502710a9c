"""Everything that is wrong with a WACZ file, read to its last byte.

WACZ 1.1.1, every MUST of it: the ZIP and what it holds, `datapackage.json` with hash and size of
every file, the digest of that, index rows that lead to records of their address, time and digest,
pages that the index knows, records that are what their own digests say. Of a file that this program
has written it is known how each remaining byte must read (no compression, no times, no gaps, rows
and texts in one form): there, one flipped byte anywhere is found. Of files of other tools the times
and attributes in ZIP headers are not, and whoever changes all digests along with the content is
found by nobody: that is what a signed time stamp or a checksum kept elsewhere is for.

The file may come from anybody: it is never unpacked to disk, what it unpacks to is bounded, and
nothing is raised.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from citecheck.warc import wacz_index
from citecheck.warc.unzip import STORED, Opened, Packed, ZipFault, chunks, read
from citecheck.warc.wacz import ARCHIVE, DIGEST, INDEXES, PACKAGE, PAGE_LIST, PAGES, digest
from citecheck.warc.zip_form import fixed_form

_MOST = 64_000_000  # bytes of a text that is read as a whole
_TOLD, _ENOUGH = 200, 1000
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_HASH = re.compile(r"(sha256|sha512|sha1|md5):([0-9a-f]{32,128})")
_OURS = re.compile(r"citecheck/\S+")


@dataclass(slots=True)
class _File:
    """The open file with what is known of it so far."""

    stream: BinaryIO
    opened: Opened
    said: dict[str, Any] = field(default_factory=dict)

    @property
    def ours(self) -> bool:
        software = self.said.get("software")
        return isinstance(software, str) and bool(_OURS.fullmatch(software))

    def text(self, name: str) -> bytes:
        """A whole file; raises ZipFault."""
        packed = self.opened.files[name]
        if packed.size > _MOST:
            raise ZipFault("is too long to be looked at")
        return b"".join(chunks(self.stream, packed))


def problems(path: Path) -> tuple[str, ...]:
    """What is wrong with the file, one sentence each; empty where it is as it should be.

    Of many the first 200 are told; a file with more than 1,000 is not read any further. Never
    raises: what cannot be read is a problem.
    """
    try:
        with open(path, "rb") as stream:
            found = list(islice(_problems(path.name, stream, path.stat().st_size), _ENOUGH))
    except OSError as fault:
        return (f"it cannot be read: {(fault.strerror or str(fault)).lower()}",)
    except RecursionError:
        return ("it holds a text that is nested too deeply",)
    told = [_plain(one) for one in dict.fromkeys(found)]
    if len(told) <= _TOLD:
        return tuple(told)
    more = "at least " * (len(found) == _ENOUGH) + str(len(told) - _TOLD)
    return (*told[:_TOLD], f"and {more} more")


def _problems(name: str, stream: BinaryIO, length: int) -> Iterator[str]:
    if not name.endswith(".wacz"):
        yield "its name does not end in .wacz"
    try:
        file = _File(stream, read(stream, length))
    except ZipFault as fault:
        yield f"it {fault}" if not str(fault).count(": ") else str(fault)
        return
    yield from file.opened.faults
    yield from _layout(file.opened.files)
    broken = yield from _package(file)
    if broken:
        return
    yield from _resources(file)
    yield from _digest(file)
    if file.ours:
        yield from fixed_form(stream, file.opened)
    pages = yield from _pages(file)
    yield from wacz_index.problems(stream, file.opened.files, pages, ours=file.ours)


def _layout(files: Mapping[str, Packed]) -> Iterator[str]:
    """What must be there, and what must not be where it is."""
    archives = [n for n in files if n.startswith(ARCHIVE)]
    if not archives:
        yield "archive/ is missing: it holds no WARC file"
    if not any(n.startswith(INDEXES) for n in files):
        yield "indexes/ is missing: nothing in it can be looked up"
    for name in (PACKAGE, PAGE_LIST):
        if name not in files:
            yield f"{name} is missing"
    for name, packed in files.items():
        if name.endswith("/"):
            if packed.size:
                yield f"{name}: is a folder with bytes"
            continue
        if name.startswith(ARCHIVE) and not re.search(r"\.warc(\.gz)?$", name):
            yield f"{name}: is no WARC file by its name, and nothing else may be there"
        if name.startswith(INDEXES) and not re.search(r"\.(cdxj?(\.gz)?|idx)$", name):
            yield f"{name}: is no index by its name, and nothing else may be there"
        if name.startswith(PAGES) and not name.endswith(".jsonl"):
            yield f"{name}: is no list of pages by its name, and nothing else may be there"
        if name.endswith(".gz") and packed.method != STORED:
            yield f"{name}: is compressed twice, so that no part of it can be read on its own"


def _package(file: _File) -> Generator[str, None, bool]:
    """Checks of `datapackage.json`; the generator's value says that it cannot be used."""
    if PACKAGE not in file.opened.files:
        return True
    try:
        said = json.loads(file.text(PACKAGE))
    except ZipFault as fault:
        yield f"{PACKAGE}: {fault}"
        return True
    except ValueError:
        yield f"{PACKAGE}: is no JSON"
        return True
    if not isinstance(said, dict):
        yield f"{PACKAGE}: is no JSON object"
        return True
    file.said = said
    if said.get("profile") != "data-package":
        yield f"{PACKAGE}: its profile is not data-package"
    version = said.get("wacz_version")
    if not isinstance(version, str) or not re.fullmatch(r"1\.\d+(\.\d+)?", version):
        yield f"{PACKAGE}: wacz_version is not one that is known: {version!r}"
    for name in ("title", "description", "software", "mainPageUrl"):
        if not isinstance(said.get(name, ""), str):
            yield f"{PACKAGE}: {name} is no text"
    for name in ("created", "modified", "mainPageDate"):
        if name in said and not moment(said[name]):
            yield f"{PACKAGE}: {name} is no moment (RFC 3339)"
    return False


def _resources(file: _File) -> Iterator[str]:
    """Whether every file is listed, with its hash and size, and nothing else is."""
    rows = file.said.get("resources")
    if not isinstance(rows, list):
        yield f"{PACKAGE}: it has no list of resources"
        return
    seen: set[str] = set()
    for row in rows:
        path = row.get("path") if isinstance(row, dict) else None
        if not isinstance(path, str) or path in seen:
            yield f"{PACKAGE}: a resource has no path, or one that another has: {path!r}"
            continue
        seen.add(path)
        if not isinstance(row.get("name"), str) or not row["name"]:
            yield f"{path}: its resource has no name"
        if path not in file.opened.files or path in (PACKAGE, DIGEST):
            yield f"{path}: is listed in {PACKAGE}, and not there"
            continue
        yield from _resource(file, path, row)
    for name in file.opened.files:
        if name not in seen and name not in (PACKAGE, DIGEST) and not name.endswith("/"):
            yield f"{name}: is not listed in {PACKAGE}"


def _resource(file: _File, path: str, row: Mapping[str, Any]) -> Iterator[str]:
    stated = _HASH.fullmatch(row["hash"]) if isinstance(row.get("hash"), str) else None
    if stated is None:
        yield f"{path}: its hash is missing or of no kind that is known"
    hasher = hashlib.new(stated[1] if stated else "sha256", usedforsecurity=False)
    try:
        for data in chunks(file.stream, file.opened.files[path]):
            hasher.update(data)
    except ZipFault as fault:
        yield f"{path}: {fault}"
        return
    if stated and hasher.hexdigest() != stated[2]:
        yield f"{path}: is not what the hash in {PACKAGE} says"
    if row.get("bytes") != file.opened.files[path].size or isinstance(row.get("bytes"), bool):
        yield f"{path}: has another size than {PACKAGE} says"


def _digest(file: _File) -> Iterator[str]:
    if DIGEST not in file.opened.files:
        if file.ours:
            yield f"{DIGEST} is missing"
        return
    try:
        package, text = file.text(PACKAGE), file.text(DIGEST)
        said = json.loads(text)
    except ZipFault as fault:
        yield f"{DIGEST}: {fault}"
        return
    except ValueError:
        yield f"{DIGEST}: is no JSON"
        return
    said = said if isinstance(said, dict) else {}
    stated = _HASH.fullmatch(str(said.get("hash", "")))
    if said.get("path") != PACKAGE or stated is None:
        yield f"{DIGEST}: does not say the hash of {PACKAGE}"
    elif hashlib.new(stated[1], package, usedforsecurity=False).hexdigest() != stated[2]:
        yield f"{PACKAGE}: is not what {DIGEST} says"
    elif file.ours and text != digest(package):
        yield f"{DIGEST}: is not as it was written"


def _pages(file: _File) -> Generator[str, None, list[tuple[str, str, str]]]:
    """Checks of the lists of pages; the generator's value is the pages: address, second, list."""
    found: list[tuple[str, str, str]] = []
    for name in sorted(n for n in file.opened.files if n.startswith(PAGES) and n.endswith("l")):
        try:
            lines = file.text(name).decode("utf-8").splitlines()
        except ZipFault as fault:
            yield f"{name}: {fault}"
            continue
        except UnicodeDecodeError:
            yield f"{name}: is no UTF-8"
            continue
        ids: set[str] = set()
        for number, line in enumerate(lines, start=1):
            row = _object(line)
            if row is None:
                yield f"{name}, line {number}: is no JSON object"
            elif number == 1 and "format" in row:
                if row["format"] != "json-pages-1.0":
                    yield f"{name}: its format is not one that is known"
            elif not isinstance(row.get("url"), str) or not moment(row.get("ts")):
                yield f"{name}, line {number}: a page needs an address (url) and a moment (ts)"
            else:
                if not isinstance(row.get("title", ""), str):
                    yield f"{name}, line {number}: its title is no text"
                if (id := row.get("id")) is not None and (not isinstance(id, str) or id in ids):
                    yield f"{name}, line {number}: its id is no text, or another page has it"
                ids.add(str(id))
                found.append((row["url"], wacz_index.stamp(row["ts"]), name))
    main = file.said.get("mainPageUrl")
    if isinstance(main, str) and main and main not in {url for url, _, _ in found}:
        yield f"{PACKAGE}: its main page is in no list of pages"
    return found


def _object(line: str) -> dict[str, Any] | None:
    try:
        row = json.loads(line)
    except ValueError:
        return None
    return row if isinstance(row, dict) else None


def moment(value: object) -> bool:
    """Whether this is a date and time as RFC 3339 has it."""
    form = r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)"
    if not isinstance(value, str) or not re.fullmatch(form, value, re.ASCII):
        return False
    try:
        datetime.fromisoformat(value[:19])
    except ValueError:
        return False
    return True


def _plain(text: str) -> str:
    """A sentence that any terminal can show: names in it come from strangers."""
    out = (c if unicodedata.category(c) not in _HIDDEN else f"\\u{ord(c):04x}" for c in text)
    return "".join(out)[:500]

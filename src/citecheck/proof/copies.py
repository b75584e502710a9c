"""A WARC file read through: every record and digest, and every byte against its manifest.

With a manifest each record's stored bytes are hashed where they must lie, so that damage is named
by record even where nothing can be read any more, and where a reader would not notice it (the time
and the system in a gzip header). Without one, what the records say of themselves is all there is.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from citecheck.proof.damage import Damage, Room
from citecheck.proof.manifest import Record, Sealed
from citecheck.proof.seals import stored
from citecheck.warc.pruned import Pruned
from citecheck.warc.scan import Record as Scanned
from citecheck.warc.scan import scan

_REQUIRED = ("warc-type", "warc-record-id", "warc-date", "content-length")
_MOST = 1000  # places of damage that are told of one file
_DIFFERS = "its stored bytes are not those that were sealed"


@dataclass(frozen=True, slots=True)
class Copy:
    """A file to be read: `shown` is its name for a person, `sealed` what a manifest says of it
    (with an empty hash where only its records are known)."""

    path: Path
    shown: str
    sealed: Sealed | None = None


def followed(sealed: Sealed, done: Mapping[str, Pruned], here: tuple[str, ...]) -> Sealed:
    """What a file that was written anew, perhaps more than once, must be now."""
    found = sealed
    for _ in done:
        if found.name in here or found.name not in done:
            return found
        found = pruned(found, done[found.name])
    return found


def against_manifest(copy: Copy) -> Iterator[Damage]:
    """Where the file is not what its manifest says; raises OSError."""
    if copy.sealed is None:
        return
    whole, told, end = hashlib.sha256(), 0, 0
    with open(copy.path, "rb") as stream:
        size = os.fstat(stream.fileno()).st_size
        for record in sorted(copy.sealed.records, key=lambda r: r.offset):
            if record.offset > end:
                stored(stream, record.offset - end, whole)  # no record was found here at sealing
            if record.offset + record.length > size:
                yield _at(copy, record, f"the file ends at byte {size}, before the end of it")
                return
            stream.seek(record.offset)
            if stored(stream, record.length, whole) != record.sha256:
                told += 1
                if told <= _MOST:
                    yield _at(copy, record, _DIFFERS)
            end = record.offset + record.length
        stored(stream, max(size - end, 0), whole)
    if size > copy.sealed.bytes:
        more = f"{size - copy.sealed.bytes} bytes more than were sealed are at its end"
        yield Damage(Room.COPY, copy.shown, more, offset=copy.sealed.bytes)
    elif copy.sealed.sha256 not in ("", whole.hexdigest()) and not told:
        why = "its bytes are not those that were sealed"
        if size < copy.sealed.bytes:
            why = f"it is {copy.sealed.bytes - size} bytes shorter than it was when it was sealed"
        yield Damage(Room.COPY, copy.shown, why)


def records(copy: Copy, damage: list[Damage]) -> Iterator[Scanned]:
    """The records that can be read, with all digests checked; what is wrong goes into `damage`.
    Raises OSError."""
    known = {r.offset: r for r in copy.sealed.records} if copy.sealed else {}
    with open(copy.path, "rb") as stream:
        for found in scan(stream, resume=sorted(known)):
            if len(damage) > _MOST:
                damage.append(Damage(Room.COPY, copy.shown, "and so on: most of it is damaged"))
                return
            if isinstance(found, Scanned):
                damage += (_read(copy, found, why) for why in _faults(found, known))
                yield found
            else:
                here = known.get(found.offset)
                why = found.why if known else f"{found.why}; nothing after it can be read"
                damage.append(
                    _at(copy, here, found.why)
                    if here
                    else Damage(Room.COPY, copy.shown, why, found.offset)
                )


def _faults(found: Scanned, known: Mapping[int, Record]) -> Iterator[str]:
    yield from found.faults
    missing = [name for name in _REQUIRED if not found.fields.get(name)]
    if missing:
        yield f"it does not say its {', '.join(missing)}"
    sealed = known.get(found.offset)
    if sealed is None:
        if known:
            yield "it is not among the records that were sealed"
    elif (sealed.id, sealed.uri) != (found.id, found.fields.get("warc-target-uri", "")):
        yield "it is not the record that was sealed here"


def pruned(sealed: Sealed, done: Pruned) -> Sealed:
    """What a file must be after it was written anew without some of its records."""
    gone = {(record.id, record.sha256) for record in done.records}
    kept: list[Record] = []
    size = 0
    for record in sorted(sealed.records, key=lambda r: r.offset):
        if (record.id, record.sha256) not in gone:
            kept.append(replace(record, offset=size))
            size += record.length
    return Sealed(done.into, size, "", sealed.late, tuple(kept))


def _at(copy: Copy, record: Record, why: str) -> Damage:
    return Damage(Room.COPY, copy.shown, why, record.offset, record.id, record.uri)


def _read(copy: Copy, found: Scanned, why: str) -> Damage:
    uri = found.fields.get("warc-target-uri", "")
    return Damage(Room.COPY, copy.shown, why, found.offset, found.id, uri)

"""Makes the manifest's entry of a WARC file: the hash of the file and of every record in it.

What is known of a body comes from the file itself (the metadata record beside each answer); what is
known of its main text comes from the run that read it, and is joined by address and body: the same
body at the same address has the same text, whichever visit brought it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from citecheck.disk import saying
from citecheck.proof.manifest import Record, Sealed
from citecheck.records.observation import Observation
from citecheck.warc.headers import shown
from citecheck.warc.scan import Record as Scanned
from citecheck.warc.scan import scan
from citecheck.warc.surt import index_key

Texts = Mapping[tuple[str, str], tuple[str, str]]
CHUNK = 1 << 16
_ANSWERS = ("response", "revisit")
_HASH = re.compile(r"[0-9a-f]{64}")
_BODY = re.compile(r"(?m)^citecheck-sha256-decoded: ([0-9a-f]{64})\r?$")


def texts_of(observations: Iterable[Observation]) -> Texts:
    """What observations tell of texts: (address, sha256 of the body) to (sha256 of the normalised
    main text, extractor)."""
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for one in observations:
        if one.body is not None and one.page is not None and one.page.text_sha256:
            key = index_key(shown(one.final_url)), one.body.sha256
            found[key] = (one.page.text_sha256, one.page.extractor)
    return found


def seal(path: Path, texts: Texts, *, late: bool) -> Sealed:
    """The entry of a file as it lies there now; raises LedgerError. What cannot be read in it is
    covered by the hash of the file alone."""
    records: list[Record] = []
    bodies: dict[str, str] = {}
    unchanged: set[str] = set()
    with saying(path, "read"), open(path, "rb") as stream, open(path, "rb") as again:
        for found in scan(stream):
            if not isinstance(found, Scanned):
                break
            again.seek(found.offset)
            records.append(_record(found, stored(again, found.length)))
            if found.kind == "revisit" and found.start[9:12] == "304":
                unchanged.add(found.id)  # it brought no body
            about = found.fields.get("warc-concurrent-to", "")
            if found.kind == "metadata" and about and (body := _BODY.search(found.note)):
                bodies[about] = body[1]
        again.seek(0)
        whole = hashlib.file_digest(again, "sha256").hexdigest()
        size = again.tell()
    for identity in unchanged:
        bodies.pop(identity, None)
    told = tuple(_told(one, bodies.get(one.id, ""), texts) for one in records)
    return Sealed(path.name, size, whole, late, told)


def stored(stream: BinaryIO, length: int, *others: hashlib._Hash) -> str:
    """The SHA-256 of the next `length` bytes (or as many as there are), given to others too."""
    digest = hashlib.sha256()
    while length and (data := stream.read(min(length, CHUNK))):
        length -= len(data)
        for one in (digest, *others):
            one.update(data)
    return digest.hexdigest()


def _record(found: Scanned, digest: str) -> Record:
    return Record(
        id=found.id,
        type=found.kind,
        uri=found.fields.get("warc-target-uri", ""),
        date=found.fields.get("warc-date", ""),
        offset=found.offset,
        length=found.length,
        sha256=digest,
        payload_digest=found.fields.get("warc-payload-digest", ""),
    )


def _told(record: Record, body: str, texts: Texts) -> Record:
    if record.type not in _ANSWERS or not _HASH.fullmatch(body):
        return record
    text, extractor = texts.get((index_key(record.uri), body), ("", ""))
    return replace(record, body_sha256=body, text_sha256=text, extractor=extractor)

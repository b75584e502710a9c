"""The manifest of a run: the hash of every WARC file and of every record in it, chained to the
manifests before it.

A manifest is one JSON text that anybody can make again byte for byte: keys sorted, no spaces,
UTF-8, one `\\n` at its end. `seal` is the SHA-256 of that text without the key `seal`, so that a
damaged manifest is known by itself; `previous` names the manifests before it with
the SHA-256 of their bytes, so that none can be exchanged without all later ones telling. After two
branches were merged there is more than one. The schema is `schema/manifest-1.schema.json`.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, fields
from typing import Any

SCHEMA = "citecheck/manifest/1"


class ManifestError(ValueError):
    """The bytes are no manifest, or not what they were; `str()` says how that shows."""


@dataclass(frozen=True, slots=True)
class Record:
    """One WARC record. `offset` and `length` in bytes of the file, `sha256` of these stored bytes
    (the gzip member); `payload_digest` as the record has it (`sha1:` and base32). Of answers:
    `body_sha256` of the decoded body, `text_sha256` of its normalised main text as `extractor` read
    it. Texts are empty where nothing is known.
    """

    id: str
    type: str
    uri: str
    date: str
    offset: int
    length: int
    sha256: str
    payload_digest: str = ""
    body_sha256: str = ""
    text_sha256: str = ""
    extractor: str = ""


@dataclass(frozen=True, slots=True)
class Sealed:
    """One WARC file. `late`: it was there before the run that sealed it began (a run before was
    killed, or another program made it), so nothing is vouched for but its state at sealing."""

    name: str
    bytes: int
    sha256: str
    late: bool
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """A file with the SHA-256 of its bytes; `name` is relative to the archive folder."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """`generated` is when it was made (UTC, ISO), `version` the version of this program."""

    generated: str
    version: str
    previous: tuple[Named, ...]
    files: tuple[Sealed, ...]


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def canonical(value: Any) -> bytes:
    """The one text of a JSON value."""
    text = json.dumps(
        value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
    )
    return text.encode() + b"\n"


def written(manifest: Manifest) -> bytes:
    """The bytes of a manifest, sealed."""
    value = {
        "schema": SCHEMA,
        "generated": manifest.generated,
        "citecheck": manifest.version,
        "previous": [asdict(one) for one in manifest.previous],
        "files": [asdict(one) for one in manifest.files],
    }
    return canonical(value | {"seal": sha256(canonical(value))})


def parse(data: bytes, *, verified: bool = False) -> Manifest:
    """The manifest that these bytes are; raises ManifestError. Once `verified`, bytes and seal need
    not be compared again."""
    try:
        value = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError):
        raise ManifestError("is no JSON text in UTF-8") from None
    if not isinstance(value, dict):
        raise ManifestError("is no manifest")
    schema = str(value.get("schema"))
    if schema != SCHEMA:
        if schema.rpartition("/")[0] == SCHEMA.rpartition("/")[0]:
            raise ManifestError(f"has the schema {schema[:60]!r}, which this version cannot read")
        raise ManifestError("is no manifest")
    if not verified:
        _verify(value, data)
    try:
        return Manifest(
            generated=_text(value, "generated"),
            version=_text(value, "citecheck"),
            previous=tuple(Named(**_exact(Named, one)) for one in value["previous"]),
            files=tuple(_sealed(one) for one in value["files"]),
        )
    except (KeyError, TypeError, ValueError) as fault:
        raise ManifestError(f"does not have the form of a manifest ({fault})") from None


def _verify(value: dict[str, Any], data: bytes) -> None:
    seal = value.pop("seal", None)
    try:
        text, whole = canonical(value), canonical(value | {"seal": seal})
    except (ValueError, RecursionError):
        raise ManifestError("holds what no manifest can hold") from None
    if seal != sha256(text):
        raise ManifestError("is not what was sealed: its own hash does not hold")
    if whole != data:
        raise ManifestError("was written anew: its bytes are not those of a manifest")


def _sealed(value: Any) -> Sealed:
    found = _exact(Sealed, value)
    records = tuple(Record(**_exact(Record, one)) for one in found.pop("records"))
    return Sealed(**found, records=records)


def _text(value: dict[str, Any], key: str) -> str:
    if not isinstance(value[key], str):
        raise TypeError(f"{key} is no text")
    return str(value[key])


_KINDS = {"str": str, "int": int, "bool": bool, "tuple[Record, ...]": list}


def _exact(kind: type, value: Any) -> dict[str, Any]:
    """The fields of a record class, each of its own type; other keys are passed over."""
    if not isinstance(value, dict):
        raise TypeError(f"{kind.__name__.lower()} is no object")
    found: dict[str, Any] = {}
    for field in fields(kind):
        one = value[field.name]
        if type(one) is not _KINDS[str(field.type)]:
            raise TypeError(f"{field.name} has another type")
        if isinstance(one, int) and one < 0:
            raise ValueError(f"{field.name} is below zero")
        found[field.name] = one
    return found

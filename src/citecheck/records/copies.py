"""A copy of a page in the folder of local copies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from citecheck.records.archive import Snapshot


@dataclass(frozen=True, slots=True)
class Copy:
    """A whole answer that is kept: `url` as recorded (no secrets), `taken` when, `file` the name of
    the WARC file, `record` the record's id (`<urn:uuid:…>`) and `digest` its payload's (SHA-1,
    base32). `visit` is the record of the visit that was asked about: the same, or a later one that
    found the page unchanged (empty: it has none of its own).
    """

    url: str
    taken: datetime
    file: str
    record: str
    status: int | None
    media_type: str
    digest: str
    visit: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """The newest good copy of a link on this machine. `complete`: what its page needs to be shown
    was asked for as well."""

    url: str
    snapshot: Snapshot
    complete: bool = False

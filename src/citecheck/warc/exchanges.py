"""The exchanges in a folder of WARC files, each with all records that belong to it.

An exchange is a `response` or `revisit` record with the `request` and `metadata` records that name
it (`WARC-Concurrent-To`, `WARC-Refers-To`), in whatever file they are. Everything else in a file
(`warcinfo`, records of other kinds, notes about what is not there) belongs to none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from citecheck.disk import saying
from citecheck.warc.index import NAMES
from citecheck.warc.scan import Damage, Record, scan
from citecheck.warc.surt import index_key


@dataclass(frozen=True, slots=True)
class Member:
    """One record as a gzip member of a file."""

    file: str
    offset: int
    length: int
    id: str
    type: str
    url: str
    date: str


@dataclass(slots=True, eq=False)
class Exchange:
    """`original` is the record that a revisit refers to; `whole`: no limit cut the body off; `link`
    is what it was made for, `pages` those that need it, if it is a requisite; `sha256` that of the
    decoded body; `needs` what the page needs to be shown."""

    main: Member
    key: str
    status: int
    digest: str
    revisit: bool
    original: str
    whole: bool
    method: str = "GET"
    link: str = ""
    sha256: str = ""
    pages: set[str] = field(default_factory=set)
    needs: set[str] = field(default_factory=set)
    members: list[Member] = field(default_factory=list)

    @property
    def id(self) -> str:
        return self.main.id

    @property
    def date(self) -> str:
        return self.main.date

    @property
    def size(self) -> int:
        return sum(member.length for member in self.members)

    @property
    def good(self) -> bool:
        """Whether it is a copy that was well: an answer with a body, to be found by its address."""
        return not self.revisit and self.whole and 200 <= self.status < 300 and self.method == "GET"


@dataclass(slots=True)
class Shelf:
    """All exchanges of a folder; `spoilt` are the files in which something cannot be read."""

    exchanges: dict[str, Exchange] = field(default_factory=dict)
    spoilt: set[str] = field(default_factory=set)

    def by_key(self) -> dict[str, list[Exchange]]:
        """By index key, each list oldest first."""
        found: dict[str, list[Exchange]] = {}
        for one in sorted(self.exchanges.values(), key=lambda e: e.date):
            found.setdefault(one.key, []).append(one)
        return found


def read(folder: Path) -> Shelf:
    """Every file of ours in the folder, read through; raises LedgerError where the disk refuses."""
    shelf = Shelf()
    beside: list[tuple[Member, Record]] = []
    for path in sorted(folder.glob(NAMES)):
        with saying(path, "read"), open(path, "rb") as stream:
            for record in scan(stream):
                if isinstance(record, Damage):
                    shelf.spoilt.add(path.name)
                elif record.kind in ("response", "revisit"):
                    one = _exchange(path.name, record)
                    shelf.exchanges[one.id] = one
                elif record.kind in ("request", "metadata"):
                    beside.append((_member(path.name, record), record))
    for member, record in beside:
        about = record.fields.get("warc-concurrent-to") or record.fields.get("warc-refers-to", "")
        if owner := shelf.exchanges.get(about):
            owner.members.append(member)
            _learn(owner, record)
    return shelf


def _exchange(file: str, record: Record) -> Exchange:
    member = _member(file, record)
    status = record.start.split(" ")[1:2]
    digest = record.fields.get("warc-payload-digest", "").rpartition(":")[2]
    return Exchange(
        main=member,
        key=index_key(member.url),
        status=int(status[0]) if status and re.fullmatch(r"[0-9]{3}", status[0]) else 0,
        digest=digest,
        revisit=record.kind == "revisit",
        original=record.fields.get("warc-refers-to", ""),
        whole="warc-truncated" not in record.fields,
        members=[member],
    )


def _member(file: str, record: Record) -> Member:
    fields = record.fields
    return Member(
        file, record.offset, record.length, record.id, record.kind,
        fields.get("warc-target-uri", ""), fields.get("warc-date", ""),
    )  # fmt: skip


def _learn(one: Exchange, record: Record) -> None:
    if record.kind == "request":
        one.method = record.start.partition(" ")[0]
        return
    for name, value in _lines(record.note):
        if name == "citecheck-link":
            one.link = value
        elif name == "citecheck-sha256-decoded":
            one.sha256 = value
        elif name == "via":
            one.pages.add(index_key(value))
        elif name == "outlink":
            one.needs.add(index_key(value.split(" ")[0]))


def _lines(note: str) -> Iterator[tuple[str, str]]:
    for line in note.splitlines():
        name, colon, value = line.partition(": ")
        if colon:
            yield name, value

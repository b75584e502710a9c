"""What a folder of WARC files holds of an address, by its index and by what this run has written.

A copy is whole: the answer to a GET with its body, cut off by no limit, in a file that is there. A
revisit record has no body of its own; it stands for the oldest whole record of the same address and
payload. Lines of other tools that do not say which record they mean (no `id`) are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from citecheck.disk import saying
from citecheck.records.copies import Copy
from citecheck.urls.address import without_fragment
from citecheck.warc.headers import shown
from citecheck.warc.index import EMPTY_DIGEST, REVISIT, Place, View
from citecheck.warc.records import Original, warc_date
from citecheck.warc.surt import index_key

_NEEDED = ("url", "date", "id", "digest", "filename")
_MARK = "#"
_FOLDER = "warc/"


def name_of(copy: Copy) -> str:
    """The name of a copy in the ledger, relative to its folder: `warc/<file>#<urn:uuid:…>`."""
    return f"{_FOLDER}{copy.file}{_MARK}{copy.record.strip('<>')}"


def record_of(name: str) -> str:
    """The record's id in a name that `name_of` made; empty for any other text."""
    identity = name.partition(_MARK)[2]
    return f"<{identity}>" if name.startswith(_FOLDER) and identity else ""


class Holdings:
    """Made once a run, under the ledger's lock. Raises LedgerError where the disk refuses."""

    def __init__(self, folder: Path, index: Path) -> None:
        self._view = View.read(index)
        self._new: dict[str, list[dict[str, str]]] = {}
        self._confirmed: dict[tuple[str, str], Original] = {}
        with saying(folder, "read"):
            self._present = {p.name for p in folder.iterdir()} if folder.is_dir() else set()

    def add(self, place: Place) -> None:
        """A record that this run has written."""
        self._present.add(place.filename)
        row = {
            "url": place.url, "date": place.date, "mime": place.mime, "status": place.status,
            "digest": place.digest, "filename": place.filename, "id": place.record,
        }  # fmt: skip
        if place.truncated:
            row["truncated"] = place.truncated
        self._new.setdefault(index_key(place.url), []).append(row)

    def confirmed(self, url: str, date: str, original: Original) -> None:
        """A visit that found the page not modified (304): its record is not in the index."""
        self._confirmed[index_key(shown(url)), date] = original

    def same(self, url: str, digest: str) -> Original | None:
        """The oldest whole record of the address with this payload; never an empty one."""
        if digest == EMPTY_DIGEST:
            return None
        rows = (row for row in self._whole(index_key(shown(url))) if row["digest"] == digest)
        return _original(next(rows, None))

    def latest(self, url: str) -> Original | None:
        """The newest whole record of the address that has a body."""
        rows = [r for r in self._whole(index_key(shown(url))) if r["digest"] != EMPTY_DIGEST]
        return _original(max(rows, key=lambda row: row["date"], default=None))

    def holds(self, url: str) -> bool:
        """Whether there is a whole answer with a body that was well, of any time."""
        rows = self._whole(index_key(shown(without_fragment(url))))
        return any(r["status"].startswith("2") and r["digest"] != EMPTY_DIGEST for r in rows)

    def settled(self, url: str) -> bool:
        """Whether the folder has an answer of any time that is no failure of the server: a page
        that has not changed needs nothing of that once more."""
        rows = self._rows(index_key(shown(without_fragment(url))))
        return any(r.get("mime") == REVISIT or r.get("status", "5") < "5" for r in rows)

    def copy_of(self, url: str, at: datetime) -> Copy | None:
        """The copy of what a visit to `url` saw at that moment; None where none is kept."""
        key, date = index_key(shown(without_fragment(url))), warc_date(at)
        if known := self._confirmed.get((key, date)):
            return self._named(key, known.record, "")
        for row in self._rows(key):
            if row["date"] != date:
                continue
            if row.get("mime") != REVISIT:
                return self._named(key, row["id"], row["id"])
            original = self.same(row["url"], row["digest"])
            return self._named(key, original.record, row["id"]) if original else None
        return None

    def file_of(self, name: str) -> str:
        """The file that holds the copy of that name by now; empty where it is not in the folder."""
        found = self._view.file_of(record_of(name)) if record_of(name) else ""
        return found if found in self._present else ""

    def _named(self, key: str, record: str, visit: str) -> Copy | None:
        row = next((r for r in self._whole(key) if r["id"] == record), None)
        if row is None:
            return None
        status = row.get("status", "")
        return Copy(
            url=row["url"],
            taken=_moment(row["date"]),
            file=row["filename"],
            record=row["id"],
            status=int(status) if re.fullmatch(r"[0-9]{3}", status) else None,
            media_type=row.get("mime", ""),
            digest=row["digest"],
            visit=visit,
        )

    def _rows(self, key: str) -> Iterator[dict[str, str]]:
        """All usable rows of a key, oldest first."""
        for row in (*self._view.of(key), *self._new.get(key, ())):
            if all(row.get(name) for name in _NEEDED) and row["filename"] in self._present:
                yield row

    def _whole(self, key: str) -> Iterator[dict[str, str]]:
        for row in self._rows(key):
            if row.get("mime") != REVISIT and not row.get("truncated"):
                yield {"status": "", **row}


def _original(row: dict[str, str] | None) -> Original | None:
    return Original(row["url"], row["date"], row["id"], row["digest"]) if row else None


def _moment(date: str) -> datetime:
    try:
        found = datetime.fromisoformat(date)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)
    return found if found.tzinfo else found.replace(tzinfo=UTC)

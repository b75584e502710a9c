"""Which records of a WARC file an index names, and for which cited link each of them was made.

As in `writer`: whole answers to GET, of any status but 304, revisits among them; and `resource`
records of other tools. The link stands in the `metadata` record that follows its response. A
request is told from its answer (`WARC-Concurrent-To`) or, as GNU Wget does, the other way round.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from citecheck.warc import index as cdxj
from citecheck.warc.index import Place
from citecheck.warc.scan import Record

_MAIN = ("response", "revisit", "resource")


@dataclass(frozen=True, slots=True)
class Capture:
    """A record that an index names. `link` is empty where none is stated; `refers_to` names, for a
    revisit, the record that holds its body, by id and by address and time; `stated` is the digest
    of the payload that the record tells."""

    place: Place
    link: str = ""
    refers_to: tuple[str, ...] = ()
    stated: str = ""


def captures(name: str, records: Iterable[Record]) -> Iterator[Capture]:
    """What an index says of the records of the file `name`, as they come."""
    waiting: dict[str, Capture] = {}
    # What is no GET, and answers to it, told before the answer.
    unwanted: set[str] = set()
    for record in records:
        about = record.fields.get("warc-concurrent-to", "")
        if record.kind in _MAIN:
            found = _capture(name, record)
            if found is not None and unwanted.isdisjoint((record.id, about)):
                waiting[record.id] = found
        elif record.kind == "request" and not record.start.startswith("GET "):
            unwanted |= {record.id, about} - {""}
            waiting.pop(about, None)
        elif record.kind == "metadata" and (link := _link(record)) and about in waiting:
            yield replace(waiting.pop(about), link=link)
    yield from waiting.values()


def key(url: str, date: str) -> str:
    """How a revisit names its original where it does not give an id."""
    return f"{date} {url}"


def _link(record: Record) -> str:
    found = re.search(r"(?m)^citecheck-link: (.+?)\r?$", record.note)
    return found[1] if found else ""


def _capture(name: str, record: Record) -> Capture | None:
    fields, kind = record.fields, record.kind
    plain = kind == "resource" or (kind == "response" and not record.start)  # such as a DNS answer
    status = record.start[9:12] if record.start.startswith("HTTP/") else ""
    typed = (fields if plain else record.http).get("content-type", "")
    mime = typed.partition(";")[0].strip().lower()
    stated = fields.get("warc-payload-digest", "").rpartition(":")[2]
    url = fields.get("warc-target-uri", "").strip("<>")
    if not url or status == "304":
        return None
    place = Place(
        url=url,
        date=fields.get("warc-date", ""),
        mime=cdxj.REVISIT
        if kind == "revisit"
        else mime
        if re.fullmatch(r"[\w.+-]+/[\w.+-]+", mime, re.ASCII)
        else "unk",
        status="200" if plain else status,
        digest=(stated if kind == "revisit" else "") or record.digest,
        length=record.length,
        offset=record.offset,
        filename=name,
        record=record.id,
        truncated=fields.get("warc-truncated", ""),
    )
    original = fields.get("warc-refers-to", "")
    by_time = key(
        fields.get("warc-refers-to-target-uri", "").strip("<>"),
        fields.get("warc-refers-to-date", ""),
    )
    named = tuple(n for n in (original, by_time) if n.strip()) if kind == "revisit" else ()
    return Capture(place, "", named, stated)

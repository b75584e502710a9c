"""What an audit found, as text for a person and as JSON for a program.

Names, addresses and what records say of themselves are other people's: shown, they are made
harmless (`reports.visible`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby

from citecheck.proof.damage import Damage, Findings, Room
from citecheck.reports.visible import visible

SCHEMA = "citecheck/audit/1"
_TITLES = {
    Room.COPY: "Local copies",
    Room.INDEX: "Index of the copies",
    Room.MANIFEST: "Manifests",
    Room.STAMP: "Time stamps",
    Room.EXPORT: "WACZ files",
    Room.LEDGER: "Ledger, records and reports",
}
_ADVICE = {
    Room.COPY: "Put the file back from a backup, then audit again. Without one, what is damaged is "
    "lost: the next `citecheck run` makes new copies of pages that still show the same.",
    Room.INDEX: "Remove the index: the next `citecheck run` makes it again from the copies.",
    Room.MANIFEST: "Put it back: `git checkout` for those in manifests/, a backup for the others.",
    Room.STAMP: "Put it back from git or a backup; a stamp cannot be had again for the same time.",
    Room.EXPORT: "Write it again: `citecheck export FILE.wacz`.",
    Room.LEDGER: "`git diff` shows what has changed. If it was meant, the next `citecheck run` "
    "takes it as it is; if not, `git checkout` brings it back.",
}
_ONE = {
    "damaged places": "damaged place",
    "manifests": "manifest",
    "time stamps": "time stamp",
    "index lines": "index line",
    "WARC files": "WARC file",
    "WACZ files": "WACZ file",
    "records": "record",
    "pruned records": "pruned record",
    "bytes of records": "byte of records",
    "lines of links": "line of links",
    "lines of history": "line of history",
    "records of references": "record of references",
    "baselines with their body among the copies": "baseline with its body among the copies",
    "copies that the ledger names": "copy that the ledger names",
    "copies that the ledger names and are not here": "copy that the ledger names and is not here",
    "files as the last run left them": "file as the last run left it",
}
_MOST = 50  # places that are shown of one kind


def text(found: Findings, *, quiet: bool) -> str:
    """For a person; with `quiet` the damage alone."""
    lines = list(_damage(found.damage))
    if not quiet:
        told = [_counted(what, number) for what, number in found.counts.items() if number]
        lines.append("Verified: " + (", ".join(told) if told else "nothing, there is nothing here"))
        lines += [f"Note: {visible(note)}" for note in found.notes]
        if found.damage:
            lines.append(f"{_places(len(found.damage))}: see above.")
        else:
            lines.append("No damage was found.")
    return "".join(f"{line}\n" for line in lines)


def as_json(found: Findings) -> str:
    """For a program: ASCII, so that no terminal is steered by it."""
    value = {
        "schema": SCHEMA,
        "damage": [
            {
                "kind": one.room.value,
                "file": one.file,
                "offset": one.offset,
                "record": one.record,
                "url": one.address,
                "why": one.why,
            }
            for one in found.damage
        ],
        "notes": found.notes,
        "verified": found.counts,
    }
    return json.dumps(value, indent=2) + "\n"


def _damage(damage: tuple[Damage, ...]) -> Iterator[str]:
    for room, group in groupby(damage, key=lambda one: one.room):
        places = list(group)
        yield f"{_TITLES[room]}: {_places(len(places))}"
        for one in places[:_MOST]:
            yield f"  {visible(_where(one))}"
            if one.address:
                yield f"    {visible(one.address)}"
            yield f"    {visible(one.why)}"
        if len(places) > _MOST:
            yield f"  and {len(places) - _MOST:,} more (--format json lists all)"
        yield f"  What to do: {_ADVICE[room]}"
        yield ""


def _where(one: Damage) -> str:
    place = one.file
    if one.offset is not None:
        place += f", byte {one.offset}"
    return f"{place}, record {one.record}" if one.record else place


def _places(number: int) -> str:
    return _counted("damaged places", number)


def _counted(what: str, number: int) -> str:
    return f"1 {_ONE[what]}" if number == 1 else f"{number:,} {what}"

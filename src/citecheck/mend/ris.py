"""RIS: the copy as a note of the record (`N1`), after the address.

`N1` is free text that Zotero, EndNote, Mendeley and JabRef all keep; `L1` to `L4` and a second `UR`
would be taken for full texts or for the source itself.
"""

from __future__ import annotations

import re

from citecheck.mend.edits import Change, Kind, Settled, Unmendable, Wish
from citecheck.mend.language import language_named
from citecheck.mend.places import Spot
from citecheck.mend.present import copy_in
from citecheck.mend.sheet import Sheet
from citecheck.mend.style import Styles
from citecheck.mend.swap import secured, swapped
from citecheck.text.archived_words import PHRASES

formats = ("ris",)

_LINE = re.compile(r"(?m)^([ \t]*)([A-Z][A-Z0-9])( {1,2}- ?)([^\n]*)$")


def write(sheet: Sheet, spot: Spot, wish: Wish, styles: Styles) -> tuple[Change, ...]:
    """The changes of a wish in one record."""
    assert spot.entry is not None
    text = sheet.source.text
    lines = _lines(text, sheet.line_start(spot.line))
    if wish.kind is Kind.COPY:
        raise Unmendable("a copy in the notes of a record is left to a person")
    if wish.kind is not Kind.ARCHIVE:
        return _swap(lines, str(spot.entry.csl.get("URL", "")), wish)
    if copy_in([line[4] for line in lines], wish.url, wish.new):
        raise Settled
    after = next((k for k in reversed(lines) if k[2] == "UR"), None)
    after = after or next((k for k in reversed(lines) if k[2] != "ER"), None)
    if after is None:
        raise Unmendable("the record has no line to write beside")
    named = next((line[4].strip().lower() for line in lines if line[2] == "LA"), "")
    words = PHRASES[language_named(named)].words.format(wish.day.isoformat())
    said = f"{words[:1].upper()}{words[1:]}: {wish.new}"
    mark = re.sub(r"- ?\Z", "- ", after[3])
    at = after.end() - (sheet.text[after.end() - 1 : after.end()] == "\r")
    return (Change(at, at, f"\n{after[1]}N1{mark}{said}"),)


def _lines(text: str, at: int) -> list[re.Match[str]]:
    """The tagged lines of the record that begins at a place."""
    found: list[re.Match[str]] = []
    for line in _LINE.finditer(text, at):
        if line[2] == "TY" and found:
            break
        found.append(line)
        if line[2] == "ER":
            break
    return found


def _swap(lines: list[re.Match[str]], old: str, wish: Wish) -> tuple[Change, ...]:
    for line in lines:
        at = line[4].find(old) if old else -1
        if line[2] in ("UR", "N1", "L1", "L2") and at >= 0:
            start = line.start(4) + at
            if wish.kind is Kind.HTTPS:
                return (secured(line.string, start),)
            return (swapped(line.string, start, start + len(old), wish.new),)
    raise Unmendable("no line of the record prints the address as it is")

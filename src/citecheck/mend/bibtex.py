"""BibTeX and BibLaTeX: the copy in `note`, and `urldate` where BibLaTeX has none.

Neither has a field for archived copies. `note` is printed by every style; `urldate` (BibLaTeX: when
the address was seen to work) gets the day of the copy where the entry names no day. A new field
stands last, written as the one before it: separator, indentation, column of `=`, delimiters.
"""

from __future__ import annotations

import re
from functools import lru_cache

from citecheck.mend.bibtex_fields import Field, Record, record_at
from citecheck.mend.edits import Change, Kind, Settled, Unmendable, Wish
from citecheck.mend.language import language_named
from citecheck.mend.places import Spot
from citecheck.mend.present import copy_in
from citecheck.mend.sheet import Sheet
from citecheck.mend.style import Styles
from citecheck.mend.swap import secured, swapped
from citecheck.text.archived_words import IN_RECORDS

formats = ("bibtex",)

_ONLINE = frozenset({"online", "electronic", "www", "dataset", "software"})
_BIBLATEX = re.compile(r"(?im)^[ \t,]*(?:urldate|journaltitle|date|eprinttype)[ \t]*=")
_ADDRESS = re.compile(r"(?i)https?://[^\s{}\"]+")


def write(sheet: Sheet, spot: Spot, wish: Wish, styles: Styles) -> tuple[Change, ...]:
    """The changes of a wish in one entry."""
    assert spot.entry is not None
    text = sheet.source.text
    record = record_at(text, sheet.line_start(spot.line))
    if wish.kind is Kind.COPY:
        raise Unmendable("a copy in the notes of a record is left to a person")
    if wish.kind is not Kind.ARCHIVE:
        return _swap(text, record, spot, wish)
    if copy_in([_plain(text[f.start : f.end]) for f in record.fields], wish.url, wish.new):
        raise Settled
    address = f"\\url{{{_escaped(wish.new)}}}"
    said = _phrase(text, record).format(url=address, day=wish.day.isoformat())
    changes: list[Change] = []
    added: list[tuple[str, str]] = []
    if record.get("urldate") is None and _dated(text, record):
        added.append(("urldate", wish.day.isoformat()))
    note = record.get("note")
    if note is None:
        added.append(("note", said))
    else:
        changes.append(_appended(text, note, said))
    if added:
        changes.append(_added(text, record, added))
    return tuple(changes)


def _phrase(text: str, record: Record) -> str:
    field = record.get("langid") or record.get("language")
    named = text[field.last[0] : field.last[1]].strip().lower() if field else ""
    return IN_RECORDS.get(language_named(named), IN_RECORDS["en"])


def _dated(text: str, record: Record) -> bool:
    """Whether `urldate` says something here: to BibLaTeX, of an entry with an address."""
    return record.get("url") is not None and (record.kind in _ONLINE or _biblatex(text))


@lru_cache(maxsize=1)
def _biblatex(text: str) -> bool:
    return _BIBLATEX.search(text) is not None


def _escaped(url: str) -> str:
    r"""An address inside `\url{}` inside a field: TeX reads `%` and `#` before `\url` does."""
    return re.sub(r"([%#])", r"\\\1", url)


def _plain(value: str) -> str:
    return re.sub(r"\\([%&#_~{}$])", r"\1", re.sub(r"\\(?:url|path|href)\s*\{", " ", value))


def _appended(text: str, note: Field, said: str) -> Change:
    """The words after those that the note has."""
    if not note.delimiter:
        return Change(note.end, note.end, f" # {{; {said[:1].lower()}{said[1:]}}}")
    old = text[note.last[0] : note.last[1]]
    end = note.last[0] + len(old.rstrip())
    if not old.strip():
        return Change(note.last[0], note.last[1], said)
    if not old.rstrip().endswith((".", "!", "?")):
        said = f"; {said[:1].lower()}{said[1:]}"
    else:
        said = f" {said}"
    return Change(end, end, said)


def _added(text: str, record: Record, added: list[tuple[str, str]]) -> Change:
    """New fields after the last one, in the manner of the entry."""
    if not record.fields:
        raise Unmendable("the entry has no field to write beside")
    last = record.fields[-1]
    before = record.fields[-2].end if len(record.fields) > 1 else record.head
    between = text[before : last.at]
    if not re.fullmatch(r"\s*,\s*", between):
        between = ",\n  "
    columns = {len(f.name) + len(re.match(r"\s*", f.equals)[0]) for f in record.fields}  # type: ignore[index]
    after = re.search(r"\s*\Z", last.equals)[0]  # type: ignore[index]
    lead = len(re.match(r"\s*", last.equals)[0])  # type: ignore[index]
    quoted = all(f.delimiter == '"' for f in record.fields if f.delimiter)
    said = ""
    for name, value in added:
        shown = (
            name.upper()
            if last.name.isupper()
            else name.capitalize()
            if last.name.istitle()
            else name
        )
        aligned = len(columns) == 1 and len(record.fields) > 1
        pad = " " * (max(columns.copy().pop() - len(name), 1) if aligned else lead)
        opening, closing = ('"', '"') if quoted and '"' not in value else ("{", "}")
        said += f"{between}{shown}{pad}={after}{opening}{value}{closing}"
    return Change(last.end, last.end, said)


def _swap(text: str, record: Record, spot: Spot, wish: Wish) -> tuple[Change, ...]:
    """Another address in the field that has it."""
    for field in record.fields:
        for hit in _ADDRESS.finditer(text, field.start, field.end):
            if _plain(hit[0]).strip() != str(spot.entry and spot.entry.csl.get("URL", "")).strip():
                continue
            if wish.kind is Kind.HTTPS:
                return (secured(text, hit.start()),)
            escapes = "\\" in hit[0] or field.name.lower() not in ("url", "doi")
            new = _escaped(wish.new) if escapes else wish.new
            return (swapped(text, *hit.span(), new),)
    raise Unmendable("no field of the entry prints the address as it is")

"""Where a document prints the address of a link: the notes and records that a wish is for.

While the document is as the report saw it, label and line tell the note. Where it has changed, a
note is the one that was cited if its label is the same, it prints the address, and no other note
of that label does.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TypeVar

from citecheck.mend.edits import Kind, Refusal, Wish
from citecheck.mend.sheet import Sheet
from citecheck.records.document import Entry, Note, TextLink
from citecheck.urls.address import (
    InvalidAddress,
    fetch_form,
    host_of,
    identity,
    redact,
    strip_userinfo,
)

_T = TypeVar("_T")
_CHANGED = "the document has changed since the report was made"


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of a wish: a note with the links in it that lead to the address, or a record."""

    label: str
    line: int
    note: Note | None = None
    links: tuple[TextLink, ...] = ()
    entry: Entry | None = None


@dataclass(frozen=True, slots=True)
class Found:
    spots: tuple[Spot, ...]
    refusals: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True)
class Printed:
    """What a document prints, by the address that it means: links in notes, and records; then the
    links and records by the copy that they name; last the notes by their label."""

    links: Mapping[str, Sequence[tuple[Note, TextLink]]]
    entries: Mapping[str, Sequence[Entry]]
    copied_links: Mapping[str, Sequence[tuple[Note, TextLink]]]
    copied_entries: Mapping[str, Sequence[Entry]]
    notes: Mapping[str, Sequence[Note]]


def printed_in(sheet: Sheet) -> Printed:
    """The index of a document's addresses."""
    entries, notes = sheet.document.entries, sheet.document.notes
    links = [(note, link) for note in notes for link in note.links]
    labelled: dict[str, list[Note]] = {}
    for note in notes:
        labelled.setdefault(note.label, []).append(note)
    return Printed(
        _index(links, lambda found: found[1].target),
        _index(entries, _address_of),
        _index(links, lambda found: found[1].copy),
        _index(entries, lambda entry: str(entry.csl.get("archive_location") or "")),
        labelled,
    )


def _index(found: Iterable[_T], address: Callable[[_T], str]) -> dict[str, list[_T]]:
    index: dict[str, list[_T]] = {}
    for one in found:
        for key in _keys(address(one)):
            index.setdefault(key, []).append(one)
    return index


def _keys(target: str) -> tuple[str, ...]:
    """What an address can be asked for by: its identity, and how a report shows it."""
    try:
        asked = fetch_form(strip_userinfo(target))
    except InvalidAddress:
        return (strip_userinfo(target),) if target else ()
    return tuple(dict.fromkeys((identity(asked), redact(asked))))


def leads_to(target: str, url: str) -> bool:
    """Whether a printed address is the link that the report calls `url`."""
    keys = _keys(target)
    return url in keys or identity(url) in keys


def places(sheet: Sheet, printed: Printed, wish: Wish, *, fresh: bool) -> Found:
    """The spots of a wish; `fresh` says that the document is as the report saw it."""
    printing = list(_printing(sheet, printed, wish))
    cited = {(c.note, c.line) for c in wish.cited}
    labels = {c.note for c in wish.cited}
    printed_by = Counter(spot.label for spot in printing)
    spots: list[Spot] = []
    refusals: list[Refusal] = []
    for spot in printing:
        if fresh:
            if (spot.label, spot.line) in cited:
                spots.append(spot)
        elif spot.label not in labels:
            why = f"{_CHANGED}, which knows no such note with this address"
            refusals.append(Refusal(wish, spot.label, spot.line, why))
        elif printed_by[spot.label] > 1:
            why = f"{_CHANGED}, and more than one note {spot.label} prints the address"
            refusals.append(Refusal(wish, spot.label, spot.line, why))
        else:
            spots.append(spot)
    if not printing and not _done(printed, wish):
        first = min(wish.cited, key=lambda c: c.line)
        why = "no address is printed there" if fresh else f"{_CHANGED} and prints it no more"
        refusals.append(Refusal(wish, first.note, first.line, why))
    return Found(tuple(spots), tuple(refusals))


def _printing(sheet: Sheet, printed: Printed, wish: Wish) -> Iterator[Spot]:
    """All notes and records that print the address, cited ones also without a scheme."""
    found: dict[int, tuple[Note, list[TextLink]]] = {}
    links_of, entries_of = _asked(printed.links, wish.url), _asked(printed.entries, wish.url)
    if wish.kind is Kind.COPY:
        links_of = chain(links_of, _asked(printed.copied_links, wish.url))
        entries_of = chain(entries_of, _asked(printed.copied_entries, wish.url))
    for note, link in links_of:
        links = found.setdefault(note.span.start, (note, []))[1]
        if link not in links:
            links.append(link)
    if wish.kind is Kind.ARCHIVE:
        labels = dict.fromkeys(c.note for c in wish.cited)
        for note in (n for label in labels for n in printed.notes.get(label, ())):
            if note.span.start not in found:
                bare = _schemeless(sheet, note, wish.url)
                if bare:
                    found[note.span.start] = (note, list(bare))
    for _, (note, links) in sorted(found.items()):
        yield Spot(note.label, note.line, note, tuple(links))
    seen: set[int] = set()
    for entry in entries_of:
        if id(entry) not in seen:
            seen.add(id(entry))
            yield Spot(entry.label, entry.line, entry=entry)


def _asked(index: Mapping[str, Sequence[_T]], url: str) -> Iterator[_T]:
    for key in dict.fromkeys((identity(url), url)):
        yield from index.get(key, ())


def _address_of(entry: Entry) -> str:
    url, doi = entry.csl.get("URL"), entry.csl.get("DOI")
    if isinstance(url, str) and url.strip():
        return url.strip()
    doi = str(doi or "").rpartition("doi.org/")[2].removeprefix("doi:").strip()
    return f"https://doi.org/{doi}" if doi else ""


def _schemeless(sheet: Sheet, note: Note, url: str) -> tuple[TextLink, ...]:
    """The one place at which a note prints an address without its scheme, or a bare DOI."""
    start, end = sheet.chars(note.span)
    bare = url.partition("://")[2]
    words = [bare, bare.rstrip("/")]
    if host_of(url) in ("doi.org", "dx.doi.org", "www.doi.org"):
        words.append(bare.partition("/")[2])
    for printed in words:
        if len(printed) < 6:
            continue
        pattern = re.compile(rf"(?i)(?<![\w/.-]){re.escape(printed)}(?![\w/])")
        hits = list(pattern.finditer(sheet.source.text, start, end))
        if len(hits) == 1 and not any(
            sheet.chars(link.span)[0] <= hits[0].start() < sheet.chars(link.span)[1]
            for link in note.links
        ):
            span = sheet.source.span(*hits[0].span())
            return (TextLink(0, 0, url, hits[0][0], span),)
    return ()


def _done(printed: Printed, wish: Wish) -> bool:
    """Whether an address that was to take the old one's place is printed already."""
    if wish.kind is Kind.ARCHIVE:
        return False
    shelves = (printed.links, printed.entries, printed.copied_links, printed.copied_entries)
    return any(any(_asked(shelf, wish.new)) for shelf in shelves)

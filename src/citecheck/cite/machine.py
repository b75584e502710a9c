"""Citations in documents become references: split, read, repeats, merge, names, corrections.

The same input gives the same output: documents are worked on in the order of their paths, ids that
were given before (`known`) are kept, and a document's references come sorted by id.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from citecheck.cite import entries, merge, repeats
from citecheck.cite.addresses import add_address
from citecheck.cite.archived import without_remarks
from citecheck.cite.corrections import corrected
from citecheck.cite.draft import Draft, families, reference_of
from citecheck.cite.fields import read_fields
from citecheck.cite.ids import new_id
from citecheck.cite.piece import Piece
from citecheck.cite.quotes import quotes_of
from citecheck.cite.recognised import given_ids
from citecheck.cite.split import split
from citecheck.records.document import Document, Note
from citecheck.records.reference import Reference
from citecheck.records.report import Skipped
from citecheck.urls.address import host_of

REACH = 2000  # citations that a short form may reach back over


@dataclass(frozen=True, slots=True)
class Extraction:
    """What was found. `by_document` follows the documents as given; each document's references
    carry only its own citations. `citations` counts mentions; `skipped` what was not understood."""

    by_document: tuple[tuple[Document, tuple[Reference, ...]], ...]
    citations: int
    skipped: tuple[Skipped, ...] = ()


def extract(
    documents: Sequence[Document],
    known: Sequence[Reference] = (),
    corrections: Mapping[str, Mapping[str, Any]] | None = None,
) -> Extraction:
    """The references of documents; `known` are those of earlier runs, `corrections` a person's."""
    hosts = frozenset(
        host_of(link.target) for d in documents for n in d.notes for link in n.links
    ) - {""}
    skipped: list[Skipped] = []
    drafts: list[Draft] = []
    kept: dict[str, list[Reference]] = {}
    for document in sorted(documents, key=lambda d: d.path):
        drafts.extend(_prose(document, hosts, skipped))
        called = {note.label: note for note in document.notes if note.callouts}
        for entry in document.entries:
            reference = entries.reference_of(entry, document.path, hosts)
            if entries.is_ours(entry.csl) and reference.id:
                kept.setdefault(document.path, []).append(reference)
                continue
            draft = Draft(reference, document.path, entry.label, 1, entry.line)
            if entry.label in called:  # a record in a note that the text calls (wikitext)
                draft.quotes = quotes_of(called[entry.label], _titles(reference))
            drafts.append(draft)
    ready = [r for rows in kept.values() for r in rows]
    works = _works(drafts, known, ready, frozenset(corrections or ()))
    works, faults = _corrected(works, kept, corrections or {})
    skipped.extend(faults)
    by_document = tuple((d, _of(d, works, kept)) for d in documents)
    count = sum(len(r.citations) for _, rows in by_document for r in rows)
    return Extraction(by_document, count, tuple(skipped))


def _prose(document: Document, hosts: Collection[str], skipped: list[Skipped]) -> list[Draft]:
    """The citations of a document's notes, in reading order."""
    out: list[Draft] = []
    for note in document.notes:
        found = _note(document, note, out, hosts, skipped)
        if found:
            titles = [t for d in found for t in _titles((d.target or d).reference)]
            found[0].quotes = quotes_of(note, titles)
        out.extend(found)
    return out


def _titles(reference: Reference) -> tuple[str, ...]:
    return reference.title, reference.title_translated, reference.title_original


def _note(
    document: Document,
    note: Note,
    earlier: list[Draft],
    hosts: Collection[str],
    skipped: list[Skipped],
) -> list[Draft]:
    found: list[Draft] = []
    head = ""
    bare = without_remarks(note)
    for segment in split(bare.note):
        segment = repeats.same_author(segment, head)
        piece = read_fields(segment, hosts)
        spans = {link.span for link in segment.links}
        for place, copy in bare.copies:
            if place in spans:
                add_address(piece, copy, copy)
        head = repeats.head_of(segment, piece) or head
        draft = _draft(document, note, len(found) + 1, piece, segment.text)
        why = repeats.resolve(draft, piece, [*earlier[-REACH:], *found])
        if draft.target is None and not piece.urls and not piece.csl.get("title"):
            why = why or (
                "no title, address or earlier citation was found" if _tried(piece) else ""
            )
            if why:
                skipped.append(Skipped(f"{document.path}, note {note.label}", why))
            continue
        if why:
            skipped.append(Skipped(f"{document.path}, note {note.label}", why))
        found.append(draft)
    return found


def _tried(piece: Piece) -> bool:
    """Whether something was read from a piece, so that it may have been a citation after all."""
    return bool({"issued", "volume", "ISBN", "author"} & piece.csl.keys())


def _draft(document: Document, note: Note, index: int, piece: Piece, words: str) -> Draft:
    return Draft(
        reference_of(piece),
        document.path,
        note.label,
        index,
        note.line,
        locator=piece.locator,
        words=words[:2000],
        families=families(piece.csl),
    )


def _works(
    drafts: Sequence[Draft],
    known: Sequence[Reference],
    kept: Sequence[Reference],
    corrections: Collection[str],
) -> list[Reference]:
    """One reference a work, with its id and all its citations."""
    full = [d for d in drafts if d.target is None]
    place = {id(d): i for i, d in enumerate(full)}
    mentions: dict[int, list[Draft]] = {}
    for draft in drafts:
        mentions.setdefault(place[id(draft.target or draft)], []).append(draft)
    order = {id(d): i for i, d in enumerate(drafts)}
    taken = {r.id for r in known} | {r.id for r in kept}
    groups = merge.groups([d.reference for d in full])
    works = [merge.merged([full[i].reference for i in group]) for group in groups]
    cited = [
        sorted((d for i in group for d in mentions[i]), key=lambda d: order[id(d)])
        for group in groups
    ]
    where = [frozenset(d.document for d in rows) for rows in cited]
    given = given_ids(works, where, [*kept, *known], corrections)
    out: list[Reference] = []
    numbers: dict[str, int] = {}
    for work, rows, name in zip(works, cited, given, strict=True):
        name = name or new_id(work, taken, numbers)
        taken.add(name)
        out.append(replace(work, id=name, citations=tuple(d.citation() for d in rows)))
    return out


def _corrected(
    works: list[Reference],
    kept: dict[str, list[Reference]],
    corrections: Mapping[str, Mapping[str, Any]],
) -> tuple[list[Reference], list[Skipped]]:
    faults: list[Skipped] = []

    def one(reference: Reference) -> Reference:
        fields = corrections.get(reference.id)
        if not isinstance(fields, Mapping):
            return reference
        fixed, lost = corrected(reference, fields)
        faults.extend(
            Skipped(
                f"correction of {reference.id}", f"{name} is no CSL variable or has no valid value"
            )
            for name in lost
        )
        return fixed

    done = [one(r) for r in works]
    for path, rows in kept.items():
        kept[path] = [one(r) for r in rows]
    ids = {r.id for r in done} | {r.id for rows in kept.values() for r in rows}
    faults.extend(
        Skipped(f"correction of {name}", "no reference has this id")
        for name in sorted(corrections)
        if name not in ids
    )
    return done, faults


def _of(
    document: Document, works: Sequence[Reference], kept: Mapping[str, list[Reference]]
) -> tuple[Reference, ...]:
    rows = list(kept.get(document.path, ()))
    for work in works:
        own = tuple(c for c in work.citations if c.document == document.path)
        if own:
            rows.append(replace(work, citations=own))
    return tuple(sorted(rows, key=lambda r: r.id))

"""Reads the sources of a run and turns their notes into references, or takes up the records.

A source that cannot be read is data: it is named in `skipped`, counted in `unread`, and the rest is
still done. Without any source, the records in `references/` are the source and are only read.
"""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from citecheck.cite.entries import sanitised
from citecheck.cite.machine import extract
from citecheck.errors import SourceError
from citecheck.ledger.names import hashed_name, plain_name
from citecheck.ledger.store import Ledger
from citecheck.readers import shelf
from citecheck.readers.sources import SourceFile, expand
from citecheck.records.document import Document
from citecheck.records.exchange import Exchange
from citecheck.records.observation import Fault
from citecheck.records.ports import Progress
from citecheck.records.reference import Reference
from citecheck.records.report import Skipped
from citecheck.records.sources import Sources
from citecheck.settings import Settings
from citecheck.text.fold import plain

Fetch = Callable[[str], Awaitable[Exchange | Fault]]


@dataclass(frozen=True, slots=True)
class Gathered:
    """`sources` for the run; `writable` are the documents whose records `references/` is to hold
    (not those that were read from there)."""

    sources: Sources
    writable: tuple[tuple[str, tuple[Reference, ...]], ...]


async def gather(
    settings: Settings, ledger: Ledger, fetch: Fetch, typed: bytes, progress: Progress
) -> Gathered:
    """Read all sources; `typed` is what came on standard input. Raises LedgerError where
    references/ itself is broken."""
    stored = tuple(
        (document, tuple(_cleaned(r) for r in references))
        for document, references in ledger.read_references()
    )
    if not settings.sources:
        return Gathered(_from_records(stored), ())
    expansion = expand(settings.sources, settings.root)
    skipped = [_problem(p, settings.root) for p in expansion.problems]
    documents: list[Document] = []
    own: set[str] = set()
    files = _without_records(expansion.files, settings)
    for number, file in enumerate(files):
        progress.stage("read", number, len(files))
        try:
            document = await _read(file, fetch, typed)
        except SourceError as fault:
            skipped.append(_problem(fault, settings.root))
            continue
        documents.append(document)
        if file.path is not None and _within(file.path, settings.references):
            own.add(document.path)
    progress.stage("read", len(files), len(files))
    unread = len(skipped)
    skipped += [Skipped(d.path, warning) for d in documents for warning in d.warnings]
    known = tuple(reference for _, references in stored for reference in references)
    extraction = extract(documents, known, ledger.corrections())
    skipped += extraction.skipped
    writable = tuple((d.path, rs) for d, rs in extraction.by_document if d.path not in own)
    return Gathered(Sources(extraction.by_document, tuple(skipped), unread), writable)


def _problem(problem: SourceError, root: Path) -> Skipped:
    """A source that cannot be read, named once and as from the project root, as documents are."""
    prefix = f"{root}{os.sep}"
    what, why = problem.source.replace(prefix, ""), problem.why.replace(prefix, "")
    return Skipped(plain(what), plain(why.removeprefix(f"{what}: ")))


def _without_records(files: Sequence[SourceFile], settings: Settings) -> Sequence[SourceFile]:
    """The files but for records in references/ that a wider folder or pattern led to and whose
    documents are read anyway: their citations would count twice."""
    folder = settings.references
    if any(_within(settings.root / source, folder) for source in settings.sources):
        return files
    names = {name(file.name) for file in files for name in (plain_name, hashed_name)}
    return [
        file
        for file in files
        if file.path is None or file.path.name not in names or not _within(file.path, folder)
    ]


def _cleaned(reference: Reference) -> Reference:
    """The record with valid values alone: others may have written the file."""
    return replace(reference, csl=sanitised(reference.csl)[0])


def _from_records(stored: Sequence[tuple[str, tuple[Reference, ...]]]) -> Sources:
    documents = tuple(
        (Document(path=path, sha256="", format="records"), references)
        for path, references in stored
    )
    return Sources(documents)


def _within(path: Path, folder: Path) -> bool:
    # `realpath`: unlike `resolve` it stands a link that leads to itself.
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


async def _read(file: SourceFile, fetch: Fetch, typed: bytes) -> Document:
    if file.kind == "stdin":
        return shelf.read(file.name, typed)
    if file.kind == "url":
        return await _read_url(file, fetch)
    if file.path is None:
        raise SourceError(file.name, "has no file")
    try:
        data = file.path.read_bytes()
    except OSError as fault:
        raise SourceError(file.name, f"cannot be read: {fault.strerror or fault}") from None
    return shelf.read(file.name, data)


async def _read_url(file: SourceFile, fetch: Fetch) -> Document:
    answer = await fetch(file.url)
    if isinstance(answer, Fault):
        raise SourceError(file.name, f"cannot be fetched: {answer.kind} {answer.detail}".strip())
    if answer.status != 200:
        raise SourceError(file.name, f"cannot be fetched: the server answered {answer.status}")
    if answer.truncated:
        raise SourceError(file.name, "cannot be fetched whole: it was cut off")
    media_type = answer.header("content-type").partition(";")[0].strip().lower()
    return shelf.read(file.name, answer.content, media_type=media_type)

"""What was read from the sources of a run, ready to be checked."""

from __future__ import annotations

from dataclasses import dataclass

from citecheck.records.document import Document
from citecheck.records.reference import Reference
from citecheck.records.report import Skipped


@dataclass(frozen=True, slots=True)
class Sources:
    """Documents with their references, what could not be read, and how many whole sources that
    were (`unread`)."""

    by_document: tuple[tuple[Document, tuple[Reference, ...]], ...]
    skipped: tuple[Skipped, ...] = ()
    unread: int = 0

    @property
    def citations(self) -> int:
        return sum(len(r.citations) for _, references in self.by_document for r in references)

    @property
    def references(self) -> int:
        return sum(len(references) for _, references in self.by_document)

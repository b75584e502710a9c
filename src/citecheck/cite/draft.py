"""A citation understood so far: its fields, its place, and the record that it may repeat."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from citecheck.cite.piece import Piece
from citecheck.records.reference import Citation, Quote, Reference
from citecheck.text.fold import fold


@dataclass(slots=True)
class Draft:
    """One citation before merging. `target` is the earlier draft that a short form stands for."""

    reference: Reference
    document: str
    note: str
    index: int
    line: int
    locator: str = ""
    short: bool = False
    quotes: tuple[Quote, ...] = ()
    target: Draft | None = None
    words: str = ""
    families: frozenset[str] = field(default_factory=frozenset)

    def citation(self) -> Citation:
        return Citation(
            self.document, self.note, self.index, self.line, self.locator, self.short, self.quotes
        )


def reference_of(piece: Piece) -> Reference:
    """The reference that a piece describes; id and citations come later."""
    return Reference(
        id="",
        csl=dict(piece.csl),
        urls=tuple(piece.urls),
        printed=piece.printed,
        unproxied=piece.unproxied,
        title_translated=piece.title_translated,
        title_original=piece.title_original,
        container_title_translated=piece.container_translated,
        confidence=dict(piece.confidence),
        guarded=tuple(piece.guarded),
    )


def families(csl: dict[str, Any]) -> frozenset[str]:
    """The folded family names (or bodies) of the authors, of the editors where there are none."""
    people = csl.get("author") or csl.get("editor") or []
    return frozenset(
        fold(str(p.get("family") or p.get("literal") or "")) for p in people if isinstance(p, dict)
    ) - {""}


def year(csl: dict[str, Any]) -> str:
    """The year of issue, or the empty string."""
    parts = csl.get("issued", {}).get("date-parts") or [[]]
    return str(parts[0][0]) if parts[0] else ""

"""What one look at an answer found: everything that is kept of a body."""

from __future__ import annotations

from dataclasses import dataclass

from citecheck.records.observation import PageFacts, Signal, Sketch


@dataclass(frozen=True, slots=True)
class Looked:
    """`suspicious` asks for a probe of a sibling address that cannot exist; `quotes_found` is keyed
    by a quote's first shingle."""

    page: PageFacts | None = None
    signals: tuple[Signal, ...] = ()
    sketch: Sketch | None = None
    quotes_found: tuple[tuple[str, bool], ...] = ()
    suspicious: bool = False

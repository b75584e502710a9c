"""How much of an earlier text a page still shows, measured on sketches of 4-token shingles.

Containment C is the share of the old shingles that the new text still has, J their Jaccard
similarity. Where both sketches are whole sets the figures are exact; otherwise both are cut at the
lower of the two largest hashes, below which each is complete. The thresholds were measured on 1,300
simulated pairs: no edit of a page fell below C = 0.10, no different page rose above it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from citecheck.records.finding import Similarity
from citecheck.records.observation import Sketch

SHORT = 80
_FEW = 20


class Drift(StrEnum):
    """What became of a text; `appended` is `edited` with the old text whole inside the new one."""

    SAME = "same"
    EDITED = "edited"
    APPENDED = "appended"
    CHANGED = "changed"
    REPLACED = "replaced"
    TRUNCATED = "truncated"
    CANNOT_TELL = "cannot-tell"


@dataclass(frozen=True, slots=True)
class Comparison:
    """`kept` is the share of the old text in the new one, `covered` that of the new in the old.

    `sampled` counts the shingles of the old text that were looked at; `basis` full|sketch.
    """

    kept: float
    covered: float
    jaccard: float
    sampled: int
    basis: str

    def as_similarity(self) -> Similarity:
        return Similarity("containment-4", round(self.kept, 4), self.basis)


def whole(sketch: Sketch) -> bool:
    """Whether the sketch holds every shingle of its text."""
    return sketch.size == len(sketch.hashes)


def compare(old: Sketch, new: Sketch) -> Comparison:
    """Both directions and Jaccard; of two empty texts all are 1, of one empty text all are 0."""
    limits = [s.hashes[-1] for s in (old, new) if not whole(s) and s.hashes]
    limit = min(limits, default=None)
    before = {h for h in old.hashes if limit is None or h <= limit}
    after = {h for h in new.hashes if limit is None or h <= limit}
    both = len(before & after)
    either = len(before | after)
    return Comparison(
        kept=both / len(before) if before else float(not after),
        covered=both / len(after) if after else float(not before),
        jaccard=both / either if either else 1.0,
        sampled=len(before),
        basis="full" if limit is None else "sketch",
    )


def classify(old: Sketch, new: Sketch) -> Drift:
    """The bucket of a pair of texts whose digests differ."""
    seen = compare(old, new)
    if seen.jaccard >= 0.97:
        return Drift.SAME
    if 10 <= new.tokens < 0.5 * old.tokens and seen.covered >= 0.85 and seen.sampled >= _FEW:
        return Drift.TRUNCATED
    if min(old.tokens, new.tokens) < SHORT:
        return _short(old, new, seen)
    if seen.sampled < _FEW:
        return Drift.CANNOT_TELL
    if seen.kept >= 0.97 and new.tokens > old.tokens:
        return Drift.APPENDED
    if seen.kept >= 0.80:
        return Drift.EDITED
    return Drift.CHANGED if seen.kept >= 0.10 else Drift.REPLACED


def _short(old: Sketch, new: Sketch, seen: Comparison) -> Drift:
    """One edited word of a short text takes four shingles with it, so only the extremes count.

    With twelve words or more, losing four shingles of five takes a fifth of the words at least; the
    rest may be the title, which extractors count as text.
    """
    if seen.kept >= 0.5:
        return Drift.APPENDED if seen.kept >= 0.97 and new.tokens > old.tokens else Drift.EDITED
    if min(old.tokens, new.tokens) >= 12 and seen.kept < 0.2:
        return Drift.REPLACED
    return Drift.CANNOT_TELL

"""The date of the work: what is left of dates after access dates and imprints were taken.

Of several the most exact one counts, and of equals the first. A year alone counts only where it
stands as a member of its own (between commas, brackets or ends), not within words.
"""

from __future__ import annotations

import re

from citecheck.cite import dates
from citecheck.cite.piece import GAP, Piece

_UPDATED = re.compile(
    r"(?i)(?:last\s+)?(?:updated|modified|revised|stand|mis\s+à\s+jour(?:\s+le)?"
    r"|aktualisiert(?:\s+am)?)\s*:?\s*$"
)
_CUE = re.compile(
    r"(?i)(?:\b(?:on|vom|am|le|du|publié\s+le|published|posted|dated|от|of|c\.|©|издано)\s*:?\s*)$"
)


def read_issued(piece: Piece) -> None:
    """Takes all dates after the title; the best is `issued` unless an imprint gave one."""
    found = [d for d in dates.find(piece.text) if d.start >= piece.tail]
    usable = [d for d in found if len(d.parts) > 1 or _alone(piece.text, d)]
    plain = [d for d in usable if not _UPDATED.search(piece.text[: d.start])]
    best = max(plain or usable, key=lambda d: (len(d.parts), -d.start), default=None)
    given = piece.csl.get("issued")
    piece.issued_at = best.start if best is not None else None
    if best is not None and given and len(best.parts) > len(given["date-parts"][0]):
        if best.parts[0] == given["date-parts"][0][0]:
            piece.csl["issued"] = best.csl()
    elif best is not None:
        piece.set("issued", best.csl(), best.confidence if best in plain else "low")
    for date in usable:
        start = date.start
        if cue := _CUE.search(piece.text[:start]):
            start = cue.start()
        if cue := _UPDATED.search(piece.text[:start]):
            start = cue.start()
        end = date.end
        if start and piece.text[start - 1] in "([（" and piece.text[end : end + 1] in ")]）":
            start, end = start - 1, end + 1
        piece.take(start, end)
    for start, end in dates.no_date(piece.text):
        piece.take(start, end)


def _alone(text: str, date: dates.Found) -> bool:
    """Whether a year stands as a member of its own."""
    before = text[: date.start].rstrip()
    after = text[date.end :].lstrip()
    ends = not after or after[0] in f",.;:)]）{GAP}，、。"
    starts = not before or before[-1] in f",.;:([（{GAP}，、"
    return ends and (starts or bool(_CUE.search(text[: date.start])) or before[-1].isalpha())

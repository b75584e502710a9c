"""Words about a copy in an archive: `archived from the original on 3 May 2019`, `archiviert am`.

They tell when the copy was made, which is neither the date of the work nor that of access, and
where, which is no publisher: CSL has no place for either, and the copy's own address says both. A
title may speak of archives as well; so only a stretch outside quotes and italics counts that names
an original, or leads to a date, an address or an end.
"""

from __future__ import annotations

import re

from citecheck.cite import dates
from citecheck.cite.piece import GAP, Piece

_VERB = (
    r"(?:archived|arch(?:iviert(?:e\s+Version)?|ivée?|ivad[oa]|iviato|iviata)|arquivad[oa]"
    r"|gearchiveerd|arkiver(?:ad|et)|archivováno|zarchiwizowan[oey]|архивировано|(?-i:アーカイブ))"
)
_ORIGINAL = (
    r"(?:from\s+(?:the\s+)?original|vom\s+original|d(?:epuis|e)\s+l['’]original"
    r"|d(?:esde\s+el|el|o)\s+original|dall['’]originale|van\s+(?:het\s+)?origine(?:e)?l"
    r"|från\s+originalet|fra\s+originalen|z\s+(?:originálu|oryginału)"
    r"|из\s+(?:перво)?источника|из\s+оригинала)"
)
_WHERE = (
    r"(?:(?:the\s+)?(?:internet\s+archive(?:['’]s)?\s+)?wayback\s+machine|(?:the\s+)?internet\s+archive"
    r"|perma(?:\.cc|links?)|archive\.(?:today|is|ph|org)|webcite|ghostarchive|arquivo\.pt)"
)
_CUE = re.compile(
    rf"(?i)(?<!\w){_VERB}(?!\w)(?:\s+(?:copy|version|page))?"
    rf"(?P<original>\s+{_ORIGINAL}(?!\w))?(?:\s*\(?\s*(?:pdf|{GAP}+)(?:\s*\))?)*"
    r"(?P<day>\s+(?:on|am|le|el|il|em|op|den|dne|dnia)(?!\w)|\s*(?=\d))?\s*"
)
_PLACE = re.compile(
    rf"(?i)[\s,]*(?:\(\s*)?(?:at|in|by|via|on|bei|im|à|en|em|su|på)?\s*{_WHERE}(?!\w)"
)
_LED = re.compile(rf"(?i)[\s:]*(?:(?:at|in|via|as|bei|unter|à|en|em|su)(?!\w)[\s:]*)?[(\[<]*{GAP}")
_END = re.compile(r"\s*(?:[.;)\]]|\Z)")


def read_archiving(piece: Piece) -> None:
    """Takes what is said of a copy, its date included."""
    found = dates.find(piece.text)
    for match in list(_CUE.finditer(piece.text)):
        marked = ((q.start, q.end) for q in piece.quotes)
        if any(a <= match.start() < b for a, b in (*marked, *piece.italics)):
            continue
        start, stop = match.start(), match.end()
        near = next((d for d in found if 0 <= d.start - stop <= 1), None)
        if near is not None:
            stop = near.end
        if place := _PLACE.match(piece.text, stop):
            stop = place.end()
        led = _LED.match(piece.text, stop)
        told = match["original"] or near or place or led or _END.match(piece.text, stop)
        if not told or not _apart(piece.text, start):
            continue
        piece.take(start, stop)


def _apart(text: str, at: int) -> bool:
    """Whether something ends before a place: it stands at the beginning of a part of its own."""
    before = text[:at].rstrip(" ")
    return not before or before[-1] in f".,;:([{GAP}–—"

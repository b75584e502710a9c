"""Interviews and letters: `John Doe, interview with the author, Berlin, May 3, 2010`.

Such a source has no title of its own; the words that say what it is stand in the title's place, as
printed. Its author is who spoke or wrote, the one who asked is the `interviewer`.
"""

from __future__ import annotations

import re

from citecheck.cite import names
from citecheck.cite.piece import GAP, Piece, tidy
from citecheck.cite.titles import candidates

_SOMEONE = r"[^,;:()\[\]\x1f\"“”«»\d]{2,80}?"
_WHO = rf"(?P<who>{_SOMEONE})"
_END = r"(?=\s*(?:[,;.(\[\x1f]|$))"
_ASKED = re.compile(
    rf"^(?P<what>(?:(?:the\s+)?author[’']?s?\s+|personal\s+|phone\s+|telephone\s+)?interviews?\s+"
    rf"(?:with|of)\s+{_SOMEONE}){_END}"
    rf"|^(?P<what3>(?:letter|memorandum|telegram|cable|e-?mail)\s+(?:from|to)\s+{_SOMEONE}"
    rf"(?:\s+to\s+[^,;:\x1f\d]{{2,80}}?)?){_END}"
    rf"|^(?P<what2>(?:Gespräch|Interview)\s+mit\s+[^,;:\x1f]{{2,80}}?){_END}",
    re.IGNORECASE,
)
_SAID = re.compile(
    rf"^(?P<head>[^,;:()\[\]\x1f\"“”«»\d]{{3,80}}?)(?:,|\.)\s+(?P<what>"
    rf"(?:(?:personal|phone|telephone|unpublished|oral)\s+)?(?:(?P<asked>interview(?:ed)?)\s+"
    rf"(?P<how>with|by)"
    rf"|(?P<wrote>e-?mail(?:\s+message)?|letter|text\s+message|message|personal\s+communication"
    rf"|(?:telephone\s+|phone\s+)?conversation)\s+(?:to|with))\s+{_WHO}){_END}",
    re.IGNORECASE,
)


def read_spoken(piece: Piece) -> None:
    """Takes an interview or a letter that has no title of its own."""
    if piece.title is not None or any(m.kind == "quote" for m in candidates(piece)):
        return
    if match := _ASKED.match(piece.text):
        group = next(name for name in ("what", "what2", "what3") if match[name])
        kind = "personal_communication" if group == "what3" else "interview"
        _titled(piece, match.start(group), match.end(group), kind)
        return
    match = _SAID.match(piece.text)
    if match is None or not names.name_like(match["head"]) or GAP in match["head"]:
        return
    kind = "interview" if match["asked"] else "personal_communication"
    _titled(piece, *match.span("what"), kind)
    people = names.parse(match["head"])
    piece.set("author", list(people.people), people.confidence)
    if match["asked"] and match["how"].lower() == "by" and names.name_like(match["who"]):
        piece.set("interviewer", list(names.parse(match["who"]).people), "medium")
    piece.take(0, match.end("what"))


def _titled(piece: Piece, start: int, end: int, kind: str) -> None:
    piece.set("title", tidy(piece.text[start:end]), "medium")
    piece.csl["type"], piece.confidence["type"] = kind, "high"
    piece.title, piece.title_kind = (start, end), "spoken"
    piece.take(start, end)

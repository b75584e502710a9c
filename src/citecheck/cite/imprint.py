"""Place, publisher and year: `(Tokyo: JIIA, 2022)`, `(Norton, 1979)`, `Berlin: Springer 2010`.

A bracket counts as an imprint only with a date or a known place in it. A thesis names its kind in
the publisher's seat.
"""

from __future__ import annotations

import re

from citecheck.cite import dates
from citecheck.cite.piece import Piece, tidy
from citecheck.cite.places import is_place

THESIS = re.compile(
    r"(?i)\b(ph\.?\s?d\.?\s*(?:diss(?:ertation|\.)?|thesis)?|(?:doctoral|master[’']?s"
    r"|bachelor[’']?s|m\.?a\.?|m\.?sc\.?|b\.?a\.?)\s+"
    r"(?:thesis|dissertation|diss\.)|dissertation|diss\.(?:\s(?:phil|jur|med|theol)\b\.?)?|thesis|thèse(?:\s+de\s+doctorat)?"
    r"|mémoire(?:\s+de\s+master)?"
    r"|masterarbeit|bachelorarbeit|diplomarbeit|habilitationsschrift|habil\."
    r"|tesis(?:\s+doctoral)?|диссертация)"
)
_STATUS = re.compile(
    r"(?i)\b(forthcoming|in press|im erscheinen|im druck|à paraître|expected in|en prensa)\b"
)
_EDITION = re.compile(
    r"(?i)(?:(?P<number>\d{1,2})\s*(?:st|nd|rd|th|e|ª|\.)?\s*(?:(?:rev|revised|expanded|überarb"
    r"|erw|durchges|aktual)\w*\.?,?\s*(?:u\.|und|and)?\s*)*"
    r"(?:ed\.|edn\.?|edition|aufl\.|auflage|éd\.|édition|ed(?:ición|ição|izione)|изд\.|版))"
    r"|(?P<words>\b(?:rev|revised|expanded|updated)\.?\s+(?:ed\.|edn\.?|edition))"
)
_PLAIN = re.compile(
    r"(?:(?<=[\x1f.,])|^)\s*(?P<place>[A-ZÀ-ÞА-Я][^\x1f,:;()\"]{1,40}?(?:\s\([A-Z]{2}\)|,\s(?:[A-Z]{2}"
    r"|[A-Z]\.[A-Z]\.|[A-Z][a-z]+))?):\s(?P<pub>[^\x1f:;()\"]{2,70}?)[,;]?\s*"
    r"(?=(?:c\.?|©)?(?:1[4-9]|20)\d\d\b|\x1f|$|\bn\.d\.)"
)
# Within round brackets an imprint stands in square ones.
_SQUARE = re.compile(r"\[[^:\[\]]{2,40}:\s[^:\[\]]{2,60},\s(?:1[5-9]|20)\d\d\]")
_CJK = re.compile(
    r"(?:(?<=[\x1f，,。])|^)\s*(?P<place>[\u4e00-\u9fff]{2,6})\s?[：:]\s?"
    r"(?P<pub>[\u4e00-\u9fff·]{2,30})(?=\s*[，,。\x1f]|$)"
)
_REPRINT = re.compile(r"\s*((?:1[4-9]|20)\d\d)\s*[;,]\s*(?:repr(?:int(?:ed)?)?\.?,?\s*)?")
_FRENCH = re.compile(
    r"(?:(?<=[\x1f.,])|^)\s*(?P<place>[^\x1f,:;()\"]{2,30}),\s(?P<pub>[^\x1f,:;()\"\d]{2,60}),\s"
    r"(?=(?:1[4-9]|20)\d\d\b)"
)


def read_edition(piece: Piece) -> None:
    """Takes `2nd ed.`, `3. Aufl.`, `rev. ed.` after the title."""
    match = _EDITION.search(piece.text, piece.tail)
    if match:
        piece.set("edition", match["number"] or tidy(match["words"]), "high")
        piece.take(*match.span())


def read_imprint(piece: Piece) -> None:
    """Takes the bracketed imprint after the title, else the plain one of a book."""
    for pair in piece.brackets:
        if (
            pair.start < piece.tail
            or not piece.free(pair.start, pair.end)
            or not (pair.mark in "(（" or _SQUARE.match(piece.text, pair.start))
        ):
            continue
        if pair.end - pair.start <= 240 and _bracket(piece, pair.start + 1, pair.end - 1):
            piece.take(pair.start, pair.end)
            if "issued" in piece.csl:
                break
    if "publisher" not in piece.csl and "publisher-place" not in piece.csl:
        _plain(piece)


def _bracket(piece: Piece, start: int, end: int) -> bool:
    """Reads one bracket; False where it is something else."""
    text = piece.text[start:end]
    found = [d for d in dates.find(text) if not text[d.end :].strip(" ,.;")]
    missing = dates.no_date(text)
    status = _STATUS.search(text)
    if found:
        before = text[: found[-1].start]
    elif missing:
        before = text[: missing[0][0]]
    elif status:
        before = text[: status.start()]
    elif is_place(text):
        piece.set("publisher-place", text.strip())
        return True
    elif ":" in text and is_place(text.split(":")[0]):
        before = text
    else:
        return False
    if found:
        piece.set("issued", found[-1].csl(), found[-1].confidence)
    if status:
        piece.set("status", status[1].lower() if "expected" not in status[1] else "forthcoming")
        before = re.sub(re.escape(status[1]) + r"(?:\s+in)?", "", before, flags=re.I)
    _publisher(piece, before)
    return True


def _publisher(piece: Piece, text: str) -> None:
    if edition := _EDITION.search(text):
        piece.set("edition", edition["number"] or tidy(edition["words"] or ""))
        text = text[: edition.start()] + text[edition.end() :]
    if first := _REPRINT.match(text):
        piece.set("original-date", {"date-parts": [[int(first[1])]]})
        text = text[first.end() :]
    text = re.sub(r"^[\s,;]*(?:ed|eds|trans)\.[^:]*?;\s*", "", text)
    if thesis := THESIS.search(text):
        piece.set("genre", thesis[0].strip(" ,;"))
        piece.csl["type"], piece.confidence["type"] = "thesis", "high"
        text = text[: thesis.start()] + text[thesis.end() :]
    place, colon, publisher = text.partition(":")
    if not colon:
        parts = [p for p in (tidy(p) for p in text.split(",")) if p]
        if not parts:
            return
        if is_place(text):
            piece.set("publisher-place", tidy(text))
        elif len(parts) > 1 and is_place(parts[-1]):
            piece.set("publisher", ", ".join(parts[:-1]))
            piece.set("publisher-place", parts[-1])
        elif len(parts) > 1 and is_place(parts[0]):
            piece.set("publisher-place", parts[0])
            piece.set("publisher", ", ".join(parts[1:]))
        else:
            piece.set("publisher", tidy(text), "medium")
        return
    piece.set("publisher-place", _undotted(place))
    piece.set("publisher", tidy(publisher))


def _undotted(place: str) -> str:
    """A place; `Washington, D.C.` keeps its last period."""
    place = place.strip(" ,;")
    return place if re.search(r"\b[^\W\d_]\.$", place) else tidy(place)


def _plain(piece: Piece) -> None:
    """`New York: Norton, 1979`; `Paris, Gallimard, 1998`; `Berlin 2010`; `Norton, 1979` (MLA)."""
    book = piece.title_kind in ("italic", "plain", "book") or piece.container is not None
    match = _PLAIN.search(piece.text, piece.tail)
    if match and (is_place(match["place"]) or book) and len(match["place"].split()) <= 4:
        piece.set(
            "publisher-place",
            _undotted(match["place"]),
            "high" if is_place(match["place"]) else "medium",
        )
        publisher = tidy(match["pub"])
        piece.set("publisher", publisher)
        piece.take(match.start("place"), match.end("pub"))
        return
    if match := _CJK.search(piece.text, piece.tail):
        piece.set("publisher-place", match["place"])
        piece.set("publisher", match["pub"])
        if piece.container is None and piece.title_kind == "quote":
            piece.title_kind = "book"
        piece.take(*match.span())
        return
    match = _FRENCH.search(piece.text, piece.tail)
    if match and book and is_place(match["place"]):
        piece.set("publisher-place", tidy(match["place"]))
        piece.set("publisher", tidy(match["pub"]))
        piece.take(match.start("place"), match.end("pub"))
        return
    for found in dates.find(piece.text):
        before = re.split(r"[\x1f,.;](?!\s?[A-Z]?\.)", piece.text[: found.start].rstrip(" ,"))[-1]
        if found.start > piece.tail and book and len(found.parts) == 1 and is_place(before):
            piece.set("publisher-place", tidy(before))
            at = piece.text.rindex(before, 0, found.start)
            piece.take(at, at + len(before))
            return

"""Where a work appeared, when the container is marked: italics, 《…》, or `in` with a quotation.

An italic run and a quotation that touch without a comma are one title (a paper that lost its way
between quotes and italics); such a container has low confidence.
"""

from __future__ import annotations

import re

from citecheck.cite.piece import GAP, Piece
from citecheck.cite.places import is_place
from citecheck.cite.scripts import same_family, script
from citecheck.cite.titles import Marked, bare, candidates, clean, other_form, split_bracket

_IN = re.compile(r"(?i)(?:^|[\s,.;\x1f])(?:in|dans|en|em|в|dalam)\s*:?\s*$")


def read_marked_container(piece: Piece) -> None:
    """Takes the marked container, its other form in brackets, and a volume glued to its italics."""
    if piece.title is None or (piece.title_kind == "italic" and not _after_in(piece)):
        return
    found = [m for m in candidates(piece) if m.kind != "anchor"]
    before = [m for m in found if m.end <= piece.title[0] and m.kind == "italic"]
    after = [m for m in found if m.start >= piece.title[1] and _allowed(piece, m)]
    if not before and not after:
        return
    mark = after[0] if after else before[-1]
    title, end, sure = bare(piece, mark), mark.end, "high"
    joined = next((m for m in found if m.start >= mark.end and m.kind != mark.kind), None)
    if joined is not None and not piece.text[mark.end : joined.start].strip():
        title, end, sure = f"{title} {bare(piece, joined)}", joined.end, "low"
    title, inside = split_bracket(title)
    if glued := re.search(r",?\s+(\d{1,4})$", title):
        piece.set("volume", glued[1])
        title = title[: glued.start()]
    if inside:
        _store_other(piece, title, inside)
    start = mark.start
    if lead := _IN.search(piece.text[:start]):
        start = lead.start() + (0 if piece.text[lead.start() : lead.start() + 1] == " " else 1)
    end = _bracket_after(piece, end, title)
    piece.set("container-title", clean(title), sure)
    piece.container = (start, end)
    piece.take(min(start, mark.start), end)


def _after_in(piece: Piece) -> bool:
    """Whether the italic title is followed by `in` and another marked work (a part of a whole)."""
    return piece.title is not None and any(
        _IN.search(piece.text[piece.title[1] : m.start].replace(GAP, " "))
        for m in candidates(piece)
        if m.start >= piece.title[1]
    )


def _allowed(piece: Piece, mark: Marked) -> bool:
    """A second quotation is a container only after `in`, or where marks show titles (《》)."""
    if mark.kind in ("italic", "book") or piece.text[mark.start] in "《「":
        return True
    return bool(_IN.search(piece.text[: mark.start]))


def _store_other(piece: Piece, title: str, inside: str) -> None:
    if other_form(title, inside) == "translated" and not piece.container_translated:
        piece.container_translated = inside
        piece.confidence["container-title-translated"] = "medium"


def _bracket_after(piece: Piece, end: int, title: str) -> int:
    pair = next((b for b in piece.brackets if b.start >= end), None)
    if pair is None or piece.text[end : pair.start].strip():
        return end
    inside = piece.text[pair.start + 1 : pair.end - 1].strip()
    if GAP in inside or re.search(r"[\d:]", inside) or not script(inside):
        return end
    if is_place(inside):
        piece.set("publisher-place", inside, "medium")
        return pair.end
    if pair.mark in "[［" or not same_family(script(inside), script(title)) or _foreign(inside):
        _store_other(piece, title, clean(inside))
        return pair.end
    return end


def _foreign(inside: str) -> bool:
    """Whether round brackets after a container can hold its translation: a capitalised name."""
    words = inside.split()
    return (
        words[0][:1].isupper()
        and len(words) <= 8
        and not re.search(r"(?i)\b(?:eds?|hrsg|vol|no|ser)\b", inside)
    )

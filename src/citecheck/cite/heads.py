"""What stands before the title: the authors, and in author-date styles the year."""

from __future__ import annotations

import re

from citecheck.cite import dates, names
from citecheck.cite.persons import native_order
from citecheck.cite.piece import GAP, Piece, tidy
from citecheck.cite.scripts import EAST_ASIAN, script

_EDITORS = re.compile(
    r"(?i)[\s,]*[\(\[]?(?<!\w)(?:eds?\.?|editors?|hrsg\.?|hgg?\.|éds?\.|dirs?\.|coords?\."
    r"|red\.)[\)\]]?[\s,:.]*$"
)
_TRANSLATORS = re.compile(r"(?i)[\s,]*\(?(?<!\w)(?:trans|transl|translators?|übers)\.?\)?[\s,:.]*$")
_ORIGINAL = re.compile(
    r"\s?[\[(（]?[\u3005\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af][\u3005\u3040-\u30ff\u3400-\u9fff"
    r"\uac00-\ud7af・· ]{0,20}[\])）]?"
)


def read_head(piece: Piece) -> None:
    """Takes the names before the title; words that are no names are left alone."""
    if piece.title is None:
        return
    stop = piece.title[0]
    head = piece.text[:stop]
    if not head.strip(f" ,.:{GAP}"):
        return
    for found in dates.find(head):
        rest = head[found.end :].strip(" ).,:[]")
        if not rest and found.start:
            piece.set("issued", found.csl(), found.confidence)
            cut = found.start
            while cut and head[cut - 1] in " ([":
                cut -= 1
            piece.take(cut, stop)
            break
    else:
        if gone := dates.no_date(head):
            piece.take(gone[-1][0], stop)
    _read_names(piece, stop)


def _read_names(piece: Piece, stop: int) -> None:
    head, native = _without_original(piece.text[:stop])
    text = re.sub(
        r"\([^()]*\)|\[[^\[\]]*\]", lambda m: m[0] if _EDITORS.search(m[0]) else " ", head
    )
    text = text.replace(GAP, " ").strip()
    role = "author"
    if match := _EDITORS.search(text):
        role, text = "editor", text[: match.start()]
    elif match := _TRANSLATORS.search(text):
        role, text = "translator", text[: match.start()]
    text = text.strip(" ,:;：，、；")
    if not names.name_like(text):
        return
    parsed = names.parse(text)
    if parsed.people:
        people = [native_order(p) if native else p for p in parsed.people]
        piece.set(role, people, parsed.confidence)
        piece.take(0, stop)


def _without_original(head: str) -> tuple[str, bool]:
    """A head without the names' East Asian originals, which CSL has no place for, and whether there
    were any: `Kitazawa Noriko [北沢典子]`, `Wang Xiaoming 王小明`."""
    if script(head) in EAST_ASIAN or not any(c.isalpha() and c.isascii() for c in head):
        return head, False
    plain = _ORIGINAL.sub(" ", head)
    return plain, plain != head


def looks_like_head(text: str) -> bool:
    """Whether a stretch can stand before a title: names, perhaps with a year or a role."""
    plain = re.sub(r"\([^()]{0,40}\)|\[[^\[\]]{0,60}\]", " ", text)
    plain = re.sub(r"\b(?:1[5-9]|20)\d\d[a-z]?\b\.?", " ", plain)
    plain = _EDITORS.sub("", tidy(plain))
    return not plain or names.name_like(plain)

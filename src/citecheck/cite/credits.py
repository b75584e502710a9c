"""Editors and translators after the title: `ed. N`, `trans. N`, `hrsg. von N`, `N (Hg.)`."""

from __future__ import annotations

import re

from citecheck.cite import names
from citecheck.cite.corporate import is_body
from citecheck.cite.piece import Piece

_NAMES = r"(?P<names>[^\W\d_][^(\[;:\x1f\"“”«»„0-9]{1,200}?)"
_END = (
    r"(?=\s*(?:[(\[;:\x1f\"“«„]|$|\d|,\s*(?:\d|vol|bd|no|nr|p|pp|s|ed|eds|edited|trans"
    r"|translated|übers|hrsg|in)\b"
    r"|,\s*[(\x1f]|[.,]\s*\x1f|(?<=[^\W\d_]{3})\.\s))"
)
_ED = (
    r"(?:edited\s+by|ed\.\s+by|eds\.|ed\.|hrsg\.\s+v(?:on|\.)|hg\.\s+v(?:on|\.)"
    r"|herausgegeben\s+von|hrsg\.|hg\."
    r"|sous\s+la\s+(?:direction|dir\.)\s+d[e']|éds?\.|dir\.|a\s+cura\s+di|editado\s+por|org\."
    r"|под\s+ред\.|ред\.)"
)
_TR = (
    r"(?:translated(?:\s+from\s+the\s+\w+)?\s+by|trans\.\s+by|transl\.|trans\.|tr\."
    r"|übersetzt\s+von|übers\.(?:\s+v(?:on|\.))?"
    r"|traduit(?:\s+d[eu]\s?[’'\w]+)?\s+par|trad\.(?:\s+(?:par|de|di|por))?|traducido\s+por|пер\.)"
)
_FORMS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(rf"(?i)(?:(?<=[\s,.;(\x1f])|^){_TR}\s+{_NAMES}{_END}"), "translator"),
    (
        re.compile(
            rf"(?i)(?:(?<=[\s,.;(\x1f])|^)(?<!\d(?:st|nd|rd"
            rf"|th)\s)(?<!rev\.\s){_ED}\s+{_NAMES}{_END}"
        ),
        "editor",
    ),
)
_LIST = re.compile(r"(?i)&|/|\b(?:and|und|et|y|e|и|jr|sr|iii?)\b")
_YEAR = re.compile(r"\s*,?\s*(?:1[5-9]|20)\d\d\b")
_BEFORE = re.compile(
    r"(?i)\b[Ii]n:?\s+(?P<names>[^\x1f\"“«„()\[\]:0-9]{3,200}?),?\s*[(\[]?(?<!\w)(?:eds?\."
    r"|editors?|hrsg\.|hgg?\.|éds?\.|dirs?\.)[)\]]?[\s,:]*"
    r"(?=\x1f|\S)"
)


def read_credits(piece: Piece) -> None:
    """Takes credits after the title, translators first (`ed.` may follow them)."""
    start = piece.tail
    match = _BEFORE.search(piece.text, start)
    if match and names.name_like(match["names"]):
        _store(piece, "editor", match["names"], match.start("names"), match.end())
    for pattern, role in _FORMS:
        found = pattern.search(piece.text, start)
        if found is None:
            continue
        text = found["names"].strip(" ,.")
        if names.name_like(text):
            _store(piece, role, text, found.start(), found.end("names"))


def _store(piece: Piece, role: str, text: str, start: int, end: int) -> None:
    # MLA: `Translated by Paul Roe, Loaf Books, 2019` is no list but a name and a publisher.
    first, comma, rest = text.partition(",")
    alone = comma and " " in first.strip() and not _LIST.search(text)
    if alone and (_YEAR.match(piece.text, end) or is_body(rest)):
        text, end = first, piece.text.index(first, start, end) + len(first)
    parsed = names.parse(text)
    if parsed.people:
        piece.set(role, list(parsed.people), parsed.confidence)
        piece.take(start, end)

# ruff: noqa: E501 - patterns and phrases are facts, read best on one line
"""What a title or heading tells: that the page is not there, or something of its own.

A title is taken apart at the marks that set off a site's name; of the part that tells, nothing may
be left over. "404 Not Found: a study of dead links" is the title of a study.
"""

from __future__ import annotations

import re

from citecheck.signals.phrases import folded
from citecheck.signals.segments import bare_404, forms, is_404
from citecheck.signals.short_phrases import short_phrases
from citecheck.signals.statements import says_absent
from citecheck.text.fold import fold

_LONGEST = 500
_APART = re.compile(
    r"\s+[-–—/>]+\s+|\s*[|·•»«｜¦]+\s*|(?:\b|(?<=\s))::(?:\b|(?=\s))|(?<=404)\s*[-–—_]\s*|\s*[-–—_]+\s*(?=404)|_|\s*——\s*"
    r"|\s*-\s*(?=[^\x00-\x7f])|(?<=[^\x00-\x7f])\s*-\s*"
)
_PIECES = re.compile(r"[.!?…。！？；;\n()（）]+|\s?:\s|：|(?<=[^\x00-\x7f])[，,]")
# Beside what is told: a regret, an error's name, a path, a number.
_BESIDE = re.compile(
    r"(?:(?:http|status|code|error|errors|fehler|erreur|error|erro|errore|fout|fel|feil|fejl|virhe|blad|chyba|hiba|hata|eroare|ошибка|помилка|错误|錯誤|"
    r"エラー|오류|sorry|oops|ups|ooops|oh no|uh oh|whoops|hoppla|hups|desole|lo sentimos|vaya|entschuldigung|ops|ojej|упс|извините|к сожалению|抱歉|对不起|很抱歉|"
    r"對不起|申し訳こさいません|申し訳ありません|죄송합니다|عذرا|عفوا|متاسفانه|מצטערים|404|not found|page|\d+)\s*)+"
)


def told(heading: str) -> str:
    """The part of a title or heading that says that a page is not there, or the empty string."""
    if len(heading) > _LONGEST:
        return ""
    for part in dict.fromkeys((heading, *_APART.split(heading))):
        if _tells(part):
            return " ".join(part.split())
    return ""


def told_shortly(heading: str) -> str:
    """As `told`, for "Not found" and the like, which name nothing and may be said of anything."""
    table = short_phrases()
    for part in dict.fromkeys((heading, *_APART.split(heading))):
        if any(form in table for form in forms(part)):
            return " ".join(part.split())
    return ""


def number_alone(heading: str) -> bool:
    """Whether a title or heading is the number 404, alone or set off from the site's name."""
    return any(is_404(part) for part in (heading, *_APART.split(heading)))


def _tells(part: str) -> bool:
    if _one(part):
        return True
    pieces = [p for p in _PIECES.split(part) if p.strip()]
    if len(pieces) < 2:
        return False
    telling = [_one(p) for p in pieces]
    rest = (p for p, tells in zip(pieces, telling, strict=True) if not tells)
    return any(telling) and all(_mere(p) for p in rest)


def _one(piece: str) -> bool:
    table = folded()
    return any(form in table for form in forms(piece)) or says_absent(piece)


def _mere(piece: str) -> bool:
    """Whether a piece says nothing of its own: a regret, a number, a path."""
    text = fold(piece)
    return (
        not text
        or piece.strip().startswith("/")
        or bare_404(piece)
        or bool(_BESIDE.fullmatch(text))
    )

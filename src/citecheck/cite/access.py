"""When the page was looked at: `accessed 3 May 2020`, `abgerufen am`, `consulté le`, 访问日期.

A day of change (`last updated`, `Stand:`) is no access date; it is kept for the date step.
"""

from __future__ import annotations

import re

from citecheck.cite import dates
from citecheck.cite.piece import Piece

_CUE = re.compile(
    r"(?i)(?:\b(?:last\s+)?(?:accessed|retrieved|visited|viewed|consulted)(?:\s+on|\s*:)?"
    r"|(?<=\[)cited(?=\s+\d{4}\s)"
    r"|\bdate\s+(?:of\s+)?access(?:ed)?\s*:?|\bdate\s+accessed\s*:?"
    r"|\b(?:zuletzt\s+)?(?:abgerufen|aufgerufen|eingesehen|besucht|geprüft)(?:\s+am)?\s*:?"
    r"|\b(?:letzte[rs]?\s+)?(?:zugriff|abruf|aufruf)(?:sdatum)?(?:\s+am|\s+vom)?\s*:?"
    r"|\bconsult(?:é|ée|ado|ada|ato)(?:\s+(?:le|el|em|il))?\s*:?|\bpage\s+consultée\s+le"
    r"|\bacc(?:ès|edido|eso|esso|édé)(?:\s+(?:le|el|em|il))?\s*:?|\bacess(?:o|ado)\s+em\s*:?"
    r"|дата\s+(?:обращения|доступа)\s*:?|访问日期[:：]?|[访訪]问于|最終閲覧日?[:：]?|最終アクセス[:：]?"
    r"|\bgeraadpleegd(?:\s+op)?|\bhämtad)\s*"
)
_AFTER = re.compile(r"\s*(?:[访訪]问|閲覧|アクセス|접속|abgerufen)")
_FROM = re.compile(r"(?i)[\s,]*(?:from|at|de|von)\s*:?\s*(?=\x1f|$)")


def read_access(piece: Piece) -> None:
    """Takes the access date with its cue and the brackets around them."""
    found = dates.find(piece.text)
    for match in list(_CUE.finditer(piece.text)):
        near = next((d for d in found if 0 <= d.start - match.end() <= 2), None)
        if near is None:
            stop = match.end()
        else:
            stop = near.end
            piece.set("accessed", near.csl(), near.confidence)
        start = match.start()
        if after := _FROM.match(piece.text, stop):
            stop = after.end()
        if start and piece.text[start - 1] in "([（" and piece.text[stop : stop + 1] in ")]）":
            start, stop = start - 1, stop + 1
        piece.take(start, stop)
    for date in found:
        after = _AFTER.match(piece.text, date.end)
        if after and piece.free(date.start, date.end):
            piece.set("accessed", date.csl(), date.confidence)
            piece.take(date.start, after.end())


def access_dates(text: str) -> tuple[str, ...]:
    """The access dates of a text as they are printed, day included."""
    found = [d for d in dates.find(text) if len(d.parts) == 3 and not d.until]
    cues = [match.end() for match in _CUE.finditer(text)]
    return tuple(
        text[d.start : d.end]
        for d in found
        if any(0 <= d.start - cue <= 2 for cue in cues) or _AFTER.match(text, d.end)
    )

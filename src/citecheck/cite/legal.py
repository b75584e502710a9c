"""Reporters and law reviews: `Roe v. Wade, 410 U.S. 113, 116 (1973)`, `100 Harv. L. Rev. 123`.

Volume, short name and first page stand in a row; the pinpoint follows a comma; the year stands in
the bracket at the end, for courts with the court's name.
"""

from __future__ import annotations

import re

from citecheck.cite.piece import Piece, tidy

_ROW = (
    r"(?P<vol>\d{1,4})\s+(?P<rep>(?:[A-Z][\w’']*\.?(?:\s?(?:&\s)?(?=[A-Z\d]))?(?:\d[a-z]{0,2}\b"
    r"\s?)?){1,8}?)\s+(?P<page>\d{1,5})"
    r"(?:,\s*(?P<pin>\d{1,5}(?:[-–]\d{1,5})?))?(?=\s*\((?P<court>[^()\d]{0,40}?)\s?(?P<year>(?:1"
    r"[6-9]|20)\d\d)\))"
)
_CASE = re.compile(
    rf"^\s*(?P<title>[A-Z][^,\x1f\"“]{{0,120}}?\s(?:v|vs)\.?\s[^,\x1f\"“]{{1,120}}?),\s*{_ROW}"
)
# OSCOLA: `‘Title’ (2012) 128 LQR 244, 250`, `[2003] CLJ 12`
_OSCOLA = re.compile(
    r"\s*,?\s*(?P<open>[(\[])(?P<year>(?:1[6-9]|20)\d\d)[)\]]\s+(?:(?P<vol>\d{1,4})\s+)?"
    r"(?P<rep>[A-Z][A-Za-z.]*(?:\s(?:&\s|of\s|the\s)*[A-Z][A-Za-z.]*){0,7})\s+(?P<page>\d{1,5})"
    r"(?:,\s*(?P<pin>\d{1,5}(?:[-–]\d{1,5})?))?(?=\s*[.,;]?\s*(?:\x1f|$))"
)
_REPORTER = re.compile(rf"(?:(?<=[,\x1f])|^)\s*{_ROW}")


def read_case(piece: Piece) -> None:
    """Takes a court decision, its name in italics or not."""
    match = _CASE.match(piece.text)
    if match is None:
        return
    piece.set("title", tidy(match["title"]))
    piece.csl["type"], piece.confidence["type"] = "legal_case", "high"
    piece.title, piece.title_kind = (0, match.end("title")), "case"
    _store(piece, match)
    if match["court"].strip():
        piece.set("authority", tidy(match["court"]), "medium")
    piece.take(0, match.end())


def read_reporter(piece: Piece) -> None:
    """Takes `VOLUME Journal PAGE, PIN` after a title that has no container yet."""
    if piece.title is None or piece.container is not None or piece.title_kind == "case":
        return
    match = _REPORTER.search(piece.text, piece.tail)
    if match is None and (match := _OSCOLA.match(piece.text, piece.tail)):
        piece.set("issued", {"date-parts": [[int(match["year"])]]})
    if match:
        _store(piece, match)
        piece.container = (match.start("rep"), match.end("rep"))
        piece.csl.setdefault("type", "article-journal")
        piece.confidence.setdefault("type", "medium")
        piece.take(*match.span())


def _store(piece: Piece, match: re.Match[str]) -> None:
    piece.set("container-title", match["rep"].strip())
    piece.set("volume", match["vol"])
    piece.set("page", match["page"])
    if match["pin"]:
        piece.locator = match["pin"]
        piece.confidence["locator"] = "high"

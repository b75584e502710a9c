"""Treaties and laws that nothing marks: `Treaty of X, June 28, 1919, art. 3`, `Y Act 1998, s 6`.

The name ends at a comma or a bracket and holds a word that only such names have; a date, a
collection of treaties or of laws, or a section must follow (or the year stand in the name).
"""

from __future__ import annotations

import re

from citecheck.cite import dates
from citecheck.cite.piece import GAP, Piece, tidy
from citecheck.cite.titles import candidates

_TREATY = re.compile(
    r"^(?P<title>(?:[A-ZÀ-ÞА-Я][^\s,;:()\x1f]*\s+|(?:of|on|and|the|for|de|la|sur|über)\s+){0,12}?"
    r"(?:Treat(?:y|ies)|Convention|Covenant|Protocol|Agreement|Accords?|Pact|Charter|Armistice"
    r"|Vertrag|Abkommen|Übereinkommen|Traité|Tratado|Convenio|Договор|Конвенция|Соглашение)\b"
    r"(?:[^,;:()\x1f\"“”«»\d]|\d(?!\d{3})){0,240}?)(?=\s*(?:,|[(\[]))"
)
_LAW = re.compile(
    r"^(?P<title>[A-ZÀ-Þ][^,;:()\[\]\x1f\"“”«»]{2,140}?\s"
    r"(?:Act|Code|Ordinance|Regulations?|Directive|Statute|Constitution|Law)"
    r"(?P<year>\s(?:of\s)?(?:1[5-9]|20)\d\d)?)(?=\s*(?:,|\.?$|[(\[]|\x1f))"
)
_EU = re.compile(
    r"^(?P<title>(?:(?:Commission|Council|Delegated|Implementing|Framework)\s)*"
    r"(?:Regulation|Directive|Decision)\s(?:\((?:EU|EC|EEC|Euratom)\)\s)?(?:No\.?\s)?\d{2,4}/\d{1,5}"
    r"(?:/[A-Z]{2,5})?[^,;\x1f\"“]{0,200}?)(?=\s*(?:,|\.?$|\x1f|\[))"
)
_SERIES = re.compile(
    r"(?P<vol>\d{1,5})\s+(?P<name>U\.?\s?N\.?\s?T\.?\s?S\.?|L\.?N\.?T\.?S\.?|U\.?S\.?T\.?"
    r"|T\.?I\.?A\.?S\.?|I\.?L\.?M\.?|Stat\.|E\.?T\.?S\.?)\s+(?P<page>\d{1,6})"
)
_BOOK = re.compile(
    r"(?P<vol>\d{1,3})\s+(?P<name>U\.\s?S\.\s?C\.|C\.\s?F\.\s?R\.|Stat\.)\s*(?P<sec>§{0,2}\s?"
    r"\d[\w.-]*\w|\d)?|Pub\.\s?L\.\s?(?:No\.\s?)?[\d–-]+"
)
_SECTION = re.compile(
    r"(?:,|\s)\s*(?P<sec>(?:ss?\.?|sec\.|arts?\.|regs?\.?|§{1,2})\s?\d+[\w()–-]*)"
)


def read_statute(piece: Piece) -> None:
    """Takes a treaty or a law named in plain words."""
    if piece.title is not None or candidates(piece):
        return
    if match := _TREATY.match(piece.text):
        after = piece.text[match.end() : match.end() + 300]
        series = _SERIES.search(piece.text, match.end())
        if not series and not any(len(d.parts) > 1 for d in dates.find(after)):
            return
        _titled(piece, match, "treaty")
        _first_date(piece, match.end())
        if series:
            piece.set("volume", series["vol"])
            piece.set("container-title", series["name"])
            piece.set("page", series["page"])
            piece.take(*series.span())
    elif match := _EU.match(piece.text):
        _titled(piece, match, "legislation")
        if named := dates.find(match["title"]):
            piece.set("issued", named[-1].csl())
    elif match := _LAW.match(piece.text):
        book = _BOOK.search(piece.text, match.end())
        section = _SECTION.match(piece.text, match.end())
        if not (book or section or match["year"]) or "author" in piece.csl:
            return
        _titled(piece, match, "legislation")
        if match["year"]:
            piece.set("issued", dates.find(match["year"])[0].csl())
        if book and book["name"]:
            piece.set("volume", book["vol"])
            piece.set("container-title", book["name"])
        if found := (book and book["sec"]) or (section and section["sec"]):
            piece.locator, piece.confidence["locator"] = found.strip(), "high"
        for taken in (book, section):
            if taken:
                piece.take(*taken.span())


def _first_date(piece: Piece, start: int) -> None:
    """A treaty's date is that of its signature, which stands first; dates in brackets say more."""
    found = [d for d in dates.find(piece.text) if d.start >= start]
    if found:
        piece.set("issued", found[0].csl(), found[0].confidence)
    for pair in piece.brackets:
        inside = [d for d in found if pair.start < d.start < pair.end]
        if inside and pair.start >= start and GAP not in piece.text[pair.start : pair.end]:
            piece.take(pair.start, pair.end)


def _titled(piece: Piece, match: re.Match[str], kind: str) -> None:
    piece.set("title", tidy(match["title"]), "medium")
    piece.csl["type"], piece.confidence["type"] = kind, "high"
    piece.title, piece.title_kind = match.span("title"), "statute"
    piece.take(*match.span("title"))

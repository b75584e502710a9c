"""Titles that nothing marks: author-date styles, `Author: Title, in: …`, plain-text books.

The head must be names before any of these is believed; the title ends where the imprint, the
container, an edition or a date begins. Such titles have medium confidence at most.
"""

# ruff: noqa: SIM905
from __future__ import annotations

import re

from citecheck.cite import dates, names, persons
from citecheck.cite.corporate import is_body
from citecheck.cite.heads import looks_like_head
from citecheck.cite.piece import GAP, Piece, tidy
from citecheck.cite.places import is_place
from citecheck.cite.titles import candidates, clean, split_bracket

_AUTHOR_DATE = re.compile(
    r"^(?P<head>[^\x1f(\[]{2,400}?(?:\((?:eds?|hrsg|hg)\.?\)[.,]?)?)\s*(?:[(\[](?P<date>(?:1[4-9"
    r"]|20)\d\d[a-z]?(?:[,/–-]\s?(?:\d{2,4}|[^\W\d_][^()\[\]]{1,24}))?|n\.\s?d\.)[)\]]"
    r"|[.,]\s(?P<year>(?:1[4-9]|20)\d\d)[a-z]?(?=[.:]))\s?[.:,]?\s+(?=\S)",
    re.IGNORECASE,
)
_TITLE_END = re.compile(
    r"\x1f|[.,;]\s+(?:in|dans|en)\s*:?\s+(?=[A-ZÀ-Þ«„“\"])|,\s+\d{1,4}\b|\s\((?=[^()]*\d{4}\)"
    r"|[A-Z][^():]+:)|,\s+(?:vol|no|nr|bd|hrsg|ed|eds|trans|übers)\.|$"
    r"|[.,]\s+\d{1,2}\.?\s?(?:Aufl|ed|éd)\b|,\s+(?-i:[A-Z]{1,8}(?:[/-][A-Z\d]+)+\b)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[^\W\d_]{3})[.?!]\s+(?=\S)|(?<=\d)\.\s+(?=[A-Z])|[.?!]?\s*(?:\x1f|$)")
_PERSON = r"(?:[A-ZÀ-Þ][\w.’'-]*\s){1,3}[A-ZÀ-Þ][\w’'-]+"
_MORE_NAMES = re.compile(
    rf"(?:and|&|und|et)\s{_PERSON},|{_PERSON}(?:,\s{_PERSON}){{0,4}},?\s(?:and|&|und"
    rf"|et)\s{_PERSON},"
)
_ON = re.compile(r"\s+(?:vom|du|от|dated)\s+$")
_NOUNS = frozenset("of the for on in to a an des du der die das über zur zum sur".split())
_GOST = re.compile(
    r"^(?P<head>(?:[А-ЯЁA-Z][\w-]+,?\s(?:[А-ЯЁA-Z]\.\s?){1,2},?\s?){1,6})(?P<title>[^\x1f/]{3,30"
    r"0}?)\s//\s(?P<container>[^\x1f.]{2,120})"
)
_FAMILY_INITIALS = (
    r"(?:(?:de|van|von|der|den|del|la|le|da|di|el)\s){0,2}[A-ZÀ-Þ][\w’'-]+\s[A-Z]{1,3}"
)
_VANCOUVER = re.compile(
    rf"^(?:{_FAMILY_INITIALS},\s){{0,12}}{_FAMILY_INITIALS}(?:,?\set al)?\.\s+(?=[A-ZÀ-Þ])"
)
_INTERNET = re.compile(
    r"^(?P<head>[^.\x1f\[]{2,120})\.\s+(?P<title>[^\x1f\[]{3,300}?)\s*(?=\[(?i:internet|online)\])"
)
_GOST_BOOK = re.compile(
    r"^(?P<head>(?:[А-ЯЁ][\w-]+,?\s(?:[А-ЯЁ]\.\s?){1,2},?\s?){1,6})(?P<title>[А-ЯЁ«][^\x1f/]{3,300}?)"
    r"\.\s(?:[—–]\s)?(?=(?:М|СПб|Л|[А-ЯЁ][а-яё-]{2,20})\.?\s?:\s)"
)
_JOURNAL = re.compile(
    r"[\s.,]*(?:[Ii]n:?\s+)?(?P<name>[A-ZÀ-ÞА-Я][^\x1f,.()\d:;]{2,100}?)[,.]?\s+(?=\d{1,4}\s?\("
    r"|\d{1,4},?\s(?:no|nr|h)\.|vol\.|\d{1,4}[:.]\d|Jg\.|Bd\.)",
)


def read_unmarked(piece: Piece) -> None:
    """Takes head and title where marks do not show them."""
    if piece.title is not None:
        return
    marked = [m for m in candidates(piece) if m.kind in ("italic", "quote", "book")]
    limit = marked[0].start if marked else len(piece.text)
    if marked and (marked[0].kind != "italic" or _plain_head(piece, limit)):
        if marked[0].kind == "italic" and _sentence_after_date(piece, limit):
            _author_date(piece, limit)
        return
    forms = (_author_date, _slashes, _initials, _internet, _colon)
    if not any(form(piece, limit) for form in forms):
        found = _comma(piece, limit, bool(marked))
        if not found and not marked:
            _alone(piece)
    if piece.title_kind == "plain" and not marked:
        _journal(piece)


def _plain_head(piece: Piece, limit: int) -> bool:
    return looks_like_head(piece.text[:limit].strip(f" ,.:{GAP}"))


def _sentence_after_date(piece: Piece, limit: int) -> bool:
    """`Doe, J. (2015). Lighthouse Keepers Remember. *Gazette*` (APA): a sentence of its own between
    the date in brackets and the italics is the title, however much like a name it looks."""
    match = _AUTHOR_DATE.match(piece.text)
    if not match or not match["date"] or match.end() >= limit:
        return False
    between = piece.text[match.end() : limit].rstrip()
    opens = piece.text[match.start() : match.end()].rstrip().endswith((".", ":", ","))
    return opens and between.endswith((".", "?", "!")) and GAP not in between


def _author_date(piece: Piece, limit: int) -> bool:
    match = _AUTHOR_DATE.match(piece.text)
    if (
        not match
        or match.end() >= limit
        or not names.name_like(
            re.sub(r"\((?:eds?|hrsg|hg)\.?\)[.,]?$", "", match["head"].strip(), flags=re.I)
        )
    ):
        return False
    start = match.end()
    # `Doe (2010, 45) and Roe (2011, 3) disagree` is a sentence: a title begins with a capital.
    if piece.text[start].islower() or re.match(r"(?i)in:?\s", piece.text[start:limit]):
        return False
    end = _SENTENCE.search(piece.text, start, limit)
    stop = end.start() if end else limit
    hard = _TITLE_END.search(piece.text, start, limit)
    if hard and hard.start() < stop and re.match(r"[.,;]\s+in", hard[0], re.I):
        stop = hard.start()
    return _set_title(piece, start, stop, "medium")


def _slashes(piece: Piece, limit: int) -> bool:
    """`Иванов И. И. Заглавие // Журнал. 2010.` (GOST R 7.0.5)"""
    match = _GOST.match(piece.text[:limit])
    if match is None:
        if book := _GOST_BOOK.match(piece.text[:limit]):
            _set_title(piece, book.start("title"), book.end("title"), "medium")
        return book is not None
    end = match.end("container")
    _set_title(piece, match.start("title"), match.end("title"), "medium")
    piece.set("container-title", tidy(match["container"]), "medium")
    piece.container = match.span("container")
    piece.take(match.end("title"), end)
    return True


def _initials(piece: Piece, limit: int) -> bool:
    """`Doe J, Roe K. Title of the study. Journal …` (Vancouver)"""
    match = _VANCOUVER.match(piece.text[:limit])
    if match is None:
        return False
    end = _SENTENCE.search(piece.text, match.end(), limit)
    stop = len(match[0].rstrip())
    piece.take(stop - 1, stop)
    return _set_title(piece, match.end(), end.start() if end else limit, "medium")


def _internet(piece: Piece, limit: int) -> bool:
    """`World Bank. Outlook 2030 [Internet]. Washington (DC): World Bank; 2018` (Vancouver)"""
    match = _INTERNET.match(piece.text[:limit])
    if match is None or not names.name_like(match["head"]):
        return False
    return _set_title(piece, match.start("title"), match.end("title"), "medium")


def _colon(piece: Piece, limit: int) -> bool:
    """`Names: Title, in: …` and `Names: Title. Subtitle, Place Year`."""
    match = re.match(r"(?P<head>[^\x1f:]{2,200}?):\s+", piece.text[:limit])
    if not match or not looks_like_head(match["head"]) or _is_title_colon(match["head"]):
        return False
    return _set_title(piece, match.end(), _title_end(piece, match.end(), limit), "medium")


def _is_title_colon(head: str) -> bool:
    """Whether the colon is a title's own (`Cold War: A History`): the head is no person or body."""
    parts = [p.strip() for p in re.split(r"[,;/&]|\bund\b|\band\b", head)]
    first = parts[0].split()
    if "," in head and len(first) > 1 and not is_body(parts[0]):
        return True
    return not is_body(head) and (
        len(first) > 4
        or "".join(first[:1]).lower() in ("the", "a", "der", "die", "das", "le", "la")
    )


def _comma(piece: Piece, limit: int, marked: bool) -> bool:
    """`First Last, Title (Place: Publisher, Year)` or `…, in: *Container*`."""
    text = piece.text[:limit]
    parts = [m.start() for m in re.finditer(r",\s", text)][:8]
    best = 0
    for at in parts:
        head = text[:at]
        if not names.name_like(head) or GAP in head:
            break
        words = head.split()
        known = is_body(head) or (len(words) > 1 and not _NOUNS & {w.lower() for w in words})
        rest = text[at + 1 : at + 60].strip()
        if known and not persons.initials(rest.split(" ")[0] if rest else ""):
            best = at
            if not _MORE_NAMES.match(piece.text[at + 1 : at + 120].lstrip()):
                break
    if not best:
        return False
    start = best + 2
    stop = _title_end(piece, start, limit)
    rest = piece.text[stop:limit]
    strong = marked or bool(dates.find(piece.text[stop:])) or bool(piece.urls) or "(" in rest[:3]
    return strong and _set_title(
        piece, start, stop, "medium" if "(" in rest[:3] or marked else "low"
    )


def _title_end(piece: Piece, start: int, limit: int) -> int:
    """Where a plain title ends: at imprint, container, edition, number, place or date."""
    hard = _TITLE_END.search(piece.text, start, limit)
    stop = hard.start() if hard else limit
    # The comma before the year in `May 3, 2010` is the date's own.
    stop = next(
        (
            d.end + start
            for d in dates.find(piece.text[start:limit])
            if d.start < stop - start < d.end
        ),
        stop,
    )
    for date in dates.find(piece.text[start:stop]):
        if len(date.parts) == 3 and (on := _ON.search(piece.text, start, start + date.start)):
            return on.start()
        before = piece.text[start : start + date.start].rstrip(" ,.(")
        cut = max(before.rfind(", "), before.rfind(". "))
        if cut > 0 and (is_place(before[cut + 1 :]) or ":" in before[cut:]):
            return start + cut
        if piece.text[start + date.start - 2 : start + date.start].strip() in (",", "(", "."):
            comma = before.rfind(", ")
            return start + (comma if comma > 3 and piece.urls else len(before))
    for match in re.finditer(
        r"[,.]\s+([^,.:;\x1f()]{2,30})(?=[,:;/]|\s\d{4}|$)", piece.text[start:stop]
    ):
        if is_place(match[1]):
            return start + match.start()
    return stop


def _alone(piece: Piece) -> bool:
    """No names: with an address the words up to a comma are the title, with low confidence."""
    text = piece.text.strip(f" ,.;:{GAP}")
    if not piece.urls or not any(c.isalpha() for c in text):
        return False
    start = next(i for i, c in enumerate(piece.text) if c.isalnum())
    stop = _title_end(piece, start, len(piece.text))
    comma = piece.text.find(", ", start, stop)
    return _set_title(piece, start, comma if comma > start + 3 else stop, "low")


def _set_title(piece: Piece, start: int, stop: int, sure: str) -> bool:
    raw = piece.text[start:stop]
    title, inside = split_bracket(clean(raw))
    if sum(c.isalpha() for c in title) < 3:
        return False
    if (
        raw.rstrip().endswith(("?", "!")) is False
        and piece.text[stop : stop + 1] in "?!"
        and stop < len(piece.text)
    ):
        title += piece.text[stop]
        stop += 1
    if inside:
        piece.title_translated = inside
        piece.confidence["title-translated"] = "medium"
    piece.set("title", title, sure)
    piece.title, piece.title_kind = (start, stop), "plain"
    piece.take(start, stop)
    return True


def _journal(piece: Piece) -> None:
    """The name before volume and issue is a journal's."""
    match = _JOURNAL.match(piece.text, piece.tail)
    if match:
        piece.set("container-title", match["name"].strip(), "medium")
        piece.container = match.span("name")
        piece.take(*match.span("name"))

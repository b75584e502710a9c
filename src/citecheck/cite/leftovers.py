"""What no mark and no label explained: plain container, publisher, place of an event.

The stretches between commas after the title are judged by where they stand: the first is where the
work appeared, later ones who published it. A body that is named only after the date published it,
unless it is called a website. Words in lower case are nobody's name and stay unread.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from citecheck.cite import marks
from citecheck.cite.corporate import is_body
from citecheck.cite.imprint import THESIS
from citecheck.cite.outlets import kind_of
from citecheck.cite.piece import GAP, Piece, tidy
from citecheck.cite.places import is_place
from citecheck.cite.scripts import EAST_ASIAN, same_family, script

_STOP = re.compile(
    r"(?i)^(?:and|in|und|et|on|online|web|print|url|doi|available(?: online)?(?: at| from)?"
    r"|retrieved(?: from)?|accessed|via|link|source|verfügbar unter|"
    r"disponible (?:en|sur|à l.adresse)|cited|emphasis.*|hereafter.*|hereinafter.*|archived(?:"
    r" (?:at|from))?|here|there|ibid|see|also|"
    r"pdf|html|email|note|notes|original|english|my translation|unter|jstor|proquest|lexis"
    r"|lexisnexis|google books|project muse|"
    r"\[?(?:online|web|pdf|в сети|электронный ресурс)\]?|режим доступа|arxiv|preprint|doi:?"
    r"|https?:?|at|from|archive[ds]?|internet)[.:]?$"
)
_WEBSITE = re.compile(
    r"(?i)\b(web\s?site|site|webseite|home\s?page|portal|blog|сайт|official website|newsroom)\b"
    r"|网站|網站|サイト"
)
_EVENT = re.compile(
    r"(?i)^(?:an?\s+)?(?:unpublished\s+)?(?:paper|talk|lecture|speech|presentation|remarks?"
    r"|address|keynote|vortrag|conférence|communication)\s+"
    r"(?:presented|delivered|given|held|gehalten|prononcée?|présentée?)?\s*(?:at|to|in|before"
    r"|auf|bei|à|au)\s+(?:the\s+|der\s+|dem\s+|la\s+)?(?P<event>.+)$"
)
_SERIES = re.compile(
    r"(?i)\b(?:coll\.|collection|reihe|series)\s*[«\"“„]\s?([^«»\"”“„\x1f]{2,80}?)\s?[»\"”“]"
)
_CODE = re.compile(
    r"(?:(?<=[,;.\x1f]\s)|(?<=\x1f)|(?<=[(]))(?P<code>[A-Z]{1,8}(?:[/-][A-Z\d][\w.]*){1,5})"
    r"(?=\s*(?:[,;.)(\x1f]|$))(?<=[\d)])"
)
_SERIAL = re.compile(r"[A-Z]\w{0,4}\.?\s\d{1,6}$")  # `CP 411`, `Cm. 1234`: nobody's name
_IN = re.compile(r"(?i)^(?:in|dans|en|em|в)\s*:?\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Stretch:
    start: int
    end: int
    text: str


def stretches(piece: Piece) -> list[Stretch]:
    """The unread stretches after the title, in order."""
    text = piece.text
    mask = marks.inside(text, piece.brackets, tuple((q.start, q.end) for q in piece.quotes))
    out: list[Stretch] = []
    start = piece.tail
    for at in range(piece.tail, len(text) + 1):
        char = text[at] if at < len(text) else GAP
        ends = char == GAP or (not mask[at : at + 1].strip(b"\0") and char in ",;，、。；")
        if not ends and char == "." and not mask[at]:
            word = re.search(r"[^\W\d_]+$", text[max(start, at - 20) : at])
            ends = text[at + 1 : at + 2] in (" ", GAP, "") and bool(
                word and len(word[0]) > 3 and word[0] != "Diss"
            )
        if ends:
            if words := _words(text[start:at]):
                out.append(Stretch(start, at, words))
            start = at + 1
    return out


def _words(text: str) -> str:
    """A stretch as a name, or nothing where it is none."""
    text = tidy(text).strip('"“”«»')
    if not marks.bracketed(text):
        text = text.strip("()[]（）")
    pairs = marks.bracketed(text)
    if pairs and pairs[-1].end == len(text) and pairs[-1].start:
        main, inside = text[: pairs[-1].start].strip(), text[pairs[-1].start + 1 : -1]
        if not same_family(script(inside), script(main)):
            text = main
    if sum(c.isalpha() for c in text) < 2 or _STOP.match(text) or len(text) > 250:
        return ""
    return text


def _name(text: str) -> bool:
    """Whether a stretch is a name: it begins with a capital (or a caseless letter)."""
    first = next((c for c in text if c.isalnum()), "")
    if _SERIAL.match(text):
        return False
    if first.isdigit():
        return bool(re.match(r"\d+[^\W\d_]*\s+[^\W\d_]", text)) and any(c.isupper() for c in text)
    small = [w for w in text.split() if w[:1].islower() and len(w) > 3]
    camel = bool(re.match(r"[a-z]{1,2}[A-Z]", text)) or bool(
        re.fullmatch(r"[\w-]+(?:\.[\w-]+)+", text)
    )
    return camel or (
        (first.isupper() or script(first) in EAST_ASIAN) and len(small) * 2 <= len(text.split())
    )


def read_leftovers(piece: Piece) -> None:
    """Takes plain container, publisher and places."""
    if piece.title is None:
        return
    publishers: list[str] = []
    _number(piece)
    if series := _SERIES.search(piece.text, piece.tail):
        piece.set("collection-title", tidy(series[1]))
        piece.take(*series.span())
    for item in stretches(piece):
        marked = any(a < item.end and item.start < b for a, b in piece.italics)
        if piece.title_kind == "italic" and marked:
            continue
        if event := _EVENT.match(item.text):
            piece.set("event-title", tidy(event["event"]), "medium")
        elif thesis := THESIS.search(item.text):
            _thesis(piece, item.text, thesis)
        elif lead := _IN.match(item.text):
            piece.set("container-title", item.text[lead.end() :], "medium")
        elif is_place(item.text):
            _place(piece, item)
        elif _name(item.text) and not _abbreviated(piece, item):
            _named(piece, item, publishers)
        else:
            continue
        piece.take(item.start, item.end)
    if publishers:
        piece.set("publisher", ", ".join(publishers), "medium")


def _number(piece: Piece) -> None:
    """`GAO-18-600`, `S/RES/1718`: the number of a report or of an official document."""
    match = _CODE.search(piece.text, piece.tail)
    if match is None or "number" in piece.csl:
        return
    piece.set("number", match["code"])
    piece.take(*match.span("code"))
    if piece.title_kind == "italic" and "container-title" not in piece.csl:
        piece.csl.setdefault("type", "report")
        piece.confidence.setdefault("type", "medium")


def _abbreviated(piece: Piece, item: Stretch) -> bool:
    """`COM(2010)`: capitals that a bracket follows at once are part of a number, no name."""
    follow = piece.segment.text[item.end : item.end + 1]
    return item.text.isupper() and len(item.text) <= 5 and follow == "("


def _thesis(piece: Piece, text: str, match: re.Match[str]) -> None:
    piece.csl.setdefault("type", "thesis")
    piece.confidence["type"] = "high"
    piece.set("genre", match[0].strip(" ,;"))
    if rest := tidy(text[: match.start()] + text[match.end() :]):
        piece.set("publisher", rest, "medium")


def _place(piece: Piece, item: Stretch) -> None:
    """A place before the date and before any container is where an event was."""
    before_date = piece.issued_at is not None and item.end <= piece.issued_at
    if piece.title_kind == "quote" and before_date and "container-title" not in piece.csl:
        piece.set("event-place", item.text, "medium")
    else:
        piece.set("publisher-place", item.text, "medium")


def _named(piece: Piece, item: Stretch, publishers: list[str]) -> None:
    if piece.csl.get("type") in ("post", "motion_picture", "broadcast", "post-weblog"):
        piece.set("container-title", item.text, "medium")
        return
    if piece.csl.get("type") == "personal_communication":
        return
    book = piece.title_kind in ("italic", "book", "spoken") or (
        piece.title_kind == "plain" and not piece.urls and "volume" not in piece.csl
    )
    if book or "container-title" in piece.csl:
        if len(publishers) < 2 and "publisher" not in piece.csl:
            publishers.append(item.text)
        return
    late = piece.issued_at is not None and item.start > piece.issued_at
    if piece.csl.get("type") == "thesis":
        piece.set("publisher", item.text, "medium")
    elif late and is_body(item.text) and not _WEBSITE.search(item.text) and not kind_of(item.text):
        publishers.append(item.text)
    else:
        piece.set("container-title", item.text, "medium" if late else "high")

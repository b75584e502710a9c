"""A note to its citations: several in one, signals cut off, prose dropped.

The note is cut at semicolons, at ends of sentences and before `quoted in`, outside quotations,
brackets, italics and links only. A cut holds when both sides are citations; otherwise the parts are
joined again (the periods of MLA and APA styles, author lists with semicolons). A sentence of prose
keeps only a citation that it leads to: a title that a comma, a bracket or a date follows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from citecheck.cite import marks
from citecheck.cite.cues import ABBREVIATIONS, BESIDES, ORDINAL_NEXT, RELAY, SIGNAL
from citecheck.cite.parts import Part, ends_names, judge, lead_cut
from citecheck.cite.piece import Segment, cut
from citecheck.records.document import Note

LONGEST_NOTE = 200_000  # characters; of a longer note only the links are kept

_BREAK = re.compile(r"[;；]|[.?!…][\"”’»)\]]*(?=\s)|。")


# What a sentence goes on to say of the work that it has named.
_CLAUSE = re.compile(
    r",\s+(?:(?:in|for|on|of|from)\s+)?(?:which|who|whose|where)\b"
    r"|,\s+(?:although|though|while|arguing|showing|noting|die|der|das|wo|qui|où|que|который)\s"
)
_JOINER = re.compile(r"\s*(?:and|und|sowie|et|y|и)\s+")


@dataclass(slots=True)
class _Group:
    """A citation being put together from parts of its note."""

    start: int
    end: int
    title: bool
    quote: bool
    italic: bool
    cue: bool
    open_title: bool

    def add(self, part: Part) -> None:
        self.end = part.end
        self.open_title = self.open_title and not (self.title or part.title or part.link)
        self.title = self.title or part.title
        self.quote, self.italic = self.quote or part.quote, self.italic or part.italic
        self.cue = self.cue or part.cue


def split(note: Note) -> tuple[Segment, ...]:
    """The citations of a note, in order; none where it is prose."""
    text = note.text
    if len(text) > LONGEST_NOTE:
        return tuple(cut(note, k.start, k.end) for k in note.links)
    quotes, brackets = marks.quoted(text), marks.bracketed(text)
    quotes = tuple(q for q in quotes if not _swallows(text, q))
    links = tuple((k.start, k.end) for k in note.links)
    mask = marks.inside(text, quotes + brackets, (*links, *note.italics))
    groups: list[_Group] = []
    for start, end, how in _parts(text, mask, quotes):
        part = judge(note, text, start, end, how, quotes, mask)
        _place(groups, part, text)
    return tuple(
        cut(note, g.start, _without_bracket(text, g.start, g.end))
        for g in groups
        if g.end > g.start
    )


def _without_bracket(text: str, start: int, end: int) -> int:
    """Where a citation ends whose closing bracket belongs to the sentence that it stands in."""
    words = text[start:end].rstrip(" .,;\u00a0")
    if not words or words[-1] not in ")]" or len(words) > 6000:
        return end
    opening = "(" if words[-1] == ")" else "["
    return end if words.count(opening) >= words.count(words[-1]) else start + len(words) - 1


def _swallows(text: str, quote: marks.Range) -> bool:
    """Single quotes that reach over a semicolon are two apostrophes, not a quotation."""
    return quote.mark in "‘'‚" and ";" in text[quote.start : quote.end]


def _parts(
    text: str, mask: bytearray, quotes: tuple[marks.Range, ...]
) -> list[tuple[int, int, str]]:
    """(start, end, what stands before it) of the parts between possible cuts."""
    cuts: dict[int, tuple[int, str]] = {}
    for match in _BREAK.finditer(text):
        at = match.start()
        if mask[at : at + 1].strip(b"\0"):
            continue
        if text[at] in ";；":
            cuts[at] = (match.end(), "semicolon")
        elif text[at] == "。" or _ends_sentence(text, at, match.end()):
            cuts[match.end()] = (match.end(), "sentence")
    for quote in quotes:
        if text[quote.end - 2] in ".?!" and text[quote.end : quote.end + 1].isspace():
            cuts[quote.end] = (quote.end, "sentence")
    for match in RELAY.finditer(text):
        if not mask[match.start()] and not mask[match.end() - 1]:
            cuts[match.start()] = (match.start() + 1, "relay")
    for match in BESIDES.finditer(text):
        if not mask[match.start()] and not mask[match.end() - 1]:
            cuts.setdefault(match.start(), (match.end(), "besides"))
    out, start, how = [], 0, "start"
    for at in sorted(cuts):
        follow, kind = cuts[at]
        if at >= start:
            if text[start:at].strip(" ,.\u00a0"):
                out.append((start, at, how))
                how = kind
            elif kind != "sentence":
                how = kind
            start = follow
    if text[start:].strip():
        out.append((start, len(text), how))
    return out


def _ends_sentence(text: str, at: int, end: int) -> bool:
    """Whether a period ends a sentence: no abbreviation, no initial, no ordinal before a noun."""
    if text[at] != ".":
        return True
    follow = text[end : end + 40].lstrip()
    if follow and follow[0].islower():
        return False
    word = re.search(r"[\w.]+$", text[max(0, at - 24) : at])
    if not word:
        return True
    token = word[0].lower().rstrip(".")
    if token.isdigit():
        return not (len(token) <= 2 and ORDINAL_NEXT.match(follow))
    letters = token.replace(".", "")
    return not (token in ABBREVIATIONS or len(letters) == 1 or ("." in token and len(letters) <= 4))


def _place(groups: list[_Group], part: Part, text: str) -> None:
    """Lets a part begin a citation, join the last one, or fall away."""
    last = groups[-1] if groups else None
    signal = SIGNAL.match(text, part.start)
    waiting = last is not None and last.open_title and part.how == "sentence"
    if part.prose and not waiting:
        begin = lead_cut(text, part)
        if begin is None:
            groups.extend(_Group(a, b, True, False, False, True, False) for a, b in part.links)
            if groups and part.how != "semicolon":
                groups.append(_closed(part.end))
            return
        groups.append(_begin(part, begin))
        if clause := _CLAUSE.search(text, part.mark[1] if part.mark else begin, part.end):
            groups[-1].end = clause.start()
        return
    if signal and signal.end() < part.end and (part.title or part.cue or part.how == "start"):
        groups.append(_begin(part, signal.end()))
        return
    if last is None or last.start == last.end or _begins(last, part):
        groups.append(_begin(part, part.start))
    else:
        last.add(part)


def _closed(at: int) -> _Group:
    """An empty group: what follows prose does not join what came before it."""
    return _Group(at, at, False, False, False, False, False)


def _begin(part: Part, start: int) -> _Group:
    if start == part.start and (joiner := _JOINER.match(part.text)):
        start += joiner.end()
    return _Group(
        start,
        part.end,
        part.title,
        part.quote,
        part.italic,
        part.cue,
        part.author_date or ends_names(part),
    )


def _begins(last: _Group, part: Part) -> bool:
    """Whether a part is a citation of its own after the last one."""
    if part.how == "relay":
        return True
    if part.how == "semicolon":
        return (last.title or last.cue) and part.starts_citation
    if part.how == "besides":
        own = part.title and part.starts_citation and not part.starts_in
        return last.title and last.cue and own
    if part.author_date:
        return last.title or last.cue
    if not part.title or not (last.title and last.cue):
        return False
    continues = part.italic_first and last.quote and not last.italic
    return not continues and not part.starts_in

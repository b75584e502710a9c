"""What a part of a note is: prose, the beginning of a citation, or more of the one before.

Prose shows itself by small words that no name, place or container has, outside quotations, italics
and brackets. A quoted phrase inside prose is no title: a title is followed by a comma, a bracket or
a date and not by more prose.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from citecheck.cite import dates, marks, names
from citecheck.cite.cues import CITING, FUNCTION, LEAD, PROSE, SIGNAL
from citecheck.records.document import Note

_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")
_AUTHOR_DATE = re.compile(
    r"^\s*(?P<head>[^()\d\"“]{2,300}?)[,.]?\s*(?:\((?:eds?|hrsg"
    r"|hg)\.?\)[.,]?\s*)?[(\[](?:(?:1[4-9]|20)\d\d[a-z]?(?:,\s?[^\W\d_][^()]{1,20})?"
    r"|n\.\s?d\.)[)\]]"
)
_INITIALS = r"(?:(?:de|van|von|der|den|del|la|le|da|di|el)\s){0,2}[A-ZÀ-Þ][\w’'-]+\s[A-Z]{1,3}"
_VANCOUVER = re.compile(rf"\s*(?:{_INITIALS},\s){{0,12}}{_INITIALS}(?:,?\set al)?\.\s+(?=[A-ZÀ-Þ])")
_YEAR_VOLUME = re.compile(r"\b(?:19|20)\d\d(?:\s[A-Z][a-z]{2}(?:\s\d{1,2})?)?;\s?\d")
_SHORT = re.compile(
    r"(?i)\s*(?:ibid|ibidem|id\.|idem|ebd|ebenda|ders\.|dies\.|idem|a\.\s?a\.\s?o|op\.\s?cit"
    r"|там\s+же|supra|同上|前掲)(?!\w)"
)
_IMPRINT = re.compile(
    r"\((?:[A-ZÀ-ÞА-Я][^():\[\]]{1,60}:\s[^()\[\]]{0,80}?|(?:[A-ZÀ-ÞА-Я][\w.&’'-]*,?\s+){0,6})"
    r"(?:1[4-9]|20)\d\d\b[^()]{0,12}\)"
)
_FULL_IMPRINT = re.compile(
    r"\((?:[^():]{1,40}[.;]\s)?[A-ZÀ-ÞА-Я][^():\[\]]{1,40}:\s[^():\[\]]{2,60},\s(?:1[4-9]|20)\d\d\)"
)
_IN = re.compile(r"\s*[Ii]n:?\s")
_TITLE_WORDS = re.compile(
    r"(?i)^\W*(?:ibid|id|et al|supra|infra|cf|e\.g|i\.e|op\. cit|loc\. cit|inter alia)\W*$"
)


_MOST_MARKS = 12  # quotations of a sentence that are looked at
_WINDOW = 1500  # characters after each


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a note between two possible cuts; `how` is what stands before it.

    `title` says that it has a title of its own, at `mark`; `cue` that it has a date, a number, a
    link; `links` are the links' ranges inside it.
    """

    start: int
    end: int
    how: str
    prose: bool
    title: bool
    quote: bool
    italic: bool
    italic_first: bool
    cue: bool
    link: bool
    author_date: bool
    starts_citation: bool
    starts_in: bool
    mark: tuple[int, int] | None
    links: tuple[tuple[int, int], ...]
    text: str


def _small_words(text: str) -> tuple[int, int]:
    """(words in lower case that no citation has, words that only prose has)."""
    content = prose = 0
    for word in _WORD.findall(text):
        low = word.lower()
        if low in PROSE and (word[0].islower() or low in ("this", "these", "it", "we", "i")):
            prose += 1
        if word[0].islower() and len(word) > 1 and low not in FUNCTION and low not in CITING:
            content += 1
    return content, prose


def _outside(text: str, start: int, end: int, mask: bytearray) -> str:
    return "".join(" " if mask[i] else text[i] for i in range(start, end))


def judge(
    note: Note,
    text: str,
    start: int,
    end: int,
    how: str,
    quotes: tuple[marks.Range, ...],
    mask: bytearray,
) -> Part:
    """Looks at one part; see `Part`."""
    spans = [(q.start, q.end, "quote") for q in quotes if start <= q.start < end]
    spans += [
        (max(a, start), min(b, end), "italic")
        for a, b in note.italics
        if start <= a < end and not any(s <= a < e for s, e, _ in spans)
    ]
    spans = [s for s in sorted(spans) if not _TITLE_WORDS.match(text[s[0] : s[1]])]
    links = tuple((k.start, k.end) for k in note.links if start <= k.start < end)
    words = [k for k in note.links if start <= k.start < end and " " in k.printed.strip()]
    outside = _outside(text, start, end, mask)
    raw = text[start:end]
    dated = bool(dates.find(raw)) if len(raw) < 5000 else True
    cue = dated or bool(links) or bool(re.search(r"\d", outside)) or "10." in raw
    content, prose = _small_words(outside)
    signal = SIGNAL.match(text, start, end)
    body = signal.end() if signal else start
    lead_content = _small_words(_outside(text, body, spans[0][0], mask))[0] if spans else content
    author_date = bool((m := _AUTHOR_DATE.match(raw)) and names.name_like(m["head"]))
    author_date = author_date or _is_vancouver(text, start)
    strong = bool(_IMPRINT.search(raw)) or author_date
    if spans:
        loose = _is_phrase(text, spans[0], end) and lead_content >= 1
        is_prose = loose or lead_content >= 2 or (prose >= 1 and content >= 2 + 2 * cue)
    else:
        is_prose = not strong and ((content >= 3 and not cue) or (content >= 2 and prose >= 1))
        is_prose = is_prose or (bool(links) and prose >= 1 and content >= 2)
    if signal and spans and lead_content < 2:
        is_prose = False
    head = re.split(r"[,:(\x1f]", raw, maxsplit=1)[0] if not spans else text[start : spans[0][0]]
    begins = bool(signal or _SHORT.match(raw) or author_date)
    begins = begins or (
        (cue or bool(spans))
        and (not head.strip() or _names(head))
        and raw.strip()[:1].isdigit() is False
    )
    first = spans[0] if spans else None
    begins = begins or any(not text[start:a].strip(" <") for a, _ in links)
    return Part(
        start, end, how,
        prose=is_prose,
        title=bool(spans) or bool(words),
        quote=any(s[2] == "quote" for s in spans),
        italic=any(s[2] == "italic" for s in spans),
        italic_first=first is not None
        and first[2] == "italic"
        and not raw[: first[0] - start].strip(" .,"),
        cue=cue, link=bool(links), author_date=author_date,
        starts_citation=begins, starts_in=bool(_IN.match(raw)),
        mark=_cited_mark(text, end, spans, mask) if is_prose else None, links=links, text=raw,
    )  # fmt: skip


def _is_vancouver(text: str, start: int) -> bool:
    """`Doe J, Roe K. Title …`; of a single author only where `2016;16(4)` follows."""
    match = _VANCOUVER.match(text, start)
    if match is None:
        return False
    return "," in match[0] or bool(_YEAR_VOLUME.search(text, start, start + _WINDOW))


def _is_phrase(text: str, span: tuple[int, int, str], end: int) -> bool:
    """Whether a quotation is a phrase of a sentence: it begins small and no comma ends it."""
    first, last, kind = span
    inner = text[first:last].strip("\"“”„«»'‘’ ")
    comma = text[last - 2 : last - 1] in (",", "?", "!") or text[last:end].lstrip()[:1] in (
        ",",
        "[",
    )
    return kind == "quote" and inner[:1].islower() and not comma


def _names(head: str) -> bool:
    head = re.sub(r"\([^()]*\)|\[[^\[\]]*\]", " ", head)
    return names.name_like(head.strip(" ,:."))


def _cited_mark(
    text: str, end: int, spans: list[tuple[int, int, str]], mask: bytearray
) -> tuple[int, int] | None:
    """The first title in a part of prose that the prose leads to, not merely quotes."""
    for first, last, kind in spans[:_MOST_MARKS]:
        stop = min(end, last + _WINDOW)
        rest = text[last:stop]
        after = rest.lstrip()
        inner_end = text[last - 2 : last - 1] if kind == "quote" else ""
        comma = (
            inner_end in (",", "?", "!") or after[:1] in (",", "[") or bool(_IMPRINT.match(after))
        )
        content, prose = _small_words(_outside(text, last, stop, mask))
        dated = bool(dates.find(rest)) or bool(re.search(r"\d", rest)) or "http" in rest
        follows = after.lstrip(", ")[:1]
        if _FULL_IMPRINT.match(after):
            return first, last
        if comma and content <= 2 and prose == 0 and dated and not follows.islower():
            return first, last
        if comma and content <= 2 and prose == 0 and re.match(r",?\s*(?:in|ed|trans)\b", after):
            return first, last
    return None


def lead_cut(text: str, part: Part) -> int | None:
    """Where the citation begins that a part of prose leads to; None where it leads to none."""
    if part.mark is None:
        return None
    lead = text[part.start : part.mark[0]]
    for match in LEAD.finditer(lead):
        rest = lead[match.end() :].strip(" ,:")
        if rest[:1].isupper() and names.name_like(rest):
            return part.start + match.end()
    return part.mark[0]


def ends_names(part: Part) -> bool:
    """Whether a part is only names: the next sentence is then the title, whatever it looks like."""
    return not part.title and not part.link and names.name_like(part.text.strip(" .,"))

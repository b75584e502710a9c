"""Plain text: paragraphs between empty lines, notes as `[1]` or numbered under `Notes`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from citecheck.readers.decoding import Source
from citecheck.readers.flow import Flow, FlowBuilder, Mark
from citecheck.readers.markers import NOTES_HEADING
from citecheck.readers.notes import assemble
from citecheck.records.document import Entry, Note

_RULE = re.compile(r"[ \t]*([-=_*~#])(?:[ \t]*\1){2,}[ \t]*")
_UNDERLINED = re.compile(r"([^\n]{1,120})\n[ \t]*([-=~^])\2{2,}[ \t]*")
_NUMBERED = re.compile(r"(?m)^[ \t\xa0]*(\d{1,4})[.)]?[ \t\xa0]+(?=\S)")
_ITEM = re.compile(r"(?m)^[ \t\xa0]*(\d{1,4})[.)][ \t\xa0]+(?=\S)")
_COLOPHON = re.compile(
    r"(?i)\W*(?:about\s+the\s+authors?|authors?|acknowledge?ments?|profile|disclaimer|contact|imprint|"
    r"impressum|copyright|appendix(?:\s+\w)?)\W*"
)

name = "text"


def read(source: Source) -> tuple[tuple[Note, ...], tuple[Entry, ...], str, tuple[str, ...]]:
    """The notes of a plain text, its first line as title, and warnings."""
    flow = _flow(source.text)
    notes, warnings = assemble(flow, source)
    return notes, (), flow.title, warnings


def _flow(text: str) -> Flow:
    builder = FlowBuilder()
    listing, last = False, 0
    for start, words in _paragraphs(text):
        words = words.rstrip()
        kind = _kind(words)
        if not builder.flow.blocks and kind != "rule" and _titles(words):
            builder.flow.title = " ".join(words.split())
        if kind == "heading":
            listing, last = bool(NOTES_HEADING.match(words.partition("\n")[0])), 0
        builder.begin_block()
        if kind == "text":
            base = builder.at
            for number in (_NUMBERED if listing else _ITEM).finditer(words):
                # A line of a note may begin with a day or a year: only the next number counts.
                value = int(number[1])
                if value != last + 1 and (last if listing else value != 1):
                    continue
                last = value
                at = (base + number.start(1), base + number.end())
                mark_source = (start + number.start(1), start + number.end(1))
                what = "list" if listing else "item"
                builder.flow.marks.append(Mark(*at, (str(value),), what, mark_source))
        builder.verbatim(words, start)
        builder.end_block(kind, (start, start + len(words)))
    return builder.finish()


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """The runs of lines that are not empty, with the offset at which each begins."""
    at, start = 0, -1
    for line in text.split("\n"):
        if not line or line.isspace():
            if start >= 0:
                yield start, text[start : at - 1]
            start = -1
        elif start < 0:
            start = at
            if _names_section(line):
                yield start, line
                start = -1
        at += len(line) + 1
    if start >= 0:
        yield start, text[start:]


def _names_section(line: str) -> bool:
    """Whether a line at the head of a paragraph is the heading of notes or of a colophon."""
    line = line.strip()
    return len(line) <= 80 and bool(NOTES_HEADING.match(line) or _COLOPHON.fullmatch(line))


def _titles(words: str) -> bool:
    return len(words) < 200 and "\n" not in words.strip() and words.rstrip()[-1] not in ".,;:]"


def _kind(words: str) -> str:
    if _RULE.fullmatch(words):
        return "rule"
    if len(words) > 200:
        return "text"
    if _UNDERLINED.fullmatch(words):
        return "heading"
    line = words.strip()
    if "\n" in line or len(line) > 80:
        return "text"
    if _names_section(line):
        return "heading"
    letters = [c for c in line if c.isalpha()]
    shouting = len(letters) >= 4 and line == line.upper() and line != line.lower()
    return "heading" if shouting and not re.search(r"[\[\d]|[.,;:]$|://", line) else "text"

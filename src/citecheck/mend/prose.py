"""Running text: where a copy stands beside a link, and how an address is printed there.

The copy follows the link at once, before the punctuation of the sentence. A link that a pair of
brackets holds alone gets it inside them; in a note whose lines are broken it gets a line of its own
where the line would become longer than the note's others.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from citecheck.mend.sheet import Sheet
from citecheck.mend.style import Style
from citecheck.records.document import Note

_WIDEST = 100  # characters; lines that are longer were not broken by a person
_BRACKETS = {"(": ")", "（": "）", "[": "]"}
_WIDE = re.compile("[\u3000-\u9fff\uac00-\ud7af\uff00-\uff65]")


@dataclass(frozen=True, slots=True)
class Beside:
    """A copy as it is printed: `words` with the day, or all of it where `linked` (the words are a
    link then); `address` as the format prints one."""

    words: str
    address: str
    linked: bool = False


def inserted(
    sheet: Sheet, note: Note, start: int, end: int, copy: Beside, style: Style, *, glued: bool
) -> str:
    """What is put at `end`, after the link at `start:end`; `glued`: the address there ends by
    itself, so that full-width brackets may follow it without a space."""
    phrase = style.phrase
    said = copy.words if copy.linked else f"{copy.words}{phrase.colon}{copy.address}"
    if _BRACKETS.get(sheet.text[start - 1 : start]) == sheet.text[end : end + 1] != "":
        semicolon = phrase.semicolon
        if _WIDE.match(semicolon) and not glued:
            semicolon = " " + semicolon
        return semicolon + said
    said = f"{phrase.opening}{said}{phrase.closing}"
    space = "" if glued and _WIDE.match(phrase.opening) else " "
    return (_break(sheet, note, start, end, len(said)) or space) + said


def _break(sheet: Sheet, note: Note, start: int, end: int, added: int) -> str:
    """A line end and the indentation of the note's lines where a further line is due."""
    text = sheet.source.text
    first, last = sheet.chars(note.span)
    opening = text.rfind("\n", 0, start) + 1
    closing = text.find("\n", end)
    closing = len(text) if closing < 0 else closing
    before, after = text[first : max(opening - 1, first)], text[closing + 1 : last]
    above = before.rpartition("\n")[2] if opening > first else ""
    below = after.partition("\n")[0]
    if not (above.strip() or below.strip()):
        return ""
    lines = [line for line in text[first:last].split("\n") if "://" not in line]
    widest = max((len(line.rstrip()) for line in lines), default=0)
    if not lines or widest > _WIDEST or closing - opening + added <= max(widest, 72):
        return ""
    model = text[opening:] if opening > first else below
    indentation = re.match(r"[ \t>]*", model)
    return "\n" + (indentation[0] if indentation else "")

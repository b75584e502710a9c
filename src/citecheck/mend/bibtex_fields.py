"""The fields of one BibTeX entry with their places, as the file has them.

Values are in braces, in quotes (braces inside balanced), numbers or names of @string, joined by
`#` (BibTeX manual; `btparse`). Nothing is unescaped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from citecheck.mend.edits import Unmendable

_HEAD = re.compile(r"@[ \t]*([A-Za-z]+)\s*([{(])\s*([^\s,{}()=]*)\s*")
_NAME = re.compile(r"[^\s,{}()=\"#%]+")
_BARE = re.compile(r"[^\s,{}()=\"#%]+")
_SPACE = re.compile(r"\s*")


@dataclass(frozen=True, slots=True)
class Field:
    """`start:end` is the whole value, `last` the place of its last part (without delimiters) and
    `delimiter` what opens that: `{`, `"`, or nothing for a number or a name."""

    name: str
    at: int
    equals: str
    start: int
    end: int
    last: tuple[int, int]
    delimiter: str


@dataclass(frozen=True, slots=True)
class Record:
    """`head` is where the key ends, `close` where the closing delimiter stands."""

    kind: str
    head: int
    close: int
    fields: tuple[Field, ...]

    def get(self, name: str) -> Field | None:
        return next((f for f in self.fields if f.name.lower() == name), None)


def record_at(text: str, start: int) -> Record:
    """The entry that begins at or after `start`; raises Unmendable where it is not understood."""
    head = _HEAD.search(text, start)
    if head is None:
        raise Unmendable("the entry is not found")
    closing = "}" if head[2] == "{" else ")"
    fields: list[Field] = []
    at = head.end()
    while True:
        at = _space(text, at)
        while text[at : at + 1] == ",":
            at = _space(text, at + 1)
        if text[at : at + 1] == closing:
            return Record(head[1].lower(), head.end(3), at, tuple(fields))
        field = _field(text, at)
        fields.append(field)
        at = field.end
        if text[_space(text, at) : _space(text, at) + 1] not in (",", closing):
            raise Unmendable("the entry is written in a way that is not understood")


def _space(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _field(text: str, at: int) -> Field:
    name = _NAME.match(text, at)
    if name is None:
        raise Unmendable("the entry is written in a way that is not understood")
    equals = re.compile(r"\s*=\s*").match(text, name.end())
    if equals is None:
        raise Unmendable("the entry is written in a way that is not understood")
    start = equals.end()
    end, last, delimiter = _part(text, start)
    while (joined := re.compile(r"\s*#\s*").match(text, end)) is not None:
        end, last, delimiter = _part(text, joined.end())
    return Field(name[0], at, equals[0], start, end, last, delimiter)


def _part(text: str, at: int) -> tuple[int, tuple[int, int], str]:
    """Where one part of a value ends, its inner range and what opens it."""
    opening = text[at : at + 1]
    if opening in ("{", '"'):
        end = _closed(text, at, opening)
        return end, (at + 1, end - 1), opening
    bare = _BARE.match(text, at)
    if bare is None:
        raise Unmendable("the entry is written in a way that is not understood")
    return bare.end(), bare.span(), ""


def _closed(text: str, at: int, opening: str) -> int:
    depth = 0
    for mark in re.compile(r'\\.|[{}"]', re.DOTALL).finditer(text, at + (opening == '"')):
        if mark[0] == "{":
            depth += 1
        elif mark[0] == "}":
            depth -= 1
            if opening == "{" and depth == 0:
                return mark.end()
            if depth < 0:
                break
        elif mark[0] == '"' and opening == '"' and depth == 0:
            return mark.end()
    raise Unmendable("the braces of the entry are not balanced")

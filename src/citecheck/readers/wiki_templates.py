"""Templates of MediaWiki wikitext with the places of their parameters, nested ones included.

One pass over the double braces, brackets and pipes (as MediaWiki's preprocessor has them);
comments, `<nowiki>` and the other tags whose content is no wikitext hide all of these. Nothing
recurses.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

Range = tuple[int, int]

_OPAQUE = re.compile(
    r"(?is)<!--.*?(?:-->|\Z)"
    r"|<(nowiki|pre|source|syntaxhighlight|math|score|timeline|templatedata)\b[^<>]*(?<!/)>"
    r".*?(?:</\1\s*>|\Z)"
)
_MARK = re.compile(r"\{\{|\}\}|\[\[|\]\]|\|")
_COMMENT = re.compile(r"(?s)<!--.*?(?:-->|\Z)")
_SPACE = re.compile(r"\s*")
_DEEPEST = 60
_FAR = 1 << 60


@dataclass(frozen=True, slots=True)
class Parameter:
    """`pipe` and `equals` are where its `|` and `=` stand (-1: it has no name); `start:end` is the
    value without white space around it; `name` is folded (lower case, without comments), a number
    for one without a name."""

    name: str
    printed: str
    value: str
    pipe: int
    name_at: int
    start: int
    end: int
    equals: int = -1


@dataclass(frozen=True, slots=True)
class Template:
    """`start:end` with the braces; `name` in lower case with spaces, without a namespace."""

    name: str
    start: int
    end: int
    parameters: tuple[Parameter, ...]

    def get(self, *names: str) -> Parameter | None:
        """The last parameter of one of these names that has a value, else one that has none."""
        found = [p for p in self.parameters if p.name in names]
        return next((p for p in reversed(found) if p.value), found[-1] if found else None)

    def value(self, *names: str) -> str:
        """The first value there is of these names, in their order."""
        for name in names:
            found = self.get(name)
            if found is not None and found.value:
                return found.value
        return ""


@dataclass(slots=True)
class _Open:
    mark: str
    start: int
    pipes: list[int] = field(default_factory=list)


def opaque(text: str) -> list[Range]:
    """What hides its content: comments, `<nowiki>` and their like."""
    return [m.span() for m in _OPAQUE.finditer(text)]


def inside(at: int, ranges: Sequence[Range]) -> bool:
    """Whether a place lies in one of some sorted ranges that do not overlap."""
    i = bisect_right(ranges, (at, _FAR)) - 1
    return i >= 0 and at < ranges[i][1]


def templates(text: str, hidden: Sequence[Range]) -> tuple[Template, ...]:
    """All templates of a text, by where they begin."""
    found: list[Template] = []
    stack: list[_Open] = []
    at = 0
    while mark := _MARK.search(text, at):
        at = mark.end()
        if inside(mark.start(), hidden):
            at = max(at, hidden[bisect_right(hidden, (mark.start(), _FAR)) - 1][1])
        elif mark[0] in ("{{", "[["):
            if len(stack) == _DEEPEST:
                del stack[0]  # so many are open that the first will never be closed
            stack.append(_Open(mark[0], mark.start()))
        elif mark[0] == "|":
            if stack:
                stack[-1].pipes.append(mark.start())
        else:
            opening = "{{" if mark[0] == "}}" else "[["
            while stack and stack[-1].mark != opening and opening == "{{":
                stack.pop()  # a bracket that was never closed
            if stack and stack[-1].mark == opening:
                closed = stack.pop()
                if opening == "{{":
                    found.append(_template(text, closed, mark.end()))
    return tuple(sorted(found, key=lambda t: (t.start, -t.end)))


def _template(text: str, opened: _Open, end: int) -> Template:
    stops = [*opened.pipes, end - 2]
    name = _clean(text[opened.start + 2 : stops[0]]).replace("_", " ")
    name = " ".join(name.rpartition(":")[2].split()).lower()
    parameters: list[Parameter] = []
    unnamed = 0
    for pipe, stop in pairwise(stops):
        equals = _equals(text, pipe + 1, stop)
        if equals < 0:
            unnamed += 1
            start, last = _trimmed(text, pipe + 1, stop)
            printed, key, name_at = "", str(unnamed), start
        else:
            start, last = _trimmed(text, equals + 1, stop)
            name_at, name_end = _trimmed(text, pipe + 1, equals)
            printed = text[name_at:name_end]
            key = " ".join(_clean(printed).replace("_", " ").split()).lower()
        value = _clean(text[start:last])
        parameters.append(Parameter(key, printed, value, pipe, name_at, start, last, equals))
    return Template(name, opened.start, end, tuple(parameters))


def _equals(text: str, start: int, stop: int) -> int:
    """Where the `=` after a parameter's name stands, -1 for a parameter without one."""
    at = text.find("=", start, stop)
    head = _clean(text[start:at]) if at >= 0 else ""
    return at if at >= 0 and not re.search(r"[\[\]{}<>|/]", head) else -1


def _trimmed(text: str, start: int, end: int) -> Range:
    lead = _SPACE.match(text, start, end)
    first = lead.end() if lead else start
    return first, first + len(text[first:end].rstrip())


def _clean(text: str) -> str:
    return _COMMENT.sub("", text).strip()

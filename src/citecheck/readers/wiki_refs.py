"""The `<ref>` notes of wikitext: plain and named, in groups, defined in lists, numbered as printed.

MediaWiki numbers notes by their first call, each group apart (Extension:Cite); the text of a named
note may stand at any of its calls, or in `<references>` or a template that lists them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from citecheck.readers.wiki_templates import Range, Template, inside

_REF = re.compile(r"(?i)<ref\b((?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*?)(/?)>")
_END = re.compile(r"(?i)</ref\s*>")
_LISTED = re.compile(r"(?is)<references\b[^<>]*(?<!/)>.*?(?:</references\s*>|\Z)")
_ATTRIBUTE = re.compile(r"(?i)\b(name|group)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'/>]+))")
_LISTS = re.compile(
    r"(?i)reflist|references|refs|notelist|références|einzelnachweise|listaref|reflijst|przypisy"
    r"|примечания|примітки|referenties|notelist-\w+|efn-\w+|脚注|脚註|각주"
)


@dataclass(frozen=True, slots=True)
class Ref:
    """One `<ref>` tag: `start:end` all of it, `inner` its content (None for a mere call); `label`
    the note that it is of; `called` that it stands in the text and not in a list."""

    start: int
    end: int
    inner: Range | None
    label: str
    called: bool


def refs(text: str, hidden: Sequence[Range], found: Sequence[Template]) -> tuple[Ref, ...]:
    """The tags in order, each with the number that the page prints for it."""
    lists = [m.span() for m in _LISTED.finditer(text) if not inside(m.start(), hidden)]
    lists = sorted(lists + [(t.start, t.end) for t in found if _LISTS.fullmatch(t.name)])
    raw: list[tuple[int, int, Range | None, tuple[str, str], bool]] = []
    at = 0
    while tag := _REF.search(text, at):
        at = tag.end()
        if inside(tag.start(), hidden):
            continue
        given = {m[1].lower(): next(g for g in m.groups()[1:] if g is not None)
                 for m in _ATTRIBUTE.finditer(tag[1])}  # fmt: skip
        name, group = given.get("name", "").strip(), given.get("group", "").strip()
        inner: Range | None = None
        end = tag.end()
        if not tag[2]:
            close = _END.search(text, end)
            while close and inside(close.start(), hidden):
                close = _END.search(text, close.end())
            if close is None:
                break
            inner, end = (end, close.start()), close.end()
        key = (group, name or f"\0{tag.start()}")
        called = not any(a <= tag.start() < b for a, b in lists)
        raw.append((tag.start(), end, inner, key, called))
        at = end
    numbers = _numbers([(key, called) for *_, key, called in raw])
    return tuple(Ref(a, b, inner, numbers[key], called) for a, b, inner, key, called in raw)


def _numbers(keys: Sequence[tuple[tuple[str, str], bool]]) -> dict[tuple[str, str], str]:
    """The printed label of each note: called ones by their first call, then the rest."""
    counts: dict[str, int] = {}
    labels: dict[tuple[str, str], str] = {}
    for wanted in (True, False):
        for key, called in keys:
            if called is wanted and key not in labels:
                group = key[0]
                counts[group] = counts.get(group, 0) + 1
                labels[key] = f"{group} {counts[group]}".strip()
    return labels

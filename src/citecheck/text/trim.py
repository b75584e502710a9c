# ruff: noqa: SIM905 - word lists are read best as words
"""Markup made safe to parse: no scripts, styles or comments; bounded length, depth and attributes.

Measured: a tree of 200,000 nested elements keeps an HTML parser busy for minutes, and 2 MB of plain
paragraphs keep the extractor busy for 20 s. Parsers compare each attribute of a tag with all before
it: 40,000 of them are 20 s, half a million are hours, and no thread can be stopped in the middle of
it. Every step here is linear in the length of the page.
"""

from __future__ import annotations

import re

MAX_MARKUP = 3_000_000
MAX_DEPTH = 400
MAX_ATTRIBUTES = 500
_DROPPED = ("script", "style", "svg", "template", "object")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,15})")
# A start tag as the standard's tokeniser reads it (a quote that never closes takes all the rest);
# group 1 is one attribute too many. End tags count too: parsers read attributes there as well.
_ATTRIBUTE = (
    r"[\s/]*+[^\s/>][^\s/>=]*+"
    r"""(?:\s*+=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^\s>"'][^\s>]*+)?+)?+"""
)
_CROWDED = re.compile(
    rf"</?[a-zA-Z][^\s/>]*+(?:{_ATTRIBUTE}){{0,{MAX_ATTRIBUTES}}}+({_ATTRIBUTE})?+"
)
# Elements without an end tag, or whose end tag authors leave out: their starts are no depth.
_FLAT = frozenset(
    "area base br col embed hr img input link meta param source track wbr p li dt dd "
    "tr td th option "
    "optgroup thead tbody tfoot colgroup html head body frame".split()
)


def without(markup: str, elements: tuple[str, ...] = _DROPPED) -> str:
    """The markup without these elements and comments; an unclosed one reaches to the end."""
    start = re.compile(rf"(?i)<(?:!--|({'|'.join(elements)})(?=[\s/>]))")
    out: list[str] = []
    at = 0
    while found := start.search(markup, at):
        out.append(markup[at : found.start()])
        name = found[1]
        if name is None:
            end = markup.find("-->", found.end())
            at = len(markup) if end < 0 else end + 3
            continue
        closing = re.compile(rf"(?i)</{name}\s*>").search(markup, found.end())
        at = len(markup) if closing is None else closing.end()
        out.append(" ")
    out.append(markup[at:])
    return "".join(out)


def shallow(markup: str, depth: int = MAX_DEPTH) -> str:
    """The markup up to the place where elements nest deeper, or a tag has more attributes, than in
    any page that people wrote."""
    markup = markup[:MAX_MARKUP]
    for start in _CROWDED.finditer(markup):
        if start[1]:
            markup = markup[: start.start()]
            break
    level = 0
    for tag in _TAG.finditer(markup):
        if tag[2].lower() in _FLAT:
            continue
        level += -1 if tag[1] else 1
        if level > depth:
            return markup[: tag.start()]
        level = max(level, 0)
    return markup

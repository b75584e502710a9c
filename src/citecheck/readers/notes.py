"""From a flow to its notes.

A document without any notes has its links checked all the same: each paragraph with a link, and
each item of a bibliography, is a note then, labelled by its running number.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from citecheck.readers.callouts import callouts
from citecheck.readers.decoding import Source
from citecheck.readers.definitions import Definition, chosen, extents
from citecheck.readers.flow import Flow, Given, Range, fold, without
from citecheck.readers.markers import NOTES_HEADING, complete
from citecheck.readers.numbered import promote
from citecheck.records.document import Callout, Note, TextLink

_SCHEME = re.compile(r"(?i)^(?!mailto:|tel:|javascript:|data:|about:|#)[a-z][a-z0-9+.-]*:\S")


def assemble(flow: Flow, source: Source) -> tuple[tuple[Note, ...], tuple[str, ...]]:
    """The notes of a flow in the order of the source, and warnings about what was left out."""
    complete(flow)
    promote(flow)
    marks = chosen(flow)
    definitions = [Definition(g.label, (g.start, g.end), g.source) for g in flow.given]
    definitions += extents(flow, source, marks)
    definitions.sort(key=lambda d: d.source)
    if not definitions:
        definitions = _paragraphs(flow)
        return tuple(_note(flow, source, d, ()) for d in definitions), ()
    calls = callouts(flow, source, definitions, {id(mark) for mark in marks})
    notes = tuple(_note(flow, source, d, calls[i]) for i, d in enumerate(definitions))
    return notes, _left_out(flow, source, definitions)


def _note(flow: Flow, source: Source, definition: Definition, callouts: Sequence[Callout]) -> Note:
    start, end = definition.text
    folded = fold(flow.text, without(start, end, flow.drops))
    links: list[TextLink] = []
    i = bisect_left(flow.links, start, key=lambda link: link.start)
    while i < len(flow.links) and flow.links[i].start <= end:
        link = flow.links[i]
        i += 1
        if link.end > end:
            continue
        target = _target(link.target)
        if target:
            a, b = folded.place(link.start), folded.place(link.end)
            printed = folded.text[a:b]
            a += len(printed) - len(printed.lstrip())
            b = a + len(printed.strip())
            place = source.span(*link.source)
            links.append(TextLink(a, b, target, folded.text[a:b], place, link.copy))
    italics = []
    i = bisect_left(flow.italics, (start, -1))
    while i < len(flow.italics) and flow.italics[i][0] < end:
        left, right = flow.italics[i]
        i += 1
        a, b = folded.place(left), folded.place(min(right, end))
        if b > a:
            italics.append((a, b))
    return Note(
        label=definition.label,
        line=source.line(definition.source[0]),
        span=source.span(*definition.source),
        text=folded.text,
        italics=tuple(italics),
        links=tuple(links),
        callouts=tuple(callouts),
    )


def _target(target: str) -> str:
    """The address to follow, or nothing where a link stays inside the document or its folder."""
    target = target.strip()
    if target.startswith("//") and len(target) > 2:
        return "https:" + target
    if re.match(r"(?i)www\.[\w-]+\.", target):
        return "http://" + target
    return target if _SCHEME.match(target) else ""


def _paragraphs(flow: Flow) -> list[Definition]:
    """In a document without notes: each paragraph with a link, each item of a bibliography."""
    found: list[Definition] = []
    links = [link for link in flow.links if _target(link.target)]
    listed = False
    for block in flow.blocks:
        if block.kind in ("heading", "rule"):
            words = flow.text[block.start : block.end].strip()
            listed = (listed and block.kind == "rule") or bool(NOTES_HEADING.match(words))
        i = bisect_left(links, block.start, key=lambda link: link.start)
        linked = i < len(links) and links[i].end <= block.end
        entry = listed and block.kind == "text" and bool(flow.text[block.start : block.end].strip())
        if (linked and not block.aside) or entry:
            label = str(len(found) + 1)
            found.append(Definition(label, (block.start, block.end), block.source))
    return found


def _left_out(flow: Flow, source: Source, definitions: Sequence[Definition]) -> tuple[str, ...]:
    """A warning that counts the links which stand outside the notes."""
    inside = sorted(d.text for d in definitions)
    lines: list[int] = []
    page = [(block.start, block.end) for block in flow.blocks if block.aside]
    for link in flow.links:
        i = bisect_right(inside, (link.start, len(flow.text) + 1)) - 1
        j = bisect_right(page, (link.start, len(flow.text) + 1)) - 1
        if j >= 0 and link.end <= page[j][1]:
            continue
        if _target(link.target) and not (i >= 0 and link.end <= inside[i][1]):
            lines.append(source.line(link.source[0]))
    if not lines:
        return ()
    if len(lines) == 1:
        return (f"1 link outside the notes (line {lines[0]}) is not part of the check.",)
    return (
        f"{len(lines)} links outside the notes (from line {lines[0]}) are not part of the check.",
    )


def given_at(flow: Flow, label: str, start: int, end: int, source: Range) -> None:
    """Declare a note that the format itself marks as one."""
    flow.given.append(Given(label, start, end, source))

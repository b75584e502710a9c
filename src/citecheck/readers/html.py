"""HTML and XHTML (also of EPUB and DPUB-ARIA): notes that anchors lead to, else notes as printed.

`<a href="#fn1">` with a label for its text leads to the note that bears the id `fn1`; arrows that
lead back are no words of the note. Without such anchors the rules for printed marks apply.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace

from citecheck.readers.decoding import Source
from citecheck.readers.flow import Flow, FlowBuilder, Mark
from citecheck.readers.html_blocks import Anchor, Element, Walker
from citecheck.readers.markers import labels_of
from citecheck.readers.markup import Inner, Markup
from citecheck.readers.notes import assemble, given_at
from citecheck.readers.tags import pieces
from citecheck.records.document import Entry, Note

name = "html"

_NOTE_ROLE = re.compile(r"(?i)(?:^|\s)(?:doc-)?(?:footnote|endnote|rearnote|biblioentry)(?:\s|$)")
_CALL_ROLE = re.compile(r"(?i)noteref|biblioref|footnote-?ref|footnote-anchor|fn-?ref|reference")
_HOLDS_NOTES = frozenset(
    {"li", "p", "div", "aside", "dd", "dt", "td", "tr", "section", "blockquote"}
)
_CLIMBABLE = frozenset({"li", "aside", "div", "dd", "td", "section"})
_BACK = re.compile(r"[\s^↑]*(?:(?i:jump up to:?)[\s^↑]*)?")
_CLOSE = re.compile(r"[\])]?[.:)]*(?=\W|\Z)")
_LONGEST_NOTE = 20_000


def read(source: Source) -> tuple[tuple[Note, ...], tuple[Entry, ...], str, tuple[str, ...]]:
    """The notes of a page, its title, and warnings."""
    builder = FlowBuilder()
    markup = Markup(builder)
    walker = Walker(builder, markup)
    for piece in pieces(source.text):
        walker.take(piece)
    walker.finish(len(source.text))
    flow = builder.finish()
    _mark_surroundings(flow, walker.elements)
    _anchored(flow, walker, markup.inner)
    notes, warnings = assemble(flow, source)
    return notes, (), flow.title, warnings


def _mark_surroundings(flow: Flow, elements: list[Element]) -> None:
    """Where a page names its article, all that stands outside of it belongs to the page."""
    works = [(e.start, e.end) for e in elements if e.name in ("article", "main")]
    if not works:
        return
    reach: list[tuple[int, int]] = []
    for start, end in sorted(works):
        if reach and start <= reach[-1][1]:
            reach[-1] = (reach[-1][0], max(reach[-1][1], end))
        else:
            reach.append((start, end))
    i = 0
    for place, block in enumerate(flow.blocks):
        while i < len(reach) and reach[i][1] <= block.start:
            i += 1
        inside = i < len(reach) and reach[i][0] <= block.start
        if not inside:
            flow.blocks[place] = replace(block, aside=True)


def _anchored(flow: Flow, walker: Walker, inner: list[Inner]) -> None:
    """Declare the notes that inner links lead to, or that bear the role of a note."""
    targets: dict[str, str] = {}
    calls: list[tuple[Inner, str]] = []
    back: list[Inner] = []
    dangling: list[Inner] = []
    for link in inner:
        anchor = walker.anchors.get(link.target)
        if anchor is None:
            dangling.append(link)
            continue
        if anchor.at <= link.start:
            back.append(link)
            continue
        labels = labels_of(link.text)
        role = _CALL_ROLE.search(link.role)
        if len(labels) == 1 or (role and link.text.strip()):
            label = labels[0] if labels else link.text.strip()[:20]
            targets.setdefault(link.target, label)
            calls.append((link, targets[link.target]))
    opened = sorted({walker.anchors[t].at for t in targets})
    nexts = dict(zip(opened, [*opened, len(flow.text)][1:], strict=True))
    ranges: dict[str, tuple[int, int]] = {}
    for target, label in targets.items():
        anchor = walker.anchors[target]
        found = _range(flow, walker.elements, anchor, nexts[anchor.at])
        if found is not None:
            ranges[target] = found[:2]
            _declare(flow, label, *found)
    if not ranges:
        _by_role(flow, walker.elements)
    if flow.given:
        notes = sorted((note.start, note.end) for note in flow.given)
        back += [link for link in dangling if link.mark >= 0 and _covered(link.start, notes)]
        flow.drops += [(link.start, link.end) for link in back]
    _call(flow, [(link, label) for link, label in calls if link.target in ranges])


def _range(
    flow: Flow, elements: list[Element], anchor: Anchor, following: int
) -> tuple[int, int, tuple[int, int]] | None:
    """The range of a note in text and source, or None where the anchor is no note's."""
    if anchor.element < 0:
        return None
    element = elements[anchor.element]
    if element.name not in _HOLDS_NOTES and not (not anchor.own and element.name == "body"):
        return None
    while (
        element.name != "li"
        and element.parent >= 0
        and elements[element.parent].name in _CLIMBABLE
        and elements[element.parent].start >= element.start - 4
        and elements[element.parent].end <= following
    ):
        element = elements[element.parent]
    start = element.start if anchor.own else max(anchor.at, element.start)
    if not anchor.own and not flow.text[element.start : anchor.at].strip():
        start = element.start
    end = min(element.end, following)
    if end - start > _LONGEST_NOTE or not flow.text[start:end].strip():
        return None
    source_start = element.source_start if start == element.start else anchor.source
    source_end = element.source_end if end == element.end else flow.source(end, end)[0]
    return start, end, (source_start, source_end)


def _declare(flow: Flow, label: str, start: int, end: int, source: tuple[int, int]) -> None:
    """A note, its printed label and what leads back taken off its beginning."""
    at = _past(_BACK, flow.text, start, end)
    opened = flow.text.startswith(("[", "("), at, end)
    if flow.text.startswith(label, at + opened, end):
        closed = _CLOSE.match(flow.text, at + opened + len(label), end)
        at = closed.end() if closed else at
    given_at(flow, label, _past(_BACK, flow.text, at, end), end, source)


def _past(pattern: re.Pattern[str], text: str, start: int, end: int) -> int:
    match = pattern.match(text, start, end)
    return match.end() if match else start


def _by_role(flow: Flow, elements: list[Element]) -> None:
    number = 0
    reached = -1
    for element in elements:
        if element.start < reached or not _NOTE_ROLE.search(element.role):
            continue
        if element.name not in _HOLDS_NOTES or not flow.text[element.start : element.end].strip():
            continue
        number += 1
        reached = element.end
        printed = re.match(
            r"\s*[\[(]?(\d{1,4})[\])]?[.:)]?\s", flow.text[element.start : element.end]
        )
        label = printed[1] if printed else str(number)
        _declare(
            flow, label, element.start, element.end, (element.source_start, element.source_end)
        )


def _call(flow: Flow, calls: list[tuple[Inner, str]]) -> None:
    """Turn the marks of the links that lead to notes into callouts, forget the notes' own marks."""
    for link, label in calls:
        if link.mark >= 0:
            old = flow.marks[link.mark]
            flow.marks[link.mark] = Mark(old.start, old.end, (label,), "ref", old.source)
        else:
            flow.marks.append(Mark(link.start, link.end, (label,), "ref", link.source))
    if not flow.given:
        return
    taken = sorted((g.start, g.end) for g in flow.given)
    flow.marks = [
        mark
        for mark in flow.marks
        if mark.kind == "ref"
        or (mark.kind not in ("list", "anchor") and not _covered(mark.start, taken))
    ]


def _covered(at: int, ranges: list[tuple[int, int]]) -> bool:
    i = bisect_right(ranges, (at, 1 << 60)) - 1
    return i >= 0 and at < ranges[i][1]

"""Which marks define notes, and how far each note runs.

A definition is a mark at the start of a line that occurs a second time, or one of a list of
definitions. A note runs over paragraphs until the next definition, heading or rule, not until an
empty line.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from citecheck.readers.decoding import Source
from citecheck.readers.flow import Block, Flow, Mark, Range
from citecheck.readers.markers import NOTES_HEADING

_AFTER_LABEL = re.compile(r"[.:)]?\s*")


@dataclass(frozen=True, slots=True)
class Definition:
    """A note before its text is put together: `text` is its range in the flow."""

    label: str
    text: Range
    source: Range


def _opens_line(flow: Flow, block: Block, mark: Mark) -> int:
    """2 where the mark opens its block, 1 where it opens a line of it, else 0."""
    before = flow.text[max(block.start, mark.start - 80) : mark.start]
    if not before.strip():
        return 2 if mark.start - 80 <= block.start else 0
    return 1 if not before.rpartition("\n")[2].strip() and "\n" in before else 0


def chosen(flow: Flow) -> list[Mark]:
    """The marks that define notes, in order."""
    starts = [block.start for block in flow.blocks]
    candidates: list[Mark] = []
    elsewhere: dict[str, int] = defaultdict(int)
    opened = -1
    for mark in flow.marks:
        i = bisect_right(starts, mark.start) - 1
        block = flow.blocks[i] if i >= 0 else None
        rank = 0
        if block is not None and len(mark.labels) == 1 and mark.kind not in ("ref", "inline"):
            rank = _opens_line(flow, block, mark) if block.kind == "text" else 0
        if (
            rank == 2
            or mark.kind == "list"
            or (rank == 1 and (opened == i or _headed(flow, block)))
        ):
            opened = i
            candidates.append(mark)
        else:
            for label in mark.labels:
                elsewhere[label] += 1
    return _settled(candidates, elsewhere)


def _headed(flow: Flow, block: Block | None) -> bool:
    """Whether the block's first line is the heading of a list of notes."""
    return block is not None and bool(
        NOTES_HEADING.match(flow.text[block.start : block.end][:80].partition("\n")[0])
    )


def _settled(candidates: list[Mark], elsewhere: dict[str, int]) -> list[Mark]:
    """Of the marks that open lines those that define: members of a list beat solitary ones."""
    runs: list[list[Mark]] = []
    for mark in candidates:
        before = runs[-1][-1].labels[0] if runs else ""
        if runs and runs[-1][-1].kind == mark.kind and _follows(before, mark.labels[0]):
            runs[-1].append(mark)
        else:
            runs.append([mark])
    longest: dict[str, int] = defaultdict(int)
    for run in runs:
        for mark in run:
            longest[mark.labels[0]] = max(longest[mark.labels[0]], len(run))
    chosen: list[Mark] = []
    for run in runs:
        for mark in run:
            label = mark.labels[0]
            if len(run) == 1 and longest[label] > 1:
                continue
            if elsewhere[label] or len(run) > 1 or mark.kind == "list":
                chosen.append(mark)
    return chosen


def _follows(before: str, label: str) -> bool:
    if before.isdigit() and label.isdigit():
        return int(before) < int(label) <= int(before) + 3
    if len(before) == len(label) == 1 and before.isalpha():
        return ord(label) == ord(before) + 1
    return bool(re.fullmatch(r"[*†‡§¶ivxlc]+", before) and re.fullmatch(r"[*†‡§¶ivxlc]+", label))


def extents(flow: Flow, source: Source, marks: Sequence[Mark]) -> list[Definition]:
    """How far each chosen definition runs."""
    starts = [block.start for block in flow.blocks]
    known = {mark.labels[0] for mark in marks}
    defining = {id(mark) for mark in marks}
    bodily = sorted(
        bisect_right(starts, mark.start) - 1
        for mark in flow.marks
        if id(mark) not in defining and not known.isdisjoint(mark.labels)
    )
    found: list[Definition] = []
    for i, mark in enumerate(marks):
        first = bisect_right(starts, mark.start) - 1
        following = marks[i + 1] if i + 1 < len(marks) else None
        limit = following.start if following else len(flow.text)
        last = first
        for j in range(first + 1, len(flow.blocks)):
            block = flow.blocks[j]
            if block.kind != "text" or block.start >= limit or block.aside:
                break
            last = j
        # Body text that goes on after a note on the same page gives itself away by its callouts.
        k = bisect_right(bodily, first)
        if k < len(bodily) and bodily[k] <= last:
            last = first
            while last + 1 < bodily[k] and _only_link(flow, flow.blocks[last + 1]):
                last += 1
        found.append(_definition(flow, source, mark, flow.blocks[last], following))
    return found


def _definition(
    flow: Flow, source: Source, mark: Mark, last: Block, following: Mark | None
) -> Definition:
    after = _AFTER_LABEL.match(flow.text, mark.end)
    start = after.end() if after and mark.kind != "list" else mark.end
    if following is not None and following.start < last.end:
        end = start + len(flow.text[start : following.start].rstrip())
        stop = following.source[0]
        until = mark.source[0] + len(source.text[mark.source[0] : stop].rstrip())
    else:
        end, until = last.end, max(last.source[1], mark.source[1])
    return Definition(mark.labels[0], (min(start, end), end), (mark.source[0], until))


def _only_link(flow: Flow, block: Block) -> bool:
    """Whether a block is nothing but a link."""
    i = bisect_left(flow.links, block.start, key=lambda link: link.start)
    if i == len(flow.links) or flow.links[i].end > block.end:
        return False
    link = flow.links[i]
    rest = flow.text[block.start : link.start] + flow.text[link.end : block.end]
    return not rest.strip(" \n\t\xa0.,;()<>")

"""Where the body points to its notes, with the whole citing sentence, free of any callouts."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence

from citecheck.readers.decoding import Source
from citecheck.readers.definitions import Definition
from citecheck.readers.flow import Block, Flow, Mark, Range, fold, without
from citecheck.readers.sentences import Sentences
from citecheck.records.document import Callout


def callouts(
    flow: Flow, source: Source, definitions: Sequence[Definition], defining: set[int]
) -> dict[int, tuple[Callout, ...]]:
    """For each definition (by its place in the list) where the body points to it."""
    by_label: dict[str, list[int]] = defaultdict(list)
    for i, definition in enumerate(definitions):
        by_label[definition.label].append(i)
    inside = sorted(d.text for d in definitions)
    pointing: dict[int, list[Mark]] = defaultdict(list)
    marked: dict[int, list[Mark]] = defaultdict(list)
    starts = [block.start for block in flow.blocks]
    for mark in flow.marks:
        known = any(label in by_label for label in mark.labels)
        if not known and mark.kind != "inline":
            continue
        b = bisect_right(starts, mark.start) - 1
        marked[b].append(mark)
        i = bisect_right(inside, (mark.start, len(flow.text) + 1)) - 1
        within = i >= 0 and inside[i][0] <= mark.start < inside[i][1]
        if id(mark) not in defining and (mark.kind == "inline" or not within):
            pointing[b].append(mark)
    found: dict[int, list[Callout]] = defaultdict(list)
    for b, marks in pointing.items():
        sentences = _sentences(flow, flow.blocks[b], marked[b], marks)
        for mark, sentence in zip(marks, sentences, strict=True):
            span, line = source.span(*mark.source), source.line(mark.source[0])
            for label in mark.labels:
                if label in by_label:
                    target = _nearest(definitions, by_label[label], mark.source[0])
                    found[target].append(Callout(label, line, span, sentence))
    return defaultdict(tuple, {i: tuple(those) for i, those in found.items()})


def _nearest(definitions: Sequence[Definition], places: list[int], at: int) -> int:
    """The first definition after a place in the source, else the last one before it."""
    i = bisect_left(places, at, key=lambda p: definitions[p].source[0])
    return places[min(i, len(places) - 1)]


def _sentences(
    flow: Flow, block: Block, marked: Sequence[Mark], marks: Sequence[Mark]
) -> list[str]:
    """The citing sentences of the marks of one block, without any marks in them."""
    cuts = _joined(flow.text, [(mark.start, mark.end) for mark in marked])
    cuts = sorted(cuts + _within(flow.drops, block))
    folded = fold(flow.text, without(block.start, block.end, cuts))
    places = [folded.place(mark.start) for mark in marks]
    sentences = Sentences(folded.text, set(places))
    return [sentences.at(place) for place in places]


def _joined(text: str, cuts: list[Range]) -> list[Range]:
    """The cuts, with the comma or dash between two that follow each other."""
    joined: list[Range] = []
    for start, end in sorted(cuts):
        if joined and start - joined[-1][1] <= 3 and not text[joined[-1][1] : start].strip(" ,;–-"):
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _within(ranges: Sequence[Range], block: Block) -> list[Range]:
    i = bisect_left(ranges, (block.start, -1))
    j = bisect_left(ranges, (block.end, -1))
    return list(ranges[i:j])

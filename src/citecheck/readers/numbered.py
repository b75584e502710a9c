"""Numbered lists that are notes although no heading says so: callouts in the text point to them.

A list counts when the text since the last such list calls at least half of its numbers, and when
the document has no notes of a plainer kind.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from citecheck.readers.definitions import chosen
from citecheck.readers.flow import Flow, Mark

_CALLS = ("sup", "bracket", "digit")


def promote(flow: Flow) -> None:
    """Turn the `item` marks of lists that are notes into `list` marks; the others fall away."""
    items = [mark for mark in flow.marks if mark.kind == "item"]
    if not items:
        return
    flow.marks = [mark for mark in flow.marks if mark.kind != "item"]
    if flow.given or chosen(flow):
        return
    calls = [mark for mark in flow.marks if mark.kind in _CALLS]
    since, i = 0, 0
    for run in _runs(items):
        called: set[str] = set()
        while i < len(calls) and calls[i].start < run[0].start:
            if calls[i].start >= since:
                called.update(calls[i].labels)
            i += 1
        numbers = {mark.labels[0] for mark in run}
        since = run[0].start
        if "1" in numbers & called and 2 * len(numbers & called) >= len(numbers):
            flow.marks += [replace(mark, kind="list") for mark in run]
    flow.marks.sort(key=lambda mark: (mark.start, mark.end))


def _runs(items: Sequence[Mark]) -> Iterator[list[Mark]]:
    run: list[Mark] = []
    for mark in items:
        if run and int(mark.labels[0]) != int(run[-1].labels[0]) + 1:
            yield run
            run = []
        run.append(mark)
    yield run

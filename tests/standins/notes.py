"""Notes for tests from one line of text: `*italics*`, `[words](address)` and bare addresses."""

from __future__ import annotations

import re

from citecheck.records.document import Callout, Document, Note, Span, TextLink

_MARK = re.compile(
    r"\[(?P<words>[^\]]*)\]\((?P<target>[a-z]+://[^)\s]+)\)|(?P<bare>(?:https?"
    r"|ftp)://[^\s<>,;]*[^\s<>,;.)])|(?P<star>\*)"
)


def note(marked: str, label: str = "1", line: int = 1, sentence: str = "") -> Note:
    """The note; `sentence` is the one in the body that calls it."""
    text, italics, links, at, opened = "", [], [], 0, -1
    for match in _MARK.finditer(marked):
        text += marked[at : match.start()]
        at = match.end()
        if match["star"] and opened < 0:
            opened = len(text)
        elif match["star"]:
            italics.append((opened, len(text)))
            opened = -1
        else:
            shown = match["words"] if match["target"] else match["bare"]
            target = match["target"] or match["bare"]
            start = len(text)
            text += shown
            links.append(TextLink(start, len(text), target, shown, Span(0, 0)))
    text += marked[at:]
    calls = (Callout(label, 1, Span(0, 0), sentence),) if sentence else ()
    return Note(label, line, Span(0, 0), text, tuple(italics), tuple(links), calls)


def document(*lines: str, path: str = "paper.md") -> Document:
    """A document with a note for every line."""
    notes = tuple(note(text, str(i), i) for i, text in enumerate(lines, 1))
    return Document(path, "0" * 64, "markdown", notes)

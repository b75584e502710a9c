"""HTML pieces to blocks: paragraphs, cells, items and headings, with the elements around them.

Implied end tags as in the HTML standard (`p`, `li`, `dt`, `dd`, `tr`, `td`); anything unclosed is
closed with its parent. Nothing recurses, so no depth of nesting matters.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from citecheck.readers.flow import FlowBuilder, Mark
from citecheck.readers.markers import NOTES_HEADING
from citecheck.readers.markup import Markup
from citecheck.readers.tags import Piece

_BLOCKS = frozenset(
    """
    address article aside blockquote body caption center dd details div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html li main menu nav ol p pre
    section summary table tbody td tfoot th thead title tr ul
    """.split()  # noqa: SIM905
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CLOSES: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset({"li"}), frozenset({"ul", "ol", "menu"})),
    "dt": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "dd": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "tr": (frozenset({"tr", "td", "th"}), frozenset({"table"})),
    "td": (frozenset({"td", "th"}), frozenset({"tr", "table"})),
    "th": (frozenset({"td", "th"}), frozenset({"tr", "table"})),
}
_RAW = frozenset({"script", "style", "template", "textarea", "svg", "math", "noscript", "iframe"})


def _small_number(text: str) -> bool:
    return len(text) < 7 and text.isdecimal()


@dataclass(slots=True)
class Element:
    """A block-level element: ranges in the flow's text and in the source, and its parent."""

    name: str
    id: str
    role: str
    start: int
    source_start: int
    parent: int
    end: int = -1
    source_end: int = -1
    counter: int = 0


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where an id leads: the block-level element that bears it, or the one around it."""

    at: int
    source: int
    element: int
    own: bool


class Walker:
    """Takes the pieces in order and fills the builder with blocks."""

    def __init__(self, builder: FlowBuilder, markup: Markup, kind: str = "text") -> None:
        self._builder, self._markup, self._kind = builder, markup, kind
        self.elements: list[Element] = []
        self.anchors: dict[str, Anchor] = {}
        self._stack: list[int] = []
        self._names: Counter[str] = Counter()
        self._first = -1
        self._last = -1
        self._ink = False
        self._listing = False
        builder.begin_block()

    def take(self, piece: Piece) -> None:
        if piece.kind in ("text", "reference"):
            self._text(piece)
        elif piece.value in _RAW:
            return
        elif piece.kind == "open":
            self._opened(piece)
        elif piece.value in _BLOCKS:
            self._closed(piece.value, piece.start, piece.end)
        else:
            self._touch(piece)
            self._markup.tag(piece, (piece.start, piece.end))

    def finish(self, end: int) -> None:
        """Close all that is open at the end of the source."""
        self._flush()
        while self._stack:
            self._pop(end, end)

    def _text(self, piece: Piece) -> None:
        if piece.kind == "text":
            self._builder.verbatim(piece.value.replace("\n", " "), piece.start)
        else:
            self._builder.standing_for(piece.value, (piece.start, piece.end))
        if not piece.value.isspace():
            self._ink = True
            self._touch(piece, len(piece.value) - len(piece.value.lstrip()))
            self._last -= len(piece.value) - len(piece.value.rstrip())

    def _touch(self, piece: Piece, lead: int = 0) -> None:
        if self._first < 0:
            self._first = piece.start + (lead if piece.kind == "text" else 0)
        self._last = piece.end

    def _opened(self, piece: Piece) -> None:
        name, anchor = (
            piece.value,
            piece.get("id") or (piece.get("name") if piece.value == "a" else ""),
        )
        if name not in _BLOCKS:
            if anchor:
                around = self._stack[-1] if self._stack else -1
                self.anchors.setdefault(
                    anchor, Anchor(self._builder.at, piece.start, around, own=False)
                )
            self._touch(piece)
            self._markup.tag(piece, (piece.start, piece.end))
            return
        self._flush()
        self._imply(name, piece.start)
        if name == "hr":
            self._builder.begin_block()
            self._builder.end_block("rule", (piece.start, piece.end))
            return
        role = f"{piece.get('epub:type')} {piece.get('role')} {piece.get('class')}"
        parent = self._stack[-1] if self._stack else -1
        element = Element(name, anchor, role, self._builder.at, piece.start, parent)
        if name == "ol":
            element.counter = (
                int(piece.get("start")) - 1 if _small_number(piece.get("start")) else 0
            )
        elif name == "li" and parent >= 0:
            self._number(piece, self.elements[parent])
        self.elements.append(element)
        self._stack.append(len(self.elements) - 1)
        self._names[name] += 1
        if name == "pre":
            self._markup.tag(piece, (piece.start, piece.end))
        if anchor:
            place = Anchor(self._builder.at, piece.start, len(self.elements) - 1, own=True)
            self.anchors.setdefault(anchor, place)

    def _number(self, piece: Piece, parent: Element) -> None:
        """Mark an item of an ordered list with its number."""
        if parent.name != "ol":
            return
        value = piece.get("value")
        parent.counter = int(value) if _small_number(value) else parent.counter + 1
        at, what = self._builder.at, "list" if self._listing else "item"
        source = (piece.start, piece.end)
        self._builder.flow.marks.append(Mark(at, at, (str(parent.counter),), what, source))

    def _imply(self, name: str, at: int) -> None:
        """End what the opening of a block-level element ends without saying so."""
        if self._stack and self.elements[self._stack[-1]].name == "p":
            self._pop(at, at)
        if name not in _CLOSES:
            return
        closing, until = _CLOSES[name]
        depth = len(self._stack) - 1
        while depth >= 0 and self.elements[self._stack[depth]].name not in closing | until:
            depth -= 1
            if len(self._stack) - depth > 40:
                return
        if depth >= 0 and self.elements[self._stack[depth]].name in closing:
            while len(self._stack) > depth:
                self._pop(at, at)

    def _closed(self, name: str, start: int, end: int) -> None:
        if name == "pre":
            self._markup.close("code", end)
        self._flush(heading=name in _HEADINGS, title=name == "title")
        if not self._names[name]:
            return
        while self._stack and self.elements[self._stack[-1]].name != name:
            self._pop(start, start)
        if self._stack:
            self._pop(end, end)

    def _pop(self, source_end: int, _: int) -> None:
        element = self.elements[self._stack.pop()]
        element.end, element.source_end = self._builder.at, source_end
        self._names[element.name] -= 1

    def _flush(self, *, heading: bool = False, title: bool = False) -> None:
        """End the block that is being filled, if anything stands in it."""
        builder = self._builder
        if self._ink:
            words = ""
            if heading or title:
                words = " ".join(builder.since(builder.block_start)[:2000].split())
            if heading:
                self._listing = bool(NOTES_HEADING.match(words))
            kind = "heading" if heading or title else self._kind
            builder.end_block(kind, (self._first, self._last), aside=title or self._aside())
            if (title or heading) and not builder.flow.title:
                builder.flow.title = words
        self._markup.unwind(0 if not self._stack else self._markup.depth)
        builder.begin_block()
        self._first = self._last = -1
        self._ink = False

    def _aside(self) -> bool:
        names = self._names
        page = names["header"] + names["footer"] + names["aside"] > 0
        return bool(
            names["nav"] or names["form"] or (page and not names["article"] + names["main"])
        )

"""Markdown, as CommonMark with GFM's tables, Pandoc's and GitHub's footnotes, and `<sup>` notes.

A link leads to its href, never to its text (which may be escaped or cut). Code holds no notes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from typing import TYPE_CHECKING

from citecheck.readers.decoding import Source
from citecheck.readers.flow import Flow, FlowBuilder, Mark, Range
from citecheck.readers.html_blocks import Walker
from citecheck.readers.markers import NOTES_HEADING
from citecheck.readers.markup import Markup
from citecheck.readers.notes import assemble, given_at
from citecheck.readers.tags import pieces
from citecheck.records.document import Entry, Note

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT = re.compile(r"\A---[ \t]*\n(.*?\n)?(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FRONT_TITLE = re.compile(r"(?m)^title:[ \t]*(?:\"([^\"\n]*)\"|'([^'\n]*)'|([^\s>|][^\n]*))")
_DEFINED = re.compile(r"(?m)^[ \t>]*\[\^([^\]\s]+)\]:")

_MARKUP = re.compile(r"[\\*_`#]")

name = "markdown"


def read(source: Source) -> tuple[tuple[Note, ...], tuple[Entry, ...], str, tuple[str, ...]]:
    """The notes of a Markdown text, its title, and warnings."""
    flow = _Reading(source.text).flow()
    notes, warnings = assemble(flow, source)
    return notes, (), flow.title, warnings


class _Reading:
    """One pass over the block tokens, building a flow."""

    def __init__(self, text: str) -> None:
        from citecheck.readers import markdown_inline

        self._markdown = markdown_inline
        self._builder = FlowBuilder()
        front = _FRONT.match(text)
        if front:
            blank = re.sub(r"[^\n]", " ", front[0])
            title = _FRONT_TITLE.search(front[1] or "")
            if title:
                self._builder.flow.title = next(g for g in title.groups() if g is not None).strip()
            text = blank + text[front.end() :]
        self._text = text
        self._lines = text.split("\n")
        self._line_starts = [0]
        for line in self._lines:
            self._line_starts.append(self._line_starts[-1] + len(line) + 1)
        self._md = markdown_inline.parser()
        self._env: dict[str, object] = {}
        self._markup = Markup(self._builder)
        self._note_starts: list[Range] = []
        self._numbers = _free_numbers(set(_DEFINED.findall(text)))
        self._cell: tuple[int, int] = (-1, 0)
        self._item = ""
        self._listing = False
        self._tables = 0

    def flow(self) -> Flow:
        notes: list[tuple[str, int, int]] = []
        lists: list[bool] = []
        heading = False
        for token in self._markdown.blocks(self._md, self._text, self._env):
            if token.type == "heading_open":
                heading = True
            elif token.type == "inline":
                self._block(token.content, token.map or [0, 0], heading, given=bool(notes))
                heading = False
            elif token.type in ("table_open", "table_close"):
                self._tables += token.nesting
            elif token.type == "hr":
                self._rule(token.map or [0, 0])
            elif token.type == "html_block":
                self._html(token.map or [0, 0], given=bool(notes))
            elif token.type.endswith("_list_open"):
                lists.append(token.type == "ordered_list_open")
            elif token.type.endswith("_list_close"):
                lists.pop()
            elif token.type == "list_item_open" and len(lists) == 1:
                self._item = token.info if lists[0] else "•"
            elif token.type == "footnote_reference_open":
                first = (token.map or [0, 0])[0]
                notes.append((str(token.meta["label"]), self._builder.at, first))
            elif token.type == "footnote_reference_close":
                self._given(*notes.pop())
        return self._builder.finish()

    def _range(self, lines: list[int]) -> Range:
        """The source of some lines, without the white space around it."""
        start, end = self._line_starts[lines[0]], self._line_starts[lines[1]]
        whole = self._text[start:end]
        lead = len(whole) - len(whole.lstrip())
        return start + min(lead, len(whole.rstrip())), start + len(whole.rstrip())

    def _rule(self, lines: list[int]) -> None:
        self._builder.begin_block()
        self._builder.end_block("rule", self._range(lines))

    def _given(self, label: str, start: int, line: int) -> None:
        blocks = [b for b in self._builder.flow.blocks[-200:] if b.start >= start]
        opening = self._text.find(f"[^{label}]:", self._line_starts[line])
        end = max((b.source[1] for b in blocks), default=opening + len(label) + 4)
        given_at(
            self._builder.flow,
            label,
            start,
            max((b.end for b in blocks), default=start),
            (opening, end),
        )

    def _block(self, content: str, lines: list[int], heading: bool, *, given: bool) -> None:
        offsets = self._offsets(content, lines)
        source = (offsets[0], offsets[-1]) if content else self._range(lines)
        builder = self._builder
        builder.begin_block()
        start = builder.at
        item, self._item = self._item, ""
        names = (heading or not (item or given)) and self._names_notes(content, heading)
        if item.isdigit() and not given:
            at = self._text.find(item, self._line_starts[lines[0]])
            mark_source = (at if 0 <= at <= source[0] else source[0], source[0])
            what = "list" if self._listing else "item"
            builder.flow.marks.append(Mark(start, start, (str(int(item)),), what, mark_source))
        self._tokens(self._markdown.inline(self._md, content, self._env), offsets)
        kind = "heading" if heading or names else "given" if given else "text"
        builder.end_block(kind, source)
        if heading:
            words = re.sub(_MARKUP, "", content)
            builder.flow.title = builder.flow.title or " ".join(words.split())
        if heading or names:
            self._listing = names

    def _names_notes(self, content: str, heading: bool) -> bool:
        """Whether a block is the heading of a list of notes, be it only a paragraph (`**Notes**`);
        the paragraph `Note:` begins a remark."""
        words = re.sub(_MARKUP, "", content).strip() if len(content) <= 120 else ""
        if not heading and (self._tables or re.fullmatch(r"(?i)note\W*", words)):
            return False
        return bool(words) and bool(NOTES_HEADING.match(words))

    def _offsets(self, content: str, lines: list[int]) -> list[int]:
        """For each character of a block's content (and its end) where it stands in the source."""
        offsets: list[int] = []
        for i, part in enumerate(content.split("\n")):
            number = min(lines[0] + i, len(self._lines) - 1)
            line = self._lines[number]
            after = self._cell[1] if self._cell[0] == number else 0
            column = self._column(line, part, after, last=lines[1] - lines[0] > 1 or i > 0)
            self._cell = (number, column + len(part))
            start = self._line_starts[number] + column
            offsets.extend(range(start, start + len(part) + 1))
        limit = len(self._text)
        return [min(offset, limit) for offset in offsets] if offsets[-1] > limit else offsets

    @staticmethod
    def _column(line: str, part: str, after: int, *, last: bool) -> int:
        bare = line.rstrip()
        wanted = part.rstrip()
        if last and after == 0 and bare.endswith(wanted):
            return len(bare) - len(wanted)
        column = line.find(part, after)
        if column < 0:
            column = line.find(part.strip()) - (len(part) - len(part.lstrip()))
        return max(column, 0)

    def _tokens(self, tokens: list[Token], offsets: list[int]) -> None:
        depth = self._markup.depth
        for token in tokens:
            start = offsets[token.meta.get("from", 0)]
            end = offsets[token.meta["to"]] if "to" in token.meta else start
            first = int(token.meta.get("from", 0))
            self._token(token.type, token.content, start, end, offsets, first, token.attrs)
        self._markup.unwind(depth)
        self._note_starts.clear()

    def _token(
        self,
        kind: str,
        content: str,
        start: int,
        end: int,
        offsets: list[int],
        first: int,
        attributes: dict[str, str | int | float],
    ) -> None:
        builder = self._builder
        if kind == "text":
            # An autolink's text is all that stands between its angle brackets.
            skip = 1 if self._text.startswith("<", start) and not content.startswith("<") else 0
            window = offsets[first + skip : first + skip + len(content) + 1]
            if len(window) == len(content) + 1:
                builder.mapped(content, window)
            else:
                builder.standing_for(content, (start, max(end, start)))
        elif kind in ("softbreak", "hardbreak"):
            builder.standing_for("\n", (start, end))
        elif kind in ("code_inline", "text_special", "image"):
            at = builder.at
            builder.standing_for(content, (start, end))
            if kind == "code_inline":
                builder.flow.code.append((at, builder.at))
        elif kind == "html_inline":
            for piece in pieces(content):
                self._markup.tag(piece, (start, end))
        elif kind == "footnote_ref":
            label = self._text[start + 2 : end - 1]
            builder.flow.marks.append(Mark(builder.at, builder.at, (label,), "ref", (start, end)))
        elif kind == "note_open":
            self._note_starts.append((builder.at, start))
        elif kind == "note_close" and self._note_starts:
            at, opening = self._note_starts.pop()
            label, source = next(self._numbers), (opening, end)
            builder.flow.marks.append(Mark(at, builder.at, (label,), "inline", source))
            given_at(builder.flow, label, at, builder.at, source)
        elif kind == "link_open":
            self._markup.open("link", start, str(attributes.get("href", "")))
        elif kind in ("link_close", "em_open", "em_close"):
            what, _, way = kind.partition("_")
            if way == "open":
                self._markup.open(what, start)
            else:
                self._markup.close(what, end)
        elif content:
            builder.standing_for(content, (start, end))

    def _html(self, lines: list[int], *, given: bool) -> None:
        start, end = self._range(lines)
        walker = Walker(self._builder, self._markup, kind="given" if given else "text")
        depth = self._markup.depth
        for piece in pieces(self._text, start, end):
            walker.take(piece)
        walker.finish(end)
        self._markup.unwind(depth)


def _free_numbers(used: set[str]) -> Iterator[str]:
    """Numbers for notes that have no label of their own."""
    return (label for label in map(str, count(1)) if label not in used)

"""MediaWiki wikitext: `<ref>` notes with their links, cite templates as ready records.

A note's text is what stands in it beside its cite templates; those become records of their own,
labelled as the note that they are in. Cite templates outside of notes (lists of literature) are
records, too. Comments, `<nowiki>` and source code hold neither.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from citecheck.readers.decoding import Source
from citecheck.readers.flow import Flow, FlowBuilder, FlowLink, Mark
from citecheck.readers.notes import assemble, given_at
from citecheck.readers.wiki_copies import copies_in, csl_of_copy, fitting, tied
from citecheck.readers.wiki_entries import csl_of, family_of
from citecheck.readers.wiki_refs import Ref, refs
from citecheck.readers.wiki_templates import Template, inside, opaque, templates
from citecheck.records.document import Entry, Note
from citecheck.text.entities import unescape
from citecheck.urls.archived import recognise

name = "wikitext"

_PIECE = re.compile(
    r"(?P<link>\[\[(?:[^\[\]|\n]*\|)?(?P<words>[^\[\]|\n]*)\]\])"
    r"|(?P<external>\[(?P<url>(?:https?:|ftp:)?//[^\s\[\]<>\"]+)(?P<said>[ \t]+[^\[\]\n]*)?\])"
    r"|(?P<quotes>'{2,5})"
    r"|(?P<tag></?[A-Za-z][^<>\n]*>)"
    r"|(?P<entity>&[A-Za-z0-9#]{2,31};)"
)
_HEADING = re.compile(r"(={1,6})[ \t]*(.+?)[ \t]*\1[ \t]*\Z")
_LINE = re.compile(r"[^\n]*\n?")
_SUBJECT = re.compile(r"'''([^'\n]{1,200})'''")
_FILE = re.compile(r"(?i)\[\[\s*(?:file|image|datei|bild|fichier|archivo|category|kategorie)\s*:")


def read(source: Source) -> tuple[tuple[Note, ...], tuple[Entry, ...], str, tuple[str, ...]]:
    """The notes and the cited records of a page, its title, and warnings."""
    reading = _Reading(source.text)
    flow = reading.flow()
    notes, warnings = assemble(flow, source)
    return notes, tuple(reading.entries(source)), flow.title, warnings


@dataclass(frozen=True, slots=True)
class _Hole:
    """A stretch that is no words of the text around it; `label` where it calls a note."""

    start: int
    end: int
    label: str = ""


def cited(found: Sequence[Template], tags: Sequence[Ref]) -> Iterator[tuple[str, Template]]:
    """The cite templates of a page, outermost ones, each with the label of its note."""
    inner = sorted((*ref.inner, ref.label) for ref in tags if ref.inner is not None)
    listed, reached, i = 0, -1, 0
    for template in found:
        if template.start < reached or family_of(template) is None:
            continue
        reached = template.end
        while i < len(inner) and inner[i][1] <= template.start:
            i += 1
        label = inner[i][2] if i < len(inner) and inner[i][0] <= template.start else ""
        if not label:
            listed += 1
            label = f"bibliography {listed}"
        yield label, template


class _Reading:
    """A page taken apart: what hides, templates, refs; then the text around them."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._hidden = opaque(text)
        self._templates = templates(text, self._hidden)
        self._refs = refs(text, self._hidden, self._templates)
        self._copies = copies_in(self._templates, self._refs)
        self._linked: set[str] = set()
        self._builder = FlowBuilder()

    def entries(self, source: Source) -> Iterator[Entry]:
        """The cite templates, outermost ones, labelled as their note; then the copies of notes
        that have neither a record nor a link."""
        found = list(cited(self._templates, self._refs))
        records = Counter(label for label, _ in found)
        for label, template in found:
            csl = csl_of(template, label)
            alone = records[label] == 1 and label not in self._linked
            copy = fitting(self._copies.get(label, ()), str(csl.get("URL", "")), alone=alone)
            told = recognise(copy) if "archive_location" not in csl else None
            if told is not None:
                csl["archive"], csl["archive_location"] = told.archive, copy
            yield Entry(label, source.line(template.start), csl)
        for label, copies in self._copies.items():
            for template, named in copies if label not in self._linked | records.keys() else ():
                if csl := csl_of_copy(template, named, label):
                    yield Entry(label, source.line(template.start), csl)

    def flow(self) -> Flow:
        """The body with its calls, then the notes that have a text."""
        builder = self._builder
        holes = self._holes()
        subject = _SUBJECT.search(self._text.partition("\n==")[0])
        if subject and not inside(subject.start(), self._hidden):
            builder.flow.title = " ".join(subject[1].split())
        for start, end, kind in self._blocks():
            builder.begin_block()
            self._inline(start, end, holes)
            words = " ".join(builder.since(builder.block_start).split())
            if words:
                builder.end_block(kind, (start, end))
                if kind == "heading" and not builder.flow.title:
                    builder.flow.title = words
        for ref in self._defined():
            self._note(ref)
        return builder.finish()

    def _defined(self) -> list[Ref]:
        """One tag a note: the first that has a text."""
        kept: dict[str, Ref] = {}
        for ref in self._refs:
            if ref.inner is not None and self._text[ref.inner[0] : ref.inner[1]].strip():
                kept.setdefault(ref.label, ref)
        return list(kept.values())

    def _note(self, ref: Ref) -> None:
        assert ref.inner is not None
        builder, (start, end) = self._builder, ref.inner
        builder.begin_block()
        at, links = builder.at, builder.flow.links
        before = len(links)
        self._inline(start, end, self._within(start, end))
        tied(links, before, self._copies.get(ref.label, ()))
        self._linked |= {ref.label} if len(links) > before else set()
        until = builder.at
        builder.end_block("given", (start, end))
        given_at(builder.flow, ref.label, at, until, (ref.start, ref.end))

    def _within(self, start: int, end: int) -> list[_Hole]:
        found = [_Hole(t.start, t.end) for t in self._templates if start <= t.start < end]
        hidden = [_Hole(a, b) for a, b in self._hidden if start <= a < end]
        return _outermost([*found, *hidden])

    def _holes(self) -> list[_Hole]:
        called = [_Hole(r.start, r.end, r.label if r.called else "") for r in self._refs]
        found = [_Hole(t.start, t.end) for t in self._templates]
        return _outermost([*called, *found, *(_Hole(a, b) for a, b in self._hidden)])

    def _blocks(self) -> Iterator[tuple[int, int, str]]:
        """Paragraphs, list items and headings of the page; a hole may reach over lines."""
        holes = [(h.start, h.end) for h in self._holes()]
        begun = -1
        for line in _LINE.finditer(self._text):
            start, words = line.start(), line[0].strip()
            if inside(start, holes) and begun >= 0:
                continue
            heading = _HEADING.fullmatch(words)
            if begun >= 0 and (not words or heading or words[0] in "*#:;|!{"):
                yield begun, start, "text"
                begun = -1
            if heading:
                lead = len(line[0]) - len(line[0].lstrip()) + len(heading[1])
                yield start + lead, start + len(line[0].rstrip()) - len(heading[1]), "heading"
            elif words and begun < 0:
                marks = re.match(r"\s*[*#:;|!]*\s*", line[0])
                begun = start + (marks.end() if marks else 0)
        if begun >= 0:
            yield begun, len(self._text), "text"

    def _inline(self, start: int, end: int, holes: Sequence[_Hole]) -> None:
        """Fill the builder with the words of a stretch."""
        at = start
        for hole in holes:
            if hole.end <= start or hole.start >= end:
                continue
            if hole.start > at:
                self._words(at, hole.start)
            if hole.label:
                builder, place = self._builder, (hole.start, hole.end)
                mark = Mark(builder.at, builder.at, (hole.label,), "ref", place)
                builder.flow.marks.append(mark)
            at = max(at, hole.end)
        if at < end:
            self._words(at, end)

    def _words(self, start: int, end: int) -> None:
        builder, text = self._builder, self._text
        at, italic = start, -1
        for piece in _PIECE.finditer(text, start, end):
            if piece.start() > at:
                builder.verbatim(text[at : piece.start()], at)
            at = piece.end()
            if piece["link"]:
                if not _FILE.match(piece[0]):
                    words = piece["words"]
                    builder.verbatim(words, piece.start("words"))
            elif piece["external"]:
                self._external(piece)
            elif piece["quotes"] and len(piece[0]) in (2, 5):
                if italic >= 0:
                    builder.flow.italics.append((italic, builder.at))
                italic = builder.at if italic < 0 else -1
            elif piece["tag"] and re.match(r"(?i)<br\b", piece[0]):
                builder.standing_for("\n", piece.span())
            elif piece["entity"]:
                builder.standing_for(unescape(piece[0]), piece.span())
        if at < end:
            builder.verbatim(text[at:end], at)

    def _external(self, piece: re.Match[str]) -> None:
        builder = self._builder
        start = builder.at
        said = (piece["said"] or "").strip().replace("''", "")
        if said:
            builder.standing_for(said, piece.span("said"))
        else:
            builder.verbatim(piece["url"], piece.start("url"))
        target = unescape(piece["url"])
        builder.flow.links.append(FlowLink(start, builder.at, target, piece.span()))


def _outermost(holes: Sequence[_Hole]) -> list[_Hole]:
    """The holes in order, without those that lie in another one."""
    kept: list[_Hole] = []
    for hole in sorted(holes, key=lambda h: (h.start, -h.end)):
        if not kept or hole.start >= kept[-1].end:
            kept.append(hole)
    return kept

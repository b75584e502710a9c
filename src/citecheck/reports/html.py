"""The report as one HTML page that needs nothing else: no network, no other file, no script.

The page's content policy forbids everything but its own style and one inline script, named by its
hash; the script only filters. Jinja escapes every text; addresses become links only where
`http_target` says so. Lists beyond `MOST_ROWS` say how many rows are left out and where they are.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from citecheck.records.finding import State
from citecheck.records.report import DocumentRow, LinkRow, Report
from citecheck.reports import works_html
from citecheck.reports.html_view import Address, Card, Place, address, card, place
from citecheck.reports.keeping import keeping, summary, why_none
from citecheck.reports.options import DEFAULT, RenderOptions
from citecheck.reports.places import DocumentNotes, by_state, calm, documents, news
from citecheck.reports.visible import stamp, visible
from citecheck.reports.words import STATE_TITLES, count, headline

if TYPE_CHECKING:
    from jinja2 import Environment

MOST_ROWS = 20_000
MOST_OPEN = 60
_LISTED = (State.OK, State.UNCHECKED)
_SVG_WIDTH = 1000.0
_THINNEST = 8.0


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of the picture of health: `x` and `width` of a thousand."""

    state: str
    title: str
    number: int
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Group:
    """The links of one state; `left_out` counts those beyond the bound."""

    state: str
    title: str
    number: int
    cards: tuple[Card, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class Source:
    """A line in a document's table: a link (`card`) or a reference without an address."""

    card: Card | None
    title: str


@dataclass(frozen=True, slots=True)
class NoteView:
    note: str
    line: int
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class DocumentView:
    path: str
    counts: tuple[str, ...]
    states: tuple[tuple[str, str, int], ...]
    notes: tuple[NoteView, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class Unlinked:
    title: str
    reference: str
    places: tuple[Place, ...]


def render(report: Report, options: RenderOptions = DEFAULT) -> str:
    """One self-contained page."""
    head = headline(report, options)
    report = calm(report)
    states = by_state(report.links)
    anchors = {
        id(row): f"l-{number}"
        for number, row in enumerate((r for rows in states.values() for r in rows), 1)
    }
    groups = [_group(state, rows, anchors) for state, rows in states.items()]
    cards = {c.id: c for group in groups for c in group.cards}
    fresh = [cards[anchors[id(r)]] for r in news(report) if anchors[id(r)] in cards]
    script, style = _asset("report.js"), _asset("report.css")
    digest = b64encode(hashlib.sha256(script.encode()).digest()).decode()
    page = _environment().get_template("report.html.j2")
    return page.render(
        style=style,
        script=script,
        policy=f"default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
        f"script-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'",
        report=report,
        generated=stamp(report.generated),
        version=visible(report.version),
        vantage=visible(report.vantage or ""),
        head=head,
        counts=report.counts(),
        count=count,
        segments=_segments(states),
        news=fresh if len(fresh) < len(report.links) else [],
        findings=[g for g in groups if State(g.state) not in _LISTED],
        lists=[g for g in groups if State(g.state) in _LISTED],
        documents=(views := _documents(report, anchors, cards)),
        documents_open=sum(len(view.notes) for view in views) <= MOST_OPEN,
        unlinked=_unlinked(report),
        works=works_html.view(report.works),
        kept=(kept := summary(report)),
        unkept=_unkept(report) if kept else [],
        skipped=[(visible(row.what), visible(row.why)) for row in report.skipped],
        titles={state.value: title for state, title in STATE_TITLES.items()},
    )


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("citecheck.reports", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


@cache
def _asset(name: str) -> str:
    from importlib.resources import files

    return (files("citecheck.reports") / "templates" / name).read_text("utf-8").strip()


def _group(state: State, rows: Sequence[LinkRow], anchors: dict[int, str]) -> Group:
    full = state not in _LISTED
    shown = rows[:MOST_ROWS]
    return Group(
        state.value,
        STATE_TITLES[state],
        len(rows),
        tuple(card(row, anchors[id(row)], full=full) for row in shown),
        len(rows) - len(shown),
    )


def _segments(states: dict[State, tuple[LinkRow, ...]]) -> Iterable[Segment]:
    """Parts in proportion, none too thin to see; the fine ones first, as a bar fills up."""
    order = [s for s in (State.OK, State.MOVED, *State) if s in states]
    numbers = {state: len(states[state]) for state in dict.fromkeys(order)}
    weights = {
        s: max(n * _SVG_WIDTH / sum(numbers.values()), _THINNEST) for s, n in numbers.items()
    }
    scale = _SVG_WIDTH / (sum(weights.values()) or 1.0)
    x, segments = 0.0, []
    for state, weight in weights.items():
        width = weight * scale
        segments.append(
            Segment(state.value, STATE_TITLES[state], numbers[state], round(x, 1), round(width, 1))
        )
        x += width
    return segments


def _documents(
    report: Report, anchors: dict[int, str], cards: dict[str, Card]
) -> list[DocumentView]:
    known = {row.path: row for row in report.documents}
    left = MOST_ROWS
    views = []
    for notes in documents(report):
        view = _document(notes, known.get(notes.path), anchors, cards, left)
        left -= len(view.notes)
        views.append(view)
    return views


def _document(
    notes: DocumentNotes,
    row: DocumentRow | None,
    anchors: dict[int, str],
    cards: dict[str, Card],
    most: int,
) -> DocumentView:
    distinct = {id(link): link for note in notes.notes for link in note.links}
    found = Counter(link.finding.state for link in distinct.values())
    counts: tuple[str, ...] = ()
    if row:
        counts = (
            count(row.notes, "note"),
            count(row.citations, "citation"),
            count(row.references, "reference"),
            count(row.links, "link"),
        )
    shown = notes.notes[: max(most, 0)]
    return DocumentView(
        visible(notes.path),
        counts,
        tuple((s.value, STATE_TITLES[s], found[s]) for s in State if found[s]),
        tuple(
            NoteView(
                visible(note.note),
                note.line,
                tuple(
                    Source(cards.get(anchors[id(link)]), visible(link.url)) for link in note.links
                )
                + tuple(Source(None, visible(ref.title or ref.reference)) for ref in note.unlinked),
            )
            for note in shown
        ),
        len(notes.notes) - len(shown),
    )


def _unkept(report: Report) -> list[tuple[Address, str]]:
    """Pages of which no copy is known, and why."""
    return [
        (address(row.url), visible(why_none(row) or "no archive was asked"))
        for row in keeping(report).none
    ]


def _unlinked(report: Report) -> list[Unlinked]:
    return [
        Unlinked(
            visible(row.title),
            visible(row.reference),
            tuple(place(c) for c in row.citations),
        )
        for row in sorted(report.unlinked, key=lambda row: row.reference)
    ]

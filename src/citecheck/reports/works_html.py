"""The section "Works" of the HTML report, ready for its template."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from citecheck.records.work import WorkRow
from citecheck.reports import works
from citecheck.reports.html_view import Address, Fact, Place, address, place
from citecheck.reports.visible import visible

_MOST = 5_000


@dataclass(frozen=True, slots=True)
class WorkCard:
    """`differences` are field, as cited, as registered."""

    title: str
    detail: str
    differences: tuple[tuple[str, str, str], ...]
    links: tuple[Fact, ...]
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class WorkGroup:
    title: str
    number: int
    cards: tuple[WorkCard, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class WorksView:
    groups: tuple[WorkGroup, ...]
    fine: str


def view(rows: Sequence[WorkRow]) -> WorksView | None:
    """None where no work was looked up."""
    if not rows:
        return None
    groups = []
    for state, group in works.grouped(rows):
        shown = [row for row in group if works.is_shown(row)]
        if shown:
            cards = tuple(_card(row) for row in shown[:_MOST])
            left = len(shown) - len(cards)
            groups.append(WorkGroup(works.TITLES[state], len(shown), cards, left))
    return WorksView(tuple(groups), works.fine(rows))


def _card(row: WorkRow) -> WorkCard:
    work = row.work
    links = [Fact(visible(words), "", _perhaps(url)) for words, url in works.notices(row)]
    if offered := works.suggestion(row):
        links.append(Fact(works.SUGGESTED, "", address(offered)))
    elif url := works.address(row):
        links.append(Fact(visible(work.where), "", address(url)))
    return WorkCard(
        visible(works.name(row)),
        visible(work.detail),
        tuple(
            (visible(d.field), visible(d.cited), visible(d.registered)) for d in work.differences
        ),
        tuple(links),
        tuple(place(c) for c in row.citations),
    )


def _perhaps(url: str) -> Address | None:
    return address(url) if url else None

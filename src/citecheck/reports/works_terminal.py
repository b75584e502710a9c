"""The works in the terminal's summary."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from citecheck.records.link import Cited
from citecheck.records.work import WorkRow, WorkState
from citecheck.reports import works

_STYLES = {
    WorkState.RETRACTED: "bold red",
    WorkState.CORRECTED: "bold yellow",
    WorkState.DIFFERS: "yellow",
}
_MOST = 50
_MOST_BRIEF = 5


class Page(Protocol):
    """What prints lines of foreign and own text safely."""

    verbosity: int

    def line(self, text: str, style: str = "", indent: int = 0) -> None: ...

    def address(self, url: str, before: str = "", indent: int = 0, after: str = "") -> None: ...

    def heading(self, title: str, style: str) -> None: ...

    def more(self, number: int, hint: str = "see the report") -> None: ...


def show(page: Page, rows: Sequence[WorkRow], places: Callable[[Sequence[Cited]], str]) -> None:
    """The works that ask for a person's eye; with `-q` the retracted ones alone."""
    for state, group in works.grouped(rows):
        shown = [row for row in group if works.is_shown(row)]
        if not shown or (page.verbosity < 0 and state is not WorkState.RETRACTED):
            continue
        page.heading(f"Works: {works.TITLES[state].lower()} ({len(shown)})", _STYLES.get(state, ""))
        urgent = state in _STYLES
        most = len(shown) if page.verbosity > 0 else _MOST if urgent else _MOST_BRIEF
        for row in shown[:most]:
            _work(page, row, places)
        page.more(len(shown) - most, "-v shows all")
    if page.verbosity >= 0 and (fine := works.fine(rows)):
        page.line("")
        page.line(fine)


def _work(page: Page, row: WorkRow, places: Callable[[Sequence[Cited]], str]) -> None:
    page.line(works.name(row), indent=2)
    page.line(row.work.detail, indent=4)
    for one in row.work.differences:
        page.line(works.difference(one), indent=6)
    for words, url in works.notices(row):
        if url:
            page.address(url, f"{words}:", indent=6)
    if offered := works.suggestion(row):
        page.line(f"{works.SUGGESTED}:", indent=4)
        page.address(offered, indent=6)
    elif url := works.address(row):
        page.address(url, indent=6)
    page.line(places(row.citations), "dim", indent=4)

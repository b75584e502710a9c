"""The document that all checkers get: one footnote a case, as Markdown and as a web page."""

from __future__ import annotations

from html import escape

from benchmarks.comparison.behaviour import Case, Handler
from benchmarks.comparison.pages import html, site
from benchmarks.comparison.world.shelf import CASES

READING_LIST = "seminar-on-small-ports.org"
HEADING = "Small Ports: A Reading List"


def markdown(cases: tuple[Case, ...] = CASES) -> str:
    """A paper with footnotes, as GitHub and Pandoc write them."""
    body = [
        f"The literature has more to say on this point than is often thought.[^{n}]"
        for n, _ in enumerate(cases, 1)
    ]
    notes = [f"[^{n}]: {note(case)} <{case.url}>." for n, case in enumerate(cases, 1)]
    return f"# {HEADING}\n\n" + "\n\n".join(body) + "\n\n" + "\n\n".join(notes) + "\n"


def note(case: Case) -> str:
    return f'{case.author}, "{case.title}," May 14, 2019,'


def page(cases: tuple[Case, ...] = CASES) -> str:
    """The same list as a page, for checkers that read the web only."""
    rows = "".join(
        f'<li>{escape(note(case))} <a href="{escape(case.url)}">{escape(case.title)}</a></li>\n'
        for case in cases
    )
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{HEADING}</title>'
        f"</head><body><h1>{HEADING}</h1><ol>\n{rows}</ol></body></html>\n"
    )


def reading_list() -> Handler:
    """The site that has the page as its front page."""
    text = page()
    return site({}, front=lambda ask: html(text))

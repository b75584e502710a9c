"""The summary for a terminal, with Rich: news first, then findings by state, calm at 80 columns.

Foreign text is made visible before Rich sees it and goes in as plain text, never as markup, so that
no page can emit a control sequence. Links (OSC 8) are made for http and https alone, and only with
colour. Addresses are never cut or wrapped here: a broken address cannot be copied. In a log of
GitHub's runner a line that begins with `::` is a command, wrapped or indented as it may be.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from io import StringIO
from typing import TYPE_CHECKING

from citecheck.reasons import REASONS
from citecheck.records.finding import Confidence, State
from citecheck.records.link import Cited
from citecheck.records.report import LinkRow, Report
from citecheck.reports import works_terminal
from citecheck.reports.keeping import copies, passed, summary
from citecheck.reports.options import RenderOptions
from citecheck.reports.places import by_state, calm, copy_to_cite, news
from citecheck.reports.visible import day, http_target, visible
from citecheck.reports.words import (
    COPY_TITLES,
    ROT,
    STATE_TITLES,
    Tone,
    count,
    headline,
    local_copy,
    needs_attention,
    title_of,
    without_copy,
)

if TYPE_CHECKING:
    from rich.console import Console

STYLES = {
    State.DEAD: "bold red",
    State.CHANGED: "bold yellow",
    State.MISMATCH: "bold magenta",
    State.UNREACHABLE: "yellow",
    State.BLOCKED: "cyan",
    State.MOVED: "blue",
    State.OK: "green",
    State.UNCHECKED: "dim",
}
_TONES = {Tone.GOOD: "bold green", Tone.UNCLEAR: "bold yellow", Tone.BAD: "bold red"}
_NARROWEST = 40
_MOST_BRIEF = 5
_MOST_FULL = 50
_MOST_PLACES = 6
_PLAINLY_FINE = REASONS["ok"].meaning


def render(
    report: Report,
    *,
    color: bool = False,
    width: int = 80,
    verbosity: int = 0,
    fail_on: Collection[str] = RenderOptions().fail_on,
) -> str:
    """The report for people. `verbosity` -1 is the headline and what needs attention; 0 adds news
    and the rest in brief; 1 shows every finding in full and lists fine links; 2 adds evidence."""
    from rich.console import Console

    out = StringIO()
    console = Console(
        file=out,
        width=max(width, _NARROWEST),
        force_terminal=color,
        color_system="standard" if color else None,
        no_color=not color,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
        _environ={},
    )
    page = _Page(console, color, verbosity)
    options = RenderOptions(frozenset(fail_on))
    _top(page, report, options)
    report = calm(report)
    fresh = news(report) if verbosity >= 0 else ()
    if fresh and len(fresh) < len(report.links):
        page.heading(f"New since the last report ({len(fresh)})", "bold")
        for row in fresh[:_MOST_FULL]:
            _brief(page, row, with_state=True)
        page.more(len(fresh) - _MOST_FULL)
    for state, rows in by_state(report.links).items():
        _state(page, state, rows, options)
    works_terminal.show(page, report.works, _places)
    _bottom(page, report)
    return "".join(line.rstrip() + "\n" for line in out.getvalue().split("\n")).rstrip("\n") + "\n"


class _Page:
    """Prints lines of foreign and own text on a console, safely."""

    def __init__(self, console: Console, color: bool, verbosity: int) -> None:
        self.console = console
        self.color = color
        self.verbosity = verbosity

    def line(self, text: str, style: str = "", indent: int = 0) -> None:
        """Text wrapped at the width, every line indented."""
        from rich.padding import Padding
        from rich.text import Text

        shown = re.sub(r"::(?=[A-Za-z])", r":\\u003a", visible(text))
        self.console.print(Padding(Text(shown, style=style), (0, 0, 0, indent)))

    def address(self, url: str, before: str = "", indent: int = 0, after: str = "") -> None:
        """One unbroken line with an address in it."""
        from rich.style import Style
        from rich.text import Text

        target = http_target(url) if self.color else ""
        text = Text(" " * indent + (visible(before) + " " if before else ""))
        shown = re.sub(r"^::", r":\\u003a", visible(url))
        text.append(shown, Style(underline=self.color, link=target or None))
        if after:
            text.append("  " + visible(after), "bold")
        self.console.print(text, no_wrap=True, overflow="ignore", crop=False, soft_wrap=True)

    def heading(self, title: str, style: str) -> None:
        self.console.print()
        self.line(title, style)

    def more(self, number: int, hint: str = "see the report") -> None:
        if number > 0:
            self.line(f"and {number:,} more ({hint})", "dim", indent=2)


def _top(page: _Page, report: Report, options: RenderOptions) -> None:
    if report.demo:
        page.line("DEMONSTRATION: a made-up web, nothing here was seen on the real one.", "reverse")
    head = headline(report, options)
    page.line(head.sentence, _TONES[head.tone])
    rest = " ".join(filter(None, (head.news, head.todo)))
    if rest and page.verbosity >= 0:
        page.line(rest)


def _state(page: _Page, state: State, rows: Sequence[LinkRow], options: RenderOptions) -> None:
    urgent = needs_attention(rows[0], options)
    quiet = state in (State.OK, State.UNCHECKED)
    if (page.verbosity < 0 and not urgent) or (page.verbosity < 1 and quiet and not urgent):
        return
    page.heading(f"{STATE_TITLES[state]} ({len(rows)})", STYLES[state])
    full = (urgent or page.verbosity > 0) and not quiet
    most = len(rows) if page.verbosity > 0 else _MOST_FULL if full else _MOST_BRIEF
    for row in rows[:most]:
        if full:
            _finding(page, row)
        else:
            _brief(page, row, with_state=False)
    page.more(len(rows) - most, "-v shows all")


def _brief(page: _Page, row: LinkRow, *, with_state: bool) -> None:
    page.address(row.url, indent=2)
    if not with_state and row.finding.detail != _PLAINLY_FINE:
        page.line(row.finding.detail, indent=4)
    if not with_state:
        _copy(page, row)
    said = _places(row.citations)
    if with_state:
        before = f", before: {title_of(row.previous.state).lower()}" if row.previous else ""
        said = f"{STATE_TITLES[row.finding.state]}{before}; {said}"
    page.line(said, "dim", indent=4)


def _finding(page: _Page, row: LinkRow) -> None:
    page.address(row.url, indent=2, after="new" if row.news else "")
    page.line(row.finding.detail, indent=4)
    _copy(page, row)
    page.line(_places(row.citations), "dim", indent=4)
    if page.verbosity > 1:
        _seen(page, row)


def _copy(page: _Page, row: LinkRow) -> None:
    """The address to cite instead, where there is one: advice that names it can be followed."""
    urgent = row.finding.state.value in ROT
    if copy := copy_to_cite(row):
        taken = f" ({copy.taken})" if copy.taken else ""
        page.line(f"{COPY_TITLES.get(copy.kind, 'Another address')}{taken}:", indent=4)
        page.address(copy.url, indent=6)
    elif why := without_copy(row) or (copies(row) if page.verbosity > 0 or urgent else ""):
        page.line(why, indent=4)
    said, lies = local_copy(row)
    if said:
        page.line(said, indent=4)
    if lies:
        page.address(lies, indent=6)


def _seen(page: _Page, row: LinkRow) -> None:
    finding = row.finding
    status = "" if row.http_status is None else f", status {row.http_status}"
    page.line(
        f"{finding.reason}, confidence {finding.confidence.value}{status}, since {day(row.since)}",
        "dim",
        indent=4,
    )
    for hop in row.hops:
        page.address(hop.url, str(hop.status), indent=6)
    for evidence in finding.evidence:
        page.line(f"{evidence.signal}: {evidence.value}", "dim", indent=6)
    for over in row.lookup.passed_over if row.lookup else ():
        page.line(f"passed over: {passed(over)}", "dim", indent=6)
    for snapshot in row.snapshots:
        page.address(snapshot.url, f"{day(snapshot.taken)} {snapshot.role}:", indent=6)


def _places(places: Sequence[Cited]) -> str:
    if not places:
        return "cited nowhere in the documents"
    shown = [f"note {c.note} ({c.document}:{c.line})" for c in places[:_MOST_PLACES]]
    more = len(places) - len(shown)
    return "cited in " + ", ".join(shown) + (f" and {more:,} more places" if more > 0 else "")


def _doubtful(row: LinkRow) -> bool:
    return (row.finding.state, row.finding.confidence) == (State.OK, Confidence.LOW)


def _not_due(row: LinkRow) -> bool:
    return any((e.signal, e.value) == ("not-visited", "not-due") for e in row.finding.evidence)


def _bottom(page: _Page, report: Report) -> None:
    page.console.print()
    if page.verbosity >= 0:
        if report.unlinked:
            sources = count(len(report.unlinked), "source")
            has = "has" if len(report.unlinked) == 1 else "have"
            page.line(f"{sources} {has} no address: nothing to visit, nothing wrong.")
        for row in report.skipped[: None if page.verbosity > 0 else _MOST_BRIEF]:
            page.line(f"Skipped {row.what}: {row.why}")
        if page.verbosity < 1:
            page.more(len(report.skipped) - _MOST_BRIEF, "-v shows all")
        if page.verbosity < 1 and (doubtful := sum(map(_doubtful, report.links))):
            are = "is" if doubtful == 1 else "are"
            page.line(f"{doubtful:,} of the fine ones {are} worth a look: -v says why.")
        if unvisited := sum(map(_not_due, report.links)):
            were = "1 link was" if unvisited == 1 else f"{unvisited:,} links were"
            page.line(f"{were} visited not long ago and not due: --max-age 0s visits all.")
        if report.savable:
            links = count(report.savable, "link")
            page.line(f"With --save, a public archive would be asked to keep {links}.")
        if kept := summary(report):
            page.line(kept)
    counts = report.counts()
    parts = [f"{counts[s.value]:,} {s.value}" for s in State if counts[s.value]]
    total = count(len(report.links), "link")
    page.line(f"{total}: {', '.join(parts)}" if parts else total, "bold")

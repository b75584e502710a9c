"""The report as Markdown, for a repository, an issue or a step summary: whether it is fine, what is
new and what to do first; the long lists fold away.

GitHub cuts a step summary at 1 MiB, so what would lead beyond `MOST` bytes is left out, worst
findings last, and the text says how many and where they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from citecheck.records.finding import State
from citecheck.records.link import Cited
from citecheck.records.report import LinkRow, Report
from citecheck.reports import works_markdown
from citecheck.reports.keeping import copies, keeping, summary, unarchived, why_none
from citecheck.reports.markdown_text import address, text
from citecheck.reports.options import DEFAULT, RenderOptions
from citecheck.reports.places import (
    DocumentNotes,
    NoteRow,
    by_state,
    calm,
    copy_to_cite,
    documents,
    news,
)
from citecheck.reports.visible import day, stamp, visible
from citecheck.reports.words import (
    COPY_TITLES,
    STATE_TITLES,
    Tone,
    count,
    headline,
    local_copy,
    title_of,
    without_copy,
)

MOST = 900_000
_MARKS = {Tone.GOOD: "✅", Tone.UNCLEAR: "❔", Tone.BAD: "⚠️"}
_FOLDED = (State.OK, State.UNCHECKED)
_MOST_PLACES = 20


class _Sheet:
    """Blocks of text within a bound; `add` tells whether the block still fitted."""

    def __init__(self, most: int) -> None:
        self.blocks: list[str] = []
        self.left = most

    def add(self, block: str) -> bool:
        size = len(block.encode()) + 2
        if size > self.left:
            return False
        self.left -= size
        self.blocks.append(block)
        return True

    def add_all(self, blocks: Sequence[str], what: str) -> None:
        for at, block in enumerate(blocks):
            if not self.add(block):
                self.blocks.append(
                    f"*{len(blocks) - at:,} more {what} are left out here; "
                    "`link-health.json` and the HTML report have them all.*"
                )
                return


def render(report: Report, options: RenderOptions = DEFAULT, *, most: int = MOST) -> str:
    sheet = _Sheet(most)
    sheet.add("\n\n".join(_top(report, options)))
    report = calm(report)
    if fresh := news(report):
        sheet.add("## New since the last report")
        sheet.add_all(["\n".join(_brief(row) for row in part) for part in _parts(fresh)], "parts")
    states = by_state(report.links)
    findings = {s: rows for s, rows in states.items() if s not in _FOLDED}
    if findings:
        sheet.add("## Findings")
    for state, rows in findings.items():
        sheet.add(f"### {STATE_TITLES[state]} ({len(rows):,})")
        sheet.add_all([_finding(row) for row in rows], "findings")
    sheet.add_all(tuple(works_markdown.blocks(report.works, _places)), "works")
    if report.documents or report.links:
        sheet.add("## By document and note")
        left_out = sum(not _document(sheet, notes) for notes in documents(report))
        if left_out:
            sheet.blocks.append(f"*{count(left_out, 'document')} left out here.*")
    _unlinked(sheet, report)
    for state in _FOLDED:
        rows = states.get(state, ())
        _folded(sheet, STATE_TITLES[state], [f"{_brief(r)} {_kept(r)}" for r in rows])
    none = keeping(report).none if summary(report) else ()
    _folded(sheet, "No copy is known", [f"- {address(r.url)}: {text(_why(r), 600)}" for r in none])
    _skipped(sheet, report)
    sheet.blocks.append(_foot(report))
    return "\n\n".join(sheet.blocks) + "\n"


def _top(report: Report, options: RenderOptions) -> Iterable[str]:
    head = headline(report, options)
    yield "# Link health of cited sources"
    if report.demo:
        yield "> **Demonstration.** A made-up web: nothing here was seen on the real one."
    rest = " ".join(text(part) for part in (head.news, head.todo) if part)
    yield f"{_MARKS[head.tone]} **{text(head.sentence)}** {rest}".rstrip()
    counts = report.counts()
    shown = [(STATE_TITLES[state], counts[state.value]) for state in State if counts[state.value]]
    if counts["unlinked"]:
        shown.append(("Without an address", counts["unlinked"]))
    if shown:
        yield "\n".join(
            (
                "| " + " | ".join(title for title, _ in shown) + " |",
                "|" + " ---: |" * len(shown),
                "| " + " | ".join(f"{number:,}" for _, number in shown) + " |",
            )
        )
    if kept := summary(report):
        yield text(kept)
    if report.savable:
        links = count(report.savable, "link")
        yield f"With `--save`, a public archive would be asked to keep {links}."


def _parts(rows: Sequence[LinkRow], size: int = 50) -> Iterable[Sequence[LinkRow]]:
    return (rows[at : at + size] for at in range(0, len(rows), size))


def _brief(row: LinkRow) -> str:
    finding = row.finding
    before = f" (before: {text(title_of(row.previous.state)).lower()})" if row.previous else ""
    return (
        f"- **{STATE_TITLES[finding.state]}**{before}: {address(row.url)} "
        f"in {_places(row.citations)}. {text(finding.detail, 600)}"
    )


def _finding(row: LinkRow) -> str:
    finding = row.finding
    new = " **New.**" if row.news else ""
    lines = [f"- {address(row.url)}{new}  ", f"  {text(finding.detail, 600)}"]
    if copy := copy_to_cite(row):
        title = COPY_TITLES.get(copy.kind, "Another address")
        note = copy.taken or title_of(copy.state).lower()
        lines.append(f"  - {title}: {address(copy.url)}" + (f" ({text(note)})" if note else ""))
    elif why := without_copy(row) or copies(row):
        lines.append(f"  - {text(why, 600)}")
    said, lies = local_copy(row)
    if said:
        lines.append(f"  - {text(' '.join((said, lies)).strip(), 3000)}")
    lines.append(f"  - Cited in {_places(row.citations)}")
    seen = [f"`{_code(finding.reason)}`, confidence {finding.confidence.value}"]
    if row.http_status is not None:
        seen.append(f"status {row.http_status}")
    told = [e for e in finding.evidence if e.signal != "http-status"]
    seen += [f"{text(e.signal)}: “{text(e.value)}”" for e in told[:5]]
    if row.last_ok:
        seen.append(f"last fine on {day(row.last_ok)}")
    lines.append(f"  - Seen: {'; '.join(seen)}; in this state since {day(row.since)}")
    return "\n".join(lines)


def _kept(row: LinkRow) -> str:
    return text(" ".join((copies(row), unarchived(row))).strip(), 600)


def _why(row: LinkRow) -> str:
    return why_none(row) or "no archive was asked"


def _code(word: str) -> str:
    """A kebab-case word in a code span; anything else loses what could end the span."""
    return "".join(c if c.isalnum() or c in "-._" else " " for c in word).strip() or "none"


def _places(places: Sequence[Cited]) -> str:
    if not places:
        return "no document"
    shown = [
        f"note {text(c.note, 60)} ({text(c.document, 200)}:{c.line})" for c in places[:_MOST_PLACES]
    ]
    more = len(places) - len(shown)
    return ", ".join(shown) + (f" and {more:,} more places" if more else "")


def _document(sheet: _Sheet, notes: DocumentNotes) -> bool:
    rows = [_note(row) for row in notes.notes]
    title = f"{_html(notes.path)}: {count(len(rows), 'note')} with sources"
    head = f"<details>\n<summary>{title}</summary>"
    table = "| Note | Line | Source | State |\n| :--- | ---: | :--- | :--- |"
    return _fold(sheet, head, rows, table)


def _note(row: NoteRow) -> str:
    label, line = text(row.note, 60), str(row.line or "")
    cells = [
        f"| {label} | {line} | {address(link.url)} | {STATE_TITLES[link.finding.state]}"
        f"{' (new)' if link.news else ''} |"
        for link in row.links
    ]
    cells += [
        f"| {label} | {line} | {text(reference.title) or text(reference.reference)} | no address |"
        for reference in row.unlinked
    ]
    return "\n".join(cells)


def _unlinked(sheet: _Sheet, report: Report) -> None:
    rows = sorted(report.unlinked, key=lambda row: row.reference)
    blocks = [
        f"- {text(row.title) or text(row.reference)}, in {_places(row.citations)}" for row in rows
    ]
    _folded(sheet, "Without an address: nothing to visit, nothing wrong", blocks)


def _folded(sheet: _Sheet, title: str, blocks: Sequence[str]) -> None:
    if blocks:
        head = f"<details>\n<summary>{title} ({len(blocks):,})</summary>"
        if not _fold(sheet, head, blocks, ""):
            sheet.blocks.append(f"*{title}: {len(blocks):,}, left out here.*")


def _fold(sheet: _Sheet, head: str, rows: Sequence[str], table: str) -> bool:
    """A foldable list: as many rows as fit, never a fold that is left open; False where not even
    its head fits."""
    shown: list[str] = []
    left = sheet.left - len(head.encode()) - 400
    if left < 0:
        return False
    for row in rows:
        left -= len(row.encode()) + 1
        if left < 0:
            break
        shown.append(row)
    body = "\n".join(filter(None, (table, *shown)))
    if len(shown) < len(rows):
        body += (
            f"\n\n*{len(rows) - len(shown):,} more are left out here; the JSON report has them.*"
        )
    block = f"{head}\n\n{body}\n\n</details>"
    return sheet.add(block)


def _html(raw: str) -> str:
    """Text inside a block of HTML, where Markdown's own escapes mean nothing."""
    shown = escape(visible(raw, 200)).replace("{", "&#123;")
    return shown.replace("@", "@&#8203;").replace("#", "#&#8203;").replace("&#&#8203;", "&#")


def _skipped(sheet: _Sheet, report: Report) -> None:
    if report.skipped:
        sheet.add("## Skipped")
        sheet.add_all(
            [f"- {text(row.what)}: {text(row.why, 600)}" for row in report.skipped], "lines"
        )


def _foot(report: Report) -> str:
    vantage = f", seen from {text(report.vantage)}" if report.vantage else ""
    return (
        "---\n\n"
        f"citecheck {text(report.version)}, {stamp(report.generated)}{vantage}. "
        "`citecheck explain STATE` says what a state means and what to do."
    )

"""The section "Works" of the Markdown report."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from citecheck.records.link import Cited
from citecheck.records.work import WorkRow
from citecheck.reports import works
from citecheck.reports.markdown_text import address, text


def blocks(rows: Sequence[WorkRow], places: Callable[[Sequence[Cited]], str]) -> Iterator[str]:
    """One block a heading or a work; nothing where none was looked up."""
    if not rows:
        return
    yield "## Works"
    for state, group in works.grouped(rows):
        shown = [row for row in group if works.is_shown(row)]
        if shown:
            yield f"### {works.TITLES[state]} ({len(shown):,})"
            yield from (_block(row, places) for row in shown)
    if fine := works.fine(rows):
        yield fine


def _block(row: WorkRow, places: Callable[[Sequence[Cited]], str]) -> str:
    work = row.work
    lines = [f"- {text(works.name(row))}  ", f"  {text(work.detail, 1200)}"]
    lines += [f"  - {text(works.difference(d), 900)}" for d in work.differences]
    lines += [
        f"  - {text(words)}" + (f": {address(url)}" if url else "")
        for words, url in works.notices(row)
    ]
    if offered := works.suggestion(row):
        lines.append(f"  - {works.SUGGESTED}: {address(offered)}")
    elif url := works.address(row):
        lines.append(f"  - {text(work.where)}: {address(url)}")
    lines.append(f"  - Cited in {places(row.citations)}")
    return "\n".join(lines)

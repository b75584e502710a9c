"""What the last report shows of links that this run has not visited: it stands.

The ledger keeps what was concluded of a link, not what a visit saw. With `--max-age` or `--budget`
most links of a run may be left for another day; their evidence, the way that was gone and the
address that is offered are those of the last report, as long as it says the same of them.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from citecheck.records.finding import Evidence, Suggestion
from citecheck.records.report import LinkRow, Report

NOT_VISITED = "not-visited"


def standing(report: Report, last: Report | None) -> Report:
    """The report, its links that were not visited as `last` shows them."""
    if last is None or last.demo != report.demo:
        return report
    before: dict[str, LinkRow | None] = {}
    for row in last.links:  # two addresses that differ in a secret value are shown alike
        before[row.url] = None if row.url in before else row
    return replace(report, links=tuple(_stands(r, before.get(r.url)) for r in report.links))


def not_visited(report: Report) -> bool:
    """Whether a link of the report was not visited, but known."""
    return any(_skipped(row) is not None and row.checked is not None for row in report.links)


def _skipped(row: LinkRow) -> Evidence | None:
    evidence = row.finding.evidence
    return next((e for e in evidence if e.signal == NOT_VISITED), None)


def _stands(row: LinkRow, before: LinkRow | None) -> LinkRow:
    why = _skipped(row)
    if why is None or before is None or not _same(row, before):
        return row
    seen = tuple(e for e in before.finding.evidence if e.signal != NOT_VISITED)
    finding = replace(
        row.finding,
        confidence=before.finding.confidence,
        detail=before.finding.detail,
        evidence=(*seen, why),
        match=before.finding.match,
        similarity=before.finding.similarity,
        suggestion=_offered(row.finding.suggestion, before.finding.suggestion),
    )
    return replace(
        row,
        finding=finding,
        http_status=before.http_status,
        final_url=before.final_url,
        hops=before.hops,
        title=before.title,
        media_type=before.media_type,
        content=before.content,
    )


def _offered(now: Suggestion | None, before: Suggestion | None) -> Suggestion | None:
    """What is offered now, with what was known of it where that is the same address."""
    if now is None or (before is not None and before.url == now.url and not now.state):
        return before
    return now


def _same(row: LinkRow, before: LinkRow) -> bool:
    """Whether both tell the same finding, and the older report is of no later visit."""
    now, then = ((r.finding.state, r.finding.reason, _second(r.since)) for r in (row, before))
    if now != then or row.checked is None or before.checked is None:
        return False
    return _second(before.checked) <= row.checked


def _second(moment: datetime) -> datetime:
    """As a report on disk has it."""
    return moment.replace(microsecond=0)

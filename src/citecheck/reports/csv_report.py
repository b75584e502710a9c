"""CSV by RFC 4180 (UTF-8, `\\r\\n`): one row for each link and place that cites it.

A cell that a spreadsheet would take for a formula (it begins with `=`, `+`, `-`, `@`, TAB or CR, or
a full-width form of those) gets an apostrophe in front; control characters are made visible. The
state comes first, so that no line begins with foreign text.
"""

from __future__ import annotations

import csv
from datetime import datetime
from io import StringIO

from citecheck.records.link import Cited
from citecheck.records.report import LinkRow, Report
from citecheck.reports.options import DEFAULT, RenderOptions
from citecheck.reports.places import copy_to_cite, links_by_url
from citecheck.reports.visible import stamp, visible

COLUMNS = (
    "state", "reason", "confidence", "news", "document", "note", "line", "reference", "url",
    "detail", "cite_instead", "cite_instead_kind", "since", "previous_state", "previous_reason",
    "checked", "last_ok", "failures", "http_status", "final_url", "page_title", "lookup",
    "snapshot", "snapshot_taken", "save", "demo",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def render(report: Report, options: RenderOptions = DEFAULT) -> str:
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in links_by_url(report):
        for place in row.citations or (Cited("", "", 0, ""),):
            writer.writerow([_cell(value) for value in _values(row, place, report.demo)])
    return out.getvalue()


def _values(row: LinkRow, place: Cited, demo: bool) -> tuple[str, ...]:
    finding, copy, previous = row.finding, copy_to_cite(row), row.previous
    snapshot = next((s for s in row.snapshots if s.role != "local"), None)
    return (
        finding.state.value,
        finding.reason,
        finding.confidence.value,
        "yes" if row.news else "no",
        place.document,
        place.note,
        str(place.line or ""),
        place.reference,
        row.url,
        finding.detail,
        copy.url if copy else "",
        copy.kind if copy else "",
        stamp(row.since),
        previous.state if previous else "",
        previous.reason if previous else "",
        _moment(row.checked),
        _moment(row.last_ok),
        str(row.failures),
        "" if row.http_status is None else str(row.http_status),
        row.final_url,
        row.title,
        row.lookup.state.value if row.lookup else "",
        snapshot.url if snapshot else "",
        stamp(snapshot.taken) if snapshot else "",
        row.save.state.value if row.save else "",
        "yes" if demo else "no",
    )


def _moment(moment: datetime | None) -> str:
    return stamp(moment) if moment else ""


def _cell(value: str) -> str:
    # The raw text decides too: making it visible folds a leading TAB or CR away.
    shown = visible(value)
    return "'" + shown if shown.startswith(_FORMULA) or value.startswith(_FORMULA) else shown

"""`link-health.jsonl`: the same report, one line for the run and then one line a link.

The first line holds the summary and everything else that is not a link, so the file stands for the
whole report whatever its size; it can be read back with `parse`.
"""

from __future__ import annotations

import json

from citecheck.errors import LedgerError
from citecheck.records.report import Report
from citecheck.reports.json_parse import report_of
from citecheck.reports.json_rows import dump, footer, header, link_rows
from citecheck.reports.options import DEFAULT, RenderOptions

SCHEMA = "citecheck/link-health-links/1"


def render(report: Report, options: RenderOptions = DEFAULT) -> str:
    top, rest = header(report), footer(report)
    counts = top.pop("summary")
    # `unlinked` is the summary's number here, so the list needs another name.
    lists = {"unlinked_references": rest.pop("unlinked"), **rest}
    first = {"schema": SCHEMA, **counts, **top, **lists}
    return "".join(dump(row) + "\n" for row in (first, *link_rows(report)))


def parse(text: str) -> Report:
    """The report of a `link-health.jsonl`. Raises LedgerError for what is no such file."""
    try:
        first, *rest = (json.loads(line) for line in text.split("\n") if line.strip())
        if first.get("schema") != SCHEMA:
            raise LedgerError(f"this is no list of links that can be read: it lacks {SCHEMA!r}")
        return report_of({**first, "unlinked": first.get("unlinked_references")}, rest)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as fault:
        raise LedgerError(
            f"the list of links cannot be read ({type(fault).__name__}: {fault})"
        ) from None

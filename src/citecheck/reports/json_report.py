"""`link-health.json`: the report for other programs, in the shape of the published schema
(`schema/link-health-1.schema.json`), and the way back for `citecheck report`.

Above 20,000 links it holds the summary and the links that are not `ok`, and says so under
`partial`; the whole list is `link-health.jsonl`.
"""

from __future__ import annotations

import json
from typing import Any

from citecheck.errors import LedgerError
from citecheck.records.finding import State
from citecheck.records.report import Report
from citecheck.reports.json_parse import report_of
from citecheck.reports.json_rows import dump, footer, header, link_rows
from citecheck.reports.options import DEFAULT, RenderOptions

SCHEMA = "citecheck/link-health/1"
MOST_LINKS = 20_000


def render(report: Report, options: RenderOptions = DEFAULT, *, most: int = MOST_LINKS) -> str:
    """JSON with an indent of two and a newline at the end. `most` is the number of links above
    which those that are `ok` are left out."""
    partial = len(report.links) > most
    links = [row for row in link_rows(report) if not partial or row["state"] != State.OK.value]
    whole: dict[str, Any] = {"schema": SCHEMA, **header(report)}
    if partial:
        whole["partial"] = "Links that are ok are left out; link-health.jsonl has them all."
    return dump({**whole, "links": links, **footer(report)}, indent=2) + "\n"


def parse(text: str) -> Report:
    """The report of a `link-health.json`. Raises LedgerError for what is no such file, is of
    another major version, or is partial."""
    try:
        top = json.loads(text)
        schema = str(top.get("schema"))
        if schema != SCHEMA:
            raise LedgerError(
                f"this is no link-health report that can be read: its schema is {schema!r}, "
                f"not {SCHEMA!r}; run citecheck again to write a new one"
            )
        if top.get("partial"):
            raise LedgerError(
                "this report holds only the links that are not ok; give link-health.jsonl instead"
            )
        return report_of(top, top["links"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as fault:
        raise LedgerError(
            f"the link-health report cannot be read ({type(fault).__name__}: {fault}); "
            "run citecheck again to write a new one"
        ) from None

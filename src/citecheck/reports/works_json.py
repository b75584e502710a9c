"""`works` of `link-health.json`, written and read back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from citecheck.records.link import Cited
from citecheck.records.work import Difference, Notice, Work, WorkRow, WorkState
from citecheck.reports.visible import stamp


def rows(works: Iterable[WorkRow]) -> list[dict[str, Any]]:
    return [_row(row) for row in sorted(works, key=lambda row: row.work.reference)]


def _row(row: WorkRow) -> dict[str, Any]:
    work = row.work
    return {
        "reference": work.reference,
        "title": row.title,
        "state": work.state.value,
        "by": work.by or None,
        "where": work.where or None,
        "identifier": work.identifier or None,
        "differences": [
            {"field": d.field, "cited": d.cited, "registered": d.registered}
            for d in work.differences
        ],
        "notices": [
            {"kind": n.kind, "doi": n.doi or None, "date": n.date or None} for n in work.notices
        ],
        "detail": work.detail,
        "suggestion": work.suggestion or None,
        "checked": stamp(work.checked) if work.checked else None,
        "citations": [
            {"document": c.document, "note": c.note, "line": c.line} for c in row.citations
        ],
    }


def parsed(told: Sequence[Mapping[str, Any]]) -> tuple[WorkRow, ...]:
    """Raises ValueError, KeyError or TypeError for what is no such list."""
    return tuple(_read(row) for row in told)


def _read(row: Mapping[str, Any]) -> WorkRow:
    reference = _text(row["reference"])
    checked = row.get("checked")
    work = Work(
        reference=reference,
        state=WorkState(row["state"]),
        by=_text(row.get("by")),
        where=_text(row.get("where")),
        identifier=_text(row.get("identifier")),
        differences=tuple(
            Difference(_text(d["field"]), _text(d["cited"]), _text(d["registered"]))
            for d in row.get("differences") or ()
        ),
        notices=tuple(
            Notice(_text(n["kind"]), _text(n.get("doi")), _text(n.get("date")))
            for n in row.get("notices") or ()
        ),
        detail=_text(row.get("detail")),
        suggestion=_text(row.get("suggestion")),
        checked=_moment(checked) if checked else None,
    )
    return WorkRow(
        work,
        _text(row.get("title")),
        tuple(
            Cited(
                _text(c.get("document")), _text(c.get("note")), int(c.get("line") or 0), reference
            )
            for c in row.get("citations") or ()
        ),
    )


def _moment(value: str) -> datetime:
    moment = datetime.fromisoformat(value)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _text(value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise TypeError(f"{type(value).__name__}, not text")
    return value

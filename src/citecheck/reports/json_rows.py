"""A report as the plain values of `link-health.json`: names and shape of the published schema.

Fields are always present, null where nothing is known; `lookup`, `save` and `match` have words of
their own for that. Text is kept as it is, but for lone
surrogates, which no JSON reader is bound to accept (RFC 8259, 8.2): they become U+FFFD.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from citecheck.records.archive import Lookup, SaveOutcome, Snapshot
from citecheck.records.finding import Baseline, Suggestion
from citecheck.records.link import Cited
from citecheck.records.memory import Unsteady
from citecheck.records.report import Content, LinkRow, Report
from citecheck.reports import works_json
from citecheck.reports.json_parse import UNASKED, UNSAVED, UNTOLD
from citecheck.reports.places import links_by_url
from citecheck.reports.visible import stamp

# Characters that steer a terminal, turn text around or end a line somewhere; and the start of a
# runner command, which is read anywhere in a line. JSON lets each be written as an escape.
_ACTIVE = re.compile(
    "[\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffc\ufffe\uffff"
    "\U000e0000-\U000e007f]|(?<=##)\\["
)
_SURROGATE = re.compile("[\ud800-\udfff]")


def dump(value: Any, indent: int | None = None) -> str:
    """JSON text, readable in every script, in which no character is active."""
    text = json.dumps(value, ensure_ascii=False, indent=indent, allow_nan=False)
    text = _SURROGATE.sub("\ufffd", text)
    return _ACTIVE.sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be")
    return "".join(f"\\u{units[i]:02x}{units[i + 1]:02x}" for i in range(0, len(units), 2))


def header(report: Report) -> dict[str, Any]:
    """Everything but the links, without the schema's name."""
    return {
        "generated": stamp(report.generated),
        "citecheck": report.version,
        "vantage": report.vantage,
        "demo": report.demo,
        "network_down": report.network_down,
        "interrupted": report.interrupted,
        "savable": report.savable,
        "documents": [
            {
                "path": row.path,
                "sha256": row.sha256 or None,
                "notes": row.notes,
                "citations": row.citations,
                "references": row.references,
                "links": row.links,
            }
            for row in sorted(report.documents, key=lambda row: row.path)
        ],
        "summary": report.counts(),
    }


def footer(report: Report) -> dict[str, Any]:
    """What has no link: unlinked references and what was skipped."""
    return {
        "unlinked": [
            {
                "reference": row.reference,
                "title": row.title,
                "citations": [
                    {"document": c.document, "note": c.note, "line": c.line} for c in row.citations
                ],
            }
            for row in sorted(report.unlinked, key=lambda row: row.reference)
        ],
        "skipped": [{"what": row.what, "why": row.why} for row in report.skipped],
        **({"works": works_json.rows(report.works)} if report.works else {}),
    }


def link_rows(report: Report) -> Iterable[dict[str, Any]]:
    return (link_row(row) for row in links_by_url(report))


def link_row(row: LinkRow) -> dict[str, Any]:
    finding = row.finding
    match = finding.match or UNTOLD
    return {
        "url": row.url,
        "state": finding.state.value,
        "reason": finding.reason,
        "confidence": finding.confidence.value,
        "detail": finding.detail,
        "since": stamp(row.since),
        "news": row.news,
        "previous": row.previous
        and {
            "state": row.previous.state,
            "reason": row.previous.reason,
            "at": _moment(row.previous.at),
        },
        "evidence": [{"signal": e.signal, "value": e.value} for e in finding.evidence],
        "http_status": row.http_status,
        "final_url": row.final_url or None,
        "hops": [{"url": h.url, "status": h.status, "how": h.how} for h in row.hops],
        "checked": _moment(row.checked),
        "first_seen": _moment(row.first_seen),
        "last_ok": _moment(row.last_ok),
        "failures": row.failures,
        "unsteady": row.unsteady and _unsteady(row.unsteady, told=not row.untold),
        "title": row.title or None,
        "media_type": row.media_type or None,
        "match": {"verdict": match.verdict, "by": match.by or None},
        "content": _content(row),
        "lookup": _lookup(row.lookup or UNASKED),
        "snapshots": [_snapshot(s) for s in row.snapshots],
        "save": _save(row.save or UNSAVED),
        "saves": [{"archive": save.archive, **_save(save)} for save in row.saves],
        "suggestion": finding.suggestion and _suggestion(finding.suggestion),
        "citations": [_cited(c) for c in row.citations],
    }


def _unsteady(mark: Unsteady, *, told: bool) -> dict[str, Any]:
    return {
        "among": list(mark.among),
        "times": mark.times,
        "since": stamp(mark.since),
        "told": told,
    }


def _moment(moment: datetime | None) -> str | None:
    return stamp(moment) if moment else None


def _content(row: LinkRow) -> dict[str, Any] | None:
    similarity = row.finding.similarity
    if row.content is None and similarity is None:
        return None
    content = row.content or Content(bytes=-1, sha256="")
    return {
        "bytes": content.bytes if content.bytes >= 0 else None,
        "sha256": content.sha256 or None,
        "text_sha256": content.text_sha256 or None,
        "extractor": content.extractor or None,
        "similarity": similarity
        and {
            "measure": similarity.measure,
            "value": round(similarity.value, 4),
            "basis": similarity.basis,
        },
        "baseline": content.baseline and _baseline(content.baseline),
    }


def _baseline(baseline: Baseline) -> dict[str, Any]:
    return {"kind": baseline.kind, "url": baseline.url or None, "taken": baseline.taken or None}


def _lookup(lookup: Lookup) -> dict[str, Any]:
    return {
        "state": lookup.state.value,
        "checked": _moment(lookup.checked),
        "grade": lookup.grade.value,
        "days": lookup.days,
        "detail": lookup.detail or None,
        "date": lookup.cited_on.isoformat() if lookup.cited_on else None,
        "basis": lookup.basis or None,
        "passed_over": [{"stamp": p.stamp, "why": p.why} for p in lookup.passed_over],
        "provisional": lookup.provisional,
        "others": [
            {"archive": a.archive, "state": a.state.value, "checked": _moment(a.checked)}
            for a in lookup.others
        ],
    }


def _snapshot(snapshot: Snapshot) -> dict[str, Any]:
    return {
        "archive": snapshot.archive,
        "url": snapshot.url,
        "taken": stamp(snapshot.taken),
        "role": snapshot.role,
        "status": snapshot.status,
        "verified": snapshot.verified,
    }


def _save(save: SaveOutcome) -> dict[str, Any]:
    return {
        "state": save.state.value,
        "reason": save.reason or None,
        "job": save.job or None,
        "submitted": _moment(save.submitted),
        "snapshot": save.snapshot and _snapshot(save.snapshot),
    }


def _suggestion(suggestion: Suggestion) -> dict[str, Any]:
    return {
        "kind": suggestion.kind,
        "url": suggestion.url,
        "state": suggestion.state or None,
    }


def _cited(place: Cited) -> dict[str, Any]:
    return {
        "document": place.document,
        "note": place.note,
        "line": place.line,
        "reference": place.reference,
    }

"""SARIF 2.1.0 (OASIS), for code-scanning views: a result for each finding at each place that cites.

- Levels: `error` for states of `fail_on`, `warning` for other rot, `note` for what is unclear or
  moved; a finding of low confidence is never an `error`.
- Fingerprints rest on the address, the document and the note, not on the line, so that an edit
  above a note makes no new alert.
- In message texts `[`, `]` and `\\` are escaped: they would make embedded links (3.11.6).
- GitHub takes at most 25,000 results of a run; the worst come first and the rest is counted in a
  notification.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from typing import Any
from urllib.parse import quote

from citecheck.records.finding import Confidence, State
from citecheck.records.link import Cited
from citecheck.records.report import LinkRow, Report
from citecheck.reports.json_rows import dump
from citecheck.reports.options import DEFAULT, RenderOptions
from citecheck.reports.places import by_state, copy_to_cite
from citecheck.reports.visible import http_target, stamp, visible
from citecheck.reports.words import COPY_TITLES, ROT, STATE_TITLES

MOST_RESULTS = 25_000
_SHOWN = (
    State.DEAD,
    State.CHANGED,
    State.MISMATCH,
    State.UNREACHABLE,
    State.BLOCKED,
    State.MOVED,
)
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def render(report: Report, options: RenderOptions = DEFAULT) -> str:
    rows = [r for s, found in by_state(report.links).items() if s in _SHOWN for r in found]
    rules = sorted({(r.finding.reason, r.finding.state.value) for r in rows})
    index = {key: i for i, key in enumerate(rules)}
    results = [
        _result(row, place, index[row.finding.reason, row.finding.state.value], options)
        for row in rows
        for place in (row.citations or (None,))
    ]
    _fingerprint(results)
    notes = [_notification(f"{s.what}: {s.why}") for s in report.skipped]
    if len(results) > MOST_RESULTS:
        notes.append(_notification(f"{len(results) - MOST_RESULTS} more results are left out."))
    run = {
        "tool": {
            "driver": {
                "name": "citecheck",
                "version": report.version,
                "rules": [_rule(reason, state, options) for reason, state in rules],
            }
        },
        "automationDetails": {"id": "citecheck/"},
        "columnKind": "utf16CodeUnits",
        "invocations": [
            {
                "executionSuccessful": not (report.network_down or report.interrupted),
                "endTimeUtc": stamp(report.generated),
                "toolExecutionNotifications": notes,
            }
        ],
        "results": results[:MOST_RESULTS],
        "properties": {"demo": report.demo, "summary": report.counts()},
    }
    return dump({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def level(state: State, confidence: Confidence, options: RenderOptions) -> str:
    if state.value in options.fail_on:
        return "warning" if confidence is Confidence.LOW else "error"
    return "warning" if state.value in ROT else "note"


def _rule(reason: str, state: str, options: RenderOptions) -> dict[str, Any]:
    title = STATE_TITLES[State(state)]
    words = re.findall(r"[A-Za-z0-9]+", f"{state} {reason}")
    return {
        "id": _rule_id(reason, state),
        "name": "".join(word.capitalize() for word in words),
        "shortDescription": {"text": _message(f"Cited link: {title.lower()} ({reason})")},
        "help": {"text": _message(f"citecheck explain {reason}")},
        "defaultConfiguration": {"level": level(State(state), Confidence.HIGH, options)},
        "properties": {"tags": ["link-health", state]},
    }


def _rule_id(reason: str, state: str) -> str:
    return f"{state}/{visible(reason)}"


def _result(row: LinkRow, place: Cited | None, rule: int, options: RenderOptions) -> dict[str, Any]:
    finding = row.finding
    copy = copy_to_cite(row)
    text = f"{visible(row.url)}: {visible(finding.detail)}"
    if copy is not None:
        text += f" {COPY_TITLES.get(copy.kind, 'Another address')}: {visible(copy.url)}"
    result: dict[str, Any] = {
        "ruleId": _rule_id(finding.reason, finding.state.value),
        "ruleIndex": rule,
        "level": level(finding.state, finding.confidence, options),
        "message": {"text": _message(text)},
        "partialFingerprints": {},
        "properties": {
            "url": row.url,
            "state": finding.state.value,
            "reason": finding.reason,
            "confidence": finding.confidence.value,
            "news": row.news,
        },
    }
    if place is not None:
        result["locations"] = [_location(place)]
        result["properties"] |= {"note": place.note, "reference": place.reference}
    return result


def _fingerprint(results: list[dict[str, Any]]) -> None:
    """The n-th citation of one address in one note is told apart by n alone."""
    seen: Counter[str] = Counter()
    for result in results:
        location = result.get("locations", [{}])[0].get("physicalLocation", {})
        key = "\0".join(
            (
                result["properties"]["url"],
                location.get("artifactLocation", {}).get("uri", ""),
                result["properties"].get("note", ""),
            )
        )
        whole = f"{key}\0{seen[key]}".encode("utf-8", "surrogatepass")
        seen[key] += 1
        digest = hashlib.sha256(whole).hexdigest()[:32]
        result["partialFingerprints"] = {"citedLink/v1": digest}


def _location(place: Cited) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": _artifact(place.document)}
    if place.line > 0:
        physical["region"] = {"startLine": place.line}
    return {
        "physicalLocation": physical,
        "logicalLocations": [{"name": f"note {visible(place.note)}", "kind": "member"}],
    }


def _artifact(document: str) -> dict[str, Any]:
    if target := http_target(document):
        return {"uri": target}
    path = quote(document.replace("\\", "/").encode("utf-8", "replace"), safe="/-._~")
    if path.startswith("/"):
        return {"uri": "file://" + ("" if not path.startswith("//") else "/.") + path}
    return {"uri": path, "uriBaseId": "%SRCROOT%"}


def _notification(text: str) -> dict[str, Any]:
    return {"level": "warning", "message": {"text": _message(visible(text))}}


def _message(text: str) -> str:
    return re.sub(r"([\\\[\]])", r"\\\1", text)

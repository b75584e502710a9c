"""Plain values of `link-health.json` back into records; unknown keys are ignored.

A missing key is read as nothing known, so that a report of another version of the program can still
be rendered. What cannot be understood at all raises ValueError, KeyError or TypeError, which the
callers turn into an error for a person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from citecheck.records.archive import (
    WAYBACK,
    Answer,
    Grade,
    Lookup,
    LookupState,
    PassedOver,
    SaveOutcome,
    SaveState,
    Snapshot,
)
from citecheck.records.finding import (
    Baseline,
    Confidence,
    Evidence,
    Finding,
    Match,
    Similarity,
    State,
    Suggestion,
)
from citecheck.records.link import Cited
from citecheck.records.memory import Unsteady
from citecheck.records.observation import Hop
from citecheck.records.report import (
    Content,
    DocumentRow,
    LinkRow,
    Previous,
    Report,
    Skipped,
    UnlinkedRow,
)
from citecheck.reports import works_json

Row = Mapping[str, Any]
_T = TypeVar("_T")
# What stands in the file where nothing is known, so that readers need not ask for null first.
UNASKED = Lookup(LookupState.NOT_ASKED)
UNSAVED = SaveOutcome(SaveState.NONE)
UNTOLD = Match("cannot-tell")


def report_of(top: Row, links: Sequence[Row]) -> Report:
    """The report whose header and footer are `top`."""
    return Report(
        generated=_moment(top["generated"]),
        version=_text(top, "citecheck"),
        vantage=_text(top, "vantage") or None,
        documents=tuple(
            DocumentRow(
                path=_text(row, "path"),
                sha256=_text(row, "sha256"),
                notes=_whole(row, "notes") or 0,
                citations=_whole(row, "citations") or 0,
                references=_whole(row, "references") or 0,
                links=_whole(row, "links") or 0,
            )
            for row in top.get("documents") or ()
        ),
        links=tuple(link_of(row) for row in links),
        unlinked=tuple(
            UnlinkedRow(
                reference=_text(row, "reference"),
                title=_text(row, "title"),
                citations=_cited(row, _text(row, "reference")),
            )
            for row in top.get("unlinked") or ()
        ),
        skipped=tuple(
            Skipped(_text(row, "what"), _text(row, "why")) for row in top.get("skipped") or ()
        ),
        demo=bool(top.get("demo")),
        network_down=bool(top.get("network_down")),
        interrupted=bool(top.get("interrupted")),
        savable=_whole(top, "savable") or 0,
        works=works_json.parsed(top.get("works") or ()),
    )


def _told(value: _T, nothing: _T) -> _T | None:
    """None in the place of what the file has to say that nothing is known."""
    return None if value == nothing else value


def link_of(row: Row) -> LinkRow:
    previous = row.get("previous")
    content = row.get("content") or {}
    return LinkRow(
        url=_text(row, "url"),
        finding=_finding(row, content),
        since=_moment(row["since"]),
        news=bool(row.get("news")),
        previous=Previous(
            _text(previous, "state"), _text(previous, "reason"), _perhaps(previous.get("at"))
        )
        if previous
        else None,
        http_status=_whole(row, "http_status"),
        final_url=_text(row, "final_url"),
        hops=tuple(
            Hop(_text(hop, "url"), _whole(hop, "status") or 0, _text(hop, "how") or "http")
            for hop in row.get("hops") or ()
        ),
        checked=_perhaps(row.get("checked")),
        first_seen=_perhaps(row.get("first_seen")),
        last_ok=_perhaps(row.get("last_ok")),
        failures=_whole(row, "failures") or 0,
        title=_text(row, "title"),
        media_type=_text(row, "media_type"),
        content=_content(content),
        lookup=_told(_lookup(row.get("lookup") or {}), UNASKED),
        snapshots=tuple(_snapshot(s) for s in row.get("snapshots") or ()),
        save=_told(_save(row.get("save") or {}), UNSAVED),
        saves=tuple(_save(save) for save in row.get("saves") or ()),
        citations=_cited(row),
        unsteady=_unsteady(row.get("unsteady") or {}),
        untold=(row.get("unsteady") or {}).get("told") is False,
    )


def _unsteady(row: Row) -> Unsteady | None:
    since = _perhaps(row.get("since"))
    if since is None:
        return None
    among = tuple(str(word) for word in row.get("among") or ())
    return Unsteady(among, _whole(row, "times") or 0, since)


def _finding(row: Row, content: Row) -> Finding:
    match = row.get("match") or {}
    similarity = content.get("similarity")
    suggestion = row.get("suggestion")
    return Finding(
        state=State(row["state"]),
        reason=_text(row, "reason"),
        confidence=Confidence(row["confidence"]),
        detail=_text(row, "detail"),
        evidence=tuple(
            Evidence(_text(e, "signal"), _text(e, "value")) for e in row.get("evidence") or ()
        ),
        match=_told(Match(_text(match, "verdict") or UNTOLD.verdict, _text(match, "by")), UNTOLD),
        similarity=Similarity(
            _text(similarity, "measure"), _share(similarity["value"]), _text(similarity, "basis")
        )
        if similarity
        else None,
        suggestion=Suggestion(
            _text(suggestion, "kind"), _text(suggestion, "url"), _text(suggestion, "state")
        )
        if suggestion
        else None,
    )


def _content(content: Row) -> Content | None:
    size = _whole(content, "bytes")
    if size is None:
        return None
    baseline = content.get("baseline")
    return Content(
        bytes=size,
        sha256=_text(content, "sha256"),
        text_sha256=_text(content, "text_sha256"),
        extractor=_text(content, "extractor"),
        baseline=Baseline(_text(baseline, "kind"), _text(baseline, "url"), _text(baseline, "taken"))
        if baseline
        else None,
    )


def _lookup(row: Row) -> Lookup:
    return Lookup(
        state=LookupState(row.get("state") or UNASKED.state),
        checked=_perhaps(row.get("checked")),
        grade=Grade(row.get("grade") or "none"),
        days=_whole(row, "days"),
        detail=_text(row, "detail"),
        cited_on=date.fromisoformat(row["date"]) if row.get("date") else None,
        basis=_text(row, "basis"),
        passed_over=tuple(
            PassedOver(_text(p, "stamp"), _text(p, "why")) for p in row.get("passed_over") or ()
        ),
        provisional=row.get("provisional") is True,
        others=tuple(
            Answer(_text(a, "archive"), LookupState(a["state"]), _perhaps(a.get("checked")))
            for a in row.get("others") or ()
        ),
    )


def _snapshot(row: Row) -> Snapshot:
    return Snapshot(
        archive=_text(row, "archive"),
        url=_text(row, "url"),
        taken=_moment(row["taken"]),
        role=_text(row, "role"),
        status=_whole(row, "status"),
        verified=seen if isinstance(seen := row.get("verified"), bool) else None,
    )


def _save(row: Row) -> SaveOutcome:
    snapshot = row.get("snapshot")
    return SaveOutcome(
        state=SaveState(row.get("state") or UNSAVED.state),
        reason=_text(row, "reason"),
        job=_text(row, "job"),
        submitted=_perhaps(row.get("submitted")),
        snapshot=_snapshot(snapshot) if snapshot else None,
        archive=_text(row, "archive") or WAYBACK,
    )


def _cited(row: Row, reference: str = "") -> tuple[Cited, ...]:
    return tuple(
        Cited(
            document=_text(place, "document"),
            note=_text(place, "note"),
            line=_whole(place, "line") or 0,
            reference=_text(place, "reference") or reference,
        )
        for place in row.get("citations") or ()
    )


def _text(row: Row, key: str) -> str:
    value = row.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise TypeError(f"{key} is {type(value).__name__}, not text")
    return value


def _whole(row: Row, key: str) -> int | None:
    value = row.get(key)
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    raise TypeError(f"{key} is {type(value).__name__}, not a whole number")


def _share(value: object) -> float:
    if isinstance(value, int | float) and 0 <= value <= 1:
        return float(value)
    raise ValueError("a similarity is no number from 0 to 1")


def _moment(value: str) -> datetime:
    moment = datetime.fromisoformat(value)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _perhaps(value: str | None) -> datetime | None:
    return _moment(value) if value else None

"""Puts a report together from findings, memory and observations; decides nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from citecheck.records.document import Document
from citecheck.records.finding import Baseline, Finding
from citecheck.records.link import Link
from citecheck.records.memory import LinkRecord, Memory
from citecheck.records.observation import Body, Hop, Observation
from citecheck.records.reference import Reference
from citecheck.records.report import Content, DocumentRow, LinkRow, Previous
from citecheck.urls.address import identity, redact


def link_row(
    link: Link,
    finding: Finding,
    record: LinkRecord,
    observation: Observation | None,
    memory: Memory,
    *,
    news: bool,
) -> LinkRow:
    """One link's row: what this run saw, else what is remembered."""
    seen = observation
    visit = memory.visit
    shown = seen if finding.seen else None  # else what came is not the page
    page = shown.page if shown else None
    return LinkRow(
        url=redact(link.url),
        finding=_told(finding),
        since=record.since,
        news=news,
        previous=_previous(record),
        http_status=seen.status if seen else None,
        final_url=redact(seen.final_url) if seen else "",
        hops=tuple(_shown(h) for h in seen.hops) if seen else (),
        checked=seen.at if seen else (visit.checked if visit else None),
        first_seen=record.first_seen,
        last_ok=_latest(record.last_ok, visit.last_ok if visit else None),
        failures=record.strikes.count,
        title=page.title if page and page.title else record.title,
        media_type=seen.media_type if seen else (visit.media_type if visit else ""),
        content=_content(shown, record, memory),
        lookup=record.lookup,
        snapshots=record.snapshots,
        save=record.save,
        citations=link.citations,
        unsteady=record.unsteady,
        untold=visit is not None and visit.swing is not None and not news,
        saves=record.saves,
    )


def _latest(*moments: datetime | None) -> datetime | None:
    return max((m for m in moments if m is not None), default=None)


def _shown(hop: Hop) -> Hop:
    return replace(hop, url=redact(hop.url))


def _told(finding: Finding) -> Finding:
    if finding.suggestion is None:
        return finding
    offered = replace(finding.suggestion, url=redact(finding.suggestion.url))
    return replace(finding, suggestion=offered)


def _baseline(record: LinkRecord) -> Baseline | None:
    return record.baseline and replace(record.baseline, url=redact(record.baseline.url))


def _previous(record: LinkRecord) -> Previous | None:
    if not record.previous_state:
        return None
    return Previous(record.previous_state, record.previous_reason, record.previous_at)


def _content(seen: Observation | None, record: LinkRecord, memory: Memory) -> Content | None:
    body: Body | None = seen.body if seen else None
    if body is None:
        visit = memory.visit
        if not (record.sha256 and visit and (seen is None or seen.not_modified)):
            return None
        return Content(
            visit.size, record.sha256, record.text_sha256, record.extractor, _baseline(record)
        )
    page = seen.page if seen else None
    return Content(
        body.size,
        body.sha256,
        page.text_sha256 if page else "",
        page.extractor if page else "",
        _baseline(record),
    )


def document_rows(
    by_document: Sequence[tuple[Document, Sequence[Reference]]],
) -> tuple[DocumentRow, ...]:
    """Counts per document; a document known only by its records has no `sha256`."""
    return tuple(
        DocumentRow(
            path=document.path,
            sha256=document.sha256,
            notes=len(document.notes) or len({c.note for r in references for c in r.citations}),
            citations=sum(len(r.citations) for r in references),
            references=len(references),
            links=len({identity(url) for r in references for url in r.urls}),
        )
        for document, references in by_document
    )

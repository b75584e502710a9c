"""Links of a report as `mend` meets them, and documents mended with them."""

from __future__ import annotations

from datetime import UTC, datetime

from citecheck.cite.links import links
from citecheck.cite.machine import extract
from citecheck.mend.shelf import Mended, mend
from citecheck.mend.wanted import Terms, wanted
from citecheck.readers import shelf
from citecheck.records.archive import Snapshot
from citecheck.records.finding import Confidence, Finding, State, Suggestion
from citecheck.records.link import Link
from citecheck.records.report import DocumentRow, LinkRow, Report

NOW = datetime(2026, 11, 22, 3, 14, 15, tzinfo=UTC)
TAKEN = datetime(2019, 3, 16, 10, 20, 30, tzinfo=UTC)


def copy_of(url: str) -> Snapshot:
    """A copy of 2019-03-16 at the Wayback Machine."""
    address = f"https://web.archive.org/web/20190316102030/{url}"
    return Snapshot("wayback", address, TAKEN, "cited", 200, True)


def row(
    link: Link,
    state: State = State.DEAD,
    reason: str = "http-404",
    *,
    suggestion: Suggestion | None = None,
    snapshots: tuple[Snapshot, ...] | None = None,
    confidence: Confidence = Confidence.HIGH,
) -> LinkRow:
    """The link in this state, with a copy if it is dead."""
    dead = state is State.DEAD
    return LinkRow(
        url=link.url,
        finding=Finding(state, reason, confidence, "", suggestion=suggestion),
        since=NOW,
        news=False,
        snapshots=((copy_of(link.url),) if dead else ()) if snapshots is None else snapshots,
        citations=link.citations,
    )


def links_in(path: str, data: bytes) -> tuple[Link, ...]:
    """The links of one document, as a run finds them."""
    ((_, references),) = extract((shelf.read(path, data),)).by_document
    return links(references)[0]


def report_of(path: str, data: bytes, rows: tuple[LinkRow, ...] | None = None) -> Report:
    """A report on one document; without `rows` all of its links are dead."""
    found = tuple(row(link) for link in links_in(path, data)) if rows is None else rows
    sha256 = shelf.read(path, data).sha256
    document = DocumentRow(path, sha256, 1, 1, 1, len(found))
    return Report(NOW, "0", None, (document,), found, ())


def mended(
    path: str, text: str | bytes, report: Report | None = None, terms: Terms | None = None
) -> Mended:
    """The document mended by the report, by default one in which all links are dead."""
    data = text.encode() if isinstance(text, str) else text
    report = report or report_of(path, data)
    wishes = wanted(report, path, terms or Terms())
    return mend(path, data, wishes, report.documents[0].sha256)


def dead_mended(path: str, text: str) -> str:
    """The text with the copies of its links, which are all dead."""
    return mended(path, text).data.decode()

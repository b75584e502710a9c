"""An Atom feed (RFC 4287) of what is new: an entry for each link whose state or reason changed.

Identifiers are tag URIs (RFC 4151) made of the address and the moment of the change, so the same
report gives the same feed and a reader shows an entry once. Links that changed in earlier runs stay
in the feed (100 at most), for whoever reads it more rarely than it is written.
"""

from __future__ import annotations

import hashlib
from xml.etree.ElementTree import Element

from citecheck.records.report import LinkRow, Report
from citecheck.reports.options import DEFAULT, RenderOptions
from citecheck.reports.places import copy_to_cite
from citecheck.reports.visible import http_target, stamp
from citecheck.reports.words import COPY_TITLES, STATE_TITLES, headline, title_of
from citecheck.reports.xml_text import child, document

MOST_ENTRIES = 100
_TAG = "tag:citecheck.invalid,2026:link-health"


def render(report: Report, options: RenderOptions = DEFAULT) -> str:
    rows = [row for row in report.links if row.news or (row.previous and not row.untold)]
    rows.sort(key=lambda row: row.url)
    rows.sort(key=lambda row: (row.news, row.since), reverse=True)
    feed = Element("feed", {"xmlns": "http://www.w3.org/2005/Atom"})
    child(feed, "id", _TAG + ("/demo" if report.demo else ""))
    demo = " (demonstration)" if report.demo else ""
    child(feed, "title", f"Link health of cited sources{demo}")
    child(feed, "subtitle", headline(report, options).sentence)
    child(feed, "updated", stamp(report.generated))
    child(child(feed, "author"), "name", "citecheck")
    child(feed, "generator", "citecheck", version=report.version)
    for row in rows[:MOST_ENTRIES]:
        _entry(feed, row, demo)
    return document(feed)


def _entry(feed: Element, row: LinkRow, demo: str) -> None:
    finding = row.finding
    key = "\0".join((row.url, finding.state, finding.reason, stamp(row.since)))
    digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    entry = child(feed, "entry")
    child(entry, "id", f"{_TAG}/{digest}")
    child(entry, "title", f"{STATE_TITLES[finding.state]}: {row.url}{demo}")
    child(entry, "updated", stamp(row.since))
    if target := http_target(row.url):
        child(entry, "link", rel="alternate", href=target)
    copy = copy_to_cite(row)
    if copy and (target := http_target(copy.url)):
        title = COPY_TITLES.get(copy.kind, "Another address")
        child(entry, "link", rel="related", href=target, title=title)
    child(entry, "category", term=finding.state.value)
    child(entry, "summary", finding.detail, type="text")
    parts = [finding.detail]
    if row.previous:
        parts.append(f"Before: {title_of(row.previous.state).lower()} ({row.previous.reason}).")
    if copy:
        parts.append(f"{COPY_TITLES.get(copy.kind, 'Another address')}: {copy.url}.")
    if row.citations:
        cited = "; ".join(f"{c.document}, note {c.note}, line {c.line}" for c in row.citations)
        parts.append(f"Cited in {cited}.")
    child(entry, "content", " ".join(parts), type="text")

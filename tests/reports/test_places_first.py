from __future__ import annotations

from dataclasses import replace

from citecheck.records.report import Previous
from citecheck.reports import html, markdown, terminal
from citecheck.reports.places import calm, is_first
from standins.sample_report import sample_report


def test_a_first_report_marks_nothing_as_new() -> None:
    report = sample_report()
    first = replace(
        report, links=tuple(replace(row, news=True, previous=None) for row in report.links)
    )
    assert is_first(first)
    assert not any(row.news for row in calm(first).links)
    for text in (html.render(first), markdown.render(first), terminal.render(first, verbosity=2)):
        assert "This is the first report." in text
        assert "New since" not in text


def test_one_link_with_a_past_makes_it_a_later_report() -> None:
    report = sample_report()
    rows = [replace(row, news=True, previous=None) for row in report.links]
    rows[0] = replace(rows[0], previous=Previous("ok", "ok", None))
    later = replace(report, links=tuple(rows))
    assert not is_first(later)
    assert calm(later) is later

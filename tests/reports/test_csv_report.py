"""CSV by RFC 4180, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
from io import StringIO

import pytest

from citecheck.records.report import Report
from citecheck.reports import csv_report
from standins.hostile_report import HOSTILE, hostile_report
from standins.sample_report import sample_report


def rows(report: Report) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(csv_report.render(report), newline=""), strict=True))


def test_a_row_for_each_link_and_place() -> None:
    found = rows(sample_report())
    assert [(row["document"], row["note"], row["state"]) for row in found[:4]] == [
        ("book/chapter 2.md", "1", "unchecked"),
        ("paper.md", "2", "moved"),
        ("paper.md", "10", "dead"),
        ("book/chapter 2.md", "3", "dead"),
    ]
    assert len(found) == sum(len(link.citations) for link in sample_report().links)


def test_a_row_in_full() -> None:
    assert rows(sample_report())[2] == {
        "state": "dead",
        "reason": "soft-404",
        "confidence": "high",
        "news": "yes",
        "document": "paper.md",
        "note": "10",
        "line": "133",
        "reference": "li-2017-border-trade",
        "url": "http://news.example.cn/2017/0612/c1-293.html",
        "detail": "The server answers 200, but the page says that it does not exist. "
        "Cite the archived copy of 2 March 2021.",
        "cite_instead": "https://web.archive.org/web/20210302112233/"
        "http://news.example.cn/2017/0612/c1-293.html",
        "cite_instead_kind": "snapshot",
        "since": "2026-11-22T03:14:15Z",
        "previous_state": "ok",
        "previous_reason": "ok",
        "checked": "2026-11-22T03:14:15Z",
        "last_ok": "2026-11-15T03:14:10Z",
        "failures": "0",
        "http_status": "200",
        "final_url": "http://news.example.cn/2017/0612/c1-293.html",
        "page_title": "页面不存在 - 新闻",
        "lookup": "found",
        "snapshot": "https://web.archive.org/web/20210302112233/"
        "http://news.example.cn/2017/0612/c1-293.html",
        "snapshot_taken": "2021-03-02T11:22:33Z",
        "save": "skipped",
        "demo": "no",
    }


def test_lines_end_as_the_rfc_says() -> None:
    text = csv_report.render(sample_report())
    assert text.count("\r\n") == text.count("\n") == len(rows(sample_report())) + 1


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(1)", "'@SUM(1)"),
        ("\t=1", "'=1"),
        ("\rx", "'x"),
        ("＝1", "'＝1"),
        ("1=1", "1=1"),
    ],
)
def test_formulas_are_text(text: str, cell: str) -> None:
    row = rows(hostile_report(text))[0]
    assert (row["page_title"], row["reference"], row["note"]) == (cell, cell, cell)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_is_a_formula_and_none_breaks_out(text: str) -> None:
    report = hostile_report(text)
    found = rows(report)
    assert len(found) == sum(len(link.citations) for link in report.links)
    for row in found:
        assert None not in row
        for cell in row.values():
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
            assert not any(ord(c) < 32 or c in "\u202e\u2066" for c in cell)
    out = csv_report.render(report)
    out.encode("utf-8")
    assert not any(line.lstrip().startswith("::") for line in out.splitlines())

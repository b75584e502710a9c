"""JUnit XML: the structure that the common readers document."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import etree

from citecheck.records.finding import State
from citecheck.records.report import Report
from citecheck.reports import junit
from citecheck.reports.options import RenderOptions
from standins.hostile_report import HOSTILE, hostile_report
from standins.sample_report import link, sample_report

_CHILDREN = {
    "testsuites": {"testsuite"},
    "testsuite": {"properties", "testcase"},
    "properties": {"property"},
    "testcase": {"failure", "error", "skipped", "system-out"},
}


def tree(report: Report, options: RenderOptions | None = None) -> etree._Element:
    root = etree.fromstring(junit.render(report, options or RenderOptions()).encode())
    for element in root.iter():
        for below in element:
            assert below.tag in _CHILDREN.get(str(element.tag), set()), (element.tag, below.tag)
        if element.tag in ("testsuite", "testsuites"):
            assert element.get("tests") == str(len(list(element.iter("testcase"))))
            assert element.get("failures") == str(len(list(element.iter("failure"))))
            assert element.get("skipped") == str(len(list(element.iter("skipped"))))
            assert element.get("errors") == str(len(list(element.iter("error"))))
    return root


def outcomes(root: etree._Element) -> dict[str, list[tuple[str, str]]]:
    return {
        str(suite.get("name")): [
            (str(case.get("name")), str(case[0].tag) if len(case) else "passed")
            for case in suite.iter("testcase")
        ]
        for suite in root.iter("testsuite")
    }


def test_a_suite_for_each_document_and_a_case_for_each_link() -> None:
    assert outcomes(tree(sample_report())) == {
        "book/chapter 2.md": [
            ("ftp://files.example/data.zip", "skipped"),
            ("http://news.example.cn/2017/0612/c1-293.html", "failure"),
            ("https://www-jstor-org.proxy.example.edu/stable/2151", "skipped"),
            ("https://small-journal.example/articles/7", "failure"),
        ],
        "paper.md": [
            ("https://archive.example/letters/1950-10-13", "passed"),
            ("http://ministry.example/whitepaper/2018.html", "system-out"),
            ("https://press.example/release?token=…", "passed"),
            ("https://reports.example.org/annual/2016.pdf", "failure"),
            ("http://news.example.cn/2017/0612/c1-293.html", "failure"),
            ("https://magazine.example/features/long-read", "failure"),
            ("https://shop.example/item?id=44", "failure"),
            ("https://slow.example/paper", "skipped"),
            ("https://publisher.example/doi/10.1000/182", "skipped"),
        ],
        "skipped": [("old notes.docx", "skipped")],
    }


def test_a_failure_says_where_and_what_to_cite() -> None:
    (case,) = (
        c
        for c in tree(sample_report()).iter("testcase")
        if c.get("name") == "https://small-journal.example/articles/7"
    )
    assert case.get("classname") == "book/chapter 2.md"
    assert case[0].get("type") == "dead/parked"
    assert case[0].text == (
        "The domain is parked: its owner has changed. Cite the archived copy. "
        "(note 11, line 90) Archived copy to cite instead: "
        "https://web.archive.org/web/20210309112233/https://small-journal.example/articles/7"
    )


def test_fail_on_decides_what_fails() -> None:
    root = tree(sample_report(), RenderOptions(frozenset({"blocked"})))
    assert (root.get("tests"), root.get("failures"), root.get("skipped")) == ("14", "2", "3")


def test_a_network_that_was_down_is_an_error() -> None:
    root = tree(replace(sample_report(), network_down=True))
    assert outcomes(root)["network"] == [("network", "error")]


def test_a_link_that_no_document_cites_has_a_suite() -> None:
    row = link("https://a.example/", State.DEAD, "http-404", "Gone.")
    report = replace(sample_report(), links=(row,), unlinked=(), documents=(), skipped=())
    assert outcomes(tree(report)) == {"(no document)": [("https://a.example/", "failure")]}


@pytest.mark.parametrize("text", HOSTILE)
def test_foreign_text_is_text(text: str) -> None:
    root = tree(hostile_report(text))
    assert len(list(root.iter())) == len(list(tree(hostile_report("calm")).iter()))
    for element in root.iter():
        whole = "".join((element.text or "", *map(str, element.attrib.values())))
        assert not any((ord(c) < 32 and c != "\n") or c in "\u202e\u2066\ufffe" for c in whole)

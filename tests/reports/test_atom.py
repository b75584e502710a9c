"""The Atom feed of news (RFC 4287)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from lxml import etree

from citecheck.records.finding import State
from citecheck.records.memory import Unsteady
from citecheck.records.report import Previous, Report
from citecheck.reports import atom
from standins.hostile_report import HOSTILE, hostile_report
from standins.sample_report import BEFORE, NOW, link, sample_report

NS = {"a": "http://www.w3.org/2005/Atom"}


def feed(report: Report) -> etree._Element:
    return etree.fromstring(atom.render(report).encode())


def texts(root: etree._Element, path: str) -> list[str]:
    return [str(e.text) for e in root.iterfind(path, NS)]


def test_an_entry_for_each_change() -> None:
    root = feed(sample_report())
    assert texts(root, "a:entry/a:title") == [
        "Dead: http://news.example.cn/2017/0612/c1-293.html",
        "Changed: https://magazine.example/features/long-read",
    ]
    assert texts(root, "a:entry/a:content")[0] == (
        "The server answers 200, but the page says that it does not exist. "
        "Cite the archived copy of 2 March 2021. Before: fine (ok). "
        "Archived copy to cite instead: https://web.archive.org/web/20210302112233/"
        "http://news.example.cn/2017/0612/c1-293.html. "
        "Cited in paper.md, note 10, line 133; book/chapter 2.md, note 3, line 58."
    )


def test_a_swing_that_was_no_news_is_no_entry_either() -> None:
    mark = Unsteady(("ok/ok", "blocked/forbidden"), 5, BEFORE)
    before = Previous("blocked", "forbidden", BEFORE)
    row = link("https://moody.example/", State.OK, "ok", "Fine.")
    for untold, entries in ((False, 1), (True, 0)):
        swinging = replace(row, unsteady=mark, previous=before, untold=untold)
        root = feed(replace(sample_report(), links=(swinging,)))
        assert len(texts(root, "a:entry/a:title")) == entries


def test_what_a_feed_must_have() -> None:
    root = feed(sample_report())
    for element in (root, *root.iterfind("a:entry", NS)):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"a:{name}", NS)) == 1
    assert len(root.findall("a:author/a:name", NS)) == 1
    assert texts(root, "a:updated") == ["2026-11-22T03:14:15Z"]
    assert all(i.startswith("tag:citecheck.invalid,2026:") for i in texts(root, "a:entry/a:id"))


def test_an_entry_keeps_its_id_while_the_state_stays() -> None:
    later = replace(sample_report(), generated=NOW + timedelta(days=7))
    again = replace(later, links=tuple(replace(row, news=False) for row in later.links))
    ids = texts(feed(sample_report()), "a:entry/a:id")
    assert sorted(texts(feed(again), "a:entry/a:id")) == sorted(ids)
    assert len(set(ids)) == 2
    turned = replace(later, links=tuple(replace(row, since=later.generated) for row in later.links))
    assert not set(ids) & set(texts(feed(turned), "a:entry/a:id"))


def test_it_holds_the_newest_hundred() -> None:
    rows = tuple(
        replace(
            link(f"https://{i}.example/", State.DEAD, "http-404", "Gone."),
            since=BEFORE + timedelta(minutes=i),
            previous=Previous("ok", "ok", None),
        )
        for i in range(130)
    )
    titles = texts(feed(replace(sample_report(), links=rows)), "a:entry/a:title")
    assert len(titles) == 100
    assert titles[0] == "Dead: https://129.example/"


@pytest.mark.parametrize("text", HOSTILE)
def test_foreign_text_is_text_and_links_are_http(text: str) -> None:
    root = feed(hostile_report(text))
    tags = {etree.QName(e).localname for e in root.iter()}
    assert tags == {
        "feed", "id", "title", "subtitle", "updated", "author", "name", "generator", "entry",
        "link", "category", "summary", "content",
    }  # fmt: skip
    for anchor in root.iterfind("a:entry/a:link", NS):
        assert str(anchor.get("href")).startswith(("https://", "http://"))
    for element in root.iter():
        assert not any(
            (ord(c) < 32 and c != "\n") or c in "\u202e\u2066" for c in element.text or ""
        )

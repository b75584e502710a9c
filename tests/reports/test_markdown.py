"""The Markdown report: what it says, and that no foreign text says anything in Markdown."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from markdown_it import MarkdownIt

from citecheck.records.finding import State
from citecheck.records.report import Report
from citecheck.reports import markdown
from citecheck.reports.markdown_text import address, text
from standins.hostile_report import HOSTILE, hostile_report
from standins.sample_report import link, paper, sample_report


def page(source: str) -> BeautifulSoup:
    """Rendered as GitHub does: tables, bare addresses linked, HTML let through."""
    reader = MarkdownIt("gfm-like", {"html": True, "linkify": True})
    assert reader.linkify is not None
    reader.linkify.set({"fuzzy_link": False})  # GitHub makes no link of a bare "paper.md"
    return BeautifulSoup(reader.render(source), "lxml")


def test_it_opens_with_whether_it_is_fine_and_what_is_new() -> None:
    assert markdown.render(sample_report()).startswith(
        "# Link health of cited sources\n\n"
        "⚠️ **5 of 12 links need your attention: 3 dead, 1 changed, 1 not the cited work.** "
        "2 links have news since the last report. Another address to cite is offered for 3 of "
        "them; see what the other 2 say to do.\n\n"
    )


def test_news_come_before_findings_and_name_the_state_before() -> None:
    out = markdown.render(sample_report())
    new, found = out.index("## New since"), out.index("## Findings")
    assert new < found
    assert (
        "- **Dead** (before: fine): <http://news.example.cn/2017/0612/c1-293.html> "
        "in note 10 (paper.md:133), note 3 (book/chapter 2.md:58). "
    ) in out[new:found]


def test_a_finding() -> None:
    assert (
        "- <https://small-journal.example/articles/7>  \n"
        "  The domain is parked: its owner has changed. Cite the archived copy.\n"
        "  - Archived copy to cite instead: <https://web.archive.org/web/20210309112233/"
        "https://small-journal.example/articles/7> (2021-03-09, nearest, 212 days from the "
        "citation, not looked at)\n"
        "  - Cited in note 11 (book/chapter 2.md:90)\n"
        "  - Seen: `parked`, confidence medium; status 200; in this state since 2026-09-06\n"
    ) in markdown.render(sample_report())


def test_each_document_has_a_table_by_note() -> None:
    soup = page(markdown.render(sample_report()))
    folds = {str(d.summary.string): d for d in soup.find_all("details") if d.summary}
    rows = [
        [cell.get_text() for cell in row.find_all("td")]
        for row in folds["book/chapter 2.md: 5 notes with sources"].find_all("tr")[1:]
    ]
    assert rows == [
        ["1", "40", "ftp://files.example/data.zip", "Not visited"],
        ["2", "50", "毛泽东、斯大林与朝鲜战争", "no address"],
        ["3", "58", "http://news.example.cn/2017/0612/c1-293.html", "Dead (new)"],
        ["4", "61", "https://www-jstor-org.proxy.example.edu/stable/2151", "Blocked to robots"],
        ["11", "90", "https://small-journal.example/articles/7", "Dead"],
    ]
    assert "Fine (2)" in folds
    assert "Without an address: nothing to visit, nothing wrong (2)" in folds


def test_what_was_skipped_and_could_be_saved_is_said() -> None:
    out = markdown.render(sample_report())
    assert "- old notes.docx: this kind of file cannot be read; save it as Markdown" in out
    assert "With `--save`, a public archive would be asked to keep 3 links." in out
    assert "citecheck 0.1.0, 2026-11-22T03:14:15Z, seen from an office network." in out


def test_a_first_report_without_findings_is_short() -> None:
    row = link("https://a.example/", State.OK, "ok", "Fine.", paper("1", 3, "a"))
    report = replace(
        sample_report(), links=(row,), unlinked=(), documents=(), skipped=(), savable=0
    )
    out = markdown.render(report)
    assert "✅ **The one link is fine.** Nothing is new since the last report." in out
    assert "## Findings" not in out
    assert "## New" not in out


def test_a_demonstration_says_so_at_once() -> None:
    out = markdown.render(replace(sample_report(), demo=True))
    assert out.split("\n")[2].startswith("> **Demonstration.**")


def many(number: int) -> Report:
    rows = tuple(
        link(f"https://{i}.example/{'x' * 60}", State.DEAD, "http-404", "Gone.",
             paper(str(i), i, f"r{i}"))
        for i in range(number)
    )  # fmt: skip
    return replace(sample_report(), links=rows)


def test_it_stays_under_the_bound_and_counts_what_is_left_out() -> None:
    out = markdown.render(many(400), most=20_000)
    assert len(out.encode()) < 21_000
    assert re.search(r"\*\d+ more findings are left out here; `link-health.json`", out)
    assert out.count("<details>") == out.count("</details>")
    assert "400 of 400 links need" in out


@pytest.mark.parametrize(
    ("raw", "escaped"),
    [
        ("[x](javascript:1)", r"\[x\](javascript\:1)"),
        ("<b>&amp;", r"\<b\>\&amp;"),
        ("a | b", r"a \| b"),
        ("@octocat #12", r"@&#8203;octocat \#&#8203;12"),
        ("GH-12", r"GH\-&#8203;12"),
        ("{{ x }}", "&#123;&#123; x }}"),
        ("$a$ `b` *c* _d_ ~e~ ^f^", r"\$a\$ \`b\` \*c\* \_d\_ \~e\~ \^f\^"),
        ("www.evil.example", r"www\.evil.example"),
        ("- item", r"\- item"),
        ("1. item", r"1\. item"),
        ("0.31", "0.31"),
        (":smile: ::error::", r"\:smile: \:\:error\::"),
        ("Title: a book", "Title: a book"),
    ],
)
def test_text(raw: str, escaped: str) -> None:
    assert text(raw) == escaped


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://a.example/x_y_(z)", "<https://a.example/x_y_(z)>"),
        ("https://a.example/<b>|`{{", "<https://a.example/%3Cb%3E%7C%60%7B%7B>"),
        ("https://a.example/?a&lt;b&c=d", "<https://a.example/?a&amp;lt;b&c=d>"),
        ("javascript:alert(1)", r"javascript\:alert(1)"),
    ],
)
def test_address(url: str, shown: str) -> None:
    assert address(url) == shown


@pytest.mark.parametrize("hostile", HOSTILE)
def test_foreign_text_has_no_effect(hostile: str) -> None:
    source = markdown.render(hostile_report(hostile))
    soup = page(source)
    tags = {tag.name for tag in soup.find_all(True)}
    assert tags <= {
        "html", "body", "h1", "h2", "h3", "p", "strong", "em", "code", "a", "ul", "li", "br", "hr",
        "details", "summary", "table", "thead", "tbody", "tr", "th", "td",
    }  # fmt: skip
    assert len(soup.find_all("h1")) == 1
    assert len(soup.find_all("details")) == source.count("<details>\n")
    assert all(
        len(row.find_all(["td", "th"])) == 4
        for table in soup.find_all("table")[1:]
        for row in table.find_all("tr")
    )
    for a in soup.find_all("a"):
        assert str(a["href"]).startswith("https://example.org/"), a
        assert set(a.attrs) == {"href"}
    for found in soup(["a", "code"]):
        found.extract()
    left = soup.get_text()
    assert not re.search(r"@\w|#\d|\bGH-\d", left)
    assert "{{" not in source
    assert "{%" not in source
    assert not any(line.lstrip().startswith("::") for line in source.splitlines())
    assert "\x1b" not in source
    source.encode("utf-8")

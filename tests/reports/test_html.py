"""The HTML report: one self-contained page in which no foreign text is markup."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from dataclasses import replace
from functools import cache
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup, Tag

from citecheck.records.finding import State
from citecheck.records.report import Report
from citecheck.reports import html
from standins.hostile_report import HOSTILE, hostile_report
from standins.sample_report import link, paper, sample_report


def page(report: Report) -> BeautifulSoup:
    return BeautifulSoup(html.render(report), "lxml")


def words(tag: Tag | None) -> str:
    assert tag is not None
    return " ".join(tag.get_text(" ").split())


def one(soup: BeautifulSoup | Tag, selector: str) -> Tag:
    found = soup.select(selector)
    assert len(found) == 1, f"{len(found)} of {selector}"
    return found[0]


def test_the_headline_is_the_heading() -> None:
    soup = page(sample_report())
    assert words(one(soup, "h1")) == (
        "5 of 12 links need your attention: 3 dead, 1 changed, 1 not the cited work."
    )
    assert words(one(soup, ".lead")).startswith("2 links have news since the last report. Another")
    assert one(soup, "h1")["class"] == ["bad"]


def test_the_picture_of_health_has_words() -> None:
    soup = page(sample_report())
    picture = one(soup, "svg[role=img]")
    assert words(picture.title) == (
        "Of 12 links: 2 fine, 1 moved, 3 dead, 1 changed, 1 not the cited work, "
        "1 unreachable for now, 2 blocked to robots, 1 not visited."
    )
    widths = [float(str(rect["width"])) for rect in picture.find_all("rect")]
    assert sum(widths) == pytest.approx(1000, abs=1)
    assert len(soup.select(".legend a")) == 9


def test_the_rarest_state_is_still_seen_in_the_picture() -> None:
    rows = [link(f"https://{i}.example/", State.OK, "ok", "Fine.") for i in range(500)]
    rows.append(link("https://gone.example/", State.DEAD, "http-404", "Gone."))
    soup = page(replace(sample_report(), links=tuple(rows)))
    assert float(str(one(soup, "rect.s-dead")["width"])) > 5


def test_news_lead_to_their_cards() -> None:
    soup = page(sample_report())
    news = one(soup, "ul.news").find_all("li")
    assert [words(item) for item in news] == [
        "Dead news.example.cn/2017/0612/c1-293.html was Fine (ok) The server answers 200, but "
        "the page says that it does not exist. Cite the archived copy of 2 March 2021.",
        "Changed magazine.example/features/long-read was Fine (ok-edited) Only 31 % of the cited "
        "text is still there. Compare with the archived copy before you rely on it.",
    ]
    for item in news:
        assert item.a is not None
        target = one(soup, str(item.a["href"]))
        assert target["data-state"] == item["data-state"]


def test_a_card() -> None:
    soup = page(sample_report())
    card = next(c for c in soup.select("article.card") if "soft-404" in words(c))
    assert words(one(card, "h4")) == "http:// news.example.cn /2017/0612/c1-293.html"
    assert words(one(card, ".instead")) == (
        "Archived copy to cite instead taken 2021-03-02, bracketed, 3 days from the citation, "
        "not looked at https:// web.archive.org "
        "/web/20210302112233/http://news.example.cn/2017/0612/c1-293.html"
    )
    assert [words(place) for place in card.select(".places li")] == [
        "note 10 paper.md:133",
        "note 3 book/chapter 2.md:58",
    ]
    facts = [(words(row.dt), words(row.dd)) for row in card.select("dl div")]
    assert facts[:4] == [
        ("Verdict", "dead / soft-404, confidence high"),
        ("title-phrase", "页面不存在"),
        ("words", "41"),
        ("Status", "200"),
    ]
    assert facts[4][0] == "Hop 1"
    assert ("Archive", "The archive has copies; the nearest is 3 days from the citation "
            "(bracketed)") in facts  # fmt: skip
    assert facts[-1] == (
        "Saving",
        "No new copy was asked for: the page is gone, so there is nothing to save",
    )


def test_documents_show_their_notes_in_order() -> None:
    soup = page(sample_report())
    regions = {str(r["aria-label"]): r for r in soup.select(".wide")}
    rows = regions["Notes of paper.md"].select("tbody tr")
    assert [words(row.th) for row in rows] == [
        "1", "2", "3", "4", "5", "7", "9", "10", "12", "13", "14", "15",
    ]  # fmt: skip
    assert words(rows[3]) == "4 108 The Tragedy of Great Power Politics no address"
    assert words(rows[7]) == "10 133 news.example.cn/2017/0612/c1-293.html Dead New"
    for anchor in soup.select('a[href^="#"]'):
        assert soup.find(id=str(anchor["href"])[1:]) is not None, anchor


def test_unlinked_fine_and_skipped_are_there() -> None:
    soup = page(sample_report())
    assert [words(w) for w in soup.select("#unlinked .work")] == [
        "The Tragedy of Great Power Politics",
        "毛泽东、斯大林与朝鲜战争",
    ]
    assert len(soup.select("#s-ok tbody tr")) == 2
    assert "old notes.docx : this kind of file cannot be read; save it as Markdown" in words(
        one(soup, "main")
    )


def test_the_page_needs_nothing_from_outside() -> None:
    source = html.render(sample_report())
    soup = BeautifulSoup(source, "lxml")
    assert not soup.find_all(["link", "img", "iframe", "object", "embed", "base"])
    assert not soup.select("[src], [srcset], [style], [onclick], [onload], [action]")
    assert "@import" not in source
    assert "url(" not in source
    script = one(soup, "script").string
    assert script is not None
    digest = b64encode(hashlib.sha256(script.encode()).digest()).decode()
    meta = one(soup, 'meta[http-equiv="Content-Security-Policy"]')
    assert meta["content"] == (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
        f"script-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )


def test_it_can_be_read_with_every_sense() -> None:
    soup = page(sample_report())
    assert one(soup, "html")["lang"] == "en"
    for landmark in ("header", "main", "footer"):
        one(soup, f"body > {landmark}")
    assert one(soup, "a.skip")["href"] == "#main"
    levels = [int(tag.name[1]) for tag in soup.find_all(re.compile("^h[1-6]$"))]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert all(th.get("scope") in ("col", "row") for th in soup.find_all("th"))
    ids = [str(tag["id"]) for tag in soup.select("[id]")]
    assert len(ids) == len(set(ids))
    for tag in soup.select("[aria-labelledby]"):
        assert soup.find(id=str(tag["aria-labelledby"])) is not None


def test_the_filter_waits_for_the_script() -> None:
    form = one(page(sample_report()), "form#filter")
    assert form.has_attr("hidden")
    assert [str(option["value"]) for option in form.find_all("option")] == [
        "", "ok", "moved", "dead", "changed", "mismatch", "unreachable", "blocked", "unchecked",
    ]  # fmt: skip


@pytest.mark.parametrize(("demo", "banners"), [(True, 1), (False, 0)])
def test_a_demonstration_carries_a_banner(demo: bool, banners: int) -> None:
    soup = page(replace(sample_report(), demo=demo))
    assert len(soup.select("body > .demo")) == banners
    assert (soup.title is not None and "Demonstration" in words(soup.title)) is demo


def test_an_empty_report_is_a_page_too() -> None:
    empty = replace(
        sample_report(), links=(), unlinked=(), documents=(), skipped=(), savable=0, vantage=None
    )
    soup = page(empty)
    assert words(one(soup, "h1")) == "No citation was found."
    assert soup.find("svg") is None
    assert soup.find("form") is None


def test_a_link_without_citations_has_a_card() -> None:
    report = replace(
        sample_report(), links=(link("https://a.example/", State.DEAD, "http-404", "Gone."),)
    )
    assert len(page(report).select("article.card")) == 1


def test_lists_are_bounded_and_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "MOST_ROWS", 3)
    rows = tuple(
        link(f"https://{i}.example/", State.OK, "ok", "Fine.", paper(str(i), i + 1, "r"))
        for i in range(10)
    )
    soup = page(replace(sample_report(), links=rows, unlinked=()))
    assert len(soup.select("#s-ok tbody tr")) == 3
    assert "7 more are left out of this page" in words(one(soup, "#s-ok"))
    assert len(soup.select(".wide[aria-label='Notes of paper.md'] tbody tr")) == 3


def contrast(one_: str, other: str) -> float:
    """WCAG 2.1 contrast of two #rrggbb colours."""

    def light(color: str) -> float:
        parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(one_), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("dark", [False, True])
def test_contrast_is_enough_in_light_and_dark(dark: bool) -> None:
    style = str(one(page(sample_report()), "style").string)
    colors: dict[str, str] = {}
    for block in re.findall(r":root \{([^}]*)\}", style)[: 2 if dark else 1]:
        for name, value in re.findall(r"--([a-z]+): (#[0-9a-f]{3,6})\b", block):
            colors[name] = value if len(value) == 7 else "#" + "".join(c * 2 for c in value[1:])
    for text in ("ink", "soft", "link"):
        for ground in ("paper", "card", "tint"):
            assert contrast(colors[text], colors[ground]) >= 4.5, (text, ground)
    for state in State:
        assert contrast(colors["on"], colors[state.value]) >= 4.5, state
        assert contrast(colors[state.value], colors["paper"]) >= 3, state
    assert contrast(colors["ink"], colors["mark"]) >= 4.5


def skeleton(soup: BeautifulSoup) -> frozenset[tuple[str, ...]]:
    tags = (tag for tag in soup.find_all(True) if tag.name not in ("a", "b"))
    return frozenset((tag.name, *sorted(tag.attrs)) for tag in tags)


@cache
def calm_skeleton() -> frozenset[tuple[str, ...]]:
    return skeleton(page(hostile_report("calm")))


@pytest.mark.parametrize("hostile", HOSTILE)
def test_foreign_text_is_never_markup(hostile: str) -> None:
    wild = html.render(hostile_report(hostile))
    wild.encode("utf-8")
    assert not any((ord(c) < 32 and c != "\n") or c in "\u202e\u2066" for c in wild)
    other = BeautifulSoup(wild, "lxml")
    # The same elements as in a calm report, but for links: not every address may be one.
    assert skeleton(other) == calm_skeleton()
    assert len(other.find_all("script")) == 1
    for anchor in other.find_all("a"):
        assert set(anchor.attrs) <= {"href", "rel", "class"}
        assert re.match(r"https?://|#[a-z]", str(anchor["href"])), anchor

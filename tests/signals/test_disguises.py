# ruff: noqa: E501 - pages are read best on one line
"""Disguises of error pages, each as a whole page, with the cited title known and unknown."""

from __future__ import annotations

import time

import pytest

from citecheck.judging.signs import FAMILIES
from citecheck.records.finding import Confidence
from citecheck.records.link import Link
from citecheck.records.observation import Hop
from citecheck.signals.shells import shell_in, unwritten_in
from standins.judged import OTHER, STORY, TITLE, URL, cited, observed, page, said, verdict_on


def small(title: str, body: str, head: str = "", attributes: str = "") -> str:
    return (
        f'<!doctype html><html><head><meta charset="utf-8"><title>{title}</title>{head}</head><body{attributes}>'
        f'<header><a href="/">Gazette</a></header><nav><a href="/a">News</a> <a href="/b">Harbour</a></nav>{body}'
        "<footer>© The Islander Gazette</footer></body></html>"
    )


DISGUISES = {
    "bare number": small("Gazette", "<div>404</div>"),
    "one digit a box": small("Gazette", "<p><span>4</span></p><p><span>0</span></p><p><span>4</span></p>"),
    "short, with the number": small("Nicht gefunden", "<div>404</div><div>Nicht gefunden</div>"),
    "paragraph": small("Gazette", "<p>We could not find the page you are looking for.</p><p>You can go to the <a>home page</a> and hopefully find it there.</p>"),
    "forum": small("Forum - Information", "<h2>Information</h2><p>The requested topic does not exist.</p>"),
    "repository": small("Invalid Identifier", "<h1>Invalid Identifier</h1><p>The identifier does not correspond to a valid object.</p>"),
    "record": small("Catalogue", "<p>The record you requested does not exist (12345).</p>"),
    "blog": small("Old boats", '<div class="status-msg-body">Sorry, the page you were looking for in this blog does not exist.</div>' + f"<div>{OTHER * 3}</div>"),
    "bulletin board": small("提示信息 - 论坛", '<div id="messagetext" class="alert_error"><p>抱歉，指定的主题不存在或已被删除或正在被审核</p></div>'),
    "message": small("", '<div class="weui-msg__title warn">该内容已被发布者删除</div>'),
    "korean": small("블로그", "<p>삭제되었거나 존재하지 않는 게시물입니다.</p>"),
    "framework": small("Gazette", '<div id="__nuxt"><div class="__nuxt-error-page"><p>Hm.</p></div></div>'),
    "theme": small("Gazette", "<p>Hm.</p>", attributes=' class="page path-404 page-not-found"'),
    "content system": small("Gazette", "<p>Hm.</p>", attributes=' class="not-front page-system-404"'),
    "deleted share": small("Files", "<h2>This share link has been deleted</h2><p>The owner removed this file or the link is no longer valid.</p>"),
    "deleted site": small("weavers.blog.example", "<h1>weavers.blog.example is no longer available.</h1><p>The authors have deleted this site.</p>"),
    "deleted account": small("Pages", "<h2>410</h2><p>User deactivated or deleted their account.</p>"),
    "job that is filled": small("Job-Börse", "<h1>Diese Anzeige ist nicht mehr online</h1><p>Ähnliche Angebote: Gärtner, Maurer.</p>"),
    "long canonical": small("Gazette", f"<p>{OTHER}</p>", '<link rel="canonical" href="https://press.example/seite-nicht-gefunden">'),
    "no results": small("Search results for: bell tide", "<h1>Search results</h1><p>0 results found for “bell tide”.</p>"),
}  # fmt: skip


@pytest.mark.parametrize("name", DISGUISES)
@pytest.mark.parametrize("title", [TITLE, ""], ids=["titled", "untitled"])
def test_a_disguise_is_seen_through(name: str, title: str) -> None:
    link = cited(title=title)
    finding = verdict_on(observed(DISGUISES[name], link=link), link=link)
    assert said(finding) == "dead/soft-404"
    if finding.confidence is Confidence.HIGH:
        assert len({FAMILIES[e.signal] for e in finding.evidence if e.signal in FAMILIES}) >= 2


def test_an_unwritten_page_of_a_wiki_shows_the_title_that_is_cited() -> None:
    markup = small(
        f"{TITLE} - Wiki",
        f'<h1>{TITLE}</h1><div class="noarticletext mw-content-ltr"><p>There is currently no text in this page.</p></div>',
        '<meta name="robots" content="noindex,nofollow">',
    )
    assert said(verdict_on(observed(markup))) == "dead/soft-404"


def test_a_search_without_results_echoes_the_title_that_is_cited() -> None:
    markup = small(
        f"Search results for: {TITLE}", f"<h1>Search</h1><p>No results found for {TITLE}.</p>"
    )
    assert said(verdict_on(observed(markup))) == "dead/soft-404"


@pytest.mark.parametrize(
    ("answer", "confidence"),
    [
        ('{"error": "not found"}', Confidence.MEDIUM),
        ('{"status": 404, "message": "The requested resource could not be found"}', Confidence.HIGH),
        ('{"code": 404, "msg": "文章不存在", "data": null}', Confidence.HIGH),
        ('{"success": false, "errors": [{"code": "NOT_FOUND", "detail": "No such article"}]}', Confidence.MEDIUM),
    ],
)  # fmt: skip
def test_an_answer_for_programs(answer: str, confidence: Confidence) -> None:
    seen = observed(answer, headers={"Content-Type": "application/json"})
    finding = verdict_on(seen)
    assert said(finding) == "dead/soft-404"
    assert confidence in (finding.confidence, Confidence.MEDIUM)


@pytest.mark.parametrize(
    "answer", ['{"title": "Not found", "tides": [1, 2, 3]}', '{"status": 200}', "[404]", "{"]
)
def test_data_is_no_error(answer: str) -> None:
    link = Link("https://press.example/data/tides.json")
    seen = observed(answer, link=link, headers={"Content-Type": "application/json"})
    assert said(verdict_on(seen, link=link)) == "ok/ok"


@pytest.mark.parametrize(
    "final",
    [
        "https://press.example/search?q=the+bell",
        "https://press.example/sitemap.html",
        "https://press.example/error?code=404",
        "https://press.example/de/seite-nicht-gefunden",
    ],
)
def test_a_redirect_to_where_no_work_is(final: str) -> None:
    seen = observed(
        page("Gazette", "Words on the harbour. " * 30), final=final, hops=(Hop(URL, 302),)
    )
    assert said(verdict_on(seen)) == "dead/soft-404"


GENUINE = {
    "a route": (small("Route 404", "<h1>404</h1><p>Harbour – Station – Hospital</p>"), "https://bus.example/routes/404"),
    "a status code": (small("404 Not Found - Web reference", f"<h1>404 Not Found</h1><p>{STORY}</p>"), "https://docs.example/status/404"),
    "a question": (small("File not found error - Q&A", '<h1>File not found error</h1><p>I get "File not found." in the browser. The requested URL was not found on this server.</p>'), "https://qa.example/1/file-error"),
    "a table of codes": (small("Codes", "<h1>Codes</h1><table><tr><td>400</td><td>Bad request</td></tr><tr><td>404</td><td>Not found</td></tr></table>"), "https://docs.example/codes"),
    "a dictionary": (small("not found - Dictionary", "<h1>not found</h1><p>adjective: that could not be located</p>"), "https://dict.example/w/not-found"),
    "poems": (small("Nicht gefunden: Gedichte", "<h1>Nicht gefunden: Gedichte</h1><p>Ein Band Gedichte.</p>"), "https://books.example/t/1"),
    "a study": (small("404 Not Found: a study of dead links", "<h1>404 Not Found: a study of dead links</h1><p>Half the links are dead.</p>"), "https://law.example/p/17"),
    "an article": (page("Statue has been removed from the square", "The statue is no longer there. " + STORY), "https://press.example/n/statue"),
    "a stub": (small("Nether Wallop Mill", "<h1>Nether Wallop Mill</h1><p>Water mill. Built 1741.</p>", '<meta name="robots" content="noindex">'), "https://gaz.example/p/1"),
    "a search that is cited": (small("Search", "<h1>Search</h1><p>No results found.</p>"), "https://press.example/search?q=bell"),
}  # fmt: skip


@pytest.mark.parametrize("name", GENUINE)
def test_a_genuine_page_is_not_dead(name: str) -> None:
    markup, url = GENUINE[name]
    link = Link(url)
    assert said(verdict_on(observed(markup, link=link), link=link)).startswith("ok/")


def test_the_cited_title_clears_any_page() -> None:
    link = cited(
        "https://essays.example/p/1", "The page you were looking for does not exist: notes"
    )
    markup = page("The page you were looking for does not exist: notes", STORY)
    assert said(verdict_on(observed(markup, link=link), link=link)) == "ok/ok"


@pytest.mark.parametrize(
    "part", ["<body class='error", "window.__NUXT__=", '"page":"/404"', "<div id='messagetext' ", "<td class='x "]
)  # fmt: skip
def test_crafted_markup_takes_no_time(part: str) -> None:
    began = time.process_time()
    shell_in(part * 30_000)
    unwritten_in(part * 30_000)
    assert time.process_time() - began < 3

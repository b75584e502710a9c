"""Copies in archives judged by the rules for live pages."""

from __future__ import annotations

import asyncio
from contextlib import closing
from datetime import UTC, datetime

import pytest

from citecheck.archives.shown import DOUBTS, WORDS, Fit, Shown
from citecheck.copy_judge import CopyJudge
from citecheck.records.exchange import Exchange
from citecheck.records.link import Expected, Link
from citecheck.records.reference import Quote
from citecheck.settings import Settings
from citecheck.text.shingles import shingle_hashes, to_hex, tokens
from citecheck.web.clock import SystemClock

URL = "https://journal.example.org/2019/the-table-of-the-board"
TITLE = "How the Harbour Board Printed its Tables of Tides"
STORY = " ".join(f"In the year {n} the board printed its table of tides twice." for n in range(60))
GOOD = f"<h1>{TITLE}</h1><p>{STORY}</p>"


def page(body: str, title: str = TITLE, *, head: str = "", status: int = 200) -> Exchange:
    content = f"<!doctype html><html><head><title>{title}</title>{head}</head><body>{body}</body>"
    return Exchange(
        method="GET",
        url=URL,
        at=datetime(2026, 11, 22, tzinfo=UTC),
        request_headers=(),
        status=status,
        reason="",
        headers=((b"content-type", b"text/html; charset=utf-8"),),
        raw=content.encode(),
        content=content.encode(),
    )


def quote_of(words: str) -> Quote:
    found = tokens(words)
    return Quote(len(found), tuple(to_hex(h) for h in shingle_hashes(found)))


def judged(copy: Exchange, *quotes: Quote) -> Shown:
    link = Link(URL, expected=(Expected("r", title=TITLE, quotes=quotes),))

    async def judge() -> Shown:
        with closing(CopyJudge(Settings(), SystemClock())) as judging:
            return await judging(link, copy)

    return asyncio.run(judge())


def test_the_page_itself() -> None:
    assert judged(page(GOOD)) == Shown(Fit.GOOD)


@pytest.mark.parametrize(
    ("copy", "why"),
    [
        (page("<h1>Page not found</h1><p>The page you requested could not be found.</p>",
              "404 Not Found"), "error-page"),
        (page("gone", "Gone", status=404), "error-page"),
        (page("<h1>Service Unavailable</h1>", "503", status=503), "error-page"),
        (page(GOOD, status=404), "error-page"),
        (page(GOOD, status=500), "error-page"),
        (page("<p>You are not allowed to see this.</p>", "Forbidden", status=403), "wall"),
        (page("", "x", status=302), "redirect"),
        (page("<p>Moved</p>", head='<meta http-equiv="refresh" content="0;url=/">'), "redirect"),
        (page("<h1>Checking your browser before accessing journal.example.org</h1>"
              "<div id='cf-challenge-running'></div><p>Just a moment...</p>"
              "<script src='/cdn-cgi/challenge-platform/h/b/orchestrate/jsch/v1'></script>",
              "Just a moment...", status=403), "wall"),
        (page("<h1>journal.example.org</h1><p>This domain is for sale. Buy this domain.</p>"
              "<a href='https://sedo.com/search'>Sedo</a>",
              "journal.example.org is for sale"), "parked"),
    ],
    ids=["soft 404", "404", "503", "404 in full", "500 in full", "403", "302", "refresh",
         "challenge", "parked"],
)  # fmt: skip
def test_what_stands_in_its_place(copy: Exchange, why: str) -> None:
    shown = judged(copy)
    assert (shown.fit, shown.why) == (Fit.UNFIT, why)
    assert why in WORDS


def test_quoted_words() -> None:
    there = quote_of("In the year 7 the board printed its table of tides twice")
    gone = quote_of("Nobody had ever seen such a table of the moon before that winter")
    assert judged(page(GOOD), there) == Shown(Fit.GOOD)
    assert judged(page(GOOD), gone) == Shown(Fit.POOR, "quotes-missing")
    assert judged(page(GOOD), there, gone) == Shown(Fit.GOOD)
    assert "quotes-missing" in DOUBTS


def test_another_work_and_one_without_a_word_of_the_title() -> None:
    sheep = " ".join(f"Sheep number {n} won a prize for its wool." for n in range(60))
    other = page(f"<h1>Sheep Fair of the Northern Hills</h1><p>{sheep}</p>", "Sheep Fair")
    assert judged(other) == Shown(Fit.UNFIT, "other-work")
    untitled = page(f"<p>{sheep}</p>", "")
    assert judged(untitled) == Shown(Fit.POOR, "title-missing"), "enough to look for a better one"
    quoted = quote_of("Sheep number 7 won a prize for its wool")
    assert judged(untitled, quoted) == Shown(Fit.GOOD)
    assert "title-missing" in DOUBTS


def test_a_redirect_to_another_spelling_of_itself_is_none() -> None:
    head = f'<meta http-equiv="refresh" content="0;url={URL}?utm_source=x">'
    assert judged(page(GOOD, head=head)).fit is Fit.GOOD

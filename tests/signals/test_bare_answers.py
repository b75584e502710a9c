# ruff: noqa: E501 - answers are read best on one line
"""Answers with status 200 that are one line of a server: nothing there, or an error of its own."""

from __future__ import annotations

from datetime import timedelta

import pytest

from citecheck.records.memory import Memory
from standins.clock import START
from standins.judged import STORY, cited, observed, page, said, verdict_on, visited

PLAIN = {"Content-Type": "text/plain"}
JSON = {"Content-Type": "application/json"}
NOTHING = (
    "Not Found", "Not found.", "404", "404 page not found", "File not found.", "No input file specified.",
    "Cannot GET /2019/03/14/the-bell", "default backend - 404", "Object not found!", "Nicht gefunden", "页面不存在",
    "The requested URL /2019/x was not found on this server.",
)  # fmt: skip


@pytest.mark.parametrize("text", NOTHING)
@pytest.mark.parametrize("title", ["", "The Tide Machines of Brest"])
def test_a_line_that_says_so_is_a_page_not_found(text: str, title: str) -> None:
    link = cited(title=title)
    for markup, headers in (
        (text, PLAIN),
        (text, {}),
        (f"<html><head></head><body><p>{text}</p></body></html>", {}),
    ):
        seen = observed(markup, link=link, headers=headers)
        assert said(verdict_on(seen, link=link)) == "dead/soft-404", markup


@pytest.mark.parametrize("headers", [JSON, {}])
@pytest.mark.parametrize(
    "text",
    ['{"error":"Not Found","status":404}', '{"code":404,"message":"resource not found"}'],
)
def test_an_answer_for_programs_is_one_whatever_its_type(
    text: str, headers: dict[str, str]
) -> None:
    assert said(verdict_on(observed(text, headers=headers))) == "dead/soft-404"


def test_texts_that_are_the_work_are_well() -> None:
    poem = cited(title="Not Found")
    seen = observed(page("Not Found", "I looked for you in the grass."), link=poem)
    assert verdict_on(seen, link=poem).state == "ok"
    counter = cited("https://press.example/data/visits.txt", title="")
    assert verdict_on(observed("404", link=counter, headers=PLAIN), link=counter).state == "ok"
    said_so = cited("https://press.example/a/error-404.txt", title="")
    seen = observed("404 page not found", link=said_so, headers=PLAIN)
    assert verdict_on(seen, link=said_so).state == "ok"


BROKEN = (
    ("", "Error establishing a database connection"),
    ("", "<b>Fatal error</b>: Uncaught Error: Call to undefined function f() in /var/db.php:12 Stack trace: #0 {main} thrown in /var/db.php on line 12"),
    ("", "<b>Warning</b>: mysqli_connect(): (HY000/2002): Connection refused in /var/inc.php on line 8"),
    ("503 Service Temporarily Unavailable", "<h1>503 Service Temporarily Unavailable</h1><hr>nginx"),
    ("502 Bad Gateway", "<h1>502 Bad Gateway</h1><hr>nginx/1.18.0"),
    ("500 Internal Server Error", "<h1>Internal Server Error</h1><p>The server encountered an internal error and was unable to complete your request. Please contact the server administrator.</p>"),
    ("Application error", "<h1>Application error</h1><p>An error occurred in the application and your page could not be served.</p>"),
    ("", "upstream connect error or disconnect/reset before headers"),
    ("", '{"error":"Internal Server Error","status":500}'),
    ("Erreur 500", "<h1>Erreur interne du serveur</h1>"),
    ("", "服务器内部错误"),
)  # fmt: skip


@pytest.mark.parametrize(("title", "body"), BROKEN)
def test_an_error_of_the_server_is_no_page_and_no_baseline(title: str, body: str) -> None:
    markup = f"<title>{title}</title>{body}" if title else body
    link = cited(title="")
    memory = visited(Memory(), observed(page(text=STORY * 2), link=link), link=link)[1]
    broken = observed(markup, link=link, at=START + timedelta(days=1))
    finding, after = visited(memory, broken, link=link)
    assert (said(finding), finding.strike) == ("unreachable/http-5xx", True)
    assert after.record is not None and memory.record is not None
    assert after.record.baseline == memory.record.baseline
    first = visited(Memory(), observed(markup, link=link), link=link)[1]
    assert first.record is None or first.record.baseline is None


@pytest.mark.parametrize(
    ("url", "title", "text"),
    [
        ("https://docs.example/status/502", "502 Bad Gateway", "A server that stands before another got no answer."),
        ("https://docs.example/a/77", "502 Bad Gateway", "The 502 status says that a server acting as a gateway got an invalid response from the next one, be it for want of time or of sense."),
        ("https://help.example/kb/12", "Error establishing a database connection", "If you see these words, look whether the database server runs, and whether its password in the configuration is the right one."),
        ("https://news.example/a/1", "Service unavailable: banks go dark for an hour", "Customers could not pay."),
        ("https://press.example/a/b", "The bell", STORY + "It said <i>Fatal error: Uncaught Error in /x.php on line 3</i>."),
    ],
)  # fmt: skip
def test_a_page_about_an_error_is_well(url: str, title: str, text: str) -> None:
    link = cited(url, title="")
    assert verdict_on(observed(page(title, text), link=link), link=link).state == "ok"


@pytest.mark.parametrize(
    "markup",
    [
        '<title>An Error Occurred: Not Found</title><h1>Oops! An Error Occurred</h1><h2>The server returned a "404 Not Found".</h2><p>Something is broken.</p>',
        "<h1>Whitelabel Error Page</h1><p>This application has no explicit mapping for /error.</p><div>There was an unexpected error (type=Not Found, status=404).</div>",
    ],
    ids=["Symfony", "Spring"],
)
def test_a_page_for_all_errors_tells_which_one_it_is(markup: str) -> None:
    assert said(verdict_on(observed(markup))) == "dead/soft-404"
    other = markup.replace("404 Not Found", "500 Internal Server Error")
    other = other.replace("type=Not Found, status=404", "type=Internal Server Error, status=500")
    other = other.replace(": Not Found", ": Internal Server Error")
    assert said(verdict_on(observed(other))) == "unreachable/http-5xx"


def test_a_part_of_a_page_that_has_nothing_to_show_says_nothing_of_the_page() -> None:
    link = cited("https://films.example/watch?v=1", title="")
    markup = (
        "<title>The bell of Ormsay - Films</title><h1>This video is unavailable.</h1>"
        "<h1>The bell of Ormsay</h1><p>A film on the bell.</p>"
    )
    assert verdict_on(observed(markup, link=link), link=link).state == "ok"
    alone = markup.replace("<h1>The bell of Ormsay</h1>", "").replace("The bell of Ormsay - ", "")
    assert said(verdict_on(observed(alone, link=link), link=link)) == "dead/soft-404"

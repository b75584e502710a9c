"""Pages that are nothing but a redirect by script."""

from __future__ import annotations

import time

import pytest

from citecheck.web.scripted import script_target
from standins.exchanges import answered
from standins.visits import table, visit

URL = "https://a.example/"


def target(markup: str, status: int = 200, kind: str = "text/html; charset=utf-8") -> str:
    return script_target(answered(URL, status, markup.encode(), {"Content-Type": kind}))


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ('window.location = "https://b.example/new";', "https://b.example/new"),
        ("location.href='/new'", "/new"),
        ("location='/new'", "/new"),
        ("window.location.replace( '/new' );", "/new"),
        ("top.location.assign('/new')", "/new"),
        ("self.location.href = '/new';", "/new"),
        ("parent.location='/new'", "/new"),
        ("document.location.href = '/new'; return false;", "/new"),
        ("window.top.location = '/new';", "/new"),
        ("<!-- hidden from old browsers\nwindow.location = '/new';\n//-->", "/new"),
        ("// location = '/old';\n/* location = '/older' */ location = '/new';", "/new"),
        ("window.onload = function () { window.location.href = '/new' };", "/new"),
        ("setTimeout(function(){ location.href = '/new'; }, 1000);", "/new"),
        ("setTimeout(\"location.href='/new'\", 0);", "/new"),
        (
            'location.href = "https:\\/\\/b.example\\/new?a=1\\u0026b=2";',
            "https://b.example/new?a=1&b=2",
        ),
        ("location = '/new'\nlocation = '/new'", "/new"),
        # not this: what decides, computes, waits, sets cookies or reloads
        ("location = '/new?from=' + document.title;", ""),
        ("location = '/new'\n  + query;", ""),
        ("location = target;", ""),
        ("location == '/new';", ""),
        ("if (top != self) top.location = '/new';", ""),
        ("location = navigator.language == 'de' ? '/de' : '/en';", ""),
        ("location = '/de'; location = '/en';", ""),
        ("document.cookie = 'seen=1'; location.href = '/new';", ""),
        ("document.cookie = 'seen=1'; location.reload();", ""),
        ("location.href = atob('L25ldw==');", ""),
        ("setTimeout(function(){ location.href = '/new'; }, 60000);", ""),
        ("location = `/new`;", ""),
        ("var s = \"location = '/new'\";", ""),
        ("my.location = '/new';", ""),
        ("relocation = '/new';", ""),
        ("location = '\\x0g';", ""),
        # how a parking service begins: that answer is the sign
        ('window.onload=function(){window.location.href="/lander"}', ""),
        ('window.location.href="/lander?x=1"', ""),
    ],
)
def test_what_a_script_says(code: str, expected: str) -> None:
    assert target(f"<html><head><script>{code}</script></head></html>") == expected


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<body onload=\"location.href='/new'\"></body>", "/new"),
        ("<body onload='go()'><script>function go() { location = '/new' }</script>", "/new"),
        (
            "<title>Redirecting</title><script>location = '/new'</script>"
            "<p>You are being redirected. <a href='/new'>Go on</a></p>",
            "/new",
        ),
        ("<script type='application/ld+json'>{}</script><script>location='/new'</script>", "/new"),
        ("<!-- <script>location = '/old'</script> --><script>location = '/new'</script>", "/new"),
        ("<!-- <script>location = '/old'</script> -->", ""),
        ("<script>location = '/new'</script><form><input name=q></form>", ""),
        ("<script>location = '/new'</script><iframe src='/x'></iframe>", ""),
        ("<script src='app.js'></script><script>location = '/new'</script>", ""),
        ("<script>location = '/new'</script>" + "<p>There is a text to be read. </p>" * 20, ""),
        ("<script>location = '/new'</script>" + " " * 20_000, ""),
        ("<script>location = '/new'", "/new"),
        ("<p>window.location = '/new'</p>", ""),
    ],
)
def test_what_a_page_must_be(markup: str, expected: str) -> None:
    assert target(markup) == expected


def test_only_pages() -> None:
    page = "<script>location = '/new'</script>"
    assert target(page, 404) == ""
    assert target(page, 200, "text/plain") == ""
    assert script_target(answered(URL, 200, b"\xff\xfe<script>location='/\xff'</script>", {}))


@pytest.mark.parametrize(
    "piece",
    ["<!--", "<script>", "<script ", "/*", "'", '"', "window.", "window . ", "location=", "<body ",
     "location.replace(", "\\", "setTimeout('location", "§1§", "location\t"],
)  # fmt: skip
def test_no_page_takes_long(piece: str) -> None:
    hostile = piece * (16_000 // len(piece))
    began = time.process_time()
    for markup in (hostile, f"<script>{hostile[:4000]}location='/x'", f"<body onload='{hostile}"):
        target(markup)
        target(f"{markup} location")
    assert time.process_time() - began < 1.0


def test_it_is_a_hop_within_the_bounds_of_all() -> None:
    there = "https://b.example/new"
    page = answered(URL, 200, b"<script>location = '//b.example/new'</script>", {})
    story = visit(URL + "#part", table({URL: page, there: answered(there, 200, b"<p>Here</p>")}))
    assert [(h.url, h.status, h.how) for h in story.end.hops] == [(URL + "#part", 200, "script")]
    assert story.end.final_url == there + "#part"
    again = answered(there, 200, b"<script>location = 'https://a.example/'</script>", {})
    assert visit(URL, table({URL: page, there: again})).status == "too-many-redirects"


@pytest.mark.parametrize("bad", ["javascript:alert(1)", "mailto:a@b.example", "http://[::1", "/"])
def test_what_no_redirect_could_mean_leaves_the_page(bad: str) -> None:
    page = answered(URL, 200, f"<script>location = '{bad}'</script>".encode(), {})
    story = visit(URL, table({URL: page}))
    assert (story.status, story.urls, story.end.hops) == (200, [URL], ())

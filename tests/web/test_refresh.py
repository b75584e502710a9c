"""Redirects written in a page."""

from __future__ import annotations

import time

import pytest

from citecheck.web.refresh import refresh_target
from standins.exchanges import answered

URL = "https://a.example/"


def target(markup: str, status: int = 200, kind: str = "text/html; charset=utf-8") -> str:
    return refresh_target(answered(URL, status, markup.encode(), {"Content-Type": kind}))


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ('<meta http-equiv="refresh" content="0;url=/new">', "/new"),
        ("<META content='5; URL=http://b.example/' HTTP-EQUIV=Refresh>", "http://b.example/"),
        ('<meta http-equiv=refresh content="0; url=&quot;/q?a=1&amp;b=2&quot;">', "/q?a=1&b=2"),
        ('<meta http-equiv=refresh content="0.5, /bare">', "/bare"),
        ('<meta http-equiv=refresh content="6;url=/late">', ""),
        ('<meta http-equiv=refresh content="3">', ""),
        ('<meta http-equiv=refresh content="url=/x">', ""),
        ('<meta name=refresh content="0;url=/x">', ""),
        ('<!-- <meta http-equiv=refresh content="0;url=/x"> -->', ""),
        ('<noscript><meta http-equiv=refresh content="0;url=/x"></noscript>', ""),
        ("<script>'<meta http-equiv=refresh content=\"0;url=/x\">'</script>", ""),
        ('<!-- open <meta http-equiv=refresh content="0;url=/x">', ""),
        ('<template><meta http-equiv=refresh content="0;url=/x"></template>', ""),
        ('<title><meta http-equiv=refresh content="0;url=/x"></title>', ""),
        ("<script>'<!--'</script><meta http-equiv=refresh content='0;url=/x'/>", "/x"),
        ("<meta charset=utf-8><p>a < b</p><meta http-equiv=refresh content='0;url=/x'>", "/x"),
        ("<meta http-equiv=refresh content=9;/late><meta http-equiv=refresh content=0;/x>", ""),
        ('refresh <meta http-equiv="refresh" content="0;url=/never-ends', ""),
    ],
)
def test_meta(markup: str, expected: str) -> None:
    assert target(markup) == expected


def test_only_in_pages_that_are_well() -> None:
    meta = '<meta http-equiv="refresh" content="0;url=/new">'
    assert target(meta, status=404) == ""
    assert target(meta, kind="text/plain") == ""


def test_header() -> None:
    assert refresh_target(answered(URL, 200, b"", {"Refresh": "0; url=/new"})) == "/new"
    assert refresh_target(answered(URL, 200, b"", {"Refresh": "30"})) == ""


@pytest.mark.parametrize(
    "part",
    [
        "<!--",
        "<meta ",
        "<script>",
        "<meta a=",
        "<noscript>x",
        "refresh;",
        "<",
        "<meta>",
        "</",
        "&#",
    ],
)
def test_rubbish_is_read_in_no_time(part: str) -> None:
    began = time.process_time()
    target('<meta http-equiv="refresh"' + part * 20000)
    assert time.process_time() - began < 5

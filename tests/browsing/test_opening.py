"""From what a browser shows to an exchange like any other."""

from __future__ import annotations

import pytest

from citecheck.browsing.flags import launch_flags
from citecheck.browsing.opening import exchange_of, hops_of
from citecheck.browsing.shown import Shown
from citecheck.browsing.watch import Answered
from citecheck.records.observation import Hop
from standins.clock import START

CITED = "https://site.example/a"


def answered(url: str, status: int = 200, *headers: tuple[str, str]) -> Answered:
    return Answered(url, status, "", headers)


def test_the_document_stands_where_the_body_would() -> None:
    shown = Shown(CITED, "text/html", False, "<html>Grüße</html>", False)
    end = answered(
        f"{CITED}#part",
        200,
        ("server", "nginx"),
        ("content-type", "text/html; charset=latin-1"),
        ("content-encoding", "br"),
        ("content-length", "12"),
        ("etag", '"x"'),
        ("last-modified", "yesterday"),
        ("set-cookie", "secret=1"),
    )
    made = exchange_of(end, shown, at=START, elapsed=1.2345, address="192.0.2.1", most=1000)
    assert (made.url, made.status, made.elapsed) == (CITED, 200, 1.234)
    assert made.headers == (
        (b"content-type", b"text/html; charset=utf-8"),
        (b"server", b"nginx"),
    ), "nothing that belongs to the bytes on the wire, nothing secret"
    assert made.content == "<html>Grüße</html>".encode()
    assert made.truncated == ""


@pytest.mark.parametrize(("markup", "cut"), [("x" * 20, False), ("x" * 5, True)])
def test_a_document_beyond_the_limit_is_cut(markup: str, cut: bool) -> None:
    shown = Shown(CITED, "text/html", False, markup, cut)
    made = exchange_of(answered(CITED), shown, at=START, elapsed=0, address="", most=10)
    assert len(made.content) <= 10
    assert made.truncated == "length"


def test_the_way_is_told_by_status_or_as_the_pages_own() -> None:
    way = [answered(CITED, 301), answered("https://site.example/b")]
    end = answered("https://site.example/c")
    assert hops_of(CITED, way, end) == (
        Hop(CITED, 301, "http"),
        Hop("https://site.example/b", 200, "script"),
    )


def test_a_way_that_comes_back_is_no_redirect() -> None:
    """A challenge elsewhere, a cookie and a reload: the page is where it is cited."""
    way = [answered(CITED, 403), answered("https://wall.example/test"), answered(CITED, 302)]
    assert hops_of(f"{CITED}#part", way, answered(CITED)) == ()
    reloaded = [answered(CITED, 503), answered(CITED, 302)]
    there = answered("https://site.example/b")
    assert hops_of(CITED, reloaded, there) == (Hop(CITED, 302, "http"),)


def test_nothing_makes_the_browser_look_like_a_person() -> None:
    said = " ".join(launch_flags(1234))
    for disguise in ("AutomationControlled", "user-agent", "ignore-certificate", "web-security"):
        assert disguise not in said
    assert "--proxy-server=http://127.0.0.1:1234" in said
    assert "--proxy-bypass-list=<-loopback>" in said

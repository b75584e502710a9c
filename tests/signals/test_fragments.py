"""Places in pages: found, missing, or not to be told."""

from __future__ import annotations

import time

import pytest

from citecheck.signals.fragments import fragment_found
from citecheck.signals.page import read_page
from standins.exchanges import answered

URL = "https://a.example/page"
WORDS = "The harbour board of Ormsay hung a bell on the old pier and tied a rope to it. " * 4
APP = '<script src="/app.js"></script>'


def found(markup: str, fragment: str) -> bool | None:
    kind = {"Content-Type": "text/html; charset=utf-8"}
    return fragment_found(read_page(answered(URL, 200, markup.encode(), kind)), fragment)


def page(body: str, head: str = "") -> str:
    return f"<html><head><title>Bells</title>{head}</head><body><p>{WORDS}</p>{body}</body></html>"


@pytest.mark.parametrize(
    ("body", "fragment"),
    [
        ('<h2 id="part-2">Two</h2>', "part-2"),
        ('<a name="old"></a>', "old"),
        ('<h2 id="Über uns">x</h2>', "%C3%9Cber%20uns"),
        ('<h2 id="%C3%9Cber">x</h2>', "%C3%9Cber"),
        ('<h2 id="Part-2">x</h2>', "part-2"),
        ('<h2 id="user-content-install">x</h2>', "install"),
        ('<h2 id="user-content-%E5%AE%89%E8%A3%85">x</h2>', "user-content-%E5%AE%89%E8%A3%85"),
        ('<span id="История_города">x</span>', "История города"),
        ('<span id="Пи">x</span>', ".D0.9F.D0.B8"),
        ('<span id=".D0.9F.D0.B8">x</span>', ".D0.9F.D0.B8"),
        ('<sup id="cite_ref-4">4</sup>', "cite_ref-4"),
        ('<svg><g id="legend"/></svg>', "legend"),
        ("<p id=plain>x</p>", "plain"),
        ("", "top"),
        ("", "TOP"),
    ],
)
def test_places_that_are_there(body: str, fragment: str) -> None:
    assert found(page(body), fragment) is True


@pytest.mark.parametrize(
    ("body", "fragment"),
    [
        ('<h2 id="part-2">Two</h2>', "part-3"),
        ("", "part-2"),
        ('<h2 id="part-2">Two</h2>' + APP, "annex"),
        ('<p id="a1">x</p><a href="#a2">x</a>', "a2"),
        ('<p id="a1">x</p>' + APP, "cite_note-99"),
    ],
)
def test_places_that_are_missing(body: str, fragment: str) -> None:
    assert found(page(body), fragment) is False


@pytest.mark.parametrize(
    ("body", "fragment"),
    [
        ('<h2 id="a">x</h2>', ""),
        ('<h2 id="a">x</h2>', "!route"),
        ('<h2 id="a">x</h2>', "/route/1"),
        ('<h2 id="a">x</h2>', "page/12/mode/2up"),
        ('<h2 id="a">x</h2>', "page=3"),
        ('<h2 id="a">x</h2>', "t=90"),
        ('<h2 id="a">x</h2>', "v=onepage&q=bell"),
        ('<h2 id="a">x</h2>' + APP, "L10-L20"),
        ('<h2 id="a">x</h2>' + APP, "issuecomment-123456"),
        ('<h2 id="a">x</h2>' + APP, "comment-77"),
        ('<h2 id="a">x</h2>' + APP, "discussion_r1234"),
        ('<h2 id="a">x</h2>' + APP, ":~:selector(type=CssSelector,value=x)"),
        ('<div id="root"><h2 id="a">x</h2></div>' + APP, "annex"),
        ('<div id="page"><div id="wrap">x</div></div>' + APP, "annex"),
        ("<h2>Annex</h2>" + APP, "annex"),
        ('<h2 id="a">x</h2><a href="#annex">Annex</a>' + APP, "annex"),
        ('<h2 id="a">x</h2><script>toc = {"id": "annex"}</script>', "annex"),
    ],
)
def test_places_that_cannot_be_told(body: str, fragment: str) -> None:
    assert found(page(body), fragment) is None


def test_a_shell_and_a_file_tell_nothing() -> None:
    shell = "<html><body><noscript>x</noscript><p id=a>Loading</p>" + APP
    assert found(shell, "annex") is None
    assert found(shell, ":~:text=the%20bell") is None
    pdf = answered(URL, 200, b"%PDF-1.7", {"Content-Type": "application/pdf"})
    assert fragment_found(read_page(pdf), "page=3") is None
    assert fragment_found(read_page(pdf), "annex") is None
    deep = page("<div>" * 600 + '<h2 id="a">x</h2>')
    assert found(deep, "annex") is None


PASSAGE = (
    "<p>In the <i>winter</i> of 1903, the harbour&nbsp;board — all nine — hung a <b>b</b>ell; "
    "“nobody asked”, the minutes say, who’d pay.</p><p>It cost £4 10s.</p>"
)


@pytest.mark.parametrize(
    ("directive", "expected"),
    [
        ("text=winter", True),
        ("text=hung%20a%20bell", True),
        ("text=nobody%20asked%E2%80%9D%2C%20the%20minutes", True),
        ("text=NOBODY%20ASKED", True),
        ("text=who%27d%20pay.%20It%20cost", True),
        ("text=In%20the%20winter,minutes%20say", True),
        ("text=harbour%20board-,all%20nine,-hung", True),
        ("text=minutes-,say,pay,-It%20cost", True),
        ("text=no%20such%20words&text=winter", True),
        ("text=the%20harbour%20board%20hung", False),
        ("text=minutes%20say,In%20the%20winter%20of%201903", False),
        ("text=board-,winter,-hung", False),
        ("text=no%20such%20words", False),
        ("text=no%20such%20words&text=nor%20these", False),
        ("text=", None),
        ("text=,", None),
        ("text=a,b,c,d,e", None),
    ],
)
def test_passages(directive: str, expected: bool | None) -> None:
    assert found(page(PASSAGE), f":~:{directive}") is expected


def test_a_passage_whose_surroundings_were_edited_is_there() -> None:
    assert found(page(PASSAGE), ":~:text=lost-,hung%20a%20bell%3B%20nobody%20asked,-gone") is True


def test_a_passage_of_another_script() -> None:
    text = page("<p>港務局は<b>1903年</b>の冬に鐘を吊るした。</p>")
    assert found(text, ":~:text=1903%E5%B9%B4%E3%81%AE%E5%86%AC%E3%81%AB%E9%90%98") is True
    assert found(text, ":~:text=%E5%A4%8F%E3%81%AB%E9%90%98") is False


def test_a_place_and_a_passage() -> None:
    body = page('<h2 id="a">x</h2>' + PASSAGE)
    assert found(body, "a:~:text=winter") is True
    assert found(body, "a:~:text=summer") is False
    assert found(body, "a:~:text=") is True


def test_what_scripts_hold_may_be_shown() -> None:
    data = '<script>data = {"body": "A summer without bells"}</script>'
    assert found(page(data), ":~:text=summer%20without%20bells") is None
    assert found(page(data), ":~:text=spring%20without%20bells") is False


@pytest.mark.parametrize(
    "fragment",
    [
        *("a" * 2000, ".D0" * 600, "%FF" * 600, ":~:" + "text=a-,b,c,-d&" * 100, "\ud800"),
        *("(" * 900, "a:~:b:~:text=x", ":~:text=" + "%2C," * 400, ":~:text=\ud800"),
    ],
)
def test_hostile_fragments(fragment: str) -> None:
    body = page("aaaa-" * 20_000 + '<h2 id="b">x</h2>' + APP)
    began = time.process_time()
    found(body, fragment)
    assert time.process_time() - began < 2.0

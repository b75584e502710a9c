"""Copies fetched as they were archived: what is the page's, what is the archive's own."""

from __future__ import annotations

import asyncio
import gzip
from datetime import UTC, datetime

import pytest

from citecheck.archives.pace import Pace, Traffic
from citecheck.archives.replay import Memento, Mementos, Unplayed, Why, wayback_raw
from citecheck.demo.archive import Capture, Reply
from citecheck.settings import Settings
from citecheck.web.build import open_client
from citecheck.web.clock import SystemClock
from standins.archive import BLOCKED, BUSY, OFFLINE, Direct, FaultyArchive, Refusal, Silence, serve
from standins.clock import FakeClock

URL = "https://journal.example.org/article?a=1"
BASE = "https://web.archive.org"
PAGE = b"<!doctype html><title>The page</title><p>As it was.</p>"
STAMP = "20190310080000"
AT = datetime(2019, 3, 10, 8, tzinfo=UTC)
DATED = ("Memento-Datetime", "Sun, 10 Mar 2019 08:00:00 GMT")
HTML = ("Content-Type", "text/html")


class Asking:
    """One archive and a clock; `fetch` asks it for a copy."""

    def __init__(self, *captures: Capture) -> None:
        self.clock = FakeClock()
        self.archive = FaultyArchive(captures, now=self.clock.now)

    def fetch(self, stamp: str = STAMP, url: str = URL) -> Memento | Unplayed:
        traffic = Traffic(self.clock, 600.0, lambda note: None)
        mementos = Mementos(
            Direct(self.archive, self.clock),
            wayback_raw(BASE),
            traffic,
            Pace(traffic, self.clock, 40, gap=1.5),
            self.clock,
        )
        return asyncio.run(mementos.fetch(stamp, url))

    def answer(self, *headers: tuple[str, str], status: int = 200, body: bytes = PAGE) -> None:
        """The next answer, whatever is asked for."""
        self.archive.fail("/web/", (status, headers, body), times=1)

    @property
    def asked(self) -> list[str]:
        return [request.path for request in self.archive.seen]


def got(found: Memento | Unplayed) -> Memento:
    assert isinstance(found, Memento), found
    return found


def why(found: Memento | Unplayed) -> Why:
    assert isinstance(found, Unplayed), found
    return found.why


def test_a_copy_is_asked_for_raw_and_put_back_as_it_was() -> None:
    asking = Asking(Capture(URL, STAMP, body=PAGE))
    copy = got(asking.fetch())
    (request,) = asking.archive.seen
    assert request.path == f"/web/{STAMP}id_/https://journal.example.org/article"
    assert request.headers["accept-encoding"] == "identity"
    assert (copy.taken, copy.stamp) == (AT, STAMP)
    assert (copy.page.url, copy.page.status, copy.page.content) == (URL, 200, PAGE)
    assert [k for k, _ in copy.page.headers] == [b"content-type"], "nothing of the archive's own"


def test_another_time_than_asked_for_is_told() -> None:
    asking = Asking(Capture(URL, "20160501000000", body=PAGE))
    copy = got(asking.fetch())
    assert copy.taken == datetime(2016, 5, 1, tzinfo=UTC)
    assert len(asking.asked) == 2


def test_archived_errors_are_copies_and_the_archives_own_are_not() -> None:
    asking = Asking()
    asking.answer(DATED, HTML, status=404, body=b"gone")
    assert got(asking.fetch()).page.status == 404
    asking.answer(DATED, HTML, status=503, body=b"then down")
    assert got(asking.fetch()).page.status == 503
    asking.answer(DATED, HTML, status=429, body=b"then busy")
    assert got(asking.fetch()).page.status == 429
    assert why(asking.fetch()) is Why.ABSENT
    asking.answer(HTML, status=200, body=b"<p>We are down for maintenance</p>")
    assert why(asking.fetch()) is Why.UNAVAILABLE


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (BUSY, Why.THROTTLED),
        (Refusal, Why.THROTTLED),
        (OFFLINE, Why.UNAVAILABLE),
        (Silence, Why.UNAVAILABLE),
        (BLOCKED, Why.EXCLUDED),
        ((403, (("X-Archive-Wayback-Runtime-Error", "RobotAccessControlException: x"),), b""),
         Why.EXCLUDED),
        ((404, (), b"<p>This URL has been excluded from the Wayback Machine.</p>"), Why.EXCLUDED),
        ((403, (), b"Forbidden"), Why.UNAVAILABLE),
    ],
    ids=["429", "refused", "503", "silence", "blocked", "robots", "excluded", "403"],
)  # fmt: skip
def test_an_archive_that_fails_says_nothing_of_the_copy(
    reply: Reply | type[Exception], expected: Why
) -> None:
    asking = Asking(Capture(URL, STAMP))
    asking.archive.fail("/web/", reply)
    assert why(asking.fetch()) is expected
    assert len(asking.asked) <= 2


def test_a_sporadic_503_and_a_busy_minute_are_got_over() -> None:
    for reply in (OFFLINE, BUSY, Refusal):
        asking = Asking(Capture(URL, STAMP, body=PAGE))
        asking.archive.fail("/web/", reply, times=1)
        assert got(asking.fetch()).page.content == PAGE


@pytest.mark.parametrize(
    "location",
    [
        "https://evil.example/web/20180101000000id_/{url}",
        "//evil.example/web/20180101000000id_/{url}",
        "/web/20180101000000id_/{url}",
        "http://web.archive.org/web/20180101000000/{url}",
        "/web/20180101000000id_/{encoded}",
    ],
)
def test_a_redirect_never_leaves_the_archive(location: str) -> None:
    asking = Asking(Capture(URL, "20180101000000", body=PAGE))
    encoded = URL.replace("?", "%3F").replace(":", "%3A")
    asking.answer(("Location", location.format(url=URL, encoded=encoded)), status=302, body=b"")
    copy = got(asking.fetch())
    assert copy.stamp == "20180101000000"
    assert asking.asked[1].startswith("/web/20180101000000id_/https://journal.example.org/")


@pytest.mark.parametrize("location", ["https://evil.example/", "", "/login", "/web/x/y", "\x00:"])
def test_a_redirect_to_no_copy_is_none(location: str) -> None:
    asking = Asking()
    asking.answer(("Location", location), status=302, body=b"")
    assert why(asking.fetch()) is Why.UNAVAILABLE
    assert len(asking.asked) == 1


def test_an_archived_redirect_to_the_twin_is_followed_and_any_other_is_shown() -> None:
    plainly = "http://www.journal.example.org/article?a=1"
    asking = Asking(Capture(URL, "20190310080002"))
    there = f"/web/20190310080002id_/{URL}"
    asking.answer(DATED, ("Location", there), status=301, body=b"")
    copy = got(asking.fetch(url=plainly))
    assert (copy.stamp, copy.page.url) == ("20190310080002", URL)
    itself = Asking(Capture(plainly, STAMP, 301, body=b"", location=URL))
    assert why(itself.fetch(url=plainly)) is Why.ABSENT, "nothing but a circle is there"
    asking = Asking(Capture(URL, STAMP, 302, body=b"", location="https://journal.example.org/"))
    copy = got(asking.fetch())
    assert (copy.page.status, copy.stamp, len(asking.asked)) == (302, STAMP, 1)


def test_a_circle_of_redirects_ends() -> None:
    asking = Asking()
    for turn in range(9):
        there = f"/web/2018010100000{turn % 2}id_/{URL}"
        asking.answer(("Location", there), status=302, body=b"")
    assert why(asking.fetch()) is Why.UNAVAILABLE
    assert len(asking.asked) <= 5


def test_headers_of_the_page_come_back_and_the_archives_stay_out() -> None:
    asking = Asking()
    asking.answer(
        DATED,
        HTML,
        ("Server", "nginx"),
        ("x-rl", "0"),
        ("X-Archive-Orig-Server", "Apache"),
        ("X-Archive-Orig-Content-Type", "text/html; charset=iso-8859-1"),
        ("X-Archive-Orig-Content-Encoding", "gzip"),
    )
    page = got(asking.fetch()).page
    assert page.header("server") == "Apache"
    assert page.header("content-type") == "text/html; charset=iso-8859-1"
    assert (page.header("content-encoding"), page.header("x-rl")) == ("", "")


@pytest.mark.parametrize("labels", [("", "gzip"), ("gzip", "gzip"), ("",), ()])
def test_gzip_that_is_labelled_twice_or_not_at_all(labels: tuple[str, ...]) -> None:
    """Over the real client, since it is there that bodies are decoded."""
    archive = FaultyArchive(now=lambda: AT)
    coded = tuple(("Content-Encoding", label) for label in labels)
    archive.fail("/web/", (200, (DATED, HTML, *coded), gzip.compress(PAGE)))

    async def fetch(base: str) -> Memento | Unplayed:
        clock = SystemClock()
        traffic = Traffic(clock, 30.0, lambda note: None)
        async with open_client(Settings(delay=0.0), clock=clock) as client:
            pace = Pace(traffic, clock, 40)
            mementos = Mementos(client, wayback_raw(base), traffic, pace, clock)
            return await mementos.fetch(STAMP, URL)

    with serve(archive) as base:
        assert got(asyncio.run(fetch(base))).page.content == PAGE


def test_a_drifting_redirect_is_followed_over_the_real_client() -> None:
    archive = FaultyArchive([Capture(URL, "20160501000000", body=PAGE)], now=lambda: AT)

    async def fetch(base: str) -> Memento | Unplayed:
        clock = SystemClock()
        traffic = Traffic(clock, 30.0, lambda note: None)
        async with open_client(Settings(delay=0.0), clock=clock) as client:
            mementos = Mementos(
                client, wayback_raw(base), traffic, Pace(traffic, clock, 40, gap=0.0), clock
            )
            return await mementos.fetch(STAMP, URL)

    with serve(archive) as base:
        assert got(asyncio.run(fetch(base))).stamp == "20160501000000"

"""Pages about cookies, validators for the end of a way, and detours by what is known of a site."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from citecheck.records.exchange import Exchange
from citecheck.records.observation import Fault, FaultKind
from citecheck.web.cookies import about_cookies, absent
from citecheck.web.ladder import Plan
from standins.clock import START
from standins.exchanges import answered
from standins.visits import Story, table, visit

ARTICLE = "https://journal.example/doi/10.5555/1"
ABSENT = "https://journal.example/action/cookieAbsent"
DOI = "https://doi.org/10.5555/1"


Rows = Mapping[str, Exchange | Fault | list[Exchange | Fault]]


def to(url: str, target: str, cookie: str = "") -> Exchange:
    return answered(
        url, 302, b"", {"Location": target} | ({"Set-Cookie": cookie} if cookie else {})
    )


def ok(url: str, text: bytes = b"<p>Here it is</p>", cookie: str = "") -> Exchange:
    return answered(url, 200, text, {"Content-Type": "text/html", "Set-Cookie": cookie})


def cookies(story: Story) -> list[str | None]:
    return [dict(ask.headers).get("Cookie") for ask in story.asks]


def hops(story: Story) -> list[tuple[str, int, str]]:
    return [(hop.url, hop.status, hop.how) for hop in story.end.hops]


def test_the_cited_address_is_asked_once_more_with_cookies() -> None:
    rows: Rows = {
        ARTICLE: [to(ARTICLE, ABSENT, cookie="MAID=7; Path=/"), ok(ARTICLE)],
        ABSENT: ok(ABSENT, b"<p>Cookies required</p>"),
    }
    story = visit(ARTICLE, table(rows))
    assert (story.status, story.end.final_url, hops(story)) == (200, ARTICLE, [])
    assert story.urls == [ARTICLE, ABSENT, ARTICLE]
    assert cookies(story) == [None, "MAID=7", "MAID=7"]
    assert [a.url for a in story.end.attempts] == [ABSENT, ARTICLE]


def test_behind_a_doi_the_way_is_taken_up_where_the_cookies_belong() -> None:
    rows: Rows = {
        DOI: to(DOI, ARTICLE),
        ARTICLE: [to(ARTICLE, ABSENT), ok(ARTICLE)],
        ABSENT: ok(ABSENT, b"<p>Cookies required</p>", cookie="MAID=7"),
    }
    story = visit(DOI, table(rows))
    assert story.urls == [DOI, ARTICLE, ABSENT, ARTICLE]
    assert cookies(story) == [None, None, None, "MAID=7"]
    assert (story.end.final_url, hops(story)) == (ARTICLE, [(DOI, 302, "http")])


def test_met_again_the_wall_is_the_end() -> None:
    rows: Rows = {
        ARTICLE: to(ARTICLE, ABSENT, cookie="MAID=7"),
        ABSENT: ok(ABSENT, b"<p>Cookies required</p>"),
    }
    story = visit(ARTICLE, table(rows))
    assert (story.status, story.end.final_url) == (200, ABSENT)
    assert story.urls == [ARTICLE, ABSENT, ARTICLE]
    assert hops(story) == [(ARTICLE, 302, "http")]


def test_without_cookies_nothing_is_asked_again() -> None:
    story = visit(ARTICLE, table({ARTICLE: to(ARTICLE, ABSENT), ABSENT: ok(ABSENT)}))
    assert (story.urls, story.end.final_url) == ([ARTICLE, ABSENT], ABSENT)


def test_a_cited_page_about_cookies_is_a_page() -> None:
    story = visit(ABSENT, table({ABSENT: ok(ABSENT, cookie="MAID=7")}))
    assert story.urls == [ABSENT]


def test_a_test_for_cookies_is_passed_as_a_redirect() -> None:
    tested = ARTICLE + "?cookieSet=1"

    def serve(url: str, count: int) -> Exchange:
        if url == tested:
            return to(url, ARTICLE)
        return ok(url) if count else to(url, tested, cookie="I2KBRCK=1; Path=/")

    story = visit(ARTICLE, serve)
    assert (story.status, story.urls) == (200, [ARTICLE, tested, ARTICLE])


def test_cookies_die_with_the_try() -> None:
    rows: Rows = {ARTICLE: answered(ARTICLE, 404, b"", {"Set-Cookie": "sid=1"})}
    assert cookies(visit(ARTICLE, table(rows))) == [None, None]


@pytest.mark.parametrize(
    ("url", "wall", "test"),
    [
        (ABSENT, True, True),
        ("https://a.example/cookieAbsent", True, True),
        ("https://a.example/error/cookies-required.html?back=%2Fx", True, True),
        ("https://a.example/cookies_not_supported", True, True),
        ("https://a.example/nocookies", True, True),
        ("https://a.example/x?cookieSet=1", False, True),
        ("https://a.example/x?a=1&cookiesAllowed=false", False, True),
        ("https://a.example/x?AspxAutoDetectCookieSupport=1", False, True),
        ("https://a.example/x?error=cookies_not_supported&code=1", False, True),
        ("https://a.example/recipes/cookies", False, False),
        ("https://a.example/cookie-policy", False, False),
        ("https://a.example/x?recipe=cookie", False, False),
        ("http://[", False, False),
    ],
)
def test_which_addresses_are_about_cookies(url: str, wall: bool, test: bool) -> None:
    assert (absent(url), about_cookies(url)) == (wall, test)


# validators belong to the address that gave them


CITED, FINAL = "https://a.example/old", "https://a.example/new"
TAG = (("If-None-Match", '"7"'),)


def conditional(story: Story) -> list[bool]:
    return ["If-None-Match" in dict(ask.headers) for ask in story.asks]


def test_validators_go_with_the_address_they_belong_to() -> None:
    plan = Plan(now=lambda: START, validators=TAG, validated=FINAL)
    story = visit(CITED, table({CITED: to(CITED, FINAL), FINAL: answered(FINAL, 304)}), plan)
    assert conditional(story) == [False, True]
    assert (story.end.not_modified, story.end.final_url, len(story.end.hops)) == (True, FINAL, 1)


def test_a_redirect_elsewhere_takes_no_validators() -> None:
    other = "https://a.example/other"
    plan = Plan(now=lambda: START, validators=TAG, validated=FINAL)
    story = visit(CITED, table({CITED: to(CITED, other), other: ok(other)}), plan)
    assert conditional(story) == [False, False]


def test_validators_are_sent_once() -> None:
    plan = Plan(now=lambda: START, validators=TAG)
    story = visit(CITED, table({CITED: [answered(CITED, 503), ok(CITED)]}), plan)
    assert conditional(story) == [True, False]
    story = visit(CITED, table({CITED: answered(CITED, 404)}), plan)
    assert conditional(story) == [True, False]


# quirks


HUB = "https://linkinghub.elsevier.com/retrieve/pii/S1931-3128(16)30153-6"
DIRECT = "https://www.sciencedirect.com/science/article/pii/S1931312816301536"
VIDEO = "https://www.youtube.com/watch?list=PL1&v=NlKuICiT470&t=9"
OEMBED = (
    "https://www.youtube.com/oembed?format=json"
    "&url=https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3DNlKuICiT470"
)
EMPTY = b"<html><head><title> - YouTube</title></head><body></body></html>"


@pytest.mark.parametrize("first", [ok(HUB, b"<script>go()</script>"), answered(HUB, 403)])
def test_elsevier_hub_that_shows_nothing(first: Exchange) -> None:
    story = visit(DOI, table({DOI: to(DOI, HUB), HUB: first, DIRECT: ok(DIRECT)}))
    assert story.urls == [DOI, HUB, DIRECT]
    assert hops(story)[-1] == (HUB, first.status, "quirk")
    assert (story.status, story.end.final_url) == (200, DIRECT)


def test_elsevier_hub_that_answers_needs_no_quirk() -> None:
    assert visit(HUB, table({HUB: ok(HUB, b"<p>words</p>" * 80)})).urls == [HUB]
    assert visit(HUB, table({HUB: answered(HUB, 404)})).urls == [HUB, HUB]
    plan = Plan(now=lambda: START, quirks=False)
    assert visit(HUB, table({HUB: answered(HUB, 403)}), plan).urls == [HUB]


@pytest.mark.parametrize("there", [Fault(FaultKind.TLS_FAILURE), answered(DIRECT, 404)])
def test_a_detour_that_leads_nowhere_leaves_the_first_answer(there: Exchange | Fault) -> None:
    story = visit(HUB, table({HUB: answered(HUB, 403), DIRECT: there}))
    assert (story.status, story.end.final_url, hops(story)) == (403, HUB, [])


@pytest.mark.parametrize(
    ("said", "end", "final", "asks"),
    [(404, 404, OEMBED, 4), (200, 200, OEMBED, 2), (401, 200, VIDEO, 2), (429, 200, VIDEO, 4)],
)
def test_a_video_is_asked_after_where_its_page_is_empty(
    said: int, end: int, final: str, asks: int
) -> None:
    story = visit(VIDEO, table({VIDEO: ok(VIDEO, EMPTY), OEMBED: answered(OEMBED, said)}))
    assert (story.status, story.end.final_url, len(story.asks)) == (end, final, asks)


def test_a_video_with_a_title_is_there() -> None:
    page = b"<title>How a tide bell is cast - YouTube</title>"
    assert visit(VIDEO, table({VIDEO: ok(VIDEO, page)})).urls == [VIDEO]
    channel = "https://www.youtube.com/@bells"
    assert visit(channel, table({channel: ok(channel, EMPTY)})).urls == [channel]

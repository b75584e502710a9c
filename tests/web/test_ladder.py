"""A visit, rung by rung, without network: what is asked, in which order, and how it ends."""

from __future__ import annotations

import pytest

from citecheck.records.exchange import Exchange
from citecheck.records.observation import Fault, FaultKind
from citecheck.web.ladder import Plan, Wait
from standins.clock import START
from standins.exchanges import answered
from standins.visits import table, visit

A, B, C = "https://a.example/", "https://b.example/new", "https://c.example/x"


def ok(url: str, text: bytes = b"<p>Here it is</p>") -> Exchange:
    return answered(url, 200, text, {"Content-Type": "text/html"})


def to(url: str, target: str, status: int = 301) -> Exchange:
    return answered(url, status, b"", {"Location": target})


def test_a_page_that_is_there_is_asked_once() -> None:
    story = visit(A, table({A: ok(A)}))
    assert (story.status, story.urls, story.waits, story.tries) == (200, [A], [], [200])


def test_redirects_are_recorded_and_carry_the_fragment() -> None:
    story = visit(
        A + "#part", table({A: to(A, "//b.example/new", 302), B: to(B, C, 308), C: ok(C)})
    )
    assert [(h.url, h.status, h.how) for h in story.end.hops] == [
        (A + "#part", 302, "http"),
        (B + "#part", 308, "http"),
    ]
    assert story.end.final_url == C + "#part"
    assert story.urls == [A, B, C]


def test_a_location_in_latin_1_travels_on_as_bytes() -> None:
    there = "https://a.example/caf%E9"
    odd = Exchange(
        "GET", A, START, (), 301, "", ((b"Location", b"/caf\xe9"),), raw=b"", content=b""
    )
    assert visit(A, table({A: odd, there: ok(there)})).end.final_url == there


def test_a_fragment_of_the_redirect_wins() -> None:
    story = visit(A + "#old", table({A: to(A, B + "#own"), B: ok(B)}))
    assert story.end.final_url == B + "#own"


def test_userinfo_is_never_sent_on() -> None:
    story = visit(
        "https://u:p@a.example/", table({A: to(A, "https://me:secret@b.example/new"), B: ok(B)})
    )
    assert story.urls == [A, B]


@pytest.mark.parametrize(
    ("target", "end"),
    [
        ("ftp://files.example/x", "unsupported-scheme"),
        ("javascript:alert(1)", "unsupported-scheme"),
        ("mailto:a@b.example", "unsupported-scheme"),
        ("http://facade.onion/", "unsupported-scheme"),
        ("https://web.archive.org/save/https://a.example/", "orders-saving"),
        ("https://archive.ph/submit/?url=https://a.example/", "orders-saving"),
        ("http://[::1", "protocol-error"),
        ("https://a b.example/", "protocol-error"),
        ("https://b.example/" + "x" * 9000, "protocol-error"),
    ],
)
def test_redirects_that_lead_astray(target: str, end: str) -> None:
    story = visit(A, table({A: to(A, target)}))
    assert (story.status, story.urls, len(story.end.hops)) == (end, [A], 1)


def test_a_page_that_would_have_an_archive_take_a_copy_is_an_end() -> None:
    text = b'<meta http-equiv="refresh" content="0; url=https://web.archive.org/save/https://a.example/">'
    story = visit(A, table({A: answered(A, 200, text, {"Content-Type": "text/html"})}))
    assert (story.status, story.urls, len(story.end.hops)) == (200, [A], 0)


def test_a_redirect_without_location_is_an_end() -> None:
    assert visit(A, table({A: answered(A, 302)})).status == 302


def test_no_part_of_a_password_is_told() -> None:
    end = visit("https://me:hunter/2@a.example/", table({})).end.end
    assert isinstance(end, Fault)
    assert "hunter" not in end.detail


def test_a_circle_ends_at_once() -> None:
    story = visit(A, table({A: to(A, B), B: to(B, A)}))
    assert (story.status, story.urls) == ("too-many-redirects", [A, B])


def test_a_circle_with_a_new_cookie_is_gone_round_once() -> None:
    def serve(url: str, count: int) -> Exchange:
        if count:
            return ok(url)
        return answered(url, 302, b"", {"Location": url, "Set-Cookie": "seen=1; Path=/"})

    story = visit(A, serve)
    assert story.status == 200
    assert [dict(a.headers).get("Cookie") for a in story.asks] == [None, "seen=1"]


def test_twenty_hops_and_no_more() -> None:
    def serve(url: str, _: int) -> Exchange:
        return to(url, f"{A}{int(url.rpartition('/')[2] or 0) + 1}")

    story = visit(A, serve)
    assert (story.status, len(story.asks)) == ("too-many-redirects", 21)


def test_a_refresh_in_the_page_is_a_hop() -> None:
    page = b'<html><head><meta http-equiv="Refresh" content="3; URL=\'/new\'"></head></html>'
    story = visit("https://b.example/", table({"https://b.example/": ok("", page), B: ok(B)}))
    assert [(h.status, h.how) for h in story.end.hops] == [(200, "meta")]
    assert story.end.final_url == B


def test_gone_is_confirmed_from_the_start_on_a_fresh_connection() -> None:
    story = visit(
        A,
        table({A: to(A, B), B: answered(B, 404)}),
        Plan(now=lambda: START, validators=(("If-None-Match", '"1"'),), link=A),
    )
    assert story.urls == [A, B, A, B]
    assert [a.fresh for a in story.asks] == [False, False, True, True]
    assert [a.headers for a in story.asks] == [(("If-None-Match", '"1"'),), (), (), ()]
    assert {a.link for a in story.asks} == {A}
    assert story.waits == [Wait(2.0, "confirm", "b.example")]
    assert (story.status, story.tries) == (404, [404, 404])


@pytest.mark.parametrize("second", [200, 403, 410])
def test_the_second_answer_wins(second: int) -> None:
    story = visit(A, table({A: [answered(A, 404), answered(A, second)]}))
    assert (story.status, story.tries) == (second, [404, second])


def test_gone_then_out_of_order_is_not_gone() -> None:
    story = visit(A, table({A: [answered(A, 410), answered(A, 500)]}))
    assert (story.status, story.tries) == (500, [410, 500, 500, 500])


def test_no_such_name_is_asked_twice() -> None:
    gone = Fault(FaultKind.DNS_NXDOMAIN, "no such name")
    story = visit(A, table({A: gone}))
    assert (story.tries, story.waits) == (
        ["dns-nxdomain"] * 2,
        [Wait(5.0, "nxdomain", "a.example")],
    )
    assert visit(A, table({A: [gone, ok(A)]})).status == 200


def test_passing_trouble_is_asked_again_with_growing_pauses() -> None:
    story = visit(A, table({A: [answered(A, 503), Fault(FaultKind.CONNECTION_RESET), ok(A)]}))
    assert (story.status, story.tries) == (200, [503, "connection-reset", 200])
    assert [w.seconds for w in story.waits] == [1.0, 2.0]


def test_retry_after_is_waited_for_up_to_the_limit() -> None:
    slow = answered(A, 429, b"", {"Retry-After": "30"})
    assert [w.seconds for w in visit(A, table({A: [slow, ok(A)]})).waits] == [30.0]
    never = answered(A, 429, b"", {"Retry-After": "1000000000"})
    story = visit(A, table({A: never}))
    assert (story.status, story.urls, story.waits) == (429, [A], [])


def test_429_for_ever_is_three_requests() -> None:
    story = visit(A, table({A: answered(A, 429, b"", {"Retry-After": "1"})}))
    assert (story.status, len(story.asks)) == (429, 3)


def test_a_repeat_that_the_host_refuses_leaves_the_answer() -> None:
    story = visit(A, table({A: [answered(A, 429), Fault(FaultKind.RATE_LIMITED)]}))
    assert (story.status, story.tries) == (429, [429, 429])


@pytest.mark.parametrize(
    ("kind", "asks"),
    [
        (FaultKind.CONNECT_TIMEOUT, 2),
        (FaultKind.READ_TIMEOUT, 2),
        (FaultKind.DNS_FAILURE, 3),
        (FaultKind.CONNECTION_REFUSED, 3),
        (FaultKind.TLS_EXPIRED, 1),
        (FaultKind.PRIVATE_ADDRESS, 1),
        (FaultKind.PROTOCOL_ERROR, 1),
        (FaultKind.ROBOTS, 1),
    ],
)
def test_which_faults_are_worth_a_repeat(kind: FaultKind, asks: int) -> None:
    story = visit(A, table({A: Fault(kind)}))
    assert (story.status, len(story.asks)) == (kind.value, asks)


def test_a_page_cut_off_is_asked_again_and_then_incomplete() -> None:
    cut = answered(A, 200, b"<p>only", {}, truncated="disconnect")
    story = visit(A, table({A: cut}))
    assert (story.status, story.tries) == ("incomplete", ["incomplete"] * 3)
    assert story.end.partial == cut
    assert visit(A, table({A: [cut, ok(A)]})).status == 200


def test_a_page_that_drips_is_not_asked_again() -> None:
    story = visit(A, table({A: answered(A, 200, b"<p>", {}, truncated="time")}))
    assert (story.status, len(story.asks)) == ("read-timeout", 1)


def test_a_page_too_long_is_fine() -> None:
    assert visit(A, table({A: answered(A, 200, b"<p>", {}, truncated="length")})).status == 200


def test_not_modified() -> None:
    plan = Plan(now=lambda: START, validators=(("If-None-Match", '"1"'),))
    story = visit(A, table({A: answered(A, 304)}), plan)
    assert (story.status, story.end.not_modified, len(story.asks)) == (304, True, 1)
    assert not visit(A, table({A: answered(A, 304)})).end.not_modified


@pytest.mark.parametrize(
    ("url", "end"),
    [
        ("ftp://a.example/", "unsupported-scheme"),
        ("mailto:a@b.example", "unsupported-scheme"),
        ("http://xyz.onion/", "unsupported-scheme"),
        ("https://", "invalid-url"),
        ("https://a b/", "invalid-url"),
        ("http://a.example:99999/", "invalid-url"),
        ("a.example", "invalid-url"),
        ("http://a.example/\ud800", "invalid-url"),
    ],
)
def test_addresses_that_are_never_asked(url: str, end: str) -> None:
    story = visit(url, table({}))
    assert (story.status, story.asks) == (end, [])

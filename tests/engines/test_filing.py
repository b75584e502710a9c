"""What of an answer is kept, and what never."""

from __future__ import annotations

import hashlib

from citecheck.engines.filing import body_of, filed, kept_headers, media_type
from citecheck.records.link import Link
from citecheck.records.looked import Looked
from citecheck.records.observation import Body, Fault, FaultKind, Hop, Signal
from citecheck.web.ladder import Climb
from standins.clock import START
from standins.exchanges import answered

URL = "https://a.example/"


def test_headers_that_matter_are_kept_plain_and_short() -> None:
    exchange = answered(
        URL,
        200,
        b"",
        {
            "Content-Type": "text/html",
            "ETag": '"1"',
            "CF-Mitigated": "challenge",
            "x-amzn-waf-action": "captcha",
            "Server": "\x1b]8;;http://evil\x07" + "s" * 900,
            "Set-Cookie": "sid=secret",
            "Authorization": "LOW key:secret",
            "X-Api-Key": "secret",
            "X-Whatever": "noise",
        },
    )
    kept = kept_headers(exchange)
    assert [k for k, _ in kept] == [
        "content-type",
        "etag",
        "cf-mitigated",
        "x-amzn-waf-action",
        "server",
    ]
    assert "secret" not in str(kept)
    assert len(kept[-1][1]) <= 500
    assert kept[-1][1].startswith("\\u001b]8;;")


def test_forty_headers_at_most() -> None:
    many = answered(URL, 200, b"", {f"X-Archive-{i}": "v" for i in range(100)})
    assert len(kept_headers(many)) == 40


def test_media_type_and_body() -> None:
    exchange = answered(URL, 200, b"abc", {"Content-Type": "Text/HTML; charset=x"}, "length")
    assert media_type(exchange) == "text/html"
    assert body_of(exchange) == Body(3, hashlib.sha256(b"abc").hexdigest(), truncated=True)


def test_an_answer_and_a_fault_exclude_each_other() -> None:
    link, hops = Link(URL), (Hop(URL, 301),)
    looked = Looked(signals=(Signal("x"),))
    well = filed(
        link,
        Climb(answered(URL, 404, b"x"), URL + "n", hops),
        looked,
        body=Body(1, "d"),
        at=START,
        elapsed=1.23456,
    )
    assert (well.status, well.fault, well.final_url, well.hops) == (404, None, URL + "n", hops)
    assert (well.elapsed, well.address, well.signals) == (1.235, "192.0.2.1", looked.signals)
    fault = Fault(FaultKind.INCOMPLETE, "cut")
    cut = Climb(fault, URL, partial=answered(URL, 200, b"x"))
    ill = filed(link, cut, Looked(), body=None, at=START, elapsed=0)
    assert (ill.status, ill.fault, ill.body, ill.address) == (None, fault, None, "192.0.2.1")


def test_not_modified_has_no_body_of_its_own() -> None:
    same = Climb(answered(URL, 304), URL, not_modified=True)
    found = filed(Link(URL), same, Looked(), body=Body(0, "d"), at=START, elapsed=0)
    assert (found.status, found.not_modified, found.body) == (304, True, None)

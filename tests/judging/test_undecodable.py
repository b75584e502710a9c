"""A body that cannot be decoded: neither fine nor gone, and said to be what it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from citecheck.engines.filing import body_of, filed
from citecheck.records.finding import Finding
from citecheck.records.link import Link
from citecheck.records.memory import Memory
from citecheck.records.observation import Attempt
from citecheck.settings import Settings
from citecheck.signals.look import look
from citecheck.verdict import judge
from citecheck.web.decode import Body
from citecheck.web.ladder import Climb
from standins.clock import START
from standins.exchanges import answered

PAUSE = timedelta(seconds=3)
URL = "https://a.example/page"


def verdict(coding: str, raw: bytes, status: int = 200) -> Finding:
    """The verdict on an answer with this Content-Encoding and these bytes."""
    body = Body([coding], 1_000_000)
    body.feed(raw)
    exchange = replace(
        answered(URL, status, headers={"Content-Encoding": coding, "Content-Type": "text/html"}),
        raw=body.raw,
        content=body.content,
        undecodable=body.undecodable,
    )
    link = Link(URL)
    observation = filed(
        link,
        Climb(
            exchange,
            URL,
            attempts=tuple(Attempt(START + i * PAUSE, URL, status, None) for i in (0, 1)),
        ),
        look(exchange, link, ()),
        body=body_of(exchange),
        at=START,
        elapsed=0.1,
    )
    return judge(link, observation, Memory(), settings=Settings(), now=START)


@pytest.mark.parametrize(
    ("coding", "raw"),
    [
        ("zstd", b"\x28\xb5\x2f\xfd\x04\x00\x41\x00\x00some"),
        ("gzip", b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xff\xff\xff\xff\xff\xff"),
        ("gzip, gzip", b"\x1f\x8b\x08\x00whatever"),
        ("br", b"\xff\xff\xff\xff\xff\xff\xff\xff"),
        ("x-of-our-own", b"bytes"),
    ],
)
def test_nothing_is_known_of_such_a_page(coding: str, raw: bytes) -> None:
    found = verdict(coding, raw)
    assert (found.state.value, found.reason, found.confidence.value) == (
        "unreachable",
        "incomplete",
        "low",
    )
    assert "coding" in found.detail
    assert ("undecodable", coding) in [(e.signal, e.value) for e in found.evidence]


def test_a_status_that_speaks_for_itself_does_so() -> None:
    assert verdict("zstd", b"\x28\xb5\x2f\xfd", 404).reason == "http-404"
    assert verdict("zstd", b"\x28\xb5\x2f\xfd", 503).reason == "http-5xx"


def test_a_coding_that_was_only_claimed_is_none() -> None:
    found = verdict("gzip", b"<title>A page</title><p>" + b"Some words of it. " * 200)
    assert found.state.value == "ok"

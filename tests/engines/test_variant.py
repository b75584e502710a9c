"""Second tries in a run: seldom, shared by the links of a host, kept with what they saw."""

from __future__ import annotations

import asyncio

import httpx

from citecheck.engines.local import observe
from citecheck.ledger.codec import decode, encode
from citecheck.progress import NoProgress
from citecheck.records.link import Link
from citecheck.records.observation import FaultKind, Observation
from citecheck.settings import Settings
from citecheck.signals.look import look
from citecheck.sinks import Aside
from citecheck.web.build import open_client
from standins.clock import FakeClock
from standins.judged import page

SETTINGS = Settings(delay=0.0, probe=False, retries=0)


def run(*urls: str, alive: tuple[str, ...] = ()) -> tuple[list[Observation], list[str]]:
    """Visit addresses in a web where only those beginning with one of `alive` answer."""
    asked: list[str] = []
    sink, clock = Aside(), FakeClock()

    async def serve(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        if asked[-1].startswith(alive):
            return httpx.Response(200, html=page())
        raise httpx.ConnectError("[Errno 111] Connection refused") from ConnectionRefusedError(111)

    async def main() -> None:
        inner = httpx.MockTransport(serve)
        async with open_client(SETTINGS, clock=clock, inner=inner) as client:
            await observe(
                [Link(url) for url in urls],
                client=client,
                sink=sink,
                visits={},
                settings=SETTINGS,
                clock=clock,
                progress=NoProgress(),
                look=look,
            )

    asyncio.run(main())
    return sorted(sink.found, key=lambda seen: seen.url), asked


def test_what_answers_is_looked_at_and_kept() -> None:
    (seen,), asked = run("http://a.example/x", alive=("https://a.example/",))
    assert asked == ["http://a.example/x", "https://a.example/x"]
    assert seen.fault is not None
    assert seen.fault.kind is FaultKind.CONNECTION_REFUSED
    assert seen.variant is not None
    assert (seen.variant.kind, seen.variant.url) == ("https", "https://a.example/x")
    assert (seen.variant.status, seen.variant.page is None) == (200, False)
    assert [a.url for a in seen.attempts] == ["http://a.example/x"]
    assert decode(Observation, encode(seen)) == seen


def test_a_host_that_is_down_costs_one_request_more() -> None:
    urls = [f"http://a.example/{n}" for n in range(12)]
    seen, asked = run(*urls, "https://b.example/", alive=("https://b.example/",))
    assert sum(url.startswith("https://a.example/") for url in asked) == 1
    assert all(one.variant and one.variant.fault for one in seen if "a.example" in one.url)


def test_nothing_is_tried_where_nothing_answers() -> None:
    _, asked = run(*(f"http://{name}.example/" for name in "abcdefgh"))
    assert len(asked) - 8 <= 3

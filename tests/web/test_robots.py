"""robots.txt, where a run obeys it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

import httpx
import pytest

from citecheck.settings import Settings
from citecheck.web.build import open_client
from citecheck.web.robots import Robots
from standins.clock import FakeClock

RULES = """\
User-agent: *
Disallow: /private
Crawl-delay: 7

User-agent: citecheck
Disallow: /no
Crawl-delay: 3
"""


def judged(
    serve: Callable[[httpx.Request], httpx.Response], *urls: str
) -> tuple[list[bool], list[str], float]:
    """What is allowed, what was asked of the host, and the host's interval afterwards."""
    asked: list[str] = []

    def handle(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        return serve(request)

    async def main() -> tuple[list[bool], float]:
        async with open_client(
            Settings(), clock=FakeClock(), inner=httpx.MockTransport(handle)
        ) as client:
            robots = Robots(client)
            allowed = list(await asyncio.gather(*(robots.allows(url) for url in urls)))
            return allowed, client.hosts.host("a.example").interval

    allowed, interval = asyncio.run(main())
    return allowed, asked, interval


def test_rules_for_this_program_are_read_once_and_obeyed() -> None:
    allowed, asked, interval = judged(
        lambda _: httpx.Response(200, text=RULES),
        "https://a.example/no/page",
        "https://a.example/private",
        "https://a.example/",
    )
    assert allowed == [False, True, True]
    assert asked == ["https://a.example/robots.txt"]
    assert interval == 3.0


def test_an_absurd_delay_is_capped() -> None:
    text = "User-agent: *\nCrawl-delay: 86400\n"
    assert judged(lambda _: httpx.Response(200, text=text), "https://a.example/")[2] == 60.0


def test_absent_broken_and_unreachable_files_forbid_nothing() -> None:
    def unreachable(_: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("x")

    for serve in (
        lambda _: httpx.Response(404, text=RULES),
        lambda _: httpx.Response(503),
        lambda _: httpx.Response(200, content=b"\x00\xff" * 5000),
        lambda _: httpx.Response(302, headers={"Location": "/robots.txt"}),
        unreachable,
    ):
        assert judged(serve, "https://a.example/no/page")[0] == [True]


HOSTILE = {
    "many rules": "".join(f"Disallow: /x{i}*y*z*w$\n" for i in range(12_000)),
    "many stars": "".join("Disallow: /" + "a*" * 40 + f"{i}z\n" for i in range(2_500)),
    "one star after the other": "Disallow: /" + "*a" * 120_000 + "b\n",
    "escapes": "".join(f"Disallow: /%e4%bd%a0*{i}%zz\n" for i in range(9_000)),
    "groups": "".join(f"User-agent: c{i}\nDisallow: /{i}\n" for i in range(7_500)),
    "nothing but bytes": "\x00\xff\n" * 80_000,
}


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_files_cost_little(what: str) -> None:
    text = "User-agent: *\nDisallow: /no\n" + HOSTILE[what]
    urls = [f"https://a.example/{'a' * 5000}{i}" for i in range(5)]
    began = time.process_time()
    allowed = judged(lambda _: httpx.Response(200, text=text), "https://a.example/no/x", *urls)[0]
    assert allowed == [False] + [True] * 5
    assert time.process_time() - began < 5, "processor time; a tenth of it where nothing else runs"


@pytest.mark.parametrize("delay", ["nan", "inf", "-3", "1e400", "soon", ""])
def test_delays_that_are_none(delay: str) -> None:
    text = f"User-agent: *\nDisallow: /no\nCrawl-delay: {delay}\n"
    allowed, _, interval = judged(lambda _: httpx.Response(200, text=text), "https://a.example/no")
    assert (allowed, interval) == ([False], 0.5)


def test_a_redirected_file_is_read() -> None:
    def serve(request: httpx.Request) -> httpx.Response:
        if request.url.host == "a.example":
            return httpx.Response(301, headers={"Location": "https://www.a.example/robots.txt"})
        return httpx.Response(200, text=RULES)

    assert judged(serve, "https://a.example/no/x")[0] == [False]


def test_hostile_files_of_many_hosts_are_not_all_kept() -> None:
    endless = "User-agent: *\nDisallow: /7\n" + "#" * 400_000

    async def main() -> tuple[int, list[bool]]:
        inner = httpx.MockTransport(lambda _: httpx.Response(200, text=endless))
        async with open_client(Settings(), clock=FakeClock(), inner=inner) as client:
            robots = Robots(client)
            urls = [f"https://h{n}.example/7" for n in range(30)]
            allowed = [await robots.allows(url) for url in [*urls, urls[0]]]
            return len(robots._rules), allowed

    kept, allowed = asyncio.run(main())
    assert 0 < kept < 20
    assert not any(allowed)

"""The engine: one observation a link, whatever happens, and no host delays another."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import pairwise

import httpx
import pytest

from citecheck.engines.local import observe
from citecheck.engines.probing import Compare
from citecheck.engines.variant import Look
from citecheck.errors import LedgerError
from citecheck.records.exchange import Exchange
from citecheck.records.link import Link
from citecheck.records.looked import Looked
from citecheck.records.memory import Visit
from citecheck.records.observation import FaultKind, Hop, Observation, Signal
from citecheck.settings import Settings
from citecheck.web.build import open_client
from standins.clock import FakeClock

Serve = Callable[[httpx.Request], httpx.Response]


class Sink:
    def __init__(self) -> None:
        self.rows: list[Observation] = []

    def observed(self, observation: Observation) -> None:
        self.rows.append(observation)


class Notes:
    def __init__(self) -> None:
        self.rows: list[tuple[str, int, int, str]] = []

    def stage(self, name: str, done: int, total: int, note: str = "") -> None:
        self.rows.append((name, done, total, note))


def nothing(_: Exchange, __: Link, ___: tuple[Hop, ...]) -> Looked:
    return Looked()


class Trial:
    """One run of the engine against a function from request to response."""

    def __init__(
        self,
        serve: Serve,
        links: list[Link | str],
        *,
        settings: Settings | None = None,
        look: Look = nothing,
        compare: Compare | None = None,
        visits: Mapping[str, Visit] | None = None,
    ) -> None:
        self.clock, self.sink, self.notes = FakeClock(), Sink(), Notes()
        self.asked: list[tuple[float, httpx.Request]] = []
        began = self.clock.monotonic()
        settings = settings or Settings()

        async def handle(request: httpx.Request) -> httpx.Response:
            self.asked.append((round(self.clock.monotonic() - began, 3), request))
            await asyncio.sleep(0)
            return serve(request)

        async def main() -> None:
            inner = httpx.MockTransport(handle)
            async with open_client(settings, clock=self.clock, inner=inner) as client:
                await observe(
                    [link if isinstance(link, Link) else Link(link) for link in links],
                    client=client,
                    sink=self.sink,
                    visits=visits or {},
                    settings=settings,
                    clock=self.clock,
                    progress=self.notes,
                    look=look,
                    compare=compare,
                    rng=random.Random(7),
                )

        self.main = main
        self.began = began

    def run(self) -> Trial:
        asyncio.run(self.main())
        return self

    @property
    def ends(self) -> dict[str, int | str]:
        return {o.url: o.status or (o.fault.kind.value if o.fault else "") for o in self.sink.rows}


def fine(_: httpx.Request) -> httpx.Response:
    return httpx.Response(200, text="<p>here</p>", headers={"Content-Type": "text/html"})


def test_every_link_has_exactly_one_observation() -> None:
    links: list[Link | str] = [f"https://{h}.example/{i}" for h in "abc" for i in range(5)]
    links += ["ftp://a.example/", "https://", "mailto:a@b", "http://127.0.0.1/"]
    links += [Link("https://a-example-org.proxy.example.edu/x", proxied=True)]
    trial = Trial(fine, links).run()
    assert len(trial.sink.rows) == len(links) == 20
    assert len(trial.asked) == 15
    assert {url: end for url, end in trial.ends.items() if end != 200} == {
        "ftp://a.example/": "unsupported-scheme",
        "https://": "invalid-url",
        "mailto:a@b": "unsupported-scheme",
        "http://127.0.0.1/": "private-address",
        "https://a-example-org.proxy.example.edu/x": "library-proxy",
    }
    assert trial.notes.rows[0] == ("check", 0, 20, "")
    assert trial.notes.rows[-1] == ("check", 20, 20, "")


def test_a_slow_host_delays_only_itself() -> None:
    def serve(request: httpx.Request) -> httpx.Response:
        if request.url.host == "slow.example":
            return httpx.Response(429, headers={"Retry-After": "50"})
        return fine(request)

    settings = Settings(concurrency=2, per_host=1)
    slow = [f"https://slow.example/{i}" for i in range(10)]
    trial = Trial(serve, [*slow, "https://a.example/", "https://b.example/"], settings=settings)
    trial.run()
    assert len(trial.sink.rows) == 12
    when = {r.url.host: t for t, r in trial.asked}
    assert (when["a.example"], when["b.example"]) == (0.0, 0.0)
    on_slow = [t for t, r in trial.asked if r.url.host == "slow.example"]
    assert min(b - a for a, b in pairwise(on_slow)) >= 50
    assert len(on_slow) <= 8, "a host that always wants pauses is left alone in the end"
    assert any("slow.example" in note for _, _, _, note in trial.notes.rows)


def test_pace_on_one_host() -> None:
    trial = Trial(fine, [f"https://a.example/{i}" for i in range(6)]).run()
    assert [t for t, _ in trial.asked] == [0.0, 0.5, 1.0, 1.5, 2.0, 2.5]


def test_gone_is_confirmed_and_dated() -> None:
    trial = Trial(lambda _: httpx.Response(404), ["https://a.example/x"]).run()
    row = trial.sink.rows[0]
    assert [a.status for a in row.attempts] == [404, 404]
    assert (row.attempts[1].at - row.attempts[0].at).total_seconds() >= 2.0
    assert row.status == 404
    assert row.at == row.attempts[1].at


def test_a_host_that_fails_again_and_again_is_asked_once_a_link() -> None:
    def serve(_: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("x")

    trial = Trial(serve, [f"https://a.example/{i}" for i in range(20)]).run()
    assert len(trial.sink.rows) == 20
    assert len(trial.asked) <= 20 + 2 * 5


def test_a_host_that_always_says_429_is_asked_a_few_times_in_all() -> None:
    def serve(_: httpx.Request) -> httpx.Response:
        return httpx.Response(429, headers={"Retry-After": "1"})

    trial = Trial(serve, [f"https://a.example/{i}" for i in range(40)]).run()
    assert len(trial.sink.rows) == 40
    assert set(trial.ends.values()) <= {429, "rate-limited"}
    assert len(trial.asked) <= 8


def test_validators_are_sent_and_not_modified_is_not_looked_at() -> None:
    def look(_: Exchange, __: Link, ___: tuple[Hop, ...]) -> Looked:
        raise AssertionError("nothing to look at")

    url = "https://a.example/"
    visit = Visit(
        url,
        FakeClock().now(),
        etag='"1"',
        last_modified="Sun, 01 Mar 2026 00:00:00 GMT",
        sha256="d",
    )
    trial = Trial(lambda _: httpx.Response(304), [url], look=look, visits={url: visit}).run()
    assert trial.asked[0][1].headers["If-None-Match"] == '"1"'
    assert trial.sink.rows[0].not_modified
    bare = replace(visit, sha256="")
    trial = Trial(fine, [url], visits={url: bare}).run()
    assert "If-None-Match" not in trial.asked[0][1].headers


def test_looking_that_fails_is_one_observation_not_the_end() -> None:
    def look(exchange: Exchange, _: Link, __: tuple[Hop, ...]) -> Looked:
        if exchange.url.endswith("/bad"):
            raise RecursionError("too deep")
        return Looked(signals=(Signal("seen"),))

    trial = Trial(fine, ["https://a.example/bad", "https://a.example/good"], look=look).run()
    found = {o.url[-4:]: o for o in trial.sink.rows}
    assert found["/bad"].fault is not None
    assert found["/bad"].fault.kind is FaultKind.PROTOCOL_ERROR
    assert "RecursionError" in found["/bad"].fault.detail
    assert found["good"].signals == (Signal("seen"),)


def test_a_disk_that_is_full_ends_the_run() -> None:
    trial = Trial(fine, ["https://a.example/1", "https://b.example/2"])

    def full(_: Observation) -> None:
        raise LedgerError("no space left")

    trial.sink.observed = full  # type: ignore[assignment,method-assign]
    with pytest.raises(LedgerError, match="no space left"):
        trial.run()


def test_large_pages_are_looked_at_in_a_thread() -> None:
    import threading

    seen: dict[int, bool] = {}

    def look(exchange: Exchange, _: Link, __: tuple[Hop, ...]) -> Looked:
        here = threading.current_thread() is threading.main_thread()
        seen[len(exchange.content)] = here
        return Looked()

    def serve(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=b"x" * int(request.url.path[1:]))

    Trial(serve, ["https://a.example/10", "https://a.example/100000"], look=look).run()
    assert seen == {10: True, 100000: False}


def test_one_sibling_a_host_where_there_is_doubt() -> None:
    compared: list[tuple[str, str]] = []

    def look(_: Exchange, link: Link, __: tuple[Hop, ...]) -> Looked:
        return Looked(suspicious="doubt" in link.url, signals=(Signal("thin-page"),))

    def compare(sibling: Exchange, exchange: Exchange) -> Signal | None:
        compared.append((sibling.url, exchange.url))
        return Signal("sibling-same-page")

    links: list[Link | str] = [
        "https://a.example/doubt/1.html",
        "https://a.example/doubt/2.html",
        "https://b.example/clear",
    ]
    trial = Trial(fine, links, look=look, compare=compare).run()
    assert len(trial.asked) == 4
    assert [cited for _, cited in sorted(compared, key=lambda pair: pair[1])] == links[:2]
    assert len({sibling for sibling, _ in compared}) == 1
    sibling = compared[0][0]
    assert sibling.startswith("https://a.example/doubt/")
    assert sibling.endswith(".html")
    found = {o.url: [s.kind for s in o.signals] for o in trial.sink.rows}
    assert found["https://a.example/doubt/1.html"] == ["thin-page", "sibling-same-page"]
    assert found["https://a.example/doubt/2.html"] == ["thin-page", "sibling-same-page"]
    assert found["https://b.example/clear"] == ["thin-page"]
    off = Trial(fine, links, look=look, compare=compare, settings=Settings(probe=False)).run()
    assert len(off.asked) == 3


def test_robots_are_obeyed_where_asked_for() -> None:
    def serve(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/robots.txt":
            return httpx.Response(200, text="User-agent: *\nDisallow: /no\n")
        return fine(request)

    links: list[Link | str] = ["https://a.example/no/x", "https://a.example/yes"]
    assert Trial(serve, links, settings=Settings(robots=True)).run().ends == {
        "https://a.example/no/x": "robots",
        "https://a.example/yes": 200,
    }


def test_ctrl_c_keeps_what_was_seen_and_reports_nothing_half() -> None:
    def serve(request: httpx.Request) -> httpx.Response:
        if request.url.host == "hangs.example":
            raise httpx.ConnectError("x")
        return fine(request)

    trial = Trial(serve, ["https://a.example/", "https://hangs.example/"])

    async def cut_short() -> None:
        task = asyncio.create_task(trial.main())
        while not trial.sink.rows:  # noqa: ASYNC110
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(cut_short())
    assert trial.ends == {"https://a.example/": 200}

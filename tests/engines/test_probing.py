"""One probe a host, its answer shared by all suspicious links of that host."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable

import httpx
import pytest

from citecheck.engines.local import observe
from citecheck.engines.probing import Prober, place_of
from citecheck.progress import NoProgress
from citecheck.records.exchange import Exchange
from citecheck.records.link import Link
from citecheck.records.looked import Looked
from citecheck.records.observation import Hop, Observation, Signal, Strength
from citecheck.settings import Settings
from citecheck.web.build import open_client
from citecheck.web.ladder import Climb
from standins.clock import FakeClock
from standins.exchanges import answered

SAME = "sibling-same-page"


def suspicious(_: Exchange, __: Link, ___: tuple[Hop, ...]) -> Looked:
    return Looked(suspicious=True)


class Sink:
    def __init__(self) -> None:
        self.kinds: dict[str, list[str]] = {}

    def observed(self, observation: Observation) -> None:
        self.kinds[observation.url] = [s.kind for s in observation.signals]


def visited(
    urls: list[str],
    compare: Callable[[Exchange, Exchange], Signal | None],
    status: Callable[[str], int] = lambda _: 200,
) -> tuple[dict[str, list[str]], list[str]]:
    """The signals of each link, and the invented addresses that were asked for."""
    asked: list[str] = []
    sink, clock, settings = Sink(), FakeClock(), Settings()

    async def handle(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        await asyncio.sleep(0)
        return httpx.Response(status(str(request.url)), text="x" * 50)

    async def main() -> None:
        inner = httpx.MockTransport(handle)
        async with open_client(settings, clock=clock, inner=inner) as client:
            await observe(
                [Link(url) for url in urls],
                client=client,
                sink=sink,
                visits={},
                settings=settings,
                clock=clock,
                progress=NoProgress(),
                look=suspicious,
                compare=compare,
                rng=random.Random(7),
            )

    asyncio.run(main())
    return sink.kinds, [url for url in asked if url not in urls]


def sign(strength: Strength) -> Callable[[Exchange, Exchange], Signal]:
    return lambda _, __: Signal(SAME, "", strength)


def test_all_links_of_a_folder_profit_from_one_probe() -> None:
    urls = [f"https://a.example/news/{n}.html" for n in range(8)]
    kinds, invented = visited(urls, sign(Strength.STRONG))
    assert len(invented) == 1
    assert kinds == {url: [SAME] for url in urls}


@pytest.mark.parametrize(
    ("strength", "shared"), [(Strength.STRONG, False), (Strength.DECISIVE, True)]
)
@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://a.example/reports/9.html",
        "https://a.example/news/9.pdf",
        "https://a.example/news/9.html?page=2",
    ],
)
def test_elsewhere_on_the_host_only_the_very_same_answer_counts(
    elsewhere: str, strength: Strength, shared: bool
) -> None:
    first = "https://a.example/news/1.html"
    kinds, invented = visited([first, elsewhere], sign(strength))
    assert len(invented) == 1
    assert kinds == {first: [SAME], elsewhere: [SAME] if shared else []}


def test_every_host_has_its_own() -> None:
    urls = ["https://a.example/x/1", "https://b.example/x/1"]
    _, invented = visited(urls, sign(Strength.STRONG))
    assert sorted(url.split("/")[2] for url in invented) == ["a.example", "b.example"]


def test_a_failing_probe_leaves_no_visit_waiting() -> None:
    urls = [f"https://a.example/news/{n}" for n in range(4)]

    def broken(_: Exchange, __: Exchange) -> Signal | None:
        return None

    def refuse(url: str) -> int:
        if url in urls:
            return 200
        raise httpx.ConnectError("refused")

    kinds, _ = visited(urls, broken, refuse)
    assert kinds == {url: [] for url in urls}


def test_an_error_for_the_neighbour_is_compared_with_nothing() -> None:
    urls = [f"https://a.example/news/{n}" for n in range(3)]
    kinds, invented = visited(
        urls, sign(Strength.DECISIVE), lambda url: 200 if url in urls else 404
    )
    assert (len(invented), kinds) == (1, {url: [] for url in urls})


def test_the_oldest_answers_are_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("citecheck.engines.probing._KEPT", 2_500)
    clock, settings, asked = FakeClock(), Settings(), []

    async def handle(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.host)
        return httpx.Response(200, text="x" * 1_000)

    async def at_once(work: Callable[[], Signal | None], _: int) -> Signal | None:
        return work()

    async def main() -> list[bool]:
        inner = httpx.MockTransport(handle)
        async with open_client(settings, clock=clock, inner=inner) as client:
            prober = Prober(
                sign(Strength.DECISIVE),
                client=client,
                settings=settings,
                clock=clock,
                robots=None,
                rng=random.Random(7),
                aside=at_once,
            )

            async def word(host: str) -> bool:
                url = f"https://{host}.example/news/1"
                end = answered(url)
                return await prober.word(end, Link(url), Climb(end, url)) is not None

            return [await word(host) for host in ("a", "b", "c", "a", "b", "c")]

    assert asyncio.run(main()) == [True, True, True, False, True, True]
    assert asked == ["a.example", "b.example", "c.example"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://a.example/n/1.html", "https://a.example/n/2.html", True),
        ("https://a.example/n/1.html", "https://a.example/n/2.HTML", True),
        ("https://a.example/n/1", "https://a.example/n/2/", True),
        ("https://a.example/show?id=1", "https://a.example/view?id=2", True),
        ("https://a.example/show?id=1", "https://a.example/show?nr=1", False),
        ("https://a.example/n/1.html", "https://a.example/n/1.php", False),
        ("https://a.example/n/1", "https://a.example/m/1", False),
        ("https://a.example/n/1", "https://b.example/n/1", False),
    ],
)
def test_place_of(one: str, other: str, same: bool) -> None:
    assert (place_of(one) == place_of(other)) is same


def test_an_archive_is_not_asked_for_a_neighbour_of_a_copy() -> None:
    copy = "https://web.archive.org/web/20190316102030/https://example.org/a"
    signals, asked = visited([copy], lambda *_: Signal(SAME, "", Strength.DECISIVE))
    assert asked == []
    assert signals == {copy: []}

"""The paper and its web agree, and every cited address answers as designed on both days."""

from __future__ import annotations

import asyncio
import re
from datetime import UTC, datetime
from urllib.parse import urlsplit

import httpx
import pytest

from citecheck.demo.captures import ACCESS_KEY, SECRET_KEY, captures
from citecheck.demo.server import SmallWeb
from citecheck.demo.texts import paper, text
from citecheck.demo.world import sites, small_web, visited
from citecheck.records.finding import State
from citecheck.records.observation import Fault
from citecheck.text.main import main_text
from citecheck.text.masks import masked
from citecheck.text.shingles import shingle_hashes, tokens
from citecheck.urls.proxy import unproxy
from standins.demo_expected import EXPECTED, LIBRARY

LINKS = re.findall(r"<((?:https?|ftp)://[^>]+)>", paper())


class _Mapped(httpx.AsyncBaseTransport):
    """httpx on the small web: the name goes through its resolver, SNI and Host stay as cited."""

    def __init__(self, web: SmallWeb) -> None:
        self._web = web
        # Kept connections are found by address and port, and here all names share one.
        self._inner = httpx.AsyncHTTPTransport(
            verify=web.ssl_context, limits=httpx.Limits(max_keepalive_connections=0)
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        host = request.url.host
        port = 443 if request.url.scheme == "https" else 80
        found = await self._web.resolver.resolve(host, port)
        if isinstance(found, Fault):
            raise httpx.ConnectError(found.kind.value)
        address, mapped = found.endpoints[0]
        assert address == "127.0.0.1", f"the demonstration would leave loopback for {host}"
        asked = httpx.Request(
            request.method,
            request.url.copy_with(host=address, port=mapped),
            headers=request.headers,
            stream=request.stream,
            extensions={**request.extensions, "sni_hostname": host},
        )
        return await self._inner.handle_async_request(asked)

    async def aclose(self) -> None:
        await self._inner.aclose()


def _visit(day: int, urls: list[str]) -> dict[str, str]:
    """Per address the statuses on the way and the title at its end, or the failure."""

    async def run() -> dict[str, str]:
        seen = {}
        async with (
            SmallWeb(sites(day)) as web,
            httpx.AsyncClient(transport=_Mapped(web), follow_redirects=True) as client,
        ):
            for url in urls:
                try:
                    answer = await client.get(url)
                except httpx.ConnectError as fault:
                    seen[url] = str(fault)
                    continue
                way = [str(r.status_code) for r in (*answer.history, answer)]
                title = re.search(r"<title>(.*?)</title>", answer.text)
                seen[url] = f"{' '.join(way)} {title[1] if title else ''}"
        return seen

    return asyncio.run(run())


_REFUSED = "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed:"
_SAME_ON_BOTH_DAYS = {
    "https://maritime-museum.example/collections/ormsay-tide-machine": "200 The Ormsay Tide-",
    "https://coastal-gauges.example/stations/ormsay-old-pier": "200 Ormsay Old Pier: Description",
    "https://doi.org/10.5555/ormsay.2022.07": "302 200 Paper Water: Prediction and Its Enemies |",
    "https://coastal-history-review.example/2016/tide-tables-and-trust": "301 200 Tide Tables and",
    "http://hydrographers.example/papers/reading-the-gauge": "301 200 Reading the Gauge: Error and",
    "https://regional-records.example/item/4471": "200 Prize List of the Autumn Sheep Fair |",
    "https://northern-almanac.example/essays/harmonic-analysis-by-hand": "404 404 Not Found",
    "https://kaiyo-shiryo.example/toudai/kiri-shingo.html": "200 ページが見つかりません - 海洋",
    "https://sound-pilots.example/archive/1911/order-of-the-bell": "302 200 Society of Sound",
    "http://ormsay-parish.example/registers/harbour-dues.html": "dns-nxdomain",
    "https://tidal-engineering.example/journal/12/brass-gears": "403 Just a moment...",
    "https://members.seafarers-institute.example/reports/signal-bells-survey": "302 200 Members",
    "https://archive.maritime.example.org/documents/logbook-of-the-pole-star": "200 Logbook of the",
    "https://tide-office.example/tables/1925/preface": f"{_REFUSED} certificate has expired",
    "https://sea-marks.example/catalogue/bell-buoys": f"{_REFUSED} Hostname mismatch",
}
_BY_DAY = {
    1: {
        "https://harbour-board.example/history/tide-tables-1861-1934": "200 A Short History of the",
        "https://islander-gazette.example/2019/03/14/the-bell-that-told-the-tide": "200 The Bell",
        "https://lighthouse-letters.example/issues/42/keepers-and-computers": "503 503 Service",
    },
    2: {
        "https://harbour-board.example/history/tide-tables-1861-1934": "200 A Short History of the",
        "https://islander-gazette.example/2019/03/14/the-bell-that-told-the-tide": "404 404 Not F",
        "https://lighthouse-letters.example/issues/42/keepers-and-computers": "200 Keepers and",
    },
}


@pytest.mark.parametrize("day", [1, 2])
def test_every_cited_address_answers_as_designed(day: int) -> None:
    wanted = _SAME_ON_BOTH_DAYS | _BY_DAY[day]
    seen = _visit(day, list(wanted))
    assert {url: seen[url][: len(start)] for url, start in wanted.items()} == wanted


def test_the_table_of_expectations_is_about_the_papers_links() -> None:
    assert sorted({e.url for e in EXPECTED}) == sorted(set(LINKS))
    visited = set(_SAME_ON_BOTH_DAYS) | set(_BY_DAY[1])
    asked = {e.url for e in EXPECTED if not e.first.startswith("unchecked/")}
    asked -= {e.url for e in EXPECTED if e.url.startswith(LIBRARY)}
    assert asked == visited - {
        "https://archive.maritime.example.org/documents/logbook-of-the-pole-star"
    }


@pytest.mark.parametrize("day", [1, 2])
def test_no_link_without_behaviour_and_no_behaviour_without_link(day: int) -> None:
    cited = {urlsplit(link).hostname for link in LINKS}
    never_asked = {
        "192.168.14.7",  # private
        "ftp.gauge-data.example",  # not the web
        urlsplit(LIBRARY).hostname,  # a library proxy
        "ormsay-parish.example",  # a name that is lost
    }
    behind = {"archive.maritime.example.org", "press-of-the-isles.example"}  # the proxy, the DOI
    assert set(sites(day)) == (cited - never_asked) | behind


def test_every_state_appears_over_the_two_days() -> None:
    assert {state for e in EXPECTED for state in e.states} == {s.value for s in State}
    assert {e.url.split("/")[2] for e in EXPECTED if e.first != e.second} == {
        "harbour-board.example",
        "islander-gazette.example",
        "lighthouse-letters.example",
    }


def test_the_archive_holds_only_cited_pages_and_one_error() -> None:
    kept = captures()
    assert {k.url for k in kept} <= set(LINKS)
    assert [(k.url.split("/")[2], k.timestamp) for k in kept if k.status != 200] == [
        ("northern-almanac.example", "20210819110722")
    ]
    assert [(k.url, k.timestamp) for k in kept] == sorted((k.url, k.timestamp) for k in kept)


def test_the_archive_saves_the_page_as_it_is_today() -> None:
    first, second = sites(1), sites(2)
    history = "https://harbour-board.example/history/tide-tables-1861-1934"
    status, media_type, body = visited(first, history)
    assert (status, media_type) == (200, "text/html")
    assert b"sold four hundred" in body
    assert b"Henrietta Gow" in visited(second, history)[2]
    assert b"<h1>Paper Water" in visited(first, "https://doi.org/10.5555/ormsay.2022.07")[2]
    gone = "https://islander-gazette.example/2019/03/14/the-bell-that-told-the-tide"
    assert [visited(hosts, gone)[0] for hosts in (first, second)] == [200, 404]
    assert visited(first, "http://ormsay-parish.example/registers/harbour-dues.html")[0] == 502


def test_the_archive_answers_under_both_names_and_takes_no_keys_but_its_own() -> None:
    async def run() -> list[tuple[int, str]]:
        url = "https://northern-almanac.example/essays/harmonic-analysis-by-hand"
        save = "https://web.archive.org/save"
        form = {"url": "https://maritime-museum.example/collections/ormsay-tide-machine"}
        key = {"Authorization": f"LOW {ACCESS_KEY}:{SECRET_KEY}"}
        async with (
            small_web(1, now=lambda: datetime(2026, 3, 2, 6, 10, tzinfo=UTC)) as web,
            httpx.AsyncClient(transport=_Mapped(web)) as client,
        ):
            answers = [
                await client.get(f"https://archive.org/wayback/available?url={url}"),
                await client.get(f"https://web.archive.org/web/20171204065910id_/{url}"),
                await client.post(save, data=form),
                await client.post(save, data=form, headers=key),
            ]
            job = answers[-1].json()["job_id"]
            for _ in range(2):
                asked = f"https://web.archive.org/save/status/{job}"
                answers.append(await client.get(asked, headers=key))
            return [(a.status_code, a.text) for a in answers]

    said = asyncio.run(run())
    assert [status for status, _ in said] == [200, 200, 401, 200, 200, 200]
    assert "20171204065910" in said[0][1]
    assert "<h1>Harmonic Analysis by Hand</h1>" in said[1][1]
    assert '"pending"' in said[4][1]
    assert '"timestamp": "20260302061000"' in said[5][1]


def _words(day: int, host: str) -> list[str]:
    url = next(link for link in LINKS if urlsplit(link).hostname == host)

    async def run() -> str:
        async with (
            SmallWeb(sites(day)) as web,
            httpx.AsyncClient(transport=_Mapped(web)) as client,
        ):
            return (await client.get(url)).text

    return tokens(masked(main_text(asyncio.run(run())).text))


def _kept(old: list[str], new: list[str]) -> float:
    """How much of the old text is in the new one: containment of 4-token shingles."""
    was, now = set(shingle_hashes(old)), set(shingle_hashes(new))
    return len(was & now) / len(was)


def test_one_page_is_rewritten_and_one_has_only_a_new_time_stamp() -> None:
    first, second = (_words(day, "harbour-board.example") for day in (1, 2))
    assert len(first) >= 150
    assert len(second) >= 150
    assert 0.1 < _kept(first, second) < 0.5
    assert _words(1, "coastal-gauges.example") == _words(2, "coastal-gauges.example")


_AS_CITED = (
    *("almanac", "gauge", "gazette", "harbour-board", "hydrographers", "letters", "logbook"),
    *("museum", "paper-water", "review", "wages"),
)


@pytest.mark.parametrize("name", [*_AS_CITED, "sheep-fair"])
def test_pages_are_long_enough_to_be_compared(name: str) -> None:
    assert len(tokens(main_text(text(name).answer().body.decode()).text)) >= 150


def test_titles_are_as_cited_but_for_the_page_that_is_another() -> None:
    for name in (*_AS_CITED, "kiri-shingo"):
        assert text(name).title in paper()
    other = set(tokens(" ".join(text("sheep-fair").paragraphs)))
    assert not other & {"wages", "bell", "ringers", "ormsay", "quay", "munro", "alasdair"}
    assert text("sheep-fair").title not in paper()


def test_the_library_proxy_is_seen_as_one_and_leads_to_the_archive() -> None:
    found = unproxy(next(link for link in LINKS if link.startswith(LIBRARY)))
    assert found is not None
    assert found.original == (
        "https://archive.maritime.example.org/documents/logbook-of-the-pole-star"
    )

"""Answers that are made to do harm: what of them is kept, asked for, or waited for."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from citecheck.archives.fetcher import Within, in_time
from citecheck.archives.json_place import JsonPlace
from citecheck.archives.keys import Keys
from citecheck.archives.pace import Traffic
from citecheck.archives.save_page_now import SavePageNow
from citecheck.archives.software_heritage import SoftwareHeritage
from citecheck.archives.spn_replies import Kind
from citecheck.archives.timemap import read
from citecheck.archives.timemap_service import TimeMapArchive
from citecheck.archives.wayback_replies import Unanswered
from citecheck.records.archive import LookupState
from citecheck.records.ask import Ask
from citecheck.records.exchange import Exchange
from citecheck.records.observation import Fault, FaultKind
from citecheck.settings import ArchiveSettings
from citecheck.urls.forges import origin_of
from standins.archive import OFFLINE
from standins.clock import FakeClock
from standins.exchanges import answered
from standins.keeping import URL, candidate, start

WEB = "https://web.archive.org/web"
NOW = datetime(2026, 11, 22, tzinfo=UTC)


def row(stamp: str, original: str, digest: str = "A" * 32) -> str:
    return f"k {stamp} {original} text/html 200 {digest} 10\n"


def listed(*rows: str) -> list[str]:
    run = start()
    run.archive.fail("/cdx", (200, (), "".join(rows).encode()))
    return [s.url for s in run.keep([candidate()]).lookups[URL].snapshots]


@pytest.mark.parametrize("stamp", ["99991231235959", "20291122120000", "00010101000000"])
def test_a_capture_of_a_time_that_cannot_be_is_none(stamp: str) -> None:
    assert listed(row("20190310080000", URL), row(stamp, URL)) == [f"{WEB}/20190310080000/{URL}"]
    assert listed(row(stamp, URL)) == []


@pytest.mark.parametrize(
    "tail", ['#"><img/src=x/onerror=alert(1)>', "#|url-status=live}}{{x", "#](javascript:x)"]
)
def test_what_follows_the_address_of_a_capture_is_not_kept(tail: str) -> None:
    assert listed(row("20190310080000", URL + tail)) == [f"{WEB}/20190310080000/{URL}"]


def test_what_would_end_an_attribute_or_a_template_is_encoded() -> None:
    (kept,) = listed(row("20190310080000", f'{URL}/<b>"{{x}}`\\^'))
    assert kept == f"{WEB}/20190310080000/{URL}/%3Cb%3E%22%7Bx%7D%60%5C%5E"


@pytest.mark.parametrize(
    "url",
    [
        f"http://web.archive.org/web/20190310080000/{URL.replace('://', '://u:pw@')}",
        f"http://web.archive.org/web/99990310080000/{URL}",
        f"http://web.archive.org/web/٢٠١٩٠٣١٠٠٨٠٠٠٠/{URL}",
    ],
)
def test_the_other_host_is_no_more_believed(url: str) -> None:
    run = start()
    run.archive.fail("/cdx", OFFLINE)
    told = {"closest": {"status": "200", "available": True, "url": url}}
    body = json.dumps({"archived_snapshots": told}).encode()
    run.archive.fail("/wayback/available", (200, (), body))
    result = run.keep([candidate()]).lookups[URL]
    assert (result.lookup.state, result.snapshots) == (LookupState.UNAVAILABLE, ())


@pytest.mark.parametrize("place", ["//[", "http://[::1/", "https://evil.example/"])
def test_a_redirect_of_the_anonymous_service_to_nowhere_ends_there(place: str) -> None:
    run = start()
    run.archive.fail("/save/", (302, (("Location", place),), b""))
    kept = run.keep([candidate()], save=True, archive=ArchiveSettings(anonymous=True))
    assert (kept.saves[URL].state.value, kept.saves[URL].reason) == ("unknown", "no-copy")
    assert len([r for r in run.archive.seen if r.path.startswith("/save/")]) == 1


class Says:
    """A client that gets the same answer to everything, and counts what it is asked."""

    def __init__(self, content: bytes, status: int = 200, **headers: str) -> None:
        self._answer = status, content, headers
        self.asks: list[Ask] = []

    async def fetch(self, ask: Ask) -> Exchange | Fault:
        self.asks.append(ask)
        status, content, headers = self._answer
        return answered(ask.url, status, content, headers)


def service(told: object, clock: FakeClock) -> SavePageNow:
    client = Says(json.dumps(told).encode())
    return SavePageNow(client, "https://web.archive.org", Keys("access", "secret"), clock)


@pytest.mark.parametrize("job", ["..", ".", "../../evil", "a?b", "a\r\nb", "A" * 200, "-x"])
def test_a_job_that_could_be_a_path_is_not_asked_for(job: str) -> None:
    reply = asyncio.run(service({"job_id": job}, FakeClock()).submit(URL, 0, {}))
    assert (reply.kind, reply.job) == (Kind.LOST, "")


def test_an_error_that_spells_the_keys_is_not_repeated() -> None:
    told = {"status": "error", "status_ext": "error:low-access-secret"}
    spn = service(told, FakeClock())
    assert asyncio.run(spn.submit(URL, 0, {})).code == "unknown-reply"
    assert asyncio.run(spn.status("j", URL)).code == "unknown-reply"
    capitals = SavePageNow(
        Says(json.dumps(told).encode()),
        "https://web.archive.org",
        Keys("ACCESS", "SECRET"),
        FakeClock(),
    )
    assert asyncio.run(capitals.status("j", URL)).code == "unknown-reply"


@pytest.mark.parametrize("stamp", ["99991231235959", "00010101000000", "٢٠٢٦١١٢٢٠٠٠٠٠٠"])
def test_a_save_of_a_time_that_cannot_be_is_none(stamp: str) -> None:
    told = {"status": "success", "timestamp": stamp, "original_url": URL}
    reply = asyncio.run(service(told, FakeClock()).status("j", URL))
    assert (reply.kind, reply.snapshot) == (Kind.NO_SUCH_JOB, None)


def test_a_visit_of_the_year_one_is_not_believed() -> None:
    clock = FakeClock()
    told = {"snapshot": "x", "status": "full", "date": "0001-01-01T00:00:00+00:00"}
    traffic = Traffic(clock, 1e6, lambda _: None)
    heritage = SoftwareHeritage(
        Says(json.dumps(told).encode()), "https://a.example", traffic, clock
    )
    origin = origin_of("https://github.com/a/b")
    assert origin is not None
    with pytest.raises(Unanswered):
        asyncio.run(heritage.latest(origin))


@pytest.mark.parametrize(
    ("method", "left", "most"), [("GET", 20.0, 20.0), ("GET", 0.0, 1.0), ("POST", 0.0, 5.0)]
)
def test_no_request_outlasts_the_time_for_archives(method: str, left: float, most: float) -> None:
    assert in_time(Ask(URL, method, timeout=60.0), left).timeout == most
    assert in_time(Ask(URL, method), left).timeout == most
    assert in_time(Ask(URL, method, timeout=0.5), left).timeout == 0.5


def test_those_that_save_are_asked_within_it() -> None:
    clock = FakeClock()
    traffic = Traffic(clock, 12.0, lambda _: None)
    client = Says(b"{}")

    async def turn() -> float:
        return clock.monotonic()

    async def run() -> None:
        spn = SavePageNow(Within(client, traffic.left), "https://a.example", None, clock)
        await spn.status("j", URL)
        place = JsonPlace(client, traffic, clock, pause=60.0)
        await place.ask(turn, Ask(URL, timeout=90.0))

    asyncio.run(run())
    assert [ask.timeout for ask in client.asks] == [12.0, 12.0]


LISTED = "https://a.example/timemap/link/"


def mementos(*targets: str) -> list[str]:
    text = ",\n".join(
        f'<{t}>; rel="memento"; datetime="Fri, 01 Mar 2019 12:00:0{n} GMT"'
        for n, t in enumerate(targets)
    )
    found = read(text, "application/link-format", LISTED + URL, NOW)
    return [one.url for one in found.mementos]


def test_a_list_leads_to_no_other_port_of_the_archive_and_to_no_fragment() -> None:
    copy = f"/20190301120000/{URL}"
    assert mementos(f"https://a.example:22{copy}") == [f"https://a.example{copy}"]
    assert mementos(f'{copy}#"onload=x') == [f"https://a.example{copy}"]
    assert mementos(f"{copy.replace('://', '://u:pw@')}") == []


def test_only_the_port_that_the_settings_name_may_be_a_private_one() -> None:
    clock = FakeClock()
    client = Says(b"", 302, Location="http://127.0.0.1:6379/timemap/")
    template = "http://127.0.0.1:8080/timemap/link/{url}"
    archive = TimeMapArchive(client, template, Traffic(clock, 1e6, lambda _: None), clock)
    with pytest.raises(Unanswered):
        asyncio.run(archive.copies(URL, None))
    assert [(ask.url[:21], ask.trusted) for ask in client.asks][:2] == [
        ("http://127.0.0.1:8080", True),
        ("http://127.0.0.1:6379", False),
    ]


@pytest.mark.parametrize("depth", [950, 990, 5000])
def test_brackets_without_end_are_no_answer(depth: int) -> None:
    deep = "[" * depth + "]" * depth
    bodies: tuple[Callable[[str], str], ...] = (
        lambda d: d,
        lambda d: f'{{"status": "error", "status_ext": {d}, "message": {d}}}',
        lambda d: f'{{"status": "success", "timestamp": {d}, "original_url": {d}}}',
    )
    for body in bodies:
        client = Says(body(deep).encode())
        spn = SavePageNow(client, "https://a.example", Keys("access", "secret"), FakeClock())
        assert asyncio.run(spn.status("j", URL)).snapshot is None
        assert asyncio.run(spn.submit(URL, 0, {})).job == ""


def test_a_fault_is_no_answer_either() -> None:
    class Broken:
        async def fetch(self, ask: Ask) -> Exchange | Fault:
            return Fault(FaultKind.PROTOCOL_ERROR, "no HTTP")

    spn = SavePageNow(Within(Broken(), lambda: 0.0), "https://a.example", None, FakeClock())
    assert asyncio.run(spn.status("j", URL)).kind is Kind.DOWN

"""The world of the whole run is what its table says, on loopback and for the lab."""

from __future__ import annotations

import re
import sys
import types
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from citecheck.demo.site import Request
from citecheck.records.finding import State
from citecheck.urls.proxy import unproxy
from citecheck.web.resolver import Resolved
from standins.web import loopback_web
from whole_run.cases import DAYS
from whole_run.world_day import CASES, PROXIED, UNPROXIED, findings, paper, web


def test_names_addresses_and_hosts_are_each_there_once() -> None:
    for values in (
        [c.name for c in CASES],
        [c.url for c in CASES],
        [c.host for c in CASES],
        [c.title for c in CASES],  # two works of one title and year would be one reference
    ):
        assert len(set(values)) == len(values)


def test_every_case_is_cited_in_a_note_of_its_own() -> None:
    notes = re.findall(r'^<sup>(\d+)</sup> .+?, ".+?," \*.+?\*, .+? \d{4}, <(.+?)>$', paper(), re.M)
    assert [url for _, url in notes] == [c.url for c in CASES]
    callouts = re.findall(r"elsewhere\.<sup>(\d+)</sup>", paper())
    assert callouts == [number for number, _ in notes]


def test_every_state_is_wanted_but_that_of_what_is_not_visited() -> None:
    wanted = {value.partition("/")[0] for day in DAYS for value in findings(day).values()}
    assert wanted == {s.value for s in State} - {State.UNCHECKED.value}


def test_what_differs_between_the_days() -> None:
    first, second = findings(1), findings(2)
    assert {c.name for c in CASES if first[c.url] != second[c.url]} == {
        "rewritten",
        "gone on the second run",
        "back on the second run",
    }


@pytest.mark.parametrize("day", DAYS)
def test_every_case_has_its_host_but_the_lost_name_and_the_proxy(day: int) -> None:
    hosts = set(web(day).sites)
    without = {c.host for c in CASES} - hosts
    assert without == {"lost-name.example", PROXIED.split("/")[2]}
    assert hosts - {c.host for c in CASES} == {UNPROXIED}


def test_answers_follow_the_day_and_the_visit() -> None:
    def status(host: str, path: str, day: int, count: int = 0) -> int:
        handler = web(day).sites[host].handler
        assert handler is not None
        return handler(Request("GET", "https", host, path, {}, b"", count)).status

    assert [status("second.example", "/cited/bell", day) for day in DAYS] == [200, 404]
    assert [status("returned.example", "/cited/almanac", day) for day in DAYS] == [503, 200]
    assert [status("busy.example", "/cited/gauge", 1, count) for count in (0, 1)] == [429, 200]
    assert [status("overloaded.example", "/cited/letters", 2, n) for n in (0, 1)] == [503, 200]
    assert status("moved.example", "/cited/trust", 1) == 301
    assert status("temporary.example", "/cited/book", 1) == 302


@dataclass
class _LabResponse:
    """The lab's record, as far as handlers fill it."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0
    reset: bool = False


@pytest.fixture
def lab(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    internet = types.ModuleType("internet")
    internet.__dict__["Response"] = _LabResponse
    monkeypatch.setitem(sys.modules, "internet", internet)
    monkeypatch.setattr(sys, "path", list(sys.path))
    from whole_run import lab_world

    yield lab_world


def test_the_lab_gets_the_same_world(lab: Any) -> None:
    assert lab.tls(1) == {
        "expired.example": "expired",
        "wrong-host.example": "wrong-host",
        "untrusted.example": "untrusted",
    }
    assert lab.dns(1) == {"servfail.example": "servfail"}
    hosts = lab.hosts(2)
    assert set(web(2).sites) - set(hosts) == {"refusing.example", "servfail.example"}
    asked = Request("GET", "https", "second.example", "/cited/bell", {})
    assert hosts["second.example"](asked).status == 404
    almanac = Request("GET", "https", "reset.example", "/cited/almanac", {})
    assert hosts["reset.example"](almanac).reset
    assert hosts["silent.example"](almanac).delay >= 600
    answer = hosts["withdrawn.example"](almanac)
    assert (answer.status, answer.headers["Content-Type"]) == (410, "text/html; charset=utf-8")
    assert lab.FINDINGS[1]["https://fine.example/cited/machine"] == "ok/ok"
    assert not any("refusing.example" in url for url in lab.FINDINGS[1])
    assert "refusing.example" not in lab.PAPER


def test_a_table_of_hosts_is_a_web() -> None:
    import asyncio

    from citecheck.demo.site import missing

    async def run() -> None:
        async with loopback_web({"one.example": missing}, refusing=["shut.example"]) as small:
            for name in ("one.example", "shut.example"):
                assert isinstance(await small.resolver.resolve(name, 443), Resolved)
            assert not isinstance(await small.resolver.resolve("two.example", 443), Resolved)

    asyncio.run(run())


def test_the_proxied_address_leads_to_a_host_of_the_world() -> None:
    found = unproxy(PROXIED)
    assert found is not None
    assert found.original == f"https://{UNPROXIED}/cited/pole-star"

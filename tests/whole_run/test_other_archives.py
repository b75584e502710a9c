"""The whole program with archives beside the Wayback Machine, and copies that a paper cites."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from citecheck import wiring
from citecheck.archives.others import DEFAULT
from citecheck.demo.archive import Capture
from citecheck.demo.site import Answer, Handler, missing, page, spoken
from citecheck.records.archive import LookupState
from citecheck.records.finding import State
from citecheck.records.observation import FaultKind
from standins.archive import OFFLINE, FaultyArchive
from standins.timemaps import Kept, SmallPywb
from standins.web import loopback_web
from whole_run.pywb_rig import Rig, at, said, shown, verified
from whole_run.reading import brief_settings

STORY = " ".join(f"In the year {n} the board printed its table twice." for n in range(40))
GONE = "https://gone.example/table"
KEPT = "https://kept.example/table"
LAW = "https://law.example/table"
OLD = "http://old.example/table"
OWN = f"https://web.archive.org/web/20190311080000/{KEPT}"
PERMA = "https://perma.cc/AB12-CD34"
TODAY = f"https://archive.ph/20190310080000/{OLD}"
PAPER = f"""# Paper

One.<sup>1</sup> Two.<sup>2</sup> Three.<sup>3</sup> Four.<sup>4</sup>

<sup>1</sup> Ann Author, "The Table of the Board," *Tide Review*, March 12, 2019, <{GONE}>

<sup>2</sup> Ben Author, "The Table of the Board," *Sea Review*, March 13, 2019, <{KEPT}>,
archived at <{OWN}>

<sup>3</sup> Cy Author, "The Table of the Board," *Law Review*, March 14, 2019, <{LAW}> [<{PERMA}>]

<sup>4</sup> Di Author, "The Table of the Board," *Old Review*, March 15, 2019, <{TODAY}>
"""


def html(title: str) -> bytes:
    return f"<html><title>{title}</title><h1>{title}</h1><p>{STORY}</p></html>".encode()


def board(_: object) -> Answer:
    return page("The Table of the Board", f"<h1>The Table of the Board</h1><p>{STORY}</p>")


def now() -> datetime:
    return datetime.now(UTC)


def wayback() -> FaultyArchive:
    kept = Capture(OLD, "20190310080000", 200, "text/html", html("The Table of the Board"))
    return FaultyArchive([kept], now=now)


def run(
    root: Path,
    archive: FaultyArchive,
    other: SmallPywb | None,
    *,
    command: str = "run",
    altered: Handler = board,
) -> dict[str, Any]:
    """One run of the program; its report."""
    settings = brief_settings(root, PAPER)
    settings = replace(settings, archive=replace(settings.archive, timemaps=DEFAULT))

    def replayed(request: Any) -> Answer:
        if "/web/20190311080000/" in request.target:
            return board(request)
        return spoken(archive.handle)(request)

    hosts: dict[str, Handler] = {
        "gone.example": missing,
        "kept.example": missing,
        "law.example": missing,
        "perma.cc": board,
        "archive.ph": altered,
        "web.archive.org": replayed,
    }
    dns: Mapping[str, FaultKind] = {"arquivo.pt": FaultKind.DNS_FAILURE}
    if other is not None:
        hosts["arquivo.pt"] = spoken(other.handle)
        dns = {}

    async def inside() -> None:
        async with loopback_web(hosts, dns=dns) as web:
            world = wiring.World(web.resolver, web.ssl_context, None)
            await wiring.carry_out(command, settings, world)

    asyncio.run(inside())
    report: dict[str, Any] = json.loads(
        (root / "archive/link-health.json").read_text(encoding="utf-8")
    )
    return report


def rows(report: dict[str, Any]) -> dict[str, Any]:
    return {row["url"]: row for row in report["links"]}


def test_copies_elsewhere_and_in_the_paper_are_offered(tmp_path: Path) -> None:
    other = SmallPywb([Kept("20190310080000", GONE, html("The Table of the Board"))])
    archive = wayback()
    links = rows(run(tmp_path, archive, other))
    gone, kept, law, old = links[GONE], links[KEPT], links[LAW], links[TODAY]
    assert gone["lookup"]["state"] == "found"
    assert [a["state"] for a in gone["lookup"]["others"]] == ["found"]
    copy = f"https://arquivo.pt/wayback/20190310080000/{GONE}"
    assert gone["suggestion"] == {"kind": "snapshot", "url": copy, "state": "ok"}
    assert [s["role"] for s in kept["snapshots"] if s["url"] == OWN] == ["cited"]
    assert kept["suggestion"]["url"] == OWN
    assert law["suggestion"]["url"] == PERMA
    assert (old["state"], old["reason"]) == ("ok", "ok")
    assert {"signal": "archive-untrusted", "value": "archive.today"} in old["evidence"]
    assert old["suggestion"]["url"] == f"https://web.archive.org/web/20190310080000/{OLD}"
    assert not any("archive.ph" in target for target in other.seen)
    asked = len(other.seen), len(archive.seen)
    again = rows(run(tmp_path, archive, other))
    assert again[GONE]["suggestion"] == gone["suggestion"]
    assert again[TODAY]["suggestion"] == old["suggestion"]
    assert (len(other.seen), len(archive.asked("/cdx"))) == (asked[0], 4), "all is remembered"


def test_the_warning_stands_in_the_report(tmp_path: Path) -> None:
    report = run(tmp_path, wayback(), SmallPywb([]))
    (said,) = (row for row in report["skipped"] if "archive.today" in row["what"])
    assert "have been altered" in said["why"]
    markdown = (tmp_path / "archive/link-health.md").read_text(encoding="utf-8")
    assert "have been altered" in markdown


def test_an_archive_whose_name_is_lost_changes_nothing(tmp_path: Path) -> None:
    report = run(tmp_path, wayback(), None)
    links = rows(report)
    assert links[GONE]["lookup"]["state"] == "none"
    assert links[GONE]["lookup"]["others"][0]["state"] == "unavailable"
    assert links[KEPT]["suggestion"]["url"] == OWN
    other = SmallPywb([Kept("20190310080000", GONE, html("The Table of the Board"))])
    found = rows(run(tmp_path, wayback(), other))
    assert found[GONE]["lookup"]["state"] == "found", "asked again as soon as it is back"


def test_without_archives_the_papers_own_copies_still_count(tmp_path: Path) -> None:
    links = rows(run(tmp_path, wayback(), None, command="check"))
    assert links[KEPT]["suggestion"]["url"] == OWN
    assert links[LAW]["suggestion"]["url"] == PERMA
    assert links[GONE]["suggestion"] is None


@pytest.mark.whole
def test_a_real_pywb_stands_in_for_a_silent_wayback_machine(rig: Rig) -> None:
    rig.ia.fail("/cdx", OFFLINE, 100)
    rig.ia.fail("/wayback/available", OFFLINE, 100)
    lists = f"http://127.0.0.1:{rig.pywb.port}/web/timemap/link/{{url}}"
    budget = timedelta(minutes=3)
    found = rig.find(at("three"), State.DEAD, timemaps=(lists,), budget=budget)
    assert said(found)[0] == "found"
    assert found.lookup.provisional
    assert shown(found)["cited"] == f"20190310080000/{at('three')}"
    assert verified(found) == [True]
    wall = rig.find(at("wall"), State.DEAD, timemaps=(lists,), budget=budget)
    assert shown(wall)["cited"] == f"20190201080000/{at('wall')}", "the wall is passed over"
    none = rig.find("https://never.example.org/", State.DEAD, timemaps=(lists,), budget=budget)
    assert none.lookup.state is not LookupState.FOUND
    assert [a.state for a in none.lookup.others] == [LookupState.NONE]
    rows_of = lists.replace("timemap/link/", "timemap/json/")
    exact = rig.find(at("exact"), State.DEAD, timemaps=(rows_of,), budget=budget)
    assert said(exact)[1] == "exact"

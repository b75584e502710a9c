"""The whole program with Software Heritage and Perma.cc beside the Wayback Machine."""

from __future__ import annotations

import asyncio
import gzip
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from citecheck import wiring
from citecheck.archives.keys import Keys
from citecheck.demo.site import Answer, Handler, Request, missing, page, spoken
from citecheck.records.ask import Ask
from citecheck.settings import ArchiveSettings
from standins.archive import KEYS, FaultyArchive
from standins.keepers import KEY, Heritage, PermaService
from standins.keepers import Answer as Told
from standins.web import loopback_web
from whole_run.reading import brief_settings

TOOL = "https://github.com/tides/tool"
GONE = "https://github.com/tides/lost/blob/main/README.md"
STORY = "https://board.example/table"
PAPER = f"""# Paper

One.<sup>1</sup> Two.<sup>2</sup> Three.<sup>3</sup>

<sup>1</sup> Ann Author, "The Tool of the Tides," *Tide Review*, March 12, 2019, <{TOOL}>

<sup>2</sup> Ben Author, "The Lost Tool," *Tide Review*, March 12, 2019, <{GONE}>

<sup>3</sup> Cy Author, "The Table of the Board," *Tide Review*, March 12, 2019, <{STORY}>
"""


def now() -> datetime:
    return datetime.now(UTC)


def text(title: str) -> Answer:
    words = " ".join(f"In the year {n} the board printed its table twice." for n in range(40))
    return page(title, f"<h1>{title}</h1><p>{words}</p>")


def forge(request: Request) -> Answer:
    return text("The Tool of the Tides") if "/tool" in request.path else missing(request)


def served(answer: Told) -> Answer:
    assert isinstance(answer, tuple)
    status, headers, body = answer
    return Answer(status, body, tuple(headers.items()))


class World:
    """Every service that the program meets, and what it was asked."""

    def __init__(self) -> None:
        self.wayback = FaultyArchive((), now=now)
        self.heritage = Heritage()
        self.perma = PermaService(polls=0)
        self.asked: list[str] = []

    def hosts(self) -> Mapping[str, Handler]:
        return {
            "github.com": forge,
            "board.example": lambda _: text("The Table of the Board"),
            "web.archive.org": spoken(self.wayback.handle),
            "archive.softwareheritage.org": self._heritage,
            "api.perma.cc": self._perma,
        }

    def _heritage(self, request: Request) -> Answer:
        self.asked.append(f"{request.method} {unquote(request.path)}")
        assert not request.body
        return served(self.heritage.answer(request.method, request.path, now()))

    def _perma(self, request: Request) -> Answer:
        self.asked.append(f"{request.method} {request.target}")
        ask = Ask(
            f"https://api.perma.cc{request.target}",
            request.method,
            tuple((k.title(), v) for k, v in request.headers.items()),
            request.body,
        )
        return served(self.perma.answer(ask, now()))


def run(root: Path, world: World, *, save: bool, **changes: Any) -> dict[str, Any]:
    settings = brief_settings(root, PAPER, save=save)
    how: ArchiveSettings = replace(settings.archive, poll_limit=0.3)
    settings = replace(settings, archive=replace(how, **changes), verbosity=2)

    async def inside() -> None:
        async with loopback_web(world.hosts()) as web:
            outside = wiring.World(web.resolver, web.ssl_context, Keys(*KEYS))
            await wiring.carry_out("run", settings, outside)

    asyncio.run(inside())
    report = json.loads((root / "archive/link-health.json").read_text(encoding="utf-8"))
    return {row["url"]: row for row in report["links"]}


def brief(row: Mapping[str, Any]) -> list[tuple[str, str, str | None]]:
    return [(s["archive"], s["state"], s["reason"]) for s in row["saves"]]


def test_repositories_are_looked_up_saved_and_resumed(tmp_path: Path) -> None:
    world = World()
    world.heritage.visits["https://github.com/tides/lost"] = "2021-05-06T07:08:09+00:00"
    links = run(tmp_path, world, save=False)
    assert links[GONE]["state"] == "dead"
    (copy,) = (s for s in links[GONE]["snapshots"] if s["archive"] == "software-heritage")
    assert (copy["role"], copy["taken"]) == ("latest", "2021-05-06T07:08:09Z")
    assert not any(line.startswith("POST") for line in world.asked), "nobody consented"
    assert brief(links[STORY]) == []
    links = run(tmp_path, world, save=True)
    assert brief(links[TOOL]) == [("software-heritage", "pending", None)]
    assert brief(links[GONE]) == [("software-heritage", "none", "has-copy")]
    world.heritage.done(TOOL, now().isoformat())
    links = run(tmp_path, world, save=True)
    assert brief(links[TOOL]) == [("software-heritage", "saved", None)]
    assert [line for line in world.asked if line.startswith("POST")] == [
        f"POST /api/1/origin/save/git/url/{TOOL}/"
    ]


def test_a_page_that_the_wayback_machine_refuses_is_kept_at_perma(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PERMA_API_KEY", KEY)
    world = World()
    world.wayback.job_errors[STORY] = ["error:blocked-url"] * 5
    links = run(tmp_path, world, save=True, perma="needed", software_heritage="")
    assert links[STORY]["save"]["reason"] == "error:blocked-url"
    perma = world.perma.links
    assert [link["url"] for link in perma.values()] == [STORY]
    assert [one[0] for one in brief(links[STORY])] == ["perma.cc"]
    links = run(tmp_path, world, save=True, perma="needed", software_heritage="")
    assert brief(links[STORY]) == [("perma.cc", "saved", None)]
    (copy,) = (s for s in links[STORY]["snapshots"] if s["archive"] == "perma.cc")
    assert (copy["role"], copy["url"]) == ("saved", f"https://perma.cc/{next(iter(perma))}")
    assert len(perma) == 1, "made once"
    shown = "".join(capfd.readouterr())
    for file in (f for f in tmp_path.rglob("*") if f.is_file()):
        data = file.read_bytes()
        data += gzip.decompress(data) if file.suffix == ".gz" else b""
        assert KEY.encode() not in data, file
    assert KEY not in shown


def test_the_report_shows_who_keeps_a_lost_repository(tmp_path: Path) -> None:
    world = World()
    world.heritage.visits["https://github.com/tides/lost"] = "2021-05-06T07:08:09+00:00"
    run(tmp_path, world, save=False)
    shown = (tmp_path / "archive/link-health.html").read_text(encoding="utf-8")
    assert "software-heritage, 2021-05-06" in shown


def test_the_ledger_keeps_what_was_asked_for(tmp_path: Path) -> None:
    world = World()
    run(tmp_path, world, save=True)
    records = (tmp_path / "archive/links.jsonl").read_text(encoding="utf-8")
    (line,) = (json.loads(one) for one in records.splitlines() if f'"{TOOL}"' in one)
    assert [(s["archive"], s["state"]) for s in line["saves"]] == [("software-heritage", "pending")]

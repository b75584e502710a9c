"""The whole program and its local copies: quiet runs, what pages need, the limit of the folder."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from pathlib import Path

import pytest

from citecheck import wiring
from citecheck.demo.site import Answer, Handler, missing, page, paths, validated
from citecheck.settings import Settings
from standins.web import loopback_web
from standins.wire import unpacked
from whole_run.reading import brief_settings

STORY = " ".join(f"In the year {n} the board printed its table twice." for n in range(60))
URL = "https://board.example/table"
PAPER = f"""# Paper

One.<sup>1</sup>

<sup>1</sup> Ann Author, "The Table of the Board," *Tide Review*, March 12, 2019, <{URL}>
"""
HEAD = '<link rel="stylesheet" href="/s.css">'
CSS = (("Content-Type", "text/css"),)


def board(note: str = "") -> Answer:
    body = f'<h1>The Table of the Board</h1><p>{STORY}</p><img src="/i.png"><!--{note}-->'
    return page("The Table of the Board", body, head=HEAD)


def run(settings: Settings, table: Handler, *, command: str = "check") -> list[str]:
    """One run; what the board was asked for."""

    async def inside() -> list[str]:
        async with loopback_web({"board.example": table}) as web:
            await wiring.carry_out(command, settings, wiring.World(web.resolver, web.ssl_context))
            return [request.path for request in web.seen if request.host == "board.example"]

    return asyncio.run(inside())


def site(note: str = "") -> Handler:
    return paths({
        "/table": validated(board(note), f"t{note}"),
        "/s.css": Answer(200, b"p{background:url(b.png)}", CSS),
        "/b.png": Answer(200, b"background", (("Content-Type", "image/png"),)),
        "/i.png": Answer(200, b"image", (("Content-Type", "image/png"),)),
    })  # fmt: skip


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return replace(brief_settings(tmp_path, PAPER), warc=True)


def copies(settings: Settings) -> list[str]:
    report = settings.root / "archive" / "link-health.json"
    (row,) = json.loads(report.read_text(encoding="utf-8"))["links"]
    return [s["url"] for s in row["snapshots"] if s["role"] == "local"]


def test_a_quiet_run_leaves_ledger_and_report_alone(settings: Settings) -> None:
    assert run(settings, site()) == ["/table"]
    (name,) = copies(settings)
    archive = settings.root / "archive"
    assert (archive / name.partition("#")[0]).is_file()
    kept = {p.name: p.read_bytes() for p in (archive / "links.jsonl", archive / "history.jsonl")}
    run(settings, site())
    before = (archive / "link-health.json").read_bytes()
    run(settings, site("another body"))
    assert {name: (archive / name).read_bytes() for name in kept} == kept
    assert (archive / "link-health.json").read_bytes() == before


def test_without_local_copies_none_is_told_of(settings: Settings) -> None:
    run(replace(settings, warc=False), site())
    assert copies(settings) == []
    assert not (settings.root / "archive" / "warc").exists()


def test_pages_are_kept_with_what_they_need(settings: Settings) -> None:
    wanted = replace(settings, warc_requisites=True)
    asked = run(wanted, site())
    assert sorted(asked) == ["/b.png", "/i.png", "/s.css", "/table"]
    text = unpacked(settings.root / "archive" / "warc")
    assert b"WARC-Target-URI: https://board.example/b.png\r\n" in text
    assert run(wanted, site()) == ["/table"]


def test_a_dead_page_is_reported_with_its_copy(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    run(settings, site())
    (name,) = copies(settings)
    capsys.readouterr()
    run(settings, missing)
    assert copies(settings) == [name]
    said = " ".join(capsys.readouterr().out.split())
    assert "A local copy of " in said
    assert name.partition("#")[0] in said


def test_the_limit_is_applied_after_the_run(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is told of in the ledger, and the newest, stay whatever the limit is."""
    noise = ["".join(f"{hash((n, m)):x} " for m in range(4_000)) for n in range(4)]
    for note in noise:
        run(settings, site(note))
    limited = replace(settings, archive=replace(settings.archive, warc_limit=60_000))
    capsys.readouterr()
    run(replace(limited, quiet=False), site(noise[-1]))
    assert "were removed (warc-limit)" in capsys.readouterr().err
    folder = settings.root / "archive" / "warc"
    assert (folder / "pruned.jsonl").is_file()
    text = unpacked(folder)
    assert [note[:200].encode() in text for note in noise] == [True, False, False, True]
    assert run(limited, site(noise[-1])) == ["/table"]

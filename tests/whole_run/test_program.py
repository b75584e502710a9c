"""The whole program on loopback: verdicts of two days, exit codes, interruption, resumption."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from citecheck import cli, wiring
from citecheck.demo.server import SmallWeb
from citecheck.demo.site import Answer, Handler, page
from citecheck.records.observation import FaultKind
from citecheck.settings import Settings
from standins.web import loopback_web
from whole_run import world_day
from whole_run.reading import brief_settings, found

STORY = "<p>" + " ".join(f"The keeper of year {n} wrote the tide down twice." for n in range(40))


def fine(title: str) -> Handler:
    return lambda _: page(title, f"<h1>{title}</h1>{STORY}</p>")


def paper(*urls: str) -> str:
    body = " ".join(f"Said so.<sup>{n}</sup>" for n in range(1, len(urls) + 1))
    notes = "\n\n".join(
        f'<sup>{n}</sup> Ann Author, "Page {n}," *Tide Review*, May {n}, 2020, <{url}>'
        for n, url in enumerate(urls, 1)
    )
    return f"# Paper\n\n{body}\n\n{notes}\n"


def carry_out(web: SmallWeb, settings: Settings, command: str = "check") -> int:
    async def inside() -> int:
        async with web:
            world = wiring.World(web.resolver, web.ssl_context)
            return await wiring.carry_out(command, settings, world)

    return asyncio.run(inside())


def report_of(root: Path) -> dict[str, Any]:
    text = (root / "archive/link-health.json").read_text(encoding="utf-8")
    report: dict[str, Any] = json.loads(text)
    return report


def test_every_kind_of_host_on_two_days(tmp_path: Path) -> None:
    settings = replace(brief_settings(tmp_path, world_day.paper()), timeout=1.5, warc=None)
    for day in (1, 2):
        code = carry_out(world_day.web(day), settings)
        assert code == wiring.EXIT_FINDINGS
        assert found(tmp_path / "archive/link-health.json") == world_day.findings(day)
    assert not (tmp_path / "archive/warc").exists(), "check keeps no copies unless asked"


def test_a_second_run_without_news_leaves_the_files_alone(tmp_path: Path) -> None:
    settings = brief_settings(tmp_path, paper("https://a.example/x"))
    hosts = {"a.example": fine("Page 1")}

    def kept() -> dict[str, bytes]:
        files = [*(tmp_path / "archive").glob("*.*"), *(tmp_path / "references").iterdir()]
        return {f.name: f.read_bytes() for f in files if f.is_file()}

    assert carry_out(loopback_web(hosts), settings) == 0
    assert report_of(tmp_path)["summary"]["news"] == 1
    ledger = (tmp_path / "archive/links.jsonl").read_bytes()
    assert carry_out(loopback_web(hosts), settings) == 0
    assert report_of(tmp_path)["summary"]["news"] == 0, "yesterday's news is not today's"
    assert (tmp_path / "archive/links.jsonl").read_bytes() == ledger
    before = kept()
    assert carry_out(loopback_web(hosts), settings) == 0
    assert kept() == before


def test_a_spoilt_line_of_the_ledger_is_told_by_its_place_in_the_project(tmp_path: Path) -> None:
    settings = brief_settings(tmp_path, paper("https://a.example/x"))
    hosts = {"a.example": fine("Page 1")}
    assert carry_out(loopback_web(hosts), settings) == 0
    with (tmp_path / "archive/links.jsonl").open("a") as lines:
        lines.write("<<<<<<< HEAD\n")
    assert carry_out(loopback_web(hosts), settings) == 0
    (told,) = report_of(tmp_path)["skipped"]
    place = os.path.join("archive", "links.jsonl")
    assert told == {"what": "ledger", "why": f"{place}, line 3: cannot be read and was passed over"}


@pytest.mark.parametrize("loud", [(), ("-vv",)])
def test_a_usage_error_is_exit_code_2_however_much_is_told(loud: tuple[str, ...]) -> None:
    asked = CliRunner().invoke(cli.app, ["check", "--config", "no-such.toml", *loud])
    assert asked.exit_code == 2
    assert "no-such.toml" in asked.stderr
    assert ("Traceback" in asked.stderr) is bool(loud)


def test_a_document_without_citations_is_an_exit_code_of_its_own(tmp_path: Path) -> None:
    settings = brief_settings(tmp_path, "Nothing is cited here.\n")
    assert carry_out(loopback_web({}), settings) == wiring.EXIT_EMPTY
    assert carry_out(loopback_web({}), replace(settings, allow_empty=True)) == 0


def test_what_cannot_be_read_is_told_and_the_rest_is_done(tmp_path: Path) -> None:
    settings = brief_settings(tmp_path, paper("https://a.example/x"))
    (tmp_path / "scan.pdf").write_bytes(b"%PDF-1.4\n\0\0")
    sources = (*settings.sources, str(tmp_path / "scan.pdf"), str(tmp_path / "gone.md"))
    code = carry_out(
        loopback_web({"a.example": fine("Page 1")}), replace(settings, sources=sources)
    )
    assert code == wiring.EXIT_UNREAD
    report = report_of(tmp_path)
    assert [row["state"] for row in report["links"]] == ["ok"]
    assert sorted(s["what"] for s in report["skipped"]) == ["gone.md", "scan.pdf"]


def test_a_mistyped_source_leaves_the_last_report_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = brief_settings(tmp_path, paper("https://a.example/x"))
    hosts = {"a.example": fine("Page 1")}
    assert carry_out(loopback_web(hosts), settings) == 0
    before = (tmp_path / "archive/link-health.json").read_bytes()
    capsys.readouterr()
    settings = replace(settings, sources=(str(tmp_path / "papr.md"),))
    assert carry_out(loopback_web(hosts), settings) == wiring.EXIT_UNREAD
    assert (tmp_path / "archive/link-health.json").read_bytes() == before
    assert "papr.md: no such file" in capsys.readouterr().err


def test_the_url_of_a_document_is_a_source(tmp_path: Path) -> None:
    settings = brief_settings(tmp_path, "")
    text = Answer(200, paper("https://a.example/x").encode(), (("Content-Type", "text/markdown"),))
    hosts: Mapping[str, Handler] = {"papers.example": lambda _: text, "a.example": fine("Page 1")}
    settings = replace(settings, sources=("https://papers.example/paper.md",))
    assert carry_out(loopback_web(hosts), settings) == 0
    assert found(tmp_path / "archive/link-health.json") == {"https://a.example/x": "ok/ok"}


def test_without_sources_the_records_are_checked_and_only_read(tmp_path: Path) -> None:
    settings = brief_settings(tmp_path, paper("https://a.example/x"))
    hosts = {"a.example": fine("Page 1")}
    assert carry_out(loopback_web({}), settings, "extract") == 0
    (tmp_path / "paper.md").unlink()
    (record,) = (tmp_path / "references").glob("*.json")
    before = record.read_bytes()
    assert carry_out(loopback_web(hosts), replace(settings, sources=())) == 0
    assert found(tmp_path / "archive/link-health.json") == {"https://a.example/x": "ok/ok"}
    assert record.read_bytes() == before


def test_when_the_network_is_down_nothing_is_concluded(tmp_path: Path) -> None:
    urls = [f"https://{name}.example/x" for name in ("a", "b", "c")]
    settings = brief_settings(tmp_path, paper(*urls))
    hosts = {f"{name}.example": fine(f"Page {n}") for n, name in enumerate("abc", 1)}
    assert carry_out(loopback_web(hosts), settings) == 0
    ledger = (tmp_path / "archive/links.jsonl").read_bytes()
    off = loopback_web({}, dns=dict.fromkeys(hosts, FaultKind.DNS_FAILURE))
    assert carry_out(off, settings) == wiring.EXIT_DOWN
    assert set(found(tmp_path / "archive/link-health.json").values()) == {"ok/ok"}
    assert report_of(tmp_path)["network_down"] is True
    assert (tmp_path / "archive/links.jsonl").read_bytes() == ledger


def test_one_dead_host_is_not_a_dead_network(tmp_path: Path) -> None:
    settings = brief_settings(tmp_path, paper("https://gone.example/x"))
    landmarks = {"web.archive.org": fine("Archive"), "doi.org": fine("DOI")}
    assert carry_out(loopback_web(landmarks), settings) == wiring.EXIT_FINDINGS
    assert set(found(tmp_path / "archive/link-health.json").values()) == {"dead/dns-nxdomain"}


CHILD = Path(__file__).with_name("slow_child.py")


def child(root: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, str(CHILD), str(root)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(CHILD.parents[1])},
    )


def wait_for_visits(run: subprocess.Popen[bytes], root: Path, wanted: int) -> int:
    """Wait until the journal of a run holds some visits; returns how many."""
    journal = root / "archive/.state/journal.jsonl"
    while True:
        seen = journal.read_bytes().count(b'"observation"') if journal.exists() else 0
        if seen >= wanted:
            return seen
        with suppress(subprocess.TimeoutExpired):
            run.wait(timeout=0.02)
            break
    raise AssertionError(f"the run ended by itself: {run.communicate()}")


@pytest.mark.skipif(os.name == "nt", reason="needs signals of POSIX")
def test_a_killed_run_loses_no_visit_and_the_next_goes_on(tmp_path: Path) -> None:
    from whole_run.slow_child import HOSTS, URLS

    brief_settings(tmp_path, paper(*URLS))
    run = child(tmp_path)
    wait_for_visits(run, tmp_path, 3)
    run.send_signal(signal.SIGKILL)
    run.communicate()
    assert not (tmp_path / "archive/links.jsonl").exists(), "nothing was folded yet"
    web = loopback_web({**HOSTS, "stuck.example": fine("Page 4")})
    settings = brief_settings(tmp_path, paper(*URLS))
    assert carry_out(web, settings) == 0
    assert [r.host for r in web.seen] == ["stuck.example"], "what was seen is not asked again"
    assert set(found(tmp_path / "archive/link-health.json").values()) == {"ok/ok"}
    assert not (tmp_path / "archive/.state/journal.jsonl").exists()


@pytest.mark.skipif(os.name == "nt", reason="needs signals of POSIX")
@pytest.mark.parametrize(
    ("how", "ignored"),
    [
        pytest.param(signal.SIGINT, False, id="SIGINT", marks=pytest.mark.whole),
        pytest.param(signal.SIGTERM, False, id="SIGTERM"),
        pytest.param(signal.SIGINT, True, id="SIGINT, of a parent that ignores it"),
        pytest.param(signal.SIGTERM, True, id="SIGTERM, as well", marks=pytest.mark.whole),
    ],
)
def test_an_interrupted_run_keeps_what_it_saw(
    tmp_path: Path, how: signal.Signals, ignored: bool
) -> None:
    from whole_run.slow_child import HOSTS, URLS

    brief_settings(tmp_path, paper(*URLS))
    before = signal.signal(signal.SIGINT, signal.SIG_IGN if ignored else signal.SIG_DFL)
    try:
        run = child(tmp_path)
    finally:
        signal.signal(signal.SIGINT, before)
    wait_for_visits(run, tmp_path, 3)
    run.send_signal(how)
    out, err = run.communicate(timeout=20)
    assert run.returncode == wiring.EXIT_INTERRUPTED, (out, err)
    assert b"Traceback" not in err
    verdicts = found(tmp_path / "archive/link-health.json")
    assert verdicts["https://stuck.example/x"] == "unchecked/interrupted"
    assert list(verdicts.values()).count("ok/ok") == 3
    assert report_of(tmp_path)["interrupted"] is True
    history = (tmp_path / "archive/history.jsonl").read_text()
    web = loopback_web({**HOSTS, "stuck.example": fine("Page 4")})
    assert carry_out(web, brief_settings(tmp_path, paper(*URLS))) == 0
    assert [r.host for r in web.seen] == ["stuck.example"], "what was seen is not asked again"
    assert set(found(tmp_path / "archive/link-health.json").values()) == {"ok/ok"}
    grown = (tmp_path / "archive/history.jsonl").read_text()
    assert grown.startswith(history)
    assert grown.count("\n") == history.count("\n") + 1
    assert not (tmp_path / "archive/.state/journal.jsonl").exists()

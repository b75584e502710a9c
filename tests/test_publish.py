"""Which files a report goes to, what standard output holds, and when colour is wanted."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from citecheck.errors import LedgerError, SettingsError
from citecheck.ledger.store import Ledger
from citecheck.publish import (
    Published,
    check_specs,
    closing,
    color_wanted,
    publish,
    read_again,
    show,
)
from citecheck.records.finding import State
from citecheck.reports import json_report
from citecheck.settings import Settings
from citecheck.urls.archived import recognise
from standins.mending import links_in, mended, report_of, row
from standins.sample_report import sample_report
from standins.wire import FixedClock

REPORT = sample_report()


def ledger_of(settings: Settings) -> Ledger:
    return Ledger(settings, FixedClock())


def put(settings: Settings, *, again: bool = False, days: int = 0) -> Published:
    report = replace(REPORT, generated=REPORT.generated + timedelta(days=days))
    return publish(report, ledger_of(settings), settings, again=again)


def stamps(folder: Path) -> dict[str, int]:
    return {p.name: p.stat().st_mtime_ns for p in folder.iterdir()}


def test_three_files_by_default_and_the_best_for_people_first(tmp_path: Path) -> None:
    files = put(Settings(root=tmp_path)).files
    assert [f.relative_to(tmp_path).as_posix() for f in files] == [
        "archive/link-health.html", "archive/link-health.md", "archive/link-health.json",
    ]  # fmt: skip
    assert all(f.is_file() for f in files)


def test_without_news_nothing_is_rewritten_unless_asked_for(tmp_path: Path) -> None:
    settings = Settings(root=tmp_path)
    put(settings)
    before = stamps(tmp_path / "archive")
    put(settings, days=1)
    assert stamps(tmp_path / "archive") == before
    (tmp_path / "archive/link-health.md").unlink()
    put(settings, days=1)
    assert set(stamps(tmp_path / "archive")) == set(before), "what is missing is made"
    put(settings, again=True)
    after = stamps(tmp_path / "archive")
    assert after["link-health.html"] != before["link-health.html"]
    assert after["link-health.json"] == before["link-health.json"]


def test_what_is_asked_for_replaces_the_default_and_json_is_always_there(tmp_path: Path) -> None:
    wanted = (str(tmp_path / "a.sarif"), f"junit:{tmp_path / 'deep/b.txt'}", "csv:-")
    published = put(Settings(root=tmp_path, reports=wanted))
    assert (tmp_path / "a.sarif").read_text().startswith("{")
    assert (tmp_path / "deep/b.txt").read_text().startswith("<?xml")
    assert [p.name for p in (tmp_path / "archive").iterdir()] == ["link-health.json"]
    assert published.texts[0].startswith("state,")


def test_a_report_on_standard_output_is_all_that_is_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = Settings(root=tmp_path, reports=("json:-",))
    show(REPORT, settings, put(settings))
    out, err = capsys.readouterr()
    assert json.loads(out)["schema"] == "citecheck/link-health/1"
    assert err == ""


def test_quiet_prints_findings_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = Settings(root=tmp_path, quiet=True)
    fine = tuple(r for r in REPORT.links if r.finding.state is State.OK)
    show(replace(REPORT, links=fine), settings, Published(()))
    assert capsys.readouterr().out == ""
    show(REPORT, settings, Published(()))
    out = capsys.readouterr().out
    assert "need your attention" in out
    assert "Moved" not in out


def test_a_reader_that_has_gone_is_no_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as stream:
        monkeypatch.setattr("sys.stdout", stream)
        show(REPORT, Settings(root=tmp_path), Published(()))
        stream.flush()


def test_the_report_comes_back_from_disk(tmp_path: Path) -> None:
    settings = Settings(root=tmp_path)
    with pytest.raises(LedgerError, match="run `citecheck run` first"):
        read_again(ledger_of(settings))
    put(settings)
    assert json_report.render(read_again(ledger_of(settings))) == json_report.render(REPORT)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "{}", '{"schema": 9, "links": 3}'])
def test_a_damaged_report_is_said_to_be_one(tmp_path: Path, text: str) -> None:
    settings = Settings(root=tmp_path)
    put(settings)
    (tmp_path / "archive/link-health.json").write_text(text)
    with pytest.raises(LedgerError, match="report"):
        read_again(ledger_of(settings))


def test_a_folder_is_no_report(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="is a folder"):
        check_specs(Settings(reports=(f"md:{tmp_path}",)))


@pytest.mark.parametrize(
    ("mode", "terminal", "environ", "wanted"),
    [
        ("auto", True, {}, True),
        ("auto", False, {}, False),
        ("auto", True, {"NO_COLOR": "1"}, False),
        ("auto", True, {"NO_COLOR": ""}, True),
        ("auto", True, {"TERM": "dumb"}, False),
        ("always", False, {"NO_COLOR": "1"}, True),
        ("never", True, {}, False),
    ],
)
def test_when_colour_is_wanted(
    mode: str,
    terminal: bool,
    environ: dict[str, str],
    wanted: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    assert color_wanted(mode, terminal) is wanted


def test_the_last_lines_say_what_went_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    files = (tmp_path / "archive/link-health.html",)
    assert closing(REPORT, files) == "Report: archive/link-health.html"
    assert "network seems to be down" in closing(replace(REPORT, network_down=True), files)
    assert "the next run takes it up" in closing(replace(REPORT, interrupted=True), files)


def test_the_closing_lines_point_to_mend_while_a_copy_is_not_cited(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    data = b"Text.[^1]\n\n[^1]: Ann Ait, 2018, https://example.org/a.\n"
    Path("paper.md").write_bytes(data)
    files = (tmp_path / "archive" / "link-health.html",)
    said = closing(report_of("paper.md", data), files)
    assert said.splitlines()[1:] == ["Copies of 1 dead link can be noted: citecheck mend paper.md"]
    done = mended("paper.md", data).data
    rows = tuple(
        row(k) if recognise(k.url) is None else row(k, State.OK, "ok")
        for k in links_in("paper.md", done)
    )
    assert len(closing(report_of("paper.md", done, rows), files).splitlines()) == 1


def test_a_report_that_is_only_printed_again_writes_nothing(tmp_path: Path) -> None:
    put(Settings(root=tmp_path))
    folder = tmp_path / "archive"
    before = {p: p.stat().st_mtime_ns for p in folder.rglob("*")}
    assert put(Settings(root=tmp_path, reports=("md:-",)), again=True).texts
    assert {p: p.stat().st_mtime_ns for p in folder.rglob("*")} == before

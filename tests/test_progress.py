from __future__ import annotations

import pytest

from citecheck.progress import BarProgress, NoProgress, PlainProgress, choose


def test_no_terminal_no_progress(capsys: pytest.CaptureFixture[str]) -> None:
    with choose("auto", quiet=False, color=False) as progress:
        progress.stage("check", 1, 2)
    assert type(progress) is NoProgress
    assert capsys.readouterr() == ("", "")


def test_quiet_beats_plain() -> None:
    assert type(choose("plain", quiet=True, color=False)) is NoProgress


def test_plain_lines_tell_stages_and_waits_once(capsys: pytest.CaptureFixture[str]) -> None:
    progress = PlainProgress()
    progress.stage("check", 0, 3)
    progress.stage("check", 1, 3)
    progress.stage("check", 1, 3, "waiting 12 s for slow.example")
    progress.stage("check", 2, 3, "waiting 12 s for slow.example")
    progress.stage("check", 3, 3)
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines() == [
        "check: 0/3",
        "check: 1/3  waiting 12 s for slow.example",
        "check: 3/3",
    ]


def test_a_note_cannot_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    PlainProgress().stage("check", 0, 1, "\x1b]52;c;aGk=\x07host")
    assert "\x1b" not in capsys.readouterr().err


def test_the_bar_shows_and_goes(capsys: pytest.CaptureFixture[str]) -> None:
    with BarProgress(color=False) as bar:
        bar.stage("check", 1, 2, "[red]not markup[/red]")
        bar.stage("check", 2, 2)
    assert "\x1b[31m" not in capsys.readouterr().err

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from citecheck import configuration
from citecheck.errors import SettingsError
from citecheck.settings import Settings


def load(folder: Path, environ: dict[str, str] | None = None, **flags: object) -> Settings:
    named = {k.replace("_", "-"): v for k, v in flags.items()}
    return configuration.load(None, folder, environ or {}, named)


def test_defaults_are_those_of_the_contract(tmp_path: Path) -> None:
    s = load(tmp_path)
    assert (s.timeout, s.connect_timeout, s.concurrency, s.per_host, s.delay) == (
        30,
        10,
        64,
        2,
        0.5,
    )
    assert (s.max_bytes, s.max_hops, s.fail_on) == (20_000_000, 20, ("dead", "changed", "mismatch"))
    assert (s.save, s.warc, s.probe, s.robots, s.allow_private) == (False, None, True, False, False)
    assert s.quirks
    assert s.archive.budget == timedelta(minutes=10)
    assert s.archive.fresh == timedelta(days=30)
    assert s.references == tmp_path / "references"
    assert s.archive_dir == tmp_path / "archive"


def test_flags_beat_environment_beats_file(tmp_path: Path) -> None:
    (tmp_path / "citecheck.toml").write_text("timeout = 11\ndelay = 1.5\nper-host = 3\n")
    s = load(tmp_path, {"CITECHECK_DELAY": "2", "CITECHECK_PER_HOST": "4"}, per_host="5")
    assert (s.timeout, s.delay, s.per_host) == (11, 2, 5)


def test_the_file_is_found_upwards_and_is_the_root(tmp_path: Path) -> None:
    (tmp_path / "citecheck.toml").write_text('sources = ["paper.md"]\nreport = ["out/r.sarif"]\n')
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    s = load(deep)
    assert s.root == tmp_path
    assert s.sources == (str(tmp_path / "paper.md"),)
    assert s.reports == (str(tmp_path / "out/r.sarif"),)
    s = load(deep, sources=["x.md", "-", "https://h.example/p.md"], report=["SARIF:y.txt", "csv:-"])
    assert s.sources == (str(deep / "x.md"), "-", "https://h.example/p.md")
    assert s.reports == (f"SARIF:{deep / 'y.txt'}", "csv:-")


def test_pyproject_counts_only_with_its_own_table(tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    (tmp_path / "pyproject.toml").write_text("[tool.other]\nx = 1\n")
    assert load(inside).root == inside
    (tmp_path / "pyproject.toml").write_text("[tool.citecheck]\nsave = true\n")
    assert load(inside).save is True
    (tmp_path / "pyproject.toml").write_text("not toml at all [[")
    assert load(inside).root == inside


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("time-out = 3", "unknown key 'time-out'; did you mean 'timeout'?"),
        ("[archive]\nfrsh = '3d'", "unknown key 'frsh'; did you mean 'fresh'?"),
        ("[contact]\nmail = 'x'", "unknown key 'mail'; did you mean 'email'?"),
        ("timeout = 'long'", "timeout must be a number"),
        ("save = 'perhaps'", "save must be true or false"),
        ("allow-private = ['10.0.0.0/99']", "allow-private must be"),
        ("fail-on = ['ded']", "did you mean 'dead'"),
        ("contact = 'x (y)'", "plain ASCII without brackets"),
        ("= 1", "is not valid TOML"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "citecheck.toml").write_text(text + "\n")
    with pytest.raises(SettingsError) as fault:
        load(tmp_path)
    assert says in str(fault.value)
    assert "citecheck.toml" in str(fault.value)


def test_an_unknown_variable_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"CITECHECK_TIMEOUTS.*CITECHECK_TIMEOUT'"):
        load(tmp_path, {"CITECHECK_TIMEOUTS": "3"})
    with pytest.raises(SettingsError, match="CITECHECK_ARCHIVE_FRESH"):
        load(tmp_path, {"CITECHECK_ARCHIVE_FRESCH": "3d"})


def test_an_empty_variable_is_none(tmp_path: Path) -> None:
    (tmp_path / "citecheck.toml").write_text("save = true\n")
    assert load(tmp_path, {"CITECHECK_SAVE": "", "CITECHECK_MAX_AGE": ""}).save is True


def test_archive_is_a_folder_or_a_table(tmp_path: Path) -> None:
    s = load(tmp_path, {"CITECHECK_ARCHIVE": "kept", "CITECHECK_ARCHIVE_BUDGET": "5s"})
    assert s.archive_dir == tmp_path / "kept"
    assert s.archive.budget == timedelta(seconds=5)


def test_private_networks_may_be_listed(tmp_path: Path) -> None:
    (tmp_path / "citecheck.toml").write_text("allow-private = ['10.1.0.0/16', 'fd00::/8']\n")
    s = load(tmp_path)
    assert (s.allow_private, s.allow_networks) == (False, ("10.1.0.0/16", "fd00::/8"))


def test_contact_is_text_or_table(tmp_path: Path) -> None:
    (tmp_path / "citecheck.toml").write_text("[contact]\nemail = 'me@example.org'\n")
    assert load(tmp_path).contact == "me@example.org"


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no such configuration file"):
        configuration.load(tmp_path / "no.toml", tmp_path, {}, {})


@pytest.mark.parametrize(
    ("said", "used"),
    [
        (True, (True, "auto")),
        (False, (False, "auto")),
        ("yes", (True, "auto")),
        ("google-chrome", (True, "google-chrome")),
        ("/opt/chrome", (True, "/opt/chrome")),
    ],
)
def test_a_browser_is_asked_for_by_a_flag_a_name_or_a_path(
    tmp_path: Path, said: object, used: tuple[bool, str]
) -> None:
    assert load(tmp_path).browser is False
    s = load(tmp_path, browser=said)
    assert (s.browser, s.browser_program) == used


def test_the_flag_keeps_the_browser_that_the_file_names(tmp_path: Path) -> None:
    (tmp_path / "citecheck.toml").write_text('browser = "bin/chrome"\nbrowser-budget = "1h"\n')
    here = str(tmp_path / "bin/chrome")
    s = load(tmp_path, browser=False)
    assert (s.browser, s.browser_program) == (False, here)
    s = load(tmp_path, browser=True)
    assert (s.browser, s.browser_program, s.browser_budget) == (True, here, timedelta(hours=1))
    assert load(tmp_path, {"CITECHECK_BROWSER": "chromium"}).browser_program == "chromium"
    with pytest.raises(SettingsError, match="browser must be true, false, or a browser's name"):
        load(tmp_path, browser=["chromium"])

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from citecheck import configuration, values
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
        ("[archive]\nreserve = -1", "archive.reserve must be a number from 0 to 1,000,000"),
        ("[archive]\nsaves-per-day = 0", "archive.saves-per-day must be a number from 1"),
        ("[archive]\nsaves-per-minute = 13", "must be at most 12 at the Wayback Machine"),
        ("[archive]\nlookups-per-minute = 31", "must be at most 30 at the Wayback Machine"),
        ("[archive]\nanonymous = 'perhaps'", "archive.anonymous must be true or false"),
        ("[archive]\nfresh = 'soon'", "archive.fresh must be a duration"),
        (
            "[archive]\ntimemaps = ['https://archive.ph/timemap/{url}']",
            "archive.timemaps must be archives whose copies can be relied on",
        ),
        ("[archive]\nverify = 'perhaps'", "archive.verify must be true or false"),
        ("[archive]\nreplays-per-minute = 0", "archive.replays-per-minute must be a number from 1"),
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


def test_how_pages_are_saved(tmp_path: Path) -> None:
    keys = "reserve = 20\nsaves-per-day = 50\nanonymous = true\ndelay-availability = true\n"
    own = "wayback = 'http://127.0.0.1:8945'\nsaves-per-minute = 600\nlookups-per-minute = 900\n"
    (tmp_path / "citecheck.toml").write_text(f"[archive]\n{keys}{own}")
    archive = load(tmp_path).archive
    assert (archive.reserve, archive.saves_per_day) == (20, 50)
    assert (archive.anonymous, archive.delay_availability) == (True, True)
    assert (archive.saves_per_minute, archive.lookups_per_minute) == (600, 900)
    assert load(tmp_path, {"CITECHECK_ARCHIVE_RESERVE": "0"}).archive.reserve == 0


def test_whether_and_how_fast_copies_are_looked_at(tmp_path: Path) -> None:
    (tmp_path / "citecheck.toml").write_text("[archive]\nverify = false\nreplays-per-minute = 60\n")
    archive = load(tmp_path).archive
    assert (archive.verify, archive.replays_per_minute) == (False, 60)
    assert load(tmp_path, {"CITECHECK_ARCHIVE_VERIFY": "true"}).archive.verify is True


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


@pytest.mark.parametrize(
    ("file", "environ", "flag", "expected"),
    [
        ("", {}, None, (None, False)),
        ('warc = "requisites"', {}, None, (True, True)),
        ("warc = false", {}, None, (False, False)),
        ("warc = false", {"CITECHECK_WARC": "requisites"}, None, (True, True)),
        ('warc = "requisites"', {"CITECHECK_WARC": "false"}, None, (False, False)),
        ('warc = "requisites"', {}, False, (False, False)),
        ('warc = "requisites"', {}, True, (True, False)),
        ("", {"CITECHECK_WARC": "false"}, "requisites", (True, True)),
    ],
)
def test_local_copies_with_and_without_requisites(
    tmp_path: Path,
    file: str,
    environ: dict[str, str],
    flag: object,
    expected: tuple[bool | None, bool],
) -> None:
    (tmp_path / "citecheck.toml").write_text(file)
    flags = {} if flag is None else {"warc": flag}
    s = configuration.load(None, tmp_path, environ, flags)
    assert (s.warc, s.warc_requisites) == expected


def test_the_limit_of_local_copies(tmp_path: Path) -> None:
    (tmp_path / "citecheck.toml").write_text('[archive]\nwarc-limit = "2 GB"\n')
    assert load(tmp_path).archive.warc_limit == 2_000_000_000
    assert load(tmp_path, {"CITECHECK_ARCHIVE_WARC_LIMIT": "none"}).archive.warc_limit is None
    with pytest.raises(SettingsError, match=r"archive\.warc-limit must be a size such as 500"):
        load(tmp_path, {"CITECHECK_ARCHIVE_WARC_LIMIT": "much"})


def test_a_wrong_word_about_local_copies_is_said(tmp_path: Path) -> None:
    (tmp_path / "citecheck.toml").write_text('warc = "all"\n')
    with pytest.raises(SettingsError, match="warc must be true, false or requisites"):
        load(tmp_path)


def test_a_time_stamping_authority_is_named_by_file_environment_or_flag(tmp_path: Path) -> None:
    assert load(tmp_path).timestamp == ""
    (tmp_path / "citecheck.toml").write_text('timestamp = "https://tsa.example/stamp"\n')
    assert load(tmp_path).timestamp == "https://tsa.example/stamp"
    variable = {"CITECHECK_TIMESTAMP": "http://other.example"}
    assert load(tmp_path, variable).timestamp == "http://other.example"
    flag = configuration.load(None, tmp_path, variable, {"timestamp": ""})
    assert flag.timestamp == "", "an empty one asks nobody"
    with pytest.raises(SettingsError, match="timestamp must be an address such as"):
        load(tmp_path, {"CITECHECK_TIMESTAMP": "tsa.example"})


def test_timemaps_of_the_file_and_of_the_environment(tmp_path: Path) -> None:
    assert load(tmp_path).archive.timemaps is None
    (tmp_path / "citecheck.toml").write_text(
        "[archive]\ntimemaps = ['https://one.example/timemap/link/{url}']\n"
    )
    assert load(tmp_path).archive.timemaps == ("https://one.example/timemap/link/{url}",)
    found = load(tmp_path, {"CITECHECK_ARCHIVE_TIMEMAPS": "https://two.example/tm/{url}"})
    assert found.archive.timemaps == ("https://two.example/tm/{url}",)
    (tmp_path / "citecheck.toml").write_text("[archive]\ntimemaps = []\n")
    assert load(tmp_path).archive.timemaps == ()


def test_every_key_is_in_the_list_of_all_settings() -> None:
    listed = (Path(__file__).parents[1] / "docs" / "configuration.md").read_text(encoding="utf-8")
    keys = {*configuration.KEYS, *configuration.ARCHIVE_KEYS, *values.WORKS_KEYS}
    keys |= {"allow-private", "browser", "warc"}
    assert [key for key in sorted(keys) if f"`{key}`" not in listed] == []

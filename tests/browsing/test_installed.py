"""Which browser is used, and what is said where there is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from citecheck.browsing.installed import Which, find, require
from citecheck.errors import SettingsError


def has(*names: str) -> Which:
    """A PATH with these programs in it."""
    return lambda name: f"/usr/bin/{name}" if name in names else None


@pytest.mark.parametrize(
    ("there", "used"),
    [
        (has("chromium", "google-chrome"), "/usr/bin/chromium"),
        (has("google-chrome", "microsoft-edge"), "/usr/bin/google-chrome"),
        (has("chromium-browser"), "/usr/bin/chromium-browser"),
        (has("msedge"), "/usr/bin/msedge"),
    ],
)
def test_the_first_one_in_path_is_used(there: Which, used: str) -> None:
    assert find("auto", which=there) == Path(used)


def test_where_programs_are_not_in_path_the_usual_places_are_looked_at(tmp_path: Path) -> None:
    program = tmp_path / r"Google\Chrome\Application\chrome.exe"
    program.touch()
    windows = {"PROGRAMFILES": str(tmp_path)}
    assert find("auto", which=has(), platform="win32", environ=windows) == program
    assert find("auto", which=has(), platform="win32", environ={}) is None
    assert find("auto", which=has(), platform="linux", environ=windows) is None


def test_a_named_one_is_the_only_one() -> None:
    there = has("chromium", "google-chrome")
    assert find("google-chrome", which=there) == Path("/usr/bin/google-chrome")
    assert find("/opt/none", which=there) is None


@pytest.mark.parametrize(
    ("wanted", "playwright", "said"),
    [
        ("auto", False, "pip install 'citecheck-archive[browser]'"),
        ("auto", True, "apt install chromium"),
        ("/opt/none", True, "/opt/none is no program"),
    ],
)
def test_what_is_missing_is_told_in_one_line(wanted: str, playwright: bool, said: str) -> None:
    with pytest.raises(SettingsError) as raised:
        require(wanted, which=has(), playwright=lambda: playwright)
    assert said in str(raised.value)
    assert "\n" not in str(raised.value)


def test_what_is_there_is_found() -> None:
    found = require("auto", which=has("chromium"), playwright=lambda: True)
    assert found == Path("/usr/bin/chromium")

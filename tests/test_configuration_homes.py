"""The keys of Software Heritage and Perma.cc."""

from __future__ import annotations

from pathlib import Path

import pytest

from citecheck import configuration
from citecheck.archives.homes import heritage_of
from citecheck.errors import SettingsError
from citecheck.settings import ArchiveSettings


def load(folder: Path, line: str = "", **environ: str) -> ArchiveSettings:
    (folder / "citecheck.toml").write_text(f"[archive]\n{line}\n")
    return configuration.load(None, folder, environ, {}).archive


def test_by_default_repositories_are_asked_about_and_nothing_is_paid_for(tmp_path: Path) -> None:
    own = load(tmp_path)
    assert heritage_of(own) == "https://archive.softwareheritage.org"
    mirror = load(tmp_path, 'wayback = "http://127.0.0.1:9"')
    assert heritage_of(mirror) == "", "who names a mirror is sent to no other archive unasked"
    assert (own.perma, own.perma_api, own.perma_folder, own.perma_limit) == (
        "no",
        "https://api.perma.cc/v1",
        0,
        10,
    )


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("software-heritage = false", "software_heritage", ""),
        ("software-heritage = true", "software_heritage", "https://archive.softwareheritage.org"),
        ('software-heritage = "http://127.0.0.1:9/"', "software_heritage", "http://127.0.0.1:9"),
        ("perma = true", "perma", "needed"),
        ("perma = false", "perma", "no"),
        ('perma = "always"', "perma", "always"),
        (
            'perma-api = "https://api.perma.example/v1/"',
            "perma_api",
            "https://api.perma.example/v1",
        ),
        ("perma-folder = 27", "perma_folder", 27),
        ("perma-limit = 0", "perma_limit", 0),
    ],
)
def test_each_key_is_read(tmp_path: Path, line: str, field: str, value: object) -> None:
    assert getattr(load(tmp_path, line), field) == value


def test_the_environment_has_them_too(tmp_path: Path) -> None:
    own = load(
        tmp_path,
        CITECHECK_ARCHIVE_PERMA="always",
        CITECHECK_ARCHIVE_PERMA_FOLDER="7",
        CITECHECK_ARCHIVE_SOFTWARE_HERITAGE="off",
    )
    assert (own.perma, own.perma_folder, own.software_heritage) == ("always", 7, "")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('software-heritage = "swh"', "true, false or an address such as https://archive.soft"),
        ('perma = "sometimes"', "archive.perma must be true, false or 'always'"),
        ('perma-api = "perma.cc"', "an address such as https://api.perma.cc/v1"),
        ('perma-api = "https://me:pw@perma.cc/v1"', "an address such as"),
        ('perma-folder = "mine"', "archive.perma-folder must be a number"),
        ("perma-limit = -1", "archive.perma-limit must be a number from 0"),
        ("perma-key = 1", "unknown key 'perma-key'"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, line: str, words: str) -> None:
    with pytest.raises(SettingsError, match=words):
        load(tmp_path, line)

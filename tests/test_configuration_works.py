"""The table `[works]`."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from citecheck import configuration
from citecheck.errors import SettingsError
from citecheck.settings import Settings, WorksSettings


def load(folder: Path, line: str = "", **environ: str) -> Settings:
    (folder / "citecheck.toml").write_text(line)
    return configuration.load(None, folder, environ, {})


def works(folder: Path, line: str = "", **environ: str) -> WorksSettings:
    return load(folder, f"[works]\n{line}\n", **environ).works


def test_by_default_nobody_is_asked(tmp_path: Path) -> None:
    assert load(tmp_path).look_up_works is False
    assert load(tmp_path, "look-up-works = true").look_up_works is True
    assert load(tmp_path, "", CITECHECK_LOOK_UP_WORKS="yes").look_up_works is True
    assert works(tmp_path) == WorksSettings()


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("crossref = true", "crossref", "https://api.crossref.org"),
        ("crossref = false", "crossref", ""),
        ('crossref = "http://127.0.0.1:9/api/"', "crossref", "http://127.0.0.1:9/api"),
        ("openalex = true", "openalex", "https://api.openalex.org"),
        ("openalex = false", "openalex", ""),
        ("datacite = true", "datacite", "https://api.datacite.org"),
        ("open-library = true", "open_library", "https://openlibrary.org"),
        ("crossref-per-minute = 20", "crossref_per_minute", 20),
        ("openalex-per-minute = 20", "openalex_per_minute", 20),
        ("datacite-per-minute = 20", "datacite_per_minute", 20),
        ("open-library-per-minute = 20", "open_library_per_minute", 20),
        ('budget = "2min"', "budget", timedelta(minutes=2)),
        ('keep-found = "7d"', "keep_found", timedelta(days=7)),
        ('keep-none = "1d"', "keep_none", timedelta(days=1)),
    ],
)
def test_each_key_is_read(tmp_path: Path, line: str, field: str, value: object) -> None:
    assert getattr(works(tmp_path, line), field) == value


def test_the_defaults_are_what_true_means(tmp_path: Path) -> None:
    lines = "\n".join(f"{name} = true" for name in ("crossref", "datacite", "open-library"))
    assert works(tmp_path, lines) == WorksSettings()


def test_the_environment_has_them_too(tmp_path: Path) -> None:
    own = works(tmp_path, CITECHECK_WORKS_OPEN_LIBRARY="off", CITECHECK_WORKS_BUDGET="30s")
    assert (own.open_library, own.budget) == ("", timedelta(seconds=30))
    with pytest.raises(SettingsError, match=r"CITECHECK_WORKS_CROSREF.*CITECHECK_WORKS_CROSSREF"):
        works(tmp_path, CITECHECK_WORKS_CROSREF="off")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[works]\ncrosref = true", "unknown key 'crosref'; did you mean 'crossref'"),
        ('[works]\ncrossref = "ftp://x"', "works.crossref must be true, false or an address"),
        ("[works]\ncrossref-per-minute = 100000", "works.crossref-per-minute must be"),
        ("works = true", "works must be a table"),
        ("look-up-works = 3", "look-up-works must be"),
    ],
)
def test_what_cannot_be_is_said(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(SettingsError, match=r"citecheck\.toml") as fault:
        load(tmp_path, text)
    assert said in str(fault.value)

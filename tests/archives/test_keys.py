"""Where keys are read from, and that they do not show."""

from __future__ import annotations

from pathlib import Path

import pytest

from citecheck.archives.keys import Keys, read_keys
from citecheck.errors import SettingsError
from citecheck.records.ask import Ask

BOTH = {"IA_ACCESS_KEY_ID": "ACCESSKEY", "IA_SECRET_ACCESS_KEY": "SECRETKEY"}
LOW = ("Authorization", "LOW ACCESSKEY:SECRETKEY")


def ini(path: Path, access: str = "ACCESSKEY", secret: str = "SECRETKEY") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"[s3]\naccess = {access}\nsecret = {secret}\n[cookies]\nx = %y\n")
    return path


def test_from_the_environment_before_any_file(tmp_path: Path) -> None:
    ini(tmp_path / ".ia", "OTHERKEY", "OTHERSECRET")
    found = read_keys(BOTH, tmp_path)
    assert found is not None
    assert found.authorization() == LOW


@pytest.mark.parametrize("missing", sorted(BOTH))
def test_one_alone_is_an_error_that_names_the_other(missing: str, tmp_path: Path) -> None:
    given = {name: value for name, value in BOTH.items() if name != missing}
    with pytest.raises(SettingsError, match=f"{missing} is missing in the environment") as error:
        read_keys(given, tmp_path)
    assert "KEY" not in str(error.value).replace("_KEY", "")


@pytest.mark.parametrize("place", [".config/internetarchive/ia.ini", ".config/ia.ini", ".ia"])
def test_from_the_files_of_the_field(place: str, tmp_path: Path) -> None:
    ini(tmp_path / place)
    found = read_keys({}, tmp_path)
    assert found is not None
    assert found.authorization() == LOW


def test_from_the_file_that_the_environment_names(tmp_path: Path) -> None:
    ini(tmp_path / ".ia", "OTHERKEY", "OTHERSECRET")
    named = ini(tmp_path / "elsewhere" / "ia.ini")
    for environ in (
        {"IA_CONFIG_FILE": str(named)},
        {"XDG_CONFIG_HOME": str(ini(tmp_path / "xdg/internetarchive/ia.ini").parent.parent)},
    ):
        found = read_keys(environ, tmp_path)
        assert found is not None
        assert found.authorization() == LOW
    with pytest.raises(SettingsError, match="which is no file"):
        read_keys({"IA_CONFIG_FILE": str(tmp_path / "nowhere")}, tmp_path)


def test_none_where_there_are_none(tmp_path: Path) -> None:
    assert read_keys({}, tmp_path) is None
    (tmp_path / ".ia").write_text("[cookies]\na = b\n")
    assert read_keys({}, tmp_path) is None


def test_a_half_or_broken_file_is_an_error_that_does_not_quote_it(tmp_path: Path) -> None:
    ini(tmp_path / ".ia", secret="")
    with pytest.raises(SettingsError, match=r"secret is missing in .s3. of .*\.ia") as error:
        read_keys({}, tmp_path)
    assert "ACCESSKEY" not in str(error.value)
    (tmp_path / ".ia").write_text("secret = SECRETKEY\n")
    with pytest.raises(SettingsError, match="is no ini file") as error:
        read_keys({}, tmp_path)
    assert "SECRETKEY" not in str(error.value)


def test_a_key_that_cannot_stand_in_a_header_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="characters that no key has") as error:
        read_keys(BOTH | {"IA_SECRET_ACCESS_KEY": "SECRETKEY\r\nX: y"}, tmp_path)
    assert "SECRETKEY" not in str(error.value)


def test_they_do_not_show() -> None:
    keys = Keys("ACCESSKEY", "SECRET/KEY+")
    ask = Ask("https://web.archive.org/save", headers=(keys.authorization(),))
    for shown in (repr(keys), str(keys), repr(ask), f"{ask}"):
        assert "ACCESS" not in shown
        assert "SECRET" not in shown


def test_they_are_hidden_in_every_form() -> None:
    keys = Keys("ACCESSKEY", "SECRET/KEY+")
    text = "LOW ACCESSKEY:SECRET/KEY+ SECRET%2FKEY%2B U0VDUkVUL0tFWSs= and the rest"
    assert keys.hide(text) == "LOW … … …= and the rest"
    assert not keys.appear_in("and the rest")


def test_they_are_hidden_in_capitals_and_small_letters_too() -> None:
    keys = Keys("ACCESSKEY", "SecretKey")
    assert keys.hide("error:low-accesskey-SECRETKEY") == "error:low-…-…"
    assert keys.appear_in("xsecretkeyx")

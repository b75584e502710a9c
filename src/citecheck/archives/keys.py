"""The keys of the Internet Archive's S3-like interface, which Save Page Now 2 takes as well.

Read where the field keeps them: IA_ACCESS_KEY_ID and IA_SECRET_ACCESS_KEY, else the section `[s3]`
of the `ia.ini` that the `internetarchive` command writes. They are shown nowhere: not by `repr`,
and everything that an archive says goes through `Keys.hide` before it is kept, because some of its
error pages echo the request's headers.
"""

from __future__ import annotations

import base64
import configparser
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import quote, quote_plus

from citecheck.errors import SettingsError
from citecheck.saving_reasons import HOW_TO_GET_KEYS

ACCESS, SECRET = "IA_ACCESS_KEY_ID", "IA_SECRET_ACCESS_KEY"
HOW_TO_GET = HOW_TO_GET_KEYS
_SHORTEST = 4  # characters; no key is so short, and hiding less would blot out ordinary words


class Hidden(str):
    """Text that does not show itself where a record that holds it is printed."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "'…'"


class Keys:
    """An access key and its secret."""

    __slots__ = ("_access", "_secret")

    def __init__(self, access: str, secret: str) -> None:
        self._access = access
        self._secret = secret

    def __repr__(self) -> str:
        return "Keys(…)"

    def authorization(self) -> tuple[str, str]:
        """The request header that proves them."""
        return ("Authorization", Hidden(f"LOW {self._access}:{self._secret}"))

    def hide(self, text: str) -> str:
        """The text with either key, as it is, percent-encoded or in base64, replaced by `…`."""
        pair = f"{self._access}:{self._secret}"
        return hidden(text, (pair, self._secret, self._access))

    def appear_in(self, text: str) -> bool:
        return self.hide(text) != text


def hidden(text: str, values: Sequence[str]) -> str:
    """The text with every value, as it is, percent-encoded or in base64, in capitals or small
    letters, replaced by `…`."""
    for value in values:
        forms = {value, quote(value, safe=""), quote_plus(value), _base64(value)}
        for form in sorted(forms, key=len, reverse=True):
            if len(form) >= _SHORTEST:
                text = re.sub(re.escape(form), "…", text, flags=re.IGNORECASE)
    return text


def _base64(value: str) -> str:
    return base64.b64encode(value.encode("utf-8")).decode("ascii").rstrip("=")


def read_keys(environ: Mapping[str, str], home: Path) -> Keys | None:
    """The keys of the environment, else of the first `ia.ini` that has both, else None.

    Raises SettingsError where only one of the two is set, a named file cannot be read, or a key
    has characters that cannot stand in a header.
    """
    access, secret = environ.get(ACCESS, "").strip(), environ.get(SECRET, "").strip()
    if access or secret:
        return _pair(access, secret, ACCESS, SECRET, "the environment")
    for path in _files(environ, home):
        found = _from_file(path)
        if found is not None:
            return found
    return None


def _files(environ: Mapping[str, str], home: Path) -> tuple[Path, ...]:
    named = environ.get("IA_CONFIG_FILE", "").strip()
    if named:
        path = Path(named).expanduser()
        if not path.is_file():
            raise SettingsError(f"IA_CONFIG_FILE names {named}, which is no file: correct it")
        return (path,)
    config = environ.get("XDG_CONFIG_HOME", "").strip()
    first = (Path(config) / "internetarchive" / "ia.ini",) if config else ()
    return (
        *first,
        home / ".config" / "internetarchive" / "ia.ini",
        home / ".config" / "ia.ini",
        home / ".ia",
    )


def _from_file(path: Path) -> Keys | None:
    # Messages name the file and never quote it: a line of it may hold the secret.
    ini = configparser.RawConfigParser()
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError):
        raise SettingsError(f"the archive's keys in {path} cannot be read") from None
    try:
        ini.read_string(text)
    except configparser.Error:
        raise SettingsError(f"{path} is no ini file: {HOW_TO_GET}") from None
    access = ini.get("s3", "access", fallback="").strip()
    secret = ini.get("s3", "secret", fallback="").strip()
    if not access and not secret:
        return None
    return _pair(access, secret, "access", "secret", f"[s3] of {path}")


def _pair(access: str, secret: str, access_name: str, secret_name: str, where: str) -> Keys:
    if not access or not secret:
        missing = secret_name if access else access_name
        raise SettingsError(f"{missing} is missing in {where}: {HOW_TO_GET}")
    if not all(0x21 <= ord(char) <= 0x7E for char in access + secret):
        raise SettingsError(f"the archive's keys in {where} have characters that no key has")
    return Keys(access, secret)

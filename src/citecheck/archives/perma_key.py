"""The key of Perma.cc, from the environment as PERMA_API_KEY; shown nowhere, as the other keys."""

from __future__ import annotations

from collections.abc import Mapping

from citecheck.archives.keys import Hidden, hidden
from citecheck.errors import SettingsError

NAME = "PERMA_API_KEY"
HOW_TO_GET = f"make one at https://perma.cc/settings/tools and set {NAME}"


class PermaKey:
    """One key. Everything that Perma.cc says goes through `hide` before it is kept."""

    __slots__ = ("_key",)

    def __init__(self, key: str) -> None:
        self._key = key

    def __repr__(self) -> str:
        return "PermaKey(…)"

    def authorization(self) -> tuple[str, str]:
        """The request header that proves it."""
        return ("Authorization", Hidden(f"ApiKey {self._key}"))

    def hide(self, text: str) -> str:
        """The text with the key, as it is, percent-encoded or in base64, replaced by `…`."""
        return hidden(text, (self._key,))

    def appears_in(self, text: str) -> bool:
        return self.hide(text) != text


def read_perma(environ: Mapping[str, str]) -> PermaKey | None:
    """The key of the environment, or None.

    Raises SettingsError where it has characters that cannot stand in a header.
    """
    key = environ.get(NAME, "").strip()
    if not key:
        return None
    if not all(0x21 <= ord(char) <= 0x7E for char in key):
        raise SettingsError(f"{NAME} has characters that no key has")
    return PermaKey(key)

"""What the ledger stores in the place of secrets, and under which name it finds a link again.

Userinfo is dropped from every address in every text that is stored. The values of secret
parameters (`urls.address` has their names) become `…`. A link with such a value would then share
its line with another that differs only in the secret, so in a link's own address the `…` is
followed by four hexadecimal digits of a hash of the whole address: enough to tell a few such
links apart, of no use for guessing the secret (65,536 values for any number of candidates). The
key of a key is itself, so records that come back from the disk find their lines again; `redact`
shows such a key with a bare `…`.
"""

from __future__ import annotations

import hashlib
import re
from typing import Any

from citecheck.urls.address import has_secret, redact, strip_userinfo

_USERINFO = re.compile(r"(?i)([a-z][a-z0-9+.-]{0,20}://)[^/?#\s\"'<>\\]*@")
_ADDRESS = re.compile(r"(?i)[a-z][a-z0-9+.-]{0,20}://[^\s\"'<>]+")
_BARE = re.compile(r"(?<=[=?])…(?=[&#]|$)")
_KEYED = re.compile(r"=…[0-9a-f]{4}(?=[&#]|$)")


def link_key(url: str) -> str:
    """The name under which the ledger keeps a link: the address itself where it holds no secret."""
    if "@" not in url and "=" not in url:
        return url
    plain = strip_userinfo(url)
    masked = _masked(plain)
    if masked == plain:
        return plain
    tag = hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()[:4]
    return _BARE.sub(f"…{tag}", masked)


def without_userinfo(text: str, mask: str = "") -> str:
    """A text with user names and passwords gone from its addresses (`mask` in their place)."""
    return _USERINFO.sub(lambda found: found[1] + mask, text)


def scrub(text: str) -> str:
    """A text with the secrets gone from every address in it."""
    if "://" not in text:
        # A Location may be relative; of other texts nothing is known that could be a secret.
        return redact(text) if text.startswith("/") and "?" in text else text
    if "@" not in text and "=" not in text:
        return text
    return _ADDRESS.sub(lambda found: _masked(found[0]), without_userinfo(text))


def _masked(url: str) -> str:
    """The address with its secrets as `…`; unchanged where it has none but marks of a key."""
    try:
        if not has_secret(url):
            return url
        masked = redact(url)
    except ValueError:  # it cannot be taken apart, so nothing tells which value is harmless
        head, _, query = url.partition("?")
        return f"{head}?…" if "=" in query else url
    return url if masked == _KEYED.sub("=…", url) else masked


def scrub_row(row: dict[str, Any]) -> dict[str, Any]:
    """A stored object: its `url` as key of a link, every other text scrubbed, at any depth."""
    clean = {name: _scrub_value(value) for name, value in row.items()}
    if isinstance(row.get("url"), str):
        clean["url"] = link_key(row["url"])
    return clean


def _scrub_value(value: Any) -> Any:
    if isinstance(value, str):
        return scrub(value)
    if isinstance(value, list):
        return [_scrub_value(item) for item in value]
    if isinstance(value, dict):
        return {name: _scrub_value(item) for name, item in value.items()}
    return value

"""A made-up neighbour of an address: same host, depth, extension and query names, certainly absent.

How a server answers for it tells how it answers for pages that are gone (Bar-Yossef et al. 2004,
"Sic transit gloria telae"); keeping extension and shape meets the same route in the server.
"""

from __future__ import annotations

import random
import re
import string
from urllib.parse import urlsplit, urlunsplit

_LENGTH = 14


def sibling_of(url: str, rng: random.Random) -> str:
    """An address next to `url`, or the empty string where there is nothing to change (a root)."""
    parts = urlsplit(url)
    head, slash, last = parts.path.rstrip("/").rpartition("/")
    tail = parts.path[len(parts.path.rstrip("/")) :]
    if not last or (parts.query and re.match(r"(?i)(index|default)\b", last)):
        if not parts.query:
            return ""
        query = "&".join(_changed(pair, rng) for pair in parts.query.split("&"))
        return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))
    extension = re.search(r"\.[A-Za-z][A-Za-z0-9]{0,4}$", last)
    path = head + slash + _word(rng) + (extension[0] if extension else "") + tail
    return urlunsplit((parts.scheme, parts.netloc, path, parts.query, ""))


def _changed(pair: str, rng: random.Random) -> str:
    name, eq, _ = pair.partition("=")
    return f"{name}={_word(rng)}" if eq else _word(rng)


def _word(rng: random.Random) -> str:
    return "".join(rng.choices(string.ascii_lowercase, k=_LENGTH))

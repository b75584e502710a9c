"""The cookies of one try of one visit: some sites redirect for ever until theirs comes back.

Nothing is kept beyond the try and nothing is shared. A deliberately small part of RFC 6265: name
and value, Domain (never a public suffix), Secure, removal by Max-Age; paths are not told apart.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from citecheck.records.exchange import Exchange
from citecheck.urls.address import registrable_domain

_MOST = 30
_LONGEST = 4096
_NAME = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
_VALUE = re.compile(r"[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e\"]*")


class Cookies:
    """`state()` is equal while nothing changed: a redirect to the same address is then a loop."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], tuple[str, bool, bool]] = {}

    def take(self, exchange: Exchange) -> None:
        """Keep what the answer sets."""
        host = (urlsplit(exchange.url).hostname or "").lower()
        for key, value in exchange.headers:
            if key.lower() == b"set-cookie" and len(value) <= _LONGEST:
                self._set(host, value.decode("latin-1"))

    def _set(self, host: str, header: str) -> None:
        pair, *rest = (part.strip() for part in header.split(";"))
        name, eq, value = (part.strip() for part in pair.partition("="))
        if not eq or not _NAME.fullmatch(name) or not _VALUE.fullmatch(value):
            return
        attributes = {}
        for part in rest:
            key, _, said = part.partition("=")
            attributes[key.strip().lower()] = said.strip()
        domain = attributes.get("domain", "").lstrip(".").lower()
        shared = bool(domain)
        if shared and not _may_set(host, domain):
            return
        where = (domain if shared else host, name)
        if attributes.get("max-age", "1").startswith(("0", "-")):
            self._kept.pop(where, None)
        elif where in self._kept or len(self._kept) < _MOST:
            self._kept[where] = (value, shared, "secure" in attributes)

    def header(self, url: str) -> tuple[tuple[str, str], ...]:
        """The Cookie header for an address, or nothing."""
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
        pairs = [
            f"{name}={value}"
            for (domain, name), (value, shared, secure) in self._kept.items()
            if (domain == host or (shared and host.endswith("." + domain)))
            and (parts.scheme == "https" or not secure)
        ]
        return (("Cookie", "; ".join(pairs)),) if pairs else ()

    def state(self) -> frozenset[tuple[tuple[str, str], tuple[str, bool, bool]]]:
        return frozenset(self._kept.items())


def _may_set(host: str, domain: str) -> bool:
    if host == domain:
        return True
    return host.endswith("." + domain) and domain.endswith(registrable_domain(host))

"""The cookies of one try of one visit: some sites redirect for ever until theirs comes back.

Nothing is kept beyond the try and nothing is shared. A deliberately small part of RFC 6265: name
and value, Domain (never a public suffix), Secure, removal by Max-Age or by an Expires in the past;
paths are not told apart. Also the addresses of pages that only say that cookies are missing
(Literatum's `/action/cookieAbsent`: Wiley, Taylor & Francis, PNAS, ACS, SAGE).
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from citecheck.records.exchange import Exchange
from citecheck.urls.address import registrable_domain

_MOST = 30
_LONGEST = 4096
_NAME = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
_VALUE = re.compile(r"[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e\"]*")
_ABSENT = re.compile(
    r"(?i)/(?:cookie-?absent|no-?cookies?|cookies?[-_]?(?:absent|disabled|required|not[-_]?(?:supported"
    r"|enabled)|needed|missing|error))(?:\.\w{2,5})?/?$"
)
_TESTING = re.compile(
    r"(?i)(?:^|&)(?:cookie[-_]?(?:set|check|test|support|absent|enabled)|cookies?[-_]?(?:allowed|ok|check)"
    r"|(?:check|test|has|set)[-_]?cookies?|aspxautodetectcookiesupport|cookie)=|=cookies_not_supported\b"
)


def absent(url: str) -> bool:
    """Whether an address is that of a page that only says that cookies are missing."""
    return bool(_ABSENT.search(_parts(url)[0]))


def about_cookies(url: str) -> bool:
    """Whether an address is one by which a site finds out if cookies come back."""
    path, query = _parts(url)
    return bool(_ABSENT.search(path) or _TESTING.search(query[:4000]))


def _parts(url: str) -> tuple[str, str]:
    try:
        parts = urlsplit(url)
    except ValueError:
        return "", ""
    return parts.path, parts.query


class Cookies:
    """What the answers of one try have set."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], tuple[str, bool, bool]] = {}

    def take(self, exchange: Exchange) -> None:
        """Keep what the answer sets."""
        host = (urlsplit(exchange.url).hostname or "").lower()
        for key, value in exchange.headers:
            if key.lower() == b"set-cookie" and len(value) <= _LONGEST:
                self._set(host, value.decode("latin-1"), exchange.at)

    def _set(self, host: str, header: str, now: datetime) -> None:
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
        if _over(attributes, now):
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

    def __len__(self) -> int:
        return len(self._kept)


def _over(attributes: dict[str, str], now: datetime) -> bool:
    """Whether a cookie is set only to be removed; Max-Age counts before Expires."""
    if age := attributes.get("max-age"):
        return age.startswith(("0", "-"))
    try:
        until = parsedate_to_datetime(attributes["expires"].replace("-", " "))
    except (KeyError, ValueError, TypeError, IndexError, OverflowError):
        return False
    return (until if until.tzinfo else until.replace(tzinfo=UTC)) <= now


def _may_set(host: str, domain: str) -> bool:
    if host == domain:
        return True
    return host.endswith("." + domain) and domain.endswith(registrable_domain(host))

"""Which links an archive may hear of, which it may be asked to keep, and why not the others. Pure.

Asking an archive tells it the address; saving publishes the page for good. So addresses that open
something for whoever holds them, and pages that are not public, are never sent to one. What may be
saved are pages that answered well, or that only refused a robot: an archive may be let in.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from citecheck.archives.candidate import Candidate
from citecheck.records.finding import WELL, State
from citecheck.urls.address import (
    HTTP_SCHEMES,
    InvalidAddress,
    fetch_form,
    has_secret,
    host_of,
    scheme_of,
)
from citecheck.urls.archived import keeper_of
from citecheck.web.guard import Guard, is_literal

NEVER_ASKED: Mapping[str, str] = MappingProxyType(
    {
        "library-proxy": "the address is one of a library's proxy: no archive is asked for it",
        "has-secret": "the address carries a token, a signature or a password: "
        "it is told to nobody but its own host",
        "not-public": "the host is not public: no archive is asked for it",
        "unsupported-scheme": "archives keep http and https addresses only",
        "invalid-url": "the address cannot be asked for",
        "archive-address": "the address is one of an archive already",
        "login": "the page is behind a login: no archive is asked for it",
        "excluded": "the link is excluded by the configuration",
    }
)
"""The reasons of `barred`, each with its sentence for a person."""

_BY_REASON = MappingProxyType(
    {
        "library-proxy": "library-proxy",
        "login": "login",
        "link-expired": "has-secret",
        "private-address": "not-public",
        "unsupported-scheme": "unsupported-scheme",
        "invalid-url": "invalid-url",
        "excluded": "excluded",
        "ignored": "excluded",
    }
)
_SAVED_THOUGH_BLOCKED = frozenset(
    {"forbidden", "challenge", "captcha", "rate-limited", "geo-blocked", "needs-javascript"}
)
_GUARD = Guard()  # what the settings let the run visit is no more public for that
_NEVER_PUBLIC = (".onion", ".home", ".corp", ".private")


def barred(candidate: Candidate) -> str:
    """Why no archive may hear of a link: a key of NEVER_ASKED, or empty."""
    url = candidate.link.url
    if candidate.link.proxied:
        return "library-proxy"
    if candidate.reason in _BY_REASON and candidate.state in (State.BLOCKED, State.UNCHECKED):
        return _BY_REASON[candidate.reason]
    try:
        host = host_of(fetch_form(url))
        url.encode("utf-8")
        secret = has_secret(url)
    except (InvalidAddress, ValueError):
        return "invalid-url"
    if scheme_of(url) not in HTTP_SCHEMES:
        return "unsupported-scheme"
    if secret or candidate.link.credentials:
        return "has-secret"
    if candidate.private or not is_public(host):
        return "not-public"
    return "archive-address" if keeper_of(url) is not None else ""


def unsavable(candidate: Candidate) -> str:
    """Why a link is not to be saved, in kebab-case (a key of NEVER_ASKED, or its state or reason),
    or empty where it may be."""
    why = barred(candidate)
    if why:
        return why
    if candidate.state in WELL:
        return ""
    if candidate.state is State.UNCHECKED and candidate.reason == "not-due":
        return ""  # `archive` alone visits nothing: whether the page is well, the archive will see
    if candidate.state is State.BLOCKED:
        return "" if candidate.reason in _SAVED_THOUGH_BLOCKED else candidate.reason
    return candidate.state.value


def is_public(host: str) -> bool:
    """Whether a host, by its name alone, can be one of the public web."""
    if is_literal(host):
        return _GUARD.admits(host.strip("[]"))
    return _GUARD.refuses_name(host) is None and not host.endswith(_NEVER_PUBLIC)

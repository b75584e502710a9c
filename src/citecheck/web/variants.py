"""The other way to write an address that cannot be reached: over https, or with or without `www.`

Only as a second try that the cited address gains nothing by: the finding stays that of the cited
address, the variant becomes a suggestion. Never for IP addresses, other ports, or a host beyond the
registrable domain of the cited one, and never from https down to http.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from citecheck.records.observation import Fault, FaultKind
from citecheck.urls.address import registrable_domain, without_fragment
from citecheck.web.guard import is_literal

_AT_ONCE = frozenset({FaultKind.CONNECTION_REFUSED, FaultKind.CONNECTION_RESET})
_OTHER_NAME = frozenset({FaultKind.DNS_NXDOMAIN, FaultKind.TLS_HOSTNAME})
_NO_HTTP = frozenset(
    {
        FaultKind.CONNECT_TIMEOUT,
        FaultKind.READ_TIMEOUT,
        FaultKind.PROTOCOL_ERROR,
        FaultKind.INCOMPLETE,
    }
)


@dataclass(frozen=True, slots=True)
class Other:
    """Another way to write an address; `kind` as in a suggestion (https|redirect)."""

    kind: str
    url: str


def other_way(cited: str, failed: str, fault: Fault) -> Other | None:
    """What to try where `failed` (the cited address, or one it led to) ended in a fault."""
    try:
        start, parts = urlsplit(cited), urlsplit(failed)
        port = parts.port
    except ValueError:
        return None
    host = parts.hostname or ""
    domain = registrable_domain(host)
    if port is not None or "." not in host or is_literal(host):
        return None
    if domain != registrable_domain(start.hostname or ""):
        return None
    if parts.scheme == "http" and fault.kind in _AT_ONCE | _NO_HTTP:
        return Other("https", urlunsplit(parts._replace(scheme="https")))
    # A server that hangs mostly hangs by both names, and would cost a second wait.
    if fault.kind in _OTHER_NAME or (parts.scheme == "https" and fault.kind in _AT_ONCE):
        sibling = _sibling(host, domain)
        if sibling:
            return Other("redirect", urlunsplit(parts._replace(netloc=sibling)))
    return None


def origin(url: str) -> tuple[str, str]:
    """Scheme and host: what a second try is made once for, where nothing answers there."""
    parts = urlsplit(without_fragment(url))
    return parts.scheme, parts.hostname or ""


def _sibling(host: str, domain: str) -> str:
    """The host with `www.` or without; deeper names have no such habit."""
    bare = host.removeprefix("www.")
    if host != bare:
        return bare if registrable_domain(bare) == domain else ""
    return f"www.{host}" if host == domain else ""

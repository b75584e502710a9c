"""Addresses that go through a library's proxy, and the addresses behind them.

Such an address opens for members of one institution only, so it is no evidence about the page. The
forms are those of EZproxy (login form, host suffix with points or, with its HttpsHyphens option,
with hyphens; `p180-` for a port), OCLC's hosted EZproxy (`idm.oclc.org`), Innovative's WAM (`0-`),
OpenAthens (redirector and proxy) and WebVPN (host encrypted: it cannot be told).

A proxied address is never requested, so a false alarm loses a check: a host counts only where both
the proxy's zone and a possible original host (by the ICANN section of the public suffix list) are
seen; of ordinary hosts with `proxy` in their name nothing is assumed.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from itertools import product
from urllib.parse import SplitResult, unquote, urlsplit, urlunsplit

from publicsuffixlist import PublicSuffixList

from citecheck.urls.vendors import VENDOR_HOSTS


@dataclass(frozen=True, slots=True)
class Unproxied:
    """`original` is the address behind the proxy, empty where it cannot be told; `method` names the
    form (kebab-case); `confidence` in the original is `high`, `medium` or `low`."""

    original: str
    method: str
    confidence: str


# A label that names a proxy in the zone of a library: `proxy18`, `ezproxy-prd`, `libproxy`.
_ZONE_LABEL = re.compile(
    r"(?:[a-z]{0,12}-?)?(?:ez-?proxy|lib-?proxy|libezp|ezp)(?:[0-9]{0,4}|-[a-z0-9]{1,8})|ezp\d*|proxy\d{0,3}"
    r"|[a-z]{2,12}-?proxy\d{0,3}|proxy-?(?:lib|library|um|bib|ub)\w{0,8}|galanet|mutex|remotexs|rproxy"
)
# These names are a library proxy's and nothing else's.
_SURE_LABEL = re.compile(r"(?:\w+-)?(?:ez-?proxy\w*|lib-?proxy\w*|ezp\d*|libezp)(?:-\w+)?")
_LOGIN_PATH = re.compile(r"(?i)^/(?:login|connect|_proxy_/login)(?:;[^/?]*)?/?$")
_LOGIN_QUERY = re.compile(r"(?i)(?:^|&)(q?url)=(.*)$", re.DOTALL)
_ACADEMIC = re.compile(
    r"(?:^|\.)(?:edu|ac|edu\.[a-z]{2}|ac\.[a-z]{2})$|(?:^|[.-])(?:lib|library|bib|ub|uni)"
)
_PORT = re.compile(r"^p(\d{1,5})-(?=.)")
_RESERVED = re.compile(r"[^.]\.(?:example|test)$")
_MOST_HYPHENS = 6


@cache
def _icann() -> PublicSuffixList:
    return PublicSuffixList(accept_unknown=False, only_icann=True)


def _registered(host: str) -> bool:
    """Whether a host lies in a domain that can be registered, or in one kept for documentation and
    tests (RFC 2606), where a small internet has its proxies too."""
    return _icann().privatesuffix(host) is not None or bool(_RESERVED.search(host))


def unproxy(url: str, seen_hosts: Collection[str] = ()) -> Unproxied | None:
    """The address behind a library proxy, or None where the address is no such proxy's.

    `seen_hosts` are hosts seen elsewhere in the same documents: where the original is ambiguous
    they speak for one of the candidates.
    """
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").rstrip(".").lower()
        _ = parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or "." not in host or len(host) > 253:
        return None
    seen = frozenset(h.lower() for h in seen_hosts)
    return (
        _redirector(parts, host)
        or _login(parts, host)
        or _webvpn(parts, host)
        or _innovative(parts, host)
        or _suffixed(parts, host, seen)
    )


def _redirector(parts: SplitResult, host: str) -> Unproxied | None:
    """`https://go.openathens.net/redirector/example.edu?url=…`"""
    if host != "go.openathens.net" or not parts.path.lower().startswith("/redirector"):
        return None
    return _embedded(parts.query, "openathens-redirector")


def _login(parts: SplitResult, host: str) -> Unproxied | None:
    """`https://login.ezproxy.example.edu/login?url=…` and its relatives."""
    if not _LOGIN_PATH.match(parts.path) or not _LOGIN_QUERY.search(parts.query):
        return None
    labels = host.split(".")
    named = any(_ZONE_LABEL.fullmatch(label) for label in labels[:-1])
    hosted = host.endswith(".idm.oclc.org")
    if not (named or hosted):
        return None
    # Ordinary sites have `/login?url=` as well: an address of another site must follow.
    found = _embedded(parts.query, "ezproxy-login")
    return found if found.original or hosted else None


def _embedded(query: str, method: str) -> Unproxied:
    match = _LOGIN_QUERY.search(query)
    target = match[2] if match else ""
    # `qurl` is percent-encoded; `url` is raw to the very end, though many encode it nevertheless.
    if match and (match[1].lower() == "qurl" or re.match(r"(?i)https?%3a", target)):
        target = unquote(target.partition("&")[0])
    if target and "://" not in target[:9] and re.match(r"[\w-]+(?:\.[\w-]+)+(?:/|$)", target):
        target = "http://" + target
    try:
        host = urlsplit(target).hostname
    except ValueError:
        host = None
    if not host or not target.lower().startswith(("http://", "https://")):
        return Unproxied("", method, "low")
    return Unproxied(target, method, "high")


def _webvpn(parts: SplitResult, host: str) -> Unproxied | None:
    """`https://webvpn.example.edu.cn/https/77726476…`: the host is encrypted with a site's key."""
    if not re.search(r"(?:^|[.-])(?:web)?vpn\d?(?=[.-])", host):
        return None
    if re.match(r"/(?:https?|ftp)(?:-\d+)?/[0-9a-f]{32,}(?:/|$)", parts.path):
        return Unproxied("", "webvpn", "low")
    return None


def _innovative(parts: SplitResult, host: str) -> Unproxied | None:
    """`http://0-www.jstor.org.library.example.edu/…`; some sites write hyphens for the points."""
    if not re.match(r"\d-(?=\w)", host):
        return None
    rest = host[2:]
    prefix, zone = _dotted(rest)
    if prefix and zone:
        return Unproxied(
            _rebuilt(parts, prefix), "innovative", "high" if _known(prefix) else "medium"
        )
    first, _, zone = rest.partition(".")
    hosts = _hyphenated(first, frozenset())
    if hosts and zone.count(".") >= 1 and _ACADEMIC.search(zone):
        return Unproxied(_rebuilt(parts, hosts[0]), "innovative", "medium")
    return None


def _suffixed(parts: SplitResult, host: str, seen: frozenset[str]) -> Unproxied | None:
    labels = host.split(".")
    for i in range(1, len(labels) - 1):
        if not _is_zone(labels[i:]):
            continue
        prefix = labels[:i]
        method = _method(labels[i:])
        if len(prefix) == 1:
            return _from_hyphens(parts, prefix[0], method, labels[i:], seen)
        dotted = ".".join(prefix)
        port = _PORT.match(dotted)
        bare = dotted[port.end() :] if port else dotted
        if _plausible(bare):
            confidence = "high" if _known(bare) or bare in seen or _sure(labels[i:]) else "medium"
            return Unproxied(_rebuilt(parts, dotted), method, confidence)
        return None
    return None


def _is_zone(labels: list[str]) -> bool:
    """Whether labels are those of a proxy: a telling name before an institution's domain."""
    zone = ".".join(labels)
    if re.search(
        r"^(?:[\w-]+\.)?idm\.oclc\.org$|^(?:[\w-]+\.)?(?:eu|us|ap|ca)?\d*\.?proxy\.openathens\.net$",
        zone,
    ):
        return True
    if len(labels) < 3 or not _ZONE_LABEL.fullmatch(labels[0]):
        return False
    rest = ".".join(labels[1:])
    return _registered(rest)


def _method(zone: list[str]) -> str:
    name = ".".join(zone)
    if name.endswith("idm.oclc.org"):
        return "idm-oclc"
    return "openathens-proxy" if name.endswith("proxy.openathens.net") else "ezproxy-host"


def _sure(zone: list[str]) -> bool:
    return _method(zone) != "ezproxy-host" or bool(_SURE_LABEL.fullmatch(zone[0]))


def _from_hyphens(
    parts: SplitResult, label: str, method: str, zone: list[str], seen: frozenset[str]
) -> Unproxied | None:
    """The host that one hyphenated label stands for."""
    port = _PORT.match(label)
    candidates = _hyphenated(label[port.end() :] if port else label, seen)
    if not candidates:
        return None
    best = candidates[0]
    settled = best in VENDOR_HOSTS or best in seen
    telling = settled or _sure(zone) or port or best.startswith("www.")
    # `my-app.proxy.example.com` is as likely a page of its own: only a library's zone speaks
    # for a host that is not known.
    if not telling and not (_ACADEMIC.search(".".join(zone[1:])) and best.count(".") >= 1):
        return None
    confidence = "high" if settled else "medium" if len(candidates) == 1 else "low"
    if confidence == "low" and label.count("-") <= 2 and best == label.replace("-", "."):
        confidence = "medium"
    host = best if port is None else f"{port[0]}{best}"
    return Unproxied(_rebuilt(parts, host), method, confidence)


def _hyphenated(label: str, seen: frozenset[str]) -> list[str]:
    """The hosts that a label with hyphens may stand for, the likeliest first.

    EZproxy keeps the original's own hyphens, so each hyphen is a point or a hyphen; a candidate
    ends in an ICANN suffix. Known hosts come first, then all points, then fewer labels.
    """
    words = label.split("-")
    if len(words) < 2 or not all(words):
        return []
    if len(words) - 1 > _MOST_HYPHENS:
        joins = [tuple("." for _ in words[1:])]
    else:
        joins = [tuple(j) for j in product(".-", repeat=len(words) - 1)]
    hosts = []
    for join in joins:
        host = words[0] + "".join(a + b for a, b in zip(join, words[1:], strict=True))
        if _plausible(host):
            hosts.append(host)
    return sorted(
        hosts,
        key=lambda h: (
            h not in VENDOR_HOSTS,
            h not in seen,
            not _known(h),
            "-" in h,
            h.count("."),
            h,
        ),
    )


def _dotted(host: str) -> tuple[str, str]:
    """Split `www.jstor.org.lib.example.edu` where a known host, else a suffix, ends."""
    labels = host.split(".")
    splits = range(len(labels) - 2, 1, -1)
    for i in splits:
        if ".".join(labels[:i]) in VENDOR_HOSTS:
            return ".".join(labels[:i]), ".".join(labels[i:])
    for i in splits:
        head, tail = ".".join(labels[:i]), ".".join(labels[i:])
        suffix = _icann().publicsuffix(head)
        if _plausible(head) and suffix and _icann().privatesuffix(tail) and _generic(suffix):
            return head, tail
    return "", ""


def _generic(suffix: str) -> bool:
    """A suffix that ends addresses rather than being a word of a host (`lib.me.example.edu`)."""
    return (
        suffix in ("com", "org", "net", "edu", "gov", "info", "int")
        or "." in suffix
        or len(suffix) == 2
    )


def _plausible(host: str) -> bool:
    return "." in host and _registered(host)


def _known(host: str) -> bool:
    return host in VENDOR_HOSTS or f"www.{host}" in VENDOR_HOSTS


def _rebuilt(parts: SplitResult, host: str) -> str:
    """The address with another host; the proxy's own port goes, the original's comes back."""
    port = _PORT.match(host)
    scheme = parts.scheme.lower()
    if port:
        host = host[port.end() :]
        number = int(port[1])
        scheme = "http" if number == 80 else scheme
        if number not in (80, 443) and number < 65_536:
            host = f"{host}:{number}"
    return urlunsplit((scheme, host, parts.path, parts.query, parts.fragment))

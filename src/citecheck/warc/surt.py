"""The key of a replay index: the Sort-friendly URI Reordering Transform as pywb computes it.

pywb looks a page up under the key that it makes of the requested address, so the index must be
written with the very same rules, which go further than those of the Wayback Machine's CDX server:
the canonical form of Google Safe Browsing (percent-decoding repeated until nothing changes, runs
of slashes folded, dot segments resolved, then `%`, `#`, controls, space and non-ASCII encoded
again), then the Internet Archive's habits (`www\\d*.` and session ids dropped, lower case, one
trailing slash dropped, query sorted by name and value).
"""

from __future__ import annotations

import re
from urllib.parse import unquote_to_bytes

from citecheck.urls.address import InvalidAddress, host_to_ascii

_PARTS = re.compile(r"(?i)^\s*(?:([a-z][a-z0-9+.-]*):)?//([^/?#]*)([^?#]*)(?:\?([^#]*))?")
_DEFAULT_PORTS = {"http": "80", "https": "443"}
_PATH_SESSIONS = (
    re.compile(rb"(?i)^(.*/)(?:\((?:[a-z]\([0-9a-z]{24}\))+\)/)([^?]+\.aspx.*)$"),
    re.compile(rb"(?i)^(.*/)(?:[0-9a-z]{24}/)([^?]+\.aspx.*)$"),
)
_QUERY_SESSIONS = (
    re.compile(rb"(?i)^(.*)(?:jsessionid=[0-9a-z]{32})(?:&(.*))?$"),
    re.compile(rb"(?i)^(.*)(?:phpsessid=[0-9a-z]{32})(?:&(.*))?$"),
    re.compile(rb"(?i)^(.*)(?:sid=[0-9a-z]{32})(?:&(.*))?$"),
    re.compile(rb"(?i)^(.*)(?:aspsessionid[a-z]{8}=[a-z]{24})(?:&(.*))?$"),
    re.compile(rb"(?i)^(.*)(?:cfid=[^&]+&cftoken=[^&]+)(?:&(.*))?$"),
)


def index_key(url: str) -> str:
    """The index key of an `http` or `https` address, ASCII without spaces.

    Anything else (and an address that cannot be taken apart) is its own key, as in pywb.
    """
    found = _PARTS.match(url)
    if not found or (found[1] or "http").lower() not in _DEFAULT_PORTS:
        return _escape(url.strip().encode("utf-8", "surrogatepass")).decode()
    scheme, netloc, path, query = (found[1] or "http").lower(), found[2], found[3], found[4]
    host, port = _host(netloc.rpartition("@")[2])
    if port in ("", _DEFAULT_PORTS[scheme]):
        port = ""
    key = ",".join(reversed(host.split("."))) if ":" not in host else host
    key += f":{port})" if port else ")"
    key += _path(path).decode("ascii")
    if query:
        kept = _query(query).decode("ascii")
        key += f"?{kept}" if kept else ""
    return key


def _host(netloc: str) -> tuple[str, str]:
    host, _, port = netloc.rpartition(":")
    if not port.isdigit():
        host, port = netloc.rstrip(":"), ""
    host = re.sub(r"\.{2,}", ".", host.strip("."))
    try:
        host = host_to_ascii(host)
    except InvalidAddress:
        host = _escape(host.lower().encode("utf-8", "surrogatepass")).decode("ascii")
    return re.sub(r"^www\d*\.", "", host), port


def _path(path: str) -> bytes:
    out: list[bytes] = []
    for part in _unescape(path).removeprefix(b"/").split(b"/"):
        if part == b".." and out:
            out.pop()
        elif part != b".":
            out.append(part)  # a dot segment above the root stays, as in pywb
    whole = b"/" + b"/".join(part for part in out if part)
    for pattern in _PATH_SESSIONS:
        if found := pattern.match(whole):
            whole = b"".join(g for g in found.groups() if g)
    return _escape(whole).lower()


def _query(query: str) -> bytes:
    raw = _escape(_unescape(query))
    for pattern in _QUERY_SESSIONS:
        if found := pattern.match(raw):
            raw = found[1] + found[2] if found[2] else found[1].removesuffix(b"&")
    if len(raw) <= 1:
        return raw.lower()
    pairs = sorted(tuple(pair.split(b"=", 1)) for pair in raw.lower().split(b"&"))
    return b"&".join(b"=".join(pair) for pair in pairs)


def _unescape(text: str) -> bytes:
    raw = text.encode("utf-8", "surrogatepass")
    while (once := unquote_to_bytes(raw)) != raw:
        raw = once
    return raw


def _escape(raw: bytes) -> bytes:
    return re.sub(rb"[\x00-\x20\x7f-\xff#%]", lambda m: b"%%%02X" % m[0][0], raw)

"""What of an exchange's addresses and headers goes into a WARC record, and what never does.

Left out are the headers that hold credentials or cookies, in both directions; values of secret
parameters in addresses (the target, the request line, headers that name an address) are shown as
`…`, percent-encoded, so the copy is found under the name that the report uses. Everything else is
kept byte for byte, non-ASCII values included; only framing is told as it is in the record: the
body has been de-chunked (`Transfer-Encoding` becomes `X-Crawler-Transfer-Encoding`, IIPC
warc-specifications issue 22) and `Content-Length` is its length, the original kept as
`X-Crawler-Content-Length`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from http import HTTPStatus

from citecheck.records.exchange import Exchange
from citecheck.urls.address import has_secret, redact, without_fragment

PRIVATE = frozenset(
    {
        b"authorization",
        b"cookie",
        b"cookie2",
        b"proxy-authorization",
        b"proxy-authenticate",
        b"set-cookie",
        b"set-cookie2",
        b"x-api-key",
        b"x-auth-token",
        b"x-amz-security-token",
    }
)
# Where in the value of a header an address stands (group 1); the whole value where that is none.
_ADDRESSES = {
    b"location": re.compile(r"(?s)(.*)"),
    b"content-location": re.compile(r"(?s)(.*)"),
    b"referer": re.compile(r"(?s)(.*)"),
    b"refresh": re.compile(r"""(?is)^[\s\d.]*[;,]?\s*(?:url\s*=\s*)?["']?([^"']*)"""),
    b"link": re.compile(r"(?:<|^)([^<>]*)"),
}
# As browsers read it: any number of slashes of either kind, or none after the scheme.
_USERINFO = re.compile(r"(?i)^(\s*(?:https?:[/\\]*|[/\\]{2,}))[^/\\?#\s]*@")


def shown(url: str) -> str:
    """The address under which an exchange is recorded: no userinfo, no fragment, no secret."""
    plain = _without_secrets(without_fragment(url)).encode("utf-8", "surrogatepass")
    # A target that is not ASCII is no URI, and pywb answers 500 for it.
    return re.sub(rb"[^\x21-\x7e]", lambda found: b"%%%02X" % found[0][0], plain).decode("ascii")


def request_head(exchange: Exchange) -> bytes:
    """The request line and headers as they may be kept, ending with the empty line."""
    url = shown(exchange.url)
    rest = re.sub(r"(?i)^[a-z][a-z0-9+.-]*://", "", url)
    host, slash, path = rest.partition("/")
    if not slash:
        host, mark, path = rest.partition("?")
        path = f"?{path}" if mark else ""
    pairs = [p for p in _kept(exchange.request_headers) if not p[0].startswith(b":")]
    pairs = [p for p in pairs if p[0].lower() not in (b"content-length", b"transfer-encoding")]
    if all(name.lower() != b"host" for name, _ in pairs):
        pairs.insert(0, (b"Host", host.encode("utf-8", "replace")))
    line = f"{exchange.method} /{path} HTTP/1.1"
    return _block(line, pairs)


def response_head(exchange: Exchange) -> bytes:
    """The status line (always `HTTP/1.1`, IIPC issues 15 and 42) and headers, with the empty
    line.
    """
    reason = exchange.reason
    if not reason:
        known = exchange.status in HTTPStatus._value2member_map_
        reason = HTTPStatus(exchange.status).phrase if known else "Unknown"
    length = str(len(exchange.raw)).encode()
    bodyless = exchange.method == "HEAD" or exchange.status in (204, 304)
    pairs: list[tuple[bytes, bytes]] = []
    for name, value in _kept(exchange.headers):
        lower = name.lower()
        if lower == b"transfer-encoding":
            pairs.append((b"X-Crawler-Transfer-Encoding", value))
        elif lower == b"content-length" and value.strip() != length and not bodyless:
            pairs += [(name, length), (b"X-Crawler-Content-Length", value)]
        else:
            pairs.append((name, value))
    return _block(f"HTTP/1.1 {exchange.status} {reason}", pairs)


def media_type(exchange: Exchange) -> str:
    """The media type for the index: lower case, without parameters, `unk` where there is none."""
    found = exchange.header("content-type").partition(";")[0].strip().lower()
    return found if re.fullmatch(r"[\w.+-]+/[\w.+-]+", found, re.ASCII) else "unk"


def _kept(pairs: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    return [
        (name, _masked(value, where) if (where := _ADDRESSES.get(name.lower())) else value)
        for name, value in pairs
        if name.lower() not in PRIVATE
    ]


def _masked(value: bytes, addresses: re.Pattern[str]) -> bytes:
    text = value.decode("utf-8", "surrogateescape")  # other bytes stay as they are

    def mask(found: re.Match[str]) -> str:
        start, end = (n - found.start() for n in found.span(1))
        return found[0][:start] + _mask_one(found[1]) + found[0][end:]

    return addresses.sub(mask, text).encode("utf-8", "surrogateescape")


def _mask_one(url: str) -> str:
    plain = _USERINFO.sub(r"\1", url)
    shorter = _without_secrets(plain)
    return plain if shorter == plain else shorter.replace("…", "%E2%80%A6")


def _without_secrets(url: str) -> str:
    try:
        return redact(url) if has_secret(url) else url
    except ValueError:  # it cannot be taken apart, so nothing tells which value is harmless
        return url.partition("?")[0]


def _block(line: str, pairs: Iterable[tuple[bytes, bytes]]) -> bytes:
    rows = [line.encode("utf-8", "replace"), *(name + b": " + value for name, value in pairs)]
    # A header value with a line break would forge another header, or end the block.
    return b"\r\n".join(re.sub(rb"[\r\n\x00]+", b" ", row) for row in rows) + b"\r\n\r\n"

"""Where an answer leads on to, and which addresses are never asked for.

Redirects as in RFC 9110 15.4 (relative references, the fragment carried on as in 10.2.2),
refreshes within five seconds, and pages that are nothing but a redirect by script; userinfo is
dropped on the way.
"""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from citecheck.records.exchange import Exchange
from citecheck.records.observation import Fault, FaultKind
from citecheck.text.fold import plain
from citecheck.urls.address import (
    HTTP_SCHEMES,
    InvalidAddress,
    fetch_form,
    host_of,
    without_fragment,
)
from citecheck.urls.archived import orders_saving
from citecheck.web.reading import REDIRECTS
from citecheck.web.refresh import refresh_target
from citecheck.web.scripted import script_target

_LONGEST_LOCATION = 8192


def refused(url: str) -> Fault | None:
    """Why an address is never asked for, else None."""
    try:
        form = fetch_form(url)
        scheme, host = urlsplit(form).scheme.lower(), host_of(form)
    except InvalidAddress as error:
        return Fault(FaultKind.INVALID_URL, plain(str(error), 200))
    except ValueError:
        return Fault(FaultKind.INVALID_URL, "the address cannot be encoded")
    if scheme not in HTTP_SCHEMES:
        return Fault(FaultKind.UNSUPPORTED_SCHEME, plain(f"{scheme}: cannot be asked for", 80))
    if host.endswith(".onion"):
        return Fault(FaultKind.UNSUPPORTED_SCHEME, "onion services are reached through Tor alone")
    if orders_saving(form):
        return Fault(FaultKind.ORDERS_SAVING, "to ask for it would have an archive take a copy")
    return None


def onward(answer: Exchange, url: str) -> tuple[str, str | None] | None:
    """The redirect in an answer: how it is made and where to; None where the answer is an end."""
    if answer.status in REDIRECTS:
        target = _location(answer)
        return ("http", _resolve(url, target)) if target else None
    for how, read in (("meta", refresh_target), ("script", script_target)):
        written = read(answer)
        there = _resolve(url, written) if written else None
        if there is not None and not _same(there, url) and not refused(there):
            return how, there
        if written:
            break  # a reload, or nothing that a redirect in a page could mean
    return None


def _location(answer: Exchange) -> str:
    """The Location header; bytes that are no UTF-8 travel on as they are, percent-encoded."""
    raw = next((v for k, v in answer.headers if k.lower() == b"location"), b"").strip()
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return "".join(chr(b) if b < 0x80 else f"%{b:02X}" for b in raw)


def _resolve(base: str, target: str) -> str | None:
    """The absolute address of a redirect, the fragment carried on; None where it has no sense."""
    if len(target) > _LONGEST_LOCATION:
        return None
    try:
        url = fetch_form(urljoin(base, target.strip()))
    except ValueError:
        return None
    fragment = base.partition("#")[2]
    return f"{url}#{fragment}" if fragment and "#" not in url else url


def _same(one: str, other: str) -> bool:
    return without_fragment(one) == without_fragment(other)

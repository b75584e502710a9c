"""Short ways to write a case down."""

from __future__ import annotations

from urllib.parse import urlsplit

from benchmarks.comparison.behaviour import (
    Case,
    Certificate,
    Handler,
    Host,
    Lookup,
    Reach,
    Says,
    origin,
)
from benchmarks.comparison.pages import article, not_found, site


def page_case(
    name: str,
    url: str,
    title: str,
    says: Says = Says.WORKS,
    answer: Handler | None = None,
    *,
    why: str = "",
    missing: Handler = not_found,
    front: Handler | None = None,
    certificate: Certificate = Certificate.GOOD,
    lookup: Lookup = Lookup.FOUND,
    nameservers: tuple[str, ...] = (),
    more: tuple[Host, ...] = (),
) -> Case:
    """An ordinary site where the cited path gives `answer` (the cited article unless told)."""
    path = urlsplit(url).path or "/"
    pages = {path: answer or article(title)}
    host = Host(
        origin(url),
        site(pages, missing, front),
        lookup=lookup,
        certificate=certificate,
        nameservers=nameservers,
    )
    return Case(name, url, title, says, (host, *more), why)


def host_case(
    name: str,
    url: str,
    title: str,
    says: Says,
    handler: Handler | None = None,
    *,
    why: str = "",
    reach: Reach = Reach.OPEN,
    lookup: Lookup = Lookup.FOUND,
    certificate: Certificate = Certificate.GOOD,
    nameservers: tuple[str, ...] = (),
    more: tuple[Host, ...] = (),
) -> Case:
    """A host that answers every path by `handler`."""
    host = Host(origin(url), handler, reach, lookup, certificate, nameservers)
    return Case(name, url, title, says, (host, *more), why)

"""Archived copies that the documents themselves cite, tied to the pages that they are copies of.

An address of an archive mostly tells its original; one with a name of its own
(`perma.cc/ABCD-1234`) belongs to the page that the same reference prints, where that is one page
only (`https://… [https://perma.cc/…]`, as legal citation has it). http, https and `www` make no
difference.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from citecheck.records.link import CitedCopy
from citecheck.records.reference import Reference
from citecheck.urls.address import identity
from citecheck.urls.archived import Archived, Kind, keeper_of, recognise, same_page


def cited_copies(
    references: Iterable[Reference], links: Mapping[str, str]
) -> dict[str, tuple[CitedCopy, ...]]:
    """The copies that references cite, by `same_page` of what they are copies of, in order of
    their time. `links` has the addresses that are visited by their identity."""
    found: dict[str, dict[str, CitedCopy]] = {}
    for reference in references:
        pages = {same_page(url) for url in reference.urls if keeper_of(url) is None}
        for url in reference.urls:
            archived = recognise(url)
            of = _of(archived, pages)
            if archived is not None and of:
                asked = links.get(identity(url), url)
                copy = CitedCopy(archived.archive, asked, archived.taken)
                found.setdefault(of, {}).setdefault(asked, copy)
    return {page: tuple(sorted(copies.values(), key=_order)) for page, copies in found.items()}


def pages_first(urls: Sequence[str]) -> list[str]:
    """Addresses with each page before the copies of it, else in their order."""
    pages = {same_page(url) for url in urls if keeper_of(url) is None}
    return sorted(urls, key=lambda url: _of(recognise(url), pages) in pages)


def _of(archived: Archived | None, pages: Collection[str]) -> str:
    """The page among `pages` that an address of an archive is a copy of, else its own original;
    empty for what is no copy, and where nothing tells."""
    if archived is None or archived.kind is not Kind.COPY or archived.guarded:
        return ""
    if archived.original:
        return same_page(archived.original)
    return next(iter(pages)) if len(pages) == 1 else ""


def _order(copy: CitedCopy) -> tuple[bool, str, str]:
    return copy.taken is None, str(copy.taken or ""), copy.url

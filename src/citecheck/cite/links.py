"""References to links: one address to visit, with all that cite it and all they expect of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from citecheck.cite.copies import cited_copies
from citecheck.cite.seen_on import seen_on
from citecheck.records.link import Cited, Expected, Link
from citecheck.records.reference import Quote, Reference
from citecheck.records.report import UnlinkedRow
from citecheck.urls.address import (
    InvalidAddress,
    fetch_form,
    has_userinfo,
    host_of,
    identity,
    place,
    strip_userinfo,
    without_fragment,
)
from citecheck.urls.archived import same_page
from citecheck.urls.proxy import unproxy


def links(
    references: Iterable[Reference], dated: Mapping[str, date] | None = None
) -> tuple[tuple[Link, ...], tuple[UnlinkedRow, ...]]:
    """The links of all references, sorted by address, and the references that have none. `dated`
    has the dates of documents that tell their own, by path.

    References with the same id (one work in two documents) count as one. An address that cannot be
    asked for keeps its printed text, so that the check can say so.
    """
    listed = _joined(references)
    hosts = frozenset(h for r in listed for u in r.urls if (h := host_of(u)))
    rows: dict[str, list[tuple[str, Reference]]] = {}
    unlinked: list[UnlinkedRow] = []
    for reference in listed:
        if not reference.urls:
            unlinked.append(UnlinkedRow(reference.id, reference.title, _cited(reference)))
        seen: set[str] = set()
        for url in reference.urls:
            if place(url) not in seen:
                seen.add(place(url))
                rows.setdefault(identity(url), []).append((_address(url), reference))
    found = [_link(group, hosts, dated or {}) for group in rows.values()]
    copies = cited_copies(listed, {identity(k.url): k.url for k in found})
    found = [replace(k, archived=copies.get(same_page(k.url), ())) for k in found]
    return tuple(sorted(found, key=lambda k: k.url)), tuple(
        sorted(unlinked, key=lambda row: row.reference)
    )


def _joined(references: Iterable[Reference]) -> list[Reference]:
    """References by id, the citations of all documents together, in a fixed order."""
    out: dict[str, Reference] = {}
    for reference in references:
        known = out.get(reference.id)
        if known is None:
            out[reference.id] = reference
            continue
        more = tuple(c for c in reference.citations if c not in known.citations)
        urls = tuple(dict.fromkeys(known.urls + reference.urls))
        out[reference.id] = replace(known, citations=known.citations + more, urls=urls)
    return [out[key] for key in sorted(out)]


def _address(url: str) -> str:
    try:
        return fetch_form(strip_userinfo(url))
    except InvalidAddress:
        return strip_userinfo(url)


def _link(
    group: list[tuple[str, Reference]], hosts: frozenset[str], dated: Mapping[str, date]
) -> Link:
    """One link; of several spellings of one address https and then the first in order is asked, of
    several places in it the one that is cited first."""
    urls = [u for u, _ in group]
    url = min(urls, key=lambda u: (not u.startswith("https://"), without_fragment(u)))
    own = url.partition("#")[2]
    places = dict.fromkeys(f for u in urls if (f := u.partition("#")[2]) not in ("", own))
    expected = {r.id: r for _, r in group}
    behind = unproxy(url, hosts)
    day, basis = seen_on((r for _, r in group), dated)
    citations = {c: None for _, r in group for c in _cited(r)}
    return Link(
        url=url,
        citations=tuple(sorted(citations, key=lambda c: (c.document, c.line, c.reference, c.note))),
        expected=tuple(_expected(expected[id]) for id in sorted(expected)),
        cited_on=day,
        dated_by=basis,
        proxied=behind is not None,
        unproxied=behind.original if behind is not None else "",
        credentials=any(_with_credentials(url, r) for _, r in group),
        fragments=tuple(places),
    )


def _with_credentials(url: str, reference: Reference) -> bool:
    printed = reference.printed
    guarded = (*reference.guarded, *((strip_userinfo(printed),) if has_userinfo(printed) else ()))
    return identity(url) in {identity(one) for one in guarded}


def _cited(reference: Reference) -> tuple[Cited, ...]:
    rows = {Cited(c.document, c.note, c.line, reference.id): None for c in reference.citations}
    return tuple(rows)


def _expected(reference: Reference) -> Expected:
    csl = reference.csl
    quotes: dict[tuple[str, ...], Quote] = {}
    for citation in reference.citations:
        for quote in citation.quotes:
            quotes.setdefault(quote.shingles, quote)
    return Expected(
        reference=reference.id,
        title=reference.title,
        title_translated=reference.title_translated,
        title_original=reference.title_original,
        authors=tuple(a for p in csl.get("author") or () if (a := _author(p))),
        doi=str(csl.get("DOI", "")),
        type=str(csl.get("type", "")),
        quotes=tuple(quotes.values()),
    )


def _author(person: dict[str, Any]) -> str:
    if literal := person.get("literal"):
        return str(literal)
    family, given = str(person.get("family", "")), str(person.get("given", ""))
    particle = str(person.get("non-dropping-particle") or person.get("dropping-particle") or "")
    family = f"{particle} {family}".strip()
    parts = (family, given) if person.get("static-ordering") else (given, family)
    return " ".join(p for p in parts if p)

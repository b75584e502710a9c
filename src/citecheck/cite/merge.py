"""One reference for one work: the same address, the same DOI, or the same title and year.

Titles alone are weak ("Annual Report"): authors must not contradict each other, and two different
addresses need the same full date and a title of four words. One address under two titles is one
work unless it is a site's front page. The fuller record leads, the others fill its gaps.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from citecheck.cite.draft import families, year
from citecheck.records.reference import Reference
from citecheck.text.fold import fold
from citecheck.urls.address import identity, place
from citecheck.urls.archived import recognise, same_page

_RANK = {"high": 0, "medium": 1, "low": 2, "": 3}


def keys(reference: Reference) -> tuple[tuple[str, str], ...]:
    """What a reference can be recognised by, the strongest first."""
    found = [("url", identity(u)) for u in reference.urls if not _front_copy(u, reference)]
    if doi := reference.csl.get("DOI"):
        found.append(("doi", str(doi).lower()))
    if title := fold(reference.title):
        found.append(("title", f"{title}|{year(reference.csl)}"))
    return tuple(found)


def _front_page(key: str) -> bool:
    """Whether an identity is that of a site's front page, or of a copy of one."""
    told = recognise(f"https:{key}")
    key = identity(told.original) if told and told.original else key
    return key.count("/") <= 3 and key.endswith("/")


def _front_copy(url: str, reference: Reference) -> bool:
    """Whether an address is that of a copy of the front page that the reference cites beside it:
    it says no more than that one, and twice would count for two."""
    told = recognise(url)
    page = same_page(told.original) if told and told.original else ""
    beside = page and any(same_page(u) == page for u in reference.urls if u != url)
    return bool(beside) and _front_page(identity(url))


def same_work(one: Reference, other: Reference, key: tuple[str, str]) -> bool:
    """Whether a shared key really makes two references one."""
    kind, value = key
    if kind == "doi":
        return True
    a, b = fold(one.title), fold(other.title)
    if kind == "url":
        return not (_front_page(value) and a and b and a != b)
    ours, theirs = families(one.csl), families(other.csl)
    if ours and theirs and not ours & theirs:
        return False
    if not year(one.csl) and not (ours & theirs):
        return False
    if one.urls and other.urls:
        dates = (one.csl.get("issued"), other.csl.get("issued"))
        return dates[0] == dates[1] and len(a.split()) >= 4
    places = [fold(str(r.csl.get("container-title", ""))) for r in (one, other)]
    return len(a.split()) >= 3 or places[0] == places[1] or not all(places)


def groups(references: Sequence[Reference]) -> tuple[tuple[int, ...], ...]:
    """The indices of references that are one work, in order of first mention."""
    parent = list(range(len(references)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    seen: dict[tuple[str, str], list[int]] = {}
    for i, reference in enumerate(references):
        for key in keys(reference):
            for j in seen.get(key, [])[:20]:
                if root(i) != root(j) and same_work(references[j], reference, key):
                    a, b = sorted((root(i), root(j)))
                    parent[b] = a
                    break
            seen.setdefault(key, []).append(i)
    members: dict[int, list[int]] = {}
    for i in range(len(references)):
        members.setdefault(root(i), []).append(i)
    return tuple(tuple(m) for m in members.values())


def merged(references: Sequence[Reference]) -> Reference:
    """One record of several of the same work; a surer field replaces a less sure one."""
    base = references[0]
    for other in references[1:]:
        base = _filled(base, other)
    return base


def _filled(base: Reference, other: Reference) -> Reference:
    csl: dict[str, Any] = dict(base.csl)
    sure = dict(base.confidence or {})
    theirs = other.confidence or {}
    for key, value in other.csl.items():
        weaker = _RANK[sure.get(key, "")] > _RANK[theirs.get(key, "")]
        if key not in csl or (weaker and key in ("type", "author", "title", "issued")):
            csl[key] = value
            if key in theirs:
                sure[key] = theirs[key]
    urls = list(base.urls)
    known = {place(u) for u in urls}
    for url in other.urls:
        if place(url) not in known:
            urls.append(url)
            known.add(place(url))
    for key in ("title-translated", "title-original", "container-title-translated", "URL"):
        if key in theirs:
            sure.setdefault(key, theirs[key])
    return replace(
        base,
        csl=csl,
        urls=tuple(urls),
        printed=base.printed or other.printed,
        unproxied=base.unproxied or (other.unproxied if not base.urls else ""),
        title_translated=base.title_translated or other.title_translated,
        title_original=base.title_original or other.title_original,
        container_title_translated=base.container_title_translated
        or other.container_title_translated,
        confidence=sure,
        guarded=tuple(dict.fromkeys((*base.guarded, *other.guarded))),
    )


def by_key(references: Iterable[Reference]) -> dict[tuple[str, str], list[Reference]]:
    """An index of references by their keys."""
    index: dict[tuple[str, str], list[Reference]] = {}
    for reference in references:
        for key in keys(reference):
            index.setdefault(key, []).append(reference)
    return index

"""What a page says about itself: candidates for the work's title, authors, DOI, the fragment.

The order of title candidates follows how often each was right on real pages: `citation_title`,
JSON-LD headline, `og:title`, `dc.title`, h1, then the title element with the site's suffix cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from citecheck.records.observation import PageFacts
from citecheck.signals.fragments import fragment_found
from citecheck.signals.page import PageView
from citecheck.text.fold import plain
from citecheck.text.main import Fingerprint

_WORKS = (
    "article",
    "report",
    "posting",
    "book",
    "chapter",
    "thesis",
    "webpage",
    "dataset",
    "review",
)
_MOST_PLACES = 50
_DOI = re.compile(r"(?i)\b10\.\d{4,9}/[^\s\"'<>&]{1,200}")
_SUFFIX = re.compile(r"\s+(?:[|·•»::–—-]|::)\s+|\s*[|_｜]\s*")


def page_facts(
    view: PageView, printed: Fingerprint, fragments: tuple[str, ...]
) -> PageFacts | None:
    """The facts of a page that could be read, or None; `fragments` as they stand in addresses."""
    if not view.parsed and not view.main.text:
        return None
    places = {one: fragment_found(view, one) for one in fragments[:_MOST_PLACES]}
    missing = tuple(plain(one, 200) for one, found in places.items() if found is False)
    return PageFacts(
        title=plain(view.title),
        headings=tuple(plain(h, 200) for h in (*view.h1[:5], *view.h2[:5])),
        titles=tuple(plain(t) for t in titles(view)[:8]),
        authors=tuple(plain(a, 120) for a in authors(view)[:20]),
        canonical=plain(view.canonical, 2000),
        doi=doi(view),
        language=plain(view.language, 35),
        words=printed.words,
        text_sha256=printed.sha256,
        extractor=view.main.extractor if printed.sha256 else "",
        fragment_found=False if missing else True if True in places.values() else None,
        fragments_missing=missing,
    )


def titles(view: PageView) -> tuple[str, ...]:
    """Candidates for the title of the work, best first, without doubles."""
    candidates = [
        *view.named("citation_title"),
        *_from_linked_data(view),
        *view.named("og:title", "twitter:title", "dc.title", "dcterms.title", "eprints.title"),
        *view.h1[:3],
        *_without_site(view.title),
    ]
    return tuple(dict.fromkeys(c for c in candidates if c))


def authors(view: PageView) -> tuple[str, ...]:
    found = list(view.named("citation_author", "author", "article:author", "dc.creator"))
    for thing in view.linked_data:
        people = thing.get("author")
        for person in people if isinstance(people, list) else [people]:
            name = person.get("name") if isinstance(person, dict) else person
            if isinstance(name, str):
                found.append(name)
    return tuple(dict.fromkeys(a for a in found if a and not a.startswith("http")))


def doi(view: PageView) -> str:
    """The DOI that the page names as its own, in lower case; empty where it names none."""
    for value in view.named(
        "citation_doi",
        "dc.identifier",
        "dc.identifier.doi",
        "dcterms.identifier",
        "prism.doi",
        "bepress_citation_doi",
        "eprints.doi",
    ):
        found = _DOI.search(unquote(value))
        if found:
            return bare_doi(found[0])
    return ""


def bare_doi(text: str) -> str:
    """The DOI in a text, lower case, without resolver and trailing punctuation."""
    found = _DOI.search(unquote(text))
    return found[0].lower().rstrip(".,;)]") if found else ""


def _from_linked_data(view: PageView) -> Iterator[str]:
    for thing in view.linked_data:
        kind: Any = thing.get("@type")
        kinds = " ".join(str(k) for k in kind) if isinstance(kind, list) else str(kind)
        if not any(work in kinds.lower() for work in _WORKS):
            continue
        for key in ("headline", "name"):
            value = thing.get(key)
            if isinstance(value, str) and value.strip():
                yield " ".join(value.split())[:500]


def _without_site(title: str) -> Iterator[str]:
    """The title without the site's name before or after it, then as it is."""
    parts = [p.strip() for p in _SUFFIX.split(title) if p and p.strip()]
    if len(parts) > 1:
        yield max(parts, key=len)
    yield title

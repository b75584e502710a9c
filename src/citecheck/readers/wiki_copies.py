"""Templates that name a copy beside a link or a record: `{{webarchive}}` and its like, per note.

English, Italian and Spanish pages give the copy's address (`url`), German and Russian ones the
page's address and a time (`wayback`, `date`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from citecheck.readers.flow import FlowLink
from citecheck.readers.wiki_entries import plain
from citecheck.readers.wiki_refs import Ref
from citecheck.readers.wiki_templates import Template
from citecheck.text.entities import unescape
from citecheck.urls.archived import Archived, Kind, recognise, same_page

_NAMES = frozenset({"webarchive", "webarchiv", "wayback", "web archive"})

Copies = Mapping[str, Sequence[tuple[Template, Archived]]]


def copies_in(found: Iterable[Template], tags: Iterable[Ref]) -> Copies:
    """The copies that templates name, by the label of their note."""
    inner = sorted((*ref.inner, ref.label) for ref in tags if ref.inner is not None)
    copies: dict[str, list[tuple[Template, Archived]]] = {}
    for template in found:
        named = _copy(template) if template.name in _NAMES else None
        i = bisect_right(inner, template.start, key=lambda note: note[0]) - 1
        if named is not None and i >= 0 and template.end <= inner[i][1]:
            copies.setdefault(inner[i][2], []).append((template, named))
    return copies


def _copy(template: Template) -> Archived | None:
    """The copy that a template names."""
    address = unescape(template.value("url", "1"))
    stamp = re.sub(r"\D", "", template.value("wayback", "date"))
    told = recognise(address)
    if told is None and 8 <= len(stamp) <= 14:
        told = recognise(f"https://web.archive.org/web/{stamp}/{address}")
    return told if told is not None and told.kind is Kind.COPY else None


def fitting(copies: Iterable[tuple[Template, Archived]], url: str, *, alone: bool) -> str:
    """The copy of an address among those of its note; one that does not tell its page is that of
    the only address there is (`alone`)."""
    page = same_page(url)
    for _, copy in copies:
        if same_page(copy.original) == page if copy.original else alone:
            return copy.address
    return ""


def tied(links: list[FlowLink], start: int, copies: Iterable[tuple[Template, Archived]]) -> None:
    """Tie the copies of a note to its links, those from `start` on."""
    named = list(copies)
    if not named:
        return
    alone = len(links) - start == 1
    for i in range(start, len(links)):
        links[i] = replace(links[i], copy=fitting(named, links[i].target, alone=alone))


def csl_of_copy(template: Template, copy: Archived, label: str) -> dict[str, Any]:
    """The record of a note that has nothing but a copy in a template; none for one that does not
    tell its page."""
    if not copy.original:
        return {}
    csl = {"id": label, "type": "webpage", "URL": copy.original}
    if title := plain(template.value("title", "text", "titel", "titolo", "2")):
        csl["title"] = title
    return {**csl, "archive": copy.archive, "archive_location": copy.address}

"""Names of references, unique and kept once given: `ait-2018-is-north-korea-s-mig-29`."""

from __future__ import annotations

import re
from collections.abc import Collection, MutableMapping

from citecheck.cite.draft import year
from citecheck.cite.scripts import script
from citecheck.records.reference import Reference
from citecheck.text.fold import fold
from citecheck.urls.address import host_of

_WORDS = 6  # of the title
_LONGEST = 80


def _slug(text: str, words: int) -> str:
    parts = re.findall(r"\w+", fold(text))[:words]
    return "-".join(p[:24] for p in parts)


def new_id(
    reference: Reference, taken: Collection[str], numbers: MutableMapping[str, int] | None = None
) -> str:
    """An id made of name, year and first words of the title, with a number where it is taken.

    `numbers` remembers between calls how far the counting went: thousands of records without any
    field would else count from 2 each.
    """
    csl = reference.csl
    people = csl.get("author") or csl.get("editor") or []
    first = people[0] if people else {}
    name = _slug(str(first.get("family", "")), 3) or _slug(str(first.get("literal", "")), 3)
    title = reference.title
    if script(title) not in ("latin", "") and reference.title_translated:
        title = reference.title_translated
    words = _slug(title, _WORDS)
    if not words and reference.urls:
        words = _slug(host_of(reference.urls[0]), _WORDS)
    parts = [name, year(csl), words] if name else [words, year(csl)]
    base = "-".join(p for p in parts if p)[:_LONGEST].strip("-") or "reference"
    if base not in taken:
        return base
    number = numbers.get(base, 2) if numbers is not None else 2
    while (candidate := f"{base}-{number}") in taken:
        number += 1
    if numbers is not None:
        numbers[base] = number
    return candidate

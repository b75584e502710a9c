"""What a reference says of its work, as far as registries can be asked about it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from citecheck.records.reference import Reference
from citecheck.text.titles import informative, script

_DOI = re.compile(r"(?i)10\.\d{4,9}/[!-~]{1,300}")
# What no registry of works has: a look-up by title would tell nothing.
_ELSEWHERE = frozenset(
    {
        "article-newspaper", "bill", "broadcast", "collection", "event", "figure", "graphic",
        "hearing", "interview", "legal_case", "legislation", "map", "motion_picture",
        "musical_score", "patent", "personal_communication", "post", "post-weblog", "regulation",
        "song", "speech", "treaty", "webpage",
    }
)  # fmt: skip
BOOKS = frozenset({"book", "chapter", "document", "entry", "entry-encyclopedia", "thesis", ""})
_MOST_PEOPLE = 50


@dataclass(frozen=True, slots=True)
class Person:
    """`whole` is a name that has no parts: an organisation's."""

    family: str
    given: str = ""
    whole: bool = False

    def __str__(self) -> str:
        return f"{self.given} {self.family}".strip()


@dataclass(frozen=True, slots=True)
class Wanted:
    """One work. `titles` are those printed, translated and original; `doi` is in lower case, `isbn`
    bare digits, both empty where they are not well formed. `linked`: it has an address; `foreign`:
    its title is printed with a translation, but not in a script of its own."""

    reference: str
    titles: tuple[str, ...] = ()
    people: tuple[Person, ...] = ()
    year: int | None = None
    container: str = ""
    volume: str = ""
    page: str = ""
    kind: str = ""
    doi: str = ""
    isbn: str = ""
    linked: bool = False
    foreign: bool = False

    @property
    def searchable(self) -> bool:
        """Whether it can be searched for by its title."""
        return bool(self.titles) and self.kind not in _ELSEWHERE

    @property
    def fingerprint(self) -> str:
        """A hash of all that an answer depends on."""
        facts = [
            self.titles,
            [(p.family, p.given) for p in self.people],
            [self.year, self.container, self.volume, self.page, self.kind, self.doi, self.isbn],
            [self.linked, self.foreign],
        ]
        told = json.dumps(facts, ensure_ascii=True).encode()
        return hashlib.sha256(told).hexdigest()[:16]


def wanted(references: Iterable[Reference]) -> tuple[Wanted, ...]:
    """The works to ask about, one a reference, by id: each with a DOI, and of those without an
    address each with an ISBN or a title that registries can have."""
    found: dict[str, Wanted] = {}
    for reference in references:
        one = _wanted(reference)
        known = found.get(one.reference)
        linked = one.linked or (known is not None and known.linked)
        found[one.reference] = replace(known or one, linked=linked)
    asked = (w for w in found.values() if w.doi or (not w.linked and (w.isbn or w.searchable)))
    return tuple(sorted(asked, key=lambda w: w.reference))


def _wanted(reference: Reference) -> Wanted:
    csl = reference.csl
    titles = (reference.title, reference.title_original, reference.title_translated)
    people = [p for role in ("author", "editor") for p in _people(csl.get(role))]
    return Wanted(
        reference=reference.id,
        titles=tuple(dict.fromkeys(t.strip() for t in titles if informative(t))),
        people=tuple(dict.fromkeys(people))[:_MOST_PEOPLE],
        year=_year(csl.get("issued")),
        container=_text(csl, "container-title"),
        volume=_text(csl, "volume"),
        page=_text(csl, "page"),
        kind=_text(csl, "type"),
        doi=doi_of(_text(csl, "DOI")),
        isbn=isbn_of(_text(csl, "ISBN")),
        linked=bool(reference.urls),
        foreign=bool(reference.title_translated and not reference.title_original)
        and script(reference.title) == "latin",
    )


def doi_of(text: object) -> str:
    """A DOI in lower case, without a resolver's address before it; empty where it is none."""
    found = text.strip() if isinstance(text, str) else ""
    found = re.sub(r"(?i)^(?:https?://(?:dx\.|www\.)?doi\.org/|doi:\s*)", "", found)
    return found.lower() if _DOI.fullmatch(found) else ""


def isbn_of(text: str) -> str:
    """The digits of the first ISBN with a right check digit."""
    for match in re.findall(r"(?:97[89][- ]?)?\d(?:[- ]?\d){8}[- ]?[\dXx]", text):
        digits = re.sub(r"[- ]", "", match).upper()
        if _checks(digits):
            return digits
    return ""


def _checks(digits: str) -> bool:
    values = [10 if c == "X" else int(c) for c in digits]
    if len(values) == 13:
        return sum(v * (3 if i % 2 else 1) for i, v in enumerate(values)) % 10 == 0
    return len(values) == 10 and sum((10 - i) * v for i, v in enumerate(values)) % 11 == 0


def _people(rows: Any) -> Iterable[Person]:
    for row in rows if isinstance(rows, list) else ():
        if not isinstance(row, dict):
            continue
        if literal := _text(row, "literal"):
            yield Person(literal, whole=True)
        elif family := _text(row, "family"):
            yield Person(family, _text(row, "given"))


def _year(issued: Any) -> int | None:
    try:
        year = int(issued["date-parts"][0][0])
    except (KeyError, IndexError, TypeError, ValueError):
        return None
    return year if 1000 <= year <= 2200 else None


def _text(row: dict[str, Any], key: str) -> str:
    value = row.get(key)
    return str(value).strip() if isinstance(value, str | int) else ""

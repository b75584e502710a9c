"""Open Library: addresses and replies. Pure.

`/isbn/<ISBN>.json` leads (302) to the record of one edition, whose authors are keys of records of
their own; `/search.json` has works, each with its authors' names and the years of all its editions.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from citecheck.works.crossref import Query
from citecheck.works.registered import Registered, inner, people, rows, text, texts, year, years
from citecheck.works.wanted import Person, Wanted

NAME = "Open Library"
SEARCH = "/search.json"
_FIELDS = "key,title,subtitle,author_name,first_publish_year,publish_year"
_KEY = re.compile(r"/(?:books|works|authors)/(OL[0-9]{1,12}[MWA])")
_AUTHORS = 3


def isbn_path(isbn: str) -> str:
    return f"/isbn/{isbn}.json"


def search_query(wanted: Wanted) -> Query:
    author = wanted.people[0].family if wanted.people else ""
    named = (("author", author),) if author else ()
    return (("title", wanted.titles[0][:300]), *named, ("limit", "5"), ("fields", _FIELDS))


def edition(reply: dict[str, Any]) -> Registered | None:
    """An edition, without the names of its authors."""
    key = _key(reply.get("key"))
    titles = _titles(reply)
    if not key or not titles:
        return None
    return Registered(NAME, key, titles, years=years([reply.get("publish_date")]))


def author_paths(reply: dict[str, Any]) -> tuple[str, ...]:
    """Where the names of an edition's authors are told."""
    keys = [_key(row.get("key")) for row in rows(reply.get("authors"))]
    return tuple(f"/authors/{key}.json" for key in keys[:_AUTHORS] if key.endswith("A"))


def with_authors(edition: Registered, names: list[dict[str, Any]]) -> Registered:
    found = people(row.get("name") or row.get("personal_name") for row in names)
    return replace(edition, people=found)


def found(reply: dict[str, Any]) -> tuple[Registered, ...] | None:
    """The works of a search; None where the reply is no list of works."""
    docs = reply.get("docs")
    if not isinstance(docs, list):
        return None
    return tuple(w for row in rows(docs) if (w := _work(row)) is not None)


def _work(row: dict[str, Any]) -> Registered | None:
    key = _key(row.get("key"))
    if not key:
        return None
    told = row.get("publish_year")
    all_years = tuple(y for v in (told if isinstance(told, list) else ()) if (y := year(v)))
    first = year(row.get("first_publish_year"))
    return Registered(
        where=NAME,
        identifier=key,
        titles=_titles(row),
        people=_names(row),
        years=tuple(sorted({*all_years, *((first,) if first else ())})),
    )


def _names(row: dict[str, Any]) -> tuple[Person, ...]:
    names = row.get("author_name")
    return people(names[:50] if isinstance(names, list) else ())


def _titles(row: dict[str, Any]) -> tuple[str, ...]:
    title, subtitle = text(row.get("title")), text(row.get("subtitle"))
    both = f"{title}: {subtitle}" if title and subtitle else ""
    return texts([title, both, inner(row, "full_title").get("value") or row.get("full_title")])


def _key(value: object) -> str:
    match = _KEY.fullmatch(value) if isinstance(value, str) else None
    return match[1] if match else ""

"""Crossref's REST API: addresses and replies. Pure.

`/works/<DOI>` has one work under `message`, `/works?query.bibliographic=` several under
`message.items`, best first by its own score, which says nothing of whether one is right. A DOI that
is not Crossref's is 404 with the words "Resource not found."; `/works/<DOI>/agency` tells whose it
is, of all agencies. What was published about a work later (retractions, corrections; those that
Retraction Watch has found among them) stands under `updated-by` of the work; `update-to` stands
with the notice and says what it is about. Who names a mail address (`mailto`) is in the polite
pool.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

from citecheck.records.work import Notice
from citecheck.works.registered import Registered, inner, rows, text, texts, years
from citecheck.works.wanted import Person, Wanted, doi_of

NAME = "Crossref"
_SELECT = "DOI,title,subtitle,author,editor,issued,published-print,container-title,volume,page,type"
_DATES = ("issued", "published", "published-print", "published-online")
_MOST_ASKED = 400  # characters of a question

Query = tuple[tuple[str, str], ...]


def work_path(doi: str) -> str:
    return f"/works/{quote(doi, safe='')}"


def agency_path(doi: str) -> str:
    return f"{work_path(doi)}/agency"


def search_query(wanted: Wanted) -> Query:
    """Title, first author and year in one question, as a printed reference would be searched."""
    first = wanted.people[0].family if wanted.people else ""
    said = f"{wanted.titles[0]} {first} {wanted.year or ''}"
    return (
        ("query.bibliographic", " ".join(said.split())[:_MOST_ASKED]),
        ("rows", "5"),
        ("select", _SELECT),
    )


def agency(reply: dict[str, Any]) -> str:
    """The name of the agency that a DOI is registered with."""
    told = inner(reply, "message", "agency")
    return text(told.get("label")) or text(told.get("id"))


def work(reply: dict[str, Any]) -> Registered | None:
    return _registered(inner(reply, "message"))


def found(reply: dict[str, Any]) -> tuple[Registered, ...] | None:
    """The works of a search, best first; None where the reply is no list of works."""
    items = inner(reply, "message").get("items")
    if not isinstance(items, list):
        return None
    return tuple(w for row in rows(items) if (w := _registered(row)) is not None)


def _registered(row: dict[str, Any]) -> Registered | None:
    doi = doi_of(row.get("DOI"))
    if not doi:
        return None
    titles = texts(row.get("title"))
    subtitles = texts(row.get("subtitle"))
    whole = tuple(f"{titles[0]}: {s}" for s in subtitles[:1]) if titles else ()
    return Registered(
        where=NAME,
        identifier=doi,
        titles=tuple(dict.fromkeys((*titles, *whole, *texts(row.get("original-title"))))),
        people=tuple(_people(row.get("author")) + _people(row.get("editor"))),
        years=years(_first_part(row.get(key)) for key in _DATES),
        containers=(*texts(row.get("container-title")), *texts(row.get("short-container-title"))),
        volume=text(row.get("volume")),
        page=text(row.get("page")) or text(row.get("article-number")),
        notices=_notices(row),
    )


def _people(value: object) -> list[Person]:
    found = []
    for row in rows(value):
        if family := text(row.get("family")):
            found.append(Person(family, text(row.get("given"))))
        elif name := text(row.get("name")):
            found.append(Person(name, whole=True))
    return found


def _first_part(value: object) -> object:
    parts = value.get("date-parts") if isinstance(value, dict) else None
    first = parts[0] if isinstance(parts, list) and parts else None
    return first[0] if isinstance(first, list) and first else None


def _notices(row: dict[str, Any]) -> tuple[Notice, ...]:
    found = [
        Notice(kind, doi_of(n.get("DOI")), _date(n))
        for n in rows(row.get("updated-by"))
        if (kind := re.sub(r"[^a-z]+", "-", text(n.get("type")).lower()).strip("-"))
    ]
    relation = inner(row, "relation")
    for kind, word in (
        ("is-retracted-by", "retraction"),
        ("is-corrected-by", "correction"),
        ("is-preprint-of", "publication"),
        ("is-replaced-by", "replacement"),
    ):
        found += [
            Notice(word, doi_of(r.get("id")))
            for r in rows(relation.get(kind))
            if r.get("id-type") == "doi" and doi_of(r.get("id"))
        ]
    first: dict[tuple[str, str], Notice] = {}
    for notice in found:  # the publisher and Retraction Watch tell of the same one
        first.setdefault((notice.kind, notice.doi), notice)
    return tuple(sorted(first.values(), key=lambda n: (n.date, n.kind, n.doi)))


def _date(notice: dict[str, Any]) -> str:
    parts = inner(notice, "updated").get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts else None
    if not isinstance(first, list) or not all(type(p) is int and 0 < p < 3000 for p in first):
        return ""
    return "-".join(f"{p:02d}" for p in first[:3])

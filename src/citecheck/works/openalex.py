"""OpenAlex: addresses and replies. Pure.

`/works?filter=title.search:<words>` answers with `results`; commas, colons and bars part filters,
so only words are asked. Since February 2026 it wants a (free) key; without one a few searches a day
are answered. `is_retracted` stands with the work.
"""

from __future__ import annotations

from typing import Any

from citecheck.records.work import Notice
from citecheck.text.fold import fold
from citecheck.works.crossref import Query
from citecheck.works.registered import Registered, inner, people, rows, text, texts, years
from citecheck.works.wanted import Wanted, doi_of

NAME = "OpenAlex"
BASE = "https://api.openalex.org"
SEARCH = "/works"


def search_query(wanted: Wanted) -> Query:
    words = fold(wanted.titles[0])[:300]
    return (("filter", f"title.search:{words}"), ("per-page", "5"))


def found(reply: dict[str, Any]) -> tuple[Registered, ...] | None:
    """The works of a search; None where the reply is no list of works."""
    results = reply.get("results")
    if not isinstance(results, list):
        return None
    return tuple(w for row in rows(results) if (w := _registered(row)) is not None)


def _registered(row: dict[str, Any]) -> Registered | None:
    own = text(row.get("id")).rpartition("/")[2]
    doi = doi_of(row.get("doi"))
    if not doi and not (own.startswith("W") and own[1:].isdigit()):
        return None
    biblio = inner(row, "biblio")
    pages = [text(biblio.get("first_page")), text(biblio.get("last_page"))]
    authors = rows(row.get("authorships"))
    retracted = row.get("is_retracted") is True
    return Registered(
        where=NAME,
        identifier=doi or own,
        titles=texts([row.get("title"), row.get("display_name")]),
        people=people(
            text(a.get("raw_author_name")) or inner(a, "author").get("display_name")
            for a in authors
        ),
        years=years([row.get("publication_year")]),
        containers=texts(inner(row, "primary_location", "source").get("display_name")),
        volume=text(biblio.get("volume")),
        page="-".join(p for p in pages if p),
        notices=(Notice("retraction"),) if retracted else (),
    )

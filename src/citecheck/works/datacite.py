"""DataCite's REST API: addresses and replies. Pure.

`/dois/<DOI>` has one work under `data.attributes`; a DOI that is not DataCite's is 404 with
`errors` in JSON.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from citecheck.works.registered import Registered, inner, person, rows, text, texts, years
from citecheck.works.wanted import Person, doi_of

NAME = "DataCite"


def work_path(doi: str) -> str:
    return f"/dois/{quote(doi, safe='')}"


def work(reply: dict[str, Any]) -> Registered | None:
    row = inner(reply, "data", "attributes")
    doi = doi_of(row.get("doi"))
    if not doi:
        return None
    container = inner(row, "container")
    pages = [text(container.get("firstPage")), text(container.get("lastPage"))]
    dates = [d.get("date") for d in rows(row.get("dates")) if d.get("dateType") == "Issued"]
    return Registered(
        where=NAME,
        identifier=doi,
        titles=texts([t.get("title") for t in rows(row.get("titles"))]),
        people=tuple(p for c in rows(row.get("creators")) if (p := _creator(c)) is not None),
        years=years([row.get("publicationYear"), *dates]),
        containers=texts(container.get("title")),
        volume=text(container.get("volume")),
        page="-".join(p for p in pages if p),
    )


def _creator(row: dict[str, Any]) -> Person | None:
    if family := text(row.get("familyName")):
        return Person(family, text(row.get("givenName")))
    if row.get("nameType") == "Organizational":
        name = text(row.get("name"))
        return Person(name, whole=True) if name else None
    return person(row.get("name"))

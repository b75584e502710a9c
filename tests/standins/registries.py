"""The four registries of works as they answer, behind one plain function.

Shapes and words are those of the registries' own documentation; the works are made up. Paths begin
with the registry's name: `/crossref/works/…`. `down` has what a registry answers instead.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

Reply = tuple[int, tuple[tuple[str, str], ...], bytes]
JSON = (("Content-Type", "application/json"),)
BUSY: Reply = (429, (("Retry-After", "7"),), b"Too many requests")
DOWN: Reply = (503, (("Content-Type", "text/html"),), b"<h1>Service Unavailable</h1>")
PORTAL: Reply = (200, (("Content-Type", "text/html"),), b"<title>Sign in to the network</title>")
NOTHING: Reply = (404, (("Content-Type", "text/plain"),), b"Resource not found.")


def said(value: Any, status: int = 200) -> Reply:
    return status, JSON, json.dumps(value).encode()


def crossref_work(doi: str, title: str, family: str, year: int, **more: Any) -> dict[str, Any]:
    """A record of `/works/<DOI>`."""
    return {
        "DOI": doi,
        "type": "journal-article",
        "title": [title],
        "author": [{"given": "Ida", "family": family, "sequence": "first", "affiliation": []}],
        "issued": {"date-parts": [[year, 3]]},
        "is-referenced-by-count": 12,
        "score": 61.7,
        **more,
    }


def retraction(doi: str, kind: str = "retraction") -> dict[str, Any]:
    return {
        "DOI": doi,
        "type": kind,
        "label": kind.capitalize(),
        "source": "publisher",
        "updated": {"date-parts": [[2021, 3, 4]], "timestamp": 1614816000000},
    }


@dataclass
class Registries:
    """`works` of Crossref by DOI, `datasets` of DataCite (attributes), `editions` of Open Library
    by ISBN, `books` and `papers` that its and OpenAlex's searches find; `agencies` by DOI."""

    works: dict[str, dict[str, Any]] = field(default_factory=dict)
    datasets: dict[str, dict[str, Any]] = field(default_factory=dict)
    editions: dict[str, dict[str, Any]] = field(default_factory=dict)
    authors: dict[str, str] = field(default_factory=dict)
    books: list[dict[str, Any]] = field(default_factory=list)
    papers: list[dict[str, Any]] = field(default_factory=list)
    agencies: dict[str, str] = field(default_factory=dict)
    down: dict[str, Reply] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    questions: list[dict[str, str]] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)

    def handle(self, method: str, target: str, headers: Mapping[str, str], body: bytes) -> Reply:
        assert (method, body) == ("GET", b"")
        parts = urlsplit(target)
        registry, _, path = parts.path.removeprefix("/").partition("/")
        query = dict(parse_qsl(parts.query))
        self.asked.append(f"{registry} {unquote(path)}")
        self.questions.append(query)
        self.agents.add(headers.get("User-Agent", ""))
        if registry in self.down:
            return self.down[registry]
        answer: Reply = getattr(self, f"_{registry}")(path, query)
        return answer

    def _crossref(self, path: str, query: Mapping[str, str]) -> Reply:
        if path == "works":
            assert query["rows"] == "5" and "DOI" in query["select"]
            found = [
                {k: v for k, v in work.items() if k != "updated-by"}
                for work in self.works.values()
                if _overlap(query["query.bibliographic"], work["title"][0])
            ]
            message = {"items": found[:5], "total-results": len(found), "items-per-page": 5}
            return said({"status": "ok", "message-type": "work-list", "message": message})
        doi = unquote(path.removeprefix("works/"))
        if doi.endswith("/agency"):
            agency = self.agencies.get(doi.removesuffix("/agency"))
            if agency is None:
                return NOTHING
            told = {"DOI": doi, "agency": {"id": agency.lower(), "label": agency}}
            return said({"status": "ok", "message-type": "work-agency", "message": told})
        if doi not in self.works:
            return NOTHING
        return said({"status": "ok", "message-type": "work", "message": self.works[doi]})

    def _datacite(self, path: str, query: Mapping[str, str]) -> Reply:
        doi = unquote(path.removeprefix("dois/"))
        if doi not in self.datasets:
            gone = {"status": "404", "title": "The resource you are looking for doesn't exist."}
            return said({"errors": [gone]}, 404)
        attributes = {"doi": doi, "state": "findable", **self.datasets[doi]}
        return said({"data": {"id": doi, "type": "dois", "attributes": attributes}})

    def _openlibrary(self, path: str, query: Mapping[str, str]) -> Reply:
        if path == "search.json":
            found = [b for b in self.books if _overlap(query["title"], b["title"])]
            return said({"numFound": len(found), "start": 0, "docs": found[:5]})
        name = path.rpartition("/")[2].removesuffix(".json")
        if path.startswith("isbn/"):
            if name not in self.editions:
                return 404, (("Content-Type", "text/html"),), b"<h1>404</h1><p>isbn unknown</p>"
            key = self.editions[name]["key"]
            return 302, (("Location", f"/openlibrary{key}.json"),), b""
        if path.startswith("authors/"):
            return said({"key": f"/authors/{name}", "name": self.authors[name]})
        return said(next(e for e in self.editions.values() if e["key"].endswith(name)))

    def _openalex(self, path: str, query: Mapping[str, str]) -> Reply:
        words = query["filter"].removeprefix("title.search:")
        found = [p for p in self.papers if _overlap(words, p["title"])]
        return said({"meta": {"count": len(found), "per_page": 5}, "results": found[:5]})


def _overlap(question: str, title: str) -> bool:
    """As a search engine has it: whatever shares a word comes up."""
    return bool(set(question.lower().split()) & set(title.lower().split()))

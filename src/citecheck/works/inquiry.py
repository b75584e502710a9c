"""What is asked about one reference, in which order: the identifier first, then the title.

A DOI is asked of Crossref, then of DataCite; where neither has it, Crossref tells which agency it
is registered with. An ISBN is asked of Open Library. What has no identifier, or one that nobody
has, is searched for by title. A registry that is silent leaves open what the others do not settle.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from citecheck.records.work import Work
from citecheck.works import alike, crossref, datacite, open_library, openalex, verdicts
from citecheck.works.match import Verdict, differences, judge, only_whole, see
from citecheck.works.registered import Registered
from citecheck.works.registry import Registry, Silent
from citecheck.works.wanted import BOOKS, Wanted

_Found = Callable[[dict[str, Any]], tuple[Registered, ...] | None]


@dataclass(frozen=True, slots=True)
class Registries:
    """Those that are asked; None: it is not."""

    crossref: Registry | None = None
    openalex: Registry | None = None
    datacite: Registry | None = None
    open_library: Registry | None = None


@dataclass(slots=True)
class _Said:
    """What was said about one reference so far."""

    asked: list[str] = field(default_factory=list)
    silent: dict[str, str] = field(default_factory=dict)
    like: Registered | None = None
    second: tuple[Registered, bool] | None = None  # the work, with differences
    agency: str = ""


class Inquiry:
    """One run's questions."""

    def __init__(self, registries: Registries) -> None:
        self._at = registries

    async def work(self, wanted: Wanted) -> Work:
        """What is known of a reference's work now; nothing is raised."""
        said = _Said()
        if wanted.doi:
            if (by_doi := await self._by_doi(wanted, said)) is not None:
                return verdicts.found(wanted, by_doi, "doi")
            if said.agency:
                return verdicts.elsewhere(wanted, said.agency)
            if said.silent or not said.asked:
                return verdicts.none_found(wanted, said.asked, said.silent, None)
        book = await self._by_isbn(wanted, said) if wanted.isbn and not wanted.doi else None
        if book is not None and not only_whole(wanted, book):
            return verdicts.found(wanted, book, "isbn")
        if wanted.searchable:
            best = await self._by_title(wanted, said)
            if best is not None:
                registered, alone = best
                registered, sure = await self._with_notices(registered, said)
                return verdicts.found(wanted, registered, "title", sure=sure, alone=alone)
        if book is not None:
            return verdicts.within(wanted, book, settled=not said.silent)
        return verdicts.none_found(wanted, said.asked, said.silent, said.like)

    async def _by_doi(self, wanted: Wanted, said: _Said) -> Registered | None:
        reply = await self._get(self._at.crossref, crossref.work_path(wanted.doi), said)
        if reply is not None and (found := crossref.work(reply)) is not None:
            return found
        unreadable = reply is not None
        reply = await self._get(self._at.datacite, datacite.work_path(wanted.doi), said)
        if reply is not None and (found := datacite.work(reply)) is not None:
            # Crossref may be silent: but a DOI is of one agency, and this is the one.
            return found
        if unreadable or reply is not None:
            said.silent[crossref.NAME if unreadable else datacite.NAME] = "its answer was no answer"
        if self._at.crossref is None or self._at.datacite is None:
            said.silent.setdefault("DOI agencies", "not all of them are asked")
        if not said.silent:
            reply = await self._get(self._at.crossref, crossref.agency_path(wanted.doi), said)
            said.agency = crossref.agency(reply) if reply is not None else ""
        return None

    async def _by_isbn(self, wanted: Wanted, said: _Said) -> Registered | None:
        library = self._at.open_library
        reply = await self._get(library, open_library.isbn_path(wanted.isbn), said)
        found = open_library.edition(reply) if reply is not None else None
        if reply is None or found is None:
            return None
        paths = open_library.author_paths(reply)
        names = [await self._get(library, path, _Said()) for path in paths]
        return open_library.with_authors(found, [name for name in names if name is not None])

    async def _by_title(self, wanted: Wanted, said: _Said) -> tuple[Registered, bool] | None:
        """The work, and whether it is the only one that fits so well: without differences if there
        is such a one."""
        query = crossref.search_query(wanted)
        if best := await self._search(
            self._at.crossref, "/works", query, crossref.found, wanted, said
        ):
            return best
        library = self._at.open_library if wanted.kind in BOOKS else None
        query = open_library.search_query(wanted)
        if best := await self._search(
            library, open_library.SEARCH, query, open_library.found, wanted, said
        ):
            return best
        query = openalex.search_query(wanted)
        if best := await self._search(
            self._at.openalex, openalex.SEARCH, query, openalex.found, wanted, said
        ):
            return best
        return said.second

    async def _search(
        self,
        registry: Registry | None,
        path: str,
        query: crossref.Query,
        read: _Found,
        wanted: Wanted,
        said: _Said,
    ) -> tuple[Registered, bool] | None:
        reply = await self._get(registry, path, said, query)
        if registry is None or reply is None:
            return None
        candidates = read(reply)
        if candidates is None:
            said.silent[registry.name] = "its answer was no answer"
            return None
        judged = [(c, judge(wanted, c)) for c in candidates]
        same = [c for c, verdict in judged if verdict is Verdict.SAME]
        like = next((c for c, verdict in judged if verdict is Verdict.LIKE), None)
        said.like = said.like or like
        if not same:
            return None
        weights = [see(wanted, c).weight for c in same]
        best = same[weights.index(max(weights))]
        alone = weights.count(max(weights)) == 1
        if not wanted.people and any(alike.people(best.people, c.people) is False for c in same):
            said.like = said.like or best  # works of several people have this title
            return None
        found = (best, alone)
        if differences(wanted, best):
            said.second = said.second or found
            return None
        return found

    async def _with_notices(self, registered: Registered, said: _Said) -> tuple[Registered, bool]:
        """A work that was found by search with its notices, and whether they could be asked for."""
        if not registered.has_doi or self._at.crossref is None:
            return registered, True
        asked = _Said()
        path = crossref.work_path(registered.identifier)
        reply = await self._get(self._at.crossref, path, asked)
        whole = crossref.work(reply) if reply is not None else None
        if whole is not None:
            return replace(registered, notices=whole.notices), True
        return registered, not asked.silent

    async def _get(
        self,
        registry: Registry | None,
        path: str,
        said: _Said,
        query: crossref.Query = (),
    ) -> dict[str, Any] | None:
        """The answer of a registry; None where it has none, which is noted if it is silent."""
        if registry is None:
            return None
        if registry.name not in said.asked:
            said.asked.append(registry.name)
        try:
            return await registry.get(path, query)
        except Silent as why:
            said.silent[registry.name] = str(why)
            return None

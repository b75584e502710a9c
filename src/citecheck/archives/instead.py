"""Other copies of what a document cites from an archive that cannot be relied on. Pure.

The archive's own address is asked of nobody; the page that it is a copy of may be, where the
address tells it and the documents do not cite it anyway. The address behind a library's proxy is
the reader's own, in a copy as well. What is found is an answer for the copy's link: it is what a
reader may cite in its place. The page is not visited, so it is not saved either.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from citecheck.archives.candidate import Candidate
from citecheck.archives.due import SAID
from citecheck.records.archive import LookupResult
from citecheck.records.finding import State
from citecheck.records.link import Link
from citecheck.records.memory import LinkRecord
from citecheck.urls.archived import Kind, recognise, same_page
from citecheck.urls.archived_table import Standing
from citecheck.urls.proxy import unproxy

_SAID = "asked for its original address"


@dataclass(frozen=True, slots=True)
class Instead:
    """`originals` has the page behind each copy that is not to be relied on, by the copy's link."""

    originals: Mapping[str, Link]

    def candidates(self) -> tuple[Candidate, ...]:
        """What is asked of archives in the place of the copies; never to be saved."""
        pages = {link.url: link for link in self.originals.values()}
        return tuple(Candidate(link, State.UNREACHABLE, "not-visited") for link in pages.values())

    def records(self, known: Mapping[str, LinkRecord]) -> dict[str, LinkRecord]:
        """What earlier runs learnt for the copies' links, as of the pages behind them."""
        return {
            page.url: replace(known[url], url=page.url)
            for url, page in self.originals.items()
            if url in known
        }

    def given_back(self, lookups: Mapping[str, LookupResult]) -> dict[str, LookupResult]:
        """The answers with those for the pages behind copies told of the copies' links."""
        pages = {page.url for page in self.originals.values()}
        out = {url: result for url, result in lookups.items() if url not in pages}
        for url, page in self.originals.items():
            result = lookups.get(page.url)
            if result is not None and result.lookup.state in SAID:
                earlier = result.lookup.detail.removeprefix(_SAID).removeprefix("; ")
                said = "; ".join(part for part in (_SAID, earlier) if part)
                out[url] = replace(result, url=url, lookup=replace(result.lookup, detail=said))
        return out


def instead_of(links: Sequence[Link], excluded: Collection[str] = ()) -> Instead:
    """The pages to ask about in the place of copies in archives that cannot be relied on, but for
    the copies (by address) that the configuration has `excluded`."""
    cited = {same_page(link.url) for link in links}
    found = {}
    for link in links:
        archived = recognise(link.url)
        if archived is None or archived.standing is Standing.TRUSTED:
            continue
        if archived.guarded or link.credentials:
            continue
        if link.url in excluded or unproxy(archived.original) is not None:
            continue
        tells = archived.kind is not Kind.PAGE and archived.original
        if tells and same_page(archived.original) not in cited:
            page = replace(link, url=archived.original, archived=(), fragments=())
            if archived.taken is not None:
                page = replace(page, cited_on=archived.taken.date(), dated_by="")
            found[link.url] = page
    return Instead(found)

"""A link: one address to visit, with every place that cites it and what those places expect."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from citecheck.records.reference import Quote


@dataclass(frozen=True, slots=True)
class Cited:
    """A place that cites a link (or an unlinked reference)."""

    document: str
    note: str
    line: int
    reference: str


@dataclass(frozen=True, slots=True)
class Expected:
    """What a citing reference says the page is: its words are never taken for more than a claim."""

    reference: str
    title: str = ""
    title_translated: str = ""
    title_original: str = ""
    authors: tuple[str, ...] = ()
    doi: str = ""
    type: str = ""
    quotes: tuple[Quote, ...] = ()

    @property
    def titles(self) -> tuple[str, ...]:
        """The title in each form that is known: as printed, original, translated."""
        forms = (self.title, self.title_original, self.title_translated)
        return tuple(form for form in forms if form)


@dataclass(frozen=True, slots=True)
class CitedCopy:
    """A copy in an archive that a document cites, as its own link (`url`); `taken` where its
    address tells when."""

    archive: str
    url: str
    taken: datetime | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """`url` is what is asked for and the link's name everywhere (no userinfo, no fragment lost).

    `proxied` says that it is an address of a library proxy: it is never requested; `unproxied` is
    then the address behind it (empty where it cannot be told). `cited_on` is the access date, else
    the citation's date, else the document's, else None; it steers which snapshot is the cited one.
    `dated_by` says which it is: access, issued, document, year (the middle of a bare one), or
    empty. `credentials` says
    that it is cited with a user name or password, which are not in `url`: no archive hears of it.
    `fragments` are other places in it that are cited, besides the one in `url`. `archived` are
    copies of it that the documents cite as well.
    """

    url: str
    citations: tuple[Cited, ...] = ()
    expected: tuple[Expected, ...] = ()
    cited_on: date | None = None
    proxied: bool = False
    unproxied: str = ""
    credentials: bool = False
    fragments: tuple[str, ...] = ()
    dated_by: str = ""
    archived: tuple[CitedCopy, ...] = ()

"""From the report to what is wanted of one document: which links, and what is offered for each.

By default only the archived copy of links that are dead, or whose domain has fallen into other
hands. A copy that was looked at and shows the page goes before one that nobody has looked at; one
that was looked at and does not tell is offered where a person asks for such. Copies in archives
that are not to be trusted never are.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, date
from unicodedata import category

from citecheck.mend.edits import Kind, Other, Wish
from citecheck.mend.present import same_copy
from citecheck.records.archive import Snapshot
from citecheck.records.finding import Confidence, State
from citecheck.records.link import Cited
from citecheck.records.report import LinkRow, Report
from citecheck.urls.address import InvalidAddress, fetch_form, has_secret, host_of, scheme_of
from citecheck.urls.archived import Kind as ArchiveKind
from citecheck.urls.archived import keeper_of, recognise, same_page
from citecheck.urls.archived_table import Standing

# What a person may add to the dead ones with --for.
MORE_STATES = ("changed", "mismatch", "unreachable", "blocked")
_ROLES = ("cited", "saved", "latest")
_DOUBTS = {
    True: "",
    None: "nobody has looked at the copy",
    False: "whether the copy shows the page could not be told",
}
_UNSAFE = re.compile(r"[\s\x00-\x20\x7f-\xa0<>\"\\^`{}…]|%(?![0-9A-Fa-f]{2})")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zs", "Zl", "Zp"})  # categories of Unicode
_RESOLVERS = frozenset({"doi.org", "dx.doi.org"})


@dataclass(frozen=True, slots=True)
class Terms:
    """What a person asked for: kinds of edit, states besides dead that get an archived copy, and
    whether a copy will do that was looked at and does not tell whether it is the page."""

    kinds: frozenset[Kind] = frozenset({Kind.ARCHIVE})
    states: frozenset[str] = frozenset()
    unverified: bool = False


def wanted(report: Report, path: str, terms: Terms) -> tuple[Wish, ...]:
    """The wishes for the document at `path`, in the order of the report's links."""
    wishes: list[Wish] = []
    for row in report.links:
        cited = tuple(c for c in row.citations if c.document == path)
        if cited:
            wishes += [w for k in Kind if k in terms.kinds and (w := _wish(k, row, cited, terms))]
    return (*wishes, *(_renewals(report, path, terms) if Kind.COPY in terms.kinds else ()))


def dead_copies(report: Report, path: str, terms: Terms) -> int:
    """How many copies that the document prints are dead and could be replaced by others."""
    return len(_renewals(report, path, terms))


def _renewals(report: Report, path: str, terms: Terms) -> list[Wish]:
    """The wishes for copies that are printed in the document and dead themselves: another copy of
    the same page, as the report has it for the page."""
    pages = {same_page(row.url): row for row in report.links if keeper_of(row.url) is None}
    found: list[Wish] = []
    for row in report.links:
        told = recognise(row.url) if row.finding.state is State.DEAD else None
        cited = tuple(c for c in row.citations if c.document == path)
        page = pages.get(same_page(told.original)) if told and told.original else None
        if told is None or told.kind is not ArchiveKind.COPY or not cited or page is None:
            continue
        others = tuple(s for s in page.snapshots if not same_copy(s.url, row.url))
        if copy := chosen(replace(page, snapshots=others), terms):
            found.append(_copied(Kind.COPY, row, cited, copy))
    return found


def _copied(kind: Kind, row: LinkRow, cited: tuple[Cited, ...], copy: Snapshot) -> Wish:
    state, reason = row.finding.state.value, row.finding.reason
    day, doubt = _day(copy), _DOUBTS[copy.verified]
    return Wish(kind, row.url, _secure(copy.url), state, reason, cited, day, copy.archive, doubt)


def _day(copy: Snapshot) -> date:
    return copy.taken.replace(tzinfo=copy.taken.tzinfo or UTC).astimezone(UTC).date()


def without_copy(report: Report, path: str, terms: Terms) -> tuple[int, int]:
    """How many links of the document are lost and have no copy at all that could be offered, and
    how many have one that was looked at without a sure result and is not asked for."""
    lost = [
        row
        for row in report.links
        if _lost(row, terms.states)
        and not keeper_of(row.url)
        and any(c.document == path for c in row.citations)
    ]
    any_copy = replace(terms, unverified=True)
    none = sum(chosen(row, any_copy) is None for row in lost)
    return none, sum(chosen(row, terms) is None for row in lost) - none


def offered_more(report: Report, path: str, terms: Terms) -> dict[str, int]:
    """Links by state that are left alone although they have a copy: `--for` would take them."""
    found: dict[str, int] = {}
    for row in report.links:
        state = row.finding.state.value
        here = any(c.document == path for c in row.citations)
        left = state in ("changed", "mismatch") and not _lost(row, terms.states)
        if here and left and chosen(row, terms) is not None:
            found[state] = found.get(state, 0) + 1
    return found


def _lost(row: LinkRow, states: Collection[str]) -> bool:
    finding = row.finding
    dead = finding.state is State.DEAD or finding.reason == "usurped"
    return dead or finding.state.value in states


def _wish(kind: Kind, row: LinkRow, cited: tuple[Cited, ...], terms: Terms) -> Wish | None:
    finding = row.finding
    state, reason = finding.state.value, finding.reason
    if kind is Kind.ARCHIVE:
        copy = chosen(row, terms) if _lost(row, terms.states) else None
        if copy is None or keeper_of(row.url):
            return None
        wish = _copied(kind, row, cited, copy)
        if len(cited) == 1 or row.lookup is None:
            return wish
        return replace(wish, dated=row.lookup.cited_on, others=_others(row, copy, terms))
    offer = finding.suggestion
    if offer is None or not presentable(offer.url) or has_secret(offer.url):
        return None
    if kind is Kind.UNPROXIED and offer.kind == "unproxied":
        if offer.state in ("dead", "changed", "mismatch", "unreachable"):
            return None
        doubt = "" if offer.state else "the address was not visited"
        return Wish(kind, row.url, offer.url, state, reason, cited, doubt=doubt)
    upgrade = offer.kind == "https" or (offer.kind == "redirect" and reason == "https-upgrade")
    if kind is Kind.HTTPS and upgrade and _only_scheme(row.url, offer.url):
        return Wish(kind, row.url, offer.url, state, reason, cited)
    final = finding.state is State.MOVED and offer.kind == "redirect"
    if kind is Kind.REDIRECT and final and not _only_scheme(row.url, offer.url):
        if finding.confidence is Confidence.LOW:
            return None
        return Wish(kind, row.url, offer.url, state, reason, cited)
    return None


def chosen(row: LinkRow, terms: Terms) -> Snapshot | None:
    """The copy that stands for the page as cited: looked-at copies first, then by role."""
    rank = {True: 0, None: 1, False: 2}
    fit = _fit(row, terms)
    return min(fit, key=lambda s: (rank[s.verified], _ROLES.index(s.role)), default=None)


def _fit(row: LinkRow, terms: Terms) -> list[Snapshot]:
    return [
        s
        for s in row.snapshots
        if s.role in _ROLES
        and _usable(s)
        and _of_site(s.url, row.url)
        and (s.verified is not False or terms.unverified)
    ]


def _others(row: LinkRow, copy: Snapshot, terms: Terms) -> tuple[Other, ...]:
    """The further copies that are as sure as the chosen one."""
    more = [s for s in _fit(row, terms) if s.verified == copy.verified and s.url != copy.url]
    return tuple(Other(_secure(s.url), _day(s), s.archive) for s in more)


def _of_site(copy: str, url: str) -> bool:
    """Whether a copy is of the site of a link, as far as its address tells."""
    told = recognise(copy)
    if told is None or not told.original:
        return True
    one, other = (host_of(u).removeprefix("www.") for u in (told.original, url))
    return one == other or {one, other} <= _RESOLVERS


def _usable(snapshot: Snapshot) -> bool:
    if not presentable(snapshot.url) or snapshot.archive == "local" or has_secret(snapshot.url):
        return False
    if snapshot.status is not None and not 200 <= snapshot.status < 300:
        return False
    keeper = keeper_of(snapshot.url)
    return keeper is None or keeper.standing is Standing.TRUSTED


def presentable(url: str) -> bool:
    """Whether an address may be written into somebody's document: http(s) and nothing odd in it."""
    if scheme_of(url) not in ("http", "https") or _UNSAFE.search(url):
        return False
    if not url.isascii() and any(category(char) in _UNSEEN for char in url):
        return False
    try:
        fetch_form(url)
    except InvalidAddress:
        return False
    return "@" not in url.split("/", 3)[2]


def _secure(url: str) -> str:
    known = keeper_of(url)
    if known and known.name == "wayback" and url.startswith("http://"):
        return "https://" + url.removeprefix("http://")
    return url


def _only_scheme(old: str, new: str) -> bool:
    return (
        scheme_of(old) == "http"
        and scheme_of(new) == "https"
        and old.partition("://")[2].rstrip("/") == new.partition("://")[2].rstrip("/")
    )

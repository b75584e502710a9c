"""What a run's visits say together: several cited addresses of one host that end on one page.

A host that sends what is gone to one page shows it only to who asks for more than one: three cited
works with three titles cannot all be that page. A page that shows the title of one of them, or that
stands before all pages (a login, a consent, an application), says nothing. Pure: the same visits,
in whatever order, say the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from citecheck.records.link import Link
from citecheck.records.memory import LinkRecord, Memory
from citecheck.records.observation import Observation, PageFacts, Signal, Strength
from citecheck.signals.addresses import parts_of
from citecheck.signals.redirects import is_home
from citecheck.signals.resolvers import is_resolver
from citecheck.text.fold import fold, plain
from citecheck.text.titles import compare
from citecheck.urls.address import host_of, identity, redact

COMPANY = 3
_WORDS = 12
_TITLES = 40  # compared with each other, at most
# Pages that stand before any page of a host, and pages that are somebody's cited work.
_NO_SIGN = frozenset(
    {
        "challenge", "captcha", "forbidden", "rate-limited", "login", "consent", "geo-blocked",
        "link-expired", "library-proxy", "parked", "maintenance", "server-error",
        "needs-javascript", "paywall", "undecodable", "empty-body", "no-text",
    }
)  # fmt: skip
_MATCHED = frozenset({"title-match", "doi-match"})
_GONE = frozenset({("dead", "soft-404"), ("dead", "redirect-to-home")})


@dataclass(frozen=True, slots=True)
class _Visit:
    """`signals` are none for a link that an earlier run found gone and this one does not visit."""

    link: Link
    final: str
    signals: tuple[Signal, ...] = ()
    page: PageFacts | None = None


def in_company(
    links: Sequence[Link],
    observations: Mapping[str, Observation],
    memory: Mapping[str, Memory] | None = None,
) -> dict[str, Observation]:
    """The observations, those that end where others of their host do with a sign of it. That
    redirects led to one page is a strong sign only where three different titles are cited.
    Of `memory`, links that are gone and not visited now are company too."""
    seen = dict(observations)
    visits = list(_visits(links, observations, memory or {}))
    for kind, groups in (
        ("same-end-as-others", _ends(visits)),
        ("same-page-as-others", _texts(visits)),
    ):
        for group in groups:
            if not _stands(group):
                continue
            strength = _strength(kind, _titles(group) >= COMPANY)
            for visit in group:
                url = visit.link.url
                if url not in seen:
                    continue
                value = f"{len(group)} cited addresses: {redact(visit.final)}"
                sign = Signal(kind, plain(value, 200), strength)
                seen[url] = replace(seen[url], signals=(*seen[url].signals, sign))
    return seen


def _strength(kind: str, titled: bool) -> Strength:
    """What one text says is more than what one final address does; three titles make it more."""
    if kind == "same-page-as-others":
        return Strength.DECISIVE if titled else Strength.STRONG
    return Strength.STRONG if titled else Strength.SUPPORT


def _visits(
    links: Sequence[Link], observations: Mapping[str, Observation], memory: Mapping[str, Memory]
) -> Iterator[_Visit]:
    for link in links:
        observation = observations.get(link.url)
        if observation is not None:
            if _tells(link, observation):
                yield _Visit(link, observation.final_url, observation.signals, observation.page)
        elif (known := memory.get(link.url)) is not None and _gone(known.present):
            final = known.visit.final_url if known.visit else ""
            yield _Visit(link, final)


def _gone(record: LinkRecord | None) -> bool:
    return record is not None and (record.state, record.reason) in _GONE


def _tells(link: Link, observation: Observation) -> bool:
    """Whether where a visit ended may tell something of the host's way with what is gone."""
    parts = parts_of(link.url)
    return (
        observation.status == 200
        and not observation.not_modified
        and observation.page is not None
        and not is_home(parts.path, parts.query)
        and not is_resolver(link.url)
        and not parts.fragment.startswith(("!", "/"))
        and not _NO_SIGN & {s.kind for s in observation.signals}
    )


def _ends(visits: Iterable[_Visit]) -> Iterator[list[_Visit]]:
    """Visits that redirects led to one address of the host that was asked."""
    found: dict[tuple[str, str], list[_Visit]] = defaultdict(list)
    for visit in visits:
        if visit.final and identity(visit.final) != identity(visit.link.url):
            found[host_of(visit.link.url), identity(visit.final)].append(visit)
    yield from found.values()


def _texts(visits: Iterable[_Visit]) -> Iterator[list[_Visit]]:
    """Visits of different addresses of a host that showed one text, and not a tiny one."""
    found: dict[tuple[str, str], list[_Visit]] = defaultdict(list)
    for visit in visits:
        page = visit.page
        if page is not None and page.text_sha256 and page.words >= _WORDS:
            found[host_of(visit.link.url), page.text_sha256].append(visit)
    for group in found.values():
        if len({identity(v.final) for v in group}) >= COMPANY:
            yield group


def _stands(group: Sequence[_Visit]) -> bool:
    """Whether enough different addresses came together, and the page is the work of none."""
    if len({identity(v.link.url) for v in group}) < COMPANY:
        return False
    if any(s.kind in _MATCHED for v in group for s in v.signals):
        return False
    known = [t for v in group if (t := _title(v.link))]
    return len(known) < COMPANY or _titles(group) >= COMPANY


def _titles(group: Sequence[_Visit]) -> int:
    """How many different titles the links of a group are cited with."""
    titles: list[str] = []
    for title in sorted({fold(t) for v in group if (t := _title(v.link))})[:_TITLES]:
        if not any(compare(title, other).score >= 70 for other in titles):
            titles.append(title)
    return len(titles)


def _title(link: Link) -> str:
    return next((e.title for e in link.expected if e.title), "")

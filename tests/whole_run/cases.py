"""A case of the whole run: a cited address, how its host behaves on each day, the findings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from citecheck.demo.server import SmallWeb
from citecheck.demo.site import Answer, Certificate, Handler, Request, Site, paths
from citecheck.demo.texts import Text, text
from citecheck.records.observation import FaultKind

DAYS = (1, 2)


@dataclass(frozen=True, slots=True)
class Case:
    """`first` and `second` are `state/reason` of the two runs, `sites` the hosts of a day.

    `title` is what the note cites. A case without sites is a name that does not exist, or an
    address that must never be asked for.
    """

    name: str
    url: str
    first: str
    second: str
    title: str
    author: str = "Ada Corrie"
    sites: Callable[[int], dict[str, Site]] = field(default=lambda _: {})

    @property
    def host(self) -> str:
        return urlsplit(self.url).hostname or ""

    def expected(self, day: int) -> str:
        """`state/reason` on a day."""
        return self.first if day == 1 else self.second


def case(
    name: str,
    url: str,
    first: str,
    second: str = "",
    *,
    page: str = "",
    title: str = "",
    author: str = "",
    day1: Handler | Answer | None = None,
    day2: Handler | Answer | None = None,
    **site: Certificate | FaultKind | bool,
) -> Case:
    """A case of one host. `page` names the cited text, for which the address stands where no
    behaviour is given; without it something is cited that nobody gets to see. Where no second
    behaviour is given, the first holds on both days; so with the findings."""
    words = text(page) if page else Text(f"On the Matter of {name}", "Ada Corrie", "", (), "en")
    behaviour = {1: day1, 2: day2 or day1}

    def sites(day: int) -> dict[str, Site]:
        shown = behaviour[day] or words.answer()
        path = urlsplit(url).path or "/"
        handler = paths({path: shown}) if isinstance(shown, Answer) else shown
        return {urlsplit(url).hostname or "": _site(handler, **site)}

    return Case(
        name,
        url,
        first,
        second or first,
        title or words.title,
        author or words.author or words.site,
        sites,
    )


def _site(handler: Handler, **site: Certificate | FaultKind | bool) -> Site:
    certificate, dns = site.get("certificate", Certificate.VALID), site.get("dns")
    assert isinstance(certificate, Certificate)
    assert dns is None or isinstance(dns, FaultKind)
    return Site(handler, certificate, dns, bool(site.get("refuses")))


def first_then(first: Answer, later: Answer) -> Handler:
    """A host that answers the first question of a run in one way and all others in another."""

    def handle(request: Request) -> Answer:
        return first if request.count == 0 else later

    return handle


def web_of(cases: tuple[Case, ...], day: int, more: dict[str, Site] | None = None) -> SmallWeb:
    """All hosts of the cases on a day, as a loopback web; `more` are hosts beside them."""
    sites: dict[str, Site] = {}
    for one in cases:
        sites |= one.sites(day)
    return SmallWeb(sites | (more or {}))


def expected(cases: tuple[Case, ...], day: int) -> dict[str, str]:
    """Per cited address the `state/reason` that the run of a day has to find."""
    return {one.url: one.expected(day) for one in cases}


def document(cases: tuple[Case, ...]) -> str:
    """A Markdown paper with a note for each case, in the order of the cases."""
    body = [f"Of {one.name} it is told elsewhere.<sup>{n}</sup>" for n, one in enumerate(cases, 1)]
    notes = [
        f'<sup>{n}</sup> {one.author}, "{one.title}," *Coastal Papers*, March 4, 2020, <{one.url}>'
        for n, one in enumerate(cases, 1)
    ]
    return "\n\n".join(["# What became of the sources", *body, *notes]) + "\n"

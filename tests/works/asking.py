"""Questions put to the stand-ins in the process, in virtual time."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from urllib.parse import urlsplit

from citecheck.archives.pace import Pace, Traffic
from citecheck.records.ask import Ask
from citecheck.records.exchange import Exchange
from citecheck.records.observation import Fault, FaultKind
from citecheck.records.work import Work
from citecheck.works import crossref, datacite, open_library, openalex
from citecheck.works.inquiry import Inquiry
from citecheck.works.inquiry import Registries as At
from citecheck.works.registry import Registry, Site
from citecheck.works.wanted import Wanted
from standins.clock import FakeClock
from standins.registries import Registries
from standins.wire import exchange

BASE = "https://registry.example"
NAMES = {
    "crossref": crossref.NAME,
    "openalex": openalex.NAME,
    "datacite": datacite.NAME,
    "openlibrary": open_library.NAME,
}


class Direct:
    """A client whose other end is the stand-in; a registry in `broken` cannot be reached."""

    def __init__(self, registries: Registries, broken: frozenset[str] = frozenset()) -> None:
        self._registries = registries
        self._broken = broken

    async def fetch(self, ask: Ask) -> Exchange | Fault:
        assert ask.trusted and not ask.link, "registries are not recorded as pages"
        target = ask.url.removeprefix(BASE)
        if urlsplit(target).path.split("/")[1] in self._broken:
            return Fault(FaultKind.CONNECT_TIMEOUT)
        status, headers, body = self._registries.handle("GET", target, {}, b"")
        pairs = tuple((k.encode(), v.encode()) for k, v in headers)
        return exchange(ask.url, body, status=status, headers=pairs, at=datetime.now(UTC))


def at(
    registries: Registries,
    clock: FakeClock,
    *,
    without: tuple[str, ...] = (),
    broken: frozenset[str] = frozenset(),
    budget: float = 600.0,
) -> At:
    client = Direct(registries, broken)

    def one(name: str) -> Registry | None:
        if name in without:
            return None
        traffic = Traffic(clock, budget, lambda text: None)
        site = Site(NAMES[name], f"{BASE}/{name}", worded=name == "openlibrary")
        return Registry(site, client, traffic, Pace(traffic, clock, 60, 1.0), clock)

    return At(one("crossref"), one("openalex"), one("datacite"), one("openlibrary"))


def ask(registries: Registries, *wanted: Wanted, **more: object) -> list[Work]:
    """The rows of these works, one after another."""

    async def all_() -> list[Work]:
        inquiry = Inquiry(at(registries, FakeClock(), **more))  # type: ignore[arg-type]
        return [await inquiry.work(one) for one in wanted]

    return asyncio.run(all_())

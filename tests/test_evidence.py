"""What the archives may hear of links that a run has not visited."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from citecheck.archives.eligible import barred
from citecheck.evidence import leading_inside
from citecheck.records.archive import Lookup, LookupState
from citecheck.records.finding import State
from citecheck.records.memory import Memory
from citecheck.records.observation import Fault, FaultKind
from citecheck.web.resolver import Resolved
from standins.keeping import candidate, record

NAMES: dict[str, Resolved | Fault] = {
    "wiki.firm.example": Resolved((("10.1.2.3", 443),)),
    "told.firm.example": Resolved((("10.1.2.4", 443),)),
    "open.example": Resolved((("93.184.216.34", 443),)),
    "lost.example": Fault(FaultKind.DNS_NXDOMAIN),
}


class Names:
    def __init__(self) -> None:
        self.asked: list[str] = []

    async def resolve(self, host: str, port: int) -> Resolved | Fault:
        self.asked.append(host)
        return NAMES[host]


def test_a_name_that_leads_inside_is_told_to_no_archive_though_it_was_not_visited() -> None:
    urls = ["https://wiki.firm.example/a", "https://open.example/", "https://lost.example/"]
    told, proxied = "https://told.firm.example/", "https://a.ezproxy.uni.edu/"
    unvisited = [candidate(u, State.UNCHECKED, "not-due") for u in (*urls, told)]
    through = candidate(proxied, State.BLOCKED, "library-proxy")
    answered = replace(record(told), lookup=Lookup(LookupState.FOUND))
    names = Names()
    found = asyncio.run(leading_inside([*unvisited, through], {}, {told: Memory(answered)}, names))
    assert [barred(c) for c in found] == ["not-public", "", "", "", "library-proxy"]
    assert names.asked == ["wiki.firm.example", "open.example", "lost.example"]

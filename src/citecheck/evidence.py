"""What the archive step is given: the links it may ask about, and what is known of them already."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from citecheck import history
from citecheck.archives.candidate import Candidate
from citecheck.archives.eligible import barred
from citecheck.records.archive import LookupResult, SaveOutcome
from citecheck.records.finding import Finding
from citecheck.records.link import Link
from citecheck.records.memory import LinkRecord, Memory
from citecheck.records.observation import Observation
from citecheck.remember import with_archives
from citecheck.urls.address import host_of
from citecheck.web.guard import is_private_network
from citecheck.web.resolver import Resolved, Resolver

_NAMES_TOGETHER = 16


def candidates(
    links: Sequence[Link],
    findings: Mapping[str, Finding],
    observations: Mapping[str, Observation],
) -> list[Candidate]:
    """What the archives are asked about. A host that answered from a private network is not public,
    whatever its name says; loopback is no network but this machine (a hosts file, a test)."""
    found = []
    for link in links:
        finding = findings[link.url]
        observation = observations.get(link.url)
        private = bool(observation and is_private_network(observation.address))
        found.append(Candidate(link, finding.state, finding.reason, private))
    return found


async def leading_inside(
    found: Sequence[Candidate],
    observations: Mapping[str, Observation],
    memory: Mapping[str, Memory],
    resolver: Resolver,
) -> list[Candidate]:
    """The candidates, those marked private as well that this run has not visited and whose names
    lead into a private network. What an archive has answered about before is not looked at."""
    hosts: dict[str, None] = {}
    for one in found:
        record = memory.get(one.link.url, Memory()).record
        known = one.link.url in observations or (record is not None and record.lookup is not None)
        if not known and not barred(one):
            hosts[host_of(one.link.url)] = None
    gate = asyncio.Semaphore(_NAMES_TOGETHER)

    async def inside(host: str) -> bool:
        async with gate:
            led = await resolver.resolve(host, 443)
        return isinstance(led, Resolved) and any(is_private_network(a) for a, _ in led.endpoints)

    answers = await asyncio.gather(*map(inside, hosts))
    private = {host for host, yes in zip(hosts, answers, strict=True) if yes}
    return [replace(c, private=c.private or host_of(c.link.url) in private) for c in found]


def known_records(
    links: Sequence[Link],
    findings: Mapping[str, Finding],
    lookups: Mapping[str, LookupResult],
    saves: Mapping[str, SaveOutcome],
    memory: Mapping[str, Memory],
    now: datetime,
) -> dict[str, LinkRecord]:
    """The ledger's records, with what a killed run had learnt from archives laid over them."""
    records = {}
    for link in links:
        record = memory.get(link.url, Memory()).record
        if link.url in lookups or link.url in saves:
            record = record or history.fold(link.url, None, findings[link.url], None, now)
            record = with_archives(record, lookups.get(link.url), saves.get(link.url))
        if record is not None:
            records[link.url] = record
    return records

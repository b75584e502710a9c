"""What the archive step is given: the links it may ask about, and what is known of them already."""

from __future__ import annotations

import asyncio
from collections import ChainMap
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime

from citecheck import history
from citecheck.archives.candidate import Candidate, Kept
from citecheck.archives.due import is_open
from citecheck.archives.eligible import barred
from citecheck.archives.fetcher import Fetcher
from citecheck.archives.homes import OtherHomes
from citecheck.archives.instead import instead_of
from citecheck.archives.keys import Keys
from citecheck.archives.others import TimeMapArchives
from citecheck.archives.perma_key import PermaKey
from citecheck.archives.plan import keep_evidence
from citecheck.copy_judge import CopyJudge
from citecheck.ledger.links import Memories
from citecheck.records.archive import LookupResult, SaveOutcome, laid_over
from citecheck.records.finding import Finding
from citecheck.records.link import Link
from citecheck.records.memory import LinkRecord, Memory
from citecheck.records.observation import Observation
from citecheck.records.ports import Clock, PaceStore, Progress
from citecheck.remember import uncited, with_archives
from citecheck.settings import Settings
from citecheck.sinks import Seen
from citecheck.urls.address import host_of
from citecheck.web.guard import is_private_network
from citecheck.web.resolver import Resolved, Resolver

_NAMES_TOGETHER = 16
_NOWHERE: Mapping[str, tuple[SaveOutcome, ...]] = {}


@dataclass(frozen=True, slots=True)
class Asking:
    """What asking archives takes."""

    client: Fetcher
    resolver: Resolver
    settings: Settings
    keys: Keys | None
    perma: PermaKey | None
    clock: Clock
    progress: Progress
    paces: PaceStore | None = None


async def ask_archives(
    links: Sequence[Link],
    findings: Mapping[str, Finding],
    seen: Seen,
    memory: Mapping[str, Memory],
    asking: Asking,
) -> Kept:
    """Look up and save; what came of it is in `seen` as well."""
    settings, clock, now = asking.settings, asking.clock, asking.clock.now()
    found = candidates(links, findings, seen.observations, memory)
    instead = instead_of(links, {c.link.url for c in found if barred(c) == "excluded"})
    found += instead.candidates()
    records = known_records(links, findings, seen.lookups, seen.saves, memory, now, seen.homes)
    records |= instead.records(records)
    with closing(CopyJudge(settings, clock)) as judge:
        kept = await keep_evidence(
            await leading_inside(found, seen.observations, memory, asking.resolver),
            client=asking.client,
            settings=settings,
            keys=asking.keys,
            jobs=seen,
            records=records,
            clock=clock,
            progress=asking.progress,
            paces=asking.paces,
            others=TimeMapArchives(
                asking.client, settings.archive, records=records, clock=clock, judge=judge
            ),
            homes=OtherHomes(
                asking.client,
                settings,
                asking.perma,
                jobs=seen,
                records=records,
                clock=clock,
                progress=asking.progress,
            ),
            judge=judge,
        )
    seen.lookups |= instead.given_back(kept.lookups)
    seen.saves |= kept.saves
    for url, outcomes in kept.homes.items():
        seen.homes[url] = laid_over(seen.homes.get(url, ()), outcomes)
    return kept


def candidates(
    links: Sequence[Link],
    findings: Mapping[str, Finding],
    observations: Mapping[str, Observation],
    memory: Mapping[str, Memory] | None = None,
) -> list[Candidate]:
    """What the archives are asked about. A host that answered from a private network is not public,
    whatever its name says; loopback is no network but this machine (a hosts file, a test)."""
    found = []
    for link in links:
        finding = findings[link.url]
        observation = observations.get(link.url)
        private = bool(observation and is_private_network(observation.address))
        visit = memory.get(link.url, Memory()).visit if memory else None
        served = observation.media_type if observation else visit.media_type if visit else ""
        found.append(Candidate(link, finding.state, finding.reason, private, served))
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
    homes: Mapping[str, tuple[SaveOutcome, ...]] = _NOWHERE,
) -> dict[str, LinkRecord]:
    """The ledger's records, with what a killed run had learnt from archives laid over them; those
    of links that are cited no more too, where a save of theirs is open."""
    records = {}
    for link in links:
        record = memory.get(link.url, Memory()).record
        if link.url in lookups or link.url in saves or link.url in homes:
            record = record or history.fold(link.url, None, findings[link.url], None, now)
            lookup, save = lookups.get(link.url), saves.get(link.url)
            record = with_archives(record, lookup, save, homes.get(link.url, ()))
        if record is not None:
            records[link.url] = record
    for url, held in uncited(links, saves, homes, memory, now).items():
        assert held.record is not None
        records[url] = held.record
    for record in _all_records(memory):
        if record.save is not None and is_open(record.save):
            records.setdefault(record.url, record)
    return records


def _all_records(memory: Mapping[str, Memory]) -> Iterator[LinkRecord]:
    """The records of all links, cited or not; those to lay over others come first."""
    for part in memory.maps if isinstance(memory, ChainMap) else (memory,):
        if isinstance(part, Memories):
            yield from part.records()
        else:
            yield from (held.record for held in part.values() if held.record is not None)

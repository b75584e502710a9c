"""Seals what a run has written: its manifest, and the time stamp where one is wanted.

Every WARC file that no manifest names is sealed, those of a run that was killed before it came to
that among them. A run with news keeps its manifest for git; that of a quiet run lies beside the
files, so that it makes no commit. An authority that fails is told and asked again by the next run:
for the newest manifest of either kind, which stands for all before it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from urllib.parse import urlsplit

from citecheck import __version__
from citecheck.ledger.manifests import Manifests, kept
from citecheck.ledger.store import Ledger
from citecheck.proof import seals, timestamp
from citecheck.proof.chain import Chain
from citecheck.proof.manifest import Manifest, Named, written
from citecheck.proof.timestamp import Fetcher, StampError
from citecheck.records.observation import Observation
from citecheck.records.ports import Clock
from citecheck.records.report import Report, Skipped


class Sealing:
    """Made under the ledger's lock before anything is recorded, asked when all of it is kept."""

    def __init__(self, ledger: Ledger, clock: Clock) -> None:
        self._ledger = ledger
        self._clock = clock
        self._before = ledger.fingerprint()
        self._there = ledger.manifests.arriving()

    async def finish(
        self,
        report: Report,
        observations: Iterable[Observation],
        url: str,
        client: Callable[[], AbstractAsyncContextManager[Fetcher]],
    ) -> Report:
        """Seal the run of `report` and have it stamped, unless it was cut short or there is no
        network; the report with what did not come of it. Raises LedgerError."""
        self.seal(observations)
        if report.interrupted or report.network_down:
            return report
        return replace(report, skipped=(*report.skipped, *await self.stamp(url, client)))

    def seal(self, observations: Iterable[Observation]) -> str:
        """Write the manifest of what is not sealed yet; its name, empty where there is nothing.

        `observations` tell of the texts that were read. Raises LedgerError.
        """
        manifests = self._ledger.manifests
        chain = _chain(manifests)
        # A manifest from elsewhere may name another file that has the name of one of this run.
        sealed = chain.sealed.keys() & self._there
        open_ = [name for name in manifests.copies() if name not in sealed]
        if not open_:
            return ""
        texts = seals.texts_of(observations)
        files = tuple(
            seals.seal(manifests.path_of_copy(name), texts, late=name in self._there)
            for name in open_
        )
        now, news = self._clock.now(), self._ledger.fingerprint() != self._before
        manifest = Manifest(f"{now:%Y-%m-%dT%H:%M:%SZ}", __version__, _before(chain, news), files)
        name = manifests.write(written(manifest), now, kept=news)
        _chain(manifests)  # remembers it, too
        return name

    async def stamp(
        self, url: str, client: Callable[[], AbstractAsyncContextManager[Fetcher]]
    ) -> tuple[Skipped, ...]:
        """Have the newest manifests stamped that are not; what did not come of it. A person who
        cuts this short has the report all the same. Raises LedgerError."""
        manifests = self._ledger.manifests
        readable = _chain(manifests).previous
        newest = {kept(name): name for name in manifests.names()}  # the last of either kind
        wanted = [n for n in newest.values() if n in readable and not manifests.stamped(n)]
        if not url or not wanted:
            return ()
        who = urlsplit(url).hostname or url
        try:
            async with client() as fetcher:
                for name in wanted:
                    reply, _ = await timestamp.ask(manifests.read(name) or b"", url, fetcher)
                    manifests.write_stamp(name, reply)
        except StampError as fault:
            return (Skipped("timestamp", f"{who}: {fault}; the next run asks again"),)
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if task is not None:
                task.uncancel()
            return (Skipped("timestamp", f"{who}: cut short; the next run asks again"),)
        return ()


def _before(chain: Chain, news: bool) -> tuple[Named, ...]:
    """What a manifest is chained to: all that nothing is chained to yet. One that git keeps is also
    chained to those that git keeps: the ones between may not be where the chain is looked at."""
    heads = chain.heads()
    if not news:
        return heads
    beside = [one for one in heads if not kept(one.name)]
    return tuple(sorted((*chain.heads(kept), *beside), key=lambda one: one.name))


def _chain(manifests: Manifests) -> Chain:
    """All manifests; those that are remembered need not be read."""
    chain, held = Chain(), manifests.remembered()
    names = manifests.names()
    for name in names:
        if not _recalled(chain, name, held.get(name)):
            # What is damaged is told by an audit; its files are sealed again.
            list(chain.add(name, manifests.read(name) or b""))
            held.pop(name, None)
    rows = {
        name: {
            "sha256": chain.sums[name],
            "previous": [[one.name, one.sha256] for one in chain.previous[name]],
            "files": [file for file, by in chain.sealed.items() if by == name],
        }
        for name in chain.previous
    }
    if set(rows) != set(held):
        manifests.remember(rows)
    return chain


def _recalled(chain: Chain, name: str, row: object) -> bool:
    try:
        if not isinstance(row, dict):
            return False
        previous = tuple(Named(str(one), str(value)) for one, value in row["previous"])
        files = [str(file) for file in row["files"]]
        chain.sums[name] = str(row["sha256"])
    except (KeyError, TypeError, ValueError):
        return False
    chain.previous[name] = previous
    chain.sealed |= dict.fromkeys(files, name)
    return True

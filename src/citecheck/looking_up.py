"""`--look-up-works`: what registries say of the works that are cited, asked after the visits.

What is known already is not asked again before its time. A tenth of the time for a run (`--budget`)
is kept for it at least. It changes no state of a link and no exit code.
"""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from citecheck.archives.fetcher import Fetcher
from citecheck.archives.pace import Pace, Traffic
from citecheck.ledger.store import Ledger
from citecheck.progress import choose as choose_progress
from citecheck.publish import color_wanted
from citecheck.records.link import Cited
from citecheck.records.ports import Clock, Progress
from citecheck.records.reference import Reference
from citecheck.records.report import Report, Skipped
from citecheck.records.sources import Sources
from citecheck.records.work import Work, WorkRow, WorkState
from citecheck.settings import Settings
from citecheck.works import crossref, datacite, open_library, openalex
from citecheck.works.inquiry import Inquiry, Registries
from citecheck.works.registry import Registry, Site
from citecheck.works.wanted import Wanted, wanted

_ASKING = ("run", "check")
_KEY = "OPENALEX_API_KEY"
_TOGETHER = 8
_SHARE = 0.1
_LONG_KNOWN = frozenset(
    {WorkState.FOUND, WorkState.DIFFERS, WorkState.RETRACTED, WorkState.CORRECTED}
)
_MAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


class LookUps:
    """The look-ups of one run, which begins now. Other commands than `run` and `check` tell what is
    known; a demonstration asks nobody."""

    def __init__(
        self, settings: Settings, ledger: Ledger, clock: Clock, command: str, *, demo: bool = False
    ) -> None:
        self._settings = settings
        self._ledger = ledger
        self._clock = clock
        self._wanted = settings.look_up_works and not demo
        self._asks = command in _ASKING
        self._began = clock.monotonic()

    def rest(self) -> Settings:
        """The settings with the time that is left for everything else."""
        budget = self._settings.budget
        if budget is None or not (self._wanted and self._asks):
            return self._settings
        return replace(self._settings, budget=budget * (1 - _SHARE))

    async def told(
        self,
        report: Report,
        sources: Sources,
        client: Callable[[], AbstractAsyncContextManager[Fetcher]],
        environ: Mapping[str, str],
    ) -> Report:
        """The report with what registries say, kept in the ledger; `environ` may have a key for
        OpenAlex. Raises LedgerError."""
        if not self._wanted:
            return report
        references = [r for _, listed in sources.by_document for r in listed]
        works = wanted(references)
        known = self._ledger.works()
        standing = {
            w.reference: k
            for w in works
            if (k := known.get(w.reference)) is not None and k.asked == w.fingerprint
        }
        due = [w for w in works if not self._fresh(standing.get(w.reference))]
        answers: dict[str, Work] = {}
        cut = report.interrupted or report.network_down or not self._asks
        if due and not cut:
            own = self._settings
            color = color_wanted(own.color, sys.stderr.isatty())
            with choose_progress(own.progress, own.quiet, color) as progress:
                async with client() as fetcher:
                    key = environ.get(_KEY, "")
                    cut = not await self._ask(due, fetcher, key, answers, progress)
            self._ledger.keep_works(w for w in answers.values() if w.settled)
            report = replace(report, interrupted=report.interrupted or cut)
        told = {**answers, **_kept(standing, answers)}
        left = len(due) - len(answers) if self._asks else 0
        rows = tuple(_rows(told, references))
        return replace(report, works=rows, skipped=(*report.skipped, *_left(left)))

    def _fresh(self, work: Work | None) -> bool:
        if work is None or work.checked is None:
            return False
        own = self._settings.works
        keep = own.keep_found if work.state in _LONG_KNOWN else own.keep_none
        return timedelta(0) <= self._clock.now() - work.checked < keep

    async def _ask(
        self,
        due: Sequence[Wanted],
        client: Fetcher,
        key: str,
        answers: dict[str, Work],
        progress: Progress,
    ) -> bool:
        """Put an answer for each into `answers` on arrival; False where a person cut it short."""
        note = partial(_note, progress, answers, len(due))
        inquiry = Inquiry(self._registries(client, key, note))
        gate = asyncio.Semaphore(_TOGETHER)

        async def one(work: Wanted) -> None:
            async with gate:
                answer = await inquiry.work(work)
            answers[work.reference] = replace(answer, checked=_second(self._clock.now()))
            note("")

        try:
            async with asyncio.TaskGroup() as group:
                for work in due:
                    group.create_task(one(work))
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if task is not None:
                task.uncancel()
            return False
        return True

    def _registries(self, client: Fetcher, key: str, note: Callable[[str], None]) -> Registries:
        own, mail = self._settings.works, mail_of(self._settings.contact)
        budget = own.budget.total_seconds()
        if self._settings.budget is not None:
            spent = self._clock.monotonic() - self._began
            budget = min(budget, max(0.0, self._settings.budget.total_seconds() - spent))

        def made(site: Site, per_minute: int) -> Registry | None:
            if not site.base:
                return None

            def said(text: str) -> None:
                note(text.replace("the archive", site.name))

            traffic = Traffic(self._clock, budget, said)
            gap = 60.0 / per_minute
            pace = Pace(traffic, self._clock, per_minute, gap, f"the pace of {site.name}")
            return Registry(site, client, traffic, pace, self._clock)

        open_alex = own.openalex if own.openalex is not None else openalex.BASE if key else ""
        secret = ("api_key", key) if key and open_alex == openalex.BASE else None
        return Registries(
            made(Site(crossref.NAME, own.crossref, mail), own.crossref_per_minute),
            made(Site(openalex.NAME, open_alex, mail, secret), own.openalex_per_minute),
            made(Site(datacite.NAME, own.datacite), own.datacite_per_minute),
            made(
                Site(open_library.NAME, own.open_library, worded=True),
                own.open_library_per_minute,
            ),
        )


def mail_of(contact: str) -> str:
    """The mail address in a contact, empty where there is none."""
    found = _MAIL.search(contact)
    return found[0] if found else ""


def _note(progress: Progress, answers: Mapping[str, Work], total: int, text: str) -> None:
    progress.stage("works", len(answers), total, text)


def _kept(standing: Mapping[str, Work], answers: Mapping[str, Work]) -> dict[str, Work]:
    """What was known and was not answered anew: silence takes nothing back."""
    silent = {r for r, work in answers.items() if not work.settled}
    return {r: work for r, work in standing.items() if r in silent or r not in answers}


def _rows(told: Mapping[str, Work], references: Sequence[Reference]) -> list[WorkRow]:
    places: dict[str, dict[Cited, None]] = {}
    titles: dict[str, str] = {}
    for reference in references:
        if reference.id in told:
            titles.setdefault(reference.id, reference.title)
            cited = (Cited(c.document, c.note, c.line, reference.id) for c in reference.citations)
            places.setdefault(reference.id, {}).update(dict.fromkeys(cited))
    return [WorkRow(told[r], titles[r], tuple(places[r])) for r in sorted(titles)]


def _left(number: int) -> tuple[Skipped, ...]:
    if number <= 0:
        return ()
    works = "1 work was" if number == 1 else f"{number:,} works were"
    return (Skipped("works", f"{works} not looked up; the next run goes on from there"),)


def _second(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)

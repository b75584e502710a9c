"""The only place that constructs things: from flags to a run, and from a run to an exit code.

`perform` is what the command line calls. It reads settings, takes the ledger's lock, reads sources,
tells the story of `run.py`, writes what is to be kept, and prints.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import ssl
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from citecheck import configuration, reporting
from citecheck.archives.keys import Keys, read_keys
from citecheck.archives.perma_key import read_perma
from citecheck.browsed import browser_of
from citecheck.browsing.installed import require
from citecheck.copies import copies_of, recorder_of, settle
from citecheck.gather import Gathered, gather
from citecheck.ledger.store import Ledger
from citecheck.looking_up import LookUps
from citecheck.progress import choose as choose_progress
from citecheck.publish import (
    check_specs,
    closing,
    color_wanted,
    nothing_to_do,
    publish,
    show,
    show_extracted,
    with_copies,
    with_last,
)
from citecheck.records.exchange import Exchange
from citecheck.records.observation import Fault
from citecheck.records.ports import Clock, Recorder
from citecheck.records.report import Report, Skipped
from citecheck.run import Parts, tell
from citecheck.sealing import Sealing
from citecheck.settings import Settings
from citecheck.web.build import open_client
from citecheck.web.client import PoliteClient
from citecheck.web.clock import SystemClock
from citecheck.web.ladder import Plan, climb
from citecheck.web.resolver import Resolver
from citecheck.web.visit import drive

_VISITING = ("run", "check")
EXIT_FINE, EXIT_FINDINGS = reporting.EXIT_FINE, reporting.EXIT_FINDINGS
EXIT_DOWN, EXIT_INTERRUPTED = reporting.EXIT_DOWN, reporting.EXIT_INTERRUPTED
EXIT_EMPTY, EXIT_UNREAD = 3, 5
_code, _say = reporting.exit_code, reporting.say


@dataclass(frozen=True, slots=True)
class World:
    """What stands for the outside: None means the real one. A demonstration brings its own."""

    resolver: Resolver | None = None
    ssl_context: ssl.SSLContext | None = None
    keys: Keys | None = None
    demo: bool = False


def perform(
    command: str,
    *,
    config: Path | None,
    flags: Mapping[str, object],
    prune: bool,
    verbosity: int,
    demo: tuple[bool, bool] = (False, False),
) -> int:
    """Do what a command says; returns the exit code, raises CitecheckError for exit code 2."""
    here = Path.cwd()
    if demo[0]:  # what a project has configured is not the demonstration's to use or to write to
        settings = configuration.load(None, here, {}, flags, search=False)
    else:
        settings = configuration.load(config, here, os.environ, flags)
    settings = replace(settings, prune=prune, verbosity=verbosity)
    check_specs(settings)
    if settings.browser and command in _VISITING and not demo[0]:
        require(settings.browser_program)
    try:
        if demo[0]:
            return asyncio.run(_demonstrate(settings, again=demo[1]))
        # Before the loop and the lock: waiting for a person to type must end with Ctrl-C.
        typed = sys.stdin.buffer.read() if sys.stdin and "-" in settings.sources else b""
        return asyncio.run(carry_out(command, settings, World(), typed))
    except (KeyboardInterrupt, asyncio.CancelledError):
        return EXIT_INTERRUPTED


async def _demonstrate(settings: Settings, *, again: bool) -> int:
    from citecheck.demo import folder as demonstration
    from citecheck.demo.world import small_web

    folder = demonstration.prepare(Path.cwd() / demonstration.NAME, again=again)
    async with small_web(folder.day) as web:
        world = World(web.resolver, web.ssl_context, web.keys, demo=True)
        code = await carry_out("run", demonstration.demo_settings(settings, folder), world)
    if code == EXIT_INTERRUPTED:
        return code
    report = f"{demonstration.NAME}/archive/link-health.html"
    lines = (
        "\nThis was a demonstration on a made-up web.",
        f"Open the report:  {report}",
        f"Mend the paper:   cd {demonstration.NAME} && citecheck mend paper.md",
        "" if again else "Some time later:  citecheck run --demo --again",
        "Your own paper:   citecheck run YOUR-PAPER.md",
    )
    _say(settings, "\n".join(line for line in lines if line))
    return EXIT_FINE


async def _fetch(settings: Settings, world: World, clock: Clock, url: str) -> Exchange | Fault:
    """Fetch a document that is a source itself, redirects followed."""
    async with _client(settings, world, clock, None) as client:
        plan = Plan(now=clock.now, confirm=False, retries=settings.retries)
        return (await drive(climb(url, plan), client)).end


def _stop_on_signals() -> None:
    """The first SIGINT or SIGTERM ends the visits and keeps what was seen, a second one ends all.

    Set even where the parent ignores SIGINT, as a shell does for its jobs in the background: who
    sends it to this process means this process. Windows has no such handlers; there, Ctrl-C reaches
    asyncio's own.
    """
    loop, task = asyncio.get_running_loop(), asyncio.current_task()

    def stop(number: signal.Signals) -> None:
        loop.remove_signal_handler(number)
        if task is not None:
            task.cancel()

    for number in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError, ValueError, RuntimeError):
            loop.add_signal_handler(number, stop, number)


async def carry_out(command: str, settings: Settings, world: World, typed: bytes = b"") -> int:
    """One command under the lock, from sources to exit code; `typed` came on standard input."""
    _stop_on_signals()
    clock = SystemClock()
    ledger = Ledger(settings, clock)
    color = color_wanted(settings.color, sys.stderr.isatty())
    with ledger.lock():
        with choose_progress(settings.progress, settings.quiet, color) as progress:
            fetch = partial(_fetch, settings, world, clock)
            gathered = await gather(settings, ledger, fetch, typed, progress)
        written = _write_references(gathered, ledger, settings)
        empty = gathered.sources.references == 0
        if gathered.sources.unread and not gathered.sources.by_document:
            # Nothing at all was read, by a slip of the pen perhaps: the last report stays.
            show_extracted(gathered.sources, written, settings)
            return EXIT_UNREAD
        if command == "extract":
            show_extracted(gathered.sources, written, settings)
            return _extract_code(gathered, settings)
        looking = LookUps(settings, ledger, clock, command, demo=world.demo)
        report = await _told(command, gathered, looking.rest(), world, ledger, clock, written)
        client = partial(_client, settings, world, clock, None)
        report = await looking.told(report, gathered.sources, client, os.environ)
        report = with_copies(with_last(report, ledger), ledger)
        published = publish(report, ledger, settings)
        show(report, settings, published)
    _say(settings, closing(report, published.files))
    code = _code(report, settings)
    if gathered.sources.unread and code not in (EXIT_INTERRUPTED, EXIT_DOWN):
        return EXIT_UNREAD
    if empty and code == EXIT_FINE and not settings.allow_empty:
        _say(settings, nothing_to_do(settings))
        return EXIT_EMPTY
    return code


async def _told(
    command: str,
    gathered: Gathered,
    settings: Settings,
    world: World,
    ledger: Ledger,
    clock: Clock,
    written: tuple[Skipped, ...],
) -> Report:
    """Tell the story and keep what it found out."""
    archives = command in ("run", "archive")
    keys = world.keys
    if keys is None and archives and settings.save:
        keys = read_keys(os.environ, Path.home())
    wants_perma = archives and settings.archive.perma != "no" and not world.demo
    recorder = recorder_of(command, settings, ledger)
    copies = copies_of(recorder, ledger.copies(), settings, clock)
    color = color_wanted(settings.color, sys.stderr.isatty())
    sources = replace(gathered.sources, skipped=(*gathered.sources.skipped, *written))
    left_behind, sealing = ledger.unfinished(), Sealing(ledger, clock)
    journal = ledger.open_journal()
    try:
        with choose_progress(settings.progress, settings.quiet, color) as progress:
            parts = Parts(
                settings=settings,
                clock=clock,
                progress=progress,
                client=partial(_client, settings, world, clock, recorder),
                keys=keys,
                rng=random.Random(),  # noqa: S311 - made-up page names, not secrets
                demo=world.demo,
                paces=None if world.demo else ledger,
                browse=browser_of(settings, progress, partial(_say, settings))
                if command in _VISITING
                else None,
                perma=read_perma(os.environ) if wants_perma else None,
                copies=copies,
            )
            memory = ledger.load()
            told = await tell(
                replace(sources, skipped=(*sources.skipped, *ledger.spoilt())),
                memory,
                left_behind,
                journal,
                parts,
                visit=command in _VISITING,
                archives=archives,
            )
    finally:
        if recorder is not None:
            recorder.close()
    ledger.keep(told.memory, told.news)
    _say(settings, settle(copies, ledger, settings))
    # What a person cut short is taken up by the next run, which asks for none of it again.
    journal.close(finished=not told.report.interrupted)
    seen = (*(left_behind.observations if left_behind else ()), *journal.seen)
    url = settings.timestamp if command in _VISITING else ""
    client = partial(_client, settings, world, clock, None)
    return await sealing.finish(told.report, seen, url, client)


def _client(
    settings: Settings, world: World, clock: Clock, recorder: Recorder | None
) -> PoliteClient:
    return open_client(
        settings,
        resolver=world.resolver,
        ssl_context=world.ssl_context,
        clock=clock,
        recorder=recorder,
    )


def _write_references(
    gathered: Gathered, ledger: Ledger, settings: Settings
) -> tuple[Skipped, ...]:
    """Write the records of what was read; says which records have lost their document."""
    if not settings.sources:
        return ()
    done = ledger.write_references(gathered.writable, prune=settings.prune)
    return tuple(
        Skipped(path, "its document is gone; --prune removes these records") for path in done.gone
    )


def _extract_code(gathered: Gathered, settings: Settings) -> int:
    if gathered.sources.unread:
        return EXIT_UNREAD
    if gathered.sources.references == 0 and not settings.allow_empty:
        _say(settings, nothing_to_do(settings))
        return EXIT_EMPTY
    return EXIT_FINE

"""The command line: flags to Settings, results to an exit code. No logic of its own.

Exit codes: 0 fine, 1 findings, 2 usage, configuration, ledger or disk, 3 no citation in any source,
4 the network is down, 5 some source could not be read, 130 interrupted.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from citecheck import __version__
from citecheck.errors import CitecheckError
from citecheck.options import (
    AllowEmpty,
    AllowPrivate,
    ArchiveBudget,
    ArchiveDir,
    Audited,
    AuditFormat,
    Browser,
    Budget,
    Color,
    Concurrency,
    Config,
    Delay,
    Exclude,
    FailOn,
    Files,
    Fix,
    ForStates,
    Include,
    LookUpWorks,
    MaxAge,
    MaxBytes,
    NoProbe,
    PerHost,
    ProgressMode,
    Prune,
    Quiet,
    References,
    Reports,
    Robots,
    Save,
    Sources,
    Timeout,
    Timestamp,
    Title,
    Traces,
    Unverified,
    Verbose,
    Visiting,
    Warc,
    Write,
)

app = typer.Typer(
    name="citecheck",
    help="Reads the footnotes of documents, checks every link they cite, keeps the evidence.",
    epilog="Start with: citecheck run --demo — then: citecheck run YOUR-PAPER.md",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(value: bool) -> None:
    if value:
        typer.echo(f"citecheck {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None: ...


def _told(fault: Exception, verbosity: int = 0) -> Exception:
    """Say what went wrong in one line; what is returned ends the command, with exit code 2. What is
    no error of this program's, or the system's (a full disk), goes its way."""
    whole = fault
    while isinstance(fault, ExceptionGroup):
        fault = fault.exceptions[0]
    if isinstance(fault, (typer.Exit, typer.Abort, typer.BadParameter, OSError)):
        return fault
    if verbosity >= 2:
        import traceback

        traceback.print_exception(whole)
    said = str(fault)
    if not isinstance(fault, CitecheckError):
        words = " ".join(said.split())[:200]
        what = f"{type(fault).__name__}: {words}" if words else type(fault).__name__
        where = "" if verbosity >= 2 else " (-vv shows where it was)"
        said = f"internal error ({what}); what was seen is kept, please report this{where}"
    typer.echo(f"citecheck: {said}", err=True)
    return typer.Exit(2)


_OPTIONS = {"archive_dir": "archive"}


def _flags(given: dict[str, Any]) -> tuple[dict[str, object], dict[str, Any]]:
    """Flags as configuration keys, and those that have no key (verbosity, prune)."""
    flags: dict[str, object] = {}
    rest: dict[str, Any] = {}
    archive: dict[str, object] = {}
    for name, value in given.items():
        if name in ("config", "verbosity", "prune"):
            rest[name] = value
        elif value is None or value == []:
            continue
        elif name == "no_probe":
            flags["probe"] = not value
        elif name == "archive_budget":
            archive["budget"] = value
        elif name == "archive_dir":
            archive["directory"] = value
        else:
            flags[name.replace("_", "-")] = value
    if archive:
        flags["archive"] = archive
    return flags, rest


_DEMO_TAKES = frozenset(
    {"report", "fail_on", "concurrency", "per_host", "max_bytes", "no_probe", "robots"}
    | {"quiet", "verbosity", "color", "progress"}
)


def _idle_in_demo(given: dict[str, Any]) -> list[str]:
    """The flags given that a demonstration would not heed."""
    idle = [n for n, v in given.items() if v not in (None, []) and (v or n != "prune")]
    return [f"--{_OPTIONS.get(n, n.replace('_', '-'))}" for n in idle if n not in _DEMO_TAKES]


def _perform(command: str, given: dict[str, Any], demo: tuple[bool, bool] = (False, False)) -> None:
    from citecheck import wiring

    flags, rest = _flags(given)
    verbosity = int(rest.get("verbosity") or 0)
    try:
        code = wiring.perform(
            command,
            config=rest.get("config"),
            flags=flags,
            prune=bool(rest.get("prune")),
            verbosity=verbosity,
            demo=demo,
        )
    except Exception as fault:
        raise _told(fault, verbosity) from None
    raise typer.Exit(code)


@app.command(cls=Visiting)
def run(
    sources: Sources = None,
    demo: Annotated[
        bool, typer.Option("--demo", help="The whole job on a sample paper, in citecheck-demo/.")
    ] = False,
    again: Annotated[
        bool, typer.Option("--again", help="With --demo: a second run, some time later.")
    ] = False,
    config: Config = None,
    references: References = None,
    archive_dir: ArchiveDir = None,
    report: Reports = None,
    save: Save = None,
    warc: Warc = None,
    timestamp: Timestamp = None,
    fail_on: FailOn = None,
    include: Include = None,
    exclude: Exclude = None,
    max_age: MaxAge = None,
    budget: Budget = None,
    archive_budget: ArchiveBudget = None,
    timeout: Timeout = None,
    concurrency: Concurrency = None,
    per_host: PerHost = None,
    delay: Delay = None,
    max_bytes: MaxBytes = None,
    allow_private: AllowPrivate = None,
    no_probe: NoProbe = None,
    robots: Robots = None,
    browser: Browser = None,
    look_up_works: LookUpWorks = None,
    prune: Prune = False,
    allow_empty: AllowEmpty = None,
    quiet: Quiet = None,
    verbosity: Verbose = 0,
    color: Color = None,
    progress: ProgressMode = None,
) -> None:
    """Read, check, archive, report: the whole job."""
    given = dict(locals())
    wanted = (bool(given.pop("demo")), bool(given.pop("again")))
    if wanted[1] and not wanted[0]:
        raise typer.BadParameter("--again goes with --demo")
    if wanted[0] and given["sources"]:
        raise typer.BadParameter("--demo brings its own paper: leave SOURCE out")
    if wanted[0] and (idle := _idle_in_demo(given)):
        raise typer.BadParameter(f"--demo has settings of its own: leave {', '.join(idle)} out")
    _perform("run", given, wanted)


@app.command()
def extract(
    sources: Sources = None,
    config: Config = None,
    references: References = None,
    prune: Prune = False,
    allow_empty: AllowEmpty = None,
    quiet: Quiet = None,
    verbosity: Verbose = 0,
    color: Color = None,
    progress: ProgressMode = None,
) -> None:
    """Documents to records in references/; no link is visited."""
    _perform("extract", dict(locals()))


@app.command(cls=Visiting)
def check(
    sources: Sources = None,
    config: Config = None,
    references: References = None,
    archive_dir: ArchiveDir = None,
    report: Reports = None,
    warc: Warc = None,
    timestamp: Timestamp = None,
    fail_on: FailOn = None,
    include: Include = None,
    exclude: Exclude = None,
    max_age: MaxAge = None,
    budget: Budget = None,
    timeout: Timeout = None,
    concurrency: Concurrency = None,
    per_host: PerHost = None,
    delay: Delay = None,
    max_bytes: MaxBytes = None,
    allow_private: AllowPrivate = None,
    no_probe: NoProbe = None,
    robots: Robots = None,
    browser: Browser = None,
    look_up_works: LookUpWorks = None,
    prune: Prune = False,
    allow_empty: AllowEmpty = None,
    quiet: Quiet = None,
    verbosity: Verbose = 0,
    color: Color = None,
    progress: ProgressMode = None,
) -> None:
    """Read, check and report; no archive is asked."""
    _perform("check", dict(locals()))


@app.command()
def archive(
    sources: Sources = None,
    config: Config = None,
    references: References = None,
    archive_dir: ArchiveDir = None,
    report: Reports = None,
    save: Save = None,
    fail_on: FailOn = None,
    include: Include = None,
    exclude: Exclude = None,
    archive_budget: ArchiveBudget = None,
    timeout: Timeout = None,
    allow_private: AllowPrivate = None,
    prune: Prune = False,
    allow_empty: AllowEmpty = None,
    quiet: Quiet = None,
    verbosity: Verbose = 0,
    color: Color = None,
    progress: ProgressMode = None,
) -> None:
    """Look snapshots up and save new ones; no cited page is visited."""
    _perform("archive", dict(locals()))


@app.command()
def report(
    config: Config = None,
    archive_dir: ArchiveDir = None,
    report: Reports = None,
    fail_on: FailOn = None,
    quiet: Quiet = None,
    verbosity: Verbose = 0,
    color: Color = None,
) -> None:
    """Render the last report again from what is on disk; no network."""
    flags, _ = _flags(dict(locals()))
    from citecheck import reporting

    try:
        code = reporting.perform(config=config, flags=flags, verbosity=verbosity)
    except CitecheckError as fault:
        if verbosity >= 2:
            import traceback

            traceback.print_exc()
        typer.echo(f"citecheck: {fault}", err=True)
        raise typer.Exit(2) from None
    raise typer.Exit(code)


@app.command()
def mend(
    files: Files,
    write: Write = False,
    fix: Fix = None,
    for_states: ForStates = None,
    unverified: Unverified = False,
    config: Config = None,
    archive_dir: ArchiveDir = None,
    quiet: Quiet = None,
    verbosity: Traces = 0,
    color: Color = None,
) -> None:
    """Edits that mend dead links, as a diff; --write makes them. No network.

    They rest on the last report. Exit 0: nothing to mend, or written; 1: edits are shown; 5: a file
    could not be read.
    """
    from citecheck import mending

    orders = mending.Orders(
        tuple(files), tuple(fix or ()), tuple(for_states or ()), write, unverified
    )
    given = {"archive_dir": archive_dir, "quiet": quiet, "color": color}
    try:
        code = mending.perform(orders, config=config, flags=_flags(given)[0])
    except Exception as fault:
        raise _told(fault, verbosity) from None
    raise typer.Exit(code)


@app.command()
def explain(
    name: Annotated[str, typer.Argument(metavar="REASON|STATE", help="Such as soft-404 or dead.")],
) -> None:
    """What a state or reason means, how it was decided, and what to do."""
    from citecheck import copy_words, reasons, saving_reasons

    text = reasons.explain(name) or saving_reasons.explain(name) or copy_words.explain(name)
    if text is None:
        near = reasons.nearest(name)
        hint = f"; did you mean {near}?" if near else "; states: " + ", ".join(reasons.states())
        typer.echo(f"citecheck: no state or reason {name!r}{hint}", err=True)
        raise typer.Exit(2)
    typer.echo(text)


@app.command(short_help="Pack the local copies into one WACZ file; no network.")
def export(
    file: Annotated[Path, typer.Argument(metavar="FILE.wacz", help="The file to write.")],
    config: Config = None,
    references: References = None,
    archive_dir: ArchiveDir = None,
    include: Include = None,
    exclude: Exclude = None,
    title: Title = "",
    quiet: Quiet = None,
    verbosity: Traces = 0,
) -> None:
    """Pack the local copies into one WACZ file, for replayweb.page and pywb; no network."""
    from citecheck import exporting

    given = {"references": references, "archive_dir": archive_dir, "quiet": quiet}
    flags, _ = _flags({**given, "include": include, "exclude": exclude})
    try:
        code = exporting.perform(file, config=config, flags=flags, title=title)
    except Exception as fault:
        raise _told(fault, verbosity) from None
    raise typer.Exit(code)


@app.command(short_help="Read every copy and record again; name what is damaged.")
def audit(
    files: Audited = None,
    config: Config = None,
    references: References = None,
    archive_dir: ArchiveDir = None,
    form: AuditFormat = "text",
    quiet: Quiet = None,
    verbosity: Traces = 0,
) -> None:
    """Read every local copy, digest, manifest and record again; name what is damaged. No network.

    Exit 0: all is well; 1: something is damaged, or was changed since the last run.
    """
    from citecheck import auditing

    flags, _ = _flags({"references": references, "archive_dir": archive_dir, "quiet": quiet})
    try:
        code = auditing.perform(tuple(files or ()), config=config, flags=flags, form=form)
    except Exception as fault:
        raise _told(fault, verbosity) from None
    raise typer.Exit(code)


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(help="Where to write.")] = Path(),
    save: Save = None,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Ask nothing; saving stays off without --save.")
    ] = False,
) -> None:
    """Write a configuration and the scheduled workflow.

    They are citecheck.toml and .github/workflows/link-health.yml, and lines for .gitignore and
    .gitattributes. What is there already stays as it is.
    """
    from citecheck import starting

    try:
        if save is None and not yes and sys.stdin.isatty():
            save = typer.confirm(
                "Saving asks the Wayback Machine to keep the cited pages, in public and for good.\n"
                "Shall scheduled runs do that?",
                default=False,
                err=True,
            )
        for line in starting.begin(folder, save=bool(save)):
            typer.echo(line)
    except Exception as fault:
        raise _told(fault) from None


def main() -> None:
    """The console script."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed by the caller, as in `citecheck report >&-`
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115
        elif hasattr(stream, "reconfigure"):
            # A terminal that cannot show a character shows its escape, it does not end the run.
            stream.reconfigure(errors="backslashreplace")
    try:
        try:
            app()
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        # The reader of our output has gone: nothing is wrong with the run.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        sys.exit(0)
    except OSError as fault:
        typer.echo(f"citecheck: {fault.filename or 'output'}: {fault.strerror or fault}", err=True)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        sys.exit(2)

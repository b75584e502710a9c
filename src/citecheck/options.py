"""The options of the command line, each said once; `cli.py` says which command has which."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand

Sources = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="SOURCE",
        help="Documents, folders, globs, URLs of documents, records (.json .bib .ris), or - for "
        "standard input. Without any: `sources` of the configuration, else references/.",
    ),
]
Config = Annotated[
    Path | None, typer.Option("--config", metavar="FILE", help="Configuration file.")
]
References = Annotated[
    str | None,
    typer.Option("--references", metavar="DIR", help="Folder of the records [references]."),
]
ArchiveDir = Annotated[
    str | None,
    typer.Option("--archive", metavar="DIR", help="Folder of ledger, copies, report [archive]."),
]
Reports = Annotated[
    list[str] | None,
    typer.Option(
        "--report",
        metavar="[FORMAT:]FILE",
        help="Write a report: .md .html .json .jsonl .sarif .csv .atom .xml (JUnit) .svg (badge); "
        "repeatable.",
    ),
]
Save = Annotated[
    bool | None,
    typer.Option("--save/--no-save", help="Ask public archives to keep pages and code: publishes."),
]
Warc = Annotated[
    bool | None,
    typer.Option(
        "--warc/--no-warc",
        help="Keep local copies of what is fetched; `--warc requisites`: with the styles, scripts, "
        "images and fonts of pages that are well [run: yes, check: no].",
    ),
]
REQUISITES = "requisites"


class Visiting(TyperCommand):
    """A command whose `--warc` may be followed by the one word `requisites`.

    The option itself takes no value: what follows it is a SOURCE, unless it is that word (a
    document of this name is told as `./requisites`).
    """

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        kept, whole = _without_word(ctx, args)
        rest = super().parse_args(ctx, kept)
        if whole and ctx.params.get("warc"):
            ctx.params["warc"] = REQUISITES
        return rest


def _without_word(ctx: Any, args: list[str]) -> tuple[list[str], bool]:
    """The arguments with `--warc` as a plain flag, and whether the last of it had the word."""
    kept: list[str] = []
    whole = False
    rest = iter(args)
    for arg in rest:
        name, equals, word = arg.partition("=")
        if arg == REQUISITES and kept[-1:] == ["--warc"] and not whole:
            whole = True
            continue
        if name == "--warc":
            if equals and word != REQUISITES:
                ctx.fail(f"--warc takes no value but {REQUISITES}: --warc={REQUISITES}")
            whole = bool(equals)
        kept.append(name if name == "--warc" else arg)
        if arg == "--":
            break
    return [*kept, *rest], whole


Timestamp = Annotated[
    str | None,
    typer.Option(
        "--timestamp",
        metavar="URL",
        help="Have the manifest of the copies stamped by the RFC 3161 authority there [none].",
    ),
]
Audited = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="FILE", help="WACZ or WARC files (.wacz .warc.gz). Without any: all of archive/."
    ),
]
AuditFormat = Annotated[
    str, typer.Option("--format", metavar="text|json", help="How the result is printed.")
]
FailOn = Annotated[
    str | None,
    typer.Option("--fail-on", metavar="STATES", help="Exit 1 on these [dead,changed,mismatch]."),
]
Include = Annotated[
    list[str] | None, typer.Option("--include", metavar="REGEX", help="Only these addresses.")
]
Exclude = Annotated[
    list[str] | None, typer.Option("--exclude", metavar="REGEX", help="Not these addresses.")
]
MaxAge = Annotated[
    str | None,
    typer.Option("--max-age", metavar="DURATION", help="Visit only what was seen longer ago [0s]."),
]
Budget = Annotated[
    str | None,
    typer.Option("--budget", metavar="DURATION", help="Time for the run; the rest waits [none]."),
]
ArchiveBudget = Annotated[
    str | None,
    typer.Option("--archive-budget", metavar="DURATION", help="Time for the archive [10min]."),
]
Timeout = Annotated[
    str | None, typer.Option("--timeout", metavar="SECONDS", help="Total time of a try [30].")
]
Concurrency = Annotated[
    str | None, typer.Option("--concurrency", metavar="N", help="Visits at once [64].")
]
PerHost = Annotated[
    str | None, typer.Option("--per-host", metavar="N", help="Requests at once on a host [2].")
]
Delay = Annotated[
    str | None,
    typer.Option("--delay", metavar="SECONDS", help="Between starts on a host [0.5]."),
]
MaxBytes = Annotated[
    str | None, typer.Option("--max-bytes", metavar="N", help="Most decoded bytes [20000000].")
]
AllowPrivate = Annotated[
    bool | None,
    typer.Option("--allow-private", help="Visit addresses that are not public, too."),
]
NoProbe = Annotated[
    bool | None, typer.Option("--no-probe", help="Never ask a host for a made-up sibling page.")
]
Robots = Annotated[
    bool | None, typer.Option("--robots", help="Obey robots.txt: Disallow and Crawl-delay.")
]
Browser = Annotated[
    bool | None,
    typer.Option(
        "--browser/--no-browser",
        help="Open in an installed Chromium what shows nothing without one [no].",
    ),
]
LookUpWorks = Annotated[
    bool | None,
    typer.Option(
        "--look-up-works/--no-look-up-works",
        help="Ask Crossref, OpenAlex, DataCite and Open Library about cited works: those with a "
        "DOI, and those without an address [no].",
    ),
]
Prune = Annotated[bool, typer.Option("--prune", help="Remove records whose document is gone.")]
AllowEmpty = Annotated[
    bool | None, typer.Option("--allow-empty", help="Exit 0 where no source has a citation.")
]
Title = Annotated[str, typer.Option("--title", metavar="TEXT", help="What the file calls itself.")]
Quiet = Annotated[bool | None, typer.Option("-q", "--quiet", help="Errors only.")]
Verbose = Annotated[
    int,
    typer.Option(
        "-v", "--verbose", count=True, show_default=False, help="More; -vv: evidence, tracebacks."
    ),
]
Traces = Annotated[
    int,
    typer.Option("-v", "--verbose", count=True, show_default=False, help="-vv: tracebacks."),
]
Color = Annotated[
    str | None,
    typer.Option("--color", metavar="auto|always|never", help="Colour of what is printed [auto]."),
]
ProgressMode = Annotated[
    str | None,
    typer.Option(
        "--progress", metavar="auto|plain|none", help="A bar, plain lines or nothing [auto]."
    ),
]
Files = Annotated[
    list[str],
    typer.Argument(metavar="FILE", help="Documents of the last report, folders of them, or globs."),
]
Write = Annotated[bool, typer.Option("--write", help="Make the edits; without it they are shown.")]
Fix = Annotated[
    list[str] | None,
    typer.Option(
        "--fix",
        metavar="KIND",
        help="Kind of edit, repeatable: archive (the copy beside a dead link), unproxied (the "
        "address behind a library's proxy), redirect (the final one of a permanent move), https, "
        "copy (another one for an archived copy that is dead itself) [archive].",
    ),
]
ForStates = Annotated[
    list[str] | None,
    typer.Option(
        "--for",
        metavar="STATE",
        help="The copy beside such links, too: changed, mismatch, unreachable, blocked; "
        "repeatable.",
    ),
]
Unverified = Annotated[
    bool,
    typer.Option(
        "--unverified", help="Copies that were looked at without a sure result will do, too."
    ),
]

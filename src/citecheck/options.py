"""The options of the command line, each said once; `cli.py` says which command has which."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

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
    typer.Option("--save/--no-save", help="Ask the Wayback Machine to keep pages: publishes."),
]
Warc = Annotated[
    bool | None, typer.Option("--warc/--no-warc", help="Keep local copies of what is fetched.")
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
Prune = Annotated[bool, typer.Option("--prune", help="Remove records whose document is gone.")]
AllowEmpty = Annotated[
    bool | None, typer.Option("--allow-empty", help="Exit 0 where no source has a citation.")
]
Quiet = Annotated[bool | None, typer.Option("-q", "--quiet", help="Errors only.")]
Verbose = Annotated[
    int,
    typer.Option(
        "-v", "--verbose", count=True, show_default=False, help="More; -vv: evidence, tracebacks."
    ),
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

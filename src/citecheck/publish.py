"""Writes and prints the report of a run, in the formats that were asked for.

`link-health.json` is left alone where nothing but times would change; so are the Markdown and HTML
reports beside it, which are only written where no other report is asked for. What is asked for by
name is always written.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from citecheck.errors import LedgerError, SettingsError
from citecheck.ledger.store import Ledger
from citecheck.records.report import Report
from citecheck.reports import json_report, jsonl, shelf, terminal
from citecheck.reports.options import RenderOptions
from citecheck.settings import Settings


@dataclass(frozen=True, slots=True)
class Published:
    """`files` that hold the report now, best for a person first; `texts` go to standard output."""

    files: tuple[Path, ...]
    texts: tuple[str, ...] = ()


def check_specs(settings: Settings) -> None:
    """Raises SettingsError for a report that could not be written in the end: better now."""
    for spec in settings.reports:
        _, file = shelf.pick(spec)
        if file != "-" and Path(file).is_dir():
            raise SettingsError(f"--report {spec}: {file} is a folder; name a file")


def publish(
    report: Report, ledger: Ledger, settings: Settings, *, again: bool = False
) -> Published:
    """Write the report's files; with `again` all of them, whether there is news or not."""
    options = RenderOptions(fail_on=frozenset(settings.fail_on))
    formats = shelf.FORMATS
    text = json_report.render(report)
    old = ledger.read_link_health()
    news = old is None or not ledger.same_report(old, text)
    if news:
        ledger.write_report(ledger.report_path("json"), text)
        if len(report.links) > json_report.MOST_LINKS:
            whole = formats["jsonl"].render(report, options)
            ledger.write_report(ledger.report_path("jsonl"), whole)
    files: list[Path] = []
    texts: list[str] = []
    for spec in settings.reports:
        name, file = shelf.pick(spec)
        rendered = formats[name].render(report, options)
        if file == "-":
            texts.append(rendered)
        else:
            ledger.write_report(Path(file), rendered)
            files.append(Path(file))
    if not settings.reports:
        for name in ("html", "md"):
            path = ledger.report_path(name)
            if news or again or not path.exists():
                ledger.write_report(path, formats[name].render(report, options))
            files.append(path)
    return Published((*files, ledger.report_path("json")), tuple(texts))


def read_again(ledger: Ledger) -> Report:
    """The report of the last run, from disk; raises LedgerError where there is none to read."""
    text = ledger.read_link_health()
    if text is None:
        raise LedgerError(
            f"{ledger.report_path('json')}: there is no report yet; run `citecheck run` first"
        )
    if '"partial":' in text:  # too many links for one file: the whole list lies beside it
        whole = ledger.read_report(ledger.report_path("jsonl"))
        if whole is not None:
            return jsonl.parse(whole)
    return json_report.parse(text)


def color_wanted(mode: str, stream_is_terminal: bool) -> bool:
    """`auto` means colour on a terminal, unless NO_COLOR or a dumb terminal says otherwise."""
    if mode != "auto":
        return mode == "always"
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return stream_is_terminal and not plain


def show(report: Report, settings: Settings, published: Published) -> None:
    """Print results on standard output; texts of asked-for reports take the terminal's place."""
    if published.texts:
        for text in published.texts:
            sys.stdout.write(text if text.endswith("\n") else text + "\n")
        return
    failing = any(row.finding.state.value in settings.fail_on for row in report.links)
    if settings.quiet and not failing:
        return
    color = color_wanted(settings.color, sys.stdout.isatty())
    width = _width()
    sys.stdout.write(
        terminal.render(
            report,
            color=color,
            width=width,
            verbosity=-1 if settings.quiet else settings.verbosity,
            fail_on=settings.fail_on,
        )
    )
    sys.stdout.flush()


def _width() -> int:
    import shutil

    return max(40, min(shutil.get_terminal_size((80, 24)).columns, 120))

"""`citecheck report`: the last report rendered again from what is on disk; no network.

Apart from `wiring`, so that it need not load what visits links.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from citecheck import configuration
from citecheck.ledger.store import Ledger
from citecheck.publish import check_specs, closing, publish, read_again, show, with_copies
from citecheck.records.report import Report
from citecheck.settings import Settings
from citecheck.web.clock import SystemClock

EXIT_FINE, EXIT_FINDINGS, EXIT_DOWN, EXIT_INTERRUPTED = 0, 1, 4, 130


def perform(*, config: Path | None, flags: Mapping[str, object], verbosity: int) -> int:
    """What the command line calls; returns the exit code, raises CitecheckError for exit code 2."""
    try:
        settings = configuration.load(config, Path.cwd(), os.environ, flags)
        settings = replace(settings, verbosity=verbosity)
        check_specs(settings)
        ledger = Ledger(settings, SystemClock())
        report = with_copies(read_again(ledger), ledger)
        published = publish(report, ledger, settings, again=True)
        show(report, settings, published)
        say(settings, closing(report, published.files))
        return exit_code(report, settings)
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED


def exit_code(report: Report, settings: Settings) -> int:
    """What a report comes to."""
    if report.interrupted:
        return EXIT_INTERRUPTED
    if report.network_down:
        return EXIT_DOWN
    failed = any(row.finding.state.value in settings.fail_on for row in report.links)
    return EXIT_FINDINGS if failed else EXIT_FINE


def say(settings: Settings, text: str) -> None:
    """Tell a person something beside the report, unless they want quiet."""
    if text and not settings.quiet:
        sys.stderr.write(text + "\n")

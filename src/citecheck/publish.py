"""Writes and prints the report of a run, in the formats that were asked for.

`link-health.json` is left alone where nothing but times would change; so are the Markdown and HTML
reports beside it, which are only written where no other report is asked for. What is asked for by
name is always written.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, replace
from pathlib import Path

from citecheck.assemble import document_rows
from citecheck.errors import LedgerError, SettingsError
from citecheck.ledger.layout import Layout, layout
from citecheck.ledger.store import Ledger
from citecheck.records.archive import Snapshot
from citecheck.records.finding import WELL, State
from citecheck.records.report import LinkRow, Report, Skipped
from citecheck.records.sources import Sources
from citecheck.reports import json_report, jsonl, shelf, terminal
from citecheck.reports.options import RenderOptions
from citecheck.reports.words import count
from citecheck.settings import Settings
from citecheck.standing import not_visited, standing
from citecheck.text.fold import plain
from citecheck.urls.address import redact
from citecheck.urls.archived import recognise, same_page


@dataclass(frozen=True, slots=True)
class Published:
    """`files` that hold the report now, best for a person first; `texts` go to standard output."""

    files: tuple[Path, ...]
    texts: tuple[str, ...] = ()


def check_specs(settings: Settings) -> None:
    """Raises SettingsError for a report that could not be written in the end, or in the place of
    what is not this program's to replace: better now."""
    places = layout(settings)
    if os.path.realpath(places.references) == os.path.realpath(places.archive):
        raise SettingsError("references and archive are one folder; give each its own")
    for spec in settings.reports:
        shown = spec.replace(f"{Path.cwd()}{os.sep}", "")
        form, file = shelf.pick(shown)
        if file == "-":
            continue
        if Path(file).is_dir():
            raise SettingsError(f"--report {shown}: {file} is a folder; name a file")
        if what := _held(Path(os.path.realpath(file)), form, settings, places):
            raise SettingsError(f"--report {shown}: {file} {what}; name another file")


def _held(path: Path, form: str, settings: Settings, places: Layout) -> str:
    """What a report must not be written over, or the empty string."""
    if path.name in ("citecheck.toml", "pyproject.toml"):
        return "holds the configuration"
    inside = (
        places.references, places.state, places.warc, places.indexes, places.manifests,
    )  # fmt: skip
    if any(path.is_relative_to(os.path.realpath(folder)) for folder in inside):
        return "lies among the records"
    if path.parent == Path(os.path.realpath(places.archive)):
        reread = (places.report("json").name, places.report("jsonl").name)
        if path.name in reread and f".{form}" != path.suffix:
            return "is what `citecheck report` reads"
        ledger = path.suffix == ".jsonl" or path.name == places.pywb.name
        if ledger and not path.name.startswith("link-health"):
            return "belongs to the ledger"
    if not path.exists() or not settings.sources:
        return ""
    from citecheck.readers.sources import expand  # the readers take longer to load than this file

    if any(
        source.path is not None and os.path.realpath(source.path) == str(path)
        for source in expand(settings.sources, settings.root).files
    ):
        return "is a source of this run"
    return ""


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
    if again and (news or files):  # nobody else does, for nothing is locked
        ledger.note_sums()
    return Published((*files, ledger.report_path("json")), tuple(texts))


def with_last(report: Report, ledger: Ledger) -> Report:
    """The report, its links that were not visited as the last one on disk shows them."""
    if not not_visited(report):
        return report
    try:
        return standing(report, read_again(ledger))
    except LedgerError:
        return report  # there is none, or none that can be read


def with_copies(report: Report, ledger: Ledger) -> Report:
    """The report, the links that are not well with the local copy that is on this machine now: the
    first that was made, for that shows what was cited."""
    if not any(_lost(row) for row in report.links):
        return report
    held, holdings = ledger.copies(), ledger.holdings()

    def kept(row: LinkRow) -> Snapshot | None:
        made = sorted((s for s in row.snapshots if s.role == "local"), key=lambda s: s.taken)
        newest = [held[row.url].snapshot] if row.url in held else []
        for snapshot in (*made, *newest):
            if file := holdings.file_of(snapshot.url):
                return replace(snapshot, url=ledger.copy_path(file))
        return None

    links = tuple(replace(row, kept=kept(row)) if _lost(row) else row for row in report.links)
    return replace(report, links=links)


def _lost(row: LinkRow) -> bool:
    return row.finding.state not in WELL and row.finding.state is not State.UNCHECKED


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
        _print("".join(t if t.endswith("\n") else t + "\n" for t in published.texts))
        return
    failing = any(row.finding.state.value in settings.fail_on for row in report.links)
    if settings.quiet and not failing:
        return
    color = color_wanted(settings.color, sys.stdout.isatty())
    width = _width()
    _print(
        terminal.render(
            report,
            color=color,
            width=width,
            verbosity=-1 if settings.quiet else settings.verbosity,
            fail_on=settings.fail_on,
        )
    )


def _print(text: str) -> None:
    """Results to standard output; a reader that has gone (`| head -1`) changes nothing else."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _width() -> int:
    import shutil

    return max(40, min(shutil.get_terminal_size((80, 24)).columns, 120))


def show_extracted(sources: Sources, more_skipped: tuple[Skipped, ...], settings: Settings) -> None:
    """What `extract` did: a line a document on standard output (with -v one a reference, too),
    troubles on standard error."""
    lines: list[str] = []
    rows = document_rows(sources.by_document)
    for row, (_, references) in zip(rows, sources.by_document, strict=True):
        if settings.quiet:
            continue
        counts = (
            count(row.notes, "note"),
            count(row.citations, "citation"),
            count(row.references, "reference"),
            count(row.links, "link"),
        )
        lines.append(f"{plain(row.path)}: {', '.join(counts)}")
        for reference in references if settings.verbosity else ():
            places = ", ".join(dict.fromkeys(c.note for c in reference.citations))
            address = reference.urls[0] if reference.urls else "no address"
            lines.append("  " + plain(f"[{places}] {reference.id}: {redact(address)}"))
    _print("".join(f"{line}\n" for line in lines))
    for item in (*sources.skipped, *more_skipped):
        sys.stderr.write(f"citecheck: {plain(item.what)}: {plain(item.why)}\n")


def closing(report: Report, files: tuple[Path, ...]) -> str:
    """The last lines of a run: what went wrong on the way, and where the report is."""
    lines = []
    if report.network_down:
        lines.append("The network seems to be down: nothing was concluded, states stay.")
    if report.interrupted:
        lines.append("Interrupted: what was seen is kept; the next run takes it up.")
    if files and not report.demo:
        lines.append(f"Report: {_shown(files[0])}")
        lines += _mendable(report)
    return "\n".join(lines)


def _mendable(report: Report) -> list[str]:
    """A hint at `mend`, where dead links have a copy that no document cites yet."""
    cited = {same_page(told.original) for k in report.links if (told := recognise(k.url))}
    rows = [
        row
        for row in report.links
        if row.finding.state is State.DEAD
        and any(copy.role != "local" for copy in row.snapshots)
        and same_page(row.url) not in cited
    ]
    paths = sorted({c.document for row in rows for c in row.citations})
    files = [path for path in paths if Path(path).is_file()]
    if not files:
        return []
    named = " ".join(files) if len(files) < 4 else "FILE…"
    dead = count(len(rows), "dead link")
    return [f"Copies of {dead} can be noted: citecheck mend {plain(named)}"]


def nothing_to_do(settings: Settings) -> str:
    """What to tell a person when no source had a citation."""
    if not settings.sources:
        return "citecheck: nothing to read: name a document, or set `sources` in citecheck.toml"
    return "citecheck: no source has a note or reference with a citation in it"


def _shown(path: Path) -> str:
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)

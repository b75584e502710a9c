"""The story of `citecheck mend`: the last report, the documents as they lie, edits shown or made.

No network: what is offered comes from `archive/link-health.json`. A document is written only if it
is still the one whose edits were shown, whole or not at all.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from citecheck import configuration
from citecheck.disk import read_bytes, write_bytes
from citecheck.errors import LedgerError, SettingsError, SourceError
from citecheck.ledger.layout import refuse_stray
from citecheck.ledger.store import Ledger
from citecheck.mend.edits import Kind
from citecheck.mend.shelf import Mended, mend
from citecheck.mend.show import refused, shown
from citecheck.mend.wanted import (
    MORE_STATES,
    Terms,
    dead_copies,
    offered_more,
    wanted,
    without_copy,
)
from citecheck.publish import color_wanted, read_again
from citecheck.readers.sources import SourceFile, expand
from citecheck.records.report import Report
from citecheck.reports.words import count
from citecheck.settings import Settings
from citecheck.text.fold import plain
from citecheck.web.clock import SystemClock

EXIT_FINE, EXIT_SHOWN, EXIT_USAGE, EXIT_UNREAD = 0, 1, 2, 5


@dataclass(frozen=True, slots=True)
class Orders:
    """What the command line said; `kinds` and `states` as typed."""

    files: tuple[str, ...]
    kinds: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    write: bool = False
    unverified: bool = False


def perform(orders: Orders, *, config: Path | None, flags: Mapping[str, object]) -> int:
    """Show or make the edits of all files; returns the exit code, raises CitecheckError for 2."""
    terms = _terms(orders)
    flags = {**flags, "sources": list(orders.files)}
    settings = configuration.load(config, Path.cwd(), os.environ, flags)
    report = read_again(Ledger(settings, SystemClock()))
    expansion = expand(settings.sources, settings.root)
    for problem in expansion.problems:
        _say(str(problem.why).replace(f"{settings.root}{os.sep}", ""))
    unread, pending = bool(expansion.problems), False
    for file in expansion.files:
        try:
            pending |= _one(file, report, terms, settings, write=orders.write)
        except SourceError as fault:
            unread = True
            _say(fault.why)
    return EXIT_UNREAD if unread else EXIT_SHOWN if pending else EXIT_FINE


def _terms(orders: Orders) -> Terms:
    """What is asked for, in the words of the shelf; raises SettingsError for other words."""
    kinds = _known("--fix", orders.kinds, [k.value for k in Kind]) or {Kind.ARCHIVE.value}
    states = _known("--for", orders.states, ("dead", *MORE_STATES))
    return Terms(frozenset(Kind(k) for k in kinds), frozenset(states), orders.unverified)


def _known(option: str, words: Sequence[str], known: Sequence[str]) -> Collection[str]:
    given = {word.strip() for text in words for word in text.split(",") if word.strip()}
    for word in sorted(given - set(known)):
        raise SettingsError(f"{option} {plain(word, 60)}: one of {', '.join(known)}")
    return given


def _one(
    file: SourceFile, report: Report, terms: Terms, settings: Settings, *, write: bool
) -> bool:
    """One document; True where edits were shown and not made."""
    if file.path is None:
        raise SourceError(file.name, f"{file.name}: only files can be mended")
    row = next((d for d in report.documents if d.path == file.name), None)
    if row is None:
        raise LedgerError(
            f"{file.name} is not in the last report; run `citecheck run {file.name}` first"
        )
    _refuse_outside(file.path, settings.root)
    data = _read(file)
    mended = mend(file.name, data, wanted(report, file.name, terms), row.sha256)
    color = color_wanted(settings.color, sys.stdout.isatty())
    sys.stdout.write(shown(mended, color=color))
    sys.stdout.flush()
    for refusal in mended.refusals:
        _say(f"{plain(file.name)}, {refused(refusal)}")
    if mended.edits and write:
        if not file.path.stat().st_mode & 0o222:  # a new file would take its place all the same
            raise SourceError(file.name, f"{file.name} is read-only: nothing is written")
        if read_bytes(file.path) != data:
            raise SourceError(file.name, f"{file.name} was changed meanwhile: nothing is written")
        write_bytes(file.path, mended.data)
    if not settings.quiet:
        _say(_summary(mended, report, terms, write=write))
    return bool(mended.edits) and not write


def _refuse_outside(path: Path, root: Path) -> None:
    """Raises LedgerError for a document that lies in the project by a link alone."""
    refuse_stray(path, root)
    inside = Path(os.path.abspath(path)).is_relative_to(os.path.abspath(root))
    if inside and not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root)):
        raise LedgerError(f"{path} lies behind a link that leads out of the project")


def _read(file: SourceFile) -> bytes:
    assert file.path is not None
    try:
        return file.path.read_bytes()
    except OSError as fault:
        why = f"{file.name}: cannot be read: {fault.strerror or fault}"
        raise SourceError(file.name, why) from None


def _summary(mended: Mended, report: Report, terms: Terms, *, write: bool) -> str:
    """What was done with a document, and what more could be."""
    path = mended.sheet.document.path
    if mended.edits:
        done = "written" if write else "shown; --write makes them"
        said = [f"{count(len(mended.edits), 'edit')} {done}"]
    else:
        said = ["nothing to mend"]
    if mended.settled:
        said.append(f"{count(mended.settled, 'place')} mended before")
    if Kind.ARCHIVE in terms.kinds:
        none, unsure = without_copy(report, path, terms)
        if none:
            said.append(f"{count(none, 'lost link')} without a copy")
        if unsure:
            said.append(f"{count(unsure, 'lost link')} with an unsure copy (--unverified)")
        dead = 0 if Kind.COPY in terms.kinds else dead_copies(report, path, terms)
        if dead:
            said.append(f"{count(dead, 'dead copy', 'dead copies')} with another (--fix copy)")
        for state, number in sorted(offered_more(report, path, terms).items()):
            said.append(f"{number} {state} with a copy (--for {state})")
    return f"{plain(path)}: {'; '.join(said)}"


def _say(text: str) -> None:
    sys.stderr.write(f"citecheck: {text}\n")

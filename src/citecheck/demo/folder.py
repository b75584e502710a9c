"""The folder of the demonstration: the only place on disk that it writes to.

A marker file says that the folder is the demonstration's own and which day its web has reached. A
folder without it is somebody else's and is left alone, unless it is empty.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from citecheck.demo.texts import paper
from citecheck.errors import LedgerError, SettingsError
from citecheck.settings import ArchiveSettings, Settings

NAME = "citecheck-demo"
MARKER = ".citecheck-demo"
_OWN = ("paper.md", "references", "archive", "citecheck.toml")
_CONFIGURATION = """\
# With this file the folder is a project: `citecheck mend paper.md`, `citecheck audit` work in it.
sources = ["paper.md"]
"""
_MARK = "This folder belongs to `citecheck run --demo` and may be deleted.\nday {day}\n"


@dataclass(frozen=True, slots=True)
class DemoFolder:
    """A folder that is ready: `paper` lies in it, `day` (1 or 2) is the web's to be served."""

    path: Path
    paper: Path
    day: int


def prepare(folder: Path, *, again: bool = False) -> DemoFolder:
    """Make the folder ready for the first run, or with `again` for the second.

    A first run starts afresh: what an earlier demonstration left in the folder is removed, other
    files are kept. Raises SettingsError where there is no first run to follow, LedgerError where
    the folder is not the demonstration's own or cannot be written.
    """
    marker = folder / MARKER
    try:
        ours = not folder.is_symlink() and marker.is_file() and not marker.is_symlink()
        if again and not (ours and _day(marker)):
            raise SettingsError(
                f"{folder}: there is no demonstration to go on with; "
                "start it with: citecheck run --demo"
            )
        if not ours and (folder.is_symlink() or _occupied(folder)):
            raise LedgerError(
                f"{folder} is there already and is not a demonstration; "
                "rename it, or run the demonstration from another folder"
            )
        folder.mkdir(parents=True, exist_ok=True)
        day = 2 if again else 1
        if not again:
            _clear(folder)
        _write(marker, _MARK.format(day=day))
        written = folder / "paper.md"
        if not again or not written.is_file():
            _write(written, paper())
        _write(folder / "citecheck.toml", _CONFIGURATION)
    except OSError as fault:
        raise LedgerError(f"{fault.filename or folder}: {fault.strerror or fault}") from None
    return DemoFolder(folder, written, day)


def demo_settings(base: Settings, folder: DemoFolder) -> Settings:
    """The settings of a demonstration: its own folder, loopback allowed, every wait cut short.

    Of the network only 127.0.0.1 is allowed, so that the paper's private address stays unvisited.
    What a person chose about output (reports, colour, progress, verbosity) is kept. The waits that
    remain: `confirm_after` before the second look at a 404, `nxdomain_after` before the second
    look-up of a lost name, one retry of the overloaded host, and the polls of the saved pages.
    """
    quick = ArchiveSettings(
        fresh=timedelta(days=30),
        budget=timedelta(seconds=8),
        lookups_per_minute=6_000,
        saves_per_minute=6_000,
        replays_per_minute=6_000,
        concurrent_saves=8,
        poll_first=0.05,
        poll_every=0.05,
        poll_limit=4.0,
        pause_after_429=0.1,
        timemaps=(),
    )
    return replace(
        base,
        root=folder.path,
        sources=(str(folder.paper),),
        references=folder.path / "references",
        archive_dir=folder.path / "archive",
        save=True,
        warc=True,
        include=(),
        exclude=(),
        max_age=timedelta(0),
        timeout=5.0,
        connect_timeout=2.0,
        delay=0.01,
        allow_private=False,
        allow_networks=("127.0.0.1/32",),
        confirm_after=0.1,
        nxdomain_after=0.1,
        retries=1,
        retry_after_limit=1.0,
        vantage="demonstration on loopback",
        contact="",
        allow_empty=False,
        prune=False,
        archive=quick,
    )


def _day(marker: Path) -> int:
    found = re.search(r"^day (\d)$", marker.read_text(encoding="utf-8"), re.MULTILINE)
    return int(found[1]) if found else 0


def _occupied(folder: Path) -> bool:
    if not folder.exists():
        return False
    return not folder.is_dir() or any(folder.iterdir())


def _clear(folder: Path) -> None:
    for name in _OWN:
        old = folder / name
        if old.is_dir() and not old.is_symlink():
            shutil.rmtree(old)
        else:
            old.unlink(missing_ok=True)


def _write(path: Path, text: str) -> None:
    if path.is_symlink():
        path.unlink()
    path.write_text(text, encoding="utf-8", newline="\n")

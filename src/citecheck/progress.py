"""Progress on standard error: a bar on a terminal, plain lines in a log, or nothing."""

from __future__ import annotations

import sys
import time
from typing import Any, Self

from citecheck.text.fold import plain


class NoProgress:
    """Says nothing."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def stage(self, name: str, done: int, total: int, note: str = "") -> None:
        return None


class PlainProgress(NoProgress):
    """A line at the start and the end of a stage, at each new note, and every ten seconds."""

    def __init__(self) -> None:
        self._last: tuple[str, str] = ("", "")
        self._when = 0.0

    def stage(self, name: str, done: int, total: int, note: str = "") -> None:
        now = time.monotonic()
        news = (name, note) != self._last or done == total
        if not news and now - self._when < 10:
            return
        self._last, self._when = (name, note), now
        tail = f"  {plain(note, 120)}" if note else ""
        sys.stderr.write(f"{plain(name, 40)}: {done}/{total}{tail}\n")
        sys.stderr.flush()


class BarProgress(NoProgress):
    """A bar a stage, with the rate's own words kept to what is known: done, total, waiting for."""

    def __init__(self, color: bool) -> None:
        self._color = color
        self._bar: Any = None
        self._tasks: dict[str, Any] = {}

    def __enter__(self) -> Self:
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeElapsedColumn,
        )

        console = Console(stderr=True, no_color=not self._color, highlight=False)
        self._bar = Progress(
            TextColumn("{task.description:<10}", markup=False),
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.fields[note]}", markup=False),
            console=console,
            transient=True,
        )
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def stage(self, name: str, done: int, total: int, note: str = "") -> None:
        shown = plain(note, 48)
        if name not in self._tasks:
            self._tasks[name] = self._bar.add_task(plain(name, 20), total=total, note=shown)
        self._bar.update(self._tasks[name], completed=done, total=total, note=shown)


def choose(mode: str, quiet: bool, color: bool) -> NoProgress:
    """The progress for `--progress auto|plain|none`; a bar only where a person watches."""
    if quiet or mode == "none":
        return NoProgress()
    if mode == "plain":
        return PlainProgress()
    return BarProgress(color) if sys.stderr.isatty() else NoProgress()

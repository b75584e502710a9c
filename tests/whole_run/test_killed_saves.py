"""A queue of saves, killed again and again: nothing is lost, and nothing is submitted twice."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from standins.archive import serve
from standins.save_service import SaveService, gone

CHILD = Path(__file__).with_name("saving_child.py")
KILLED = (130, -signal.SIGKILL, -signal.SIGINT)
WAYS = (
    "save-before", "save-after", "save-soon", "time", "status-after", "int", "cdx-after",
)  # fmt: skip
TESTS = Path(__file__).parents[1]


def paper(urls: list[str]) -> str:
    body = " ".join(f"Said so.<sup>{n}</sup>" for n in range(1, len(urls) + 1))
    notes = "\n\n".join(
        f'<sup>{n}</sup> Ann Author, "Page {n}," *Tide Review*, May 1, 2020, <{url}>'
        for n, url in enumerate(urls, 1)
    )
    return f"# Paper\n\n{body}\n\n{notes}\n"


class Victim:
    """The program as a process, to be killed at a moment of its own or of the archive's choice."""

    def __init__(self, root: Path, base: str) -> None:
        path = os.pathsep.join((str(TESTS), os.environ.get("PYTHONPATH", "")))
        self._process = subprocess.Popen(
            [sys.executable, str(CHILD), str(root), base],
            env={**os.environ, "PYTHONPATH": path},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )

    def kill(self, how: signal.Signals = signal.SIGKILL) -> None:
        with suppress(ProcessLookupError):
            os.kill(self._process.pid, how)

    def ended(self, within: float) -> int:
        """The exit code; who is not through in time is killed as well."""
        try:
            _, said = self._process.communicate(timeout=within)
        except subprocess.TimeoutExpired:
            self.kill()
            _, said = self._process.communicate()
        code = self._process.returncode
        assert code in (0, *KILLED), said.decode()
        return code


def saves(root: Path) -> dict[str, str]:
    """By link, what the ledger says of its save."""
    lines = (root / "archive/links.jsonl").read_text(encoding="utf-8").splitlines()[1:]
    rows = [json.loads(line) for line in lines]
    return {row["url"]: (row.get("save") or {}).get("state", "none") for row in rows}


def at_request(
    service: SaveService, when: str, kind: str, number: int, kill: Callable[[], None], most: int
) -> None:
    """Kill at the so-manieth request of a kind: `before` it has any effect, `after` that but before
    its answer, or `soon` after its answer. After `most` requests in all it is killed anyway, so
    that a run in which there is no such request does not end the queue."""
    counts = Counter[str]()

    def hook(seen: str) -> None:
        counts.update((seen, "all"))
        if seen == kind and counts[kind] == number:
            if when == "soon":
                threading.Timer(number % 7 / 1000, kill).start()
            else:
                kill()
                gone(kind)
        elif counts["all"] == most:
            kill()

    service.before = hook if when == "before" else _nothing
    service.after = hook if when in ("after", "soon") else _nothing


def at_any_time(service: SaveService, number: int, later: float, kill: Callable[[], None]) -> None:
    """Kill some moments (`later`, in seconds) after the so-manieth request of any kind."""
    count = 0

    def hook(seen: str) -> None:
        nonlocal count
        count += 1
        if count == number:
            threading.Timer(later, kill).start()

    service.before, service.after = hook, _nothing


def _nothing(kind: str) -> None:
    """Nobody is killed."""


def until_done(root: Path, pages: int, deaths: int, seed: int) -> tuple[SaveService, Counter[str]]:
    """Run until a run comes to its end undisturbed; returns the archive and how runs ended."""
    rng = random.Random(seed)
    service, ends = SaveService(seed), Counter[str]()
    with serve(service) as base:
        for death in range(deaths):
            service.before = service.after = _nothing
            victim = Victim(root, base)
            way = WAYS[death % len(WAYS)]
            if way in ("time", "int"):
                how = signal.SIGINT if way == "int" else signal.SIGKILL
                number = rng.randint(1, max(2, 2 * pages // deaths))
                at_any_time(service, number, rng.uniform(0, 0.03), partial(victim.kill, how))
            else:
                kind, when = way.split("-")
                number = rng.randint(1, min(8, max(2, pages // deaths)))
                at_request(service, when, kind, number, victim.kill, 2 * pages // deaths)
            code = victim.ended(30)
            ends[way if code in KILLED else "finished"] += 1
        service.before = service.after = _nothing
        assert Victim(root, base).ended(600) == 0
    return service, ends


@pytest.mark.parametrize(
    ("pages", "deaths"),
    [(8, 2), pytest.param(500, 14, marks=pytest.mark.whole)],
)
def test_a_queue_that_is_killed_is_neither_lost_nor_doubled(
    tmp_path: Path, pages: int, deaths: int
) -> None:
    urls = [f"https://site{n % 7}.example.org/page/{n}" for n in range(pages)]
    (tmp_path / "paper.md").write_text(paper(urls), encoding="utf-8")
    service, ends = until_done(tmp_path, pages, deaths, seed=pages)
    assert set(service.accepted) == set(urls), "none was lost"
    assert set(service.accepted.values()) == {1}, "none was submitted twice"
    held = saves(tmp_path)
    assert held == dict.fromkeys(urls, "saved")
    assert sum(ends.values()) == deaths and ends["finished"] < deaths / 2
    assert service.most <= 8
    assert not list((tmp_path / "archive/.state").glob("journal*"))

"""Whether git would take a file along: it lies in a work tree, and no `.gitignore` names it.

Read as in gitignore(5): the files from the top of the work tree down to the folder, and
`.git/info/exclude`; the last pattern that fits decides. No program is started, as a folder from
strangers may configure git to run theirs; what a person has set up for all folders is not read.
"""

from __future__ import annotations

import os
from fnmatch import fnmatchcase
from pathlib import Path

_MOST = 1_000_000  # bytes of an ignore file that are read


def taken_by_git(path: Path) -> bool:
    """Whether `git add -A` would take the file; False where there is no work tree."""
    target = Path(os.path.realpath(path))
    top = next((one for one in target.parents if (one / ".git").exists()), None)
    if top is None:
        return False
    inner = target.relative_to(top).parts
    # A folder that is ignored takes all with it, whatever is said of what it holds.
    return not any(_ignored(top, inner[:depth], depth < len(inner))
                   for depth in range(1, len(inner) + 1))  # fmt: skip


def _ignored(top: Path, inner: tuple[str, ...], folder: bool) -> bool:
    ignored = False
    places = [(top / ".git" / "info" / "exclude", 0)]
    places += [(top.joinpath(*inner[:n], ".gitignore"), n) for n in range(len(inner))]
    for file, depth in places:
        for line in _lines(file):
            wanted = not line.startswith("!")
            if _fits(line.removeprefix("!"), inner[depth:], folder):
                ignored = wanted
    return ignored


def _lines(file: Path) -> list[str]:
    try:
        with open(file, "rb") as stream:
            text = stream.read(_MOST).decode("utf-8", "replace")
    except OSError:
        return []
    return [line.rstrip() for line in text.splitlines() if line.strip() and line[0] != "#"]


def _fits(pattern: str, inner: tuple[str, ...], folder: bool) -> bool:
    if pattern.endswith("/") and not folder:
        return False
    pattern = pattern.rstrip("/")
    if "/" not in pattern:
        return fnmatchcase(inner[-1], pattern)
    places, end = {0}, len(inner)  # how many parts of the path may have been used up so far
    pieces = pattern.lstrip("/").split("/")
    for number, piece in enumerate(pieces, 1):
        if piece == "**":  # any number of folders, at the end whatever is inside
            least = 1 if number == len(pieces) else 0
            places = {to for at in places for to in range(at + least, end + 1)}
        else:
            places = {at + 1 for at in places if at < end and fnmatchcase(inner[at], piece)}
    return end in places

"""Every path of the ledger, and what git is told about them.

`archive/` and `references/` are as the contract has them. Beside it, `archive/config.yaml` lets
pywb replay the folder as it lies (`pywb -d archive`, collection `web`, so that addresses read
`/web/<time>/<url>` as at the Internet Archive); it is written with the first WARC file. Folders
that git must not take carry a `.gitignore` of their own, for those who never ran `citecheck
init`.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from citecheck.errors import LedgerError
from citecheck.settings import Settings

PYWB_CONFIG = b"""\
# pywb -d archive   replays the pages of this folder at http://localhost:8080/web/<address>
collections:
  web:
    index_paths: ./indexes/
    archive_paths: ./warc/
framed_replay: false
redirect_to_exact: true
enable_memento: true
"""
IGNORE_ALL = b"# copies of other people's pages and the state of runs: not for git\n*\n"


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things lie; `root` is what document paths are relative to."""

    root: Path
    references: Path
    archive: Path

    @property
    def state(self) -> Path:
        return self.archive / ".state"

    @property
    def lock(self) -> Path:
        return self.state / "lock"

    @property
    def journal(self) -> Path:
        return self.state / "journal.jsonl"

    @property
    def pacing(self) -> Path:
        return self.state / "pacing.json"

    @property
    def copies(self) -> Path:
        return self.state / "copies.jsonl"

    @property
    def pruning(self) -> Path:
        return self.state / "pruning.json"

    @property
    def warc(self) -> Path:
        return self.archive / "warc"

    @property
    def indexes(self) -> Path:
        return self.archive / "indexes"

    @property
    def index(self) -> Path:
        return self.indexes / "index.cdxj"

    @property
    def works(self) -> Path:
        return self.archive / "works.jsonl"

    @property
    def works_asked(self) -> Path:
        return self.state / "works.jsonl"

    @property
    def manifests(self) -> Path:
        return self.archive / "manifests"

    @property
    def sums(self) -> Path:
        return self.state / "sums.json"

    @property
    def pywb(self) -> Path:
        return self.archive / "config.yaml"

    def report(self, suffix: str) -> Path:
        """The default report of a format: `json`, `jsonl`, `md` or `html`."""
        return self.archive / f"link-health.{suffix}"

    def swept(self) -> tuple[Path, ...]:
        """The folders in which a killed run can leave a temporary file."""
        inner = (
            self.state,
            self.state / "visits",
            self.archive / "links",
            self.archive / "history",
            self.manifests,
        )
        return (self.references, self.archive, self.warc, self.indexes, *inner)

    def written(self) -> tuple[Path, ...]:
        """What is there already and may be written to."""
        folders = (f for f in self.swept() if f.is_relative_to(self.archive))
        return tuple(path for folder in folders for path in _inside_of(folder))


def _inside_of(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []


def layout(settings: Settings) -> Layout:
    """The paths of a run; relative ones are taken from the project root."""
    root = settings.root
    return Layout(root, root / settings.references, root / settings.archive_dir)


def refuse_stray(path: Path, root: Path) -> None:
    """Raises LedgerError for a link to a file outside of the project and of its own folder: a
    project may come from strangers, and writing follows links."""
    if not path.is_symlink():
        return
    target = Path(os.path.realpath(path))
    if target.is_dir() or any(
        target.is_relative_to(os.path.realpath(f)) for f in (root, path.parent)
    ):
        return
    raise LedgerError(f"{path} is a link that leads out of the project, to {target}; remove it")


def gitignore_lines(settings: Settings) -> tuple[str, ...]:
    """What `.gitignore` at the root needs; empty where the archive lies outside of it."""
    folder = _inside(settings)
    if folder is None:
        return ()
    inner = (f"{folder}.state/", f"{folder}warc/", f"{folder}indexes/")
    return (*inner, "*.wacz", "citecheck-demo/")


def gitattributes_lines(settings: Settings) -> tuple[str, ...]:
    """What `.gitattributes` needs, so that two runs on two branches merge without a conflict, and
    that no line end of a manifest is changed: its hash would no longer hold."""
    folder = _inside(settings)
    if folder is None:
        return ()
    places = ("", "links/", "history/")
    merged = tuple(f"{folder}{place}*.jsonl merge=union" for place in places)
    return (*merged, f"{folder}manifests/* -text")


def _inside(settings: Settings) -> str | None:
    root = os.path.abspath(settings.root)
    relative = os.path.relpath(layout(settings).archive.absolute(), root).replace(os.sep, "/")
    if relative == "." or relative.startswith("../") or relative == "..":
        return "" if relative == "." else None
    return f"{relative}/"

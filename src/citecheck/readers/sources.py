"""What a person names as sources, expanded to files, standard input and addresses.

A source is a document, a folder (read recursively), a glob (`**` too), `-` for standard input, an
http(s) address, or a file of records. The order is that of the sources, within one of them that of
the paths; no file comes twice.
"""

from __future__ import annotations

import difflib
import glob
import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from urllib.parse import unquote, urlsplit

from citecheck.errors import SourceError
from citecheck.readers.shelf import SUFFIXES
from citecheck.readers.sniffing import looks_like_csl

MAX_BYTES = 50_000_000
# Folders of installed or built things; and what tells that a folder is one, whatever its name.
_SKIPPED = frozenset(
    {"node_modules", "__pycache__", "site-packages", "_site", "htmlcov", "dist", "build"}
    | {"citecheck-demo"}
)
_TELLING = ("pyvenv.cfg", "link-health.json", "links.jsonl", ".state")


class Kind(StrEnum):
    FILE = "file"
    STDIN = "stdin"
    URL = "url"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One source to be read. `name` is what `Document.path` will be; `path` is set for a file,
    `url` for an address."""

    kind: Kind
    name: str
    path: Path | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Expansion:
    """What was found, and for what could not be, an error each."""

    files: tuple[SourceFile, ...]
    problems: tuple[SourceError, ...]


def expand(sources: Sequence[str], root: Path) -> Expansion:
    """The files that the sources name; relative ones are looked up from `root`."""
    root = Path(os.path.abspath(root))
    files: list[SourceFile] = []
    problems: list[SourceError] = []
    for source in sources:
        try:
            files += _one(source, root, problems)
        except (OSError, ValueError) as fault:
            reason = fault.strerror if isinstance(fault, OSError) and fault.strerror else str(fault)
            problems.append(SourceError(source, f"{source}: cannot be looked up: {reason}"))
    return Expansion(_named_apart(_once(files)), tuple(problems))


def _one(source: str, root: Path, problems: list[SourceError]) -> list[SourceFile]:
    if source == "-":
        return [SourceFile(Kind.STDIN, "stdin")]
    if source.lower().startswith(("http://", "https://")):
        return [SourceFile(Kind.URL, _url_name(source), url=source)]
    path = root / Path(source).expanduser()
    if path.is_dir():
        found = list(_folder(path))
        if not found:
            known = ", ".join(sorted(SUFFIXES))
            problems.append(
                SourceError(source, f"{source}: no document in this folder (of {known})")
            )
        return _checked(found, root, problems)
    if path.exists():
        if not path.is_file():
            problems.append(SourceError(source, f"{source}: this is no regular file"))
            return []
        return _checked([path], root, problems)
    if glob.has_magic(source):
        matched = sorted(glob.glob(str(path), recursive=True))
        inside = [p for p in map(Path, matched) if not _hidden(p, root)]
        found = [p for p in inside if p.is_file() and _readable(p)]
        if not found:
            problems.append(SourceError(source, f"{source}: no document matches this pattern"))
        return _checked(found, root, problems)
    problems.append(SourceError(source, f"{source}: no such file{_hint(path, root)}"))
    return []


def _folder(folder: Path) -> Iterator[Path]:
    """The documents below a folder, links to folders followed once."""
    seen = {os.path.realpath(folder)}
    for here, folders, names in os.walk(folder, followlinks=True):
        kept = []
        for name in sorted(folders):
            inside = os.path.join(here, name)
            if name.startswith(".") or name.lower() in _SKIPPED or name.endswith(".egg-info"):
                continue
            if any(os.path.lexists(os.path.join(inside, sign)) for sign in _TELLING):
                continue
            real = os.path.realpath(inside)
            if real not in seen:
                seen.add(real)
                kept.append(name)
        folders[:] = kept
        for name in sorted(names):
            path = Path(here, name)
            if not name.startswith(".") and path.is_file() and _readable(path):
                yield path


def _readable(path: Path) -> bool:
    """Whether a file that was not named itself is one for the readers: JSON is much else, too."""
    suffix = path.suffix.lower()
    if path.name == "corrections.json":
        return False
    if suffix != ".json":
        return suffix in SUFFIXES
    try:
        with path.open("rb") as file:
            return looks_like_csl(file.read(65_536).decode("utf-8-sig", "replace"))
    except OSError:
        return False


def _hidden(path: Path, root: Path) -> bool:
    try:
        parts = path.relative_to(root).parts
    except ValueError:
        parts = path.parts[-3:]
    return any(p.startswith(".") and p != ".." for p in parts) or any(
        p.lower() in _SKIPPED for p in parts[:-1]
    )


def _checked(paths: Sequence[Path], root: Path, problems: list[SourceError]) -> list[SourceFile]:
    files: list[SourceFile] = []
    for path in paths:
        name = _name(path, root)
        size = path.stat().st_size
        if size > MAX_BYTES:
            problems.append(
                SourceError(
                    name,
                    f"{name}: {size // 1_000_000} MB is more than the"
                    f" {MAX_BYTES // 1_000_000} MB a document may have",
                )
            )
        else:
            files.append(SourceFile(Kind.FILE, name, path))
    return files


def _name(path: Path, root: Path) -> str:
    """Relative to the root with `/`; the bare file name for what lies outside of it."""
    absolute = Path(os.path.abspath(path))
    for base in (root, Path(os.path.realpath(root))):
        try:
            return absolute.relative_to(base).as_posix()
        except ValueError:
            continue
    return absolute.name


def _url_name(url: str) -> str:
    """A name for a document on the web: its host and path, without user name and query."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or "web"
    except ValueError:
        return "web"
    name = host + unquote(parts.path).rstrip("/")
    if parts.query:
        name += "-" + hashlib.sha256(url.encode("utf-8", "replace")).hexdigest()[:8]
    return "".join(c if c.isprintable() else "-" for c in name)


def _once(files: Sequence[SourceFile]) -> list[SourceFile]:
    kept: list[SourceFile] = []
    seen: set[str] = set()
    for file in files:
        key = os.path.realpath(file.path) if file.path else file.url or "-"
        if key not in seen:
            seen.add(key)
            kept.append(file)
    return kept


def _named_apart(files: Sequence[SourceFile]) -> tuple[SourceFile, ...]:
    """Give a short hash of its place to each further file of a name that is taken."""
    taken: set[str] = set()
    named: list[SourceFile] = []
    for file in files:
        if file.name in taken:
            place = str(file.path or file.url).encode("utf-8", "surrogateescape")
            stem, dot, suffix = file.name.rpartition(".")
            mark = hashlib.sha256(place).hexdigest()[:8]
            name = f"{stem}-{mark}.{suffix}" if dot and stem else f"{file.name}-{mark}"
            file = replace(file, name=name)
        taken.add(file.name)
        named.append(file)
    return tuple(named)


def _hint(path: Path, root: Path) -> str:
    """The nearest name there is, as an advice."""
    folder = path.parent
    if path.is_symlink():
        return " (this is a link to something that is gone)"
    try:
        names = sorted(os.listdir(folder))[:5000]
    except OSError:
        return f" (there is no folder {_name(folder, root)})"
    close = difflib.get_close_matches(path.name, names, n=1, cutoff=0.6)
    return f"; did you mean {_name(folder / close[0], root)}?" if close else ""

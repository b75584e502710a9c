"""`citecheck export`: the local copies of a project as one WACZ file.

Whole WARC files go in, with the manifests that prove them, the report and the references; with
`--include` or `--exclude` only the records of the links that these leave, with what they refer to.
Redirects, walls, error pages and what a page embeds are in the archive, but not in its list of
pages (`exported`). Values of secret parameters, which `references/` has as the documents have
them, are left out.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from citecheck import __version__, configuration, disk
from citecheck.cite.links import links as links_of
from citecheck.errors import LedgerError, SettingsError
from citecheck.exported import PageList
from citecheck.ledger.ignored import taken_by_git
from citecheck.ledger.layout import Layout, layout
from citecheck.ledger.manifests import uncompressed
from citecheck.ledger.redaction import scrub
from citecheck.ledger.store import Ledger
from citecheck.records.link import Link
from citecheck.records.ports import Clock
from citecheck.records.reference import Reference
from citecheck.settings import Settings
from citecheck.warc import index as cdxj
from citecheck.warc import recovery
from citecheck.warc.unzip import ZipFault, chunks, read
from citecheck.warc.wacz import PACKAGE, About, Contents, Page, Source, WaczOut, chosen
from citecheck.web.clock import SystemClock

EXIT_UNREAD = 5
SUFFIX = ".wacz"
_MOST = 64_000_000  # bytes of another package's description that are looked at


@dataclass(frozen=True, slots=True)
class Exported:
    """The file that was written, its SHA-256 (hex) and bytes, and what is in it."""

    path: Path
    sha256: str
    size: int
    contents: Contents
    pages: int
    links: int
    notes: tuple[str, ...] = ()


def perform(file: Path, *, config: Path | None, flags: Mapping[str, object], title: str) -> int:
    """What the command line calls; returns the exit code, raises CitecheckError for exit code 2.

    Standard output gets one line that `sha256sum -c` takes.
    """
    settings = configuration.load(config, Path.cwd(), os.environ, flags)
    done = export(file, settings, SystemClock(), title)
    if not settings.quiet:
        sys.stderr.write(told(done) + "\n")
    sys.stdout.write(f"{done.sha256}  {file}\n")
    return EXIT_UNREAD if done.contents.left else 0


def export(target: Path, settings: Settings, clock: Clock, title: str = "") -> Exported:
    """Write the copies of the project to `target`, atomically. Raises SettingsError for a name that
    cannot be used, LedgerError where there is nothing to export or the disk refuses."""
    _check(target)
    where = layout(settings)
    if not where.warc.is_dir():
        raise _nothing(where)
    ledger = Ledger(settings, clock)
    if recovery.unfinished(where.warc):
        with contextlib.suppress(LedgerError), ledger.lock():  # read-only, it stays as it is
            recovery.recover(where.warc, where.index)
    with ledger.undisturbed():
        sources = _sources(where)
        references = _references(ledger)
        links = links_of(references)[0]
        memory = ledger.load()
        links = links or tuple(Link(url) for url in memory)
        wanted: set[str] | None = None
        if settings.include or settings.exclude:
            everything = PageList(links, {}, ())
            with disk.saying(where.warc, "read"):
                wanted = chosen(sources, lambda c: _kept(everything.address(c), settings))
            links = tuple(link for link in links if _kept(link.url, settings))
        pages = PageList(links, memory, ledger.read_history())
        with disk.replacing(target) as stream, WaczOut(stream) as out:
            for source in sources:
                for capture in out.add(source, wanted):
                    pages.take(capture)
            listed = pages.pages()
            more = _more(where, references, links, whole=wanted is None)
            contents = out.finish(listed, more, _about(title, references, links, listed))
            if not contents.files:
                raise _nothing(where, filtered=wanted is not None)
            digest, size = _digest(stream)
    notes = tuple(_notes(where, target))
    return Exported(target, digest, size, contents, len(listed), len(pages), notes)


def told(done: Exported) -> str:
    """What a person is told of an export."""
    files = "1 WARC file" if done.contents.files == 1 else f"{done.contents.files} WARC files"
    lines = [
        f"{done.path}: {done.contents.records:,} records from {files}, {_size(done.size)}.",
        f"A copy of {done.pages} of {done.links} cited links can be opened as a page.",
        *(
            f"Left out of {one.file}, at byte {one.offset}: {one.why}"
            for one in done.contents.left[:10]
        ),
    ]
    if done.contents.left:
        lines.append("citecheck audit says what is damaged; the rest was exported.")
    lines += done.notes
    lines.append("Open it in https://replayweb.page; it stays on your machine.")
    return "\n".join(lines)


def _check(target: Path) -> None:
    """Whether the file may be written: a WACZ may be replaced by another, nothing else may."""
    if target.suffix.lower() != SUFFIX:
        raise SettingsError(f"{target}: the name of a WACZ file must end in {SUFFIX}")
    with disk.saying(target, "written"):
        if not target.exists():
            return
        if target.is_file() and (target.stat().st_size == 0 or _is_wacz(target)):
            return
    raise SettingsError(
        f"{target} is there already and is no WACZ file; choose another name, or move it away"
    )


def _is_wacz(path: Path) -> bool:
    with open(path, "rb") as stream:
        try:
            files = read(stream, path.stat().st_size).files
            data, most = b"", _MOST
            for chunk in chunks(stream, files[PACKAGE]):
                data += chunk
                if len(data) > most:
                    return False
            found = json.loads(data)
        except (ZipFault, KeyError, ValueError, RecursionError):
            return False
    return isinstance(found, dict) and "wacz_version" in found


def _sources(where: Layout) -> tuple[Source, ...]:
    places: dict[str, list[int]] = {}
    for row in cdxj.entries(where.index):
        if (offset := row.get("offset", "")).isdigit():
            places.setdefault(row.get("filename", ""), []).append(int(offset))
    with disk.saying(where.warc, "read"):
        files = sorted(p for p in where.warc.glob("*.warc.gz") if p.is_file())
    return tuple(Source(path, sorted(places.get(path.name, ()))) for path in files)


def _notes(where: Layout, target: Path) -> Iterator[str]:
    """What a person should know of an export beside what is in it."""
    if named := uncompressed(where):
        yield f"Left out, as only .warc.gz files are read: {named}."
    with disk.saying(where.warc, "read"):
        left = any(where.warc.glob(f"*.warc.gz{cdxj.OPEN}"))
    if left:
        yield "Left out what a killed run was writing: the folder cannot be written to."
    if taken_by_git(target):
        yield (
            f"git would take {target.name} along: copies of other people's pages are not for "
            "publishing; add a line *.wacz to .gitignore."
        )


def _references(ledger: Ledger) -> tuple[Reference, ...]:
    """All references of the project, those of several documents with the citations of all."""
    found: dict[str, Reference] = {}
    for _, references in ledger.read_references():
        for one in references:
            known = found.get(one.id)
            more = tuple(c for c in one.citations if not known or c not in known.citations)
            found[one.id] = replace(known, citations=known.citations + more) if known else one
    return tuple(found[id] for id in sorted(found))


def _kept(url: str, settings: Settings) -> bool:
    """Whether `--include` and `--exclude` leave an address."""
    include, exclude = settings.include, settings.exclude
    wanted = not include or any(re.search(p, url) for p in include)
    return wanted and not any(re.search(p, url) for p in exclude)


def _more(
    where: Layout, references: Iterable[Reference], links: Sequence[Link], *, whole: bool
) -> dict[str, bytes | Path]:
    """Further files: the references, and with the whole archive what was found and the proofs."""
    ids = {c.reference for link in links for c in link.citations}
    items = [_scrubbed(r.to_item()) for r in references if whole or r.id in ids]
    text = json.dumps(items, indent=2) if items else ""
    found: dict[str, bytes | Path] = {"citecheck/references.json": text.encode() + b"\n"}
    if not items:
        found = {}
    if not whole:
        return found  # the others speak of links that were not wanted
    beside = {"link-health.json": where.report("json"), "pruned.jsonl": where.warc / "pruned.jsonl"}
    found |= {f"citecheck/{name}": path for name, path in beside.items() if path.is_file()}
    with disk.saying(where.manifests, "read"):
        proofs = list(where.manifests.iterdir()) if where.manifests.is_dir() else []
    with disk.saying(where.warc, "read"):
        proofs += where.warc.glob("*.manifest.*")  # those of runs without news
    for path in proofs:
        if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", path.name) and path.is_file():
            found[f"manifests/{path.name}"] = path
    return found


def _scrubbed(value: Any) -> Any:
    if isinstance(value, str):
        return scrub(value)
    if isinstance(value, list):
        return [_scrubbed(one) for one in value]
    if isinstance(value, dict):
        return {name: _scrubbed(one) for name, one in value.items()}
    return value


def _about(
    title: str, references: Iterable[Reference], links: Sequence[Link], pages: Sequence[Page]
) -> About:
    documents = sorted({c.document for r in references for c in r.citations})
    of = documents[0] if len(documents) == 1 else f"{len(documents)} documents"
    plain = f"Pages cited in {of}" if documents else "Cited pages"
    description = (
        "Local copies of pages that documents cite, as they were seen when the links were checked. "
        f"{len(pages)} of {len(links)} cited links have a copy that shows the page; the archive "
        "holds every answer that was kept, redirects and error pages as well."
    )
    return About(title or plain, description, f"citecheck/{__version__}")


def _nothing(where: Layout, *, filtered: bool = False) -> LedgerError:
    if filtered:
        return LedgerError(
            f"{where.warc}: no local copy is of an address that --include and --exclude leave"
        )
    return LedgerError(
        f"{where.warc}: there are no local copies to export; make some with `citecheck run`"
    )


def _digest(stream: Any) -> tuple[str, int]:
    stream.flush()
    stream.seek(0)
    digest, size = hashlib.sha256(), 0
    while data := stream.read(1 << 20):
        digest.update(data)
        size += len(data)
    return digest.hexdigest(), size


def _size(count: int) -> str:
    for unit in ("bytes", "kB", "MB"):
        if count < 1000:
            return f"{count:.0f} {unit}"
        count = round(count / 1000)
    return f"{count} GB"

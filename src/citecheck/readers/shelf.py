"""The shelf of readers: one table, and the way from bytes to a document.

The suffix chooses the reader, then the media type, then the content; content has the last word
where it contradicts a name that promises little (`.txt`) or is plainly another format.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import PurePosixPath
from types import ModuleType
from typing import Protocol

from citecheck.errors import SourceError
from citecheck.readers import bibtex, csl, html, markdown, plain, ris, wikitext
from citecheck.readers.dated import dated
from citecheck.readers.decoding import Source, decode
from citecheck.readers.sniffing import by_content, is_page
from citecheck.records.document import Document, Entry, Note


class Reader(Protocol):
    """A format: the notes or the entries of a source, its title and warnings.

    Raises SourceError with a sentence that does not name the file.
    """

    def __call__(
        self, source: Source
    ) -> tuple[tuple[Note, ...], tuple[Entry, ...], str, tuple[str, ...]]: ...


@dataclass(frozen=True, slots=True)
class Shelved:
    """A reader with the suffixes (lower case) and the media types that it answers to."""

    name: str
    read: Reader
    suffixes: tuple[str, ...]
    media_types: tuple[str, ...]


def _shelved(module: ModuleType, suffixes: str, media_types: str) -> Shelved:
    return Shelved(module.name, module.read, tuple(suffixes.split()), tuple(media_types.split()))


READERS: tuple[Shelved, ...] = (
    _shelved(markdown, ".md .markdown .mdx .qmd .rmd", "text/markdown text/x-markdown"),
    _shelved(plain, ".txt .text", "text/plain"),
    _shelved(html, ".html .htm .xhtml", "text/html application/xhtml+xml"),
    _shelved(csl, ".json", "application/vnd.citationstyles.csl+json application/json"),
    _shelved(bibtex, ".bib", "application/x-bibtex text/x-bibtex"),
    _shelved(wikitext, ".wiki .mediawiki .wikitext", "text/x-wiki text/mediawiki"),
    _shelved(ris, ".ris", "application/x-research-info-systems"),
)

SUFFIXES: frozenset[str] = frozenset(s for reader in READERS for s in reader.suffixes)

# A name of these formats settles little: they are what is given to anything.
_WEAK = frozenset({"", "text"})
# Content that is unmistakable also against the name of a prose format.
_STRONG = frozenset({"html", "csl-json", "ris", "bibtex"})
_RECORDS = frozenset({"csl-json", "ris", "bibtex"})
_PROSE = frozenset({"markdown", "text"})


def read(path: str, data: bytes, *, media_type: str = "") -> Document:
    """The document that some bytes are; `path` stays as it is given.

    Raises SourceError for what is no text (naming the format) or no valid file of its format.
    """
    source = decode(path, data)
    named = _named(path, media_type)
    told = by_content(source.text)
    if named == "markdown" and told == "html" and not is_page(source.text[:65_536]):
        told = ""
    sure = told in _STRONG and named in _PROSE
    records = told in _RECORDS and named == "html"
    name = told if (named in _WEAK and told) or sure or records else named
    reader = next(r for r in READERS if r.name == (name or "text"))
    try:
        notes, entries, title, warnings = reader.read(source)
    except SourceError as fault:
        raise SourceError(path, f"{path}: {fault.why}") from None
    except RecursionError:
        raise SourceError(path, f"{path}: the markup is nested too deeply to be read") from None
    return Document(
        path=path,
        sha256=hashlib.sha256(data).hexdigest(),
        format=reader.name,
        notes=notes,
        entries=entries,
        title=title,
        warnings=source.warnings + warnings,
        dated=dated(reader.name, source.text),
    )


def _named(path: str, media_type: str) -> str:
    """The format that the suffix names, else the media type, else nothing."""
    suffix = PurePosixPath(path.rsplit("?", 1)[0] if "://" in path else path).suffix.lower()
    for reader in READERS:
        if suffix in reader.suffixes:
            return reader.name
    kind = media_type.partition(";")[0].strip().lower()
    for reader in READERS:
        if kind in reader.media_types:
            return reader.name
    if kind.endswith("+json"):
        return "csl-json"
    return ""

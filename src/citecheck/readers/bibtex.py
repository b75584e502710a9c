"""BibTeX and BibLaTeX, LaTeX's accents and commands undone, entry types mapped to those of CSL.

Types and fields as in the BibTeX and BibLaTeX manuals; the mapping follows what Zotero and
Pandoc do.
"""

from __future__ import annotations

import logging
import re
from typing import Any

from citecheck.errors import SourceError
from citecheck.readers.decoding import Source
from citecheck.readers.record_fields import date, doi, first_address, month_number, person
from citecheck.records.document import Entry, Note
from citecheck.text.archived_words import without_remark
from citecheck.urls.archived import recognise

name = "bibtex"

_TYPES = {
    "article": "article-journal",
    "book": "book",
    "mvbook": "book",
    "booklet": "pamphlet",
    "collection": "book",
    "proceedings": "book",
    "manual": "book",
    "inbook": "chapter",
    "incollection": "chapter",
    "suppbook": "chapter",
    "inproceedings": "paper-conference",
    "conference": "paper-conference",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "thesis": "thesis",
    "techreport": "report",
    "report": "report",
    "online": "webpage",
    "electronic": "webpage",
    "www": "webpage",
    "unpublished": "manuscript",
    "patent": "patent",
    "dataset": "dataset",
    "software": "software",
    "inreference": "entry-encyclopedia",
    "periodical": "periodical",
    "standard": "standard",
    "legislation": "legislation",
    "jurisdiction": "legal_case",
    "movie": "motion_picture",
    "video": "motion_picture",
    "letter": "personal_communication",
    "newspaper": "article-newspaper",
    "magazine": "article-magazine",
}
_FIELDS = {
    "title": "title",
    "shorttitle": "title-short",
    "journal": "container-title",
    "journaltitle": "container-title",
    "booktitle": "container-title",
    "volume": "volume",
    "edition": "edition",
    "publisher": "publisher",
    "school": "publisher",
    "institution": "publisher",
    "organization": "publisher",
    "address": "publisher-place",
    "location": "publisher-place",
    "series": "collection-title",
    "isbn": "ISBN",
    "issn": "ISSN",
    "langid": "language",
    "language": "language",
    "chapter": "chapter-number",
    "version": "version",
    "eventtitle": "event-title",
}
_NAMES = {"author": "author", "editor": "editor", "translator": "translator"}
_SUBTYPES = {"newspaper": "article-newspaper", "magazine": "article-magazine"}
_URL_COMMAND = re.compile(r"\\(?:url|path|href)\s*\{([^{}]*)\}")
# Deeper than any real field; the parsers recurse into braces.
_BRACES = re.compile(r"\{{200}")


def read(source: Source) -> tuple[tuple[Note, ...], tuple[Entry, ...], str, tuple[str, ...]]:
    """The entries of the file; what cannot be read of it is said in warnings."""
    from bibtexparser.entrypoint import parse_string
    from bibtexparser.middlewares import ResolveStringReferencesMiddleware

    if re.search(_BRACES, source.text):
        raise SourceError("", "the braces are nested too deeply to be BibTeX")
    logging.getLogger("bibtexparser").setLevel(logging.ERROR)
    library = parse_string(
        source.text,
        parse_stack=[ResolveStringReferencesMiddleware(allow_inplace_modification=True)],
    )
    entries: list[Entry] = []
    for entry in library.entries:
        fields = {f.key.lower(): str(f.value) for f in entry.fields}
        line = (entry.start_line or 0) + 1
        entries.append(Entry(entry.key, line, _csl(entry.key, entry.entry_type.lower(), fields)))
    warnings = tuple(
        f"The entry at line {(block.start_line or 0) + 1} could not be read: left out."
        for block in library.failed_blocks
    )
    if not entries and "@" not in source.text and source.text.strip():
        raise SourceError("", "no BibTeX entry begins here (`@article{…` or the like is missing)")
    if not entries and warnings:
        raise SourceError("", "no BibTeX entry could be read; the braces may not be balanced")
    return (), tuple(entries), "", warnings


def _csl(key: str, kind: str, fields: dict[str, str]) -> dict[str, Any]:
    csl: dict[str, Any] = {"id": key, "type": _TYPES.get(kind, "document")}
    csl["type"] = _SUBTYPES.get(_plain(fields.get("entrysubtype", "")), csl["type"])
    for name_, variable in _FIELDS.items():
        value = _plain(fields.get(name_, ""))
        if value and variable not in csl:
            csl[variable] = value
    if subtitle := _plain(fields.get("subtitle", "")):
        csl["title"] = f"{csl.get('title', '')}: {subtitle}".lstrip(": ")
    if number := _plain(fields.get("number", "")):
        csl["issue" if csl["type"].startswith("article") else "number"] = number
    if pages := _plain(fields.get("pages", "")):
        csl["page"] = re.sub(r"\s*[-–—]+\s*", "–", pages)
    for name_, variable in _NAMES.items():
        names = [person(_accents(n)) for n in _people(_outer(fields.get(name_, "")))]
        if found := [n for n in names if n]:
            csl[variable] = found
    year = _plain(fields.get("date", "")) or _plain(fields.get("year", ""))
    month = _plain(fields.get("month", ""))
    day = re.search(r"\b(\d\d?)\b", month) if month_number(month) else None
    if issued := date(year, month, _plain(fields.get("day", "")) or (day[1] if day else "")):
        csl["issued"] = issued
    if accessed := date(_plain(fields.get("urldate", ""))):
        csl["accessed"] = accessed
    _addresses(csl, fields)
    return csl


def _addresses(csl: dict[str, Any], fields: dict[str, str]) -> None:
    free = [_address_text(fields.get(f, "")) for f in ("url", "howpublished", "note", "annote")]
    told = [without_remark(text) for text in free[1:]]
    if url := first_address(free[0], *(text for text, _ in told)):
        csl["URL"] = url
    if number := doi(_address_text(fields.get("doi", ""))):
        csl["DOI"] = number
    eprint = _plain(fields.get("eprint", ""))
    kind = _plain(fields.get("eprinttype", "") or fields.get("archiveprefix", "")).lower()
    if eprint and kind == "arxiv" and "URL" not in csl:
        csl["URL"] = "https://arxiv.org/abs/" + eprint.removeprefix("arXiv:")
    if copy := next((copy for _, copy in told if recognise(copy)), ""):
        csl["archive_location"] = copy
    bare = _URL_COMMAND.sub(r"\1", _outer(fields.get("note", "")))
    kept, copy = without_remark(bare)
    note = _plain(kept if copy else _URL_COMMAND.sub("", fields.get("note", "")))
    if note:
        csl["note"] = note


def _outer(text: str) -> str:
    """A value without the braces or quotes that enclose all of it."""
    text = text.strip()
    if len(text) > 1 and text[0] == '"' == text[-1]:
        return text[1:-1].strip()
    if len(text) > 1 and text[0] == "{" and text[-1] == "}":
        depth = 0
        for i, char in enumerate(text):
            depth += (char == "{") - (char == "}")
            if depth == 0:
                return text[1:-1].strip() if i == len(text) - 1 else text
    return text


def _people(text: str) -> list[str]:
    """The names of a list: split at `and` outside braces."""
    names, depth, at = [], 0, 0
    for token in re.finditer(r"[{}]|\s+and\s+", text):
        if token[0] in "{}":
            depth += 1 if token[0] == "{" else -1
        elif depth <= 0:
            names.append(text[at : token.start()])
            at = token.end()
    return [n for n in [*names, text[at:]] if n.strip() and n.strip() != "others"]


def _accents(text: str) -> str:
    """LaTeX's accents and commands as characters, braces kept."""
    if "\\" not in text and "~" not in text and "--" not in text and "$" not in text:
        return text
    from pylatexenc.latex2text import LatexNodes2Text  # type: ignore[import-untyped]

    try:
        return str(
            LatexNodes2Text(keep_braced_groups=True, strict_latex_spaces=False).latex_to_text(
                text[:5000]
            )
        )
    except (ValueError, IndexError, RecursionError):
        return text


def _plain(text: str) -> str:
    text = _accents(_outer(text))
    return " ".join(text.replace("{", "").replace("}", "").split())


def _address_text(text: str) -> str:
    """A field that holds an address: commands and escapes undone, nothing else."""
    text = _URL_COMMAND.sub(r" \1 ", _outer(text))
    return re.sub(r"\\([%&#_~{}$])", r"\1", text).replace("{", "").replace("}", "").strip()

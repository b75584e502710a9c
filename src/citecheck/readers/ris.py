"""RIS: tagged records as reference managers and libraries export them, mapped to CSL."""

from __future__ import annotations

import re
from typing import Any

from citecheck.errors import SourceError
from citecheck.readers.decoding import Source
from citecheck.readers.record_fields import date, doi, first_address, person
from citecheck.records.document import Entry, Note
from citecheck.text.archived_words import without_remark
from citecheck.urls.archived import recognise

name = "ris"

_TYPES = {
    "BLOG": "post-weblog",
    "BOOK": "book",
    "EBOOK": "book",
    "EDBOOK": "book",
    "CASE": "legal_case",
    "CHAP": "chapter",
    "ECHAP": "chapter",
    "CONF": "paper-conference",
    "CPAPER": "paper-conference",
    "DATA": "dataset",
    "DICT": "entry-dictionary",
    "ELEC": "webpage",
    "ENCYC": "entry-encyclopedia",
    "GOVDOC": "report",
    "ICOMM": "personal_communication",
    "JFULL": "periodical",
    "JOUR": "article-journal",
    "EJOUR": "article-journal",
    "INPR": "article-journal",
    "LEGAL": "legislation",
    "BILL": "bill",
    "STAT": "legislation",
    "MAP": "map",
    "MGZN": "article-magazine",
    "NEWS": "article-newspaper",
    "PAMP": "pamphlet",
    "PAT": "patent",
    "RPRT": "report",
    "STAND": "standard",
    "THES": "thesis",
    "UNPB": "manuscript",
    "MANSCPT": "manuscript",
    "VIDEO": "motion_picture",
    "MPCT": "motion_picture",
    "COMP": "software",
}
_FIELDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("title", ("title", "primary_title", "booktitle")),
    ("title-short", ("short_title",)),
    (
        "container-title",
        (
            "journal_name",
            "secondary_title",
            "alternate_title3",
            "alternate_title2",
            "alternate_title1",
        ),
    ),
    ("volume", ("volume",)),
    ("issue", ("number",)),
    ("edition", ("edition",)),
    ("publisher", ("publisher",)),
    ("publisher-place", ("place_published",)),
    ("language", ("language",)),
)


def read(source: Source) -> tuple[tuple[Note, ...], tuple[Entry, ...], str, tuple[str, ...]]:
    """The records of the file; raises SourceError where none can be read."""
    import rispy  # type: ignore[import-untyped]

    lines = [m.start() for m in re.finditer(r"(?m)^[ \t]*TY {1,2}-", source.text)]
    if not lines:
        raise SourceError("", "no RIS record begins here (a line `TY  - …` is missing)")
    entries: list[Entry] = []
    warnings: list[str] = []
    for number, start in enumerate(lines, 1):
        end = lines[number] if number < len(lines) else len(source.text)
        line = source.line(start)
        block = re.sub(
            r"(?m)^[ \t]*([A-Z][A-Z0-9]) {1,2}- ?", r"\1  - ", source.text[start:end].strip()
        )
        if not re.search(r"(?m)^ER  - ", block):
            block += "\nER  - "
        try:
            records = rispy.loads(block + "\n", delimiter_tags_mapping={})
        except Exception as fault:
            # The parser raises several kinds of its own; one bad record must not cost the file.
            warnings.append(
                f"The record at line {line} could not be read ({type(fault).__name__})."
            )
            continue
        for record in records[:1]:
            label = str(record.get("id") or record.get("label") or number)
            entries.append(Entry(label, line, _csl(label, record)))
    if not entries:
        raise SourceError("", "no RIS record could be read")
    return (), tuple(entries), "", tuple(warnings)


def _csl(label: str, record: dict[str, Any]) -> dict[str, Any]:
    csl: dict[str, Any] = {
        "id": label,
        "type": _TYPES.get(str(record.get("type_of_reference", "")).upper(), "document"),
    }
    for variable, keys in _FIELDS:
        value = next((str(record[key]).strip() for key in keys if record.get(key)), "")
        if value:
            csl[variable] = " ".join(value.split())
    authors = [*record.get("authors", ()), *record.get("first_authors", ())]
    for variable, names in (("author", authors), ("editor", record.get("secondary_authors", ()))):
        if found := [n for n in map(_name, map(str, names)) if n]:
            csl[variable] = found
    pages = [str(record.get(key, "")).strip() for key in ("start_page", "end_page")]
    if pages[0]:
        csl["page"] = "–".join(p for p in pages if p)
    for variable, keys in (
        ("issued", ("date", "year", "publication_year")),
        ("accessed", ("access_date",)),
    ):
        given = next((str(record[key]) for key in keys if record.get(key)), "")
        if found_date := date(given):
            csl[variable] = found_date
    addresses = [str(u) for u in record.get("urls", ())]
    notes = [without_remark(str(note)) for note in record.get("notes", ())]
    if copy := next((copy for _, copy in notes if recognise(copy)), ""):
        csl["archive_location"] = copy
    if url := first_address(*addresses, *(text for text, _ in notes)):
        csl["URL"] = url
    if number := doi(str(record.get("doi", ""))):
        csl["DOI"] = number
    issn = str(record.get("issn", "")).strip()
    if issn:
        csl["ISBN" if csl["type"] in ("book", "chapter") else "ISSN"] = issn
    return csl


def _name(text: str) -> dict[str, str] | None:
    """RIS writes persons as `Family, Given`; a name without a comma is an organisation's."""
    return person(text) if "," in text else person("{" + text.strip("{} ") + "}")

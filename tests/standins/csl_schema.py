# ruff: noqa: E501
"""The documented structure of csl-data.json 1.0.2 as a JSON Schema.

No package carries the official file, so its facts are held here: the names of variables and types,
which kind each variable is, that nothing else is allowed.
"""

from __future__ import annotations

from typing import Any

_TYPES = """article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection
dataset document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case legislation
manuscript map motion_picture musical_score pamphlet paper-conference patent performance periodical
personal_communication post post-weblog regulation report review review-book software song speech standard thesis treaty
webpage"""
_NAMES = """author chair collection-editor compiler composer container-author contributor curator director editor
editorial-director executive-producer guest host interviewer illustrator narrator organizer original-author performer
producer recipient reviewed-author script-writer series-creator translator"""
_DATES = "accessed available-date event-date issued original-date submitted"
_NUMBERS = """chapter-number citation-number collection-number edition first-reference-note-number issue locator number
number-of-pages number-of-volumes page page-first part printing supplement volume"""
_STRINGS = """citation-key language journalAbbreviation shortTitle abstract annote archive archive_collection
archive_location archive-place authority call-number citation-label collection-title container-title
container-title-short dimensions division DOI event event-title event-place genre ISBN ISSN jurisdiction keyword medium
note original-publisher original-publisher-place original-title part-title PMCID PMID publisher publisher-place
references reviewed-genre reviewed-title scale section source status title title-short URL version volume-title
volume-title-short year-suffix"""
_LOOSE = {"type": ["string", "number", "boolean"]}
_TEXT = {"type": "string"}
_NUMBER = {"type": ["string", "number"]}
_NAME = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        **dict.fromkeys(
            ("family", "given", "dropping-particle", "non-dropping-particle", "suffix", "literal"),
            _TEXT,
        ),
        **dict.fromkeys(("comma-suffix", "static-ordering", "parse-names"), _LOOSE),
    },
}
_PARTS = {
    "type": "array", "minItems": 1, "maxItems": 2,
    "items": {"type": "array", "minItems": 1, "maxItems": 3, "items": _NUMBER},
}  # fmt: skip
_DATE = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "date-parts": _PARTS, "season": _NUMBER, "circa": _LOOSE, "literal": _TEXT, "raw": _TEXT,
    },
}  # fmt: skip

SCHEMA: dict[str, Any] = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "type": "array",
    "items": {
        "type": "object",
        "required": ["type", "id"],
        "additionalProperties": False,
        "properties": {
            "type": {"enum": _TYPES.split()},
            "id": _NUMBER,
            "categories": {"type": "array", "items": _TEXT},
            "custom": {"type": "object"},
            **{k: {"type": "array", "items": _NAME} for k in _NAMES.split()},
            **dict.fromkeys(_DATES.split(), _DATE),
            **dict.fromkeys(_NUMBERS.split(), _NUMBER),
            **dict.fromkeys(_STRINGS.split(), _TEXT),
        },
    },
}

"""CSL-JSON: an array of items, one item, or an export that wraps them (`items`, `references`).

Rests on the csl-data schema 1.0.2; items are handed on as they are, `custom` included.
"""

from __future__ import annotations

import json
import re
from typing import Any

from citecheck.errors import SourceError
from citecheck.readers.csl_types import CSL_TYPES
from citecheck.readers.decoding import Source
from citecheck.records.document import Entry, Note

name = "csl-json"

_SPACE = re.compile(r"[\s,]*")


def read(source: Source) -> tuple[tuple[Note, ...], tuple[Entry, ...], str, tuple[str, ...]]:
    """The items of the file; raises SourceError for what is no CSL-JSON."""
    try:
        found = _items(source.text)
    except RecursionError:
        raise SourceError("", "the JSON is nested too deeply to be reference records") from None
    except json.JSONDecodeError as fault:
        raise SourceError(
            "", f"this is not valid JSON: {fault.msg} at line {fault.lineno}, column {fault.colno}"
        ) from None
    except ValueError as fault:
        raise SourceError("", f"this is not valid JSON: {str(fault).partition(';')[0]}") from None
    entries: list[Entry] = []
    warnings: list[str] = []
    for number, (item, offset) in enumerate(found, 1):
        if not isinstance(item, dict) or not _is_item(item):
            warnings.append(f"Item {number} (line {source.line(offset)}) is no CSL item: left out.")
            continue
        label = item.get("id")
        label = str(label) if isinstance(label, str | int) and label != "" else str(number)
        entries.append(Entry(label, source.line(offset), item))
    if found and not entries:
        raise SourceError("", "this is JSON, but none of it is a CSL-JSON item (type, title, URL)")
    return (), tuple(entries), "", tuple(warnings)


def _is_item(item: dict[str, Any]) -> bool:
    kind = item.get("type")
    return (isinstance(kind, str) and kind in CSL_TYPES) or any(
        key in item for key in ("title", "URL", "DOI")
    )


def _items(text: str) -> list[tuple[Any, int]]:
    decoder = json.JSONDecoder()
    at = _skip(text, 0)
    if text[at : at + 1] != "[":
        whole, end = decoder.raw_decode(text, at)
        if text[end:].strip():
            raise json.JSONDecodeError("Extra data", text, end)
        if isinstance(whole, dict):
            for key in ("items", "references"):
                if isinstance(whole.get(key), list):
                    return [(item, at) for item in whole[key]]
        return [(whole, at)]
    found: list[tuple[Any, int]] = []
    at = _skip(text, at + 1)
    while text[at : at + 1] != "]":
        if at >= len(text):
            raise json.JSONDecodeError("The array is not closed", text, max(len(text) - 1, 0))
        item, end = decoder.raw_decode(text, at)
        found.append((item, at))
        at = _skip(text, end)
    if text[at + 1 :].strip():
        raise json.JSONDecodeError("Extra data", text, at + 1)
    return found


def _skip(text: str, at: int) -> int:
    space = _SPACE.match(text, at)
    return space.end() if space else at

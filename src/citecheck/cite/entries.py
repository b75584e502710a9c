"""Ready records (BibTeX, RIS, CSL-JSON) as references, held to the variables of schema 1.0.2.

A file of our own (`custom.citecheck`) is read as it was written: ids, fields and citations stay.
Anything else is cleaned: unknown variables fall away, names given as text are parsed, dates given
as text are read by the date grammar, a DOI without an address gets its resolver's.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from typing import Any

from citecheck.cite import dates, names, variables
from citecheck.cite.addresses import trim_doi
from citecheck.records.document import Entry
from citecheck.records.reference import Citation, Reference, from_item
from citecheck.urls.address import mask_userinfo, strip_userinfo
from citecheck.urls.archived import Kind, recognise
from citecheck.urls.proxy import unproxy


def is_ours(item: Mapping[str, Any]) -> bool:
    """Whether an item was written by this program."""
    custom = item.get("custom")
    return isinstance(custom, Mapping) and "citecheck" in custom


def reference_of(entry: Entry, document: str, hosts: Collection[str] = ()) -> Reference:
    """The reference of a ready record; its citation is the record's own place."""
    item = entry.csl
    own = _own(item) if is_ours(item) else None
    if own is not None:
        csl, _ = sanitised(own.csl)
        return Reference(
            own.id, csl, own.urls, own.printed, own.unproxied, own.title_translated,
            own.title_original, own.container_title_translated, own.citations, own.confidence,
            own.guarded,
        )  # fmt: skip
    csl, _ = sanitised(item)
    given = item.get("URL")
    url = given.strip() if isinstance(given, str) else ""
    if not url and csl.get("DOI"):
        url = f"https://doi.org/{csl['DOI']}"
    behind = unproxy(strip_userinfo(url), frozenset(hosts)) if url else None
    copy = _copy(csl.get("archive_location"))
    return Reference(
        id="",
        csl=csl,
        urls=(strip_userinfo(url), *copy) if url else copy,
        printed=mask_userinfo(url),
        unproxied=behind.original if behind else "",
        citations=(Citation(document, entry.label, 1, entry.line),),
        guarded=(strip_userinfo(url),) if url != strip_userinfo(url) else (),
        confidence=dict.fromkeys((*csl, *(("URL",) if url else ())), "high"),
    )


def _copy(place: Any) -> tuple[str, ...]:
    """The address of a copy in a web archive, where that is what `archive_location` holds."""
    told = recognise(place) if isinstance(place, str) else None
    return (strip_userinfo(place),) if told and told.kind is Kind.COPY else ()


def _own(item: Mapping[str, Any]) -> Reference | None:
    """The reference as this program wrote it; None where other hands have bent its `custom`."""
    try:
        return from_item(dict(item))
    except (TypeError, ValueError, AttributeError, OverflowError):
        return None


def sanitised(item: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The fields of an item that are valid in the schema, and the names of those that are not.

    `id`, `URL` and `custom` are left to the caller.
    """
    out: dict[str, Any] = {}
    lost: list[str] = []
    for key, value in item.items():
        if key in ("id", "URL", "custom", "categories") or key in variables.UNWANTED:
            continue
        clean = _value(str(key), value)
        if clean is None:
            lost.append(str(key))
        elif clean not in ("", []):
            out[str(key)] = clean
    out.setdefault("type", "document")
    if "DOI" in out:
        out["DOI"] = trim_doi(
            str(out["DOI"]).rpartition("doi.org/")[2].removeprefix("doi:").strip()
        )
    return out, tuple(lost)


def _value(key: str, value: Any) -> Any:
    """A value in the shape that the schema wants; None where there is none."""
    if key == "type":
        return value if isinstance(value, str) and value in variables.TYPES else "document"
    if key in variables.NAMES:
        return _names(value)
    if key in variables.DATES:
        return _date(value)
    if key in variables.NUMBERS:
        if isinstance(value, bool) or (isinstance(value, float) and not math.isfinite(value)):
            return None
        return value if isinstance(value, int | float) else _text(value)
    return _text(value) if key in variables.STRINGS else None


def _text(value: Any) -> str | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return " ".join(str(value).split())


def _names(value: Any) -> list[dict[str, Any]] | None:
    if isinstance(value, str):
        return list(names.parse(value).people)
    if not isinstance(value, list):
        return None
    out: list[dict[str, Any]] = []
    for one in value:
        if isinstance(one, str) and one.strip():
            out.extend(names.parse(one).people)
        elif isinstance(one, Mapping):
            kept = {
                k: v if k in ("static-ordering", "comma-suffix", "parse-names") else str(v)
                for k, v in one.items()
                if k in variables.NAME_KEYS and isinstance(v, str | int | bool) and v != ""
            }
            if kept:
                out.append(kept)
    return out


def _date(value: Any) -> dict[str, Any] | None:
    if isinstance(value, str | int):
        found = dates.find(str(value))
        return (
            found[0].csl() if found else ({"literal": str(value)} if str(value).strip() else None)
        )
    if not isinstance(value, Mapping):
        return None
    out: dict[str, Any] = {}
    for key, part in value.items():
        if key == "date-parts":
            parts = _date_parts(part)
            if parts:
                out[key] = parts
        elif key in variables.DATE_KEYS and isinstance(part, str | int | bool):
            out[key] = part if key in ("season", "circa") else str(part)
    if "raw" in out and "date-parts" not in out and (found := dates.find(str(out["raw"]))):
        return found[0].csl()
    return out or None


def _date_parts(value: Any) -> list[list[int]]:
    out: list[list[int]] = []
    for end in value if isinstance(value, list) else []:
        parts: list[int] = []
        for number in end if isinstance(end, list) else []:
            try:
                parts.append(int(number))
            except (TypeError, ValueError, OverflowError):
                break
        if parts:
            out.append(parts[:3])
    return out[:2]

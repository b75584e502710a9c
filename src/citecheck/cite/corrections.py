"""A person's corrections, applied last: id to CSL variables or to our own fields; null removes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from citecheck.cite.entries import sanitised
from citecheck.records.reference import Reference
from citecheck.urls.address import mask_userinfo, strip_userinfo

_OWN = {
    "title-translated": "title_translated",
    "title-original": "title_original",
    "container-title-translated": "container_title_translated",
    "url-printed": "printed",
    "url-unproxied": "unproxied",
}


def corrected(reference: Reference, fields: Mapping[str, Any]) -> tuple[Reference, tuple[str, ...]]:
    """The reference with the fields set, and the names of fields that could not be set."""
    csl, sure = dict(reference.csl), dict(reference.confidence or {})
    own: dict[str, Any] = {}
    urls = reference.urls
    wanted = {k: v for k, v in fields.items() if k != "custom"}
    if isinstance(fields.get("custom"), Mapping):
        wanted.update(fields["custom"])
    lost: list[str] = []
    for key, value in wanted.items():
        if key in ("id", "cited", "confidence", "citecheck"):
            continue
        if key in ("URL", "urls"):
            urls = _urls(urls, key, value)
            if key == "URL":
                own["printed"] = mask_userinfo(value) if isinstance(value, str) else ""
        elif key in _OWN:
            own[_OWN[key]] = value if isinstance(value, str) else ""
        elif value is None:
            csl.pop(key, None)
            sure.pop(key, None)
            continue
        else:
            clean, missed = sanitised({key: value})
            if missed or key not in clean:
                lost.append(key)
                continue
            csl[key] = clean[key]
        sure[key] = "high"
    return replace(reference, csl=csl, urls=urls, confidence=sure, **own), tuple(lost)


def _urls(urls: tuple[str, ...], key: str, value: Any) -> tuple[str, ...]:
    if key == "urls":
        return (
            tuple(strip_userinfo(u) for u in value if isinstance(u, str))
            if isinstance(value, list)
            else ()
        )
    if not isinstance(value, str) or not value.strip():
        return urls[1:]
    return (strip_userinfo(value.strip()), *urls[1:])

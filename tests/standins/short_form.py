"""A reference in one line, so that expectations can be read at a glance."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_ORDER = (
    "type", "author", "title", "container-title", "collection-title", "editor", "translator",
    "edition",
    "genre", "volume", "issue", "number", "page", "publisher-place", "publisher", "event-title",
    "event-place", "issued", "accessed", "DOI",
)  # fmt: skip


def short_form(csl: Mapping[str, Any], locator: str = "", url: str = "") -> str:
    """`book | author=Jane Roe | title=… | @45 | <https://…>`; `!Family Given` is family-first."""
    parts = []
    for key in [*(k for k in _ORDER if k in csl), *sorted(set(csl) - set(_ORDER))]:
        value = csl[key]
        if key in ("issued", "accessed", "original-date"):
            value = "/".join("-".join(map(str, end)) for end in value["date-parts"])
        elif isinstance(value, list):
            value = "; ".join(map(_name, value))
        parts.append(value if key == "type" else f"{key}={value}")
    parts += [f"@{locator}"] * bool(locator) + [f"<{url}>"] * bool(url)
    return " | ".join(parts)


def _name(p: Mapping[str, Any]) -> str:
    particle = p.get("non-dropping-particle") or p.get("dropping-particle") or ""
    family = f"({particle}) {p.get('family', '')}" if particle else p.get("family", "")
    if "literal" in p:
        return f"={p['literal']}"
    return (
        f"!{family} {p['given']}"
        if p.get("static-ordering")
        else f"{p.get('given', '')} {family}".strip()
    )

"""References and their citations, and the CSL-JSON items they become.

`Reference.csl` holds the CSL variables of schema 1.0.2 only; what CSL has no variable for stands in
fields of its own and goes under `custom` in the file (`to_item`, `from_item` hold that mapping).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that a citing sentence quotes, as public 64-bit hashes (hex) of 4-token shingles."""

    tokens: int
    shingles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Citation:
    """One mention of a reference: `index` counts the citations of the note from 1."""

    document: str
    note: str
    index: int
    line: int
    locator: str = ""
    short: bool = False
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """A source, one record however often it is cited.

    `urls` are the addresses to visit, the first being the main one (userinfo removed). `printed` is
    the main address as in the document (userinfo as `***`), `unproxied` the address behind a
    library proxy. `confidence` maps a field to `high`, `medium` or `low`. `guarded` are those of
    `urls` that were printed with a user name or password: no archive is told of them.
    """

    id: str
    csl: dict[str, Any]
    urls: tuple[str, ...] = ()
    printed: str = ""
    unproxied: str = ""
    title_translated: str = ""
    title_original: str = ""
    container_title_translated: str = ""
    citations: tuple[Citation, ...] = ()
    confidence: dict[str, str] | None = None
    guarded: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        return str(self.csl.get("title", ""))

    def to_item(self) -> dict[str, Any]:
        """The CSL-JSON item of this reference, in the field order of the contract."""
        item: dict[str, Any] = {"id": self.id, "type": self.csl.get("type", "document")}
        item.update({k: v for k, v in self.csl.items() if k not in ("id", "type", "URL", "custom")})
        if self.urls:
            item["URL"] = self.urls[0]
        custom: dict[str, Any] = {"citecheck": 1}
        named = (
            ("title-translated", self.title_translated),
            ("title-original", self.title_original),
            ("container-title-translated", self.container_title_translated),
            ("url-printed", self.printed),
            ("url-unproxied", self.unproxied),
        )
        custom |= {key: value for key, value in named if value}
        if len(self.urls) > 1:
            custom["urls"] = list(self.urls)
        if self.guarded:
            custom["urls-guarded"] = list(self.guarded)
        custom["cited"] = [_cited(c) for c in self.citations]
        custom["confidence"] = dict(sorted((self.confidence or {}).items()))
        item["custom"] = custom
        return item


def _cited(c: Citation) -> dict[str, Any]:
    row: dict[str, Any] = {
        "document": c.document,
        "note": c.note,
        "index": c.index,
        "line": c.line,
        "locator": c.locator,
        "short": c.short,
        "quotes": [{"tokens": q.tokens, "shingles": list(q.shingles)} for q in c.quotes],
    }
    return row


def from_item(item: dict[str, Any]) -> Reference:
    """Read an item of `to_item`, or any CSL-JSON item; unknown `custom` keys are ignored."""
    custom = item.get("custom") or {}
    if not isinstance(custom, dict):
        custom = {}
    urls = tuple(str(u) for u in custom.get("urls") or ()) or (
        (str(item["URL"]),) if item.get("URL") else ()
    )
    cited = tuple(
        Citation(
            document=str(row.get("document", "")),
            note=str(row.get("note", "")),
            index=int(row.get("index", 1)),
            line=int(row.get("line", 0)),
            locator=str(row.get("locator", "")),
            short=bool(row.get("short", False)),
            quotes=tuple(
                Quote(int(q.get("tokens", 0)), tuple(str(s) for s in q.get("shingles") or ()))
                for q in row.get("quotes") or ()
                if isinstance(q, dict)
            ),
        )
        for row in custom.get("cited") or ()
        if isinstance(row, dict)
    )
    guarded = custom.get("urls-guarded")
    return Reference(
        id=str(item.get("id", "")),
        csl={k: v for k, v in item.items() if k not in ("id", "URL", "custom")},
        urls=urls,
        printed=str(custom.get("url-printed", "")),
        unproxied=str(custom.get("url-unproxied", "")),
        title_translated=str(custom.get("title-translated", "")),
        title_original=str(custom.get("title-original", "")),
        container_title_translated=str(custom.get("container-title-translated", "")),
        citations=cited,
        confidence={str(k): str(v) for k, v in (custom.get("confidence") or {}).items()},
        guarded=tuple(str(u) for u in guarded) if isinstance(guarded, list) else (),
    )

"""The index of a small archive: captures as data, and CDX queries about them.

Speaks the CDX server interface of the Wayback Machine as far as clients use it: `url` with
matchType and wildcards, `from`, `to`, `filter`, `collapse`, `closest` with `sort=closest`,
`sort=reverse`, positive and negative `limit`, `fl`, text and JSON, resume keys.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import parse_qsl

from citecheck.urls.address import InvalidAddress, surt

FIELDS = ("urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length")


@dataclass(frozen=True, slots=True)
class Capture:
    """A copy in the archive: `timestamp` has 14 digits; `revisit` makes it a `warc/revisit` row,
    whose body is that of the capture it repeats; `location` is where a redirect leads."""

    url: str
    timestamp: str
    status: int = 200
    media_type: str = "text/html"
    body: bytes = b"<!doctype html><title>A page</title><p>A page.</p>"
    revisit: bool = False
    location: str = ""

    @property
    def taken(self) -> datetime:
        return moment(self.timestamp)

    def row(self) -> dict[str, str]:
        """The fields of its line in the index."""
        digest = base64.b32encode(hashlib.sha1(self.body, usedforsecurity=False).digest())
        return {
            "urlkey": surt(self.url),
            "timestamp": self.timestamp,
            "original": self.url,
            "mimetype": "warc/revisit" if self.revisit else self.media_type,
            "statuscode": "-" if self.revisit else str(self.status),
            "digest": digest.decode("ascii"),
            "length": str(len(self.body) + 400),
        }


def moment(stamp: str) -> datetime:
    """The moment of a timestamp of 4 to 14 digits, the missing ones as early as can be."""
    whole = stamp[:14] + "00000101000000"[len(stamp[:14]) :]
    return datetime.strptime(whole, "%Y%m%d%H%M%S").replace(tzinfo=UTC)


def stamp(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y%m%d%H%M%S")


def key_of(url: str) -> str:
    """The SURT key of an address, with or without a scheme; raises InvalidAddress."""
    return surt(url if "://" in url else f"http://{url}")


def answer(captures: Iterable[Capture], query: str) -> tuple[int, str, bytes]:
    """Status, media type and body of the answer to a CDX query string."""
    pairs = parse_qsl(query, keep_blank_values=True)
    params = dict(pairs)
    try:
        rows = _matching(captures, params)
        for name, value in pairs:
            if name == "filter":
                rows = [row for row in rows if _passes(row, value)]
        for name, value in pairs:
            if name == "collapse":
                rows = _collapsed(rows, value)
        rows, resume = _limited(_sorted(rows, params), params)
    except (InvalidAddress, ValueError, KeyError, re.error):
        return 400, "text/plain", b"Bad Request\n"
    fields = tuple(f for f in params.get("fl", "").split(",") if f in FIELDS) or FIELDS
    lines = [[row[field] for field in fields] for row in rows]
    if params.get("output") == "json":
        table: list[list[str]] = [list(fields), *lines] if lines else []
        table += [[], [resume]] if resume else []
        return 200, "application/json", json.dumps(table).encode("utf-8")
    text = "".join(" ".join(line) + "\n" for line in lines) + (f"\n{resume}\n" if resume else "")
    return 200, "text/plain", text.encode("utf-8")


def _matching(captures: Iterable[Capture], params: dict[str, str]) -> list[dict[str, str]]:
    url, match = params["url"], params.get("matchType", "exact")
    if url.endswith("*"):
        url, match = url[:-1], "prefix"
    elif url.startswith("*."):
        url, match = url[2:], "domain"
    key = key_of(url)
    host = key.partition(")")[0]
    first, last = params.get("from", "").ljust(14, "0"), params.get("to", "").ljust(14, "9")
    found = []
    for row in (capture.row() for capture in captures):
        its_host = row["urlkey"].partition(")")[0]
        fits = {
            "exact": row["urlkey"] == key,
            "prefix": row["urlkey"].startswith(key),
            "host": its_host == host,
            "domain": its_host == host or its_host.startswith(f"{host},"),
        }[match]
        if fits and first <= row["timestamp"] <= last:
            found.append(row)
    return sorted(found, key=lambda row: (row["urlkey"], row["timestamp"]))


def _passes(row: dict[str, str], rule: str) -> bool:
    field, _, pattern = rule.partition(":")
    negative = field.startswith("!")
    field = field.lstrip("!")
    if field.startswith("~"):
        held = pattern in row[field[1:]]
    else:
        held = re.fullmatch(pattern, row[field]) is not None
    return held != negative


def _collapsed(rows: Sequence[dict[str, str]], rule: str) -> list[dict[str, str]]:
    field, _, length = rule.partition(":")
    size = int(length) if length else None
    kept: list[dict[str, str]] = []
    for row in rows:
        if not kept or kept[-1][field][:size] != row[field][:size]:
            kept.append(row)
    return kept


def _sorted(rows: list[dict[str, str]], params: dict[str, str]) -> list[dict[str, str]]:
    if params.get("sort") == "reverse":
        return rows[::-1]
    if params.get("sort") == "closest" and params.get("closest"):
        near = moment(params["closest"])
        return sorted(rows, key=lambda row: abs((moment(row["timestamp"]) - near).total_seconds()))
    return rows


def _limited(
    rows: list[dict[str, str]], params: dict[str, str]
) -> tuple[list[dict[str, str]], str]:
    start = int(params.get("resumeKey") or params.get("offset") or 0)
    rows = rows[start:]
    limit = int(params.get("limit") or 0)
    if limit < 0:
        return rows[limit:], ""
    if not limit or len(rows) <= limit:
        return rows, ""
    resume = str(start + limit) if params.get("showResumeKey") == "true" else ""
    return rows[:limit], resume

# ruff: noqa: SIM905 - word lists are read best as words
"""An answer for programs where a page was cited: `{"error": "not found"}` with status 200."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from citecheck.records.link import Link
from citecheck.records.observation import Signal, Strength
from citecheck.signals.addresses import parts_of
from citecheck.signals.page import PageView
from citecheck.signals.told import told, told_shortly
from citecheck.text.fold import fold, plain

_LARGEST = 4_000
_CODES = frozenset(
    "status code statuscode status_code errorcode error_code errcode http_code".split()
)
_TEXTS = frozenset(
    "error errors message msg detail title description reason errmsg code type".split()
)
_NOT_FOUND = re.compile(
    r"(?:err |error )?(?:[a-z]+ )?(?:not ?found|404)(?: error| exception)?|no such \w+(?: \w+)?"
)


def error_answer(view: PageView, link: Link) -> Iterator[Signal]:
    """`error-answer` where a small JSON answer says that nothing is there, `error-code` where it
    gives the number 404; nothing where the cited address is that of data."""
    text = view.markup.strip()
    if not text.startswith("{") or len(text) > _LARGEST or _is_data(link.url):
        return
    try:
        answer = json.loads(text)
    except (ValueError, RecursionError):
        return
    if not isinstance(answer, dict):
        return
    pairs = list(_pairs(answer))
    if any(k in _CODES and str(v) == "404" for k, v in pairs):
        yield Signal("error-code", "404", Strength.STRONG)
    said = next((str(v) for k, v in pairs if k in _TEXTS and _says(v)), "")
    if said:
        yield Signal("error-answer", plain(said, 120), Strength.STRONG)


def _pairs(thing: dict[str, Any], depth: int = 0) -> Iterator[tuple[str, Any]]:
    for key, value in list(thing.items())[:30]:
        if isinstance(value, list) and len(value) == 1:
            value = value[0]
        if isinstance(value, dict) and depth < 2:
            yield from _pairs(value, depth + 1)
        elif isinstance(value, str | int):
            yield key.lower(), value


def _says(value: object) -> bool:
    if not isinstance(value, str) or len(value) > 300:
        return False
    return bool(told(value) or told_shortly(value) or _NOT_FOUND.fullmatch(fold(value)))


def _is_data(url: str) -> bool:
    parts = parts_of(url)
    return parts.path.lower().endswith((".json", ".geojson", ".jsonld", ".txt", ".js"))

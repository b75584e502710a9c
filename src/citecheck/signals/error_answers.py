# ruff: noqa: E501, SIM905 - word lists and patterns are read best as they are
"""Answers that are no page where one was cited: `{"error": "not found"}`, or those two words alone.

Servers and programs that answer so say it in a line of their own, without a title.
"""

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


# What servers, gateways and stores of files say when they have nothing under an address.
_SERVERS = re.compile(
    r"no input file specified|(?:object|file|document|route|endpoint|path|key|blob) (?:was )?not found|cannot (?:get|head) \S.{0,300}|default backend 404|"
    r"(?:error )?(?:404 )?(?:the )?(?:requested |specified )?(?:url|uri|resource|file|key|object|blob|route)(?: \S.{0,200})? (?:was not found|does not exist|could not be found|cannot be found)(?: on this server)?|"
    r"no such (?:file|app|key|bucket|object|page|file or directory)|(?:nosuchkey|nosuchbucket|blobnotfound|resourcenotfound) .{0,120}|(?:error )?404(?: error)?|(?:file|page) cannot be (?:found|displayed)"
)
# What frameworks write on their page for all errors.
_FRAMEWORKS = re.compile(
    r"(?i)\(type=Not Found, status=404\)|\bthe server returned a \W?404 not found\b"
)
_LINE = 25


def bare_answer(view: PageView, link: Link) -> Iterator[Signal]:
    """`error-answer` where the whole text of an answer without a title says that nothing is there."""
    text = " ".join((view.visible or _from_store(view)).split())
    if view.words < 2 * _LINE and (found := _FRAMEWORKS.search(text)):
        yield Signal("error-answer", plain(found[0], 120), Strength.STRONG)
        return
    if view.title or not text or view.words > _LINE or len(text) > 400:
        return
    line = fold(text)
    if line.isdigit() and _is_data(link.url):
        return
    if told(text) or told_shortly(text) or _SERVERS.fullmatch(line):
        yield Signal("error-answer", plain(text, 120), Strength.STRONG)


def _from_store(view: PageView) -> str:
    """What a store of files says in XML: its code and message."""
    found = re.search(
        r"<Code>(NoSuchKey|NoSuchBucket|BlobNotFound|ResourceNotFound)</Code>", view.markup[:2000]
    )
    return f"{found[1]}: not found" if found and view.media_type.endswith("xml") else ""


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

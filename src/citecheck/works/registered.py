"""A work as a registry has it, read from replies that may hold anything. Pure.

Texts are cleaned of markup and of characters that steer a reader, and bounded; what has another
type than it should is passed over. Nothing is raised.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from citecheck.records.work import Notice
from citecheck.text.fold import plain
from citecheck.works.wanted import Person

_TAG = re.compile(r"</?[A-Za-z][^<>]{0,200}>")
_MOST = 50
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Registered:
    """`where` is the registry's name, `identifier` a DOI or the registry's own. `years` are all
    that are told (in print, online); `successors` DOIs of what replaced or published it."""

    where: str
    identifier: str
    titles: tuple[str, ...] = ()
    people: tuple[Person, ...] = ()
    years: tuple[int, ...] = ()
    containers: tuple[str, ...] = ()
    volume: str = ""
    page: str = ""
    notices: tuple[Notice, ...] = ()

    @property
    def has_doi(self) -> bool:
        return self.identifier.startswith("10.")


def text(value: object) -> str:
    """One clean line, empty where the value is no text."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)[:20]
    if not isinstance(value, str):
        return ""
    bare = _TAG.sub("", html.unescape(value[: 4 * _LONGEST]))
    return plain(bare, _LONGEST)


def rows(value: object) -> list[dict[str, Any]]:
    """The objects of a list."""
    if not isinstance(value, list):
        return []
    return [row for row in value[:_MOST] if isinstance(row, dict)]


def inner(value: object, *keys: str) -> dict[str, Any]:
    """The object at the end of a path, empty where there is none."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def texts(value: object) -> tuple[str, ...]:
    """The texts of a list, or the one text that it is."""
    several: Iterable[object] = value[:_MOST] if isinstance(value, list) else (value,)
    return tuple(dict.fromkeys(t for v in several if (t := text(v))))


def year(value: object) -> int | None:
    """The first year in a text or number (`October 1, 1988`)."""
    found = re.search(r"(?<!\d)(1[0-9]{3}|20[0-9]{2}|21[0-9]{2})(?!\d)", text(value))
    return int(found[1]) if found else None


def years(values: Iterable[object]) -> tuple[int, ...]:
    return tuple(sorted({y for v in values if (y := year(v)) is not None}))


def person(value: object) -> Person | None:
    """A name in one piece: `Roald Dahl`, `Dahl, Roald`."""
    name = text(value)
    if not name:
        return None
    family, comma, given = name.partition(",")
    if comma and given.strip():
        return Person(family.strip(), given.strip())
    given, _, family = name.rpartition(" ")
    return Person(family, given)


def people(values: Iterable[object]) -> tuple[Person, ...]:
    return tuple(dict.fromkeys(p for v in values if (p := person(v)) is not None))

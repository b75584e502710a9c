"""The objects of a JSON text with the places of their members (RFC 8259); nothing is re-written."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

_TOKEN = re.compile(r'"(?:[^"\\\x00-\x1f]|\\.)*"|[{}\[\]:,]|[^\s{}\[\]:,"]+')


@dataclass(frozen=True, slots=True)
class Member:
    """`at` is where the key's quote stands, `start:end` the value."""

    key: str
    at: int
    start: int
    end: int


@dataclass(slots=True)
class Place:
    """An object: `start` is its brace, `end` the place behind the closing one."""

    start: int
    end: int = -1
    members: list[Member] = field(default_factory=list)

    def get(self, key: str) -> Member | None:
        return next((m for m in self.members if m.key == key), None)


@dataclass(slots=True)
class _Open:
    place: Place | None
    key: tuple[str, int] | None = None
    value: int = -1


@lru_cache(maxsize=1)
def objects(text: str) -> list[Place]:
    """All objects of a text that is valid JSON, in the order in which they begin."""
    found: list[Place] = []
    stack: list[_Open] = [_Open(None)]
    for token in _TOKEN.finditer(text):
        top, word = stack[-1], token[0]
        if word in "{[":
            top.value = token.start()
            place = Place(token.start()) if word == "{" else None
            if place is not None:
                found.append(place)
            stack.append(_Open(place))
        elif word in "}]":
            closed = stack.pop() if len(stack) > 1 else top
            if closed.place is not None:
                closed.place.end = token.end()
            _valued(stack[-1], token.end())
        elif word == ":" or word == ",":
            continue
        elif top.place is not None and top.key is None:
            top.key = (str(value(text, token.start(), token.end())), token.start())
        else:
            top.value = token.start()
            _valued(top, token.end())
    return found


def _valued(top: _Open, end: int) -> None:
    if top.place is not None and top.key is not None:
        top.place.members.append(Member(*top.key, top.value, end))
    top.key = None


def value(text: str, start: int, end: int) -> Any:
    """The value of a range; None where it is none."""
    try:
        return json.loads(text[start:end])
    except ValueError:
        return None

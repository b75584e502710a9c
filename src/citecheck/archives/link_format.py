"""Lists of links as `application/link-format` and the Link header have them. Pure.

RFC 6690 (section 2), RFC 8288 (section 3) and RFC 7089 (section 5): values `<target>; name="value";
name=token`, parted by commas. Targets hold commas and semicolons of their own (archived addresses
do), quoted values both and escapes; so it is read from left to right, never split. What breaks the
grammar ends that value: reading goes on at the next `,` that a `<` follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_SPACE = re.compile(r"[ \t\r\n]*")
_TARGET = re.compile(r"<([^<>\x00-\x1f\x7f]{0,8192})>")
_NAME = re.compile(r"[!#$&+.^_`|~A-Za-z0-9-]{1,64}\*?")
_QUOTED = re.compile(r'"((?:[^"\\\x00-\x08\x0a-\x1f\x7f]|\\[^\x00-\x1f]){0,4096})"')
_TOKEN = re.compile(r"[^\s\",;<>\x00-\x1f\x7f]{1,1024}")
_NEXT = re.compile(r",[ \t\r\n]*(?=<)")
_MOST_PARAMETERS = 32


@dataclass(frozen=True, slots=True)
class Entry:
    """One link: `relations` in lower case; `parameters` by name in lower case, the first of each
    (RFC 8288, 3.4.1). `target` is as written: it may be relative, and it may be hostile."""

    target: str
    relations: frozenset[str]
    parameters: dict[str, str]


def entries(text: str) -> Iterator[Entry]:
    """The links of a list, in order; what cannot be read is left out. One pass."""
    at = _skip(text, 0)
    while at < len(text):
        target = _TARGET.match(text, at)
        if target is None:
            at = _after_comma(text, at)
            continue
        parameters, at = _parameters(text, target.end())
        if at == len(text) or text[at] == ",":
            relations = frozenset(parameters.get("rel", "").lower().split())
            yield Entry(target[1], relations, parameters)
        at = _after_comma(text, at)


def _parameters(text: str, at: int) -> tuple[dict[str, str], int]:
    """The parameters from a place on, and where the value ends or its grammar does."""
    found: dict[str, str] = {}
    at = _skip(text, at)
    for _ in range(_MOST_PARAMETERS):
        if text[at : at + 1] != ";":
            break
        at = _skip(text, at + 1)
        name = _NAME.match(text, at)
        if name is None:
            if text[at : at + 1] in (",", ";", ""):
                continue  # an empty parameter does no harm
            break
        at = _skip(text, name.end())
        value = ""
        if text[at : at + 1] == "=":
            at = _skip(text, at + 1)
            quoted = _QUOTED.match(text, at)
            match = quoted or _TOKEN.match(text, at)
            if match is None:
                break
            value = re.sub(r"\\(.)", r"\1", quoted[1]) if quoted else match[0]
            at = _skip(text, match.end())
        found.setdefault(name[0].lower(), value)
    return found, at


def _skip(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _after_comma(text: str, at: int) -> int:
    """Where the next value begins: after a comma before a `<`; the end where there is none."""
    match = _NEXT.search(text, at)
    return match.end() if match else len(text)

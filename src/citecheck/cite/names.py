"""Lists of people and bodies as they stand before a title or after `ed.`, as CSL names.

A list is parted at `and`, commas, semicolons and slashes, with `Family, Given` kept together;
a body is one `literal`. A single family name, or a list cut off by `et al.`, has medium confidence.
"""

# ruff: noqa: SIM905
from __future__ import annotations

import re
from dataclasses import dataclass

from citecheck.cite.corporate import is_body
from citecheck.cite.persons import PARTICLES, SUFFIX, Name, initials, person
from citecheck.cite.scripts import EAST_ASIAN, script

_ET_AL = re.compile(
    r"(?i)[,;]?\s*\b(?:et\s+al|u\.\s?a|and others|et coll|и др|y otros|e outros)\b\.?"
)
_AND = re.compile(r"(?i)\s*(?:,\s*)?(?:&|\b(?:and|und|et|y|e|и|och|og|en)\b)\s+")


@dataclass(frozen=True, slots=True)
class Names:
    people: tuple[Name, ...]
    confidence: str = "high"


def name_like(text: str) -> bool:
    """Whether a stretch can be a list of people or a body: short, capitalised, no digits."""
    text = _ET_AL.sub("", text).strip(" ,.:;")
    if not text or len(text) > 400 or re.search(r"[\d\"“”«»?!=<>{}*]", text):
        return False
    words = text.replace(",", " ").replace("/", " ").split()
    if script(text) in EAST_ASIAN:
        return len(text) <= 60
    small = [w for w in words if w[:1].islower() and w.lower().strip(".") not in _SMALL]
    return bool(words) and not small and len(words) <= 40 and words[0].lower() not in _NOT_FIRST


_SMALL = PARTICLES | frozenset(
    "and of the for on in to at et und y e i и with und für des der die das"
    " sur pour para per".split()
)
_NOT_FIRST = frozenset("the_ this these in on at see it there".split())


def parse(text: str) -> Names:
    """The names in a stretch such as `Donggil Kim and William Stueck` or `Smith, J., & Lee, C.`"""
    text = re.sub(
        r"(?i)[\s,]*\(?\b(?:eds?|hrsg|hg|éds?|dirs?|coords?|ред)\b\.?\)?[\s,:]*$", "", text
    )
    text = re.sub(r"(?i)^(?:by|par)\s+(?=[^\W\d_])", "", text.strip(" ,;:"))
    others = bool(_ET_AL.search(text))
    text = _ET_AL.sub("", text).strip(" ,;:：").replace("\u00a0", " ")
    if not text:
        return Names(())
    if is_body(text) and not _people_before_body(text):
        return Names(({"literal": _undotted(text)},), "high" if not others else "medium")
    pieces = [p for p in _pieces(text) if p.strip(" .,")]
    people = tuple(person(p) for p in pieces)
    low = others or any(set(p) <= {"family"} for p in people)
    return Names(people, "medium" if low else "high")


def _undotted(text: str) -> str:
    """A body's name without the sentence's period; `Inc.`, `D.C.` and `e. V.` keep theirs."""
    kept = re.search(r"(?i)(?:\b(?:inc|ltd|co|corp)|\b[^\W\d_])\.$", text)
    return text if kept else text.rstrip(" .")


def _people_before_body(text: str) -> bool:
    """Whether a list that names a body begins with a person: `Jane Roe and World Bank`."""
    head = re.split(r"[,;&/]|\band\b|\bund\b|\bet\b", text)[0].strip()
    return (
        head != text
        and not is_body(head)
        and 2 <= len(head.split()) <= 3
        and "of" not in head.split()
    )


def _pieces(text: str) -> list[str]:
    """The single names of a list, `Family, Given` kept together."""
    if any(mark in text for mark in ";；/"):
        return [p for p in re.split(r"\s*[;；]\s*(?:and\s+|&\s*)?|\s*/\s*", text) if p]
    if "、" in text or "，" in text or (script(text) in EAST_ASIAN and "·" in text):
        return [p for p in re.split(r"[、，]", text) if p]
    if re.search(r"\s[–—]\s", text):
        return [p for p in re.split(r"\s[–—]\s", text) if p.strip()]
    groups = _AND.split(text)
    first = [p.strip() for p in groups[0].split(",") if p.strip()]
    rest = [p.strip() for g in groups[1:] for p in _inverted_or_split(g)]
    families_only = bool(rest) and all(len(p.split()) == 1 for p in rest)
    return _join_inverted(first, families_only) + rest


def _inverted_or_split(text: str) -> list[str]:
    return _join_inverted([p.strip() for p in text.split(",") if p.strip()], False)


def _join_inverted(parts: list[str], families_only: bool) -> list[str]:
    """Pairs `Family` and `Given` again where the commas of a list stand inside names."""
    out: list[str] = []
    i = 0
    while i < len(parts):
        part = parts[i]
        follow = parts[i + 1] if i + 1 < len(parts) else ""
        if (follow and SUFFIX.match(follow)) or (
            follow
            and (
                _is_inverted(part, follow, len(parts), families_only)
                or (i == 0 and _leads_inverted(parts, families_only))
            )
        ):
            out.append(f"{part}, {follow}")
            i += 2
        else:
            out.append(part)
            i += 1
    return out


def _leads_inverted(parts: list[str], families_only: bool) -> bool:
    """`Roe, Jane, John Doe, and …`: only the first name of a list is turned round."""
    singles = [len(p.split()) == 1 for p in parts]
    return (
        not families_only and len(parts) > 2 and singles[0] and singles[1] and not any(singles[2:])
    )


def _is_inverted(part: str, follow: str, count: int, families_only: bool) -> bool:
    words = [w for w in part.split() if w.lower() not in PARTICLES]
    given = follow.split()
    if all(initials(w) for w in given):
        return len(words) <= 3
    if len(words) > 2 or len(given) > 3 or (len(words) == 2 and len(given) != 1):
        return False
    # "Waltz, Keohane, and Nye" is a list of families, "Waltz, Kenneth" a person.
    return (count == 2 and not families_only) or (len(given) > 1 and initials(given[-1]))

"""Which script a text is written in, by the majority of its letters (Unicode block ranges).

Brackets mean different things in different papers: a translation in one, the original script in the
next. What decides is the script of what stands inside, not the kind of bracket.
"""

from __future__ import annotations

_RANGES: tuple[tuple[int, int, str], ...] = (
    (0x0041, 0x024F, "latin"),
    (0x0370, 0x03FF, "greek"),
    (0x0400, 0x052F, "cyrillic"),
    (0x0530, 0x058F, "armenian"),
    (0x0590, 0x05FF, "hebrew"),
    (0x0600, 0x077F, "arabic"),
    (0x0900, 0x0DFF, "indic"),
    (0x0E00, 0x0EFF, "thai"),
    (0x10A0, 0x10FF, "georgian"),
    (0x1100, 0x11FF, "hangul"),
    (0x1E00, 0x1EFF, "latin"),
    (0x3040, 0x30FF, "kana"),
    (0x3400, 0x4DBF, "han"),
    (0x4E00, 0x9FFF, "han"),
    (0xAC00, 0xD7AF, "hangul"),
    (0xF900, 0xFAFF, "han"),
    (0x20000, 0x3134F, "han"),
)

EAST_ASIAN = frozenset({"han", "kana", "hangul"})


def script_of(char: str) -> str:
    """The script of one letter, or the empty string for anything that is no known letter."""
    if not char.isalpha():
        return ""
    code = ord(char)
    return next((name for low, high, name in _RANGES if low <= code <= high), "")


def script(text: str) -> str:
    """The script of most letters of a text; han and kana mixed are `kana`; empty for none."""
    counts: dict[str, int] = {}
    for char in text[:2000]:
        if name := script_of(char):
            counts[name] = counts.get(name, 0) + 1
    if not counts:
        return ""
    if counts.get("kana") and counts.get("han"):
        counts["kana"] += counts.pop("han")
    return max(sorted(counts), key=lambda name: counts[name])


def same_family(one: str, other: str) -> bool:
    """Whether two scripts can be one language's (han, kana and hangul count as one)."""
    return one == other or {one, other} <= EAST_ASIAN
